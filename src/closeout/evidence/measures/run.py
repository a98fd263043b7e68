"""Measure an agency: every measure of a pack over its tables, on one day.

Whatever is wrong with the records becomes a result with its reason; only an engine that cannot work at all
raises. Each clause is counted once, however many measures are over it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from closeout.duties.run import tables_of, with_past_holders
from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.measures.compile_windows import windows
from closeout.evidence.measures.declared import DUTY, OverDuties, OverSource, OverTable, Statistic
from closeout.evidence.measures.intervals import figure
from closeout.evidence.measures.measure import Breakdown, Measured, Result, Shape
from closeout.evidence.measures.run_breakdowns import declared_by, labels_of, title_of
from closeout.evidence.measures.run_counts import Counts, count_all
from closeout.evidence.measures.run_tally import (
    NO_OFFICE,
    Tallies,
    Tally,
)
from closeout.evidence.measures.targets import verdict
from closeout.records.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.evidence.measures.compile_windows import Window
    from closeout.evidence.measures.declared import By
    from closeout.evidence.measures.measure import Measure


def measure_all(
    engine: Engine,
    given: Snapshot | Mapping[str, ir.Table],
    pack: Pack,
    measures: Sequence[Measure],
    as_of: date,
    *,
    told: Callable[[str], None] = lambda _text: None,
) -> tuple[Measured, ...]:
    """Measure an agency.

    Args:
        engine: Where the tables are.
        given: A snapshot, or its tables by name.
        pack: The rules.
        measures: What to measure.
        as_of: The day to stand on. What happened later is not known.
        told: Called with a line of what is being counted.

    Returns:
        Each measure in the order given, whatever came of it. Those of a register of our own
        (`OverSource`) are not assessed here: `closeout.evidence.measures.special` works them out.

    """
    stands_on = given.as_of if isinstance(given, Snapshot) else None
    tables = tables_of(engine, given)
    if any(measure.duties for measure in measures):
        tables = with_past_holders(engine, tables)
    counts = count_all(engine, tables, pack, measures, as_of, told=told)
    return measured_from(counts, measures, as_of, stands_on=stands_on)


def measured_from(
    counts: Counts, measures: Sequence[Measure], as_of: date, *, stands_on: date | None = None
) -> tuple[Measured, ...]:
    """Return what was measured, from what was counted.

    Args:
        counts: What `count_all` counted for these measures on this day.
        measures: The measures.
        as_of: The day they stand on.
        stands_on: The day the records stand on; None where that is not known.

    """
    asked = _Asked(counts, as_of, stands_on)
    return tuple(_measured(measure, counts.tallies.get(measure.code), asked) for measure in measures)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What all measures are put together from."""

    counts: Counts
    as_of: date
    stands_on: date | None


def _measured(measure: Measure, tallies: Tallies | None, asked: _Asked) -> Measured:
    reason = _why_not(measure, asked)
    if tallies is None or reason is not None:
        return _without(measure, asked.as_of, reason or without(Outcome.NOT_ASSESSED, "it is over nothing"))
    over, counts = measure.over, asked.counts
    note, has_offices = "", True
    if isinstance(over, OverTable):
        query, has_offices = counts.tables[measure.code], bool(over.office)
    elif measure.code in counts.tables:
        query = counts.tables[measure.code]
        note = _lacking(counts, [duty for duty in measure.duties if duty in counts.missing])
    else:
        query = counts.statement(measure.duties)
        note = _lacking(counts, [duty for duty in measure.duties if duty not in counts.duties])
    series = _series(measure, tallies, asked, note)
    offices = _offices(measure, tallies, asked, note) if has_offices else ()
    parts = tuple(
        _breakdown(measure, by, found, asked, note)
        for by, found in zip(declared_by(over), tallies.parts, strict=True)
    )
    return Measured(measure, asked.as_of, series[-1], offices, series, query, parts)


def _series(measure: Measure, tallies: Tallies, asked: _Asked, note: str) -> tuple[Result, ...]:
    made = []
    for window, tally in zip(windows(measure, asked.as_of), tallies.periods, strict=True):
        early = _before_records(measure, window, asked)
        made.append(
            _result(measure, None, window, early or _noted(figure(measure, tally, _table(measure)), note))
        )
    return tuple(made)


def _offices(measure: Measure, tallies: Tallies, asked: _Asked, note: str) -> tuple[Result, ...]:
    """Return the figure of each office in the order of codes, and last of what has no office."""
    window = windows(measure, asked.as_of)[-1]
    codes = sorted({*asked.counts.offices, *tallies.offices} - {NO_OFFICE})
    nobody = tallies.offices.get(NO_OFFICE)
    if nobody is not None and (nobody.numerator or nobody.denominator):
        codes.append(NO_OFFICE)
    return tuple(
        _result(
            measure,
            code,
            window,
            _noted(figure(measure, tallies.offices.get(code) or Tally(), _table(measure)), note),
        )
        for code in codes
    )


def _breakdown(measure: Measure, by: By, found: Mapping[str, Tally], asked: _Asked, note: str) -> Breakdown:
    """Return the newest figure in parts."""
    window = windows(measure, asked.as_of)[-1]
    kept = [name for name, tally in found.items() if by.name == DUTY or _says_something(tally)]
    labels = labels_of(by, kept, asked.counts.labels.get(by.labels, {}))
    parts = [
        _result(measure, None, window, _noted(figure(measure, _of(found, name), _table(measure)), note))
        for name in labels
    ]
    named = tuple(replace(part, category=name) for part, name in zip(parts, labels, strict=True))
    return Breakdown(by.name, title_of(by, measure), named, labels)


def _says_something(tally: Tally) -> bool:
    """Say whether a category has rows that count, or nothing but rows for which no rule was in force."""
    is_without_rule = bool(tally.without_basis) and not tally.instances
    return bool(tally.numerator or tally.denominator or is_without_rule)


def _of(found: Mapping[str, Tally], category: str) -> Tally:
    """Return the counts of a category; of an age that nothing has, none of what there is."""
    return found.get(category) or Tally(instances=1)


def _table(measure: Measure) -> OverTable | None:
    return measure.over if isinstance(measure.over, OverTable) else None


def _result(measure: Measure, office: str | None, window: Window, found: Figure) -> Result:
    return Result(measure.code, office, window.since, window.until, found, verdict(found, measure))


def _noted(found: Figure, note: str) -> Figure:
    """Return a figure with what weakens it besides."""
    said = "; ".join(text for text in (found.reason, note) if text)
    return replace(found, reason=said) if note else found


def _without(measure: Measure, as_of: date, found: Figure) -> Measured:
    window = windows(measure, as_of)[-1]
    total = _result(measure, None, window, found)
    return Measured(measure, as_of, total, (), (total,), "")


def _lacking(counts: Counts, missing: Sequence[str]) -> str:
    if not missing:
        return ""
    return f"without {', '.join(missing)}: {_tables(counts.missing_for(missing))}"


def _tables(names: Iterable[str]) -> str:
    said = list(names)
    return f"table {said[0]} is missing" if len(said) == 1 else f"tables {', '.join(said)} are missing"


def _why_not(measure: Measure, asked: _Asked) -> Figure | None:
    """Return the result of a measure that cannot be computed at all; None if it can."""
    over, counts = measure.over, asked.counts
    if isinstance(over, OverSource):
        return without(
            Outcome.NOT_ASSESSED, f"it is about {over.source}, which no table of the records holds"
        )
    if isinstance(over, OverDuties):
        is_by_case = over.statistic is Statistic.CASES
        if measure.code in counts.tables or (
            not is_by_case and any(duty in counts.duties for duty in over.duties)
        ):
            return None
        return without(Outcome.NO_DATA, _tables(["cases"] if is_by_case else counts.missing_for(over.duties)))
    if not isinstance(over, OverTable):
        return None
    missing = [name for name in measure.reads if name in counts.lacking]
    if missing:
        return without(Outcome.NO_DATA, _tables(missing))
    said = _empty(measure, over, asked)
    return without(Outcome.NO_DATA, said) if said else None


def _empty(measure: Measure, over: OverTable, asked: _Asked) -> str:
    """Return why a measure's table cannot give a figure; an empty string if it can."""
    placed = over.on or over.begins
    if not placed and asked.stands_on is not None and asked.as_of < asked.stands_on:
        return f"the records stand as of {asked.stands_on} and do not say how this stood on {asked.as_of}"
    if measure.code not in asked.counts.doubtful:
        return ""
    presence = asked.counts.presence[over.table]
    if not presence.rows:
        return f"the table {over.table} has no rows"
    for column in presence.checked(over):
        if not presence.filled[column]:
            return f"{over.table}.{column} is empty in every row"
    first = presence.first.get(placed)
    if first is not None and first > asked.as_of:
        return f"the records of {over.table} begin on {first}, after {asked.as_of}"
    return ""


def _before_records(measure: Measure, window: Window, asked: _Asked) -> Figure | None:
    """Return the result of counting in a period that ends before the records begin; None for others."""
    over = measure.over
    if measure.shape is not Shape.COUNT or not isinstance(over, OverTable):
        return None
    if measure.code not in asked.counts.doubtful:
        return None
    first = asked.counts.presence[over.table].first.get(over.on or over.begins)
    if first is None or window.until >= first:
        return None
    return without(Outcome.NO_DATA, f"the records of {over.table} begin on {first}")
