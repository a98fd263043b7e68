"""Cases that should be closed, and cases that were closed the wrong way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.integrity.rule import Records, found, rule

if TYPE_CHECKING:
    import ibis.expr.types as ir

UNDECIDED_DAYS = 30


@rule(
    "A11",
    "cases departures",
    why="Officers keep working on a case whose person has left.",
    action="Propose the case for closure, with the departure's evidence.",
)
def departed_still_open(r: Records) -> ir.Table:
    """A case still open, and not proposed for closure, after a recorded departure."""
    left = r["departures"].group_by("case_no").agg(last_on=ibis._.departed_on.max())
    rows = r.open_cases().filter(ibis._.state != "closure_proposed").join(left, "case_no")
    rows = rows.filter(
        rows.last_on <= r.as_of, rows.reopened_on.isnull() | (rows.reopened_on <= rows.last_on)
    )
    return found(rows, table="cases", key="case_no", case="case_no", since=rows.last_on)


@rule(
    "A11",
    "cases closure_proposals",
    why="Officers keep working on a case that must end, and relatives keep getting letters.",
    action="Have a second person confirm or reject the closure.",
)
def deceased_still_open(r: Records) -> ir.Table:
    """A case still open 30 days after it was proposed for closure because the person died."""
    said = r["closure_proposals"].filter(
        ibis._.reason == "deceased",
        ibis._.state.isin(["proposed", "confirmed"]),
        ibis._.proposed_on < r.ago(UNDECIDED_DAYS),
    )
    said = said.group_by("case_no").agg(proposed_on=said.proposed_on.max())
    rows = r.open_cases().join(said, "case_no")
    rows = rows.filter(rows.reopened_on.isnull() | (rows.reopened_on <= rows.proposed_on))
    return found(rows, table="cases", key="case_no", case="case_no", since=rows.proposed_on)


@rule(
    "A11",
    "cases closure_proposals",
    why="One person alone can make a case, and what is owed to its person, disappear.",
    action="Have a second person look at the evidence and confirm, or reopen the case.",
)
def closed_without_second_person(r: Records) -> ir.Table:
    """A closed case whose closure no second person confirmed."""
    agreed = r["closure_proposals"].filter(ibis._.state == "confirmed", ibis._.decided_by.notnull())
    rows = r["cases"].filter(ibis._.state == "closed").anti_join(agreed, "case_no")
    return found(rows, table="cases", key="case_no", case="case_no", since=rows.closed_on)


@rule(
    "A11",
    "cases closure_proposals",
    why="Whether the case was rightly closed can no longer be shown.",
    action="Attach the evidence or reopen the case.",
)
def closure_without_evidence(r: Records) -> ir.Table:
    """A confirmed closure that names no evidence."""
    rows = r["closure_proposals"].filter(ibis._.state == "confirmed", ibis._.evidence_kind.isnull())
    rows = r.holding_office(rows)
    since = ibis.coalesce(rows.decided_on, rows.proposed_on)
    return found(rows, table="closure_proposals", key="proposal_id", case="case_no", since=since)
