"""Policies and training."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.integrity.rule import FOREVER, Records, found, rule

if TYPE_CHECKING:
    import ibis.expr.types as ir


def standing(r: Records) -> ir.Table:
    """Return the policies that have not been rescinded."""
    rows = r["policies"]
    return rows.filter(rows.rescinded_on.isnull() | (rows.rescinded_on > r.as_of))


@rule(
    "D1",
    "policies policy_versions",
    why="Whatever rests on it rests on nothing.",
    action="Publish a version, or rescind the policy.",
)
def policy_without_version_in_force(r: Records) -> ir.Table:
    """A policy that was not rescinded and has no version in force."""
    versions = r["policy_versions"]
    valid = versions.filter(
        versions.state == "published", r.in_force(versions, "effective_from", "effective_to")
    )
    ended = versions.filter(versions.effective_to < r.as_of)
    last = ended.group_by("policy_id").agg(last_to=ended.effective_to.max())
    rows = standing(r).anti_join(valid, "policy_id").left_join(last, "policy_id")
    since = ibis.coalesce(rows.last_to + ibis.interval(days=1), rows.issued_on)
    return found(rows, table="policies", key="policy_id", since=since)


@rule(
    "D1",
    "policies policy_versions",
    why="Two texts say different things on the same day.",
    action="End the earlier version on the day before the later one begins.",
)
def policy_versions_overlap(r: Records) -> ir.Table:
    """A published version that begins before the one before it ends."""
    rows = r["policy_versions"].filter(ibis._.state.isin(["published", "superseded"]))
    rows = rows.filter(rows.effective_from.notnull())
    before = ibis.window(
        group_by=rows.policy_id, order_by=[rows.effective_from, rows.version], preceding=(None, 1)
    )
    rows = rows.mutate(held_to=rows.effective_to.fill_null(FOREVER).max().over(before))
    rows = rows.filter(rows.effective_from <= rows.held_to)
    rows = rows.join(r["policies"].select("policy_id", "office_id"), "policy_id")
    return found(rows, table="policy_versions", key="policy_version_id", since=rows.effective_from)


@rule(
    "D1",
    "policies policy_versions",
    why="Which text was in force on a day can no longer be shown.",
    action="Store the text, so that its digest is kept.",
)
def version_without_text(r: Records) -> ir.Table:
    """A published version whose text is not on file."""
    rows = r["policy_versions"].filter(ibis._.state == "published", ibis._.content_digest.isnull())
    rows = rows.join(r["policies"].select("policy_id", "office_id"), "policy_id")
    return found(rows, table="policy_versions", key="policy_version_id", since=rows.effective_from)


@rule(
    "D3",
    "policies",
    why="A local rule that belongs to no national one may contradict it.",
    action="Name the national policy it belongs to and how it differs.",
)
def local_procedure_unmapped(r: Records) -> ir.Table:
    """A local procedure that no national policy is named for."""
    rows = standing(r).filter(ibis._.kind == "local")
    rows = rows.filter(
        rows.parent_policy_id.isnull() | (rows.deviation.isnull() | (rows.deviation == "unmapped"))
    )
    return found(rows, table="policies", key="policy_id", since=rows.issued_on)


@rule(
    "D3",
    "policies",
    why="Offices would treat the same case differently, and nobody agreed to it.",
    action="Approve the deviation or bring the procedure in line.",
)
def local_deviation_unapproved(r: Records) -> ir.Table:
    """A local procedure that differs from the national policy without approval."""
    rows = standing(r).filter(ibis._.kind == "local", ibis._.deviation_approved_on.isnull())
    rows = rows.filter(rows.deviation.isin(["stricter", "narrower", "conflicting"]))
    return found(rows, table="policies", key="policy_id", since=rows.issued_on)


@rule(
    "D5",
    "attendance training_sessions officers",
    why="That the officer was there cannot be shown.",
    action="Attach the attendance sheet, or take the entry back.",
)
def attendance_without_evidence(r: Records) -> ir.Table:
    """An attendance without the sheet that shows it."""
    rows = r["attendance"].filter(ibis._.is_present, ibis._.evidence_digest.isnull())
    rows = rows.join(r["training_sessions"].select("session_id", "held_on"), "session_id")
    rows = rows.join(r["officers"].select("officer_no", "office_id"), "officer_no")
    return found(rows, table="attendance", key="attendance_id", since=rows.held_on)


@rule(
    "D5",
    "training_assignments",
    why="The officer counts as trained and is not.",
    action="Set the state to expired and assign the course again.",
)
def certificate_lapsed(r: Records) -> ir.Table:
    """A training shown as current whose certificate, or exemption, has run out."""
    rows = r["training_assignments"]
    lapsed = rows.state.isin(["passed", "current", "expiring"]) & (rows.valid_to < r.as_of)
    freed = (rows.state == "exempt") & (rows.exempt_until < r.as_of)
    rows = rows.filter(lapsed | freed)
    since = ibis.coalesce(rows.valid_to, rows.exempt_until) + ibis.interval(days=1)
    return found(rows, table="training_assignments", key="assignment_id", since=since)
