"""Grouped counts put together into the counts of one figure: one office or all, one period."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from closeout.duties.compile import Standing
from closeout.evidence.measures.compile_windows import cut_for, windows
from closeout.evidence.measures.declared import OverDuties, Statistic
from closeout.evidence.measures.measure import Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import pyarrow as pa
    from numpy.typing import NDArray

    from closeout.duties.clauses import Clause
    from closeout.duties.compile import Cut
    from closeout.evidence.measures.measure import Measure

_LENGTHS = (Shape.MEDIAN, Shape.SURVIVAL)
NO_OFFICE = ""
"""The key of what no office is recorded for."""


@dataclass(slots=True)
class Tally:
    """The counts one figure is made of.

    Attributes:
        numerator, denominator: What was counted, and out of what.
        ended, still_open: How many rows ended after each length, and how many had not ended by then.
        groups: Numerator and denominator of each group of rows that depend on each other; None where rows
            do not.
        without_basis: Instances for which no rule was in force.
        instances: All other instances, in whatever state and period.

    """

    numerator: int = 0
    denominator: int = 0
    ended: Counter[int] = field(default_factory=Counter)
    still_open: Counter[int] = field(default_factory=Counter)
    groups: NDArray[np.int64] | None = None
    without_basis: int = 0
    instances: int = 0

    def add(self, numerator: int, denominator: int) -> None:
        """Add to both counts."""
        self.numerator += numerator
        self.denominator += denominator


@dataclass(frozen=True, slots=True)
class Tallies:
    """The counts of a measure: all offices by period, oldest first, and each office in the newest."""

    periods: tuple[Tally, ...]
    offices: Mapping[str, Tally]


def over_table(measure: Measure, rows: pa.Table, as_of: date) -> Tallies:
    """Return the counts of a measure over a table.

    Args:
        measure: The measure.
        rows: The rows of its expression, as `compile_table.counted` describes them.
        as_of: The day to stand on.

    """
    sums = _Sums(measure, as_of)
    if "cluster" in rows.column_names:
        _add_groups(sums, rows)
        return sums.made()
    columns = {name: rows.column(name).to_pylist() for name in rows.column_names}
    count = rows.num_rows
    nothing: list[None] = [None] * count
    spans = columns.get("span", nothing)
    lengths, ends = columns.get("length", nothing), columns.get("has_ended", nothing)
    for at in range(count):
        numerator, denominator = columns["numerator"][at], columns["denominator"][at]
        for tally in sums.of(columns["office_id"][at], spans[at]):
            tally.add(numerator, denominator)
            if lengths[at] is not None:
                (tally.ended if ends[at] else tally.still_open)[lengths[at]] += denominator
    return sums.made()


def _add_groups(sums: _Sums, rows: pa.Table) -> None:
    """Add rows of groups, of which there may be as many as there are cases: by arrays and not by row."""
    offices, _ = _coded(rows, "office_id")
    groups, _ = _coded(rows, "cluster")
    counts = [rows.column(name).to_numpy() for name in ("numerator", "denominator")]
    spans = rows.column("span").to_numpy() if "span" in rows.column_names else np.zeros(rows.num_rows)
    for at, tally in enumerate(sums.periods):
        of_period = np.isin(
            spans, [span for span, places in sums.places.items() if span is not None and at in places]
        )
        chosen = of_period if not sums.is_as_of_a_day else np.ones(rows.num_rows, dtype=bool)
        _fill(tally, chosen, groups, counts)
    names = _coded(rows, "office_id")[1]
    for code in np.unique(offices[chosen]) if rows.num_rows else ():
        _fill(sums.offices[names[code] or NO_OFFICE], chosen & (offices == code), groups, counts)


def _coded(rows: pa.Table, column: str) -> tuple[NDArray[np.int64], list[str | None]]:
    """Return a column as numbers, and what each number stands for; nothing has a number, too."""
    found = rows.column(column).combine_chunks().dictionary_encode(null_encoding="encode")
    return found.indices.to_numpy().astype(np.int64), found.dictionary.to_pylist()


def _fill(
    tally: Tally, chosen: NDArray[np.bool_], groups: NDArray[np.int64], counts: list[NDArray[np.int64]]
) -> None:
    """Set a tally to the chosen rows, added up by group."""
    _, places = np.unique(groups[chosen], return_inverse=True)
    sums = [np.bincount(places, weights=one[chosen]).astype(np.int64) for one in counts]
    tally.add(int(sums[0].sum()), int(sums[1].sum()))
    tally.groups = np.stack(sums, axis=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of one clause: its `tallies`, and the cut they were made by."""

    clause: Clause
    rows: pa.Table
    cut: Cut


def is_doubtful(measure: Measure, found: Tallies) -> bool:
    """Say whether counts are such as a table without rows, or with an empty column, would give.

    None at all, or every one: then it is worth asking what the table holds.
    """
    counts = found.periods if measure.shape is Shape.COUNT else found.periods[-1:]
    if measure.shape is Shape.SURVIVAL and not found.periods[-1].ended:
        return True
    return any(
        not one.numerator or (one.numerator == one.denominator and measure.shape not in _LENGTHS)
        for one in counts
    )


def over_duties(measure: Measure, over: OverDuties, counted: Iterable[Counted], as_of: date) -> Tallies:
    """Return the counts of a measure over duties; those of several duties add up.

    Args:
        measure: The measure.
        over: Its duties and which of their figures.
        counted: What was counted of each duty that can be computed.
        as_of: The day to stand on.

    """
    sums = _Sums(measure, as_of)
    column = "subjects" if over.statistic is Statistic.CURRENCY else "instances"
    for one in counted:
        sums.recut(one.cut)
        names = ("office_id", "span", "standing", "instances", column)
        for office, span, standing, instances, count in zip(
            *(one.rows.column(name).to_pylist() for name in names), strict=True
        ):
            sums.count(office, standing, instances)
            _add(sums, over.statistic, office, span, standing, count)
    return sums.made()


_IN, _OUT_OF = 0, 1
_COUNTED = {
    Statistic.TIMELINESS: ({Standing.IN_TIME}, {Standing.IN_TIME, Standing.MISSED, Standing.OVERDUE}),
    Statistic.CURRENCY: ({Standing.OPEN}, {Standing.OPEN, Standing.OVERDUE}),
    Statistic.BACKLOG: ({Standing.OVERDUE}, {Standing.OPEN, Standing.OVERDUE}),
}
"""Which standings are the numerator and which the denominator of a duty's figure."""


def _add(
    sums: _Sums, statistic: Statistic, office: str | None, span: int | None, standing: int, count: int
) -> None:
    if standing in _COUNTED[statistic][_OUT_OF]:
        is_in = standing in _COUNTED[statistic][_IN]
        for tally in sums.of(office, span):
            tally.add(count if is_in else 0, count)


class _Sums:
    """The counts as they grow: which of them a row of an office and a span belongs to."""

    def __init__(self, measure: Measure, as_of: date) -> None:
        self.windows = windows(measure, as_of)
        self.is_as_of_a_day = measure.period is None
        self.periods = tuple(Tally() for _ in self.windows)
        self.offices: dict[str, Tally] = defaultdict(Tally)
        self.everything = Tally()
        self.places: dict[int | None, list[int]] = {}
        if not self.is_as_of_a_day:
            self.recut(cut_for(self.windows))

    def recut(self, cut: Cut) -> None:
        """Take spans to be those of a cut in which each period is a run of them."""
        if self.is_as_of_a_day:
            return
        self.places = defaultdict(list)
        for number, window in enumerate(self.windows):
            for span in cut.spans(window.since, window.until) if window.since else ():
                self.places[span].append(number)

    def of(self, office: str | None, span: int | None) -> list[Tally]:
        """Return the counts that a row belongs to: of every period, and of its office in the newest."""
        newest = len(self.windows) - 1
        places = [newest] if self.is_as_of_a_day else self.places.get(span, [])
        found = [self.periods[place] for place in places]
        if newest in places:
            found.append(self.offices[office or NO_OFFICE])
        return found

    def count(self, office: str | None, standing: int, count: int) -> None:
        """Count instances whatever their period, those without a rule in force apart."""
        for tally in (self.everything, self.offices[office or NO_OFFICE]):
            if standing == Standing.NO_BASIS:
                tally.without_basis += count
            else:
                tally.instances += count

    def made(self) -> Tallies:
        """Return the counts as they stand."""
        for tally in self.periods:
            tally.without_basis = self.everything.without_basis
            tally.instances = self.everything.instances
        return Tallies(self.periods, dict(self.offices))
