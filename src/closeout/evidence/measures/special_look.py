"""What the measures that no query gives need from the records, looked up in one pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.duties.integrity import RULES
from closeout.evidence.measures.declared import OverSource, Source
from closeout.evidence.measures.special_current import Current, look_at_current
from closeout.evidence.measures.special_findings import Findings, look_for_findings, rules_of
from closeout.evidence.measures.special_partners import Inspected, look_at_inspections
from closeout.evidence.measures.special_site import Leak, look_for_leaks
from closeout.evidence.measures.special_training import BeforeAfter, look_around_sessions
from closeout.evidence.measures.special_verdicts import (
    Standing,
    look_at_facilities,
    look_at_standards,
    look_at_visits,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause, Pack
    from closeout.engines import Engine
    from closeout.evidence.measures.measure import Measure
    from closeout.evidence.statistics.standardize import Part
    from closeout.evidence.verdicts.repeats import NextVisit


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked up in the records.

    Attributes:
        offices: Codes of the offices, in order.
        findings: What the integrity checks found.
        standards: Contract standards in their newest period; None without the tables.
        facilities: Deficiencies and components by facility; None without the tables.
        visits: What the next inspections of facilities showed; None without the tables.
        current: Required and current trainings by office; None without the tables.
        inspected: How far inspections of partners have come; None without the tables.
        around: Duties before and after trainings; None without the tables.
        leaks: Words that identify a person; None where no table has words.
        stands_on: The day the records stand on; None if not known.

    """

    offices: tuple[str, ...]
    findings: Findings
    standards: tuple[Standing, ...] | None = None
    facilities: tuple[Part, ...] | None = None
    inspected: tuple[Inspected, ...] | None = None
    around: tuple[BeforeAfter, ...] | None = None
    leaks: tuple[Leak, ...] | None = None
    stands_on: date | None = None
    visits: NextVisit | None = None
    current: tuple[Current, ...] | None = None


def look(
    engine: Engine,
    tables: Mapping[str, ir.Table],
    pack: Pack,
    measures: Sequence[Measure],
    as_of: date,
    *,
    stands_on: date | None = None,
    told: Callable[[str], None] = lambda _said: None,
) -> Found:
    """Return what the measures that no query gives need from the records.

    Only what some measure asks for is looked up.

    Args:
        engine: Where the tables are.
        tables: The tables by name, as an engine has them.
        pack: The pack that the measures are of.
        measures: The measures; those with a query of their own are passed over.
        as_of: The day to stand on.
        stands_on: The day the records stand on, as their manifest says; None if not known.
        told: Is told what is being looked up.

    """
    wanted = {one.source for measure in measures if isinstance(one := measure.over, OverSource)}
    told("integrity checks")
    findings = look_for_findings(engine, tables, as_of, _rules(measures))
    told("contracts, facilities, partners and trainings")
    verdicts = Source.VERDICTS in wanted
    projected = _clauses(pack, measures, Source.PROJECTION)
    compared = _clauses(pack, measures, Source.COMPARISON)
    return Found(
        offices=_offices(engine, tables),
        findings=findings,
        standards=look_at_standards(engine, tables, as_of) if verdicts else None,
        facilities=look_at_facilities(engine, tables, as_of) if verdicts else None,
        inspected=look_at_inspections(engine, tables, projected, as_of, pack.holidays) if projected else None,
        around=look_around_sessions(engine, tables, compared, as_of, pack.holidays) if compared else None,
        leaks=look_for_leaks(engine, tables) if Source.SITE in wanted else None,
        stands_on=stands_on,
        visits=look_at_visits(engine, tables, as_of) if verdicts else None,
        current=look_at_current(engine, tables, as_of) if Source.TRAINING in wanted else None,
    )


def _rules(measures: Sequence[Measure]) -> list[str]:
    """Return the integrity rules that some measure asks for."""
    asked = {
        rule
        for measure in measures
        if isinstance(measure.over, OverSource) and measure.over.source is Source.INTEGRITY
        for rule in rules_of(measure)
    }
    return [name for name in RULES if name in asked]


def _clauses(pack: Pack, measures: Sequence[Measure], source: Source) -> list[Clause]:
    """Return the clauses that measures of one source are about, each once."""
    duties = {
        duty
        for measure in measures
        if isinstance(measure.over, OverSource) and measure.over.source is source
        for duty in measure.over.duties
    }
    return [clause for clause in pack.clauses if clause.duty in duties]


def _offices(engine: Engine, tables: Mapping[str, ir.Table]) -> tuple[str, ...]:
    if "offices" not in tables:
        return ()
    codes = engine.to_arrow(tables["offices"].select("office_id")).column(0).to_pylist()
    return tuple(sorted(str(code) for code in codes))
