"""Values of an expression: written ones, sums, dates moved by an interval, and a few functions."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import ibis
from sqlglot import exp

from closeout.duties.terms import Kind, RefusedError, Term, as_day, constant, written

if TYPE_CHECKING:
    from closeout.duties.grammar import Scope

_LARGEST = 1_000_000_000
_MOST_COUNT = 10_000
_UNITS = {"day": ("days", 1), "week": ("days", 7), "month": ("months", 1), "year": ("months", 12)}
_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")
_COUNT = re.compile(r"[0-9]{1,5}")


def literal(node: exp.Literal, _scope: Scope) -> Term:
    """Return a written string or number as a term."""
    said = str(node.this)
    if node.is_string:
        made = constant(Kind.STRING, said, "string")
        return Term(Kind.STRING, made.make, frozenset([said]), said)
    if not _NUMBER.fullmatch(said):
        raise RefusedError(written(node), "is no number like 12 or 2.5")
    number: float = float(said) if "." in said else int(said)
    if number > _LARGEST:
        raise RefusedError(written(node), f"is larger than {_LARGEST:,}")
    return constant(Kind.NUMBER, number, "int64" if isinstance(number, int) else "float64")


def boolean(node: exp.Boolean, _scope: Scope) -> Term:
    """Return `true` or `false` as a term."""
    return constant(Kind.BOOLEAN, bool(node.this), "boolean")


def null(_node: exp.Null, _scope: Scope) -> Term:
    """Return `null` as a term."""
    return Term(Kind.NOTHING, lambda _table: ibis.null())


def dated(node: exp.Cast, _scope: Scope) -> Term:
    """Return `date '2024-01-31'` as a term. Any other cast is refused."""
    is_written = isinstance(node.this, exp.Literal) and node.this.is_string
    if not is_written or not node.to.is_type(exp.DataType.Type.DATE):
        raise RefusedError(written(node), "is a cast; only date '2024-01-31' is allowed")
    return as_day(Term(Kind.STRING, lambda _table: None, None, str(node.this.this)), written(node))


def negative(node: exp.Neg, scope: Scope) -> Term:
    """Return a negated number as a term."""
    term = scope.read_as(node.this, Kind.NUMBER)
    return Term(Kind.NUMBER, lambda table: -term.make(table))


def sum_of(node: exp.Binary, scope: Scope) -> Term:
    """Return `+` or `-` as a term: of two numbers, or of a date and an interval."""
    is_plus = isinstance(node, exp.Add)
    if isinstance(node.expression, exp.Interval):
        return _moved(node, node.expression, scope, is_plus=is_plus)
    left, right = (scope.read_as(side, Kind.NUMBER) for side in (node.left, node.right))

    def make(table: Any) -> Any:  # noqa: ANN401 - Ibis has no types
        one, other = left.make(table), right.make(table)
        return one + other if is_plus else one - other

    return Term(Kind.NUMBER, make)


def _moved(node: exp.Binary, interval: exp.Interval, scope: Scope, *, is_plus: bool) -> Term:
    day = scope.read(node.left)
    if day.written is not None:
        day = as_day(day, written(node.left))
    if day.kind is not Kind.DATE:
        raise RefusedError(written(node), f"moves a {day.kind} by an interval; only dates can be moved")
    unit = str(interval.args.get("unit") or "").lower().removesuffix("s")
    said = interval.this.this if isinstance(interval.this, exp.Literal) else ""
    if unit not in _UNITS or not _COUNT.fullmatch(str(said)) or int(said) > _MOST_COUNT:
        raise RefusedError(
            written(interval),
            f"is no interval like `interval 30 day`: up to {_MOST_COUNT:,} of day, week, month or year",
        )
    name, size = _UNITS[unit]
    step = ibis.interval(**{name: int(said) * size})

    def make(table: Any) -> Any:  # noqa: ANN401 - Ibis has no types
        start = day.make(table)
        return (start + step if is_plus else start - step).cast("timestamp(6)").date()

    return Term(Kind.DATE, make)


def text_function(node: exp.Upper | exp.Lower | exp.Length, scope: Scope) -> Term:
    """Return `upper`, `lower` or `length` of a string as a term."""
    term = scope.read_as(node.this, Kind.STRING)
    name = type(node).__name__.lower()
    kind = Kind.NUMBER if name == "length" else Kind.STRING
    return Term(kind, lambda table: getattr(term.make(table), name)())


def day_of(node: exp.Date, scope: Scope) -> Term:
    """Return `date(…)` as a term: the day of an instant, or a written date."""
    term = scope.read(node.this) if node.this else Term(Kind.NOTHING, lambda _table: date.min)
    if term.written is not None:
        return as_day(term, written(node))
    if term.kind is not Kind.INSTANT:
        raise RefusedError(written(node), f"takes the day of a {term.kind}; only an instant has one")
    return Term(Kind.DATE, lambda table: term.make(table).date())
