"""Documents as PDF/UA-1: whole, tagged, safe, and the same bytes each time."""

from __future__ import annotations

from io import BytesIO

import pdfua
import pypdf
import pytest

from closeout.evidence.letters import pdf
from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.paper import Grid, Points, Words
from closeout.evidence.letters.pdf import to_pdf
from tests.evidence.letters.making import AS_OF, DIGEST, make_paper, structure_of_pdf, text_of_pdf


def catalog(data):
    return pypdf.PdfReader(BytesIO(data)).trailer["/Root"]


def said(*blocks, **overrides):
    return text_of_pdf(to_pdf(make_paper(blocks=blocks, **overrides)))


def test_every_part_of_a_paper_is_read_back():
    text = text_of_pdf(to_pdf(make_paper()))
    for part in (
        "Bureau of Keys",
        "A title",
        "To: the auditor",
        "Dear [title]:",
        "Some words.",
        "Quoted words.",
    ):
        assert part in text
    for part in ("One point.", "Two rows", "Name Count", "a 1", "[Signature]", "About these figures"):
        assert part in text


def test_a_paper_declares_its_language_title_and_standard():
    root = catalog(to_pdf(make_paper()))
    assert root["/Lang"] == "en-US"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "A title" in metadata


def test_a_paper_passes_the_machine_checks_of_pdf_ua(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(to_pdf(make_paper()))
    report = pdfua.validate(str(path))
    assert [each.message for each in report.findings] == []


def test_headings_lists_and_tables_are_tagged():
    tags = structure_of_pdf(to_pdf(make_paper()))
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/BlockQuote"} <= set(tags)
    assert tags.count("/TH") == 2  # the two columns
    assert tags.count("/TD") == 4  # two rows of two


def test_the_same_paper_gives_the_same_bytes():
    assert to_pdf(make_paper()) == to_pdf(make_paper())


def test_the_file_is_dated_by_its_figures_and_not_by_the_clock():
    info = pypdf.PdfReader(BytesIO(to_pdf(make_paper()))).metadata
    assert info is not None
    assert info.creation_date is not None
    assert info.creation_date.date() == AS_OF


@pytest.mark.parametrize(
    "text",
    [
        '#panic("no")',
        '#read("paper.typ")',
        "*bold* _it_ $x$ `raw` = head @ref <label> // gone? /* and this? */",
        '"] #sys.inputs #[',
        "\\#let x = 1; #{x}",
        "https://example.test [link] - dash",
    ],
)
def test_no_words_of_data_act_as_markup(text):
    assert text in said(Words(text))
    assert text in said(Points((text,)))


def test_no_words_of_data_act_as_markup_in_a_table_or_a_title():
    text = "#panic() *x*"
    shown = said(
        Grid(text, (text, "b"), ((text, "2"),)), title=text, facts=((text, text),), signature=(text,)
    )
    assert shown.count(text) >= 7


def test_a_script_from_right_to_left_is_shown():
    # typst writes Hebrew runs in visual or logical order by the reader; all letters must be there.
    shown = said(Words("The word שלום is here."))
    assert sorted(letter for letter in shown if "\u0590" <= letter <= "\u05ff") == sorted("שלום")


def test_a_character_no_font_has_stands_as_its_code():
    assert "name [U+6F22][U+5B57] end" in said(Words("name 漢字 end"))


def test_a_group_of_characters_that_no_font_can_join_stands_as_its_codes():
    assert "[U+1F9D1]" in said(Words("x 🧑\u200d🚀 y"))


def test_marks_that_turn_text_round_and_controls_are_left_out():
    assert "abcdef" in said(Words("abc\u202ed\u0000e\u200ff"))


def test_lone_halves_of_a_character_do_not_stop_a_letter():
    assert "ab" in said(Words("a\ud800b"))


def test_a_long_word_is_broken_and_reads_back_whole():
    word = "x" * 300
    assert word in said(Grid("One", ("a", "b"), ((word, "1"),))).replace(" ", "")


def test_a_digest_reads_back_whole():
    assert DIGEST in said(Grid("One", ("a", "b"), ((DIGEST, "1"),))).replace(" ", "")


def test_a_table_over_pages_repeats_its_header():
    rows = tuple((f"row {n}", str(n)) for n in range(120))
    pages = pypdf.PdfReader(
        BytesIO(to_pdf(make_paper(blocks=(Grid("Many", ("Name", "Count"), rows),))))
    ).pages
    assert len(pages) > 2
    assert all("Name" in page.extract_text() for page in pages[:-1])


@pytest.mark.parametrize("lines_before", range(22, 32))
def test_a_row_of_a_table_stays_on_one_page(lines_before):
    lines = Points(tuple(f"Line {n}." for n in range(lines_before)))
    made = to_pdf(make_paper(blocks=(lines, Grid("One", ("a", "b"), (("A row", DIGEST),) * 3))))
    for page in pypdf.PdfReader(BytesIO(made)).pages:
        text = page.extract_text()
        assert text.count(DIGEST[:16]) == 4 * text.count("A row")


def test_a_row_longer_than_a_page_is_all_there():
    words = " ".join(f"word{n}" for n in range(900))
    assert "word899" in said(Grid("Long", ("a", "b", "c", "d"), ((words, "1", "2", "3"),)))


def test_a_thousand_sentences_are_all_there():
    text = " ".join(f"Sentence {n}." for n in range(1000))
    assert "Sentence 999." in said(Words(text))


def test_empty_words_do_not_stop_a_letter():
    assert "A title" in said(Words(""), Points(()), Grid("None", ("a", "b"), ()), facts=(("", ""),))


def test_an_error_of_typst_names_the_document(monkeypatch):
    monkeypatch.setattr(pdf, "_template", lambda: b"#panic()")
    with pytest.raises(LetterError, match="A title: typst refused"):
        to_pdf(make_paper())
