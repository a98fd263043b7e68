"""How many officers a study must ask, by the formula and by hand."""

from __future__ import annotations

import math

import pytest
from scipy.stats import t as student

from closeout.workload.study.precision import officers_needed, precision
from tests.workload.study.making import diary


def test_officers_who_differ_by_035_need_about_36_for_ten_percent():
    # 1.645 x 0.35 / ln 1.1 = 6.04, squared 36.5; Student's t asks for one or two more.
    assert officers_needed(0.35, 0.10) in {38, 39}


@pytest.mark.parametrize(("spread", "aim"), [(0.35, 0.1), (0.2, 0.05), (0.6, 0.25), (0.05, 0.5)])
def test_one_officer_fewer_would_not_do(spread, aim):
    found = officers_needed(spread, aim)
    assert student.ppf(0.95, found - 1) * spread / math.sqrt(found) <= math.log1p(aim)
    if found > 2:
        assert student.ppf(0.95, found - 2) * spread / math.sqrt(found - 1) > math.log1p(aim)


def test_a_narrower_interval_needs_more_officers():
    assert officers_needed(0.35, 0.05) > officers_needed(0.35, 0.1) > officers_needed(0.35, 0.2)


def test_more_than_anybody_has_is_none():
    assert officers_needed(50.0, 0.01) is None


def test_a_pilot_says_how_sure_it_is_and_whom_to_ask():
    rows = [("F01", f"S-{n}", 0, "check-in", minutes, 10) for n, minutes in enumerate((80, 100, 120, 140))]
    (found,) = precision(diary(rows), 0.1, response=0.5)
    assert (found.activity, found.officers) == ("check-in", 4)
    assert found.half_width > 0.1
    assert found.needed > 4
    assert found.to_ask == 2 * found.needed


def test_one_officer_says_nothing_of_how_officers_differ():
    (found,) = precision(diary([("F01", "S-1", 0, "check-in", 80, 10)]), 0.1)
    assert found.half_width is found.needed is found.to_ask is None


def test_support_has_no_minutes_a_task():
    assert precision(diary([("F01", "S-1", 0, "meeting", 80, 0)]), 0.1) == ()


@pytest.mark.parametrize(("aim", "response"), [(0, 1), (1, 1), (0.1, 0), (0.1, 1.1)])
def test_a_share_out_of_range_is_refused(aim, response):
    with pytest.raises(ValueError, match="is a share above 0"):
        precision(diary([]), aim, response)
