"""Columns by what they say. Each carries its meaning, its unit and whether it may be empty.

What a column is not allowed to be is as much a promise: there is no kind of column here for a person's
name, an address, a picture, a biometric or an identification number, and no column for free text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import dataframely as dy
import polars as pl

CASE_NO = r"^C-[0-9A-Z]{6,12}$"
OFFICER_NO = r"^S-[0-9A-Z]{2,12}$"
CODE = r"^[A-Za-z0-9][A-Za-z0-9 ./_:&+-]{0,63}$"
DIGEST = r"^[0-9a-f]{64}$"
LABEL_LENGTH = 120


@dataclass(frozen=True, slots=True)
class OneAtATime:
    """The rule that at most one row has the same values while a condition holds.

    Attributes:
        columns: The columns whose values are compared; a row where one is empty is like no other.
        while_: True of the rows that count; where it is null, a row does not.
        meaning: The rule in words.

    """

    columns: tuple[str, ...]
    while_: pl.Expr
    meaning: str


def code_key(meaning: str, *, pattern: str = CODE) -> dy.String:
    """Return the key of things that people call by a code: an office, a case, a policy."""
    return dy.String(primary_key=True, regex=pattern, description=meaning)


def number_key(meaning: str) -> dy.Int64:
    """Return the key of an entry: a whole number that means nothing."""
    return dy.Int64(primary_key=True, min=1, description=meaning)


def refers(to: str, meaning: str, *, empty: bool = False, pattern: str | None = None) -> dy.String | dy.Int64:
    """Return a column that holds the key of another table.

    Args:
        to: `table` whose key it holds.
        meaning: What the other row is to this one.
        empty: Whether it may be empty.
        pattern: The key's form where the key is a code; None where it is a number.

    """
    metadata = {"references": to}
    if pattern is None:
        return dy.Int64(nullable=empty, min=1, description=meaning, metadata=metadata)
    return dy.String(nullable=empty, regex=pattern, description=meaning, metadata=metadata)


def case(meaning: str = "The case.", *, empty: bool = False) -> Any:  # noqa: ANN401 - a column either way
    """Return a reference to a case."""
    return refers("cases", meaning, empty=empty, pattern=CASE_NO)


def officer(meaning: str, *, empty: bool = False) -> Any:  # noqa: ANN401 - a column either way
    """Return a reference to an officer, by staff number."""
    return refers("officers", meaning, empty=empty, pattern=OFFICER_NO)


def office(meaning: str = "The office.", *, empty: bool = False) -> Any:  # noqa: ANN401 - a column either way
    """Return a reference to an office."""
    return refers("offices", meaning, empty=empty, pattern=CODE)


def coded(to: str, meaning: str, *, empty: bool = False) -> Any:  # noqa: ANN401 - a column either way
    """Return a reference to a table whose key is a code."""
    return refers(to, meaning, empty=empty, pattern=CODE)


def numbered(to: str, meaning: str, *, empty: bool = False) -> Any:  # noqa: ANN401 - a column either way
    """Return a reference to a table whose key is a number."""
    return refers(to, meaning, empty=empty)


def choice(values: str, meaning: str, *, empty: bool = False) -> dy.Enum:
    """Return a column that takes one of the given words, separated by blanks."""
    return dy.Enum(values.split(), nullable=empty, description=meaning)


def code(meaning: str, *, empty: bool = False) -> dy.String:
    """Return a code of somebody else's list that we do not know whole."""
    return dy.String(nullable=empty, regex=CODE, description=meaning)


def label(meaning: str, *, empty: bool = False) -> dy.String:
    """Return what a thing of the agency is called: an office, a policy, a course; never a person."""
    return dy.String(nullable=empty, max_length=LABEL_LENGTH, description=meaning)


def digest(meaning: str, *, empty: bool = True) -> dy.String:
    """Return a SHA-256 in hexadecimal: shows that a document is the one meant, without holding it."""
    return dy.String(nullable=empty, regex=DIGEST, description=meaning)


def day(meaning: str, *, empty: bool = True, future: bool = False) -> dy.Date:
    """Return a date. `future` says that it may lie after the snapshot's as-of date (a due date)."""
    return dy.Date(nullable=empty, description=meaning, metadata={"unit": "day", "future": future})


def moment(meaning: str, *, empty: bool = True, future: bool = False) -> dy.Datetime:
    """Return an instant in the office's own time, to the microsecond, without a zone."""
    return dy.Datetime(
        nullable=empty,
        time_unit="us",
        description=meaning,
        metadata={"unit": "local time", "future": future},
    )


def claim(meaning: str, *, empty: bool = False) -> dy.Bool:
    """Return a yes or no."""
    return dy.Bool(nullable=empty, description=meaning)


def count(meaning: str, *, unit: str = "count", empty: bool = False, least: int = 0) -> dy.Int64:
    """Return a whole number with its unit."""
    return dy.Int64(nullable=empty, min=least, description=meaning, metadata={"unit": unit})


def quantity(meaning: str, *, unit: str, empty: bool = True, least: float | None = 0) -> dy.Float64:
    """Return a measured number with its unit."""
    return dy.Float64(nullable=empty, min=least, description=meaning, metadata={"unit": unit})


def share(meaning: str, *, empty: bool = True) -> dy.Float64:
    """Return a share from 0 to 1."""
    return dy.Float64(nullable=empty, min=0, max=1, description=meaning, metadata={"unit": "share, 0 to 1"})


def in_order(earlier: str, later: str) -> Any:  # noqa: ANN401 - dataframely's own decorator type
    """Return the rule that one day is not after another, where both are known."""

    def rule(_schema: object) -> pl.Expr:
        return (pl.col(later) >= pl.col(earlier)).fill_null(value=True)

    return dy.rule()(rule)


def both_or_neither(one: str, other: str) -> Any:  # noqa: ANN401 - dataframely's own decorator type
    """Return the rule that two columns are filled together or not at all."""

    def rule(_schema: object) -> pl.Expr:
        return pl.col(one).is_null() == pl.col(other).is_null()

    return dy.rule()(rule)


def not_the_same(one: str, other: str) -> Any:  # noqa: ANN401 - dataframely's own decorator type
    """Return the rule that two columns differ where both are filled: requester and approver."""

    def rule(_schema: object) -> pl.Expr:
        return (pl.col(one) != pl.col(other)).fill_null(value=True)

    return dy.rule()(rule)


def filled_just_when(column: str, condition: pl.Expr) -> Any:  # noqa: ANN401 - dataframely's own decorator type
    """Return the rule that a column is filled where a condition holds, and nowhere else."""

    def rule(_schema: object) -> pl.Expr:
        return pl.col(column).is_not_null() == condition

    return dy.rule()(rule)


def one_at_a_time(*columns: str, while_: pl.Expr, meaning: str) -> OneAtATime:
    """Return the rule that at most one row has these values while a condition holds."""
    return OneAtATime(columns, while_, meaning)
