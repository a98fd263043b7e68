"""What inspections found: across facilities, within each, over time, and what came of it (G5-G6)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta

from closeout.evidence.statistics.charts import Chart, Observation, Step, u_chart
from closeout.evidence.statistics.funnel import Funnel, Kind, Placed, Unit, funnel
from closeout.evidence.statistics.standardize import Standardized, standardize
from closeout.evidence.statistics.trend import Trend, trend, with_many
from closeout.evidence.verdicts.deficiencies_words import cannot_conclude, signals
from closeout.evidence.verdicts.inspected import Inspected, by_facility, inspected
from closeout.evidence.verdicts.plain import as_plain
from closeout.evidence.verdicts.ratings import RatingWords, ratings
from closeout.evidence.verdicts.reading import fiscal_quarter, fiscal_year, need
from closeout.evidence.verdicts.repeats import Repeats, Verified, repeats, verified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.engines import Engine

MONTHS = 24
"""The comparison across facilities is of inspections that ended in so many months."""
_YEAR_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class FacilityFigures:
    """One facility.

    Attributes:
        facility_id: Its code.
        label: What it is called; empty if not known.
        area: Its office or published area; empty if not known.
        inspections: How many there are on record, of all years.
        with_exposure: How many of them say how many components were assessed.
        standardized: Observed and expected in the comparison's months; None without exposure there.
        placed: Where it lies in the funnel; None without exposure there.
        chart: Deficiencies per component at each inspection; a change of standards makes limits anew.
        trend: Of deficiencies per component over its inspections, after allowing for all facilities.

    """

    facility_id: str
    label: str
    area: str
    inspections: int
    with_exposure: int
    standardized: Standardized | None
    placed: Placed | None
    chart: Chart
    trend: Trend


@dataclass(frozen=True, slots=True)
class Quarter:
    """All facilities in one fiscal quarter."""

    quarter: str
    inspections: int
    with_exposure: int
    components: int
    deficiencies: int
    """Of inspections with an exposure."""

    @property
    def rate(self) -> float | None:
        """Return deficiencies per component; None where nothing was assessed."""
        return self.deficiencies / self.components if self.components else None


@dataclass(frozen=True, slots=True)
class Year:
    """How many inspections of one kind ended in one fiscal year, and how many deficiencies are on record."""

    fiscal_year: int
    kind: str
    inspections: int
    with_exposure: int
    deficiencies: int


@dataclass(frozen=True, slots=True)
class DeficiencyAnalysis:
    """The analysis of deficiencies.

    Attributes:
        as_of: The day it stands on.
        since: The first day of the comparison across facilities.
        inspections: How many are on record.
        deficiencies: How many are on record.
        with_exposure: How many inspections say how many components were assessed.
        facilities: In the order of their codes, never of a figure.
        funnel: Across facilities; None where none has exposure in the comparison's months.
        areas: The same across areas; None where no area is known.
        quarters: All facilities by fiscal quarter, oldest first.
        trend: Of all facilities' rate over the quarters.
        repeats: How many come back.
        verified: How long until a fix is verified.
        ratings: Which words stood for what.
        years: By fiscal year and kind.
        signals: What stands out, a sentence each, in the order of codes.
        cannot: What cannot be concluded, a sentence each.

    """

    as_of: date
    since: date
    inspections: int
    deficiencies: int
    with_exposure: int
    facilities: tuple[FacilityFigures, ...]
    funnel: Funnel | None
    areas: Funnel | None
    quarters: tuple[Quarter, ...]
    trend: Trend
    repeats: Repeats
    verified: Verified
    ratings: tuple[RatingWords, ...]
    years: tuple[Year, ...]
    signals: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return it as JSON takes it."""
        made: dict[str, Any] = as_plain(self)
        return made


def deficiencies(
    engine: Engine, tables: Mapping[str, ir.Table], as_of: date, *, months: int = MONTHS
) -> DeficiencyAnalysis:
    """Return what the inspections on record show on a day.

    Args:
        engine: Where the tables are.
        tables: The tables by name; `inspections` is needed, what others lack is said.
        as_of: The day to stand on.
        months: How many months before it the comparison across facilities takes in.

    Raises:
        LacksTablesError: There is no `inspections`.

    """
    need(tables, ["inspections"])
    everything = inspected(engine, tables, as_of)
    since = as_of - relativedelta(months=months) + relativedelta(days=1)
    recent = [one for one in everything if one.ended_on >= since and one.has_exposure]
    standardized = standardize(one.part(one.facility_id) for one in recent)
    across = _funnel(standardized)
    quarters = _quarters(everything)
    rates = [one.rate for one in quarters if one.rate is not None]
    made = DeficiencyAnalysis(
        as_of,
        since,
        len(everything),
        sum(len(one.found) for one in everything),
        sum(one.has_exposure for one in everything),
        _facilities(everything, standardized, across),
        across,
        _funnel(standardize(one.part(one.area) for one in recent if one.area)),
        quarters,
        trend(rates),
        repeats(everything),
        verified(engine, tables, everything, as_of),
        ratings(everything),
        _years(everything),
    )
    return replace(made, signals=signals(made), cannot=cannot_conclude(made, everything, tables))


def _funnel(standardized: Sequence[Standardized]) -> Funnel | None:
    units = [Unit(one.unit, one.observed, one.expected) for one in standardized if one.expected > 0]
    return funnel(units, kind=Kind.RATIO) if units else None


def _facilities(
    everything: Sequence[Inspected], standardized: Sequence[Standardized], across: Funnel | None
) -> tuple[FacilityFigures, ...]:
    expected = {one.unit: one for one in standardized}
    placed = {one.unit.name: one for one in across.placed} if across else {}
    made = [
        FacilityFigures(
            facility,
            rows[-1].label,
            rows[-1].area,
            len(rows),
            sum(one.has_exposure for one in rows),
            expected.get(facility),
            placed.get(facility),
            _chart(rows),
            _trend(rows),
        )
        for facility, rows in by_facility(everything).items()
    ]
    trends = with_many([one.trend for one in made])
    return tuple(replace(one, trend=adjusted) for one, adjusted in zip(made, trends, strict=True))


def _chart(rows: Sequence[Inspected]) -> Chart:
    """Return a u-chart of a facility's inspections; another set of standards is a named step."""
    kept = [one for one in rows if one.has_exposure]
    steps = [
        Step(place, f"assessed by {kept[place].standard_set} from here on")
        for place in range(1, len(kept))
        if kept[place].standard_set != kept[place - 1].standard_set
    ]
    observations = [
        Observation(one.ended_on.isoformat(), len(one.found), one.components or 0) for one in kept
    ]
    return u_chart(observations, steps=steps)


def _trend(rows: Sequence[Inspected]) -> Trend:
    """Return the trend of a facility's rate a year, over days of inspection by its newest standards."""
    kept = [one for one in rows if one.has_exposure and one.standard_set == rows[-1].standard_set]
    cited: Counter[date] = Counter()
    components: Counter[date] = Counter()
    for one in kept:
        cited[one.ended_on] += len(one.found)
        components[one.ended_on] += one.components or 0
    days = sorted(components)
    return trend(
        [cited[day] / components[day] for day in days], times=[day.toordinal() / _YEAR_DAYS for day in days]
    )


def _quarters(everything: Sequence[Inspected]) -> tuple[Quarter, ...]:
    grouped: dict[str, list[Inspected]] = defaultdict(list)
    for one in everything:
        grouped[fiscal_quarter(one.ended_on)].append(one)
    return tuple(
        Quarter(
            quarter,
            len(rows),
            sum(one.has_exposure for one in rows),
            sum(one.components or 0 for one in rows),
            sum(len(one.found) for one in rows if one.has_exposure),
        )
        for quarter, rows in sorted(grouped.items())
    )


def _years(everything: Sequence[Inspected]) -> tuple[Year, ...]:
    totals = Counter((fiscal_year(one.ended_on), one.kind) for one in everything)
    exposed = Counter((fiscal_year(one.ended_on), one.kind) for one in everything if one.has_exposure)
    cited: Counter[tuple[int, str]] = Counter()
    for one in everything:
        cited[fiscal_year(one.ended_on), one.kind] += len(one.found)
    return tuple(Year(*key, totals[key], exposed[key], cited[key]) for key in sorted(totals))
