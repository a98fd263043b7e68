"""Weights of earlier diaries against the minutes of a month: drift, and what cannot be assessed."""

from __future__ import annotations

from datetime import date

import pytest

from closeout.workload.study.backtest import backtest
from closeout.workload.study.weigh import Frame
from tests.workload.study.making import LIST, diary, responses

FRAME = Frame(responses(("F01", 10, 9)))


def _rows(week, minutes_a_task, officers=4):
    """Return officers with ten tasks each in a week."""
    return [("F01", f"S-{n}", week, "check-in", 10 * minutes_a_task, 10) for n in range(officers)]


def _found(rows, **more):
    return {(one.month, one.activity): one for one in backtest(diary(rows), FRAME, LIST, **more)}


def test_minutes_that_stay_as_they_were_are_predicted():
    # March: 12 minutes a task; five weeks on, in April, 40 tasks at 12: 480 predicted and recorded.
    found = _found([*_rows(0, 12), *_rows(5, 12)])[date(2026, 4, 1), "check-in"]
    assert (found.predicted, found.recorded, found.ratio) == (pytest.approx(480), 480, pytest.approx(1))
    assert not found.has_drifted


@pytest.mark.parametrize(("now", "has_drifted"), [(13, False), (14, True), (11, False), (10, True)])
def test_more_than_ten_percent_off_is_drift(now, has_drifted):
    # 12 / 13 = 0.92 and 12 / 11 = 1.09 lie within 0.9 to 1.1; 12 / 14 = 0.86 and 12 / 10 = 1.2 outside.
    assert _found([*_rows(0, 12), *_rows(5, now)])[date(2026, 4, 1), "check-in"].has_drifted is has_drifted


def test_the_first_month_cannot_be_assessed():
    found = _found(_rows(0, 12))[date(2026, 3, 1), "check-in"]
    assert found.predicted is found.ratio is None
    assert not found.has_drifted


def test_an_activity_without_an_earlier_diary_is_left_out_of_the_whole():
    rows = [*_rows(0, 12), *_rows(5, 12), ("F01", "S-1", 5, "review", 500, 1)]
    found = _found(rows)
    assert found[date(2026, 4, 1), "review"].predicted is None
    assert found[date(2026, 4, 1), None].recorded == 480


def test_a_later_diary_never_predicts_an_earlier_month():
    # May is at 24 minutes; April must still be judged by March's 12.
    found = _found([*_rows(0, 12), *_rows(5, 12), *_rows(9, 24)])
    assert found[date(2026, 4, 1), "check-in"].ratio == pytest.approx(1)
    assert found[date(2026, 5, 1), "check-in"].ratio == pytest.approx(0.5)


def test_another_band_is_another_alarm():
    rows = [*_rows(0, 12), *_rows(5, 14)]
    assert not _found(rows, band=(0.8, 1.25))[date(2026, 4, 1), "check-in"].has_drifted


def test_without_diaries_there_is_nothing_to_test():
    assert _found([]) == {}
