"""The closeout letter as a Word file, from our template and from an agency's own."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from closeout.evidence.assessment import NeedCovered
from closeout.evidence.letters.closeout_word import (
    FIELDS,
    NEEDED,
    _own_template,
    closeout_letter_docx,
    fields,
)
from closeout.evidence.letters.errors import TemplateError
from closeout.evidence.letters.make_template import closeout_template
from tests.evidence.letters.making import DIGEST, make_dossier, opened, text_of_docx
from tests.followup.factories import make_followed


def template(tmp_path, *lines):
    """Write a template with these paragraphs."""
    word = Document()
    for line in lines:
        word.add_paragraph(line)
    path = tmp_path / "own.docx"
    word.save(path)
    return path


ENOUGH = [
    "{{ title }} {{ notice }} {{ text }}",
    "{%p for need in needs %}",
    "{{ need.text }}: {{ need.by }}",
    "{%p endfor %}",
    "{% for m in measures %}{{ m.figure }}{% endfor %}{% for g in gaps %}{{ g }}{% endfor %}",
    "{% for a in about %}{{ a }}{% endfor %}",
]


def test_every_field_of_the_letter_is_read_back():
    text = text_of_docx(closeout_letter_docx(make_dossier()))
    for part in (
        "Draft for review and signature. Not signed, not sent.",
        "Bureau of Keys",
        "Request to close recommendation 2 of OIG-24-901",
        "To: DHS-OIG, [office and address of the addressee]",
        "Dear [title of the addressee]:",
        "Count the keys.",
        "evidence that the keys are counted",
        "98.0 % (93.0–100.0) of 2,000",
        "Missed, 181 days late",
        DIGEST,
        "Nothing is known to be missing.",
        "[Name of the signing official]",
        "As of: June 30, 2025.",
    ):
        assert part in text


def test_no_template_words_are_left():
    text = text_of_docx(closeout_letter_docx(make_dossier()))
    assert "{{" not in text
    assert "{%" not in text


def test_headings_and_lists_are_styles_and_not_looks():
    styles = [
        paragraph.style.name for paragraph in opened(closeout_letter_docx(make_dossier(items=[]))).paragraphs
    ]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") == 7
    assert "List Bullet" in styles
    assert "Quote" in styles


def test_every_table_has_a_header_row_that_repeats_and_a_description():
    tables = opened(closeout_letter_docx(make_dossier())).tables
    assert len(tables) == 4
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None


def test_the_file_declares_its_title_and_language():
    word = opened(closeout_letter_docx(make_dossier()))
    assert word.core_properties.title == "Request to close recommendation 2 of OIG-24-901"
    assert word.core_properties.language == "en-US"
    languages = [each.get(qn("w:val")) for each in word.styles.element.iter(qn("w:lang"))]
    assert languages[0] == "en-US"


def test_the_same_dossier_gives_the_same_bytes():
    assert closeout_letter_docx(make_dossier()) == closeout_letter_docx(make_dossier())


def test_a_letter_without_rows_leaves_the_table_out():
    data = closeout_letter_docx(make_dossier(items=[], needs=(), measured=(), followed=make_followed("2")))
    assert opened(data).tables == []
    assert "No measure is linked to this recommendation" in text_of_docx(data)


@pytest.mark.parametrize(
    "evil",
    ["<w:p>&amp;", "{{ 7 * 7 }}", "{% raw %}", "a\u0000b\ud800", "שלום 漢字", "x" * 5000, "]]>", "'\""],
)
def test_words_of_data_stay_words(evil):
    data = closeout_letter_docx(make_dossier(needs=(NeedCovered(evil, "p. 1", ("keys-counted",)),)))
    assert evil.replace("\u0000", "").replace("\ud800", "") in text_of_docx(data)


def test_the_template_in_the_package_is_what_the_script_makes():
    def parts(data):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    assert parts(_own_template()) == parts(closeout_template())


def test_an_agencys_own_template_is_used(tmp_path):
    own = template(tmp_path, "Letterhead of the Bureau", *ENOUGH)
    text = text_of_docx(closeout_letter_docx(make_dossier(), own))
    assert text.startswith("Letterhead of the Bureau Request to close recommendation 2")
    assert "evidence that the keys are counted: Keys counted in time" in text


def test_a_template_that_misspells_a_field_is_refused(tmp_path):
    own = template(tmp_path, "{{ recomendation }}", *ENOUGH)
    with pytest.raises(TemplateError, match=r"own.docx uses \{\{ recomendation \}\}, which no letter has"):
        closeout_letter_docx(make_dossier(), own)


def test_a_template_that_lacks_fields_is_refused_with_all_of_them(tmp_path):
    own = template(tmp_path, "{{ title }} {{ notice }} {{ text }} {{ needs }} {{ measures }}")
    with pytest.raises(
        TemplateError, match=r"lacks \{\{ gaps \}\}, \{\{ about \}\}, which every letter must show"
    ):
        closeout_letter_docx(make_dossier(), own)


def test_a_template_that_misspells_a_part_of_a_row_is_refused(tmp_path):
    own = template(tmp_path, *ENOUGH, "{% for m in measures %}{{ m.figures }}{% endfor %}")
    with pytest.raises(TemplateError, match="uses the field 'figures', which its rows do not have"):
        closeout_letter_docx(make_dossier(), own)


def test_a_template_that_does_not_end_what_it_begins_is_refused(tmp_path):
    own = template(tmp_path, *ENOUGH, "{% for m in measures %}")
    with pytest.raises(TemplateError, match="cannot be read as a template"):
        closeout_letter_docx(make_dossier(), own)


def test_a_file_that_is_no_word_document_is_refused(tmp_path):
    path = tmp_path / "own.docx"
    path.write_text("{{ title }}", encoding="utf-8")
    with pytest.raises(TemplateError, match="is no Word document"):
        closeout_letter_docx(make_dossier(), path)


@pytest.mark.parametrize(
    "line", ["{{ title.__class__.__mro__ }}", "{{ ''.__class__ }}", "{% set x = about.append('y') %}{{ x }}"]
)
def test_a_template_can_reach_nothing_but_its_fields(tmp_path, line):
    own = template(tmp_path, *ENOUGH, line)
    with pytest.raises(TemplateError):
        closeout_letter_docx(make_dossier(), own)


def test_every_field_that_is_given_is_described():
    assert set(fields(make_dossier())) == set(FIELDS)
    assert set(NEEDED) <= set(FIELDS)
