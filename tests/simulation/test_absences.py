"""Absences as the agency records them."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from closeout.simulation.absences import Absences, absences_seen
from closeout.workload.chances import SICK

ON = date(2026, 9, 30)
OFFICERS = pl.DataFrame({"place": [0, 1, 2, 3], "office_id": ["A", "A", "B", "B"]})


def rows(*given):
    names = ("place", "from_on", "to_on", "hours_a_day", "day_hours")
    return pl.DataFrame([dict(zip(names, one, strict=True)) for one in given])


def test_days_and_spells_by_hand():
    # A: two weeks (14 days, 10 of them working) and a half day of 8 hours; B: one week (5).
    found = absences_seen(
        OFFICERS,
        rows(
            (0, date(2026, 3, 2), date(2026, 3, 15), 8.0, 8.0),
            (1, date(2026, 5, 4), date(2026, 5, 10), 4.0, 8.0),
            (2, date(2026, 7, 6), date(2026, 7, 12), 8.0, 8.0),
        ),
        ON,
    )
    assert found.spells == 3
    assert found.mean_days == pytest.approx((10 + 2.5 + 5) / 3)
    # 12.5 and 5 of 520 working days: more apart than chance, so each leans towards 17.5 of 1,040.
    assert 5 / 520 < found.shares["B"] < 17.5 / 1040 < found.shares["A"] < 12.5 / 520


def test_only_the_year_before_counts():
    found = absences_seen(
        OFFICERS,
        rows(
            (0, date(2025, 9, 1), date(2025, 9, 20), 8.0, 8.0),
            (0, date(2026, 9, 28), date(2026, 12, 31), 8.0, 8.0),
            (1, date(2026, 10, 5), date(2026, 10, 9), 8.0, 8.0),
            (2, date(2026, 1, 5), date(2026, 1, 9), 0.0, 8.0),
            (9, date(2026, 1, 5), date(2026, 1, 9), 8.0, 8.0),
        ),
        ON,
    )
    # Only the three days to 30 September are left: 3 * 5 / 7 working days; a spell is at least a day.
    assert (found.spells, found.mean_days) == (1, pytest.approx(3 * 5 / 7))


def test_offices_that_are_alike_have_the_share_of_all():
    same = [(place, date(2026, 3, 2), date(2026, 3, 8), 8.0, 8.0) for place in range(4)]
    found = absences_seen(OFFICERS, rows(*same), ON)
    assert found.shares == {"A": pytest.approx(10 / 520), "B": pytest.approx(10 / 520)}


def test_an_office_without_any_absence_is_not_without_absence():
    found = absences_seen(OFFICERS, rows((0, date(2026, 3, 2), date(2026, 3, 4), 8.0, 8.0)), ON)
    assert found.shares["B"] > 0


def test_where_none_is_recorded_the_usual_share_is_assumed():
    sickness, said = Absences({}, 3.0, 0).of("A")
    assert said.startswith("no absence is on record in the year before; assumed are: ")
    assert sickness.spells_a_year * sickness.mean_days * (1 - SICK.mean) == pytest.approx(260 * SICK.mean)


def test_spells_are_drawn_on_the_days_present():
    # 10 % of 260 days are 26, in spells of 4: 6.5 of them on the 234 days left, so 7.2 in 260 days present.
    sickness, said = Absences({"A": 0.1}, 4.0, 9).of("A")
    assert sickness.spells_a_year == pytest.approx(26 / 4 * 260 / 234)
    assert said.endswith(": 26.0 working days an officer in spells of 4.0 days")
