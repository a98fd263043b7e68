"""The pieces an expression is read into: each knows its type and how it is built into Ibis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import ibis

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import ibis.expr.types as ir
    from sqlglot import exp

    from closeout.records.table import Table


class Kind(StrEnum):
    """What an expression yields."""

    BOOLEAN = "boolean"
    NUMBER = "number"
    STRING = "string"
    DATE = "date"
    INSTANT = "instant"
    NOTHING = "null"


ORDERED = (Kind.NUMBER, Kind.DATE, Kind.INSTANT)
_KINDS = {
    "Bool": Kind.BOOLEAN,
    "Int64": Kind.NUMBER,
    "Float64": Kind.NUMBER,
    "Date": Kind.DATE,
    "Datetime": Kind.INSTANT,
    "Enum": Kind.STRING,
    "String": Kind.STRING,
}


class RefusedError(ValueError):
    """A piece of an expression is not allowed; `piece` is the piece as it would be written."""

    def __init__(self, piece: str, why: str) -> None:
        super().__init__(why)
        self.piece = piece
        self.why = why


@dataclass(frozen=True, slots=True)
class Term:
    """A piece of an expression that has passed the type check."""

    kind: Kind
    make: Callable[[ir.Table], Any]
    """Builds the piece over a table with the declared columns."""
    words: frozenset[str] | None = None
    """The only strings it can yield; None if any."""
    written: str | None = None
    """A string written out in the expression, which may be meant as a date."""


def constant(kind: Kind, value: object, dtype: str) -> Term:
    """Return a value written out in the expression."""
    return Term(kind, lambda _table: ibis.literal(value, dtype))


def columns_of(declared: type[Table]) -> Mapping[str, Term]:
    """Return the columns of a declared table as terms, by name."""
    return {name: _column(name, made) for name, made in declared.columns().items()}


def _column(name: str, made: Any) -> Term:  # noqa: ANN401 - any of dataframely's columns
    is_choice = type(made).__name__ == "Enum"
    words = frozenset(str(word) for word in made.categories) if is_choice else None
    return Term(_KINDS[type(made).__name__], lambda table: table[name], words)


def near(word: str, known: list[str]) -> str:
    """Return ` Did you mean …?` where something known looks like the word; nothing otherwise."""
    found = get_close_matches(word, known, n=3, cutoff=0.6)
    return f" Did you mean {' or '.join(found)}?" if found else ""


def as_day(term: Term, piece: str) -> Term:
    """Return a written string as the date it says."""
    try:
        day = date.fromisoformat(term.written or "")
    except ValueError:
        raise RefusedError(piece, "is compared with a date but is no date like '2024-01-31'") from None
    return constant(Kind.DATE, day, "date")


def as_instant(term: Term, piece: str) -> Term:
    """Return a written string as the instant it says."""
    try:
        moment = datetime.fromisoformat(term.written or "")
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is not None or len(term.written or "") <= len("2024-01-31"):
        raise RefusedError(piece, "is compared with an instant but is none like '2024-01-31 08:00:00'")
    return constant(Kind.INSTANT, moment, "timestamp(6)")


def written(node: exp.Expression) -> str:
    """Return a piece as one would write it, in one line."""
    return node.sql(dialect="duckdb", comments=False).replace("\n", " ")


def a(kind: Kind) -> str:
    """Return a kind with its article."""
    return f"an {kind}" if kind is Kind.INSTANT else f"a {kind}"
