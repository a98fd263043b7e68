"""Who owes an instance of a case's duty: the office and officer who hold the case, or held it.

The current holder stands in `cases`. Only transfers that were accepted and assignments that have ended
are joined: few beside the instances, and cut into days that do not overlap, so that an instance meets at
most one of each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause
    from closeout.duties.compile.scope import Scope

_LONG_AGO = "0001-01-01"


def held_by(rows: ir.Table, clause: Clause, scope: Scope) -> ir.Table:
    """Return instances with `office_id` and `officer_no`.

    A clause that says whose duty it is says so of every row. Otherwise a case's duty is that of whoever
    holds the case, or held it on the instance's `holder_on`.
    """
    has_office, has_officer = clause.office is not None, clause.officer is not None
    if clause.case and not (has_office and has_officer):
        rows = _current(rows, clause, scope)
        if not has_office:
            rows = _office_then(rows, _past_offices(scope))
        if not has_officer:
            rows = _officer_then(rows, _past_officers(scope))
    return rows.mutate(office_id=rows.office, officer_no=rows.officer)


def _current(rows: ir.Table, clause: Clause, scope: Scope) -> ir.Table:
    """Return the instances with the office and officer that hold the case today, where not given."""
    if clause.owes == "cases":
        return rows
    cases = scope.tables["cases"]
    cases = cases.select(its_case="case_no", its_office="office_id", its_officer="officer_no")
    joined = rows.left_join(cases, rows.case_no == cases.its_case)
    kept = [name for name in rows.columns if name not in {"office", "officer"}]
    office = joined.its_office if clause.office is None else joined.office
    officer = joined.its_officer if clause.officer is None else joined.officer
    return joined.mutate(office=office, officer=officer).select(*kept, "office", "officer")


def _office_then(rows: ir.Table, spans: ir.Table) -> ir.Table:
    joined = rows.left_join(spans, _covers(rows, spans))
    kept = [name for name in rows.columns if name != "office"]
    return joined.mutate(office=ibis.coalesce(joined.past_holder, joined.office)).select(*kept, "office")


def _officer_then(rows: ir.Table, spans: ir.Table) -> ir.Table:
    joined = rows.left_join(spans, _covers(rows, spans))
    kept = [name for name in rows.columns if name != "officer"]
    return joined.mutate(officer=ibis.coalesce(joined.past_holder, joined.officer)).select(*kept, "officer")


def _covers(rows: ir.Table, spans: ir.Table) -> list[ir.BooleanValue]:
    return [
        rows.case_no == spans.past_case,
        rows.holder_on >= spans.past_from,
        rows.holder_on < spans.past_to,
    ]


def _past_offices(scope: Scope) -> ir.Table:
    """Return which office sent a case away, and from when to when it had held it."""
    transfers = scope.tables["transfers"]
    accepted = transfers.filter(transfers.accepted_on.notnull())
    order = [accepted.accepted_on.asc(nulls_first=True), accepted.transfer_id.asc(nulls_first=True)]
    came = accepted.accepted_on.lag().over(group_by="case_no", order_by=order)
    spans = accepted.select(
        past_case=accepted.case_no,
        past_from=came.fill_null(ibis.date(_LONG_AGO)),
        past_to=accepted.accepted_on,
        past_holder=accepted.from_office_id,
    )
    return spans.filter(spans.past_from < spans.past_to)


def _past_officers(scope: Scope) -> ir.Table:
    """Return who led a case from when to when; each at the latest until the next one began."""
    given = scope.tables["assignments"]
    ended = given.filter((given.role == "lead") & given.to_on.notnull())
    order = [ended.from_on.asc(nulls_first=True), ended.assignment_id.asc(nulls_first=True)]
    following = ended.from_on.lead().over(group_by="case_no", order_by=order)
    spans = ended.select(
        past_case=ended.case_no,
        past_from=ended.from_on,
        past_to=ibis.least(ended.to_on, following.fill_null(ended.to_on)),
        past_holder=ended.officer_no,
    )
    return spans.filter(spans.past_from < spans.past_to)
