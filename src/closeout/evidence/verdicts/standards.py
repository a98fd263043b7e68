"""The standards of a contract by period: a matrix without a blank (systems G1-G4)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from closeout.evidence.statistics.acceptance import (
    Acceptance,
    AqlVerdict,
    Method,
    Sample,
    acceptance,
    defect_share,
    pooled,
)
from closeout.evidence.statistics.charts import Chart, Observation, p_chart
from closeout.evidence.statistics.trend import Trend, trend, with_many
from closeout.evidence.verdicts.discrepancies import Discrepancies, discrepancies_by_standard
from closeout.evidence.verdicts.plain import as_plain
from closeout.evidence.verdicts.reading import known, need, period_starts, rows_of
from closeout.evidence.verdicts.standards_words import (
    cannot_conclude,
    disagreement,
    is_not_established,
)
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir

    from closeout.engines import Engine

MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
LOOK_BACK = 24
"""Months of whole periods that the matrix goes back."""
_EVENTS = (
    "event_id",
    "standard_id",
    "observed_on",
    "method",
    "lot",
    "sampled",
    "defects",
    "inference_allowed",
)
_STANDARDS = (
    "standard_id",
    "contract_id",
    "office_id",
    "number",
    "indicator",
    "aql",
    "direction",
    "method",
    "frequency",
    "is_placeholder",
    "starts_on",
)
_RECORD = (
    "assessment_id",
    "standard_id",
    "period_from",
    "period_to",
    "verdict",
    "state",
    "signed_on",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One standard in one period of its own.

    Attributes:
        period_from, period_to: The period's first and last day.
        result: What the surveillance shows.
        recorded: The verdict on record as of the day; empty where none is.
        is_signed: Whether that one is signed.
        events: How many acts of surveillance there were, those without inference included.
        disagrees: How the record and the surveillance differ, a sentence; empty where they do not.

    """

    period_from: date
    period_to: date
    result: Acceptance
    recorded: str = ""
    is_signed: bool = False
    events: int = 0
    disagrees: str = ""


@dataclass(frozen=True, slots=True)
class StandardRow:
    """A standard with its cells, oldest first."""

    standard_id: str
    contract_id: str
    office_id: str | None
    number: int
    indicator: str
    is_placeholder: bool
    aql: float | None
    """The largest acceptable share of defects, 0-1, whichever way the contract writes it."""
    method: str
    frequency: str
    cells: tuple[Cell, ...]
    trend: Trend
    """Of the share of defects over the periods in which the surveillance allowed one."""
    discrepancies: Discrepancies

    @property
    def newest(self) -> Cell:
        """Return the newest whole period's cell."""
        return self.cells[-1]

    def chart(self) -> Chart:
        """Return a p-chart of the share of defects, over the periods whose surveillance allows one."""
        return p_chart(
            [
                Observation(cell.period_to.isoformat(), cell.result.defects, cell.result.sampled)
                for cell in self.cells
                if cell.result.estimate is not None
            ]
        )


@dataclass(frozen=True, slots=True)
class Standards:
    """The matrix and what it says.

    Attributes:
        as_of: The day it stands on.
        since: The first day of the oldest period.
        rows: In the order of contract and number.
        counts: How many cells of the newest whole periods have each verdict; zeros included.
        disagreements: Where the record says the opposite of what the surveillance shows, or says something
            where it shows nothing; a sentence each.
        not_established: How many verdicts on record rest on a sample too small to establish them.
        cannot: What cannot be concluded, a sentence each.

    """

    as_of: date
    since: date
    rows: tuple[StandardRow, ...]
    counts: Mapping[str, int]
    disagreements: tuple[str, ...]
    not_established: int
    cannot: tuple[str, ...]

    def matrix(self) -> tuple[tuple[date, ...], tuple[tuple[Cell, ...], ...]]:
        """Return the months of the finest grid by their last days, and a row of cells for each standard.

        A month in which no period of the standard ends is not applicable, and says when it does end: no cell
        is blank.
        """
        ends = sorted({cell.period_to for row in self.rows for cell in row.cells})
        return tuple(ends), tuple(tuple(_at(row, end) for end in ends) for row in self.rows)

    def plain(self) -> dict[str, Any]:
        """Return it as JSON takes it."""
        made: dict[str, Any] = as_plain(self)
        return made


def standards(
    engine: Engine, tables: Mapping[str, ir.Table], as_of: date, *, months: int = LOOK_BACK
) -> Standards:
    """Return every standard of every contract in each whole period of its own.

    Args:
        engine: Where the tables are.
        tables: The tables by name; `contract_standards` is needed, what others lack is not assessed.
        as_of: The day to stand on: what came later is not known.
        months: How far back the periods go; at least 12.

    Raises:
        LacksTablesError: There is no `contract_standards`.

    """
    need(tables, ["contract_standards"])
    runs = {
        row["contract_id"]: (row["starts_on"], row["ends_on"])
        for row in rows_of(engine, tables, "contracts", ["contract_id", "starts_on", "ends_on"])
    }
    acts = rows_of(engine, tables, "surveillance_events", _EVENTS)
    events = _by_standard(acts)
    said = _by_standard(rows_of(engine, tables, "standard_assessments", _RECORD))
    found = discrepancies_by_standard(engine, tables, as_of)
    listed = rows_of(engine, tables, "contract_standards", _STANDARDS)
    made = [
        _row(one, runs, events[one["standard_id"]], said[one["standard_id"]], found, as_of, months)
        for one in sorted(listed, key=lambda one: (one["contract_id"], one["number"]))
    ]
    trends = with_many([row.trend for row in made])
    rows = tuple(replace(row, trend=one) for row, one in zip(made, trends, strict=True))
    newest = Counter(row.newest.result.verdict for row in rows)
    since = min((row.cells[0].period_from for row in rows), default=as_of)
    return Standards(
        as_of,
        since,
        rows,
        {verdict.value: newest[verdict] for verdict in AqlVerdict},
        tuple(cell.disagrees for row in rows for cell in row.cells if cell.disagrees),
        sum(is_not_established(cell.result, cell.recorded) for row in rows for cell in row.cells),
        cannot_conclude(
            rows,
            has_events="surveillance_events" in tables,
            impossible=sum(not is_possible(row) for row in acts),
        ),
    )


def _by_standard(rows: list[dict[str, Any]]) -> defaultdict[str, list[dict[str, Any]]]:
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["standard_id"]].append(row)
    return found


def _row(
    one: Mapping[str, Any],
    runs: Mapping[str, tuple[date, date | None]],
    events: Sequence[Mapping[str, Any]],
    said: Sequence[Mapping[str, Any]],
    found: Mapping[str, Discrepancies],
    as_of: date,
    months: int,
) -> StandardRow:
    length = MONTHS[one["frequency"]]
    starts = period_starts(as_of, length, max(1, months // length))
    begins, ends = runs.get(one["contract_id"], (one["starts_on"], None))
    record = {row["period_from"]: row for row in said}
    aql = None if one["aql"] is None else defect_share(one["aql"], one["direction"])
    cells = []
    for first, after in pairwise(starts):
        last = after - timedelta(days=1)
        is_running = max(begins, one["starts_on"]) <= first and (ends is None or ends >= last)
        seen = [event for event in events if first <= event["observed_on"] <= last]
        cells.append(
            _cell(
                one["standard_id"], (first, last), seen, record.get(first), aql, as_of, is_running=is_running
            )
        )
    shares = [cell.result.estimate for cell in cells if cell.result.estimate is not None]
    return StandardRow(
        one["standard_id"],
        one["contract_id"],
        one["office_id"],
        one["number"],
        one["indicator"],
        one["is_placeholder"],
        aql,
        one["method"],
        one["frequency"],
        tuple(cells),
        trend(shares),
        found.get(one["standard_id"], Discrepancies()),
    )


def _cell(
    standard_id: str,
    period: tuple[date, date],
    seen: Sequence[Mapping[str, Any]],
    record: Mapping[str, Any] | None,
    aql: float | None,
    as_of: date,
    *,
    is_running: bool,
) -> Cell:
    samples = [_sample(row) for row in seen if is_possible(row)]
    sample, left_out = pooled(samples)
    recorded = record["verdict"] if record is not None else ""
    is_signed = record is not None and known(record["signed_on"], as_of) is not None
    # Where somebody looked, the standard applied, whatever the dates of the contract say.
    applies = bool(samples) or (is_running and recorded != AqlVerdict.NOT_APPLICABLE)
    result = acceptance(sample, aql=aql, is_applicable=applies)
    if left_out and result.estimate is not None:
        acts = counted(len(left_out), "other act of surveillance allows", "other acts of surveillance allow")
        result = replace(result, reason=f"{result.reason} {acts} no conclusion.")
    return Cell(
        *period,
        result,
        recorded,
        is_signed,
        len(samples),
        disagreement(standard_id, period, result, recorded),
    )


def _sample(row: Mapping[str, Any]) -> Sample:
    return Sample(row["sampled"], row["defects"], Method(row["method"]), row["lot"], row["inference_allowed"])


def is_possible(row: Mapping[str, Any]) -> bool:
    """Return whether an act of surveillance has counts that can be: defects <= looked at <= lot."""
    return bool(row["defects"] <= row["sampled"] and (row["lot"] is None or row["sampled"] <= row["lot"]))


def _at(row: StandardRow, end: date) -> Cell:
    """Return the cell whose period ends on a day, or one that says when the next does."""
    for cell in row.cells:
        if cell.period_to >= end:
            if cell.period_to == end:
                return cell
            why = f"Assessed {row.frequency}: the period ends on {cell.period_to}."
            break
    else:
        why = f"Assessed {row.frequency}: no whole period ends after {row.newest.period_to}."
    return Cell(end.replace(day=1), end, Acceptance(AqlVerdict.NOT_APPLICABLE, row.aql, reason=why))
