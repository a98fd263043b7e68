"""How many of the staff leave in a year."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from closeout.workload.chances import LEAVING
from closeout.workload.leavers import leaving_seen, of_rows
from tests.duties.making import opened_rows

AS_OF = date(2026, 11, 1)
LONG_AGO = date(2000, 1, 1)


def officers(staying, leaving, office="NOR", left=AS_OF - timedelta(days=100)):
    rows = [(office, LONG_AGO, None)] * staying + [(office, LONG_AGO, left)] * leaving
    return [dict(zip(("office_id", "active_from", "active_to"), row, strict=True)) for row in rows]


def share(rows):
    return of_rows(pl.DataFrame(rows, schema_overrides={"active_to": pl.Date}), AS_OF)


def test_leavers_over_years_served_with_the_usual_share_as_fifty_years():
    # 190 served three years, 10 less than that by 100 days: 600 - 2.74 = 597.26 officer-years, 10 left.
    found = share(officers(190, 10))
    assert found.mean == pytest.approx((10 + 0.06 * 50) / (597.26 + 50), rel=1e-3)


def test_who_left_before_the_three_years_does_not_count():
    old = officers(0, 5, left=date(2023, 10, 1))
    assert share(officers(190, 10) + old).mean == pytest.approx(share(officers(190, 10)).mean)


def test_who_leaves_after_the_day_is_still_there():
    later = officers(0, 10, left=AS_OF + timedelta(days=1))
    assert share(later).mean == pytest.approx(share(officers(10, 0)).mean)


def test_who_joined_lately_served_less():
    # 40 officers for half a year: 20 years, nobody left.
    rows = [{"office_id": "NOR", "active_from": AS_OF - timedelta(days=183), "active_to": None}] * 40
    assert share(rows).mean == pytest.approx(0.06 * 50 / (20.04 + 50), rel=1e-3)


def test_a_small_agency_keeps_the_usual_spread():
    assert share(officers(5, 1)).deviation == LEAVING.deviation


def test_offices_that_differ_show_a_spread():
    even = share(officers(180, 20) + officers(180, 20, "SOU"))
    apart = share(officers(199, 1) + officers(140, 60, "SOU"))
    assert even.deviation < 0.01 < apart.deviation


def test_from_a_snapshot_s_tables():
    rows = [row | {"entered_on": LONG_AGO} for row in officers(19, 1)]
    with opened_rows({"officers": rows}) as (engine, tables):
        assert leaving_seen(engine, tables, AS_OF).mean == pytest.approx(share(officers(19, 1)).mean)


def test_without_officers_the_usual_share_stands():
    with opened_rows({}) as (engine, tables):
        assert leaving_seen(engine, tables, AS_OF) is LEAVING
    with opened_rows({"officers": []}) as (engine, tables):
        assert leaving_seen(engine, tables, AS_OF).mean == LEAVING.mean
