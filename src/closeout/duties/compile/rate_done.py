"""The events of another table that discharge a clause, joined to the rows that owe."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

import ibis

from closeout.duties.compile.done import is_own_row
from closeout.duties.compile.rate_about import About, count_events, when
from closeout.duties.compile.rate_days import counted_month, is_in_force, numbered
from closeout.duties.compile.rate_reads import Side
from closeout.duties.compile.scope import as_day, value
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause
    from closeout.duties.compile.rates import Rates


def add_joined(made: Rates, clause: Clause) -> None:
    """Count the events that are joined to the rows that owe; duties of the same rows share the join."""
    alike = [one for one in made.together[clause.duty] if _joins_as(one) == _joins_as(clause)]
    place = [one.duty for one in alike].index(clause.duty)
    apart = " ".join(one.duty for one in alike)
    where = About(clause.done.table, "its_case" if clause.case else "", "its_office", "its_officer", apart)
    rows = None if made.has_read(where) else _joined(made, alike)
    reads = made.reads(where, rows)
    month = numbered(reads.rows[f"when_{place}"], reads.rows[f"month_{place}"])
    count_events(reads, clause, None, Side.DONE, reads.column(month))


def _joins_as(clause: Clause) -> tuple[str, ...]:
    """Return what the join of a clause's rows and events depends on."""
    own = (clause.office.sql if clause.office else "", clause.officer.sql if clause.officer else "")
    return clause.owes, clause.case, clause.done.match, clause.done.subject, *own


def _joined(made: Rates, alike: list[Clause]) -> ir.Table:
    """Return the events with the case, office and officer of the row that owes.

    Returns:
        `its_case`, `its_office`, `its_officer`, and of each clause by its place `when_0`, whether it is about
        the owing row, and `month_0`, in which the event counts for it.

    """
    clause = alike[0]
    events, owing = made.tables[clause.done.table], made.tables[clause.owes]
    months = {f"month_{place}": _done_month(made, one, events) for place, one in enumerate(alike)}
    said = {"its_office": clause.office, "its_officer": clause.officer}
    columns: dict[str, ir.Value] = {
        name: ibis.null("string") if text is None else value(text, owing, clause.owes).cast("string")
        for name, text in said.items()
    }
    if clause.case:
        columns["its_case"] = owing[clause.case]
    for place, one in enumerate(alike):
        columns[f"when_{place}"] = reduce(and_, when(one, owing), ibis.literal(True))
    subject = clause.done.subject or TABLES[clause.owes].key()
    few = owing.select(its_subject=owing[subject], **columns)
    few = few.filter(reduce(or_, [few[f"when_{place}"] for place in range(len(alike))]))
    match = clause.done.match or TABLES[clause.done.table].key()
    counted = events.select(its_match=events[match], **months)
    counted = counted.filter(reduce(or_, [counted[name] > 0 for name in months]))
    return counted.inner_join(few, counted.its_match == few.its_subject)


def _done_month(made: Rates, clause: Clause, events: ir.Table) -> ir.IntegerValue:
    day = as_day(events[clause.done.column])
    force = is_in_force(day, clause, made.months, is_within=True)
    tests = [force, *done_conditions(clause, events), *of_no_plan(made, clause, events)]
    for own in made.together[clause.duty]:
        if is_own_row(own):
            # Counted as the act of its own row.
            counts = [is_in_force(day, own, made.months, is_within=True), *when(own, events)]
            counts += [] if own.done.where is None else [value(own.done.where, events, own.owes)]
            tests.append(~reduce(and_, counts).fill_null(False))
    return counted_month(day, made.months, *tests)


def done_conditions(clause: Clause, events: ir.Table) -> list[ir.BooleanValue]:
    """Return the conditions on the events that discharge a clause, besides their day."""
    done = clause.done
    match = done.match or TABLES[done.table].key()
    made = [events[match].notnull()] if TABLES[done.table].columns()[match].nullable else []
    return made if done.where is None else [*made, value(done.where, events, done.table)]


def of_no_plan(made: Rates, clause: Clause, events: ir.Table) -> list[ir.BooleanValue]:
    """Return the conditions on events that discharge an interval: they are no acts of a plan that meets it.

    An act of a plan names the row that called for it, or is that row itself.
    """
    tests: list[ir.BooleanValue] = []
    for plan in made.planned[clause.duty]:
        if is_own_row(plan):
            tests.append(~reduce(and_, when(plan, events), ibis.literal(True)).fill_null(False))
        elif plan.done.match != clause.done.match:
            tests.append(events[plan.done.match].isnull())
    return tests
