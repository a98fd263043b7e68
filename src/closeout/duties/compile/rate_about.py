"""Which rows are counted together for one or more clauses, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.duties.compile.rate_acts import act_of
from closeout.duties.compile.rate_reads import Count, How, Side
from closeout.duties.compile.scope import value

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause, Text
    from closeout.duties.compile.rate_reads import Reads

CASES, CASE_NO = "cases", "case_no"


@dataclass(frozen=True, slots=True)
class About:
    """Which rows are counted together, and whose they are.

    `case` is the column with the case number. `office` and `officer` are expressions over the table, or
    names of columns; None where a case's duty is its holder's.
    """

    table: str
    case: str = ""
    office: Text | str | None = None
    officer: Text | str | None = None
    apart: str = ""
    """The duty that the rows are made for alone."""

    @property
    def is_cases(self) -> bool:
        """Return whether these are the cases themselves, counted with their holders."""
        return self == OF_CASES


OF_CASES = About(CASES, CASE_NO)


def is_own(clause: Clause) -> bool:
    """Say whether the clause itself says whose duty it is, rather than the case's holder."""
    return not clause.case or clause.office is not None or clause.officer is not None


def when(clause: Clause, rows: ir.Table) -> list[ir.BooleanValue]:
    """Return the condition on the rows that a clause is about; none where it is about all."""
    return [] if clause.when is None else [value(clause.when, rows, clause.owes)]


def count_events(reads: Reads, clause: Clause, bit: int | None, side: Side, column: str) -> None:
    """Add a count of rows by the month in their column."""
    own, source = is_own(clause), source_of(clause, side)
    reads.counts.append(Count(clause.duty, side, How.EVENT, (column,), bit, own, source=source))


def source_of(clause: Clause, side: Side) -> tuple[str, ...]:
    """Return what tells the acts that a count is of from others."""
    return () if side is Side.OWED else act_of(clause)
