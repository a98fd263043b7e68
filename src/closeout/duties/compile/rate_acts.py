"""Which duties one act can discharge: the same activity, done in the same column of the same table.

An officer who reviews a juvenile's file has done the review that every file needs: one act, two duties. The
duties of a pack that take time for one activity and are discharged by one column are therefore looked at
together, unless their conditions on the act exclude each other (a review on day 90 is none on day 180).

An act that is called for on a day of its own and always discharges an interval's duty too meets the interval,
of whatever activity it is: a hearing's verification is one of the proceeding.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp

from closeout.duties.clauses import Shape
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from closeout.duties.clauses import Clause, Text

_CASES, _CASE_NO = "cases", "case_no"


@dataclass(frozen=True, slots=True)
class _Said:
    """What one condition leaves of a column: the values it may have, or those it may not have."""

    values: frozenset[str]
    is_only: bool

    def implies(self, other: _Said) -> bool:
        """Return whether every value that meets this meets the other."""
        if self.is_only and other.is_only:
            return self.values <= other.values
        if self.is_only:
            return not self.values & other.values
        return not other.is_only and other.values <= self.values

    def excludes(self, other: _Said) -> bool:
        """Return whether no value meets both; False where that cannot be told."""
        if self.is_only and other.is_only:
            return not self.values & other.values
        if self.is_only:
            return self.values <= other.values
        return other.is_only and other.values <= self.values


def act_of(clause: Clause) -> tuple[str, str, str]:
    """Return what names an act: the activity (the duty where it names none), the table and the column."""
    return clause.minutes or clause.duty, clause.done.table, clause.done.column


def together(clauses: Iterable[Clause]) -> Mapping[str, tuple[Clause, ...]]:
    """Return for each duty the clauses that its act may discharge, in the order given, itself among them."""
    by_act: dict[tuple[str, str, str], list[Clause]] = {}
    for clause in clauses:
        by_act.setdefault(act_of(clause), []).append(clause)
    return {one.duty: tuple(group) for group in by_act.values() for one in group}


def can_be_one(one: Clause, other: Clause) -> bool:
    """Return whether an act may meet what both clauses ask of it.

    Conditions exclude each other where they fix a column to different values: `kind = 'day_90'` and
    `kind = 'day_180'`. Where that cannot be told from their text, the act may meet both.
    """
    mine, theirs = _conditions(one.done.where), _conditions(other.done.where)
    return not any(theirs[column].excludes(said) for column, said in mine.items() if column in theirs)


def always_meets(one: Clause, other: Clause) -> bool:
    """Return whether whatever discharges one clause is an act that discharges the other.

    Done in the same column, and each condition of the other is one of this one's or follows from it. Where
    that cannot be told from their text it may be another act.
    """
    if (one.done.table, one.done.column) != (other.done.table, other.done.column):
        return False
    if other.done.where is None:
        return True
    if one.done.where is None:
        return False
    mine = _conditions(one.done.where)
    texts = {part.sql(dialect="duckdb") for part in _parts_of(one.done.where)}
    for part in _parts_of(other.done.where):
        found = _column(part)
        follows = found is not None and found[0] in mine and mine[found[0]].implies(found[1])
        if not follows and part.sql(dialect="duckdb") not in texts:
            return False
    return True


def planned_for(clauses: Sequence[Clause]) -> Mapping[str, tuple[Clause, ...]]:
    """Return for each duty the clauses whose acts, called for on days of their own, meet its interval.

    Whatever activity their minutes are of: an interval that is met calls for nothing.
    """
    plans = [one for one in clauses if one.shape is not Shape.EVERY]
    return {
        one.duty: tuple(plan for plan in plans if subject_of(plan, one) and always_meets(plan, one))
        if one.shape is Shape.EVERY
        else ()
        for one in clauses
    }


def subject_of(plan: Clause, every: Clause) -> str:
    """Return the column of a planned row that names an interval's subject; empty where none does."""
    if (plan.owes, plan.done.match, plan.done.subject) == (every.owes, every.done.match, every.done.subject):
        return plan.done.subject or TABLES[plan.owes].key()
    is_of_cases = every.owes == _CASES and every.done.match == _CASE_NO
    return plan.case if is_of_cases and every.done.subject in {"", _CASE_NO} else ""


def _parts_of(text: Text) -> list[exp.Expression]:
    return _parts(sqlglot.parse_one(text.sql, dialect="duckdb"))


def _conditions(text: Text | None) -> Mapping[str, _Said]:
    return {} if text is None else _read(text.sql)


@lru_cache(maxsize=1024)
def _read(sql: str) -> Mapping[str, _Said]:
    """Return what a condition says of single columns; parts that say something else are left out."""
    made: dict[str, _Said] = {}
    for part in _parts(sqlglot.parse_one(sql, dialect="duckdb")):
        found = _column(part)
        if found is not None:
            column, said = found
            made.setdefault(column, said)
    return made


def _parts(node: exp.Expression) -> list[exp.Expression]:
    """Return the conditions that all have to hold."""
    while isinstance(node, exp.Paren):
        node = node.this
    if isinstance(node, exp.And):
        return [*_parts(node.left), *_parts(node.right)]
    return [node]


def _column(node: exp.Expression) -> tuple[str, _Said] | None:
    """Return the column of a plain condition, and what it says of its values."""
    while isinstance(node, exp.Paren):
        node = node.this
    if isinstance(node, exp.Not):
        found = _column(node.this)
        return None if found is None else (found[0], _Said(found[1].values, not found[1].is_only))
    if isinstance(node, exp.Column):
        return node.name, _Said(frozenset({"TRUE"}), is_only=True)
    is_only = not isinstance(node, exp.NEQ)
    if isinstance(node, exp.EQ | exp.NEQ | exp.Is):
        values = [node.expression]
    elif isinstance(node, exp.In) and node.expressions:
        values = node.expressions
    else:
        return None
    if not isinstance(node.this, exp.Column) or any(one.find(exp.Column) for one in values):
        return None
    return node.this.name, _Said(frozenset(one.sql(dialect="duckdb") for one in values), is_only)
