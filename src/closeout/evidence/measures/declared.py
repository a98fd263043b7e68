"""What a measure is worked out from: duties of the pack, rows of a table, or one of our own registers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from closeout.duties.clauses import Period, Text


class Statistic(StrEnum):
    """Which figure of duties; `closeout.duties.statistics` says what the first three count."""

    TIMELINESS = "timeliness"
    CURRENCY = "currency"
    BACKLOG = "backlog"
    CASES = "cases"
    """Of open cases those of which none of the duties is overdue: a case counts once."""


class Source(StrEnum):
    """What no query of a table gives; `closeout.evidence.measures.special` works these out."""

    INTEGRITY = "integrity"
    RECOMMENDATIONS = "recommendations"
    VERDICTS = "verdicts"
    SITE = "site"
    COMPARISON = "comparison"
    PROJECTION = "projection"
    TRAINING = "training"
    STAFFING = "staffing"


@dataclass(frozen=True, slots=True)
class Series:
    """Past periods: each as long as the measure's, each one step before the next."""

    step: Period
    points: int


@dataclass(frozen=True, slots=True)
class Step:
    """One step from a row to something of it, such as its office: a column, and the table it is in."""

    column: str
    table: str


@dataclass(frozen=True, slots=True)
class By:
    """What a figure is broken down by: into categories that add up to the whole.

    Attributes:
        name: As declared: `docket`, `duty`, `age`, a column, or the way to one such as `case_no.docket`.
        steps: Of a measure over a table the way to the column; empty for an age and for duties.
        labels: The table whose key the column holds and that says what each is called; empty if none does.

    """

    name: str
    steps: tuple[Step, ...] = ()
    labels: str = ""


@dataclass(frozen=True, slots=True)
class OverDuties:
    """Instances of duties; those of several duties add up."""

    duties: tuple[str, ...]
    statistic: Statistic
    by: tuple[By, ...] = ()


@dataclass(frozen=True, slots=True)
class OverSource:
    """Something that no query of the records gives.

    Attributes:
        source: The register.
        rules: Of the integrity checks, which ones; all if empty.
        duties: The duties that are compared or carried forward; empty if none are.

    """

    source: Source
    rules: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Events:
    """Rows of another table that are counted: `match` holds the key of the measure's table."""

    table: str
    match: str
    where: Text | None = None


@dataclass(frozen=True, slots=True)
class OverTable:
    """Rows of a table.

    Attributes:
        table: The table.
        where: Which rows are the denominator; all if None.
        counts: Which of these are the numerator; all if None.
        on: The date or instant that places a row in a period; empty: rows have no place in time.
        begins, ends: Where a length of time begins and ends; `ends` is `as_of` for an age on the as-of date.
        events: Rows of another table that are counted instead of rows of this.
        sums: The whole number of a row that is summed up as the numerator; empty: rows are counted.
        exposure: The number of a row that is summed up as the denominator; empty: rows are counted.
        cluster: Rows with the same value here depend on each other; empty if none do.
        quantile: Which quantile of the lengths, above 0 and below 1.
        latest: The column of what is looked at: of the rows with one value here only the last by `begins`
            counts; empty: all do.
        office: The way from a row to the column with its office; empty: figures in total only.
        by: What the newest figure is broken down by.

    """

    table: str
    where: Text | None = None
    counts: Text | None = None
    on: str = ""
    begins: str = ""
    ends: str = ""
    events: Events | None = None
    sums: str = ""
    exposure: str = ""
    cluster: str = ""
    quantile: float = 0.5
    latest: str = ""
    office: tuple[Step, ...] = ()
    by: tuple[By, ...] = ()


AGE, DOCKET, DUTY = "age", "docket", "duty"
"""What a figure can be broken down by that is no column: days since, a case's docket, the duty itself."""
AS_OF = "as_of"
"""Where a length ends that is an age."""
