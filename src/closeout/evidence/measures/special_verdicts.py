"""Groups 16 and 17: standards without a verdict, facilities beyond the funnel, fixes seen at a next visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.measures.special_figures import counted
from closeout.evidence.statistics.acceptance import AqlVerdict
from closeout.evidence.statistics.funnel import Kind, Position, Unit, funnel
from closeout.evidence.statistics.standardize import Part, standardize
from closeout.evidence.verdicts.deficiencies import MONTHS
from closeout.evidence.verdicts.inspected import inspected
from closeout.evidence.verdicts.repeats import NextVisit, next_visit, verified_on
from closeout.evidence.verdicts.standards import standards

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.engines import Engine

STANDARDS = ("contracts", "contract_standards", "surveillance_events", "standard_assessments")
FUNNEL = ("inspections", "deficiencies")
VISITS = (*FUNNEL, "corrective_actions")
LEAST_FACILITIES = 10
"""With fewer facilities no spread between them can be told from chance."""
_A_YEAR = 12
_ON_RECORD = frozenset({"meets", "does_not_meet", "insufficient_sample"})
_SHOWN = frozenset({AqlVerdict.MEETS, AqlVerdict.DOES_NOT_MEET, AqlVerdict.INSUFFICIENT_SAMPLE})
_BEYOND = frozenset({Position.VERY_HIGH, Position.VERY_LOW})


@dataclass(frozen=True, slots=True)
class Standing:
    """One contract standard in its newest whole period.

    Attributes:
        standard_id: The standard.
        office_id: The office that owes the determination; None if the records do not say.
        period_from: The period's first day.
        shown: What the surveillance of the period allows to be said.
        recorded: The verdict on record; empty where there is none.

    """

    standard_id: str
    office_id: str | None
    period_from: date
    shown: AqlVerdict
    recorded: str

    @property
    def is_assessed(self) -> bool:
        """Say whether it was assessed: looked at in a way that allows a verdict, and one is on record.

        A verdict without a sample that allows one is none (systems G2), and neither is a sample of which
        nobody wrote down what it shows (G4).
        """
        return self.shown in _SHOWN and self.recorded in _ON_RECORD


def look_at_standards(
    engine: Engine, tables: Mapping[str, ir.Table], as_of: date
) -> tuple[Standing, ...] | None:
    """Return each standard of a running contract in its newest whole period; None without the tables.

    Args:
        engine: Where the tables are.
        tables: The tables by name.
        as_of: The day to stand on. A standard that did not apply in its newest whole period is left out.

    """
    if any(name not in tables for name in STANDARDS):
        return None
    contracts = tables["contracts"].select("contract_id", "office_id")
    owners = {row["contract_id"]: row["office_id"] for row in engine.to_arrow(contracts).to_pylist()}
    rows = standards(engine, tables, as_of, months=_A_YEAR).rows
    return tuple(
        Standing(
            row.standard_id,
            row.office_id or owners.get(row.contract_id),
            row.newest.period_from,
            row.newest.result.verdict,
            row.newest.recorded,
        )
        for row in sorted(rows, key=lambda row: row.standard_id)
        if row.newest.result.verdict is not AqlVerdict.NOT_APPLICABLE
    )


def look_at_visits(engine: Engine, tables: Mapping[str, ir.Table], as_of: date) -> NextVisit | None:
    """Return how many deficiencies the next visit found verified and not again; None without the tables.

    Args:
        engine: Where the tables are.
        tables: The tables by name.
        as_of: The last day of the 24 months in which the next visit ended.

    """
    if any(name not in tables for name in VISITS):
        return None
    seen = verified_on(engine, tables, as_of)
    return next_visit(inspected(engine, tables, as_of), seen, since=_since(as_of))


def _since(as_of: date) -> date:
    return as_of - relativedelta(months=MONTHS) + timedelta(days=1)


def look_at_facilities(
    engine: Engine, tables: Mapping[str, ir.Table], as_of: date
) -> tuple[Part, ...] | None:
    """Return deficiencies and components assessed by facility, standards and kind; None without the tables.

    Args:
        engine: Where the tables are.
        tables: The tables by name.
        as_of: The last day of the 24 months in which inspections ended, as in the analysis of deficiencies.

    """
    if any(name not in tables for name in FUNNEL):
        return None
    rows = tables["inspections"]
    rows = rows.filter(rows.ended_on.between(_since(as_of), as_of), rows.components_assessed > 0)
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


def visits_figure(found: NextVisit | None) -> Figure:
    """Return the share of deficiencies that the next visit found verified and not again.

    Args:
        found: What was counted; None where the tables are missing.

    """
    if found is None:
        return without(Outcome.NO_DATA, f"the records lack {', '.join(VISITS)} or one of them")
    if found.share is None or found.interval is None:
        return without(Outcome.NO_DATA, "no facility with a deficiency was visited again", denominator=0)
    ends = found.interval
    return Figure(
        Outcome.COMPUTED,
        found.share,
        ends.low,
        ends.high,
        found.verified,
        found.followed,
        ends.level,
        ends.method,
        ends.note,
    )


def funnel_figure(parts: Sequence[Part] | None) -> Figure:
    """Return how many facilities lie beyond the 99.8 % limits, after indirect standardization.

    Args:
        parts: What was counted; None where the tables are missing.

    """
    if parts is None:
        return without(Outcome.NO_DATA, f"the records lack {' or '.join(FUNNEL)}")
    units = [Unit(one.unit, one.observed, one.expected) for one in standardize(parts) if one.expected > 0]
    if len(units) < LEAST_FACILITIES:
        reason = (
            f"{len(units)} facilities were inspected in {MONTHS} months; a funnel needs {LEAST_FACILITIES}"
        )
        return without(Outcome.INSUFFICIENT_SAMPLE, reason, denominator=len(units))
    made = funnel(units, kind=Kind.RATIO)
    beyond = sum(one.position in _BEYOND for one in made.placed)
    return counted(beyond, out_of=len(units), note=made.note)
