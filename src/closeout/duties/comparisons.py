"""Comparisons of an expression: both sides of one type, and words from the column's choices only."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from closeout.duties.terms import ORDERED, Kind, RefusedError, Term, a, as_day, as_instant, near, written

if TYPE_CHECKING:
    from closeout.duties.grammar import Scope

_OPERATORS: dict[type[exp.Expression], Any] = {
    exp.EQ: operator.eq,
    exp.NEQ: operator.ne,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
}


def retyped(term: Term, wanted: Kind | None, piece: str) -> Term:
    """Return a written string as a date or an instant where one is wanted; any other term as it is."""
    if term.written is None or wanted not in (Kind.DATE, Kind.INSTANT):
        return term
    return as_day(term, piece) if wanted is Kind.DATE else as_instant(term, piece)


def compared(node: exp.Binary, scope: Scope) -> Term:
    """Return `=`, `<>`, `<`, `<=`, `>` or `>=` as a term."""
    left, right = _pair(node.left, node.right, scope, node)
    if type(node) not in (exp.EQ, exp.NEQ) and left.kind not in ORDERED:
        raise RefusedError(written(node), f"orders {left.kind}s; only = and <> are allowed here")
    compare = _OPERATORS[type(node)]
    return Term(Kind.BOOLEAN, lambda table: compare(left.make(table), right.make(table)))


def is_null(node: exp.Is, scope: Scope) -> Term:
    """Return `is null` as a term (`is not null` is its negation)."""
    if not isinstance(node.expression, exp.Null):
        raise RefusedError(written(node), "is neither `is null` nor `is not null`; compare with = instead")
    term = scope.read(node.this)
    if term.kind is Kind.NOTHING:
        raise RefusedError(written(node), "asks whether null is null")
    return Term(Kind.BOOLEAN, lambda table: term.make(table).isnull())


def listed(node: exp.In, scope: Scope) -> Term:
    """Return `in (…)` over written values as a term."""
    if not node.expressions:
        raise RefusedError(written(node), "has an empty list")
    subject = scope.read(node.this)
    items = []
    for item in node.expressions:
        if not isinstance(item, exp.Literal | exp.Neg | exp.Boolean | exp.Cast):
            raise RefusedError(written(item), "is in a list, where only written values are allowed")
        term = retyped(scope.read(item), subject.kind, written(item))
        _check_match(subject, term, node)
        items.append(term)
    return Term(Kind.BOOLEAN, lambda table: subject.make(table).isin([item.make(table) for item in items]))


def between(node: exp.Between, scope: Scope) -> Term:
    """Return `between … and …` as a term: both ends belong to it."""
    subject, low = _pair(node.this, node.args["low"], scope, node)
    _, high = _pair(node.this, node.args["high"], scope, node)
    if subject.kind not in ORDERED:
        raise RefusedError(written(node), f"asks whether {a(subject.kind)} lies between two")

    def make(table: Any) -> Any:  # noqa: ANN401 - Ibis has no types
        value = subject.make(table)
        return (value >= low.make(table)) & (value <= high.make(table))

    return Term(Kind.BOOLEAN, make)


def _pair(one: exp.Expression, other: exp.Expression, scope: Scope, whole: exp.Expression) -> list[Term]:
    left, right = scope.read(one), scope.read(other)
    left, right = retyped(left, right.kind, written(one)), retyped(right, left.kind, written(other))
    _check_match(left, right, whole)
    return [left, right]


def _check_match(left: Term, right: Term, whole: exp.Expression) -> None:
    if Kind.NOTHING in (left.kind, right.kind):
        raise RefusedError(written(whole), "compares with null, which is never true; use `is null`")
    if left.kind is not right.kind:
        raise RefusedError(written(whole), f"compares {a(left.kind)} with {a(right.kind)}")
    if left.words is None or right.words is None or left.words & right.words:
        return
    said, choices = (left, right) if left.written else (right, left)
    known = sorted(choices.words or ())
    hint = near(said.written or "", known)
    raise RefusedError(written(whole), f"can never be true: the choices are {', '.join(known)}.{hint}")
