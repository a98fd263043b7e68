"""Hiring plans: asking for one, and keeping it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate

from closeout.web.accounts.permissions import Permission, require
from closeout.web.audit import actions as audit
from closeout.web.casework.actions.errors import NotNowError, UnfitValueError
from closeout.web.jobs.actions import start_job
from closeout.web.staffing.actions.answers import MOST_SEED, check_may_ask, check_not_running, storable
from closeout.web.staffing.actions.runs import DRAWS, SEED
from closeout.web.staffing.models.scenarios import KeptPlan
from closeout.web.staffing.policy import LEADS
from closeout.workload.weights import Kind

if TYPE_CHECKING:
    from closeout.web.accounts.models import User
    from closeout.web.jobs.models import Job
    from closeout.web.staffing.actions.answers import Basis
    from closeout.workload.hiring_run import Limits
    from closeout.workload.plan_asked import PlanAsked

KIND = "staffing.plan"
LEAST_DRAWS, MOST_DRAWS = 100, 20_000
MOST_MONTHS = 120
RECORDS = "records"
"""What is written for who leave in a year where the officers' records show it."""
_PERCENT = 100
_ALMOST = 1e-6
MOST_SEATS = 500


@dataclass(frozen=True, slots=True)
class AskedPlan:
    """What a hiring plan is asked for."""

    office_id: str
    """Empty: all offices together."""
    by_on: date
    probability: float = 0.8
    """Of the staff being enough on that day, above 0 and up to 1."""
    ceiling: int | None = None
    """The most persons on the rolls, those at the academy included; None without one."""
    seats: int = 12
    """In each class of the academy."""
    every_months: int = 3
    """From one class to the next, the first this month."""
    overtime_most: float = 0.0
    """As a share of the present staff's hours."""
    draws: int = DRAWS
    seed: int = SEED
    weights: str = Kind.OBSERVED.value
    own: dict[str, Any] | None = None
    """The agency's own figures: `lead`, `completion`, `ramp`, `leaving` (None: as the records show) and
    `basis`, as `own_figures` returns them. None: the usual ones are taken, and the plan is no evidence."""

    def plain(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self) | {"by_on": self.by_on.isoformat()}

    @staticmethod
    def of(said: dict[str, Any]) -> AskedPlan:
        """Return it from what `plain` gave."""
        return AskedPlan(**said | {"by_on": date.fromisoformat(said["by_on"])})

    def limits(self, today: date) -> Limits:
        """Return what the plan may do, standing on a day."""
        from closeout.workload.hiring_figures import months_between  # noqa: PLC0415 - takes seconds to load
        from closeout.workload.hiring_run import Limits  # noqa: PLC0415 - as above
        from closeout.workload.intake import ClassStart  # noqa: PLC0415 - as above

        months = max(1, months_between(today, self.by_on))
        starts = tuple(ClassStart(month, self.seats) for month in range(0, months, self.every_months))
        return Limits(
            by=self.by_on,
            classes=starts,
            probability=self.probability,
            ceiling=self.ceiling,
            overtime_most=self.overtime_most,
            **self._flow(),
        )

    def _flow(self) -> dict[str, Any]:
        """Return how people come and go, where the agency said so."""
        from closeout.workload.chances import LEAVING, Share  # noqa: PLC0415 - as above
        from closeout.workload.intake import Flow  # noqa: PLC0415 - as above

        if self.own is None:
            return {}
        mean = self.own["leaving"]
        lead = tuple((months, chance) for months, chance in self.own["lead"])
        flow = Flow(lead, self.own["completion"], tuple(self.own["ramp"]), LEAVING)
        leaving = None if mean is None else Share(mean, LEAVING.deviation if mean else 0.0)
        return {"flow": flow, "leaving": leaving}

    def whole(self, today: date) -> PlanAsked:
        """Return the plan with all that it assumes, standing on a day, as it is frozen.

        Raises:
            NotNowError: The agency's own figures were not given.

        """
        from closeout.workload.parameters import Parameters  # noqa: PLC0415 - as above
        from closeout.workload.plan_asked import PlanAsked  # noqa: PLC0415 - as above

        if self.own is None:
            msg = (
                "the plan takes lead times, ramp and attrition that the agency has not stated; make one "
                "with its own figures, then freeze that"
            )
            raise NotNowError(msg)
        parameters = Parameters(kind=Kind(self.weights))
        limits, basis = self.limits(today), self.own["basis"]
        return PlanAsked(limits, self.office_id, parameters, self.draws, self.seed, basis)


def own_figures(lead: str, completion: float, ramp: str, leaving: str, basis: str) -> dict[str, Any]:
    """Return an agency's own figures from what somebody wrote.

    Args:
        lead: Months a class takes to arrive, each with its chance: `5:0.3, 6:0.7`.
        completion: Share of the seats whose holders finish, 0 to 1.
        ramp: Percent of a full officer's work by month since arriving: `25, 50, 75`.
        leaving: Percent of the staff who leave in a year, or `records`.
        basis: Where the figures come from.

    Raises:
        UnfitValueError: One cannot be read or is out of range; the message says which.

    """
    months = [_pair(word) for word in lead.split(",")]
    shares = [_share(word, "the ramp") for word in ramp.split(",")]
    mean = None if leaving.strip() == RECORDS else _share(leaving, "who leave in a year")
    chances = sum(chance for _, chance in months)
    faults = (
        (abs(chances - 1) > _ALMOST, f"the chances of the lead times add up to {chances:g}, not to 1"),
        (not 0 <= completion <= 1, "those who finish are from 0 to 100 %"),
        (mean is not None and mean >= 1, "those who leave in a year are less than 100 %"),
        (not basis.strip(), "say where the figures come from"),
    )
    for is_wrong, said in faults:
        if is_wrong:
            raise UnfitValueError(said)
    return {"lead": months, "completion": completion, "ramp": shares, "leaving": mean, "basis": basis.strip()}


def _pair(word: str) -> list[Any]:
    months, _, chance = word.strip().partition(":")
    try:
        value = float(chance)
    except ValueError:
        value = -1.0
    if not months.isascii() or not months.isdigit() or int(months) > MOST_MONTHS or not 0 <= value <= 1:
        msg = f"lead times are months with their chances, such as 5:0.3, 6:0.7; not {word.strip()!r}"
        raise UnfitValueError(msg)
    return [int(months), value]


def _share(word: str, what: str) -> float:
    try:
        value = float(word) / _PERCENT
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        msg = f"{what}: {word.strip()!r} is no number of percent from 0 to 100"
        raise UnfitValueError(msg)
    return value


@transaction.atomic
def ask_plan(*, by: User, asked: AskedPlan) -> Job:
    """Put the search for the cheapest hiring path in the queue, and return its job.

    Raises:
        PermissionDenied: The role may not, or it is another office than one's own.
        UnfitValueError: There is no such office, or a figure is out of range.
        NotNowError: It is being worked out already.

    """
    if asked.office_id:
        check_may_ask(by, asked.office_id)
    else:
        require(by, Permission.STAFFING_PLAN)
        if by.role in LEADS:
            msg = "the plan of all offices"
            raise PermissionDenied(msg)
    _check(asked)
    check_not_running(KIND, office_id=asked.office_id)
    title = f"Plan hiring at {asked.office_id or 'all offices'} by {asked.by_on}"
    return start_job(by=by, kind=KIND, title=title, params=asked.plain())


def _check(asked: AskedPlan) -> None:
    from closeout.workload.hiring_figures import months_between  # noqa: PLC0415 - takes seconds to load

    months = months_between(localdate(), asked.by_on)
    faults = (
        (not 1 <= months <= MOST_MONTHS, "the day is from one month to ten years ahead"),
        (not 0 < asked.probability <= 1, "the probability is above 0 and up to 100 %"),
        (asked.ceiling is not None and asked.ceiling < 0, "the ceiling is 0 or more"),
        (not 0 <= asked.seats <= MOST_SEATS, f"seats in a class are from 0 to {MOST_SEATS}"),
        (not 1 <= asked.every_months <= MOST_MONTHS, "classes are at least one month apart"),
        (not 0 <= asked.overtime_most <= 1, "overtime is from 0 to 100 %"),
        (not LEAST_DRAWS <= asked.draws <= MOST_DRAWS, f"draws are from {LEAST_DRAWS} to {MOST_DRAWS:,}"),
        (not 0 <= asked.seed < MOST_SEED, "the seed is a whole number from 0"),
        (asked.weights not in tuple(Kind), "weights are observed or adjusted"),
    )
    for is_wrong, said in faults:
        if is_wrong:
            raise UnfitValueError(said)


@transaction.atomic
def keep_plan(result: dict[str, Any], *, asked: AskedPlan, basis: Basis) -> KeptPlan:
    """Write a plan down, and the event that tells of it.

    Args:
        result: `closeout.workload.hiring_run.Planned.plain()`.
        asked: What it answers.
        basis: What it rests on.

    """
    made = KeptPlan.objects.create(
        office_id=asked.office_id,
        by_on=asked.by_on,
        probability=asked.probability,
        asked=asked.plain(),
        result=storable(result),
        **basis.values(),
    )
    audit.record(
        by=basis.requested_by or audit.SYSTEM,
        action="staffing.plan_hiring",
        target=made,
        after={"office_id": made.office_id, "by_on": made.by_on, "meets": result["plan"]["chosen"]["meets"]},
    )
    return made
