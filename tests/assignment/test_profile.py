"""The fairest utilization, worked by hand and against every set of classes."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations, pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.assignment.profile import fair_levels


def test_one_class_is_shared_by_hours() -> None:
    # 300 hours of work for 100 + 200 hours.
    (level,) = fair_levels([300], [100, 200], np.array([[True, True]]))
    assert level.utilization == 1
    assert level.officers == (0, 1)


def test_scarce_officers_are_a_level_of_their_own() -> None:
    # 150 h only officer 0 may do, at 100 h: 1.5. The other 100 h fall to 1 and 2, with 200 h: 0.5.
    may = np.array([[True, False, False], [True, True, True]])
    high, low = fair_levels([150, 100], [100, 100, 100], may)
    assert (high.utilization, high.classes, high.officers) == (Fraction(3, 2), (0,), (0,))
    assert (low.utilization, low.classes, low.officers) == (Fraction(1, 2), (1,), (1, 2))


def test_scarce_work_that_fits_makes_no_level() -> None:
    # 50 h for officer 0 only, 250 h for anyone, 300 hours in all: everyone at 1.
    may = np.array([[True, False, False], [True, True, True]])
    (level,) = fair_levels([50, 250], [100, 100, 100], may)
    assert level.utilization == 1


def test_officers_who_may_do_none_of_it_stay_at_nothing() -> None:
    may = np.array([[True, False]])
    first, last = fair_levels([50], [100, 100], may)
    assert (first.utilization, last.utilization, last.officers) == (Fraction(1, 2), 0, (1,))


def test_large_figures_stay_exact() -> None:
    # A nation of 7 million hours in hundredths of a minute.
    work, hours = [4 * 10**10 + 1, 3], [4 * 10**10, 7]
    levels = fair_levels(work, hours, np.array([[True, False], [False, True]]))
    assert [level.utilization for level in levels] == [Fraction(4 * 10**10 + 1, 4 * 10**10), Fraction(3, 7)]


@st.composite
def _problems(draw: st.DrawFn) -> tuple[list[int], list[int], np.ndarray]:
    classes, officers = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    may = np.array(
        [[draw(st.booleans()) or i == k % officers for i in range(officers)] for k in range(classes)]
    )
    work = draw(st.lists(st.integers(1, 50), min_size=classes, max_size=classes))
    hours = draw(st.lists(st.integers(1, 30), min_size=officers, max_size=officers))
    return work, hours, may


@given(_problems())
@settings(max_examples=80, deadline=None)
def test_the_highest_level_is_the_tightest_of_all_sets(
    problem: tuple[list[int], list[int], np.ndarray],
) -> None:
    work, hours, may = problem
    levels = fair_levels(work, hours, may)
    sets = chain.from_iterable(combinations(range(len(work)), n) for n in range(1, len(work) + 1))
    tightest = max(
        Fraction(
            sum(work[k] for k in some),
            sum(h for i, h in enumerate(hours) if may[list(some), i].any()),
        )
        for some in sets
    )
    assert levels[0].utilization == tightest
    assert sorted(i for level in levels for i in level.officers) == list(range(len(hours)))
    assert sorted(k for level in levels for k in level.classes) == list(range(len(work)))
    assert all(a.utilization > b.utilization for a, b in pairwise(levels))
