"""Which pieces of SQL an expression may be made of, and how each is typed and built.

Everything that is not in `PIECES` is refused. The parser's classes and their arguments are both on the
list, so that a form nobody thought of (`between symmetric`, `in (select …)`) is refused, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any

import ibis
from sqlglot import exp

from closeout.duties import comparisons, values
from closeout.duties.terms import Kind, RefusedError, Term, a, near, written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ALLOWED = (
    "columns of the table, strings, numbers, dates, true, false, and, or, not, = <> < <= > >=, "
    "is [not] null, [not] in (…), between, coalesce, case when, + and - of numbers, a date plus or minus "
    "an interval of days, weeks, months or years, upper, lower, length, date(…), parentheses"
)
_MOST_PIECES = 200
_DEEPEST = 40


@dataclass(slots=True)
class Scope:
    """The table an expression is about, and how much of the expression was read."""

    table: str
    columns: Mapping[str, Term]
    pieces: int = 0
    depth: int = 0

    def read(self, node: exp.Expression) -> Term:
        """Return a piece of the expression, type-checked.

        Args:
            node: What the parser made of it.

        Returns:
            The term.

        Raises:
            RefusedError: The piece, or one inside it, is not allowed or of the wrong type.

        """
        known = PIECES.get(type(node))
        if known is None:
            raise RefusedError(written(node), _why(node))
        reader, arguments = known
        strange = sorted(name for name, value in node.args.items() if value and name not in arguments)
        if strange:
            raise RefusedError(written(node), f"uses {strange[0]}, which is not allowed. Allowed: {ALLOWED}")
        self.pieces += 1
        self.depth += 1
        if self.pieces > _MOST_PIECES or self.depth > _DEEPEST:
            raise RefusedError(written(node)[:40], f"is part of more than {_MOST_PIECES} pieces or too deep")
        term = reader(node, self)
        self.depth -= 1
        return term

    def read_as(self, node: exp.Expression, kind: Kind) -> Term:
        """Return a piece that must be of one kind."""
        term = self.read(node)
        if term.kind is not kind:
            raise RefusedError(written(node), f"is {a(term.kind)}, where {a(kind)} is needed")
        return term


def _why(node: exp.Expression) -> str:
    if isinstance(node, exp.CurrentDate | exp.CurrentTimestamp | exp.CurrentTime):
        return "reads the clock; what is owed depends on the as-of date alone"
    if isinstance(node, exp.Alias):
        return f"is two expressions side by side. Allowed is one of {ALLOWED}"
    return f"is of the form {type(node).__name__}, which is not allowed. Allowed: {ALLOWED}"


def _column(node: exp.Column, scope: Scope) -> Term:
    name = node.name
    if name not in scope.columns:
        hint = near(name, list(scope.columns)) or f" It has {', '.join(scope.columns)}."
        raise RefusedError(written(node), f"is no column of {scope.table}.{hint}")
    return scope.columns[name]


def _paren(node: exp.Paren, scope: Scope) -> Term:
    return scope.read(node.this)


def _join(node: exp.Connector, scope: Scope) -> Term:
    terms = [scope.read_as(part, Kind.BOOLEAN) for part in node.flatten(unnest=False)]  # type: ignore[no-untyped-call]
    joined = and_ if isinstance(node, exp.And) else or_
    return Term(Kind.BOOLEAN, lambda table: reduce(joined, [term.make(table) for term in terms]))


def _not(node: exp.Not, scope: Scope) -> Term:
    term = scope.read_as(node.this, Kind.BOOLEAN)
    return Term(Kind.BOOLEAN, lambda table: ~term.make(table))


def _same_kind(nodes: list[exp.Expression], scope: Scope, whole: exp.Expression) -> list[Term]:
    terms = [scope.read(node) for node in nodes]
    filled = [term for term in terms if term.kind is not Kind.NOTHING]
    dated = next((term.kind for term in filled if term.kind in (Kind.DATE, Kind.INSTANT)), None)
    terms = [comparisons.retyped(term, dated, written(node)) for term, node in zip(terms, nodes, strict=True)]
    kinds = sorted({term.kind for term in terms if term.kind is not Kind.NOTHING})
    if len(kinds) != 1:
        raise RefusedError(written(whole), f"mixes {' and '.join(kinds) or 'nothing but nulls'}")
    return terms


def _united(terms: list[Term]) -> tuple[Kind, frozenset[str] | None]:
    filled = [term for term in terms if term.kind is not Kind.NOTHING]
    words = [term.words for term in filled]
    known = frozenset().union(*(word for word in words if word is not None))
    return filled[0].kind, None if None in words else known


def _coalesce(node: exp.Coalesce, scope: Scope) -> Term:
    terms = _same_kind([node.this, *node.expressions], scope, node)
    kind, words = _united(terms)
    return Term(kind, lambda table: ibis.coalesce(*(term.make(table) for term in terms)), words)


def _case(node: exp.Case, scope: Scope) -> Term:
    branches: list[exp.If] = node.args["ifs"]
    tests = [scope.read_as(branch.this, Kind.BOOLEAN) for branch in branches]
    otherwise = node.args.get("default") or exp.Null()
    terms = _same_kind([*(branch.args["true"] for branch in branches), otherwise], scope, node)
    kind, words = _united(terms)

    def make(table: Any) -> Any:  # noqa: ANN401 - Ibis has no types
        *results, last = [term.make(table) for term in terms]
        pairs = zip([test.make(table) for test in tests], results, strict=True)
        return ibis.cases(*pairs, else_=last)

    return Term(kind, make, words)


PIECES: dict[type[exp.Expression], tuple[Callable[[Any, Scope], Term], frozenset[str]]] = {
    node: (reader, frozenset(arguments.split()))
    for node, reader, arguments in (
        (exp.Column, _column, "this"),
        (exp.Paren, _paren, "this"),
        (exp.And, _join, "this expression"),
        (exp.Or, _join, "this expression"),
        (exp.Not, _not, "this"),
        (exp.Coalesce, _coalesce, "this expressions"),
        (exp.Case, _case, "ifs default"),
        (exp.Literal, values.literal, "this is_string"),
        (exp.Boolean, values.boolean, "this"),
        (exp.Null, values.null, ""),
        (exp.Cast, values.dated, "this to"),
        (exp.Neg, values.negative, "this"),
        (exp.Add, values.sum_of, "this expression"),
        (exp.Sub, values.sum_of, "this expression"),
        (exp.Upper, values.text_function, "this"),
        (exp.Lower, values.text_function, "this"),
        (exp.Length, values.text_function, "this"),
        (exp.Date, values.day_of, "this"),
        (exp.EQ, comparisons.compared, "this expression"),
        (exp.NEQ, comparisons.compared, "this expression"),
        (exp.LT, comparisons.compared, "this expression"),
        (exp.LTE, comparisons.compared, "this expression"),
        (exp.GT, comparisons.compared, "this expression"),
        (exp.GTE, comparisons.compared, "this expression"),
        (exp.Is, comparisons.is_null, "this expression"),
        (exp.In, comparisons.listed, "this expressions"),
        (exp.Between, comparisons.between, "this low high"),
    )
}
"""The classes of the parser that are allowed, with their readers and allowed arguments."""
