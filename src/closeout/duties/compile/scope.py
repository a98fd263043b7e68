"""What every part of a compiled clause looks at: the tables, the day, the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from closeout.duties.predicates import build
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause, Text


@dataclass(frozen=True, slots=True)
class Scope:
    """The tables, the day and the calendar that a clause is compiled over.

    `only` narrows the rows that owe to the cases it lists (its column `held_case`): the few cases with a
    hold are worked through apart from the many without.
    """

    tables: Mapping[str, ir.Table]
    as_of: date
    holidays: str
    only: ir.Table | None = None

    @property
    def today(self) -> ir.DateScalar:
        """Return the as-of date as an expression."""
        return ibis.literal(self.as_of, type="date")

    def known(self, day: ir.DateValue) -> ir.DateValue:
        """Return a day where it had come by the as-of date, null where it had not."""
        return (day <= self.today).ifelse(day, null_day())


def open_on(cases: ir.Table, day: ir.DateScalar) -> tuple[ir.BooleanValue, ir.BooleanValue]:
    """Return what holds of the cases that are open on a day: opened by then, and not closed by then."""
    return cases.opened_on <= day, cases.closed_on.isnull() | (cases.closed_on > day)


def null_day() -> ir.DateScalar:
    """Return a day that is not known."""
    return ibis.null("date")


def value(text: Text, table: ir.Table, name: str) -> Any:  # noqa: ANN401 - the expression says its type
    """Return an expression of the pack, built over a declared table or a narrowed form of it."""
    return build(text, table, TABLES[name])


def as_day(found: ir.Value) -> ir.DateValue:
    """Return a date or an instant as a date."""
    return found if found.type().is_date() else found.cast("date")


def owing(clause: Clause, scope: Scope) -> ir.Table:
    """Return the table that owes, narrowed to the cases of the scope; `is_owed` says what owes of it."""
    rows = scope.tables[clause.owes]
    if scope.only is not None:
        rows = rows.semi_join(scope.only, rows[clause.case] == scope.only.held_case)
    return rows


def is_owed(made: ir.Table) -> Iterator[ir.BooleanValue]:
    """Yield what must hold of rows with what was carried, for them to owe anything.

    A filter over a whole table is compiled with all its columns: it comes after those needed are picked.
    """
    if "is_owed" in made.columns:
        yield made.is_owed


def carried(clause: Clause, rows: ir.Table, scope: Scope) -> dict[str, ir.Value]:
    """Return what an instance takes over from the row that owes: its key, case, docket, holder and end.

    A clause about some rows only has `is_owed` among them.
    """
    columns: dict[str, ir.Value] = {"key": rows[TABLES[clause.owes].key()]}
    if clause.when is not None:
        columns["is_owed"] = value(clause.when, rows, clause.owes)
    if clause.case:
        columns["case_no"] = rows[clause.case]
    for name, text, own in (
        ("office", clause.office, "office_id"),
        ("officer", clause.officer, "officer_no"),
    ):
        if text is not None:
            columns[name] = value(text, rows, clause.owes).cast("string")
        else:
            columns[name] = rows[own] if clause.owes == "cases" else ibis.null("string")
    if clause.owes == "cases":
        columns["docket"] = rows.docket
    if clause.ends is not None:
        columns["ended_on"] = scope.known(as_day(value(clause.ends, rows, clause.owes)))
    return columns
