"""Joins put together from what is known already.

Ibis's own methods take columns of any earlier table and find out where each comes from, which is a third of
the time in which the clauses of a pack are put together. Here conditions and columns are made of the two
sides themselves. The expressions are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis.expr.types.joins import Join

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def projected(rows: ir.Table, columns: Mapping[str, ir.Value]) -> ir.Table:
    """Return columns made of a table's own, by name; a sum or a rank among them says over which window."""
    if isinstance(rows, Join):  # one that has no columns of its own yet
        return rows.select(**columns)
    made = {name: found.op() for name, found in columns.items()}
    return ir.Table(ops.Project(rows.op(), made))


def with_columns(rows: ir.Table, columns: Mapping[str, ir.Value]) -> ir.Table:
    """Return a table's columns and others made of them; one of the same name takes its place."""
    return projected(rows, {**own(rows), **columns})


def where(rows: ir.Table, *conditions: ir.BooleanValue) -> ir.Table:
    """Return the rows that meet all conditions, none of which is a sum or a rank itself."""
    if isinstance(rows, Join):
        return rows.filter(*conditions)
    parts = dict.fromkeys(part for each in conditions for part in _parts(each.op()))
    return ir.Table(ops.Filter(rows.op(), tuple(parts)))


def _parts(condition: ops.Value) -> Iterator[ops.Value]:
    """Yield what an `and` is made of."""
    if isinstance(condition, ops.And):
        yield from _parts(condition.left)
        yield from _parts(condition.right)
    else:
        yield condition


def own(rows: ir.Table, *, but: Iterable[str] = ()) -> dict[str, ir.Value]:
    """Return the columns of a table by name, without some."""
    left_out = set(but)
    return {name: rows[name] for name in rows.columns if name not in left_out}


class Side:
    """One side of a join: its columns by name, as conditions and results of the join are made of them.

    Attributes:
        names: Of its columns, in order.

    """

    __slots__ = ("_chain", "_made", "_rows", "names")

    def __init__(self, rows: ops.Relation, place: int) -> None:
        """Take a relation as what a join reads at a place; a join at place 0 is itself prolonged."""
        is_join = place == 0 and isinstance(rows, ops.JoinChain)
        self._chain = rows if is_join else None
        self._rows = rows.first if is_join else ops.JoinReference(rows, place)
        self.names: tuple[str, ...] = rows.schema.names
        self._made: dict[str, ir.Value] = {}

    @property
    def relation(self) -> ops.Relation:
        """Return what the join reads; of a join that is prolonged, what stood first in it."""
        return self._rows

    @property
    def links(self) -> tuple[ops.JoinLink, ...]:
        """Return what was joined to it before."""
        return self._chain.rest if self._chain is not None else ()

    def __getitem__(self, name: str) -> ir.Value:
        """Return a column."""
        if name not in self._made:
            found = ops.Field(self._rows, name) if self._chain is None else self._chain.values[name]
            self._made[name] = found.to_expr()
        return self._made[name]

    def columns(self, *, but: Iterable[str] = ()) -> dict[str, ir.Value]:
        """Return the columns by name, without some."""
        left_out = set(but)
        return {name: self[name] for name in self.names if name not in left_out}


def sides(rows: ir.Table, other: ir.Table) -> tuple[Side, Side]:
    """Return the two sides of a join of two tables."""
    one = Side(rows.op(), 0)
    return one, Side(other.op(), len(one.links) + 1)


def joined(
    how: Literal["inner", "left"],
    one: Side,
    other: Side,
    on: Iterable[ir.BooleanValue],
    columns: Mapping[str, ir.Value],
) -> ir.Table:
    """Return the join of two sides.

    Args:
        how: Whether rows of the first side that have none beside them are kept (`left`) or not (`inner`).
        one: The first side, as `sides` gives it.
        other: The other.
        on: The conditions, at least one, none of them an `and`.
        columns: The columns of the result, by name.

    """
    link = ops.JoinLink(how, other.relation, tuple(each.op() for each in on))
    values = {name: found.op() for name, found in columns.items()}
    return ir.Table(ops.JoinChain(one.relation, (*one.links, link), values))
