"""What a reader can infer, worked out by hand."""

from __future__ import annotations

from closeout.evidence.suppression import Counts, Sum, Withheld, exposed, ranges
from closeout.evidence.suppression.audit import Range
from tests.evidence.suppression.making import grid, row


def test_a_single_cell_is_the_total_less_the_rest():
    assert ranges(row(3, 20, 50), Withheld(frozenset({0}))) == {0: Range(3, 3)}


def test_two_cells_share_what_is_left():
    # 3 + 12 = 15, each at least 1.
    found = ranges(row(3, 12, 15), Withheld(frozenset({0}), frozenset({1})))
    assert found == {0: Range(1, 14), 1: Range(1, 14)}


def test_without_the_total_there_is_no_limit():
    found = ranges(row(3, 20), Withheld(frozenset({0}), frozenset({"t"})))
    assert found == {0: Range(1, None), "t": Range(21, None)}


def test_a_square_in_a_grid():
    # The square 5 30 / 40 20 keeps its sums when one row moves round it: up by as much as 29, as 30 and 40
    # fall and 20 rises; down by 4, since the 5 cannot fall below 1.
    counts = grid([[5, 30], [40, 20]])
    found = ranges(counts, Withheld(frozenset({(0, 0)}), frozenset({(0, 1), (1, 0), (1, 1)})))
    assert found[0, 0] == Range(1, 34)
    assert found[1, 1] == Range(16, 49)


def test_a_pair_in_the_same_row_of_a_grid_gives_itself_away():
    counts = grid([[5, 30], [40, 20]])
    withheld = Withheld(frozenset({(0, 0)}), frozenset({(0, 1)}))
    assert exposed(counts, withheld) == {(0, 0): Range(5, 5)}


def test_a_small_cell_that_is_printed_is_exposed():
    assert exposed(row(3, 20), Withheld(frozenset())) == {0: Range(3, 3)}


def test_an_unseen_cell_may_hold_nothing():
    counts = Counts({"a": 12, "left": 4, "all": 16}, (Sum("all", ("a", "left")),), unseen=frozenset({"left"}))
    assert ranges(counts, Withheld(frozenset(), frozenset({"a"})))["left"] == Range(0, 15)


def test_hiding_means_every_small_count_is_possible():
    assert Range(1, 10).hides(11)
    assert Range(0, None).hides(11)
    assert not Range(2, 30).hides(11)
    assert not Range(1, 9).hides(11)
