"""A measure as a pack declares it, and what was measured."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from closeout.duties.clauses import Period
    from closeout.evidence.figures import Figure
    from closeout.evidence.measures.declared import OverDuties, OverSource, OverTable, Series


class Shape(StrEnum):
    """What a measure is."""

    SHARE = "share"
    """Rows that do, of rows that could; 0-1, Wilson interval."""
    COUNT = "count"
    """Rows that there are at the as-of date; exact Poisson interval."""
    RATE = "rate"
    """Events over exposure; exact Poisson interval."""
    MEDIAN = "median"
    """The middle of a length of time, in days or hours; interval from order statistics."""
    SURVIVAL = "survival"
    """The median time until an end, with those that have not ended censored; Kaplan-Meier."""


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"


class Verdict(StrEnum):
    """What a measure's value says beside its target."""

    MET = "met"
    """On the right side of the target, and the interval is too: established."""
    MET_NOT_ESTABLISHED = "met_not_established"
    """On the right side of the target, but the interval reaches over it."""
    NOT_MET = "not_met"
    """On the wrong side, and the interval is too: established."""
    NOT_MET_NOT_ESTABLISHED = "not_met_not_established"
    """On the wrong side of the target, but the interval reaches over it."""
    NO_TARGET = "no_target"
    NOT_ASSESSED = "not_assessed"
    """There is no value; the figure says why."""


@dataclass(frozen=True, slots=True)
class Link:
    """A recommendation that a measure answers: its report by number or title, and its own number."""

    report: str
    number: str
    line: int = 0
    covers: tuple[str, ...] = ()
    """Words of what the auditor said is needed to close, as printed; a need that has them is covered."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is aimed at, and on which rule."""

    value: float
    basis: str = ""
    """Policy or citation; empty where the pack made it up."""
    is_made_up: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a pack.

    Attributes:
        code: Its stable name, kebab-case.
        group: The number of the measure in the list of systems, 1-22; several codes may share one.
        title: A short name in words.
        section: The system it belongs to, such as `A3`.
        shape: What it is.
        unit: `share`, `count`, `days`, `hours`, or `per component` and the like for rates.
        numerator: What is counted, in words.
        denominator: Out of what, in words; empty for a count.
        direction: Which way is better.
        owner: The role that answers for it.
        closes_when: What would let an auditor close, in words.
        target: None where none is set.
        period: How long a period it is about, ending on the as-of date; None: as of that day.
        links: Recommendations it answers.
        duties: The duties it is over; empty for one over a table.
        table: The table it is over; empty for one over duties.
        reads: Every table that it reads.
        over: What it is worked out from; None only in tests that need no more.
        min_n: The fewest rows, or the least exposure, of which a figure is given.
        series: The past periods it is given for; None: only the one that ends on the as-of date.
        part_of: The measure it is a part of; empty if of none.
        definition: The declaration's own keys and values, as written, for the page and the record.
        path, line: Where it is declared.

    """

    code: str
    group: int
    title: str
    section: str
    shape: Shape
    unit: str
    numerator: str
    denominator: str
    direction: Direction
    owner: str
    closes_when: str
    target: Target | None = None
    period: Period | None = None
    links: tuple[Link, ...] = ()
    duties: tuple[str, ...] = ()
    table: str = ""
    reads: tuple[str, ...] = ()
    definition: Mapping[str, Any] = field(default_factory=dict)
    path: Path | None = None
    line: int = 0
    over: OverDuties | OverTable | OverSource | None = None
    min_n: int = 1
    series: Series | None = None
    part_of: str = ""

    @property
    def by(self) -> tuple[str, ...]:
        """Return what its newest figure is broken down by, as declared."""
        return tuple(one.name for one in getattr(self.over, "by", ()))


@dataclass(frozen=True, slots=True)
class Result:
    """One measure's figure for one office, or for all, and one period."""

    measure: str
    office_id: str | None
    """None: all offices together. Empty: what no office is recorded for."""
    since: date | None
    """None for a measure as of a day."""
    until: date
    figure: Figure
    verdict: Verdict
    category: str | None = None
    """Of a breakdown, which part of the whole; empty: none is recorded. None: it is no part."""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A measure's newest figure in parts that add up to it, all offices together.

    Attributes:
        by: What it is broken down by, as declared.
        title: The same as the heading of a column.
        parts: The figure of each part, in the order of their labels (ages from young to old), and last what
            has none.
        labels: What each part is called, by its category.

    """

    by: str
    title: str
    parts: tuple[Result, ...]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure and all that was measured of it.

    Attributes:
        measure: The declaration.
        as_of: The day it stands on.
        total: All offices, the newest period.
        offices: Each office, the newest period, in the order of office codes.
        series: All offices, past periods, oldest first; the last is `total`.
        query: The statement that ran; empty where none could.
        breakdowns: The newest period in parts, by what the measure declares.

    """

    measure: Measure
    as_of: date
    total: Result
    offices: tuple[Result, ...] = ()
    series: tuple[Result, ...] = ()
    query: str = ""
    breakdowns: tuple[Breakdown, ...] = ()
