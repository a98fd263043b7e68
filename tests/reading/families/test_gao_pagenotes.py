"""Footnotes at the foot of pages, blanked in place."""

from __future__ import annotations

import pytest

from closeout.reading.clean import CleanText
from closeout.reading.families.gao_pagenotes import without_notes
from closeout.reading.model import Document, Medium, Page

FIRST = "The Director should count lamps,\nand publish what it\n"
NEXT = "learned. (Recommendation 1)\n"


def paged(*pages):
    """Return the clean text of pages, one after another."""
    text, map_, at = "".join(pages), [], 0
    for number, page in enumerate(pages, 1):
        map_.append(Page(number, at, at + len(page)))
        at += len(page)
    document = Document(path="x", sha256="0" * 64, medium=Medium.PDF, text=text, pages=tuple(map_))
    return CleanText(document, ((0, len(text), ""),))


def blanked(*pages):
    clean = paged(*pages)
    text = without_notes(clean, 0, len(clean.text))
    assert len(text) == len(clean.text)
    return text


@pytest.mark.parametrize(
    "notes",
    [
        "42 See BHL, Rules for Keepers.\n",
        "42See BHL, Rules for Keepers.\n",
        "42 Pub. L. No. 99-1.\n43 GAO, Lamps, GAO-29-1\n(Washington: 2029).\n44 “Lamps” are lights.\n",
    ],
)
def test_notes_at_a_pages_end_are_blanked(notes):
    text = blanked(FIRST + notes, NEXT)
    assert text.split() == (FIRST + NEXT).split()
    assert text.endswith(NEXT)


def test_notes_leave_a_blank_line():
    assert "what it\n\n" in blanked(f"{FIRST}42 See BHL.\n", NEXT)


@pytest.mark.parametrize(
    "line",
    [
        "12 lamps burned.\n",
        "In 2030, BHL counted.\n",
        "1 The Director should count. (Recommendation 1)\n",
    ],
)
def test_other_lines_stay(line):
    assert blanked(FIRST + line, NEXT) == FIRST + line + NEXT


def test_a_number_out_of_order_begins_no_note():
    text = blanked(f"{FIRST}7 Of these burned, and\n42 See BHL.\n43 See OFS.\n", NEXT)
    assert "7 Of these burned, and" in text
    assert "See" not in text


def test_without_pages_nothing_is_blanked():
    text = f"{FIRST}42 See BHL.\n{NEXT}"
    document = Document(path="x", sha256="0" * 64, medium=Medium.TEXT, text=text)
    assert without_notes(CleanText(document, ((0, len(text), ""),)), 0, len(text)) == text


def test_pages_that_end_elsewhere_are_left_alone():
    clean = paged(f"{FIRST}42 See BHL.\n", NEXT, "More.\n")
    start = clean.text.index("learned")
    assert without_notes(clean, start + 1, len(clean.text)) == clean.text
