"""Counts by office: which may not be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.evidence.freezing.offices import offices_to_withhold
from closeout.evidence.suppression import SuppressionError


def withheld(**offices):
    return offices_to_withhold({None: sum(offices.values()), **offices})


def test_large_counts_and_zeros_are_shown():
    assert withheld(A=20, B=0, C=11) == frozenset()


def test_a_small_office_takes_another_with_it():
    # 100 less 40 less 57 would be A's 3.
    assert withheld(A=3, B=40, C=57) == {"A", "B"}


def test_two_small_offices_that_could_be_anything_stand_alone():
    # 16 is left for A and B: each may hold 1 to 15.
    assert withheld(A=7, B=9, C=40) == {"A", "B"}


def test_two_small_offices_that_could_not_take_a_third():
    # 4 is left for A and B, so neither can hold more than 3.
    assert withheld(A=2, B=2, C=40) == {"A", "B", "C"}


def test_a_small_total_is_withheld_with_its_offices():
    assert withheld(A=4, B=5) == {None, "A", "B"}


def test_one_office_alone_takes_the_total():
    assert withheld(A=4, B=0) == {None, "A"}


def test_a_total_without_offices():
    assert offices_to_withhold({None: 4}) == {None}
    assert offices_to_withhold({None: 40}) == frozenset()


def test_offices_that_do_not_add_up_are_refused():
    with pytest.raises(SuppressionError):
        offices_to_withhold({None: 50, "A": 20, "B": 20})


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_no_small_count_can_be_worked_out(counts):
    offices = {f"O-{place}": count for place, count in enumerate(counts)}
    found = withheld(**offices)
    small = [name for name, count in offices.items() if 0 < count < 11]
    assert set(small) <= found
    hidden = [count for name, count in offices.items() if name in found]
    if small and None not in found:
        # Whoever takes what is shown from the total knows what is left for so many offices, and no more.
        assert len(hidden) > 1
        assert sum(hidden) - len(hidden) + 1 >= 10
