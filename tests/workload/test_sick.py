"""The draws of hours rest on the offices' own sick days."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from closeout.workload.staffing import work_out
from tests.duties.making import day, opened_rows
from tests.workload.test_desk_hours import HELD, Hourly, officer


def sick(number, days):
    return {
        "officer_no": f"S-{number}",
        "kind": "sick",
        "from_on": day("2026-02-02"),
        "to_on": day("2026-02-02") + timedelta(days - 1),
        "hours_a_day": 8.0,
    }


def drawn(absences):
    """Return a run of two offices of ten officers with 100 draws."""
    officers = [officer(10 + number, "AB"[number // 10]) for number in range(20)]
    cases = [
        {
            "case_no": f"C-{name}",
            "office_id": name,
            "officer_no": f"S-{10 + 10 * place}",
            "docket": "family",
            "opened_on": day("2020-01-01"),
        }
        for place, name in enumerate("AB")
    ]
    # As many each month, so that the volumes leave little open.
    months = [date(2025 + (6 + number) // 12, (6 + number) % 12 + 1, 3) for number in range(1, 13)]
    held = [{"case_no": f"C-{name}", "due_on": on} for name in "AB" for on in months for _ in range(40)]
    offices = [{"office_id": "A"}, {"office_id": "B"}]
    rows = {"officers": officers, "offices": offices, "cases": cases, "check_ins": held, "absences": absences}
    with opened_rows(rows) as (engine, tables):
        return work_out(engine, tables, HELD, date(2026, 7, 31), weights=Hourly(), draws=400)


def width(need):
    found = need.intervals["need_fte"]
    return (found.high - found.low) / need.need_fte


def test_the_share_is_of_the_paid_days_recorded():
    # Five of twenty officers ill for four weeks, 20 working days less Presidents' Day: 5 x 19 of their days.
    made = drawn([sick(10 + number, 28) for number in range(5)])
    paid = sum(week.paid for week in made.curve if week.week <= made.as_of) / 8
    assert made.sick_share == pytest.approx(5 * 19 / paid)


def test_where_offices_differ_much_the_need_is_less_sure():
    # Ill: nobody in one office, half of the other half of the year; or all alike for a day.
    alike = drawn([sick(10 + number, 1) for number in range(20)])
    unlike = drawn([sick(10 + number, 180) for number in range(5)])
    assert width(unlike.nation) > 1.2 * width(alike.nation)


def test_where_no_sick_day_is_recorded_the_usual_share_is_drawn():
    made = drawn([])
    assert made.sick_share is None
    assert np.isfinite(width(made.nation))
