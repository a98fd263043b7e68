"""Check-ins, what was not kept, hearings, and what was verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.integrity.rule import Records, found, rule

if TYPE_CHECKING:
    import ibis.expr.types as ir

MISMATCH_DAYS = 30
REFERRAL_DAYS = 7
"""Days an office has to ask for the transfer that a verification calls for."""
STANDING = ("scheduled", "reminded")
NEVER_HELD = ("cancelled", "rescheduled")


@rule(
    "A3",
    "cases check_ins",
    why="The person is expected on a case that no longer exists.",
    action="Cancel the check-in.",
)
def check_in_after_closure(r: Records) -> ir.Table:
    """A scheduled check-in that lies after its case was closed."""
    closed = r["cases"].filter(ibis._.state == "closed").select("case_no", "closed_on")
    rows = r["check_ins"].filter(ibis._.state.isin(STANDING)).join(closed, "case_no")
    rows = rows.filter(rows.due_on > rows.closed_on)
    return found(rows, table="check_ins", key="check_in_id", case="case_no", since=rows.closed_on)


@rule(
    "A3",
    "cases check_ins",
    why="Nobody knows whether the person came.",
    action="Record the outcome.",
)
def check_in_without_outcome(r: Records) -> ir.Table:
    """A check-in of an open case whose window has passed without an outcome."""
    rows = r["check_ins"].semi_join(r.open_cases(), "case_no")
    day = ibis.interval(days=1)
    rows = rows.filter(rows.outcome.isnull(), ~rows.state.isin(NEVER_HELD), rows.due_on < r.as_of)
    rows = rows.mutate(since=rows.due_on + rows.window_days * day + day)
    rows = rows.filter(rows.since <= r.as_of)
    return found(rows, table="check_ins", key="check_in_id", case="case_no", since=rows.since)


@rule(
    "A3",
    "check_ins",
    why="One visit settles only one of them; the other looks missed.",
    action="Cancel the one that was entered by mistake.",
)
def duplicate_check_in(r: Records) -> ir.Table:
    """A second check-in of a case on the same day."""
    rows = r["check_ins"].filter(~ibis._.state.isin(NEVER_HELD))
    same = ibis.window(group_by=[rows.case_no, rows.due_on], order_by=rows.check_in_id)
    rows = rows.mutate(nth=ibis.row_number().over(same))
    rows = rows.filter(rows.nth > 0)
    return found(rows, table="check_ins", key="check_in_id", case="case_no", since=rows.due_on)


@rule(
    "A4",
    "check_ins exceptions",
    why="A missed check-in that nobody has to find out about is forgotten.",
    action="Open an exception and find out why.",
)
def missed_check_in_without_exception(r: Records) -> ir.Table:
    """A missed or unexcused check-in without an exception."""
    rows = r["check_ins"].filter(ibis._.outcome.isin(["missed", "unexcused"]))
    rows = rows.anti_join(r["exceptions"].filter(ibis._.check_in_id.notnull()), "check_in_id")
    since = ibis.coalesce(rows.outcome_on, rows.due_on)
    return found(rows, table="check_ins", key="check_in_id", case="case_no", since=since)


@rule(
    "A4",
    "cases hearings exceptions",
    why="A missed hearing that nobody has to find out about is forgotten.",
    action="Open an exception and find out why, and whether notice was served.",
)
def missed_hearing_without_exception(r: Records) -> ir.Table:
    """A hearing that was not attended, without an exception."""
    rows = r["hearings"].filter(ibis._.outcome == "no_appearance")
    rows = rows.anti_join(r["exceptions"].filter(ibis._.hearing_id.notnull()), "hearing_id")
    rows = r.holding_office(rows)
    since = ibis.coalesce(rows.completed_on, rows.scheduled_on)
    return found(rows, table="hearings", key="hearing_id", case="case_no", since=since)


@rule(
    "A4",
    "check_ins exceptions",
    why="Nobody may be held to a date they were never told of.",
    action="Put the notice's date on the exception, or change the outcome.",
)
def unexcused_without_notice(r: Records) -> ir.Table:
    """A check-in called unexcused without notice having been served."""
    served = r["exceptions"].filter(ibis._.notice_served_on.notnull(), ibis._.check_in_id.notnull())
    rows = r["check_ins"].filter(ibis._.outcome == "unexcused").anti_join(served, "check_in_id")
    since = ibis.coalesce(rows.outcome_on, rows.due_on)
    return found(rows, table="check_ins", key="check_in_id", case="case_no", since=since)


@rule(
    "A4",
    "exceptions",
    why="A referral follows from a policy, after notice, and with a second look; or it does not follow.",
    action="Supply what is missing, or take the referral back.",
)
def referral_without_grounds(r: Records) -> ir.Table:
    """An exception referred without a policy, served notice or a supervisor's review."""
    rows = r["exceptions"].filter(ibis._.disposition == "referred_per_policy")
    lacking = rows.policy_version_id.isnull() | rows.notice_served_on.isnull() | rows.reviewed_by.isnull()
    rows = rows.filter(lacking)
    since = ibis.coalesce(rows.disposed_on, rows.arose_on)
    return found(rows, table="exceptions", key="exception_id", case="case_no", since=since)


@rule(
    "A4",
    "check_ins exceptions",
    why="The office's own fault must never count against a person.",
    action="Change the outcome to service issue and take back what followed.",
)
def service_issue_held_against_person(r: Records) -> ir.Table:
    """A check-in that failed through the office, called unexcused or referred."""
    referred = r["exceptions"].filter(ibis._.disposition == "referred_per_policy")
    referred = referred.filter(referred.check_in_id.notnull()).select("check_in_id", "disposed_on").distinct()
    rows = r["check_ins"].filter(ibis._.is_service_issue).left_join(referred, "check_in_id")
    rows = rows.filter((rows.outcome == "unexcused") | rows.check_in_id_right.notnull())
    since = ibis.coalesce(rows.disposed_on, rows.outcome_on, rows.due_on)
    return found(rows, table="check_ins", key="check_in_id", case="case_no", since=since)


@rule(
    "A5",
    "verifications",
    why="The office and the court go by different dates.",
    action="Put the difference right and say when.",
)
def mismatch_not_corrected(r: Records) -> ir.Table:
    """A mismatch found at a verification and not put right in 30 days."""
    rows = r["verifications"]
    rows = rows.filter(
        rows.result == "mismatch", rows.corrected_on.isnull(), rows.verified_on < r.ago(MISMATCH_DAYS)
    )
    since = rows.verified_on + ibis.interval(days=MISMATCH_DAYS)
    return found(rows, table="verifications", key="verification_id", case="case_no", since=since)


@rule(
    "A6",
    "cases verifications transfers",
    why="The case stays with an office that no longer reaches the person.",
    action="Ask the office named to take the case.",
)
def verified_elsewhere_without_transfer(r: Records) -> ir.Table:
    """An open case found to belong to another office, for which no transfer was asked in 7 days."""
    moved = r["verifications"].filter(
        ibis._.result == "changed", ibis._.new_office_id.notnull(), ibis._.verified_on < r.ago(REFERRAL_DAYS)
    )
    asked = r["transfers"].select(
        "transfer_id", "requested_on", case_no="case_no", new_office_id="to_office_id"
    )
    rows = moved.drop("office_id").join(r.open_cases().select("case_no", "office_id"), "case_no")
    rows = rows.filter(rows.office_id != rows.new_office_id)
    rows = rows.anti_join(
        asked,
        [
            rows.case_no == asked.case_no,
            rows.new_office_id == asked.new_office_id,
            asked.requested_on >= rows.verified_on,
        ],
    )
    return found(rows, table="verifications", key="verification_id", case="case_no", since=rows.verified_on)
