"""Captures of the real listing, changed by one thing at a time, tell of that thing and no other."""

from __future__ import annotations

import pytest

from closeout.followup.differences import Difference, differences
from closeout.reading.read import read_document
from tests.reading.paging import make_document
from tests.reading.seeds import needs_seeds, seed, truth_of

pytestmark = needs_seeds


def read(text):
    return read_document(make_document(text, path="listing.txt"))


def listing():
    return seed("000").text


def blocks():
    """Return where each block of the listing begins, and the end of the last."""
    starts = [block["title_span"][0] for block in truth_of("000")["blocks"]]
    return [*starts, len(listing())]


def kinds(older, newer):
    return [change.kind for change in differences(read(older), read(newer))]


def test_the_same_page_again_tells_nothing():
    assert kinds(listing(), listing()) == []


def test_other_line_ends_and_blanks_tell_nothing():
    assert kinds(listing(), listing().replace("\n", "\r\n").replace(" ", "\u00a0", 40)) == []


def test_blocks_in_another_order_tell_nothing():
    at = blocks()
    first, second, rest = listing()[at[0] : at[1]], listing()[at[1] : at[2]], listing()[at[2] :]
    if not second.endswith("\n"):
        second += "\n\n"
    assert kinds(listing(), listing()[: at[0]] + second + first + rest) == []


def test_a_block_that_is_gone_from_an_incomplete_page_tells_nothing():
    at = blocks()
    assert kinds(listing(), listing()[: at[-2]]) == []


def test_a_page_cut_off_in_the_middle_closes_and_misses_nothing():
    for share in (0.25, 0.5, 0.75):
        cut = listing()[: int(len(listing()) * share)]
        told = set(kinds(listing(), cut))
        assert not told & {Difference.MISSING, Difference.STATUS_CHANGED, Difference.POSITION_CHANGED}


@pytest.mark.parametrize("item", range(10))
def test_a_status_changed_in_one_row_is_told_of_that_row_alone(item):
    start, end = truth_of("000")["recommendations"][item]["status_span"]
    newer = read(listing()[:start] + "Closed – Implemented" + listing()[end:])
    changes = differences(read(listing()), newer)
    assert [(change.kind, change.newer, change.after) for change in changes] == [
        (Difference.STATUS_CHANGED, item, "closed-implemented")
    ]
    assert changes[0].span.of(newer.document.text) == "Closed – Implemented"


@pytest.mark.parametrize("item", [3, 4, 5])
def test_a_sentence_added_to_one_narrative_is_told_with_its_words(item):
    added = "In May 2025, the agency told us that the work goes on."
    end = truth_of("000")["recommendations"][item]["narrative_span"][1]
    changes = differences(read(listing()), read(f"{listing()[:end].rstrip()} {added}{listing()[end:]}"))
    assert [(change.kind, change.newer, change.sentences) for change in changes] == [
        (Difference.NARRATIVE_GREW, item, (added,))
    ]


def test_a_promise_moved_in_the_prose_is_told_with_both_days():
    added = "In May 2024, ICE estimated completing these actions by June 30, 2025."
    end = truth_of("000")["recommendations"][4]["narrative_span"][1]
    changes = differences(read(listing()), read(f"{listing()[:end].rstrip()} {added}{listing()[end:]}"))
    moved = [change for change in changes if change.kind is Difference.PROMISE_MOVED]
    assert [(change.newer, change.before, change.after) for change in moved] == [
        (4, "2023-05-31", "2025-06-30")
    ]
    assert {change.kind for change in changes} == {Difference.PROMISE_MOVED, Difference.NARRATIVE_GREW}


def test_what_stands_on_the_newer_page_alone_is_added():
    at = blocks()
    assert kinds(listing()[: at[-2]], listing()) == [Difference.ADDED]
