"""Defects of cases put right: what was left undone is done, what was left out is added."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from tests.evidence.content.repairs import Records, day_after

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Repair = Callable[[Records, Sequence[str]], None]


def led_by_somebody(r: Records, keys: Sequence[str]) -> None:
    leads = r["cases"].filter(pl.col("state") == "open", ~pl.col("case_no").is_in(list(keys)))
    serving = r["officers"].filter(pl.col("active_to").is_null(), pl.col("contracted_hours") > 0)
    other = (
        leads.join(serving, on="officer_no", how="semi").group_by("office_id").agg(pl.col("officer_no").min())
    )
    offices = dict(other.iter_rows())
    for case, office in r.of("cases", keys).select("case_no", "office_id").iter_rows():
        r.put("cases", [case], officer_no=offices[office])
        is_open = (pl.col("case_no") == case) & pl.col("to_on").is_null() & (pl.col("role") == "lead")
        held = r["assignments"].filter(is_open)["assignment_id"].cast(pl.String).to_list()
        if held:
            r.put("assignments", held, officer_no=offices[office])
        else:
            new = {"case_no": case, "officer_no": offices[office], "from_on": r.as_of - timedelta(days=9)}
            r.add("assignments", [new])


def counts_follow(r: Records, keys: Sequence[str]) -> None:
    rows = r["docket_counts"].sort("office_id", "docket", "period_from")
    whole = ["office_id", "docket"]
    before = pl.col("closing").shift(1).over(whole)
    made = rows.with_columns(opening=pl.coalesce(before, pl.col("opening")))
    for one in made.filter(pl.col("count_id").cast(pl.String).is_in(list(keys))).iter_rows(named=True):
        came = one["closing"] - one["opening"] + one["went_out"]
        r.put("docket_counts", [str(one["count_id"])], opening=one["opening"], came_in=came)


def followed_up(r: Records, keys: Sequence[str]) -> None:
    rows = r.of("check_ins", keys).iter_rows(named=True)
    r.add("exceptions", (exception(one, one["outcome_on"], check_in_id=one["check_in_id"]) for one in rows))


def hearing_followed_up(r: Records, keys: Sequence[str]) -> None:
    offices = dict(r["cases"].select("case_no", "office_id").iter_rows())
    rows = r.of("hearings", keys).iter_rows(named=True)
    r.add(
        "exceptions",
        (
            exception(
                {**one, "office_id": offices[one["case_no"]]},
                one["completed_on"],
                hearing_id=one["hearing_id"],
                kind="missed_hearing",
            )
            for one in rows
        ),
    )


def exception(row: dict, arose_on: date, **more: object) -> dict:
    days = {
        name: arose_on + timedelta(days=after)
        for name, after in (("first_attempt_on", 1), ("disposed_on", 6), ("reviewed_on", 8))
    }
    return {
        "case_no": row["case_no"], "office_id": row["office_id"], "arose_on": arose_on, **days, **more,
    }  # fmt: skip


def hearing_verified(r: Records, keys: Sequence[str]) -> None:
    verified(r, r.of("hearings", keys), "proceeding", before="scheduled_on", days=9)


def verified(r: Records, rows: pl.DataFrame, kind: str, *, before: str = "", days: int = 0) -> None:
    offices = dict(r["cases"].select("case_no", "office_id").iter_rows())
    r.add(
        "verifications",
        (
            {
                "case_no": one["case_no"],
                "office_id": offices[one["case_no"]],
                "kind": kind,
                "hearing_id": one.get("hearing_id"),
                "verified_on": (one[before] if before else r.as_of) - timedelta(days=days),
            }
            for one in rows.iter_rows(named=True)
        ),
    )


def contact_verified(r: Records, keys: Sequence[str]) -> None:
    verified(r, r.of("cases", keys), "contact", days=20)


def file_reviewed(r: Records, keys: Sequence[str]) -> None:
    on = r.as_of - timedelta(days=20)
    r.add(
        "file_reviews",
        (
            {"case_no": one["case_no"], "office_id": one["office_id"], "started_on": on, "completed_on": on}
            for one in r.of("cases", keys).iter_rows(named=True)
        ),
    )


def transferred(r: Records, keys: Sequence[str]) -> None:
    r.add(
        "transfers",
        (
            {
                "case_no": one["case_no"],
                "from_office_id": one["office_id"],
                "to_office_id": one["new_office_id"],
                "requested_on": one["verified_on"] + timedelta(days=1),
                "accepted_on": one["verified_on"] + timedelta(days=4),
            }
            for one in r.of("verifications", keys).iter_rows(named=True)
        ),
    )


def custody_reviewed(r: Records, keys: Sequence[str]) -> None:
    def review(one: dict) -> dict:
        begun = max(one["detained_on"], one["final_order_on"])
        due = begun + timedelta(days=90)
        return {
            "case_no": one["case_no"],
            "period_from": begun,
            "due_on": due,
            "notice_served_on": due - timedelta(days=40),
            "decided_on": due - timedelta(days=3),
        }

    r.add("custody_reviews", map(review, r.of("cases", keys).iter_rows(named=True)))


def intervals_agreed(r: Records, keys: Sequence[str]) -> None:
    pairs = r.of("check_ins", keys).select("case_no", "interval_id", "due_on").unique("case_no")
    r.add(
        "interval_deviations",
        (
            {
                "case_no": case,
                "interval_id": interval,
                "set_on": due,
                "set_by": "S-AA",
                "approved_on": due,
                "approved_by": "S-BB",
                "reviewed_on": due + timedelta(days=90),
            }
            for case, interval, due in pairs.iter_rows()
        ),
    )


def closure_proposed(r: Records, keys: Sequence[str]) -> None:
    left = r["departures"].filter(pl.col("case_no").is_in(list(keys))).unique("case_no")
    for one in left.iter_rows(named=True):
        on = max(one["departed_on"], one["verified_on"] or one["recorded_on"]) + timedelta(days=2)
        r.put("cases", [one["case_no"]], state="closure_proposed")
        new = {"reason": "departed_self_verified", "state": "proposed", "candidate_on": on, "proposed_on": on}
        r.add("closure_proposals", [{**new, "case_no": one["case_no"], "proposed_by": "S-AA"}])


def death_decided(r: Records, keys: Sequence[str]) -> None:
    mine = pl.col("case_no").is_in(list(keys)) & (pl.col("reason") == "deceased")
    said = r["closure_proposals"].filter(mine)["proposal_id"].cast(pl.String).to_list()
    r.put(
        "closure_proposals", said, state="rejected", decided_on=day_after("proposed_on", 3), decided_by="S-ZZ"
    )
    r.put("cases", keys, state="open")


def second_person(r: Records, keys: Sequence[str]) -> None:
    mine = r["closure_proposals"].filter(pl.col("case_no").is_in(list(keys)))
    known = mine["proposal_id"].cast(pl.String).to_list()
    r.put("closure_proposals", known, decided_by="S-ZZ", state="confirmed")
    missing = r.of("cases", set(keys) - set(mine["case_no"].to_list()))
    r.add(
        "closure_proposals",
        (
            {
                "case_no": one["case_no"],
                "reason": one["closure_reason"],
                "proposed_on": one["closed_on"] - timedelta(days=4),
                "proposed_by": "S-AA",
                "decided_on": one["closed_on"],
                "decided_by": "S-ZZ",
            }
            for one in missing.iter_rows(named=True)
        ),
    )


def juveniles_shared(r: Records, keys: Sequence[str]) -> None:
    mine = r["cases"].filter(pl.col("office_id").is_in(list(keys)), pl.col("docket") == "juvenile")
    (first, *_) = mine["officer_no"].drop_nulls().unique().to_list()
    other = r["cases"].filter(pl.col("office_id").is_in(list(keys)), pl.col("officer_no") != first)
    half = mine["case_no"].to_list()[::2]
    to = other["officer_no"].min()
    r.put("cases", half, officer_no=to)
    is_open = pl.col("case_no").is_in(half) & pl.col("to_on").is_null() & (pl.col("role") == "lead")
    held = r["assignments"].filter(is_open)["assignment_id"].cast(pl.String).to_list()
    r.put("assignments", held, officer_no=to)


def parents_asked(r: Records, keys: Sequence[str]) -> None:
    cases = {one["case_no"]: one for one in r.of("cases", keys).iter_rows(named=True)}
    asked = r["parental_inquiries"].filter(pl.col("case_no").is_in(list(keys)))
    for one in asked.iter_rows(named=True):
        on = cases.pop(one["case_no"])["detained_on"]
        r.put("parental_inquiries", [str(one["inquiry_id"])], asked_on=on, answer="no")
    r.add(
        "parental_inquiries",
        (
            {"case_no": key, "office_id": one["office_id"], "asked_on": one["detained_on"]}
            for key, one in cases.items()
        ),
    )


def decided_before(r: Records, keys: Sequence[str]) -> None:
    for one in r.of("departures", keys).iter_rows(named=True):
        on = one["departed_on"] - timedelta(days=5)
        days = {"information_on": on, "decided_on": on, "validated_on": on, "honored_on": one["departed_on"]}
        said = r["parental_decisions"].filter(pl.col("case_no") == one["case_no"])
        if len(said):
            r.put("parental_decisions", said["decision_id"].cast(pl.String).to_list(), **days)
        else:
            language = r.of("cases", [one["case_no"]])["language"].item()
            r.add("parental_decisions", [{"case_no": one["case_no"], "language": language, **days}])


def decision_sound(r: Records, keys: Sequence[str]) -> None:
    r.put(
        "parental_decisions",
        keys,
        information_version="PI-2.0",
        information_on=pl.coalesce("information_on", "decided_on", "validated_on"),
        offered_reunification=True,
        offered_child_remains=True,
        offered_consultation=True,
        decision=pl.coalesce(pl.col("decision").cast(pl.String), pl.lit("together")),
        signed_kind="wet",
        state="valid",
    )
    rows = r.of("parental_decisions", keys).join(r["cases"].select("case_no", need="language"), on="case_no")
    for one in rows.iter_rows(named=True):
        key = [str(one["decision_id"])]
        r.put("parental_decisions", key, language=one["need"] or one["language"])
