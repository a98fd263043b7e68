"""Takes off what an interval calls for while acts that another duty calls for meet it anyway.

A hearing's verification, planned for a day, is a verification of the proceeding too: for an interval after it
the interval calls for nothing. Its minutes are those of the act that is planned, whatever activity that is.

Of an act on day d of an interval T the days from d to before d + T are met, to the next act at most. So they
are counted: the days after each act are taken off, and those that the next act covers as well are put back.
Where intervals of one activity are nested (`rate_once`) each of their stretches is met by its own interval.

Periods of the calendar that a plan falls into stay, as do rows of two tables that a third discharges.
"""

from __future__ import annotations

from functools import reduce
from itertools import combinations
from typing import TYPE_CHECKING

import ibis

from closeout.duties.clauses import Shape
from closeout.duties.compile.rate_about import About, is_own, when
from closeout.duties.compile.rate_acts import subject_of
from closeout.duties.compile.rate_clauses import about_of, called, span
from closeout.duties.compile.rate_days import FOREVER
from closeout.duties.compile.rate_once import are_intervals, shared, stretches
from closeout.duties.compile.rate_reads import Count, How, Side
from closeout.duties.compile.scope import value
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause
    from closeout.duties.compile.rate_once import Rule
    from closeout.duties.compile.rates import Rates


def add_planned(made: Rates, clauses: Sequence[Clause]) -> None:
    """Add the counts that take off what intervals call for while planned acts meet them."""
    met = [one for one in clauses if made.planned[one.duty] and one.cycle is None]
    for group in dict.fromkeys(tuple(made.together[one.duty]) for one in met):
        several = [one for one in group if one.shape is Shape.EVERY and one.cycle is None]
        for size in range(1, len(several) + 1):
            for few in combinations(several, size):
                if not are_intervals(few):
                    continue
                sign = 1.0 if size % 2 else -1.0
                for longest, rule in stretches(made, few):
                    if made.planned[longest.duty]:
                        _add_met(made, few, longest, rule, sign)


def _add_met(made: Rates, few: Sequence[Clause], longest: Clause, rule: Rule, sign: float) -> None:
    """Take off the days of a stretch that planned acts meet; put back what is met twice."""
    length, since, to = rule
    since, to = max(since, made.months.first), min(to, made.months.end)
    if since >= to:
        return
    after = ibis.interval(days=max(round(length), 1))
    acts = _acts(made, longest)
    acts = acts.filter(
        acts.act_on < ibis.literal(to, type="date"),
        (acts.act_on + after).cast("date") > ibis.literal(since, type="date"),
    )
    acts = acts.group_by("act_of", "act_on").agg(acts=acts.count())
    acts = acts.select(acts.act_of, acts.act_on, until=(acts.act_on + after).cast("date"))
    later = acts.select(later_of=acts.act_of, later_on=acts.act_on)
    both = acts.inner_join(later, acts.act_of == later.later_of)
    both = both.filter(both.later_on > both.act_on, both.later_on < both.until)
    again = both.group_by("act_of", "until", first_on=both.act_on).agg(act_on=both.later_on.min())
    owing = _owing(made, few, longest)
    name = " ".join(["planned", *(one.duty for one in few), str(since)])
    for what, rows, taken in (("met", acts, -sign), ("again", again, sign)):
        _add_days(made, longest, f"{name} {what}", owing, rows, (length, since, to), taken)


def _add_days(
    made: Rates, longest: Clause, name: str, owing: ir.Table, acts: ir.Table, rule: Rule, sign: float
) -> None:
    """Count the days of some subjects that lie between an act and until when it meets the interval."""
    length, since, to = rule
    rows = owing.inner_join(acts, owing.its_subject == acts.act_of)
    office = "its_office" if not longest.case or longest.office else None
    officer = "its_officer" if not longest.case or longest.officer else None
    about = About(longest.owes, "its_case" if longest.case else "", office, officer, name)
    reads = made.reads(about, rows)
    rows = reads.rows
    start, end = ibis.greatest(rows.its_start, rows.act_on), ibis.least(rows.its_end, rows.until)
    columns = span(reads, made, start, end, since, to)
    count = Count(longest.duty, Side.OWED, How.SPAN, columns, None, is_own(longest), length, sign=sign)
    reads.counts.append(count)


def _acts(made: Rates, every: Clause) -> ir.Table:
    """Return the acts that some clauses call for: `act_of`, the interval's subject, and `act_on`."""
    parts = []
    for plan in made.planned[every.duty]:
        found = called(made, plan, about_of(made, plan), is_within=False)
        rows = found.rows.filter(found.day.notnull(), *when(plan, found.rows), *found.conditions)
        parts.append(rows.select(act_of=rows[subject_of(plan, every)], act_on=found.day))
    return reduce(lambda one, other: one.union(other), parts)


def _owing(made: Rates, few: Sequence[Clause], longest: Clause) -> ir.Table:
    """Return the rows that all of some intervals are about, from when to when, and whose they are."""
    rows = made.tables[longest.owes]
    said = {"its_office": longest.office, "its_officer": longest.officer}
    columns: dict[str, ir.Value] = {
        name: ibis.null("string") if text is None else value(text, rows, longest.owes).cast("string")
        for name, text in said.items()
    }
    if longest.case:
        columns["its_case"] = rows[longest.case]
    start, end, known = shared(few, rows)
    far = ibis.literal(FOREVER, type="date")
    columns["its_subject"] = rows[longest.done.subject or TABLES[longest.owes].key()]
    columns |= {"its_start": start, "its_end": far if end is None else end.fill_null(far)}
    tests = [test for one in few for test in when(one, rows)]
    return rows.filter(start.notnull(), *known, *tests).select(**columns)
