"""Custody, parents, departures and travel documents agree with the cases they are about."""

from __future__ import annotations

from datetime import date, timedelta
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


def _in_order(rows: pl.DataFrame, *stages: str) -> bool:
    """Return whether each stage that was reached lies on or after every one before it."""
    return all(
        (rows[later] >= rows[earlier]).drop_nulls().all()
        for place, later in enumerate(stages)
        for earlier in stages[:place]
    )


def test_a_travel_document_request_goes_through_its_stages_in_order(tables: Tables) -> None:
    stages = ("drafted_on", "completed_on", "sent_on", "acknowledged_on", "decided_on")
    assert _in_order(tables["travel_document_requests"], *stages)
    assert _in_order(tables["travel_document_requests"], "valid_from", "used_on", "valid_to")


@pytest.mark.parametrize(
    ("state", "reached", "not_reached"),
    [
        ("drafting", "drafted_on", "completed_on"),
        ("sent", "sent_on", "acknowledged_on"),
        ("refused", "refused_reason", "valid_to"),
        ("issued", "valid_to", "used_on"),
        ("expired", "valid_to", "used_on"),
    ],
)
def test_a_requests_state_is_the_last_stage_it_reached(
    region: Tables, state: str, reached: str, not_reached: str
) -> None:
    rows = region["travel_document_requests"].filter(state=state)
    assert rows.height > 0
    assert rows[reached].null_count() == 0
    assert rows[not_reached].null_count() == rows.height


def test_a_request_is_for_a_case_with_a_final_order_and_under_the_rule_of_its_day(tables: Tables) -> None:
    rows = tables["travel_document_requests"].join(tables["cases"], on="case_no", suffix="_case")
    assert (rows["drafted_on"] > rows["final_order_on"]).all()
    sent = rows.filter(pl.col("sent_on").is_not_null()).join(tables["country_rules"], on="rule_id")
    assert (sent["country"] == sent["country_right"]).all()
    assert (sent["effective_from"] <= sent["sent_on"]).all()
    assert (sent["effective_to"].is_null() | (sent["effective_to"] >= sent["sent_on"])).all()


def test_the_items_of_a_package_are_what_the_rule_asks_for(tables: Tables) -> None:
    sent = tables["travel_document_requests"].filter(pl.col("rule_id").is_not_null())
    asked = sent.select("request_id", "rule_id").join(
        tables["country_rule_items"].select("rule_id", "item"), on="rule_id"
    )
    packed = tables["travel_document_items"].join(sent, on="request_id", how="semi")
    keys = ["request_id", "item"]
    assert asked.select(keys).sort(keys).equals(packed.select(keys).sort(keys))


def test_missing_items_are_those_that_the_package_lacks(tables: Tables) -> None:
    lacking = (
        tables["travel_document_items"]
        .group_by("request_id")
        .agg(lacking=(~pl.col("is_included")).sum().cast(pl.Int64))
    )
    sent = tables["travel_document_requests"].filter(pl.col("sent_on").is_not_null())
    both = sent.join(lacking, on="request_id")
    assert (both["missing_at_send"] == both["lacking"]).all()


def test_a_mission_is_asked_again_at_the_countrys_interval(tables: Tables) -> None:
    asked = (
        tables["travel_follow_ups"]
        .sort("request_id", "due_on")
        .join(tables["travel_document_requests"].select("request_id", "sent_on", "rule_id"), on="request_id")
        .join(tables["country_rules"].select("rule_id", "follow_up_days"), on="rule_id")
    )
    turn = pl.int_range(1, pl.len() + 1).over("request_id")
    expected = asked.select(pl.col("sent_on") + pl.duration(days=turn * pl.col("follow_up_days")))
    assert (asked["due_on"] == expected.to_series()).all()


def test_everybody_taken_into_custody_has_an_inquiry(tables: Tables) -> None:
    held = tables["cases"].filter(pl.col("is_detained"))
    assert held.join(tables["parental_inquiries"], on="case_no", how="anti").height == 0


def test_an_answer_has_a_day_and_counts_only_of_parents(tables: Tables) -> None:
    rows = tables["parental_inquiries"]
    assert (rows["asked_on"].is_null() == rows["answer"].is_null()).all()
    assert (rows["minors"].is_not_null() == (rows["answer"] == "yes").fill_null(value=False)).all()
    parents = rows.filter(answer="yes")
    assert (parents["minors"] == parents["minors_citizen"] + parents["minors_resident"]).all()


def test_parents_who_left_had_decided_before_but_for_the_planted_ones(
    tables: Tables, small: Snapshot
) -> None:
    left = tables["departures"].filter(pl.col("is_parent"))
    decided = tables["parental_decisions"].filter(pl.col("state") == "honored")
    both = left.join(decided, on="case_no", how="left")
    late = both.filter(pl.col("decided_on").is_null() | (pl.col("decided_on") > pl.col("departed_on")))
    flawed = tables["parental_decisions"].filter(
        pl.col("decision_id").cast(pl.String).is_in(_planted(small, "decision-flawed"))
    )["case_no"]
    planted = set(_planted(small, "departure-without-decision", "decision-after-departure"))
    unexplained = late.filter(~pl.col("case_no").is_in(flawed.to_list()))
    assert {str(key) for key in unexplained["departure_id"]} == planted


def test_a_departure_lies_before_the_closing_it_is_the_reason_of(tables: Tables) -> None:
    gone = tables["cases"].filter(pl.col("closure_reason").cast(pl.String).str.starts_with("departed"))
    both = gone.join(tables["departures"], on="case_no", how="left")
    assert both["departed_on"].null_count() == 0
    assert (both["departed_on"] <= both["closed_on"]).all()
    assert (both["departed_on"] >= both["opened_on"]).all()


def test_custody_reviews_count_from_the_final_order_in_custody(tables: Tables) -> None:
    rows = tables["custody_reviews"].join(tables["cases"], on="case_no")
    assert (rows["period_from"] == rows["final_order_on"]).all()
    days = rows.select("kind", days=(pl.col("due_on") - pl.col("period_from")).dt.total_days())
    assert set(days.unique().rows()) <= {("day_90", 90), ("day_180", 180), ("annual", 545)}


def test_undecided_custody_reviews_are_planted_or_not_yet_due(tables: Tables, small: Snapshot) -> None:
    late = (
        tables["custody_reviews"]
        .filter(pl.col("decided_on").is_null(), pl.col("due_on") < AS_OF - timedelta(days=30))
        .join(tables["cases"].filter(pl.col("state") != "closed"), on="case_no", how="semi")
    )
    assert set(late["case_no"]) == set(_planted(small, "custody-review-overdue"))


def test_a_hold_lies_inside_the_life_of_its_case(tables: Tables) -> None:
    rows = tables["holds"].join(tables["cases"], on="case_no")
    assert (rows["from_on"] >= rows["opened_on"]).all()
    closed = rows.filter(pl.col("closed_on").is_not_null())
    assert (closed["to_on"] <= closed["closed_on"]).all()
