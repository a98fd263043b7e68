"""How a clause's instances stand, counted by office and due date, with no more worked out than that needs.

The same as counting the listing, in a fraction of the time to compile it: no rule's name, no reason, no
officer, nor whether an open instance is due or upcoming.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

import ibis

from closeout.duties.compile.holders import DOCKET, OFFICE, held_by
from closeout.duties.compile.holds import with_holds
from closeout.duties.compile.instance import due_rows, held_days
from closeout.duties.compile.scope import Scope
from closeout.duties.compile.states import SERVICE_ISSUE, has_passed, is_on_time
from closeout.duties.compile.versions import has_grace, last_day
from closeout.duties.joins import projected, with_columns

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause
    from closeout.duties.joins import Side

_MONTHS = 12


class Standing(IntEnum):
    """Where an instance stands, as far as the three figures of a duty need it."""

    NO_BASIS = 0
    IN_TIME = 1
    """Done in time."""
    MISSED = 2
    """Done late, or ended after its last day without being done."""
    OVERDUE = 3
    OPEN = 4
    """Open and not overdue, on hold or not."""
    EXCUSED = 5
    """Ended without being done, in time or by the office's own fault."""


AGES = (31, 91, 181, 366)
"""From which day after its due date on an overdue instance is of the next band of age."""
CLOSED = (Standing.IN_TIME, Standing.MISSED, Standing.EXCUSED)


@dataclass(frozen=True, slots=True)
class Cut:
    """The days that part time into spans: span 0 ends the day before the first, span 1 begins on it.

    Attributes:
        days: In order, each once, at least one.
        months: How many months apart they all are, on the same day of the month, none after the 28th; 0
            where they are not that regular.

    """

    days: tuple[date, ...]
    months: int = 0

    def span(self, day: ir.DateValue) -> ir.IntegerValue:
        """Return which span a day lies in, from 0 to the number of `days`; 0 for no day."""
        if self.months:
            return self._by_month(day)
        before = [(day < one, span) for span, one in enumerate(self.days)]
        return ibis.cases((day.isnull(), 0), *before, else_=len(self.days)).cast("int64")

    def _by_month(self, day: ir.DateValue) -> ir.IntegerValue:
        """Return the span by counting months: far less to compile than a comparison with every day."""
        first = self.days[0]
        month = day.year().cast("int64") * _MONTHS + day.month()
        since = month - (first.year * _MONTHS + first.month - self.months)
        if first.day > 1:
            since -= (day.day() < first.day).cast("int64")
        placed = ibis.greatest(since, 0).fill_null(0)
        return ibis.least(placed // self.months, len(self.days)).cast("int64")

    def spans(self, since: date, until: date) -> range:
        """Return the spans that make up a period; its first day and the day after its last are cuts."""
        before = sum(one <= since for one in self.days)
        after = sum(one <= until for one in self.days)
        return range(before, after + 1)


def tallies(
    clause: Clause,
    tables: Mapping[str, ir.Table],
    cut: Cut,
    *,
    as_of: date,
    holidays: str = "US",
) -> ir.Table:
    """Return how many instances stand how, by office and span of their due date.

    Args:
        clause: The clause.
        tables: The tables by name.
        cut: What parts time into spans.
        as_of: The day to stand on.
        holidays: As for `instances`.

    Returns:
        `office_id`, `docket` (the one the case is on today; null for a duty about none), `span` (0 for
        instances without a due date), `standing` (a `Standing`), `age` (of overdue ones the band of
        `AGES`, from 0; null for others), `instances`, a count, and `subjects`: how many subjects with an
        open instance there are, each counted once, as overdue where one of its instances is. Of a duty
        about cases also `late_cases`, a list: the case of each overdue instance; null or empty for others.

    """
    scope = Scope(tables, as_of, holidays)
    rows = _placed(clause, scope)
    grouped = rows.group_by(
        office_id=rows.office,
        docket=rows.docket if clause.case else ibis.null("string"),
        span=cut.span(rows.due_on),
        standing=rows.standing,
        age=_age(rows, as_of),
    )
    is_one = clause.cycle is None  # one open instance a subject
    subjects = rows.count() if is_one else rows.is_subject.sum().fill_null(0).cast("int64")
    if not clause.case:
        return grouped.agg(instances=rows.count(), subjects=subjects)
    late = rows.case_no.collect(where=rows.standing == Standing.OVERDUE.value)
    return grouped.agg(instances=rows.count(), subjects=subjects, late_cases=late)


def _placed(clause: Clause, scope: Scope) -> ir.Table:
    """Return the instances with `office`, `due_on` and `standing`."""
    rows = _standings(clause, scope)
    if clause.cycle is not None:
        rows = with_columns(rows, {"is_subject": _is_subject(rows)})
    if clause.office is not None:
        return held_by(rows, clause, scope, wanted=(DOCKET,))
    return held_by(rows, clause, scope, wanted=(OFFICE, DOCKET), on=lambda one: _holder_on(one, scope))


def _holder_on(rows: Side, scope: Scope) -> ir.DateValue:
    """Return the day whose holder an instance counts for: today's while it is open."""
    is_closed = rows["standing"].isin([one.value for one in CLOSED])
    return is_closed.ifelse(ibis.least(rows["due_on"], scope.today), scope.today)


def _standings(clause: Clause, scope: Scope) -> ir.Table:
    """Put together the instances with `due_on` and `standing`.

    What is not needed any more is left out at each step: every column of every step is compiled.
    """
    held = held_days(clause, scope)
    names = _named(clause)
    rows = due_rows(clause, scope, wanted=(*names, *_NEEDED, *(("sequence",) if held is not None else ())))
    if held is not None:
        rows = with_holds(rows, held)
    if has_grace(clause):
        rows = last_day(rows, clause, scope, column="due_on", into="last_day")
    kept = {name: rows[name] for name in (*names, "due_on")}
    return projected(rows, kept | {"standing": _standing(rows, clause, scope)})


def _age(rows: ir.Table, as_of: date) -> ir.IntegerValue:
    """Return the band of age of an overdue instance; null for others, and without a due date."""
    is_other = rows.standing != Standing.OVERDUE.value
    return ibis.cases((is_other, ibis.null("int64")), *_bands(as_of, rows.due_on)).cast("int64")


def age_band(as_of: date, day: ir.DateValue) -> ir.IntegerValue:
    """Return in which band of `AGES` a day lies, from 0 for the newest; null for no day."""
    return ibis.cases(*_bands(as_of, day)).cast("int64")


def _bands(as_of: date, day: ir.DateValue) -> list[tuple[ir.BooleanValue, int]]:
    """Return the tests of the bands, of which the first that holds counts.

    Days are compared and none subtracted: every test is compiled once for every duty.
    """
    younger = [(day > as_of - timedelta(days=days), band) for band, days in enumerate(AGES)]
    return [*younger, (day.notnull(), len(AGES))]


_NEEDED = ("key", "done_on", "done_at", "excused_on", "ended_on")
"""What it takes of an instance to know how it stands."""


def _named(clause: Clause) -> list[str]:
    """Return the columns that say which instance it is and whose, as far as they are not looked up later."""
    is_of_cases = clause.owes == "cases"
    is_said = {
        "key": clause.cycle is not None,
        "case_no": bool(clause.case),
        "office": clause.office is not None or is_of_cases or not clause.case,
        "docket": is_of_cases,
    }
    return [name for name, is_wanted in is_said.items() if is_wanted]


def _is_subject(rows: ir.Table) -> ir.IntegerValue:
    """Return 1 on one open instance of each subject, on an overdue one where there is any; 0 on the rest."""
    is_open = rows.standing.isin([Standing.OVERDUE.value, Standing.OPEN.value])
    order = [is_open.cast("int64").desc(nulls_first=False), rows.standing.asc(nulls_first=True)]
    place = ibis.row_number().over(group_by="key", order_by=order)
    return (is_open & (place == 0)).cast("int64")


def _standing(rows: ir.Table, clause: Clause, scope: Scope) -> ir.IntegerValue:
    """Return the standing: the first test that holds, in the order of the states of an instance."""
    last = rows.last_day if has_grace(clause) else rows.due_on
    tests: list[tuple[ir.BooleanValue, Standing]] = [
        (rows.version.isnull(), Standing.NO_BASIS),
        (rows.done_on.notnull() & is_on_time(rows, last), Standing.IN_TIME),
        (rows.done_on.notnull(), Standing.MISSED),
        *_ended(rows, last, clause),
    ]
    if clause.holds and clause.case:
        tests.append((rows.held_now_by.notnull(), Standing.OPEN))
    tests.append((has_passed(rows, last, scope.today), Standing.OVERDUE))
    return ibis.cases(
        *[(test, ibis.literal(one.value, type="int64")) for test, one in tests],
        else_=ibis.literal(Standing.OPEN.value, type="int64"),
    )


def _ended(rows: ir.Table, last_day: ir.DateValue, clause: Clause) -> list[tuple[ir.BooleanValue, Standing]]:
    """Return the tests of instances that were excused or whose subject ended."""
    days = {name: rows[name] for name in ("excused_on", "ended_on") if name in rows.columns}
    if not days:
        return []
    closed = ibis.coalesce(*days.values())
    too_late = closed > last_day
    by_excuse = "excused_on" in days and clause.excused_reason == SERVICE_ISSUE
    tests = [(days["excused_on"].notnull(), Standing.EXCUSED)] if by_excuse else []
    return [*tests, (too_late, Standing.MISSED), (closed.notnull(), Standing.EXCUSED)]
