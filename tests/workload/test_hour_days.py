"""Working days and stretches over them, by hand and beside a count day by day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.duties.clauses import Pack
from closeout.workload import hours as hours_module
from closeout.workload.hour_days import stretches, working_days
from closeout.workload.hours import keep_hours
from closeout.workload.parameters import Parameters
from tests.duties.making import day, opened_rows

SATURDAY, NEXT_TUESDAY = date(2026, 3, 7), date(2026, 3, 17)
PACK = Pack("test", "Test", ())


def rows(*said):
    return pl.DataFrame(
        said,
        schema={"place": pl.Int64, "from_on": pl.Date, "to_on": pl.Date, "hours": pl.Float64},
        orient="row",
    )


def laid_out(found, days):
    return stretches(found, days, found["hours"].to_numpy())


def test_working_days_are_counted_from_the_first():
    # Saturday and Sunday, five days, Saturday and Sunday, Monday and Tuesday: seven, and the one at the end.
    days = working_days(SATURDAY, NEXT_TUESDAY, "US", 5)
    assert days.before.tolist() == [0, 0, 0, 1, 2, 3, 4, 5, 5, 5, 6, 7]
    assert days.count == 8
    assert days.weeks == (date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16))


def test_a_week_of_which_only_the_weekend_is_asked_for_has_no_hours():
    days = working_days(SATURDAY, NEXT_TUESDAY, "US", 5)
    found = laid_out(rows((0, date(2026, 1, 1), None, 8.0)), days).over_days(1, days.count)
    assert days.by_week(found).tolist() == [[0.0, 40.0, 16.0]]


def test_a_weekend_alone_has_one_week_without_hours():
    days = working_days(SATURDAY, SATURDAY + timedelta(days=1), "US", 5)
    found = laid_out(rows((0, SATURDAY, SATURDAY, 8.0)), days).over_days(1, days.count)
    assert days.by_week(found).tolist() == [[0.0]]


def test_where_the_week_has_seven_working_days_the_weekend_counts():
    days = working_days(SATURDAY, NEXT_TUESDAY, "US", 7)
    found = laid_out(rows((0, date(2026, 1, 1), None, 8.0)), days).over_days(1, days.count)
    assert days.by_week(found).tolist() == [[16.0, 56.0, 16.0]]


def test_a_public_holiday_is_known():
    # Presidents' Day 2026 is Monday, 16 February.
    days = working_days(date(2026, 2, 13), date(2026, 2, 17), "US", 5)
    assert days.is_off.tolist() == [False, True, False, False]


def test_stretches_that_end_as_another_begins_leave_nothing_behind():
    # 0.1 + 0.2 - 0.1 - 0.2 is not 0 in binary; the day after has no hours.
    days = working_days(date(2026, 3, 9), date(2026, 3, 11), "US", 5)
    monday = date(2026, 3, 9)
    found = laid_out(rows((0, monday, monday, 0.1), (0, monday, monday, 0.2)), days)
    assert found.over_days(1, days.count).tolist() == [[0.1 + 0.2, 0.0, 0.0, 0.0]]


def test_the_share_of_some_stretches_goes_to_whose_they_are():
    # Officer 1 is away 8 hours on Monday, 2 of them ill, of which 4 are kept: 1 is illness.
    days = working_days(date(2026, 3, 9), date(2026, 3, 9), "US", 5)
    ill = laid_out(rows((1, date(2026, 3, 9), date(2026, 3, 9), 2.0)), days)
    named, kept = np.array([[5.0, 0.0], [8.0, 0.0]]), np.array([[5.0, 0.0], [4.0, 0.0]])
    whose, hours = ill.share(named, kept)
    assert (whose.tolist(), hours.tolist()) == ([1], [[1.0, 0.0]])


SPANS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(-5, 30), st.integers(0, 9), st.sampled_from([1.0, 2.5])),
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(SPANS, st.integers(1, 7))
def test_hours_by_week_are_those_of_a_count_day_by_day(spans, a_week):
    last = SATURDAY + timedelta(days=24)
    days = working_days(SATURDAY, last, "US", a_week)
    said = [
        (place, SATURDAY + timedelta(days=since), SATURDAY + timedelta(days=since + more), hours)
        for place, since, more, hours in sorted(spans)
    ]
    found = days.by_week(laid_out(rows(*said), days).over_days(4, days.count))
    expected = np.zeros_like(found)
    for number in range(25):
        on = SATURDAY + timedelta(days=number)
        if on.weekday() < a_week:
            for place, since, to, hours in said:
                if since <= on <= to:
                    expected[place, days.weeks.index(on - timedelta(days=on.weekday()))] += hours
    np.testing.assert_allclose(found, expected, atol=1e-9)


def test_the_ledger_is_the_same_however_many_officers_are_kept_together(monkeypatch):
    officer = {"office_id": "A", "entered_on": day("2015-01-01"), "active_from": day("2015-01-01")}
    officer |= {"role": "deportation_officer", "contracted_hours": 40.0}
    ill = {"kind": "sick", "from_on": day("2026-03-09"), "to_on": day("2026-03-10"), "hours_a_day": 8.0}
    officers = [officer | {"officer_no": f"S-{number}"} for number in range(5)]
    absences = [ill | {"absence_id": number, "officer_no": f"S-{number}"} for number in (1, 4)]
    with opened_rows({"officers": officers, "absences": absences}) as (engine, tables):
        kept = keep_hours(engine, tables, PACK, SATURDAY, NEXT_TUESDAY, Parameters())
        monkeypatch.setattr(hours_module, "_AT_A_TIME", 2)
        again = keep_hours(engine, tables, PACK, SATURDAY, NEXT_TUESDAY, Parameters())
    assert kept.table() == again.table()
    assert again.sick.tolist() == [[0, 0, 0], [0, 16, 0], [0, 0, 0], [0, 0, 0], [0, 16, 0]]
