"""Defects of oversight put right: partners, policies, training, contracts, inspections, analyses."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from tests.evidence.content.repairs import DIGEST, Records, day_after

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Repair = Callable[[Records, Sequence[str]], None]


def partners_inspected(r: Records, keys: Sequence[str]) -> None:
    on = r.as_of - timedelta(days=40)
    r.add(
        "partner_inspections",
        (
            {
                "agreement_id": one["agreement_id"],
                "office_id": one["office_id"],
                "held_on": on,
                "report_issued_on": on + timedelta(days=20),
                "closed_on": on + timedelta(days=30),
            }
            for one in r.of("agreements", keys).iter_rows(named=True)
        ),
    )


def partner_summed_up(r: Records, keys: Sequence[str]) -> None:
    years = {row[0] for row in r["partner_summaries"].select("fiscal_year").unique().iter_rows()}
    have = set(r["partner_summaries"].select("agreement_id", "fiscal_year").iter_rows())
    r.add(
        "partner_summaries",
        (
            {
                "agreement_id": agreement,
                "office_id": office,
                "fiscal_year": year,
                "completed_on": date(year, 12, 1),
                "drafted_by": "S-AA",
                "signed_by": "S-BB",
            }
            for agreement, office in r.of("agreements", keys).select("agreement_id", "office_id").iter_rows()
            for year in sorted(years)
            if (agreement, year) not in have and year < r.as_of.year
        ),
    )


def policy_reviewed(r: Records, keys: Sequence[str]) -> None:
    on = r.as_of - timedelta(days=30)
    r.add("policy_reviews", ({"policy_id": key, "reviewed_on": on} for key in keys))


def version_in_force(r: Records, keys: Sequence[str]) -> None:
    r.add(
        "policy_versions",
        (
            {
                "policy_version_id": f"{key}.9",
                "policy_id": key,
                "version": 9,
                "state": "published",
                "effective_from": r.as_of - timedelta(days=99),
                "content_digest": DIGEST,
                "needs_acknowledgement": False,
                "written_by": "S-AA",
                "approved_by": "S-BB",
            }
            for key in keys
        ),
    )


def certificate_renewed(r: Records, keys: Sequence[str]) -> None:
    r.put("training_assignments", keys, valid_to=r.as_of + timedelta(days=200))
    r.put("training_assignments", keys, exempt_until=r.as_of + timedelta(days=200))


def course_evaluated(r: Records, keys: Sequence[str]) -> None:
    have = set(r["training_evaluations"].select("course_id", "fiscal_year").iter_rows())
    r.add(
        "training_evaluations",
        (
            {"course_id": key, "fiscal_year": year, "evaluated_on": date(year, 10, 20)}
            for key in keys
            for year in (2024, 2025)
            if (key, year) not in have
        ),
    )


def standards_assessed(r: Records, keys: Sequence[str]) -> None:
    r.put(
        "standard_assessments",
        keys,
        "standard_id",
        verdict="meets",
        state="signed",
        signed_on=day_after("period_to", 20),
    )
    rows = r.of("standard_assessments", keys, "standard_id").unique(["standard_id", "period_to"])
    r.add(
        "surveillance_events",
        (
            {"standard_id": one["standard_id"], "observed_on": one["period_to"] - timedelta(days=5)}
            for one in rows.iter_rows(named=True)
        ),
    )


def sample_taken(r: Records, keys: Sequence[str]) -> None:
    r.add(
        "surveillance_events",
        (
            {"standard_id": one["standard_id"], "observed_on": one["period_to"] - timedelta(days=5)}
            for one in r.of("standard_assessments", keys).iter_rows(named=True)
        ),
    )


def cause_found(r: Records, keys: Sequence[str]) -> None:
    r.put("discrepancies", keys, root_cause="process", root_cause_on=day_after("reported_on", 9))


def inspection_opened_again(r: Records, keys: Sequence[str]) -> None:
    r.put("inspections", keys, state="follow_up", closed_on=None)


def correction_verified(r: Records, keys: Sequence[str]) -> None:
    rows = r.of("deficiencies", keys)
    known = r.of("corrective_actions", rows["deficiency_id"].cast(pl.String), "deficiency_id")
    held = known["action_id"].cast(pl.String).to_list()
    r.put(
        "corrective_actions",
        held,
        state="verified",
        verified_on=pl.coalesce("verified_on", day_after("done_on", 9)),
    )
    missing = rows.join(known, on="deficiency_id", how="anti")
    r.add(
        "corrective_actions",
        (
            {
                "deficiency_id": one["deficiency_id"],
                "office_id": one["office_id"],
                "accepted_on": one["cited_on"] + timedelta(days=20),
                "due_on": one["cited_on"] + timedelta(days=80),
                "done_on": one["cited_on"] + timedelta(days=60),
                "verified_on": one["cited_on"] + timedelta(days=90),
            }
            for one in missing.iter_rows(named=True)
        ),
    )


def waiver_renewed(r: Records, keys: Sequence[str]) -> None:
    on = r.as_of - timedelta(days=30)
    r.add(
        "waivers",
        (
            {
                "facility_id": one["facility_id"],
                "component_id": one["component_id"],
                "office_id": one["office_id"],
                "approved_by": "S-BB",
                "approved_on": on,
                "expires_on": r.as_of + timedelta(days=200),
            }
            for one in r.of("deficiencies", keys).iter_rows(named=True)
        ),
    )


def analyzed(kind: str, first: date, months: int, *, after: int) -> Repair:
    """Return the repair that adds the analyses of a kind that are missing since a day."""

    def repair(r: Records, keys: Sequence[str]) -> None:
        mine = r["analysis_reports"].filter(pl.col("kind") == kind)
        have = {
            (office, day.year, day.month)
            for office, day in mine.select("office_id", "period_from").iter_rows()
        }
        days = pl.date_range(first, r.as_of, f"{months}mo", eager=True).to_list()
        r.add(
            "analysis_reports",
            (
                {
                    "kind": kind,
                    "office_id": key,
                    "period_from": day,
                    "completed_on": day + timedelta(days=months * 30 + after),
                }
                for key in keys
                for day in days
                if (key, day.year, day.month) not in have and day + timedelta(days=months * 31) < r.as_of
            ),
        )

    return repair


def need_worked_out(r: Records, keys: Sequence[str]) -> None:
    r.add(
        "small_unit_tasks",
        (
            {"unit_id": key, "assessed_on": date(year, 9, 1)}
            for key in keys
            for year in (2023, 2024, 2025, 2026)
        ),
    )
