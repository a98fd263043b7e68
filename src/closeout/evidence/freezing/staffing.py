"""Demand, hours, need and gap by office, as a result to freeze."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from closeout.evidence.freezing.frozen import Answer, FrozenError, Kind
from closeout.evidence.freezing.narrowing import narrowed_to
from closeout.evidence.freezing.offices import offices_to_withhold
from closeout.evidence.measures.declared import OverSource, Source
from closeout.evidence.measures.read_staffing import tables_of_staffing
from closeout.evidence.suppression import NOT_SHOWN, THRESHOLD
from closeout.evidence.suppression.beside import ByOffice
from closeout.workload.parameters import Parameters
from closeout.workload.weights import Kind as Weighing

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping
    from datetime import date

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.evidence.measures.measure import Measure
    from closeout.records.snapshot import Snapshot
    from closeout.workload.figures import Need, Staffing

STAFFING = "staffing"
SEED = 7
_DIGITS = 6
_OF_STAFF = (
    "paid_hours",
    "hours_available",
    "utilization",
    "band",
    "staff_fte",
    "gap_fte",
    "pressure",
    "probability_short",
)
"""Figures from which the number of officers can be worked out."""
_OF_WORK = (
    "owed",
    "done",
    "coverage",
    "demand_hours",
    "utilization",
    "band",
    "need_fte",
    "gap_fte",
    "pressure",
    "posts",
    "probability_short",
)
"""Figures from which the number of duties can be worked out."""
CASES, OFFICERS, OWED, DONE = "cases of offices", "officers of offices", "duties owed", "duties done"
_HIDES = {CASES: ("cases",), OFFICERS: _OF_STAFF, OWED: _OF_WORK, DONE: _OF_WORK}
"""What is not shown of an office where one of its counts is not."""
_FIGURES = (
    "cases",
    "owed",
    "done",
    "coverage",
    "demand_hours",
    "paid_hours",
    "hours_available",
    "utilization",
    "band",
    "need_fte",
    "staff_fte",
    "gap_fte",
    "pressure",
    "posts",
    "probability_short",
)
_INTERVALS = ("demand_hours", "utilization", "need_fte", "gap_fte", "pressure")
_DEFINITION = {
    "staffing": "demand = duties called for a month x minutes; need = demand over the hours of one officer "
    "for cases at the planned occupancy; gap = need less staff",
    "units": "hours a month; full-time officers; shares from 0 to 1",
}


@dataclass(frozen=True, slots=True)
class StaffingAsked:
    """A staffing run as it is asked for: its assumptions, and the draws behind its intervals."""

    parameters: Parameters = field(default_factory=Parameters)
    draws: int = 0
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Runs:
    """Staffing runs over one snapshot on one day: each is made once, however many results rest on it."""

    engine: Engine
    snapshot: Snapshot
    pack: Pack
    as_of: date
    told: Callable[[str], None] = lambda _said: None
    _made: dict[StaffingAsked, Staffing] = field(default_factory=dict)

    def of(self, asked: StaffingAsked) -> Staffing:
        """Return the run under some assumptions.

        Raises:
            EngineError, ValueError, LookupError: What it stands on is missing or cannot be read.

        """
        from closeout.workload.staffing import work_out  # noqa: PLC0415 - Polars and numpy take their time

        if asked not in self._made:
            self._made[asked] = work_out(
                self.engine,
                narrowed_to(self.snapshot, tables_of_staffing(self.pack)),
                self.pack,
                self.as_of,
                asked.parameters,
                draws=asked.draws,
                seed=asked.seed,
                told=self.told,
            )
        return self._made[asked]

    def measured(self, measures: Iterable[Measure]) -> Staffing | None:
        """Return the run that measures of staffing rest on.

        None where no measure is one, and where the records do not allow a run.
        """
        if not any(
            isinstance(one.over, OverSource) and one.over.source is Source.STAFFING for one in measures
        ):
            return None
        try:
            return self.of(StaffingAsked())
        except (LookupError, ValueError):
            return None


def answer_of_staffing(
    made: Staffing,
    pack: Pack,
    asked: StaffingAsked,
    withheld: Mapping[str, Container[str | None]] | None = None,
) -> Answer:
    """Return a staffing run as a result to freeze.

    Args:
        made: The run, over a snapshot and as it was asked for.
        pack: The rules that it was worked out with.
        asked: Its assumptions and draws.
        withheld: As for `rows_of_staffing`.

    """
    return Answer(
        kind=Kind.STAFFING,
        code=STAFFING,
        title="Demand, hours, need and gap by office",
        definition=_DEFINITION,
        query="",
        parameters={
            "as_of": made.as_of,
            "pack": pack.name,
            "pack_digest": pack.digest,
            "assumptions": asked.parameters.plain(),
            "draws": asked.draws,
            "seed": asked.seed,
            "suppression": None if withheld is None else {"threshold": THRESHOLD},
        },
        keys=("office_id",),
        rows=tuple(rows_of_staffing(made, withheld)),
        reads=tables_of_staffing(pack),
    )


def asked_again(parameters: Mapping[str, Any]) -> StaffingAsked:
    """Return the run that a frozen result's parameters ask for.

    Raises:
        FrozenError: They are not those of a staffing run.

    """
    try:
        said = {name: _tupled(value) for name, value in parameters["assumptions"].items()}
        known = {one.name for one in fields(Parameters)}
        if unknown := sorted(said.keys() - known):
            msg = f"it assumes {', '.join(unknown)}, which this Closeout does not know"
            raise FrozenError(msg)
        made = Parameters(**said | {"kind": Weighing(said["kind"])})
        return StaffingAsked(made, int(parameters["draws"]), int(parameters["seed"]))
    except (KeyError, TypeError, AttributeError) as error:
        msg = f"it does not say what the staffing run assumed: {error}"
        raise FrozenError(msg) from error


def _tupled(value: Any) -> Any:  # noqa: ANN401 - whatever JSON has
    """Return a value of JSON with its lists as tuples."""
    return tuple(_tupled(one) for one in value) if isinstance(value, list) else value


def counts_of_staffing(made: Staffing) -> tuple[ByOffice, ...]:
    """Return the counts of cases, officers and duties that a run tells, by office and in total.

    Officers are whole ones, and duties those of all the run's months.
    """
    months = made.parameters.months
    counts: dict[str, dict[str | None, int]] = {
        CASES: {one.office_id: one.cases for one in made.offices},
        OFFICERS: {one.office_id: round(one.staff_fte) for one in made.offices},
        OWED: {one.office_id: round(one.owed * months) for one in made.offices},
        DONE: {one.office_id: round(one.done * months) for one in made.offices},
    }
    return tuple(ByOffice(name, _with_total(offices)) for name, offices in counts.items())


def rows_of_staffing(
    made: Staffing, withheld: Mapping[str, Container[str | None]] | None
) -> Iterator[dict[str, Any]]:
    """Yield the figures of the nation and of each office.

    Args:
        made: The run.
        withheld: By the name of each table of `counts_of_staffing` the offices whose counts are not shown,
            None among them for the nation, and with them whatever tells these; None: all are shown.

    """
    for one in (made.nation, *made.offices):
        gone = {
            name
            for table, names in _HIDES.items()
            if withheld is not None and one.office_id in withheld[table]
            for name in names
        }
        row = {
            name: NOT_SHOWN if name.partition(".")[0] in gone else value for name, value in _row(one).items()
        }
        flags = list(one.flags) if withheld is None else [flag.partition(":")[0] for flag in one.flags]
        yield row | {"flags": flags}


def withheld_as(rows: Iterable[Mapping[str, Any]]) -> dict[str, set[str | None]]:
    """Return the offices of which rows do not show some counts, by the name of each table of counts."""
    found: dict[str, set[str | None]] = {name: set() for name in _HIDES}
    for row in rows:
        for table, first in ((CASES, "cases"), (OFFICERS, "staff_fte"), (OWED, "owed")):
            if row.get(first) == NOT_SHOWN:
                found[table].add(row["office_id"])
    return found


def alone(tables: Iterable[ByOffice]) -> dict[str, frozenset[str | None]]:
    """Return the offices to withhold where nothing else is exported beside counts by office."""
    return {table.name: offices_to_withhold(table.offices) for table in tables}


def offices_of_few(staff: Mapping[str | None, float]) -> frozenset[str | None]:
    """Return the offices whose officers are few, and those that would give them away; None: the nation.

    Args:
        staff: Full-time officers of each office.

    """
    return offices_to_withhold(_with_total({office: round(count) for office, count in staff.items()}))


def _with_total(counts: Mapping[str | None, int]) -> dict[str | None, int]:
    return {**counts, None: sum(counts.values())}


def _row(one: Need) -> dict[str, Any]:
    ends = {
        f"{name}.{end}": _rounded(getattr(one.intervals[name], end))
        for name in _INTERVALS
        if name in one.intervals
        for end in ("low", "high")
    }
    figures = {name: _rounded(getattr(one, name)) for name in _FIGURES}
    return {"office_id": one.office_id, **figures, **ends, "grade": one.grade.value, "reason": one.reason}


def _rounded(value: Any) -> Any:  # noqa: ANN401 - a count, hours, a word or nothing
    """Return a figure with the digits that do not hang on the order in which hours were added up."""
    return round(value, _DIGITS) if isinstance(value, float) else value
