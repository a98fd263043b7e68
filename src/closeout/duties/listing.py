"""Instances listed and counted, narrowed by kind, office, officer, case and state.

Lists stand in the order of due date and kind, and of nothing else: the key behind them only makes the
order the same every time. Instances without a due date (no rule in force) come last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import tee
from typing import TYPE_CHECKING, Any

import ibis

from closeout.duties.compile import counts, instances, missing_tables
from closeout.duties.instances import INSTANCE
from closeout.duties.run import with_past_holders

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import ibis.expr.types as ir
    import pyarrow as pa

    from closeout.duties.clauses import Clause
    from closeout.engines import Engine

NO_DATE = date(9999, 12, 31)
ORDER = ("due_on", "duty", "subject", "sequence")
_SEPARATOR = "|"
_SEVERAL = 3


class CursorError(ValueError):
    """A place to go on from cannot be read."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty means all."""

    kinds: tuple[str, ...] = ()
    office: str = ""
    officer: str = ""
    case: str = ""
    states: tuple[str, ...] = ()

    @property
    def names_nobody(self) -> bool:
        """Say whether neither office nor officer matters, so that nobody need be looked up."""
        return not self.office and not self.officer


@dataclass(frozen=True, slots=True)
class Asked:
    """What instances are asked for: of which clauses, over which tables, on which day."""

    clauses: tuple[Clause, ...]
    tables: Mapping[str, ir.Table]
    as_of: date
    holidays: str = "US"
    filters: Filters = Filters()

    def computed(self) -> list[Clause]:
        """Return the clauses asked for that can be computed."""
        wanted = self.filters.kinds
        return [
            clause
            for clause in self.clauses
            if (not wanted or clause.duty in wanted) and not missing_tables(clause, self.tables)
        ]

    def made_ready(self, engine: Engine) -> Asked:
        """Return the same, with what the clauses share worked out once where several need it."""
        is_little = bool(self.filters.case) or len(self.computed()) < _SEVERAL
        return self if is_little else replace(self, tables=with_past_holders(engine, self.tables))

    def rows(self, clause: Clause) -> ir.Table:
        """Return the instances of one clause under the filters."""
        made = instances(clause, self.tables, as_of=self.as_of, holidays=self.holidays)
        return narrowed(made, self.filters)


@dataclass(frozen=True, slots=True)
class Page:
    """Some instances in order, and where the next ones begin; empty if there are none."""

    rows: list[dict[str, Any]]
    after: str


def narrowed(rows: ir.Table, filters: Filters) -> ir.Table:
    """Return the instances under the filters; kinds are chosen by clause and not here."""
    for column, wanted in (
        ("office_id", filters.office),
        ("officer_no", filters.officer),
        ("case_no", filters.case),
    ):
        if wanted:
            rows = rows.filter(rows[column] == wanted)
    return rows.filter(rows.state.isin(filters.states)) if filters.states else rows


def page(engine: Engine, asked: Asked, *, limit: int, after: str = "") -> Page:
    """Return the next instances.

    Args:
        engine: Where the tables are.
        asked: What is asked for.
        limit: How many at most.
        after: The `after` of the page before; empty for the first.

    Raises:
        CursorError: `after` is none that a page gave.

    """
    since = read_cursor(after) if after else None
    ready = asked.made_ready(engine)

    def first_of(clause: Clause) -> ir.Table:
        rows = ready.rows(clause)
        if since is not None:
            rows = rows.filter(comes_after(rows, since))
        return rows.order_by([rows[name].asc(nulls_first=False) for name in ORDER]).limit(limit + 1)

    pages = engine.results(map(first_of, asked.computed()))
    found = sorted((row for rows in pages for row in rows.to_pylist()), key=place)
    shown = found[:limit]
    return Page(shown, cursor(shown[-1]) if len(found) > limit else "")


def place(row: Mapping[str, Any]) -> tuple[date, str, str, int]:
    """Return where an instance stands in a list."""
    return (row["due_on"] or NO_DATE, row["duty"], row["subject"], row["sequence"])


def cursor(row: Mapping[str, Any]) -> str:
    """Return an instance's place as a word."""
    due_on, duty, subject, sequence = place(row)
    return _SEPARATOR.join((due_on.isoformat(), duty, str(sequence), subject))


def read_cursor(said: str) -> tuple[date, str, str, int]:
    """Return the place that a word says; raise CursorError if it says none."""
    try:
        due_on, duty, sequence, subject = said.split(_SEPARATOR, 3)
        return date.fromisoformat(due_on), duty, subject, int(sequence)
    except ValueError:
        msg = f"{said!r} is no place in a list; give what the page before ended with"
        raise CursorError(msg) from None


def comes_after(rows: ir.Table, since: tuple[date, str, str, int]) -> ir.BooleanValue:
    """Return the condition that instances stand behind a place in the order of lists."""
    due_on, duty, subject, sequence = since
    day = rows.due_on.fill_null(ibis.literal(NO_DATE, type="date"))
    that = ibis.literal(due_on, type="date")
    later_key = (rows.subject > subject) | ((rows.subject == subject) & (rows.sequence > sequence))
    return (day > that) | ((day == that) & ((rows.duty > duty) | ((rows.duty == duty) & later_key)))


def summary_expression(clause: Clause, asked: Asked) -> ir.Table:
    """Return one clause's counts by state and whether missed, under the filters."""
    by = ("duty", "state", "is_missed")
    filters = asked.filters
    if filters.case:
        rows = asked.rows(clause)
        return rows.group_by(*by).agg(instances=rows.count())
    holders = [
        name
        for name, is_asked in (("office_id", filters.office), ("officer_no", filters.officer))
        if is_asked
    ]
    made = counts(clause, asked.tables, as_of=asked.as_of, holidays=asked.holidays, by=(*by, *holders))
    made = narrowed(made, filters)
    return made.drop(*holders) if holders else made


def summary(engine: Engine, asked: Asked, clauses: Iterable[Clause]) -> list[dict[str, Any]]:
    """Return for each clause how many instances there are in each state, and how many were missed.

    Returns:
        A dict a clause: `duty`, `title`, `section`, `states` (count by state), `total` and `missed`.
        `no_basis` is in `states` but not in `total`: nothing was owed.

    """
    ready = asked if asked.filters.names_nobody else asked.made_ready(engine)
    clauses, again = tee(clauses)
    found = engine.results(summary_expression(clause, ready) for clause in clauses)
    made = []
    for clause, counted in zip(again, found, strict=True):
        rows = counted.to_pylist()
        states: dict[str, int] = {}
        for row in rows:
            states[row["state"]] = states.get(row["state"], 0) + row["instances"]
        made.append(
            {
                "duty": clause.duty,
                "title": clause.title,
                "section": clause.section,
                "states": states,
                "total": sum(states.values()) - states.get("no_basis", 0),
                "missed": sum(row["instances"] for row in rows if row["is_missed"]),
            }
        )
    return made


def batches(engine: Engine, asked: Asked) -> Iterable[pa.RecordBatch]:
    """Yield every instance asked for, clause by clause, with the columns of `INSTANCE`."""
    ready = asked.made_ready(engine)
    for clause in asked.computed():
        for batch in engine.to_batches(ready.rows(clause)):
            yield batch.cast(INSTANCE)
