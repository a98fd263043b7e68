"""Group 13: until when every partner will have been inspected, at the pace of the last year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from closeout.duties.clauses import OPEN_STATES
from closeout.duties.compile import instances, missing_tables
from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.statistics.intervals import poisson_exact

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause
    from closeout.engines import Engine

CYCLE_MONTHS = 24
PACE_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far inspections are from covering all, and when they would.

    Attributes:
        remaining: Subjects that were not inspected in the cycle.
        subjects: Subjects that are to be inspected.
        inspected: Inspections over `months`.
        months: How long they were counted over.

    """

    remaining: int
    subjects: int
    inspected: int
    months: float

    @property
    def pace(self) -> float:
        """Return the inspections a month, unrounded."""
        return self.inspected / self.months

    @property
    def months_left(self) -> float | None:
        """Return the months until the remaining ones are inspected at that pace; None without any pace."""
        return self.remaining / self.pace if self.inspected else None

    def pace_needed(self, cycle_months: int = CYCLE_MONTHS) -> float:
        """Return the inspections a month that cover all subjects once in a cycle of so many months."""
        return self.subjects / cycle_months


@dataclass(frozen=True, slots=True)
class Inspected:
    """Subjects of one office that owe an inspection, and inspections held there.

    Attributes:
        office_id: The office that owes them; None if the records do not say.
        subjects: How many there are.
        remaining: How many of them were not inspected in the last 24 months.
        held: Inspections in the last 12 months.

    """

    office_id: str | None
    subjects: int
    remaining: int
    held: int


def look_at_inspections(
    engine: Engine, tables: Mapping[str, ir.Table], clauses: Sequence[Clause], as_of: date, holidays: str
) -> tuple[Inspected, ...] | None:
    """Return how far inspections have come, by office.

    Args:
        engine: Where the tables are.
        tables: The tables by name.
        clauses: The duties to inspect; each subject owes under one of them.
        as_of: The day to stand on.
        holidays: The country whose holidays count.

    Returns:
        One entry an office; None where every clause lacks a table.

    """
    ready = [clause for clause in clauses if not missing_tables(clause, tables)]
    if not ready:
        return None
    cycle = as_of - relativedelta(months=CYCLE_MONTHS)
    year = as_of - relativedelta(months=PACE_MONTHS)
    totals: dict[str | None, list[int]] = {}
    for clause in ready:
        rows = instances(clause, tables, as_of=as_of, holidays=holidays)
        subjects = rows.group_by("subject").agg(
            office_id=rows.office_id.max(where=rows.state.isin([state.value for state in OPEN_STATES])),
            owes=rows.state.isin([state.value for state in OPEN_STATES]).any(),
            last_on=rows.done_on.max(),
            held=((rows.done_on > year) & (rows.done_on <= as_of)).sum(),
        )
        for row in engine.to_arrow(subjects).to_pylist():
            own = totals.setdefault(row["office_id"], [0, 0, 0])
            own[2] += int(row["held"] or 0)
            if row["owes"]:
                own[0] += 1
                own[1] += row["last_on"] is None or row["last_on"] <= cycle
    return tuple(Inspected(office, *totals[office]) for office in sorted(totals, key=str))


def coverage_of(inspected: Sequence[Inspected], office: str | None = None) -> Coverage:
    """Return the coverage of one office's subjects, or of all."""
    mine = [one for one in inspected if office is None or one.office_id == office]
    return Coverage(
        remaining=sum(one.remaining for one in mine),
        subjects=sum(one.subjects for one in mine),
        inspected=sum(one.held for one in mine),
        months=PACE_MONTHS,
    )


def coverage_figure(inspected: Sequence[Inspected] | None, office: str | None = None) -> Figure:
    """Return the months until all are inspected at the pace of the last year.

    Args:
        inspected: How far inspections have come; None where the tables are missing.
        office: The office; None for all.

    Returns:
        Months, with the interval that the exact Poisson interval of the pace gives: its upper end is not
        bounded where the pace may be as low as none.

    """
    if inspected is None:
        return without(Outcome.NO_DATA, "the records lack the tables of agreements or inspections")
    return projected(coverage_of(inspected, office))


def projected(coverage: Coverage) -> Figure:
    """Return the months left of a coverage as a figure: remaining / pace.

    Args:
        coverage: How far inspections are.

    """
    if not coverage.subjects:
        return without(Outcome.NO_DATA, "there is no agreement in force that owes an inspection")
    needed = f"to inspect all {coverage.subjects} every two years takes {coverage.pace_needed():.1f} a month"
    left = coverage.months_left
    if left is None:
        reason = f"no inspection was held in {coverage.months:g} months, so that there is no pace; {needed}"
        return without(Outcome.INSUFFICIENT_SAMPLE, reason, denominator=0)
    pace = poisson_exact(coverage.inspected, exposure=coverage.months)
    return Figure(
        Outcome.COMPUTED,
        left,
        low=coverage.remaining / pace.high if pace.high else 0.0,
        high=coverage.remaining / pace.low if pace.low else None,
        numerator=coverage.remaining,
        denominator=coverage.pace,
        level=pace.level,
        method=pace.method,
        reason=needed,
    )
