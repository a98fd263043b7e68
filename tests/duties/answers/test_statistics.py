"""Timeliness, currency and backlog."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.duties.statistics import statistics, wilson
from tests.duties.answers.agency import agency
from tests.duties.making import day


def figures(**said):
    with agency(**said) as (engine, asked):
        return statistics(engine, asked, asked.computed(), since=day("2026-01-01"), until=day("2026-03-01"))


def test_the_three_figures_of_check_ins():
    # Fell due by 1 March: one in time, one late, one overdue. Open: 3, of which one is overdue, 23 days
    # after its last day (6 February).
    check_ins, _ = figures()
    assert (check_ins["timeliness"]["numerator"], check_ins["timeliness"]["denominator"]) == (1, 3)
    assert (check_ins["currency"]["numerator"], check_ins["currency"]["denominator"]) == (2, 3)
    assert check_ins["backlog"] == {"overdue": 1, "open": 3, "oldest_days": 23, "mean_days": 23.0}


def test_nothing_owed_is_no_share():
    (contact,) = figures(kinds=("verify-contact",), office="B")
    assert contact["timeliness"] == {
        "numerator": 0,
        "denominator": 0,
        "share": None,
        "low": None,
        "high": None,
    }
    assert contact["backlog"]["oldest_days"] is None


def test_a_wilson_interval_as_published():
    # Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611.
    found = wilson(81, 263)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
    found = wilson(0, 20)
    assert (found.low, round(found.high, 4)) == (0, 0.1611)


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_share_lies_in_its_interval(numerator, more):
    found = wilson(numerator, numerator + more)
    assert 0 <= found.low <= found.share <= found.high <= 1


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 3), (4, 3)])
def test_what_is_no_share_is_refused(numerator, denominator):
    with pytest.raises(ValueError, match="is no share"):
        wilson(numerator, denominator)
