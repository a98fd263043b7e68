"""Which tables a clause reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from closeout.duties.clauses import Clause


def needed_tables(clause: Clause) -> tuple[str, ...]:
    """Return the tables that a clause cannot be computed without, the owing one first."""
    needed = [clause.owes, clause.done.table]
    if clause.case and clause.office is None:
        needed += ["cases", "transfers"]
    if clause.case and clause.officer is None:
        needed += ["cases", "assignments"]
    if clause.holds:
        needed.append("holds")
    return tuple(dict.fromkeys(needed))


def missing_tables(clause: Clause, tables: Container[str]) -> tuple[str, ...]:
    """Return the tables that a clause needs and that are not there; none if it can be computed."""
    return tuple(name for name in needed_tables(clause) if name not in tables)
