"""Grouped counts put together into the counts of one figure: one office or all, one period."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from closeout.duties.compile import Standing
from closeout.evidence.measures.compile_windows import cut_for, windows
from closeout.evidence.measures.declared import AGE, DUTY, OverDuties, Statistic
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
    """The counts of a measure: all offices by period, oldest first, and each office in the newest.

    `parts` are those of the newest by category, for each thing the measure is broken down by.
    """

    periods: tuple[Tally, ...]
    offices: Mapping[str, Tally]
    parts: tuple[Mapping[str, Tally], ...] = ()


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
    named = [columns[name] for name in rows.column_names if name.startswith("by_")]
    for at in range(count):
        numerator, denominator = columns["numerator"][at], columns["denominator"][at]
        for tally in sums.of(columns["office_id"][at], spans[at], [column[at] for column in named]):
            tally.add(numerator, denominator)
            if lengths[at] is not None:
                (tally.ended if ends[at] else tally.still_open)[lengths[at]] += denominator
    return sums.made()


def _add_groups(sums: _Sums, rows: pa.Table) -> None:
    """Add rows of groups, of which there may be as many as there are cases: by arrays and not by row."""
    if not rows.num_rows:
        return
    groups, _ = _coded(rows, "cluster")
    counts = [rows.column(name).to_numpy() for name in ("numerator", "denominator")]
    spans = rows.column("span").to_numpy() if "span" in rows.column_names else np.zeros(rows.num_rows)
    for place, tally in enumerate(sums.periods):
        chosen = sums.fall_in(place, spans)
        _fill(tally, chosen, groups, counts)
    for into, column in sums.ways(rows):
        codes, names = _coded(rows, column)
        for code in np.unique(codes[chosen]):
            _fill(into[names[code] or NO_OFFICE], chosen & (codes == code), groups, counts)


def _coded(rows: pa.Table, column: str) -> tuple[NDArray[np.int64], list[str | None]]:
    """Return a column as numbers, and the text each number stands for; nothing has a number, too."""
    found = rows.column(column).combine_chunks().dictionary_encode(null_encoding="encode")
    texts = [None if one is None else str(one) for one in found.dictionary.to_pylist()]
    return found.indices.to_numpy().astype(np.int64), texts


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
    for one in counted:
        sums.recut(one.cut)
        for into, column in zip(sums.parts, sums.by, strict=True):
            if column == DUTY:
                into[one.clause.duty].add(0, 0)
        if one.rows.num_rows:
            _add_clause(sums, over, one)
    return sums.made()


_COUNTED = {
    Statistic.TIMELINESS: ({Standing.IN_TIME}, {Standing.IN_TIME, Standing.MISSED, Standing.OVERDUE}),
    Statistic.CURRENCY: ({Standing.OPEN}, {Standing.OPEN, Standing.OVERDUE}),
    Statistic.BACKLOG: ({Standing.OVERDUE}, {Standing.OPEN, Standing.OVERDUE}),
}
"""Which standings are the numerator and which the denominator of a duty's figure."""
_AMONG = {
    statistic: tuple(np.array([one in wanted for one in range(max(Standing) + 1)]) for wanted in both)
    for statistic, both in _COUNTED.items()
}
"""The same by the standing's number."""


def _add_clause(sums: _Sums, over: OverDuties, one: Counted) -> None:
    """Add what was counted of one clause, by arrays: a measure may be over a hundred of them."""
    rows = one.rows
    standing, instances = (rows.column(name).to_numpy() for name in ("standing", "instances"))
    is_by_subject = over.statistic is Statistic.CURRENCY
    counts = rows.column("subjects").to_numpy() if is_by_subject else instances
    is_in, is_out = (among[standing] for among in _AMONG[over.statistic])
    is_without_basis = standing == Standing.NO_BASIS
    spans = rows.column("span").to_numpy()
    counted = [np.where(is_out & is_in, counts, 0), np.where(is_out, counts, 0)]
    by_span = [_added_up(each, spans) for each in counted]
    for place, tally in enumerate(sums.periods):
        mine = sums.spans_of(place, len(by_span[0]))
        tally.add(*(int(each[mine].sum()) for each in by_span))
    in_newest = np.zeros(len(by_span[0]), dtype=bool)
    in_newest[mine] = True
    added = [
        *(each * in_newest[spans] for each in counted),
        np.where(is_without_basis, instances, 0),
        np.where(is_without_basis, 0, instances),
    ]
    _add(sums.everything, [each.sum() for each in added])
    for into, column in sums.ways(rows):
        if column == DUTY:
            _add(into[one.clause.duty], [each.sum() for each in added])
            continue
        codes, names = _coded(rows, column)
        for name, *of_it in zip(names, *(_added_up(each, codes) for each in added), strict=True):
            if column != AGE or name is not None:  # what is not overdue has no age
                _add(into[NO_OFFICE if name is None else name], of_it)


def _added_up(numbers: NDArray[np.int64], codes: NDArray[np.integer[Any]]) -> NDArray[np.int64]:
    """Return the sum of numbers by code, from 0 to the highest; a sum of counts is below 2**53, so exact."""
    return np.bincount(codes, weights=numbers).astype(np.int64)


def _add(tally: Tally, added: Iterable[np.int64]) -> None:
    numerator, denominator, without_basis, instances = map(int, added)
    tally.add(numerator, denominator)
    tally.without_basis += without_basis
    tally.instances += instances


class _Sums:
    """The counts as they grow: which of them a row of an office, a span and categories belongs to."""

    def __init__(self, measure: Measure, as_of: date) -> None:
        self.windows = windows(measure, as_of)
        self.is_as_of_a_day = measure.period is None
        self.by = measure.by
        self.is_over_duties = isinstance(measure.over, OverDuties)
        self.periods = tuple(Tally() for _ in self.windows)
        self.offices: dict[str, Tally] = defaultdict(Tally)
        self.parts: tuple[dict[str, Tally], ...] = tuple(defaultdict(Tally) for _ in self.by)
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

    def fall_in(self, place: int, spans: NDArray[np.generic]) -> NDArray[np.bool_]:
        """Return which rows, by their spans, lie in a period; as of a day, all do."""
        if self.is_as_of_a_day:
            return np.ones(len(spans), dtype=bool)
        mine = [span for span, found in self.places.items() if span is not None and place in found]
        return np.isin(spans, mine)

    def spans_of(self, place: int, many: int) -> list[int]:
        """Return which of so many spans lie in a period; as of a day, all do."""
        if self.is_as_of_a_day:
            return [*range(many)]
        return [span for span in range(many) if place in self.places.get(span, ())]

    def ways(self, rows: pa.Table) -> list[tuple[dict[str, Tally], str]]:
        """Return by which columns of counted rows they are added up besides, and into what."""
        named = self.by if self.is_over_duties else [f"by_{place}" for place in range(len(self.by))]
        known = {*rows.column_names, DUTY}
        found = [("office_id", self.offices), *zip(named, self.parts, strict=True)]
        return [(into, column) for column, into in found if column in known]

    def of(self, office: str | None, span: int | None, categories: Iterable[str | None]) -> list[Tally]:
        """Return the counts that a row belongs to: of every period; of its office and parts in the newest."""
        newest = len(self.windows) - 1
        places = [newest] if self.is_as_of_a_day else self.places.get(span, [])
        found = [self.periods[place] for place in places]
        if newest in places:
            found.append(self.offices[office or NO_OFFICE])
            found += [into[one or NO_OFFICE] for into, one in zip(self.parts, categories, strict=True)]
        return found

    def made(self) -> Tallies:
        """Return the counts as they stand."""
        for tally in self.periods:
            tally.without_basis = self.everything.without_basis
            tally.instances = self.everything.instances
        return Tallies(self.periods, dict(self.offices), tuple(dict(one) for one in self.parts))
