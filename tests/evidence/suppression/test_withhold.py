"""Which cells are withheld, and that nobody can work them out."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings

from closeout.evidence.suppression import Counts, Sum, SuppressionError, exact, exposed, ranges, withhold
from closeout.evidence.suppression import search as searching
from closeout.evidence.suppression.cells import Withheld
from closeout.evidence.suppression.losses import loss
from tests.evidence.suppression.making import grid, grids, row, trees


def lost(counts, withheld):
    return sum(loss(key, counts.cells[key]) for key in withheld.cells)


def test_nothing_small_nothing_withheld():
    assert withhold(row(11, 40, 0)).cells == frozenset()


def test_a_zero_is_always_printed():
    # 3 cannot hide behind the zero: the total, or the 20, must go.
    found = withhold(row(0, 3, 20, 50))
    assert found.small == {1}
    assert found.others == {2}


def test_the_smallest_other_cell_goes_too():
    assert withhold(row(4, 90, 30, 12)).cells == {0, 3}


def test_two_small_cells_need_a_third_where_their_sum_gives_them_away():
    # Both are 1 and add up to 2: no other pair of counts would.
    found = withhold(row(1, 1, 50, 70))
    assert found.small == {0, 1}
    assert found.others == {2}


def test_two_small_cells_that_add_up_to_enough_hide_each_other():
    # 6 + 5 = 11: each can be anything from 1 to 10.
    assert withhold(row(6, 5, 50, 70)).cells == {0, 1}


def test_an_only_part_takes_its_total_along():
    assert withhold(row(7)).cells == {0, "t"}


def test_in_a_grid_three_more_cells_close_the_square():
    counts = grid([[5, 30, 90], [40, 20, 80], [95, 85, 99]])
    found = withhold(counts)
    assert found.small == {(0, 0)}
    assert found.others == {(0, 1), (1, 0), (1, 1)}
    assert found.is_least


def test_a_small_count_that_is_never_printed_is_protected_too():
    # 3 rows without an office: 100 less 60 less 37 would tell.
    counts = Counts(
        {"a": 60, "b": 37, "no office": 3, "all": 100},
        (Sum("all", ("a", "b", "no office")),),
        unseen=frozenset({"no office"}),
    )
    found = withhold(counts)
    assert found.small == frozenset()
    assert found.others == {"b"}


def test_what_was_printed_before_cannot_be_withheld():
    counts = Counts({"a": 4, "b": 30, "all": 34}, (Sum("all", ("a", "b")),), printed=frozenset({"b", "all"}))
    with pytest.raises(SuppressionError, match="printed before gives a small count away"):
        withhold(counts)


def test_what_was_printed_before_cannot_be_withheld_in_a_large_table(monkeypatch):
    monkeypatch.setattr(searching, "_MOST_EXACT", 0)
    counts = Counts({"a": 4, "b": 30, "all": 34}, (Sum("all", ("a", "b")),), printed=frozenset({"b", "all"}))
    with pytest.raises(SuppressionError, match="printed before gives a small count away"):
        withhold(counts)


def test_another_threshold():
    counts = row(4, 90, 30, 12)
    assert withhold(Counts(counts.cells, counts.sums, threshold=4)).cells == frozenset()
    assert withhold(Counts(counts.cells, counts.sums, threshold=31)).small == {0, 2, 3}


@pytest.mark.parametrize(
    ("cells", "sums", "said"),
    [
        ({"a": -1}, (), "a count cannot be -1"),
        ({"a": 1, "t": 2}, (Sum("t", ("a",)),), "t is 2, and its parts add up to 1"),
        ({"t": 2}, (Sum("t", ("a",)),), "cells that are not there: a"),
    ],
)
def test_counts_that_do_not_add_up_are_refused(cells, sums, said):
    with pytest.raises(SuppressionError, match=said):
        Counts(cells, sums)


@given(grids())
@settings(max_examples=20)
def test_nobody_can_work_out_a_small_cell_of_a_grid(counts):
    found = withhold(counts)
    assert exposed(counts, found) == {}


@given(grids(most_rows=7, most_columns=5))
@settings(max_examples=10)
def test_nobody_can_work_out_a_small_cell_of_a_larger_grid(counts):
    small = frozenset(counts.small)
    found = searching._one_by_one(counts, small)
    assert exposed(counts, Withheld(small, found - small)) == {}


@given(trees())
@settings(max_examples=20)
def test_nobody_can_work_out_a_small_office_of_a_region(counts):
    assert exposed(counts, withhold(counts)) == {}


@given(grids())
@settings(max_examples=10)
def test_small_cells_are_withheld_and_zeros_and_only_they_are_sure_to_be_printed(counts):
    found = withhold(counts)
    assert found.small == {key for key, count in counts.cells.items() if 1 <= count <= 10}
    assert all(counts.cells[key] > 10 for key in found.others)


@given(grids(most_rows=3, most_columns=3))
@settings(max_examples=10)
def test_no_withheld_cell_could_have_been_printed(counts):
    found = withhold(counts)
    for key in found.others:
        assert exposed(counts, Withheld(found.small, found.others - {key}))


@given(grids(most_rows=3, most_columns=3))
@settings(max_examples=10)
def test_what_is_proven_least_loses_no_more_than_one_by_one(counts):
    found = withhold(counts)
    small = frozenset(counts.small)
    other = Withheld(small, searching._one_by_one(counts, small) - small)
    if found.is_least:
        assert lost(counts, found) <= lost(counts, other)


@given(grids())
@settings(max_examples=6)
def test_the_order_of_the_cells_does_not_matter(counts):
    turned = Counts(dict(reversed(counts.cells.items())), tuple(reversed(counts.sums)))
    assert withhold(turned) == withhold(counts)


@pytest.mark.parametrize("parts", [(1, 1, 13), (3, 11), (10, 10, 2), (1, 12, 0, 14), (2, 11, 11)])
def test_every_small_count_stays_possible_by_trying_all_tables(parts):
    # A reader who tries every table that fits what is printed finds each of 1 to 10 in each small cell.
    counts = row(*parts)
    found = withhold(counts)
    choices = [range(1, 36) if key in found else [counts.cells[key]] for key in counts.cells]
    fitting = [table for table in product(*choices) if sum(table[:-1]) == table[-1]]
    for place, key in enumerate(counts.cells):
        if key in found.small:
            assert {table[place] for table in fitting} >= set(range(1, 11))


def test_many_offices_and_kinds_are_protected_and_the_answer_is_the_same_twice():
    lines = [[(7 * i + 13 * j) % 83 for j in range(6)] for i in range(16)]
    counts = grid(lines)
    found = withhold(counts)
    assert len(found.small) == 10
    assert exposed(counts, found) == {}
    assert withhold(grid(lines)) == found


def test_a_small_sum_is_known_to_be_no_less_than_its_parts_that_are_not_zero():
    # 9 and 1 are not zero, so the total is 2 at least: the zeros say so, not the sums.
    counts = row(9, 1, 0)
    found = withhold(counts)
    assert found.cells == {0, 1, "t"}
    assert ranges(counts, found)["t"].low == 2


def test_what_is_printed_together_is_withheld_together():
    # A's 3 done and 40 late stand behind one share; so do B's, the smallest that can go with it.
    cells = {("A", "done"): 3, ("A", "late"): 40, ("B", "done"): 20, ("B", "late"): 90, ("C", "done"): 60}
    cells |= {"done": 83}
    sums = (Sum("done", (("A", "done"), ("B", "done"), ("C", "done"))),)
    blocks = {key: key[0] for key in cells if key != "done"}
    for effort in (300, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(searching, "_MOST_EXACT", effort)
            found = withhold(Counts(cells, sums, blocks=blocks))
        assert found.small == {("A", "done")}
        assert found.others == {("A", "late"), ("C", "done")}


def test_sums_too_entangled_for_any_choice_leave_nothing_but_zeros(monkeypatch):
    def failing(counts, small):
        msg = "no table fits"
        raise SuppressionError(msg)

    monkeypatch.setattr(exact, "least", failing)
    assert withhold(row(4, 90, 30, 0)).cells == {0, 1, 2, "t"}
