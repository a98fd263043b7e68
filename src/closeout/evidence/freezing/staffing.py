"""Demand, hours, need and gap by office, as a result to freeze."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from closeout.evidence.freezing.duties import tables_of_duties
from closeout.evidence.freezing.frozen import Answer, FrozenError, Kind
from closeout.evidence.freezing.narrowing import narrowed_to
from closeout.evidence.freezing.offices import offices_to_withhold
from closeout.evidence.suppression import NOT_SHOWN, THRESHOLD
from closeout.workload.parameters import Parameters
from closeout.workload.weights import Kind as Weighing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.records.snapshot import Snapshot
    from closeout.workload.figures import Need, Staffing

STAFFING = "staffing"
SEED = 7
_DIGITS = 6
_BESIDE_DUTIES = (
    "absences",
    "activity_changes",
    "collateral_duties",
    "delphi_estimates",
    "departures",
    "desk_contacts",
    "details",
    "officers",
    "offices",
    "study_moments",
    "study_samples",
    "sufficiency_answers",
    "time_entries",
    "time_studies",
    "weight_adjustments",
)
"""What tells officers' hours and the minutes of duties."""
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


def staffing_answer(
    engine: Engine,
    snapshot: Snapshot,
    pack: Pack,
    as_of: date,
    asked: StaffingAsked,
    *,
    is_exact: bool = False,
    told: Callable[[str], None] = lambda _said: None,
) -> Answer:
    """Return demand, hours, need and gap of each office and of the nation, as a result to freeze.

    Args:
        engine: Where the tables are.
        snapshot: The records.
        pack: The rules that say what is called for.
        as_of: The day stood on.
        asked: Assumptions and draws.
        is_exact: Keep small numbers of cases, and the figures of offices with few officers.
        told: Called with each step.

    Raises:
        EngineError, ValueError, LookupError: What it stands on is missing or cannot be read.

    """
    from closeout.workload.staffing import work_out  # noqa: PLC0415 - Polars and numpy take their time

    reads = tables_of_staffing(pack)
    made = work_out(
        engine,
        narrowed_to(snapshot, reads),
        pack,
        as_of,
        asked.parameters,
        draws=asked.draws,
        seed=asked.seed,
        told=told,
    )
    return answer_of_staffing(made, pack, asked, is_exact=is_exact)


def answer_of_staffing(made: Staffing, pack: Pack, asked: StaffingAsked, *, is_exact: bool = False) -> Answer:
    """Return a staffing run that was worked out already, as a result to freeze.

    Args:
        made: The run, over a snapshot and as it was asked for.
        pack: The rules that it was worked out with.
        asked: Its assumptions and draws.
        is_exact: As for `staffing_answer`.

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


def tables_of_staffing(pack: Pack) -> tuple[str, ...]:
    """Return the tables that a staffing run reads, each once."""
    return tuple(dict.fromkeys((*tables_of_duties(pack), *_BESIDE_DUTIES)))


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
        few_officers = _few({one.office_id: round(one.staff_fte) for one in made.offices})
    for one in needs:
        row = _row(one)
        if one.office_id in few_cases:
            row["cases"] = NOT_SHOWN
        if one.office_id in few_officers:
            row |= {name: NOT_SHOWN for name in row if name.partition(".")[0] in _OF_STAFF}
        row["flags"] = list(one.flags) if is_exact else [flag.partition(":")[0] for flag in one.flags]
        yield row


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
