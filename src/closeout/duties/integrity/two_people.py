"""Where two people must look, and only one did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.integrity.rule import Records, found, rule

if TYPE_CHECKING:
    import ibis.expr.types as ir

APPROVALS = (
    ("transfers", "transfer_id", "requested_by", "accepted_by", "accepted_on"),
    ("closure_proposals", "proposal_id", "proposed_by", "decided_by", "decided_on"),
    ("interval_deviations", "deviation_id", "set_by", "approved_by", "approved_on"),
    ("policy_versions", "policy_version_id", "written_by", "approved_by", "effective_from"),
    ("waivers", "waiver_id", "requested_by", "approved_by", "approved_on"),
    ("standard_assessments", "assessment_id", "assessed_by", "reviewed_by", "signed_on"),
    ("partner_summaries", "summary_id", "drafted_by", "signed_by", "completed_on"),
)
"""Table, key, who asked or made, who approved, when."""
REVIEWS = (
    ("check_ins", "check_in_id", "recorded_by", "reviewed_by", "reviewed_on"),
    ("exceptions", "exception_id", "disposed_by", "reviewed_by", "reviewed_on"),
    ("file_reviews", "review_id", "reviewer", "second_reviewer", "second_reviewed_on"),
)


def _same_person(r: Records, pairs: tuple[tuple[str, str, str, str, str], ...]) -> ir.Table:
    parts = []
    for table, key, first, second, when in pairs:
        rows = r[table].filter(ibis._[first] == ibis._[second])
        homes = r["officers"].select(home_office="office_id", one="officer_no")
        rows = rows.left_join(homes, rows[first] == homes.one)
        case = "case_no" if "case_no" in rows.columns else ""
        parts.append(found(rows, table=table, key=key, case=case, office="home_office", since=rows[when]))
    return ibis.union(*parts)


@rule(
    "A11",
    " ".join(pair[0] for pair in APPROVALS) + " officers",
    why="Whoever asks must not be whoever agrees.",
    action="Have another person decide.",
)
def requester_is_approver(r: Records) -> ir.Table:
    """A request that was approved by the person who made it."""
    return _same_person(r, APPROVALS)


@rule(
    "A3",
    " ".join(pair[0] for pair in REVIEWS) + " officers",
    why="A second look by the same eyes is none.",
    action="Have another person review it.",
)
def recorder_is_reviewer(r: Records) -> ir.Table:
    """A record that was reviewed by the person who made it."""
    return _same_person(r, REVIEWS)
