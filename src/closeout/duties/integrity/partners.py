"""Partners: agreements, inspections, credentials."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.integrity.rule import Records, found, rule

if TYPE_CHECKING:
    import ibis.expr.types as ir

UNINSPECTED_DAYS = 731
"""Two years, the interval the report names for inspections of partners."""
RECOVERY_DAYS = 30


@rule(
    "C4",
    "agreements partner_inspections",
    why="Nobody has ever looked at what is done there in the agency's name.",
    action="Plan an inspection.",
)
def agreement_never_inspected(r: Records) -> ir.Table:
    """An active agreement that in two years of operation was never inspected."""
    held = r["partner_inspections"].filter(ibis._.held_on <= r.as_of)
    rows = r["agreements"].filter(ibis._.state == "active").anti_join(held, "agreement_id")
    since = ibis.coalesce(rows.operational_on, rows.signed_on)
    rows = rows.mutate(since=since)
    rows = rows.filter(rows.since < r.ago(UNINSPECTED_DAYS))
    return found(rows, table="agreements", key="agreement_id", since=rows.since)


@rule(
    "C6",
    "credentials participations agreements",
    why="Somebody who no longer takes part can still act in the agency's name.",
    action="Get the credential back, or revoke it.",
)
def credential_not_recovered(r: Records) -> ir.Table:
    """A credential neither returned, revoked nor destroyed 30 days after its participation ended."""
    rows = r["credentials"].filter(
        ibis._.returned_on.isnull(), ibis._.revoked_on.isnull(), ibis._.destroyed_on.isnull()
    )
    rows = rows.join(
        r["participations"].select("participation_id", "agreement_id", "to_on"), "participation_id"
    )
    rows = rows.mutate(ended_on=ibis.coalesce(rows.participation_ended_on, rows.to_on))
    rows = r.owing_office(rows.filter(rows.ended_on < r.ago(RECOVERY_DAYS)), r["agreements"], "agreement_id")
    return found(rows, table="credentials", key="credential_no", since=rows.ended_on)


@rule(
    "C6",
    "credentials participations agreements",
    why="That it is gone rests on one person's word.",
    action="Name who witnessed it, or report the credential lost.",
)
def credential_destroyed_unwitnessed(r: Records) -> ir.Table:
    """A credential destroyed without a witness."""
    rows = r["credentials"].filter(ibis._.destroyed_on.notnull(), ibis._.witnessed_by.isnull())
    rows = rows.join(r["participations"].select("participation_id", "agreement_id"), "participation_id")
    rows = r.owing_office(rows, r["agreements"], "agreement_id")
    return found(rows, table="credentials", key="credential_no", since=rows.destroyed_on)


@rule(
    "C6",
    "participations agreements",
    why="The member still counts as authorized under an agreement that has ended.",
    action="End the participation and get the credential back.",
)
def participation_outlives_agreement(r: Records) -> ir.Table:
    """A participation that goes on after its agreement ended."""
    ended = r["agreements"].filter(ibis._.ended_on < r.as_of).select("agreement_id", "office_id", "ended_on")
    rows = r["participations"].join(ended, "agreement_id")
    rows = rows.filter(rows.to_on.isnull() | (rows.to_on > rows.ended_on))
    return found(rows, table="participations", key="participation_id", since=rows.ended_on)
