"""Cases, dockets, assignments, transfers, closings and check-ins agree with each other."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from closeout.records.snapshot import Snapshot

FOREVER = date(9999, 12, 31)
Tables = "Mapping[str, pl.DataFrame]"


def _planted(small: Snapshot, *defects: str) -> list[str]:
    listed = small.manifest.notes["defects"]
    return [key for one in listed if one["id"] in defects for key in one["keys"]]


def _stretches(rows: pl.DataFrame) -> pl.DataFrame:
    ordered = rows.sort("case_no", "from_on")
    return ordered.with_columns(next_on=pl.col("from_on").shift(-1).over("case_no"))


def test_a_case_is_on_one_docket_at_a_time_without_gaps(tables: Tables) -> None:
    rows = _stretches(tables["docket_memberships"])
    inner = rows.filter(pl.col("next_on").is_not_null())
    reopened = tables["cases"].filter(pl.col("reopened_on").is_not_null()).select("case_no")
    apart = inner.filter(pl.col("to_on") != pl.col("next_on"))
    assert inner["to_on"].null_count() == 0
    assert apart.join(reopened, on="case_no", how="anti").height == 0
    assert (apart["to_on"] < apart["next_on"]).all()


def test_dockets_begin_and_end_with_the_case(tables: Tables) -> None:
    spans = (
        tables["docket_memberships"]
        .group_by("case_no")
        .agg(first=pl.col("from_on").min(), last=pl.col("to_on").fill_null(FOREVER).max())
    )
    both = tables["cases"].join(spans, on="case_no", how="left")
    assert (both["first"] == both["opened_on"]).all()
    assert (both["last"] == both["closed_on"].fill_null(FOREVER)).all()


def test_the_last_docket_office_and_custody_are_the_cases_own(tables: Tables) -> None:
    last = tables["docket_memberships"].sort("from_on").group_by("case_no").last()
    both = tables["cases"].filter(pl.col("state") != "closed").join(last, on="case_no")
    for column in ("docket", "office_id", "is_detained"):
        assert (both[column] == both[f"{column}_right"]).all(), column


def test_a_change_of_office_is_an_accepted_transfer_and_the_other_way_round(tables: Tables) -> None:
    rows = (
        tables["docket_memberships"]
        .sort("case_no", "from_on")
        .with_columns(before=pl.col("office_id").shift(1).over("case_no"))
    )
    moved = rows.filter(pl.col("before").is_not_null() & (pl.col("before") != pl.col("office_id")))
    accepted = tables["transfers"].filter(state="accepted")
    keys = ["case_no", "from_on", "before", "office_id"]
    told = accepted.select(
        "case_no", from_on="accepted_on", before="from_office_id", office_id="to_office_id"
    )
    assert moved.select(keys).sort(keys).equals(told.select(keys).sort(keys))


def test_a_pending_transfer_is_a_case_that_waits_for_it(tables: Tables) -> None:
    asked = set(tables["transfers"].filter(state="requested")["case_no"])
    assert asked == set(tables["cases"].filter(state="transfer_pending")["case_no"])


def test_leads_follow_each_other_inside_the_cases_life(tables: Tables, small: Snapshot) -> None:
    leads = _stretches(tables["assignments"].filter(role="lead"))
    inner = leads.filter(pl.col("next_on").is_not_null())
    assert (inner["to_on"] <= inner["next_on"]).all()
    both = leads.join(tables["cases"], on="case_no")
    assert (both["from_on"] >= both["opened_on"]).all()
    ended = both.filter(pl.col("closed_on").is_not_null())
    assert (ended["to_on"] <= ended["closed_on"]).all()
    assert (both["to_on"].is_null() | (both["to_on"] > both["from_on"])).all()
    open_ended = set(both.filter(pl.col("to_on").is_null())["case_no"])
    still_open = set(tables["cases"].filter(pl.col("closed_on").is_null())["case_no"])
    assert still_open - open_ended == set(_planted(small, "case-unassigned"))


def test_the_cases_officer_is_whoever_leads_it(tables: Tables) -> None:
    now = tables["assignments"].filter(pl.col("to_on").is_null(), role="lead")
    both = tables["cases"].filter(pl.col("closed_on").is_null()).join(now, on="case_no", how="left")
    assert both["officer_no"].eq_missing(both["officer_no_right"]).all()


def test_leads_belong_to_the_office_that_holds_the_case(tables: Tables) -> None:
    leads = tables["assignments"].filter(role="lead").join(tables["officers"], on="officer_no")
    held = tables["docket_memberships"].select("case_no", "office_id", start="from_on", end="to_on")
    both = leads.join(held, on="case_no", suffix="_held").filter(
        pl.col("from_on") >= pl.col("start"), pl.col("from_on") < pl.col("end").fill_null(FOREVER)
    )
    assert both.height == leads.height
    assert (both["office_id"] == both["office_id_held"]).all()
    assert (both["from_on"] >= both["active_from"]).all()


def test_a_closed_case_was_proposed_by_one_and_confirmed_by_another(tables: Tables, small: Snapshot) -> None:
    closed = tables["cases"].filter(state="closed")
    agreed = tables["closure_proposals"].filter(state="confirmed")
    both = closed.join(agreed, on="case_no", how="left")
    assert both.height == closed.height
    assert (both["decided_on"] == both["closed_on"]).all()
    assert (both["reason"] == both["closure_reason"]).all()
    alone = both.filter(pl.col("decided_by").is_null())
    assert set(alone["case_no"]) == set(_planted(small, "closed-without-second-person"))
    assert (both["decided_by"] != both["proposed_by"]).fill_null(value=True).all()


def test_a_reopened_case_has_a_closure_that_was_undone(tables: Tables) -> None:
    undone = tables["closure_proposals"].filter(state="reversed").select("case_no", "reversed_on")
    reopened = tables["cases"].filter(pl.col("reopened_on").is_not_null()).select("case_no", "reopened_on")
    assert reopened.height > 0
    assert reopened.rows() == undone.sort("case_no").rows()


def test_check_ins_lie_inside_the_life_of_a_case_outside_custody(tables: Tables) -> None:
    rows = tables["check_ins"].join(tables["cases"], on="case_no", suffix="_case")
    assert (rows["due_on"] >= rows["opened_on"]).all()
    assert (rows["due_on"] <= rows["closed_on"].fill_null(FOREVER)).all()
    held = tables["docket_memberships"].filter(pl.col("is_detained"))
    inside = (
        tables["check_ins"]
        .join(held, on="case_no", suffix="_held")
        .filter(pl.col("due_on") > pl.col("from_on"), pl.col("due_on") < pl.col("to_on").fill_null(FOREVER))
    )
    assert inside.height == 0


def test_a_case_has_one_check_in_a_day_and_none_on_a_weekend(tables: Tables) -> None:
    rows = tables["check_ins"]
    assert not rows.select("case_no", "due_on").is_duplicated().any()
    assert (rows["due_on"].dt.weekday() <= 5).all()


def test_a_check_in_belongs_to_the_office_that_held_the_case(tables: Tables) -> None:
    held = tables["docket_memberships"].select("case_no", "office_id", "from_on", "to_on")
    both = (
        tables["check_ins"]
        .join(held, on="case_no", suffix="_held")
        .filter(pl.col("due_on") >= pl.col("from_on"), pl.col("due_on") < pl.col("to_on").fill_null(FOREVER))
    )
    assert (both["office_id"] == both["office_id_held"]).all()


def test_an_outcome_has_a_day_and_whoever_wrote_it_down(tables: Tables) -> None:
    rows = tables["check_ins"]
    known = rows["outcome"].is_not_null()
    for column in ("outcome_on", "recorded_at", "recorded_by"):
        assert (rows[column].is_not_null() == known).all(), column
    assert (rows["recorded_at"].dt.date() >= rows["outcome_on"]).drop_nulls().all()
    assert not rows.filter(pl.col("due_on") > date(2026, 9, 30))["outcome"].is_not_null().any()


def test_a_service_issue_is_never_referred(tables: Tables) -> None:
    referred = tables["exceptions"].filter(disposition="referred_per_policy")
    own_fault = tables["check_ins"].filter(pl.col("is_service_issue"))
    assert referred.join(own_fault, on="check_in_id").height == 0


def test_an_exception_is_of_the_check_in_or_hearing_of_its_own_case(tables: Tables) -> None:
    for table, key in (("check_ins", "check_in_id"), ("hearings", "hearing_id")):
        both = tables["exceptions"].drop_nulls(key).join(tables[table], on=key)
        assert (both["case_no"] == both["case_no_right"]).all()
        assert both.height == tables["exceptions"][key].drop_nulls().len()
    kinds = tables["exceptions"].select(pl.col("check_in_id").is_null() != pl.col("hearing_id").is_null())
    assert kinds.to_series().all()


def test_case_numbers_say_nothing_of_when_a_case_was_opened(tables: Tables) -> None:
    ranks = (
        tables["cases"]
        .sort("case_no")
        .select(pl.int_range(pl.len()).alias("place"), pl.col("opened_on").to_physical())
    )
    assert abs(ranks.select(pl.corr("place", "opened_on")).item()) < 0.05


def test_monthly_counts_are_those_of_the_memberships_but_for_two(tables: Tables, small: Snapshot) -> None:
    counts = tables["docket_counts"]
    wrong = counts.filter(pl.col("opening") + pl.col("came_in") - pl.col("went_out") != pl.col("closing"))
    assert [str(key) for key in wrong["count_id"]] == _planted(small, "docket-count-does-not-balance")
    last = counts.filter(period_to=date(2026, 9, 30))
    now = tables["docket_memberships"].filter(pl.col("to_on").is_null()).group_by("office_id", "docket").len()
    both = last.join(now, on=["office_id", "docket"], how="left")
    assert (both["closing"] == both["len"].fill_null(0)).all()
    assert counts.height == 24 * 5 * 18
