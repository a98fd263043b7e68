from __future__ import annotations

import pytest

from closeout.reading.furniture import Furniture, find_furniture
from closeout.reading.lines import LineTable, is_sentence
from closeout.reading.model import Span
from closeout.reading.pagenumbers import find_page_numbers, is_bare_number, is_protected
from tests.reading.paging import (
    FOOTER,
    HEADER,
    NUMBER,
    make_document,
    make_feed_report,
    make_mapped_report,
    make_report,
    page_lines,
)


def furniture_of(text: str) -> list[str]:
    """Return the furniture lines of a text."""
    table = LineTable(text)
    found = find_furniture(make_document(text), table)
    return [table.stripped[line] for line in sorted(found.lines)]


def numbers_of(text: str, edges: tuple[int, ...] = ()) -> list[str]:
    """Return the lines of a text taken for page numbers."""
    table = LineTable(text)
    return [table.stripped[line] for line in sorted(find_page_numbers(table, edges))]


def spaced(lines: list[str], between: int = 14) -> str:
    """Return lines with a page of prose before each."""
    parts: list[str] = []
    for number, line in enumerate(lines):
        parts.extend([*page_lines(number, between), line])
    return "\n".join(parts)


# --- must read: what recurs at page breaks -----------------------------------------------------


@pytest.mark.parametrize(
    "form", ["{0}", "- {0} -", "Page {0}", "page {0} of 40", "{0} | P a g e", "– {0} –", "{0} |"]
)
def test_numbers_that_count_up_are_page_numbers(form):
    lines = [form.format(number) for number in range(1, 7)]
    assert numbers_of(spaced(lines)) == lines


@pytest.mark.parametrize(
    "form", ["Page {0} HR-21-07 Harbor Lights", "Harbor Lights {0}", "{0} Harbor Lights Report"]
)
def test_a_number_inside_a_running_line_is_a_page_number(form):
    lines = [form.format(number) for number in range(3, 10)]
    assert numbers_of(spaced(lines)) == lines


def test_small_roman_numerals_that_count_up_are_page_numbers():
    lines = ["i", "ii", "iii", "iv", "v"]
    assert numbers_of(spaced(lines)) == lines


def test_a_missing_page_number_does_not_end_the_chain():
    lines = ["1", "2", "4", "5", "8", "9"]
    assert numbers_of(spaced(lines)) == lines


def test_a_report_that_starts_at_page_forty_has_page_numbers():
    lines = [str(number) for number in range(40, 47)]
    assert numbers_of(spaced(lines)) == lines


def test_the_number_beside_a_running_line_wins_over_a_footnote_mark():
    bodies = [page_lines(number) for number in range(5)]
    bodies[0][6:6] = ["1", "2", "3"]
    text = make_report(bodies)
    table = LineTable(text)
    found = sorted(find_page_numbers(table, ()))
    assert [table.stripped[line] for line in found] == ["1", "2", "3", "4", "5"]
    assert all(FOOTER in table.stripped[line - 2 : line] for line in found)


def test_pages_without_a_number_lose_their_furniture_too():
    numbered = make_report([page_lines(number) for number in range(5)])
    front = "\n".join([*page_lines(9), "", FOOTER, "", NUMBER, "", *HEADER, *page_lines(7), ""])
    found = furniture_of(f"{front}\n{numbered}")
    assert found.count(FOOTER) == 6
    assert found.count(NUMBER) == 6


def test_empty_pages_are_all_furniture():
    bodies = [page_lines(0), page_lines(1), page_lines(2), [], [], page_lines(3)]
    found = furniture_of(make_report(bodies))
    assert found.count(FOOTER) == 6
    assert [line for line in found if line.isdigit()] == ["1", "2", "3", "4", "5", "6"]


def test_headers_that_take_turns_are_furniture():
    heads = ["Harbor Lights of the East", "Bureau of Ports"]
    bodies = [[heads[number % 2], *page_lines(number)] for number in range(8)]
    found = furniture_of("\f".join("\n".join(body) for body in bodies))
    assert set(found) == set(heads)


def test_two_pages_with_a_form_feed_need_the_same_line_on_both():
    text = "\f".join("\n".join([HEADER[0], *page_lines(number)]) for number in range(2))
    assert furniture_of(text) == [HEADER[0]]


def test_a_page_map_needs_no_form_feed():
    document = make_mapped_report([page_lines(number) for number in range(4)])
    table = LineTable(document.text)
    found = [table.stripped[line] for line in sorted(find_furniture(document, table).lines)]
    assert [line for line in found if line.startswith(NUMBER)] == [f"{NUMBER}   {n}" for n in range(1, 5)]


def test_a_glued_footer_is_told_from_the_line_it_is_glued_to():
    text = make_report([page_lines(number) for number in range(5)])
    last = page_lines(2)[-1].rstrip(".")
    glued = text.replace(f"{page_lines(2)[-1]}\n\n{FOOTER}", f"{last}{FOOTER}", 1)
    found = find_furniture(make_document(glued), LineTable(glued))
    assert [glued[start:end] for start, end in found.glued.items()] == [FOOTER]


# --- must refuse: what only looks like furniture -----------------------------------------------


def test_blocks_of_a_listing_are_no_furniture():
    block = ["Show", "1 Open Recommendations", "Agency Affected Recommendation Status", "Bureau of Ports"]
    text = "\n".join(line for number in range(12) for line in [*block, *page_lines(number, 16)])
    assert furniture_of(text) == []


def test_numbers_of_recommendations_are_no_page_numbers():
    blocks = [
        ["Recommendation", str(number), *page_lines(number, 16), "Questioned Cost", "0"]
        for number in range(1, 12)
    ]
    assert numbers_of("\n".join(line for block in blocks for line in block)) == []


def test_headings_with_numbers_are_no_page_numbers():
    lines = [f"Recommendation {number}" for number in range(1, 9)]
    assert numbers_of(spaced(lines)) == []


def test_restated_recommendations_are_no_furniture():
    lines = [
        f"Recommendation {number}: We recommend that the Director of the bureau" for number in range(1, 9)
    ]
    assert furniture_of(spaced(lines)) == []


@pytest.mark.parametrize(
    "line", ["Finding {0}", "Objective {0}", "Table {0}", "Question {0}:", "No. {0}", "Step {0}"]
)
def test_other_numbered_labels_are_no_page_numbers(line):
    assert numbers_of(spaced([line.format(number) for number in range(1, 9)])) == []


def test_years_are_no_page_numbers():
    assert numbers_of(spaced([str(year) for year in range(2018, 2026)])) == []


def test_a_list_with_short_items_has_no_page_numbers():
    lines = [line for number in range(1, 30) for line in (str(number), "a short item", "of two lines")]
    assert numbers_of("\n".join(lines)) == []


def test_three_lone_numbers_are_too_few_for_pages():
    assert numbers_of(spaced(["1", "2", "3"])) == []


def test_numbers_that_fall_are_no_page_numbers():
    assert numbers_of(spaced(["9", "8", "7", "6", "5", "4"])) == []


def test_a_sentence_at_every_page_end_stays():
    bodies = [[*page_lines(number), "The bureau did not answer our letter."] for number in range(8)]
    found = furniture_of("\f".join("\n".join(body) for body in bodies))
    assert found == []


@pytest.mark.parametrize(
    ("line", "is_prose"),
    [
        ("The bureau did not answer.", True),
        ("and nothing else.", True),
        ("and nothing else", True),
        ("the log, the lamp,", True),
        ("He said “it burns.”", True),
        ("www.harbor-review.example", False),
        ("OFFICE OF HARBOR REVIEW", False),
        ("Page 3 of 40", False),
        ("Harbor Co.", False),
        ("iv", False),
        ("", False),
    ],
)
def test_prose_is_told_from_running_lines(line, is_prose):
    assert is_sentence(line) is is_prose


def test_the_end_of_a_sentence_at_every_page_end_stays():
    bodies = [[*page_lines(number), "and nothing else."] for number in range(8)]
    found = furniture_of("\f".join("\n".join(body) for body in bodies))
    assert found == []


def test_a_line_behind_other_words_is_not_at_the_break():
    bodies = [[*page_lines(number, 8), "Bureau Response", page_lines(number)[3]] for number in range(8)]
    assert furniture_of("\f".join("\n".join(body) for body in bodies)) == []


def test_a_text_without_breaks_has_no_furniture():
    assert furniture_of("\n".join(page_lines(0, 80))) == []


@pytest.mark.parametrize(
    ("line", "is_number"),
    [
        ("12", True),
        ("- 12 -", True),
        ("Page 3", True),
        ("iv", True),
        ("12 lamps", False),
        ("1.", False),
        ("12345", False),
    ],
)
def test_a_bare_number_has_nothing_beside_it(line, is_number):
    assert is_bare_number(line) is is_number


@pytest.mark.parametrize(
    ("key", "is_kept"),
    [
        ("Recommendation", True),
        ("Recommendation #", True),
        ("Recommendation #: We recommend that", True),
        ("# Open Recommendations", True),
        ("Closed", True),
        ("Resolved", True),
        ("Finding #", True),
        ("Audit Finding", True),
        ("www.harbor-review.example", False),
        ("OFFICE OF HARBOR REVIEW", False),
        ("Page # HR-#-#", False),
    ],
)
def test_labels_of_records_are_protected(key, is_kept):
    assert is_protected(key) is is_kept


# --- what is taken out --------------------------------------------------------------------------


def test_a_span_takes_the_blank_lines_around_furniture_along():
    text = "one line here\n\nfooter\n\n3\n\nnext line here\n"
    spans = Furniture(frozenset({2, 4})).spans(LineTable(text))
    assert [span.of(text) for span in spans] == ["\n\nfooter\n\n3\n\n"]


def test_a_span_takes_white_space_at_the_end_of_the_line_before_along():
    text = "one line here   \nfooter\nnext"
    spans = Furniture(frozenset({1})).spans(LineTable(text))
    assert [span.of(text) for span in spans] == ["   \nfooter\n"]


def test_furniture_at_the_ends_of_the_text_goes_to_the_ends():
    text = "head\n\nwords\n\nfoot\n"
    spans = Furniture(frozenset({0, 4})).spans(LineTable(text))
    assert [span.of(text) for span in spans] == ["head\n\n", "\n\nfoot\n"]


def test_no_furniture_means_no_spans():
    assert Furniture().spans(LineTable("one\ntwo")) == []


# --- the table of lines -------------------------------------------------------------------------


def test_lines_know_where_they_start():
    table = LineTable("one\n  two \n\nthree")
    assert table.stripped == ["one", "two", "", "three"]
    assert [table.text[start] for start in table.starts[:2]] == ["o", " "]
    assert table.filled == [0, 1, 3]
    assert len(table) == 4


def test_a_form_feed_ends_a_line():
    assert LineTable("one\ftwo").stripped == ["one", "two"]


def test_keys_have_one_sign_for_any_number():
    assert LineTable("Page 12 of 140\n" + "x" * 200).keys == ["Page # of #", ""]


def test_furniture_of_a_feed_report_is_found_on_every_page_but_the_first():
    text = make_feed_report([page_lines(number) for number in range(6)])
    found = furniture_of(text)
    assert found.count(HEADER[0]) == 5
    assert Span(0, 3).of(text) == HEADER[0][:3]
