"""Contracts under surveillance, inspections of facilities, deficiencies and waivers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import ibis

from closeout.duties.integrity.rule import Records, found, rule

if TYPE_CHECKING:
    import ibis.expr.types as ir

FISCAL_MONTH = 10
MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}


def last_period(as_of: date, months: int) -> tuple[date, date]:
    """Return the first and last day of the last whole period before a day.

    Periods of 1, 3 or 12 months are counted from October, as fiscal years are.
    """
    back = (as_of.month - FISCAL_MONTH) % months
    first = _months_before(as_of.replace(day=1), back)
    return _months_before(first, months), first - timedelta(days=1)


def _months_before(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


@rule(
    "G2",
    "contracts contract_standards surveillance_events",
    why="A standard nobody looked at is not met; it is not assessed.",
    action="Carry out the surveillance, or record the standard as not assessed.",
)
def standard_without_surveillance(r: Records) -> ir.Table:
    """A standard of a running contract not looked at in its last whole period."""
    running = r["contracts"].filter(r.in_force(r["contracts"], "starts_on", "ends_on"))
    standards = r["contract_standards"].semi_join(running, "contract_id")
    standards = r.owing_office(standards, r["contracts"], "contract_id")
    parts = []
    for frequency, months in MONTHS.items():
        first, last = last_period(r.as_of, months)
        seen = r["surveillance_events"].filter(ibis._.observed_on.between(first, last), ibis._.sampled > 0)
        rows = standards.filter(standards.frequency == frequency, standards.starts_on <= first)
        rows = rows.anti_join(seen, "standard_id").select("standard_id", "office_id")
        parts.append(rows.mutate(since_on=ibis.date(first.isoformat())))
    rows = ibis.union(*parts)
    return found(rows, table="contract_standards", key="standard_id", since=rows.since_on)


@rule(
    "G4",
    "contracts contract_standards standard_assessments surveillance_events",
    why="A verdict without a sample that allows one says nothing about the contractor.",
    action="Set the verdict to not assessed or insufficient sample.",
)
def verdict_without_sample(r: Records) -> ir.Table:
    """A verdict on a standard without any surveillance in its period that allows one."""
    rows = r["standard_assessments"].filter(ibis._.verdict.isin(["meets", "does_not_meet"]))
    seen = r["surveillance_events"].filter(ibis._.inference_allowed, ibis._.sampled > 0)
    rows = rows.anti_join(
        seen,
        [
            rows.standard_id == seen.standard_id,
            seen.observed_on >= rows.period_from,
            seen.observed_on <= rows.period_to,
        ],
    )
    standards = r.owing_office(r["contract_standards"], r["contracts"], "contract_id")
    rows = r.owing_office(rows, standards, "standard_id")
    return found(rows, table="standard_assessments", key="assessment_id", since=rows.period_to)


@rule(
    "G6",
    "facilities deficiencies waivers",
    why="The waiver's time is over and the facility still does not meet the standard.",
    action="Open the deficiency again, or renew the waiver.",
)
def waiver_expired_still_open(r: Records) -> ir.Table:
    """A deficiency counted as waived although no waiver holds any more."""
    rows = r["deficiencies"].filter(ibis._.state == "waived")
    waivers = r["waivers"].filter(ibis._.approved_on <= r.as_of)
    held = waivers.filter(waivers.expires_on >= r.as_of)
    rows = rows.anti_join(held, ["facility_id", "component_id"])
    last = waivers.group_by("facility_id", "component_id").agg(last_on=waivers.expires_on.max())
    rows = rows.left_join(last, ["facility_id", "component_id"]).drop(ibis.selectors.endswith("_right"))
    rows = r.owing_office(rows, r["facilities"], "facility_id")
    since = ibis.coalesce(rows.last_on + ibis.interval(days=1), rows.cited_on)
    return found(rows, table="deficiencies", key="deficiency_id", since=since)


@rule(
    "G6",
    "facilities deficiencies corrective_actions waivers",
    why="What is called closed was never shown to be put right.",
    action="Verify the corrective action, or open the deficiency again.",
)
def deficiency_closed_unverified(r: Records) -> ir.Table:
    """A deficiency closed without a verified action or a valid waiver."""
    rows = r["deficiencies"].filter(ibis._.closed_on.notnull(), ~ibis._.is_corrected_on_site.fill_null(False))
    verified = r["corrective_actions"].filter(ibis._.verified_on.notnull(), ibis._.state == "verified")
    rows = rows.anti_join(verified, "deficiency_id")
    waivers = r["waivers"].filter(ibis._.approved_on.notnull())
    rows = rows.anti_join(
        waivers,
        [
            rows.facility_id == waivers.facility_id,
            rows.component_id == waivers.component_id,
            waivers.approved_on <= rows.closed_on,
            waivers.expires_on >= rows.closed_on,
        ],
    )
    rows = r.owing_office(rows, r["facilities"], "facility_id")
    return found(rows, table="deficiencies", key="deficiency_id", since=rows.closed_on)


@rule(
    "G5",
    "facilities inspections deficiencies",
    why="The inspection looks settled while something it found is still wrong.",
    action="Open the inspection again, or close or waive the deficiency.",
)
def inspection_closed_with_deficiency_open(r: Records) -> ir.Table:
    """An inspection closed while one of its deficiencies is open."""
    still = r["deficiencies"].filter(ibis._.closed_on.isnull(), ~ibis._.state.isin(["closed", "waived"]))
    rows = r["inspections"].filter(ibis._.state == "closed").semi_join(still, "inspection_id")
    rows = r.owing_office(rows, r["facilities"], "facility_id")
    since = ibis.coalesce(rows.closed_on, rows.ended_on)
    return found(rows, table="inspections", key="inspection_id", since=since)
