"""The example's diaries are such as a study gives: full days, slow and quick officers, uneven response."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from closeout.records.example import studies
from closeout.records.example.activities import CUSTODY, OUTSIDE, Job
from closeout.records.example.arrays import day
from closeout.records.example.diaries import JOBS, NAMES, at_moments, jobs, pace
from closeout.records.example.diary_defects import KINDS
from closeout.records.example.size import SIZES
from closeout.records.example.staff import hire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from closeout.records.snapshot import Snapshot

AS_OF = date(2026, 9, 30)


@pytest.fixture(scope="module")
def agency():
    return hire(1, SIZES["small"], day(AS_OF), day(date(2025, 4, 1)))


def _planted(small: Snapshot, defect: str) -> list[int]:
    (one,) = (each for each in small.manifest.notes["defects"] if each["id"] == defect)
    return [int(key) for key in one["keys"]]


def _days(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    hours = tables["officers"].select("officer_no", "contracted_hours")
    days = tables["time_entries"].group_by("officer_no", "worked_on").agg(pl.col("minutes").sum())
    return days.join(hours, on="officer_no").with_columns(length=pl.col("contracted_hours") * 12)


def test_a_recorded_day_comes_to_about_a_fifth_of_the_contracted_week(tables):
    share = _days(tables)["minutes"] / _days(tables)["length"]
    assert 0.98 < share.median() < 1.02
    assert share.quantile(0.02) > 0.5
    assert share.quantile(0.98) < 1.6


def test_what_begins_before_the_day_ends_is_overtime_beyond_it(tables):
    entries = tables["time_entries"]
    assert 0 < entries["is_overtime"].mean() < 0.05
    long = entries.group_by("officer_no", "worked_on").agg(
        pl.col("minutes").sum(), pl.col("is_overtime").any()
    )
    assert (long.filter(pl.col("is_overtime"))["minutes"] > 240).all()


def test_officers_who_lead_cases_record_work_that_no_duty_names(tables, agency):
    entries = tables["time_entries"]
    stock = {name for name in entries["activity"].unique() if name.startswith("case-management")}
    assert stock == {"case-management", "case-management-detained", "case-management-juvenile"}
    leads = {agency.officer_no(place) for roster in agency.leads for place in roster.members}
    assert set(entries.filter(pl.col("activity").is_in(list(stock)))["officer_no"]) <= leads


def test_case_work_is_most_of_the_day_and_support_a_fifth(tables):
    minutes = dict(tables["time_entries"].group_by("activity").agg(pl.col("minutes").sum()).iter_rows())
    support = sum(minutes.get(name, 0) for name in ("meeting", "administration", "supervision", "training"))
    assert 0.1 < support / sum(minutes.values()) < 0.35


def test_officers_differ_by_0_35_in_logarithms_around_one():
    national = hire(1, SIZES["national"], day(AS_OF), day(date(2025, 4, 1)))
    paces = pace(national)
    assert np.log(paces).std() == pytest.approx(0.35, abs=0.01)
    assert paces.mean() == pytest.approx(1, abs=0.02)


def test_an_officer_is_slow_or_quick_in_every_study(agency):
    assert (pace(agency) == pace(agency)).all()


def test_72_percent_answer_over_all_and_offices_differ(tables):
    assert np.mean(studies.RESPONSES) == pytest.approx(0.72, abs=0.01)
    diaries = tables["study_samples"].filter(pl.col("asked_at").is_null(), pl.col("state") != "absent")
    recorded = diaries.group_by("office_id").agg((pl.col("state") == "recorded").mean())["state"]
    assert recorded.min() < 0.5
    assert recorded.max() > 0.9
    assert 0.6 < (diaries["state"] == "recorded").mean() < 0.82


def test_only_weeks_that_were_recorded_have_entries(tables, small):
    entries = tables["time_entries"].select(
        "officer_no", study_id="study", week_from=pl.col("worked_on").dt.truncate("1w")
    )
    asked = tables["study_samples"].filter(state="recorded")
    never = set(_planted(small, "diary-never-asked"))
    lost = entries.with_columns(tables["time_entries"]["entry_id"]).join(
        asked, on=["officer_no", "study_id", "week_from"], how="anti"
    )
    assert set(lost["entry_id"]) == never


def test_studies_are_old_and_new_and_one_asks_at_moments(tables):
    rows = {row["study_id"]: row for row in tables["time_studies"].iter_rows(named=True)}
    assert (AS_OF - rows["STUDY-1"]["to_on"]).days > 5 * 366
    assert 3 * 366 < (AS_OF - rows["STUDY-2"]["to_on"]).days < 5 * 365
    assert rows["MOMENTS-1"]["design"] == "random_moment"
    assert (tables["study_samples"].filter(study_id="MOMENTS-1")["asked_at"].is_not_null()).all()
    assert all(row["from_on"].weekday() == 0 for row in rows.values())


def test_moments_are_asked_in_duty_hours_on_working_days(tables):
    at = tables["study_moments"]["observed_at"]
    assert at.dt.hour().is_between(8, 16).all()
    assert (at.dt.weekday() <= 5).all()


def test_a_30_hour_day_is_planted(tables, small):
    keys = _planted(small, "diary-day-over-24-hours")
    rows = tables["time_entries"].filter(pl.col("entry_id").is_in(keys))
    assert 1_800 <= rows["minutes"].sum() < 1_900
    assert rows["worked_on"].n_unique() == 1


def test_every_kind_of_bad_diary_is_planted_with_an_officer_of_its_own(tables, small):
    samples = dict(tables["study_samples"].select("sample_id", "officer_no").iter_rows())
    entries = dict(tables["time_entries"].select("entry_id", "officer_no").iter_rows())
    of_weeks = {"diary-week-lost", "diary-days-missing"}
    officers = [
        {(samples if kind in of_weeks else entries)[key] for key in _planted(small, kind)} for kind in KINDS
    ]
    assert all(len(found) == 1 for found in officers)
    assert len(set().union(*officers)) == len(KINDS) == 8


def test_two_people_decide_on_an_adjustment_and_one_still_waits(tables):
    rows = tables["weight_adjustments"]
    assert rows["approved_by"].null_count() == 1
    assert (rows["approved_by"] != rows["decided_by"]).drop_nulls().all()
    assert rows.filter(pl.col("expires_on") < AS_OF).height == 1


def test_an_activity_changed_after_the_last_diary(tables):
    last = tables["time_entries"]["worked_on"].max()
    assert tables["activity_changes"].filter(pl.col("changed_on") > last)["activity"].to_list() == [
        "interval-deviation"
    ]


def test_a_case_reports_where_its_officer_is_and_every_site_is_of_its_office(tables):
    sites = dict(tables["sites"].select("site_id", "office_id").iter_rows())
    for table in ("cases", "officers"):
        rows = tables[table].drop_nulls("site_id")
        assert rows.height == tables[table].height
        assert [sites[one] for one in rows["site_id"]] == rows["office_id"].to_list()
    led = tables["cases"].join(tables["officers"], on=["officer_no", "office_id"], suffix="_home")
    assert (led["site_id"] == led["site_id_home"]).all()


def test_offices_have_one_to_three_sites(tables):
    counted = tables["sites"].group_by("office_id").len()["len"]
    assert sorted(counted.unique().to_list()) == [1, 2, 3]


def test_whoever_may_not_work_on_a_case_does_not_lead_it(tables):
    both = tables["recusals"].join(tables["cases"], on="case_no", suffix="_lead")
    assert both.height == tables["recusals"].height > 0
    assert (both["officer_no"] != both["officer_no_lead"]).all()
    assert both["closed_on"].null_count() == both.height


def test_whoever_leads_juveniles_is_certified_for_it(tables, agency):
    certified = tables["officer_skills"].filter(pl.col("skill") == "juvenile", pl.col("valid_to").is_null())
    leads = {agency.officer_no(place) for place in agency.leads[2].members}
    assert leads <= set(certified["officer_no"])


def test_nearly_half_speak_spanish(tables):
    speak = tables["officer_skills"].filter(skill="lang-es")["officer_no"].n_unique()
    assert 0.35 < speak / tables["officers"].height < 0.55


def test_every_officer_has_a_job_and_each_job_somebody(agency):
    found = jobs(agency)
    assert set(found.tolist()) == set(range(len(JOBS) - 1))
    assert JOBS[found[agency.leads[0].members[0]]] is CUSTODY
    assert JOBS[found[agency.leads[1].members[0]]] is OUTSIDE


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.doings[0].activity)
def test_the_shares_of_a_job_and_its_minutes_are_above_nothing(job: Job):
    assert all(one.share > 0 and one.minutes > 0 and one.tasks >= 1 for one in job.doings)
    assert job.support


def test_moments_follow_the_minutes_of_the_job(agency):
    # Custody reviews are 85 x 0.08 of a custody officer's minutes of duties, travel packages 65 x 0.05.
    done = at_moments(np.full(20_000, 1), agency.chance("test"))
    seen = np.bincount(done, minlength=len(NAMES))
    reviews, packages = seen[NAMES.index("custody-review")], seen[NAMES.index("travel-package")]
    assert reviews / packages == pytest.approx(85 * 0.08 / (65 * 0.05), rel=0.15)
