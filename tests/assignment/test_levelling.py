"""Levelling reproduces the published cases, and goes on to minutes and hours from there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.assignment.levelling import level, target

# Caseflow, spec/jobs/push_priority_appeals_to_judges_job_spec.rb: already assigned in 30 days, new, target,
# what each gets. As sets of figures: who of those alike gets one more is not published.
PUBLISHED = [
    ([0] * 10, 5, 0, [1, 1, 1, 1, 1]),
    ([0] * 5, 10, 2, [2, 2, 2, 2, 2]),
    ([0] * 5, 9, 1, [1, 2, 2, 2, 2]),
    ([10] * 5, 10, 12, [2, 2, 2, 2, 2]),
    ([10] * 5, 9, 11, [1, 2, 2, 2, 2]),
    ([10, 15, 20, 25, 30], 75, 35, [25, 20, 15, 10, 5]),
    ([10, 15, 20, 25, 30], 79, 35, [25, 21, 16, 11, 6]),
    ([0, 0, 22, 28, 50], 50, 24, [24, 24, 2]),
    ([0, 0, 5, 9, 26, 27, 55, 56, 89, 100], 50, 16, [16, 16, 11, 7]),
    ([0, 0, 5, 9, 26, 27, 55, 56, 89, 100], 53, 16, [16, 17, 12, 8]),
]
COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=6)


@pytest.mark.parametrize(("already", "new", "to", "allocation"), PUBLISHED)
def test_the_published_cases_come_out(already: list[int], new: int, to: int, allocation: list[int]) -> None:
    assert target(already, new) == to
    assert sorted(n for n in level(already, new) if n) == sorted(allocation)


@pytest.mark.parametrize(("already", "new", "to", "allocation"), PUBLISHED)
def test_equal_hours_and_minutes_change_nothing(
    already: list[int], new: int, to: int, allocation: list[int]
) -> None:
    del to
    minutes = [45.0 * n for n in already]
    shares = level(minutes, new, hours=[120.0] * len(already), minutes=45.0)
    assert sorted(n for n in shares if n) == sorted(allocation)


def test_an_officer_with_twice_the_hours_gets_twice_as_much() -> None:
    # 9 cases on 50 + 100 hours: 3 and 6.
    assert level([0, 0], 9, hours=[50, 100]) == [3, 6]


def test_what_was_received_counts_against_the_hours() -> None:
    # 60 minutes in 100 hours already, nothing in 50: with 4 cases of 30, 180 minutes on 150 hours:
    # 1.2 an hour, so 120 and 60 minutes, 2 cases each.
    assert level([60, 0], 4, hours=[100, 50], minutes=30) == [2, 2]


def test_an_officer_without_hours_gets_nothing() -> None:
    assert level([0, 5], 4, hours=[0, 10]) == [0, 4]


def test_nobody_with_hours_gets_nothing() -> None:
    assert level([0, 0], 4, hours=[0, 0]) == [0, 0]
    assert level([], 4) == []


def test_no_case_changes_nothing() -> None:
    assert level([3, 1], 0) == [0, 0]


@pytest.mark.parametrize("wrong", [{"already": [-1], "new": 1}, {"already": [1], "new": -1}])
def test_negative_figures_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="none negative"):
        level(**wrong)  # type: ignore[arg-type]


def test_hours_must_be_given_for_each_officer() -> None:
    with pytest.raises(ValueError, match="one figure of hours an officer"):
        level([1, 2], 1, hours=[1])


@given(COUNTS, st.integers(0, 60))
@settings(max_examples=60, deadline=None)
def test_every_case_is_given_once_and_nobody_passes_others(already: list[int], new: int) -> None:
    shares = level(already, new)
    assert sum(shares) == new
    after = [had + got for had, got in zip(already, shares, strict=True)]
    # Whoever got a case is at most one above whoever is lowest.
    assert all(total <= min(after) + 1 for total, got in zip(after, shares, strict=True) if got)
