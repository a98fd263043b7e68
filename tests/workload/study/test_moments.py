"""Moments drawn by chance stand for shares of paid time, officers as clusters."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import polars as pl
import pytest

from closeout.workload.study.moments import moment_minutes, moment_shares
from tests.workload.study.making import LIST, MONDAY, officer, records

CODES = [one.code for one in LIST]


def _moments(*said, officer_no="S-1", first=1):
    at = datetime.combine(MONDAY, time(9))
    return [
        {
            "moment_id": first + place,
            "study_id": "STUDY-1",
            "officer_no": officer_no,
            "office_id": "F01",
            "observed_at": at + timedelta(hours=place),
            "activity": activity,
        }
        for place, activity in enumerate(said)
    ]


def _minutes(moments, **more):
    rows = moment_minutes(records(moments=moments, **more), CODES)
    return dict(rows.select("activity", "minutes").iter_rows())


def test_a_quarter_of_the_moments_is_a_quarter_of_the_contracted_week():
    # 40 hours are 2,400 minutes: one moment in four on check-ins is 600.
    assert _minutes(_moments("check-in", "meeting", "meeting", "meeting")) == {
        "check-in": 600,
        "meeting": 1800,
    }


def test_a_part_time_week_is_shorter():
    made = _minutes(_moments("check-in", "meeting"), officers=[officer("S-1", hours=20.0)])
    assert made == {"check-in": 600, "meeting": 600}


def test_a_moment_of_no_known_activity_or_officer_is_left_out_of_the_share():
    known = _moments("check-in", "lunch", "meeting")
    assert _minutes([*known, *_moments("check-in", officer_no="S-9", first=9)]) == {
        "check-in": 1200,
        "meeting": 1200,
    }


def test_without_moments_there_are_no_minutes():
    assert _minutes([]) == {}


def test_the_share_of_moments_is_over_all_of_them():
    rows = [*_moments("check-in", "meeting"), *_moments("meeting", "meeting", officer_no="S-2", first=9)]
    made = moment_shares(pl.DataFrame(rows)).rows_by_key("activity", named=True, unique=True)
    assert made["check-in"]["share"] == 0.25
    assert made["meeting"]["share"] == 0.75
    assert made["meeting"]["moments"] == 4
    assert made["meeting"]["officers"] == 2


def test_shares_of_all_activities_add_up_to_one_and_stay_within_it():
    rows = [*_moments("check-in", "meeting"), *_moments("review", "meeting", officer_no="S-2", first=9)]
    made = moment_shares(pl.DataFrame(rows))
    assert made["share"].sum() == pytest.approx(1)
    assert made["high"].max() <= 1
