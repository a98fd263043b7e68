"""The rows behind a figure: keys and days, never free text, in the order of days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import ibis

from closeout.duties.clauses import OPEN_STATES, State
from closeout.duties.compile import instances, missing_tables
from closeout.duties.listing import NO_DATE, ORDER, comes_after, cursor, place, read_cursor
from closeout.duties.run import with_past_holders
from closeout.evidence.measures.compile_table import counted_rows
from closeout.evidence.measures.compile_windows import windows
from closeout.evidence.measures.declared import OverDuties, OverTable, Statistic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause, Pack
    from closeout.engines import Engine
    from closeout.evidence.measures.measure import Measure

_SEVERAL = 3
_OPEN = [state.value for state in OPEN_STATES]


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind a figure.

    Attributes:
        what: The duty, or the table.
        key: The key of the row, as text; of a duty the key of who owes it.
        sequence: Which instance of it; 1 for rows of a table.
        case_no: The case; None where it is about none.
        office_id: Whose it is; None where no office is recorded.
        day: What places it in time: the due date of a duty; None where nothing does.
        began_on, ended_on: Of a length of time its ends; of a duty the day it opened, None where its records
            hold no more than when it is due, and the day it was done.
        state: Of a duty where it stands; empty for rows of a table.
        counts: What it adds to the numerator; 0 for a row of the denominator alone.

    """

    what: str
    key: str
    sequence: int
    case_no: str | None
    office_id: str | None
    day: date | None
    began_on: date | None
    ended_on: date | None
    state: str
    counts: int


@dataclass(frozen=True, slots=True)
class RowPage:
    """Some rows, and where the next ones begin; empty if there are none."""

    rows: tuple[Row, ...]
    after: str = ""


def rows_of(
    engine: Engine,
    tables: Mapping[str, ir.Table],
    pack: Pack,
    measure: Measure,
    as_of: date,
    *,
    office: str | None = None,
    limit: int = 50,
    after: str = "",
) -> RowPage:
    """Return rows behind a measure's newest figure, those of its denominator, by day, duty and key.

    Args:
        engine: Where the tables are.
        tables: The tables by name.
        pack: The rules.
        measure: The measure.
        as_of: The day to stand on.
        office: Only this office's; all if None, those without an office if empty.
        limit: How many at most.
        after: The `after` of the page before; empty for the first.

    Returns:
        The rows; none of a measure that no query gives, or that lacks a table.

    Raises:
        CursorError: `after` is none that a page gave.

    """
    since = read_cursor(after) if after else None
    found: list[dict[str, Any]] = []
    expressions = _expressions(engine, tables, pack, measure, as_of)
    for rows in engine.results(_page(rows, office, since, limit) for rows in expressions):
        found += rows.to_pylist()
    found.sort(key=place)
    shown = found[:limit]
    return RowPage(tuple(_row(one) for one in shown), cursor(shown[-1]) if len(found) > limit else "")


def _row(found: Mapping[str, Any]) -> Row:
    day = None if found["due_on"] == NO_DATE else found["due_on"]
    names = ("sequence", "case_no", "office_id", "began_on", "ended_on", "state", "counts")
    return Row(what=found["duty"], key=found["subject"], day=day, **{name: found[name] for name in names})


def _page(
    rows: ir.Table, office: str | None, since: tuple[date, str, str, int] | None, limit: int
) -> ir.Table:
    if office is not None:
        rows = rows.filter(rows.office_id == office if office else rows.office_id.isnull())
    if since is not None:
        rows = rows.filter(comes_after(rows, since))
    return rows.order_by([rows[name].asc(nulls_first=False) for name in ORDER]).limit(limit + 1)


def _expressions(
    engine: Engine, tables: Mapping[str, ir.Table], pack: Pack, measure: Measure, as_of: date
) -> Iterator[ir.Table]:
    over = measure.over
    if isinstance(over, OverTable) and all(name in tables for name in measure.reads):
        yield _of_table(measure, over, tables, as_of)
    if not isinstance(over, OverDuties):
        return
    clauses = [pack.clause(duty) for duty in over.duties]
    clauses = [clause for clause in clauses if not missing_tables(clause, tables)]
    if len(clauses) >= _SEVERAL:
        tables = with_past_holders(engine, tables)
    make = _maker(measure, over, tables, pack, as_of)
    yield from map(make, clauses)


def _maker(
    measure: Measure, over: OverDuties, tables: Mapping[str, ir.Table], pack: Pack, as_of: date
) -> Callable[[Clause], ir.Table]:
    window = windows(measure, as_of)[-1]

    def make(clause: Clause) -> ir.Table:
        rows = instances(clause, tables, as_of=as_of, holidays=pack.holidays)
        if over.statistic is Statistic.TIMELINESS:
            is_owed = rows.is_missed | (rows.state == State.DONE.value)
            rows = rows.filter(rows.due_on.between(window.since, window.until) & is_owed)
            counts = rows.state == State.DONE.value
        elif over.statistic is Statistic.CURRENCY:
            rows = rows.filter(rows.state.isin(_OPEN))
            counts = rows.state != State.OVERDUE.value
        else:
            rows = rows.filter(rows.state == State.OVERDUE.value)
            counts = ibis.literal(over.statistic is Statistic.BACKLOG)
        return rows.select(
            *("duty", "subject", "sequence", "case_no", "office_id", "due_on", "state"),
            began_on=rows.opened_on if clause.is_opening_known else ibis.null("date"),
            ended_on=rows.done_on,
            counts=counts.cast("int64"),
        )

    return make


def _of_table(measure: Measure, over: OverTable, tables: Mapping[str, ir.Table], as_of: date) -> ir.Table:
    window = windows(measure, as_of)[-1]
    plain = replace(over, cluster="", by=())
    rows = counted_rows(plain, measure.shape, tables, as_of, unit=measure.unit, is_listing=True)
    if window.since is not None:
        rows = rows.filter(rows.its_day >= ibis.literal(window.since, type="date"))
    nothing = ibis.null("date")
    has_length = bool(over.begins)
    has_day = bool(over.on or over.begins)
    return rows.select(
        duty=ibis.literal(over.table),
        subject=rows.its_key,
        sequence=ibis.literal(1, type="int64"),
        case_no=rows.its_case,
        office_id=rows.its_office,
        due_on=rows.its_day if has_day else ibis.literal(NO_DATE, type="date"),
        state=ibis.literal(""),
        began_on=rows.its_begin if has_length else nothing,
        ended_on=rows.its_end if has_length else nothing,
        counts=rows.its_numerator.cast("int64"),
    )
