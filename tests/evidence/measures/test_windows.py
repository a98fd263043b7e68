"""Periods of measures, by hand and by property."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from closeout.duties.clauses import Period
from closeout.evidence.measures.compile_windows import Window, cut_for, quarters, windows
from closeout.evidence.measures.declared import Series
from tests.evidence.measures.test_targets import SHARE

YEAR = replace(SHARE, period=Period(months=12), series=Series(Period(months=3), 3))
DAY = timedelta(days=1)


def test_a_year_by_quarters():
    assert windows(YEAR, date(2026, 9, 30)) == (
        Window(date(2025, 4, 1), date(2026, 3, 31)),
        Window(date(2025, 7, 1), date(2026, 6, 30)),
        Window(date(2025, 10, 1), date(2026, 9, 30)),
    )


def test_a_measure_as_of_a_day_has_one_window_without_a_start():
    assert windows(replace(SHARE, period=None), date(2026, 9, 30)) == (Window(None, date(2026, 9, 30)),)


def test_without_past_periods_there_is_the_newest():
    only = replace(YEAR, period=Period(days=30), series=None)
    assert windows(only, date(2026, 9, 30)) == (Window(date(2026, 9, 1), date(2026, 9, 30)),)


def test_a_period_may_reach_before_all_records():
    ages = replace(YEAR, period=Period(months=36_000))
    assert windows(ages, date(2026, 9, 30))[-1] == Window(date(1900, 1, 1), date(2026, 9, 30))


def test_whole_months_make_a_cut_in_months():
    # Ends of periods: April 2025 to October 2026, a quarter apart.
    cut = cut_for(windows(YEAR, date(2026, 9, 30)))
    assert (cut.months, len(cut.days)) == (3, 7)
    assert (cut.days[0], cut.days[-1]) == (date(2025, 4, 1), date(2026, 10, 1))


def test_the_quarters_of_five_years():
    found = quarters(date(2026, 9, 30))
    assert len(found) == 20
    assert found[0] == Window(date(2021, 10, 1), date(2021, 12, 31))
    assert found[-1] == Window(date(2026, 7, 1), date(2026, 9, 30))
    assert cut_for([*found, *windows(YEAR, date(2026, 9, 30))]) == cut_for(found)


def test_days_and_late_days_of_the_month_make_a_cut_in_days():
    assert cut_for(windows(replace(YEAR, period=Period(days=30)), date(2026, 9, 30))).months == 0
    assert cut_for(windows(YEAR, date(2026, 8, 30))).months == 0
    assert cut_for([Window(date(2026, 9, 1), date(2026, 9, 1))]).months == 0


@given(
    as_of=st.dates(date(2000, 1, 1), date(2040, 12, 31)),
    period=st.integers(1, 40),
    step=st.integers(1, 12),
    points=st.integers(1, 12),
    is_days=st.booleans(),
)
def test_periods_are_runs_of_spans(as_of, period, step, points, is_days):
    made = Period(days=period) if is_days else Period(months=period)
    measure = replace(YEAR, period=made, series=Series(Period(months=step), points))
    found = windows(measure, as_of)
    cut = cut_for(found)
    assert (len(found), found[-1].until) == (points, as_of)
    for window in found:
        assert {window.since, window.until + DAY} <= set(cut.days)
        spans = cut.spans(window.since, window.until)
        assert cut.days[spans.start - 1] == window.since
        assert cut.days[spans.stop - 1] == window.until + DAY
    assert list(cut.days) == sorted(set(cut.days))
