"""Groups 16 and 17: standards without a verdict, and facilities beyond the limits of the funnel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import ibis
from dateutil.relativedelta import relativedelta

from closeout.duties.integrity.oversight import MONTHS, last_period
from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.measures.special_figures import counted
from closeout.evidence.statistics.funnel import Kind, Position, Unit, funnel
from closeout.evidence.statistics.standardize import Part, standardize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir

    from closeout.engines import Engine

STANDARDS = ("contracts", "contract_standards", "standard_assessments")
FUNNEL = ("inspections", "deficiencies")
LEAST_FACILITIES = 10
"""With fewer facilities no spread between them can be told from chance."""
_ASSESSED = frozenset({"meets", "does_not_meet", "insufficient_sample", "not_applicable"})
_BEYOND = frozenset({Position.VERY_HIGH, Position.VERY_LOW})
_YEARS = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """One contract standard in its newest whole period.

    Attributes:
        standard_id: The standard.
        office_id: The office that owes the determination; None if the records do not say.
        period_from: The period's first day.
        verdict: The verdict on record; None where there is none.

    """

    standard_id: str
    office_id: str | None
    period_from: date
    verdict: str | None

    @property
    def is_assessed(self) -> bool:
        """Say whether somebody assessed it: `not_assessed` and no verdict at all are the same."""
        return self.verdict in _ASSESSED


def look_at_standards(
    engine: Engine, tables: Mapping[str, ir.Table], as_of: date
) -> tuple[Standing, ...] | None:
    """Return each standard of a running contract in its newest whole period; None without the tables.

    Args:
        engine: Where the tables are.
        tables: The tables by name.
        as_of: The day to stand on. A standard that began after its newest whole period did is left out.

    """
    if any(name not in tables for name in STANDARDS):
        return None
    contracts, standards = tables["contracts"], tables["contract_standards"]
    runs = (contracts.starts_on <= as_of) & (contracts.ends_on.isnull() | (contracts.ends_on >= as_of))
    owners = contracts.filter(runs).select("contract_id", contract_office="office_id")
    rows = standards.join(owners, "contract_id")
    rows = rows.select(
        "standard_id", "frequency", "starts_on", office=ibis.coalesce(rows.office_id, rows.contract_office)
    )
    said = tables["standard_assessments"].select("standard_id", "period_from", "verdict")
    listed, verdicts = engine.results([rows, said])
    on_record = {(row["standard_id"], row["period_from"]): row["verdict"] for row in verdicts.to_pylist()}
    found = []
    for row in sorted(listed.to_pylist(), key=lambda row: str(row["standard_id"])):
        first, _ = last_period(as_of, MONTHS[row["frequency"]])
        if row["starts_on"] <= first:
            verdict = on_record.get((row["standard_id"], first))
            found.append(Standing(row["standard_id"], row["office"], first, verdict))
    return tuple(found)


def look_at_facilities(
    engine: Engine, tables: Mapping[str, ir.Table], as_of: date
) -> tuple[Part, ...] | None:
    """Return deficiencies and components assessed by facility, standards and kind; None without the tables.

    Args:
        engine: Where the tables are.
        tables: The tables by name.
        as_of: The last day of the 12 months in which inspections ended.

    """
    if any(name not in tables for name in FUNNEL):
        return None
    since = as_of - relativedelta(years=_YEARS) + timedelta(days=1)
    rows = tables["inspections"]
    rows = rows.filter(rows.ended_on.between(since, as_of), rows.components_assessed > 0)
    cited = tables["deficiencies"]
    cited = cited.group_by("inspection_id").agg(cited=cited.count().cast("int64"))
    rows = rows.left_join(cited, "inspection_id")
    grouped = rows.group_by("facility_id", "standard_set_id", "kind").agg(
        cited=rows.cited.fill_null(0).sum().cast("int64"),
        assessed=rows.components_assessed.sum().cast("int64"),
    )
    return tuple(
        Part(row["facility_id"], (row["standard_set_id"], row["kind"]), row["cited"], row["assessed"])
        for row in engine.to_arrow(grouped).to_pylist()
    )


def standards_figure(standings: Sequence[Standing] | None, office: str | None = None) -> Figure:
    """Return how many standards nobody assessed in their newest whole period.

    Args:
        standings: The standards; None where the tables are missing.
        office: The office that owes the determinations; None for all.

    """
    if standings is None:
        return without(Outcome.NO_DATA, f"the records lack {', '.join(STANDARDS)} or one of them")
    mine = [one for one in standings if office is None or one.office_id == office]
    if not mine:
        return without(Outcome.NO_DATA, "no standard of a running contract has had a whole period")
    blank = sum(not one.is_assessed for one in mine)
    return counted(blank, out_of=len(mine), note=f"{len(mine) - blank} of {len(mine)} were assessed")


def funnel_figure(parts: Sequence[Part] | None) -> Figure:
    """Return how many facilities lie beyond the 99.8 % limits, after indirect standardization.

    Args:
        parts: What was counted; None where the tables are missing.

    """
    if parts is None:
        return without(Outcome.NO_DATA, f"the records lack {' or '.join(FUNNEL)}")
    units = [Unit(one.unit, one.observed, one.expected) for one in standardize(parts) if one.expected > 0]
    if len(units) < LEAST_FACILITIES:
        reason = f"{len(units)} facilities were inspected in 12 months; a funnel needs {LEAST_FACILITIES}"
        return without(Outcome.INSUFFICIENT_SAMPLE, reason, denominator=len(units))
    made = funnel(units, kind=Kind.RATIO)
    beyond = sum(one.position in _BEYOND for one in made.placed)
    return counted(beyond, out_of=len(units), note=made.note)
