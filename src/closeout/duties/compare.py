"""What changed between two as-of dates: instances that appeared, changed state, or closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import ibis

from closeout.duties.clauses import CLOSED_STATES
from closeout.duties.listing import place

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause
    from closeout.duties.listing import Asked
    from closeout.engines import Engine

APPEARED, CLOSED, CHANGED, UNCHANGED = "appeared", "closed", "changed", "unchanged"
_CLOSED = [state.value for state in CLOSED_STATES]


def compared(clause: Clause, asked: Asked, other: date) -> ir.Table:
    """Return the instances of a clause that stand at the later date, each beside the earlier one.

    Args:
        clause: The clause.
        asked: What is asked for, at the one date; its filters hold at the later date.
        other: The other date.

    Returns:
        `duty`, `subject`, `sequence`, `case_no`, `office_id`, `due_on`, `was` (the state at the earlier
        date; null where there was no instance yet), `state`, and `change`: `appeared`, `closed`, `changed`
        or `unchanged`. An instance that appeared and closed between the dates has closed.

    """
    first, last = sorted((asked.as_of, other))
    after = replace(asked, as_of=last).rows(clause)
    everyone = replace(asked, as_of=first, filters=replace(asked.filters, office="", officer="", states=()))
    before = everyone.rows(clause)
    before = before.select(was_subject="subject", was_sequence="sequence", was="state")
    joined = after.left_join(
        before, [after.subject == before.was_subject, after.sequence == before.was_sequence]
    )
    is_closed, was_closed = joined.state.isin(_CLOSED), joined.was.isin(_CLOSED).fill_null(False)
    change = ibis.cases(
        (is_closed & ~was_closed, CLOSED),
        (joined.was.isnull(), APPEARED),
        (joined.was != joined.state, CHANGED),
        else_=UNCHANGED,
    )
    kept = ("duty", "subject", "sequence", "case_no", "office_id", "due_on", "was", "state")
    return joined.mutate(change=change).select(*kept, "change")


def changes(engine: Engine, asked: Asked, other: date, *, limit: int = 0) -> dict[str, Any]:
    """Return how many instances appeared, changed and closed, by kind and states.

    Args:
        engine: Where the tables are.
        asked: What is asked for.
        other: The other date.
        limit: How many changed instances to list, by due date and kind; none if 0.

    Returns:
        `from`, `to`, `counts` (a dict for each kind, change, earlier and later state) and `instances`.

    """
    first, last = sorted((asked.as_of, other))
    counted: list[dict[str, Any]] = []
    listed: list[dict[str, Any]] = []
    ready = asked.made_ready(engine)
    for clause in asked.computed():
        rows = compared(clause, ready, other)
        rows = rows.filter(rows.change != UNCHANGED)
        grouped = rows.group_by("duty", "change", "was", "state").agg(instances=rows.count())
        counted += engine.to_arrow(grouped).to_pylist()
        if limit:
            order = [rows[name].asc(nulls_first=False) for name in ("due_on", "subject", "sequence")]
            listed += engine.to_arrow(rows.order_by(order).limit(limit)).to_pylist()
    counted.sort(key=lambda row: (row["duty"], row["change"], row["was"] or "", row["state"]))
    return {"from": first, "to": last, "counts": counted, "instances": sorted(listed, key=place)[:limit]}
