"""Who owes an instance of a case's duty: the office and officer who hold the case, or held it.

The current holder stands in `cases`. Only transfers that were accepted and assignments that have ended
are joined: few beside the instances, and cut into days that do not overlap, so that an instance meets at
most one of each. Those days are the same for every clause: the tables may hold them, worked out once, as
`PAST_OFFICES` and `PAST_OFFICERS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.joins import joined, projected, sides

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause
    from closeout.duties.compile.scope import Scope
    from closeout.duties.joins import Side

OFFICE, OFFICER, DOCKET = "office", "officer", "docket"
PAST_OFFICES, PAST_OFFICERS = "past_offices", "past_officers"
_LONG_AGO = "0001-01-01"
_OWN = {OFFICE: "office_id", OFFICER: "officer_no", DOCKET: "docket"}


def held_by(
    rows: ir.Table,
    clause: Clause,
    scope: Scope,
    *,
    wanted: Collection[str] = (OFFICE, OFFICER),
    on: Callable[[Side], ir.DateValue] = lambda one: one["holder_on"],
) -> ir.Table:
    """Return instances with `office` and `officer`, whoever holds them.

    A clause that says whose duty it is says so of every row. Otherwise a case's duty is that of whoever
    holds the case, or held it on the day that counts for the instance.

    Args:
        rows: The instances.
        clause: Their clause.
        scope: The tables and the day.
        wanted: What is looked up, of `office`, `officer` and `docket` (the one the case is on today); other
            columns stay as they are.
        on: The day that counts; `holder_on` if left out.

    """
    said = {OFFICE: clause.office, OFFICER: clause.officer, DOCKET: None}
    asked = [what for what in (OFFICE, OFFICER, DOCKET) if what in wanted and said[what] is None]
    if not clause.case or not asked:
        return rows
    rows = _current(rows, clause, scope, asked)
    for who, name, made in (
        (OFFICE, PAST_OFFICES, past_offices),
        (OFFICER, PAST_OFFICERS, past_officers),
    ):
        if who in asked:
            rows = _then(rows, scope.tables[name] if name in scope.tables else made(scope.tables), who, on)
    return rows


def _current(rows: ir.Table, clause: Clause, scope: Scope, asked: Sequence[str]) -> ir.Table:
    """Return the instances with what is asked for, as the case has it today."""
    if clause.owes == "cases":
        return rows
    cases = scope.tables["cases"]
    own = {f"its_{what}": cases[_OWN[what]] for what in asked}
    cases = projected(cases, {"its_case": cases["case_no"]} | own)
    one, its = sides(rows, cases)
    found = {what: its[f"its_{what}"] for what in asked}
    return joined("left", one, its, [one["case_no"] == its["its_case"]], one.columns(but=asked) | found)


def _then(rows: ir.Table, spans: ir.Table, who: str, on: Callable[[Side], ir.DateValue]) -> ir.Table:
    """Return the instances with who held the case on the day that counts, where not today's holder."""
    one, past = sides(rows, spans)
    day = on(one)
    covers = [one["case_no"] == past["past_case"], day >= past["past_from"], day < past["past_to"]]
    found = {who: ibis.coalesce(past["past_holder"], one[who])}
    return joined("left", one, past, covers, one.columns(but=[who]) | found)


def past_offices(tables: Mapping[str, ir.Table]) -> ir.Table:
    """Return which office sent a case away, and from when to when it had held it.

    Returns:
        `past_case`, `past_from`, `past_to` (the first day it no longer did) and `past_holder`.

    """
    transfers = tables["transfers"]
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


def past_officers(tables: Mapping[str, ir.Table]) -> ir.Table:
    """Return who led a case from when to when, as `past_offices`; each at the latest until the next began."""
    given = tables["assignments"]
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
