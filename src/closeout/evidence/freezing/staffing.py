"""Demand, hours, need and gap by office, as a result to freeze."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from closeout.evidence.freezing.frozen import Answer, FrozenError, Kind
from closeout.evidence.freezing.narrowing import narrowed_to
from closeout.evidence.freezing.offices import offices_to_withhold
from closeout.evidence.measures.declared import OverSource, Source
from closeout.evidence.measures.read_staffing import tables_of_staffing
from closeout.evidence.suppression import NOT_SHOWN, THRESHOLD
from closeout.workload.parameters import Parameters
from closeout.workload.weights import Kind as Weighing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
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

    def answer(self, asked: StaffingAsked, *, is_exact: bool = False) -> Answer:
        """Return a run as a result to freeze; errors are those of `of`.

        Args:
            asked: Assumptions and draws.
            is_exact: Keep small numbers of cases, and the figures of offices with few officers.

        """
        return answer_of_staffing(self.of(asked), self.pack, asked, is_exact=is_exact)

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


def answer_of_staffing(made: Staffing, pack: Pack, asked: StaffingAsked, *, is_exact: bool = False) -> Answer:
    """Return a staffing run that was worked out already, as a result to freeze.

    Args:
        made: The run, over a snapshot and as it was asked for.
        pack: The rules that it was worked out with.
        asked: Its assumptions and draws.
        is_exact: As for `Runs.answer`.

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
            "suppression": None if is_exact else {"threshold": THRESHOLD},
        },
        keys=("office_id",),
        rows=tuple(rows_of_staffing(made, is_exact=is_exact)),
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


def rows_of_staffing(made: Staffing, *, is_exact: bool) -> Iterable[dict[str, Any]]:
    """Yield the figures of the nation and of each office.

    Args:
        made: The run.
        is_exact: Keep small numbers. Else an office's cases are withheld where they are few, and whatever
            tells its officers where these are few; and those of other offices that would give them away.

    """
    needs = (made.nation, *made.offices)
    few_cases = few_officers = frozenset[str | None]()
    if not is_exact:
        few_cases = _few({one.office_id: one.cases for one in made.offices})
        few_officers = offices_of_few({one.office_id: one.staff_fte for one in made.offices})
    for one in needs:
        row = _row(one)
        if one.office_id in few_cases:
            row["cases"] = NOT_SHOWN
        if one.office_id in few_officers:
            row |= {name: NOT_SHOWN for name in row if name.partition(".")[0] in _OF_STAFF}
        row["flags"] = list(one.flags) if is_exact else [flag.partition(":")[0] for flag in one.flags]
        yield row


def offices_of_few(staff: Mapping[str | None, float]) -> frozenset[str | None]:
    """Return the offices whose officers are few, and those that would give them away; None: the nation.

    Args:
        staff: Full-time officers of each office.

    """
    return _few({office: round(count) for office, count in staff.items()})


def _few(counts: Mapping[str | None, int]) -> frozenset[str | None]:
    total: Counter[str | None] = Counter(counts)
    total[None] = sum(counts.values())
    return offices_to_withhold(total)


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
