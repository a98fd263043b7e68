"""Documents as Word files."""

from __future__ import annotations

import zipfile
from io import BytesIO

from docx.oxml.ns import qn

from closeout.evidence.letters.paper import Grid, Words
from closeout.evidence.letters.word import timeless, to_docx
from tests.evidence.letters.making import AS_OF, make_paper, opened, text_of_docx


def test_every_part_of_a_paper_is_read_back():
    text = text_of_docx(to_docx(make_paper()))
    for part in (
        "Draft for review",
        "Bureau of Keys",
        "A title",
        "To: the auditor",
        "Some words.",
        "One point.",
    ):
        assert part in text
    for part in ("Two rows", "Name", "[Signature]", "About these figures", "As of a day."):
        assert part in text


def test_headings_have_their_levels():
    paragraphs = opened(to_docx(make_paper())).paragraphs
    headings = [(each.style.name, each.text) for each in paragraphs if each.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "First"),
        ("Heading 2", "Second"),
        ("Heading 1", "About these figures"),
    ]


def test_a_table_repeats_its_header_and_breaks_no_row():
    table = opened(to_docx(make_paper())).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [cell.text for cell in table.rows[2].cells] == ["b", "2"]


def test_the_title_language_and_date_are_set():
    core = opened(to_docx(make_paper())).core_properties
    assert (core.title, core.language, core.author) == ("A title", "en-US", "Bureau of Keys")
    assert core.created.date() == AS_OF


def test_the_same_paper_gives_the_same_bytes():
    assert to_docx(make_paper()) == to_docx(make_paper())


def test_no_word_of_data_breaks_the_file():
    data = to_docx(make_paper(blocks=(Words("<a>&\u0000\ud800 שלום"), Grid("None", ("a",), ()))))
    assert "<a>& שלום" in text_of_docx(data)


def test_an_archive_without_times_keeps_its_members():
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "A")
        archive.writestr("b/c.txt", "C")
    with zipfile.ZipFile(BytesIO(timeless(target.getvalue()))) as archive:
        assert archive.namelist() == ["a.txt", "b/c.txt"]
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("b/c.txt") == b"C"
