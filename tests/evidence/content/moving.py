"""Take every measure of an agency again and again, with some rows changed; statements are compiled once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import ibis.expr.operations as ops

from closeout.duties.compile.holders import PAST_OFFICERS, PAST_OFFICES, past_officers, past_offices
from closeout.duties.integrity import RULES, run_integrity
from closeout.evidence.measures.declared import OverSource, Source
from closeout.evidence.measures.run_counts import count_all
from closeout.evidence.measures.special_current import current_figure, look_at_current
from closeout.evidence.measures.special_findings import Finding, Findings, findings_figure
from closeout.evidence.measures.special_partners import coverage_figure, look_at_inspections
from closeout.evidence.measures.special_verdicts import (
    funnel_figure,
    look_at_facilities,
    look_at_standards,
    look_at_visits,
    standards_figure,
    visits_figure,
)
from closeout.records.snapshot import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    import pyarrow as pa

    from closeout.duties.clauses import Pack
    from closeout.evidence.measures.measure import Measure
    from closeout.evidence.measures.run_tally import Tallies

PAST = {PAST_OFFICES: past_offices, PAST_OFFICERS: past_officers}
NOT_TAKEN = ("comparison", "recommendations", "site", "staffing")
"""Sources that no planted defect is about, or that are no records; `test_special_*` holds them.

Staffing takes longer to work out than all others: `test_staffing_defects` holds it.
"""


@dataclass(slots=True)
class Statement:
    """A compiled statement, the tables that it reads, and what it gave over the agency as it is."""

    run: Callable[[], pa.Table]
    reads: frozenset[str]
    base: pa.Table


def statement(engine: Any, expression: Any) -> Statement:
    found = expression.op().find(ops.DatabaseTable)
    run = engine.prepare(expression)
    return Statement(run, frozenset(one.name for one in found), run())


class Recorder:
    """Stands for an engine while measures are compiled: keeps each statement, and gives its rows.

    Only what is asked at once at first is kept: what follows asks about what was found.
    """

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.kept: list[Statement] = []

    def statements(self, expressions: Iterable[Any]) -> Iterator[tuple[str, pa.Table]]:
        if self.kept:
            yield from self.engine.statements(expressions)
            return
        for expression in expressions:
            self.kept.append(statement(self.engine, expression))
            yield "", self.kept[-1].base

    def sql(self, _expression: Any) -> str:
        return ""


@dataclass(slots=True)
class Replay:
    """Stands for an engine afterwards: runs a statement again where a table it reads has changed.

    What is asked beyond the statements that were kept is run by the engine itself.
    """

    kept: list[Statement]
    changed: set[str]
    engine: Any
    is_over: bool = False

    def statements(self, expressions: Iterable[Any]) -> Iterator[tuple[str, pa.Table]]:
        if self.is_over:
            yield from self.engine.statements(expressions)
            return
        self.is_over = True
        for one in self.kept:
            yield "", one.run() if one.reads & self.changed else one.base

    def sql(self, _expression: Any) -> str:
        return ""


@dataclass(slots=True)
class Agency:
    """An agency in memory, with all measures of a pack compiled over it."""

    engine: Any
    pack: Pack
    measures: tuple[Measure, ...]
    as_of: date
    rows: dict[str, pa.Table]
    tables: dict[str, Any] = field(default_factory=dict)
    counting: list[Statement] = field(default_factory=list)
    checking: dict[str, Statement] = field(default_factory=dict)
    past: dict[str, Statement] = field(default_factory=dict)
    base: dict[str, Any] = field(default_factory=dict)

    def prepare(self) -> Agency:
        """Compile everything once, and take every measure as the agency is."""
        for name, rows in self.rows.items():
            self.tables[name] = self.engine.from_arrow(name, rows)
        for name, made in PAST.items():
            self.past[name] = statement(self.engine, made(self.tables))
            self.tables[name] = self.engine.from_arrow(name, self.past[name].base)
        recorder = Recorder(self.engine)
        count_all(recorder, self.tables, self.pack, self.measures, self.as_of)
        self.counting = recorder.kept
        for rule, found in run_integrity(self.tables, self.as_of):
            grouped = found.group_by("office_id", "since_on").agg(rows=found.count().cast("int64"))
            self.checking[rule.name] = statement(self.engine, grouped)
        self.base = self.taken(set())
        return self

    def moved(self, changes: Mapping[str, pa.Table]) -> set[str]:
        """Return the codes of the measures that other rows of some tables move."""
        for name, rows in changes.items():
            self.engine.refill(name, rows.select(arrow_schema(name).names).cast(arrow_schema(name)))
        changed = set(changes)
        for name, one in self.past.items():
            if one.reads & changed:
                self.engine.refill(name, one.run())
                changed.add(name)
        try:
            now = self.taken(changed)
        finally:
            for name in changed - set(self.past):
                self.engine.refill(name, self.rows[name])
            for name in changed & set(self.past):
                self.engine.refill(name, self.past[name].base)
        return {code for code, figure in now.items() if figure != self.base[code]}

    def taken(self, changed: set[str]) -> dict[str, Any]:
        """Return the counts behind each measure; of those that no changed table matters for, as they were."""
        counts = None
        if not changed or any(one.reads & changed for one in self.counting):
            kept = Replay(self.counting, changed, self.engine)
            counts = count_all(kept, self.tables, self.pack, self.measures, self.as_of)
        findings = self.findings(changed)
        found = dict(self.base)
        for measure in self.measures:
            over = measure.over
            if changed and not isinstance(over, OverSource) and not changed & {*measure.reads, *PAST}:
                continue
            if isinstance(over, OverSource):
                if over.source.value not in NOT_TAKEN:
                    found[measure.code] = self.special(measure, over, findings, changed)
            elif counts is not None:
                found[measure.code] = counted(counts.tallies[measure.code])
        return found

    def findings(self, changed: set[str]) -> Findings:
        """Return what the integrity checks find."""
        found = []
        for name, one in self.checking.items():
            rows = one.run() if one.reads & changed else one.base
            found += [
                Finding(name, row["office_id"], row["since_on"], row["rows"]) for row in rows.to_pylist()
            ]
        return Findings(tuple(found), frozenset(RULES), {})

    def special(self, measure: Measure, over: OverSource, findings: Findings, changed: set[str]) -> Any:
        """Return the figure of a measure that no query gives."""
        if over.source is Source.INTEGRITY:
            return findings_figure(measure, findings, self.as_of)
        if changed and not changed & {*measure.reads, *_VERDICTS}:
            return self.base[measure.code]
        if over.source is Source.PROJECTION:
            clauses = [self.pack.clause(duty) for duty in over.duties]
            seen = look_at_inspections(self.engine, self.tables, clauses, self.as_of, self.pack.holidays)
            return coverage_figure(seen)
        return self.of_verdicts(measure, over)

    def of_verdicts(self, measure: Measure, over: OverSource) -> Any:
        """Return the figure of a measure that looks at trainings, standards or facilities."""
        if over.source is Source.TRAINING:
            return current_figure(look_at_current(self.engine, self.tables, self.as_of))
        if measure.code == "standards-not-assessed":
            return standards_figure(look_at_standards(self.engine, self.tables, self.as_of))
        if measure.code == "deficiencies-verified-at-next-visit":
            return visits_figure(look_at_visits(self.engine, self.tables, self.as_of))
        return funnel_figure(look_at_facilities(self.engine, self.tables, self.as_of))


_VERDICTS = (
    *("contracts", "contract_standards", "surveillance_events", "standard_assessments"),
    *("inspections", "deficiencies", "corrective_actions"),
    *("officers", "training_requirements", "training_assignments", "attendance", "training_sessions"),
)


def counted(tallies: Tallies) -> Any:
    """Return the counts of the newest period that a measure's figure is made of."""
    tally = tallies.periods[-1]
    return tally.numerator, tally.denominator, dict(tally.ended), dict(tally.still_open)
