"""Posts, time, training, partners, contracts, facilities and counts agree within themselves."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest

if TYPE_CHECKING:
    from closeout.records.snapshot import Snapshot

Tables = "Mapping[str, pl.DataFrame]"
AS_OF = date(2026, 9, 30)


def _planted(small: Snapshot, *defects: str) -> list[str]:
    listed = small.manifest.notes["defects"]
    return [key for one in listed if one["id"] in defects for key in one["keys"]]


def test_every_officer_who_serves_has_one_post_of_the_same_office_and_role(tables: Tables) -> None:
    serving = tables["officers"].filter(pl.col("active_to").is_null())
    both = serving.join(tables["positions"], on="officer_no", how="left", suffix="_post")
    assert both.height == serving.height
    assert (both["office_id"] == both["office_id_post"]).all()
    assert (both["role"] == both["role_post"]).all()


def test_a_post_is_either_held_or_vacant(tables: Tables) -> None:
    posts = tables["positions"]
    assert (posts["officer_no"].is_null() == posts["vacant_from"].is_not_null()).all()


def test_every_office_has_a_director_supervisors_and_a_juvenile_coordinator(tables: Tables) -> None:
    counted = tables["officers"].filter(pl.col("office_id") != "HQ").group_by("office_id", "role").len()
    for role, least in (("director", 1), ("supervisor", 2), ("juvenile_coordinator", 1)):
        held = counted.filter(role=role)
        assert held.height == 24, role
        assert held["len"].min() >= least, role


def test_time_is_studied_on_working_days_by_officers_who_serve(tables: Tables) -> None:
    entries = tables["time_entries"]
    assert (entries["worked_on"].dt.weekday() <= 5).all()
    assert entries["minutes"].is_between(0, 480).all()
    assert (
        entries.group_by("officer_no", "study").agg(pl.col("worked_on").n_unique())["worked_on"].max() == 10
    )
    gone = tables["officers"].filter(pl.col("active_to").is_not_null())
    assert entries.join(gone, on="officer_no", how="semi").height == 0


def test_the_window_is_open_on_working_days_and_in_office_hours(tables: Tables) -> None:
    at = tables["desk_contacts"]["received_at"]
    assert (at.dt.weekday() <= 5).all()
    assert at.dt.hour().is_between(8, 16).all()
    assert tables["desk_contacts"]["office_id"].n_unique() == 24


def test_an_officer_has_at_most_one_detail(tables: Tables) -> None:
    assert not tables["details"]["officer_no"].is_duplicated().any()
    assert (tables["details"]["from_office_id"] != tables["details"]["to_office_id"]).all()


def test_one_supervisor_stands_in_for_the_other_of_the_same_office(tables: Tables) -> None:
    homes = dict(tables["officers"].select("officer_no", "office_id").rows())
    for row in tables["delegations"].iter_rows(named=True):
        assert homes[row["from_officer_no"]] == homes[row["to_officer_no"]]


def test_a_policys_versions_follow_each_other_without_gap(tables: Tables) -> None:
    rows = (
        tables["policy_versions"]
        .sort("policy_id", "version")
        .with_columns(following=pl.col("effective_from").shift(-1).over("policy_id"))
    )
    inner = rows.filter(pl.col("following").is_not_null())
    assert (inner["effective_to"].dt.offset_by("1d") == inner["following"]).all()
    assert (inner["state"] == "superseded").all()
    last = rows.filter(pl.col("following").is_null())
    assert (last["state"] == "published").all()
    assert last["effective_to"].null_count() == last.height


def test_a_converted_officer_is_owed_the_case_management_training(tables: Tables) -> None:
    owed = tables["training_assignments"].filter(requirement_id="REQ-CMT")["officer_no"]
    converted = tables["officers"].filter(pl.col("is_converted"))["officer_no"]
    assert set(owed) == set(converted)


def test_who_passed_reached_the_score_asked_for(tables: Tables) -> None:
    rows = tables["attendance"]
    assert (rows["has_passed"] == (rows["score"] >= 70)).all()


def test_members_take_part_while_their_agreement_runs_but_for_the_planted_ones(
    tables: Tables, small: Snapshot
) -> None:
    rows = tables["participations"].join(tables["agreements"], on="agreement_id")
    assert (rows["from_on"] >= rows["operational_on"]).all()
    beyond = rows.filter(
        pl.col("ended_on").is_not_null(), pl.col("to_on").is_null() | (pl.col("to_on") > pl.col("ended_on"))
    )
    assert {str(key) for key in beyond["participation_id"]} == set(
        _planted(small, "participation-outlives-agreement")
    )
    assert not tables["participations"]["holder_no"].is_duplicated().any()


def test_a_credential_goes_the_way_of_its_participation(tables: Tables) -> None:
    rows = tables["credentials"]
    standing = rows.filter(pl.col("participation_ended_on").is_null())
    for column in ("returned_on", "revoked_on", "destroyed_on"):
        assert standing[column].null_count() == standing.height
    assert rows.filter(pl.col("destroyed_on").is_not_null())["returned_on"].null_count() == 0


def test_complaints_of_a_friday_evening_are_notified_on_monday(tables: Tables, small: Snapshot) -> None:
    ids = [int(key) for key in _planted(small, "complaint-notified-after-weekend")]
    rows = tables["complaints"].filter(pl.col("complaint_id").is_in(ids))
    assert rows.height == len(ids) > 0
    assert (rows["received_at"].dt.weekday() == 5).all()
    assert (rows["notified_at"].dt.weekday() == 1).all()
    assert (rows["notified_at"] - rows["received_at"]).dt.total_hours().min() > 48


def test_a_repeated_deficiency_was_cited_at_the_inspection_before(tables: Tables) -> None:
    turns = tables["inspections"].with_columns(turn=pl.col("ended_on").rank("dense").over("facility_id"))
    rows = tables["deficiencies"].join(turns.select("inspection_id", "turn"), on="inspection_id")
    before = rows.select("facility_id", "component_id", pl.col("turn") + 1, was=pl.lit(value=True))
    rows = rows.join(before, on=["facility_id", "component_id", "turn"], how="left")
    assert (rows["is_repeat"] == rows["was"].fill_null(value=False)).all()
    assert rows["is_repeat"].any()


def test_deficiencies_are_of_components_that_were_assessed(tables: Tables) -> None:
    rows = tables["deficiencies"].join(tables["inspections"], on="inspection_id")
    number = rows["component_id"].str.split("-").list.last().cast(pl.Int64)
    assert (number <= rows["components_assessed"]).all()
    assert not rows.select("inspection_id", "component_id").is_duplicated().any()
    assert sorted(rows["components_assessed"].unique()) == [24, 40]


def test_three_facilities_stand_out_and_others_differ_by_more_than_chance(tables: Tables) -> None:
    cited = tables["deficiencies"].group_by("facility_id").len("cited")
    rows = (
        tables["inspections"]
        .group_by("facility_id")
        .agg(pl.col("components_assessed").sum())
        .join(cited, on="facility_id", how="left")
    )
    shares = dict(
        zip(rows["facility_id"], rows["cited"].fill_null(0) / rows["components_assessed"], strict=True)
    )
    for name in ("FAC-017", "FAC-053", "FAC-091"):
        assert shares[name] > 0.3
    others = [share for name, share in shares.items() if name not in {"FAC-017", "FAC-053", "FAC-091"}]
    assert max(others) < 0.3
    assert min(others) < 0.03


def test_two_standards_were_never_looked_at_and_have_no_verdict(tables: Tables, small: Snapshot) -> None:
    never = _planted(small, "standard-not-assessed")
    assert len(never) == 2
    assert tables["surveillance_events"].filter(pl.col("standard_id").is_in(never)).height == 0
    verdicts = tables["standard_assessments"].filter(pl.col("standard_id").is_in(never))["verdict"]
    assert verdicts.unique().to_list() == ["not_assessed"]


def test_samples_are_as_large_as_a_real_plan_has_them_but_for_one(tables: Tables) -> None:
    seen = tables["surveillance_events"]
    thin = seen.filter(standard_id="ATD-1-14")["sampled"]
    assert thin.is_between(12, 19).all()
    assert seen.filter(pl.col("standard_id") != "ATD-1-14")["sampled"].is_between(240, 359).all()
    full = seen.filter(method="full")
    assert (full["lot"] == full["sampled"]).all()


def test_the_record_says_of_each_kind_of_verdict_something(tables: Tables) -> None:
    said = dict(tables["standard_assessments"].unique("standard_id").select("standard_id", "verdict").rows())
    kinds = {verdict: sum(one == verdict for one in said.values()) for verdict in set(said.values())}
    assert kinds == {"meets": 12, "does_not_meet": 2, "insufficient_sample": 1, "not_assessed": 2}


def test_surveillance_lies_in_the_period_that_is_assessed(tables: Tables) -> None:
    seen = (
        tables["surveillance_events"]
        .join(tables["standard_assessments"], on="standard_id")
        .filter(pl.col("observed_on").is_between(pl.col("period_from"), pl.col("period_to")))
    )
    assert seen["event_id"].n_unique() == tables["surveillance_events"].height
    assert (tables["surveillance_events"]["defects"] <= tables["surveillance_events"]["sampled"]).all()


def test_one_published_date_misses_its_total_by_21(tables: Tables) -> None:
    counts = tables["program_counts"]
    parts = counts.filter(pl.col("office_id") != "ALL", pl.col("category") != "ALL")
    sums = parts.group_by("as_of_on").agg(pl.col("people").sum().alias("sum"))
    totals = counts.filter(office_id="ALL", category="ALL").join(sums, on="as_of_on")
    assert sorted(totals["people"] - totals["sum"]) == [0, 0, 0, 0, 0, 21]


@pytest.mark.parametrize(("table", "column"), [("trace_counts", "firearms"), ("published_counts", "amount")])
def test_published_counts_count_something(tables: Tables, table: str, column: str) -> None:
    assert tables[table][column].sum() > 100


def test_traces_are_aggregates_by_month(tables: Tables) -> None:
    rows = tables["trace_counts"]
    assert (rows["month_from"].dt.day() == 1).all()
    assert (rows["incomplete"] <= rows["firearms"]).all()
    assert ((rows["source_state"] == "UNKNOWN") == (rows["days_bucket"] == "untraced")).all()
    cells = ["month_from", "recovery_state", "source_state", "days_bucket"]
    assert not rows.select(cells).is_duplicated().any()


def test_the_small_unit_has_its_members_statements_and_recruiting(tables: Tables) -> None:
    members = tables["officers"].filter(role="special_unit")["officer_no"]
    assert sorted(tables["worker_statements"]["officer_no"]) == sorted(members)
    assert tables["recruitment_stages"]["stage"].n_unique() == 7
