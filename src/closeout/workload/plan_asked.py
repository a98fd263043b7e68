"""What a hiring plan is asked for, whole: so that it can be kept beside the plan and asked again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from closeout.duties.terms import near
from closeout.workload.chances import Share
from closeout.workload.draws import DRAWS, SEED
from closeout.workload.hiring_figures import Costs, months_between
from closeout.workload.hiring_run import Limits, PlanError
from closeout.workload.intake import ClassStart, Flow
from closeout.workload.parameters import Parameters
from closeout.workload.weights import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from closeout.records.snapshot import Snapshot

MOST_AHEAD = 120
"""Months."""
_NOBODY = Share(0.0, 0.0)


@dataclass(frozen=True, slots=True)
class PlanAsked:
    """A hiring plan as an agency asks for it: its own assumptions, and the draws behind the chances."""

    limits: Limits
    office_id: str = ""
    """Empty: all offices together."""
    parameters: Parameters = field(default_factory=Parameters)
    """Of the staffing run that gives the need."""
    draws: int = DRAWS
    seed: int = SEED
    basis: str = ""
    """Where the assumptions come from, in the agency's words."""

    def plain(self, as_of: date) -> dict[str, Any]:
        """Return it as plain values, without the classes that begin too late to count.

        Args:
            as_of: The day the plan stands on.

        """
        limits, flow = self.limits, self.limits.flow
        horizon = months_between(as_of, limits.by)
        return {
            "office_id": self.office_id,
            "by": limits.by.isoformat(),
            "probability": limits.probability,
            "ceiling": limits.ceiling,
            "classes": [[one.month, one.seats] for one in limits.classes if one.month < horizon],
            "lead": [[months, chance] for months, chance in flow.lead],
            "completion": flow.completion,
            "ramp": list(flow.ramp),
            "leaving": None if limits.leaving is None else asdict(limits.leaving),
            "overtime_most": limits.overtime_most,
            "costs": asdict(limits.costs),
            "history": limits.history,
            "staff": limits.staff,
            "assumptions": self.parameters.plain(),
            "draws": self.draws,
            "seed": self.seed,
            "basis": self.basis,
        }


def check_ahead(asked: PlanAsked, as_of: date) -> None:
    """Pass where the day that the staff is wanted by is far enough ahead, and not too far.

    Raises:
        PlanError: It is less than a month or more than ten years after the day the records stand as of.

    """
    months = months_between(as_of, asked.limits.by)
    if not 1 <= months <= MOST_AHEAD:
        msg = (
            f"the staff is wanted by {asked.limits.by}; give a day from one month to ten years after {as_of}"
        )
        raise PlanError(msg)


def check_asked(asked: PlanAsked, snapshot: Snapshot, as_of: date) -> None:
    """Pass where a plan can be looked for at all, before anything is worked out.

    Args:
        asked: What the plan is asked for.
        snapshot: The records; without a table of offices any is taken as known.
        as_of: The day to stand on.

    Raises:
        PlanError: The day is not ahead, or there is no such office.

    """
    check_ahead(asked, as_of)
    files = snapshot.files("offices")
    if not asked.office_id or not files:
        return
    known = sorted(set(pl.read_parquet(files, columns=["office_id"])["office_id"].to_list()))
    if asked.office_id not in known:
        hint = near(asked.office_id, known)
        msg = f"there is no office {asked.office_id}; there are {', '.join(known)}.{hint}"
        raise PlanError(msg)


def plan_asked(said: Mapping[str, Any]) -> PlanAsked:
    """Return the plan that `PlanAsked.plain` wrote down.

    Raises:
        KeyError, TypeError, ValueError: It is none.

    """
    leaving = None if said["leaving"] is None else Share(**said["leaving"])
    # The flow's own share of leavers is never used: the limits' is, or what the records show.
    flow = Flow(
        tuple((int(months), float(chance)) for months, chance in said["lead"]),
        float(said["completion"]),
        tuple(float(share) for share in said["ramp"]),
        leaving or _NOBODY,
    )
    limits = Limits(
        by=date.fromisoformat(said["by"]),
        classes=tuple(ClassStart(int(month), int(seats)) for month, seats in said["classes"]),
        probability=float(said["probability"]),
        ceiling=said["ceiling"],
        overtime_most=float(said["overtime_most"]),
        flow=flow,
        leaving=leaving,
        costs=Costs(**said["costs"]),
        history=int(said["history"]),
        staff=said["staff"],
    )
    return PlanAsked(
        limits,
        str(said["office_id"]),
        parameters_again(said["assumptions"]),
        int(said["draws"]),
        int(said["seed"]),
        str(said["basis"]),
    )


def parameters_again(said: Mapping[str, Any]) -> Parameters:
    """Return what a staffing run assumed from `Parameters.plain`.

    Raises:
        ValueError: It assumes something that this version does not know.
        KeyError, TypeError: It is none.

    """
    known = {one.name for one in fields(Parameters)}
    if unknown := sorted(said.keys() - known):
        msg = f"it assumes {', '.join(unknown)}, which this Closeout does not know"
        raise ValueError(msg)
    made = {name: _tupled(value) for name, value in said.items()}
    return replace(Parameters(), **made | {"kind": Kind(said["kind"])})


def _tupled(value: Any) -> Any:  # noqa: ANN401 - whatever JSON has
    """Return a value of JSON with its lists as tuples."""
    return tuple(_tupled(one) for one in value) if isinstance(value, list) else value
