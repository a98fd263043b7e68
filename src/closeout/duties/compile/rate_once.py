"""Takes off what is called for twice: two duties of one activity that one act discharges.

`every`   the same subject, in both scopes on the same days: the shorter interval is enough, and the longer
one calls for nothing more. Over the days in all scopes of a set the longest interval of the set is added
with the sign of inclusion and exclusion, so that what is left is the greatest of the rates.
`on`, `within`  the same row: it calls for its act once. And a row of one table whose act is a row of
another that calls for it itself (a package owed for a detained person, and the request that was drafted).

An interval that acts of a plan meet is `rate_planned`'s. What cannot be told from rows stays: rows of two
tables that are both discharged by a third.
"""

from __future__ import annotations

from functools import reduce
from itertools import combinations, product
from operator import and_, or_
from typing import TYPE_CHECKING, TypeVar

import ibis

from closeout.duties.clauses import Shape
from closeout.duties.compile.done import is_own_row
from closeout.duties.compile.rate_about import About, is_own, when
from closeout.duties.compile.rate_acts import can_be_one
from closeout.duties.compile.rate_clauses import about_of, bounds, called, mark, periods_in_scope, span
from closeout.duties.compile.rate_days import FOREVER, event_column, is_inside, spans_in_force
from closeout.duties.compile.rate_reads import (
    CYCLE_MONTHS,
    DAYS_A_MONTH,
    ONE_DAY,
    Count,
    How,
    Side,
    interval_days,
)
from closeout.duties.compile.scope import as_day, value
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause
    from closeout.duties.compile.rates import Rates

ExpressionT = TypeVar("ExpressionT", bound="ir.Value")
Rule = tuple[float, "date", "date"]
"""An interval in days, the first day it was in force, and the day after the last."""


def add_once(made: Rates, clauses: Sequence[Clause]) -> None:
    """Add the counts that take off what two duties of one act call for together."""
    for group in dict.fromkeys(tuple(made.together[one.duty]) for one in clauses):
        for size in range(2, len(group) + 1):
            for few in combinations(group, size):
                if are_intervals(few):
                    _add_intervals(made, few)
        for place, clause in enumerate(group):
            if clause.shape is not Shape.EVERY:
                others = [one for one in group if one is not clause and can_be_one(one, clause)]
                _add_rows(made, clause, [one for one in others if one in group[:place]])
                _add_of_acts(made, clause, others)


# -- intervals


def are_intervals(few: Sequence[Clause]) -> bool:
    """Return whether some clauses owe by intervals, about the same subjects, acts that may be one."""
    subjects = {(one.owes, one.done.match, one.done.subject) for one in few}
    may_be_one = all(can_be_one(one, other) for one, other in combinations(few, 2))
    return all(one.shape is Shape.EVERY for one in few) and len(subjects) == 1 and may_be_one


def _add_intervals(made: Rates, few: Sequence[Clause]) -> None:
    sign = 1.0 if len(few) % 2 else -1.0
    for longest, rule in stretches(made, few):
        _add_stretch(made, few, longest, rule, sign)


def stretches(made: Rates, few: Sequence[Clause]) -> Iterator[tuple[Clause, Rule]]:
    """Yield the stretches of days on which intervals are in force together, each with the longest of them."""
    for rules in product(*[_rules(made, one) for one in few]):
        since, to = max(rule[1] for rule in rules), min(rule[2] for rule in rules)
        longest = max(range(len(few)), key=lambda place: (rules[place][0], place))
        if since < to:
            yield few[longest], (rules[longest][0], since, to)


def _rules(made: Rates, clause: Clause) -> list[Rule]:
    """Return the intervals of a clause, and when each was in force."""
    if clause.cycle is not None:
        length = CYCLE_MONTHS[clause.cycle][0] * DAYS_A_MONTH
        return [(length, since, _after(last)) for since, last in spans_in_force(clause)]
    return [
        (
            interval_days(one.period, made.country, made.months),
            one.in_force_from,
            _after(one.in_force_to or FOREVER),
        )
        for one in clause.versions
    ]


def _after(day: date) -> date:
    return day if day == FOREVER else day + ONE_DAY


def _add_stretch(made: Rates, few: Sequence[Clause], longest: Clause, rule: Rule, sign: float) -> None:
    """Add what one clause calls for on the days that all are in scope and in force."""
    about = about_of(made, longest)
    reads = made.reads(about)
    bit, conditions = None, []
    if about.is_cases:
        bit = mark(made, few, reads.rows)
    else:
        conditions = _each(test for one in few for test in when(one, reads.rows))
    start, end, known = shared(few, reads.rows)
    length, since, to = rule
    ends: tuple[int | None, ...] = ()
    if longest.cycle is None:
        since, to = max(since, made.months.first), min(to, made.months.end)
        if since >= to:
            return
        columns = span(reads, made, start, end, since, to, [*known, *conditions])
        how = How.SPAN
    else:
        start, end = _in_force(start, end, since, to)
        columns = periods_in_scope(reads, made, longest, start, end, [*known, *conditions])
        how, ends = How.CYCLE, made.months.period_ends(longest, made.months.periods(longest))
    if columns:
        count = Count(
            longest.duty, Side.OWED, how, columns, bit, is_own(longest), length, ends=ends, sign=sign
        )
        reads.counts.append(count)


def shared(
    few: Sequence[Clause], rows: ir.Table
) -> tuple[ir.DateValue, ir.DateValue | None, list[ir.BooleanValue]]:
    """Return the days on which all begin and the first ends, and whether all begin at all."""
    both = [bounds(one, rows) for one in few]
    starts = _each(one for one, _ in both)
    ends = _each(one for _, one in both if one is not None)
    if len(starts) == 1 and len(ends) == 1:
        return starts[0], ends[0], []
    far = ibis.literal(FOREVER, type="date")
    end = ibis.least(*[one.fill_null(far) for one in ends]) if len(ends) > 1 else next(iter(ends), None)
    start = ibis.greatest(*starts) if len(starts) > 1 else starts[0]
    return start, end, [one.notnull() for one in starts] if len(starts) > 1 else []


def _each(found: Iterable[ExpressionT]) -> list[ExpressionT]:
    """Return expressions, each once."""
    return list({one.op(): one for one in found}.values())


def _in_force(
    start: ir.DateValue, end: ir.DateValue | None, since: date, to: date
) -> tuple[ir.DateValue, ir.DateValue | None]:
    first = ibis.literal(since, type="date")
    start = ibis.greatest(start, first)
    if to == FOREVER:
        return start, end
    last = ibis.literal(to, type="date")
    return start, last if end is None else ibis.least(end.fill_null(last), last)


# -- rows


def _add_rows(made: Rates, clause: Clause, earlier: Sequence[Clause]) -> None:
    """Take off the rows of a clause that call for the same act by an earlier clause."""
    mine = called(made, clause, about_of(made, clause))
    others = [
        _calls(made, one, mine.rows)
        for one in earlier
        if _is_one_row(one, clause) and called(made, one, about_of(made, one)).about == mine.about
    ]
    if not others:
        return
    reads = made.reads(mine.about)
    tests = [*when(clause, mine.rows), *mine.conditions, reduce(or_, others)]
    column = event_column(reads, mine.day, made.months, *tests)
    reads.counts.append(Count(clause.duty, Side.OWED, How.EVENT, (column,), own=is_own(clause), sign=-1.0))


def _is_one_row(one: Clause, other: Clause) -> bool:
    """Return whether a row that owes by both clauses owes one act: its own, or the first from one day on."""
    if one.shape is Shape.EVERY or one.owes != other.owes:
        return False
    if is_own_row(one) and is_own_row(other):
        return True
    same = (one.done.match, one.done.subject, one.shape) == (
        other.done.match,
        other.done.subject,
        other.shape,
    )
    return same and _moment(one) == _moment(other)


def _moment(clause: Clause) -> str:
    text = clause.due if clause.shape is Shape.ON else clause.starts
    return "" if text is None else text.sql


def _calls(made: Rates, clause: Clause, rows: ir.Table) -> ir.BooleanValue:
    """Return which rows call for the duty of a clause on any day."""
    found = called(made, clause, about_of(made, clause), is_within=False)
    return reduce(and_, [found.day.notnull(), *when(clause, rows), *found.conditions]).fill_null(False)


def _add_of_acts(made: Rates, clause: Clause, others: Sequence[Clause]) -> None:
    """Take off the rows of a clause whose act is a row of its own that calls for it by another clause."""
    done = clause.done
    acting = [one for one in others if is_own_row(one) and one.shape is not Shape.EVERY]
    acting = [one for one in acting if one.owes == done.table and not is_own_row(clause)]
    if not acting:
        return
    owing = _owing(made, clause)
    acts = made.tables[done.table]
    tests = [reduce(or_, [_calls(made, one, made.reads(about_of(made, one)).rows) for one in acting])]
    tests += [] if done.where is None else [value(done.where, acts, done.table)]
    match = done.match or TABLES[done.table].key()
    acts = acts.filter(*tests)
    acts = acts.select(act_of=acts[match], act_on=as_day(acts[done.column]))
    both = owing.inner_join(acts, owing.its_subject == acts.act_of)
    if clause.shape is Shape.WITHIN:
        both = both.filter(both.act_on.isnull() | (both.act_on >= both.its_day))
    once = both.group_by(*owing.columns).agg(acts=both.count())
    name = f"{clause.duty} once"
    about = About(done.table, "its_case" if clause.case else "", "its_office", "its_officer", name)
    reads = made.reads(about, once)
    column = event_column(reads, reads.rows.its_day, made.months)
    reads.counts.append(Count(clause.duty, Side.OWED, How.EVENT, (column,), own=is_own(clause), sign=-1.0))


def _owing(made: Rates, clause: Clause) -> ir.Table:
    """Return the rows of a clause that call for its duty within the months, and whose they are."""
    found = called(made, clause, about_of(made, clause))
    rows = found.rows
    said = {"its_office": clause.office, "its_officer": clause.officer}
    columns: dict[str, ir.Value] = {
        name: ibis.null("string") if text is None else value(text, rows, clause.owes).cast("string")
        for name, text in said.items()
    }
    if clause.case:
        columns["its_case"] = rows[clause.case]
    key = TABLES[clause.owes].key()
    columns |= {"its_key": rows[key], "its_subject": rows[clause.done.subject or key], "its_day": found.day}
    tests = [is_inside(found.day, made.months), *when(clause, rows), *found.conditions]
    return rows.filter(*tests).select(**columns)
