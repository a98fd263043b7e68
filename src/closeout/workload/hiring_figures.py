"""What a hiring plan is asked for, and what it says."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import inf
from typing import TYPE_CHECKING, Any

from closeout.workload.chances import LEAVING
from closeout.workload.draws import SEED
from closeout.workload.intake import ClassStart, Flow

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from closeout.workload.intervals import Interval

    Floats = NDArray[np.float64]

NATION = "nation"
"""What the nation is called where an office's code stands otherwise."""
USUAL_FLOW = Flow(
    lead=((5, 0.3), (6, 0.4), (8, 0.3)),
    completion=0.92,
    ramp=(0.25,) * 3 + (0.5,) * 3 + (0.75,) * 3,
    leaving=LEAVING,
)
"""Months in the academy and until the class arrives, those who finish, and the ramp of a staffing run;
replace each by the agency's own records."""


def months_between(since: date, until: date) -> int:
    """Return the full months from one day to another; below 0 where the other comes first."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return months - (until.day < since.day)


@dataclass(frozen=True, slots=True)
class Costs:
    """What hiring takes, in months of one officer's pay unless the caller counts in something else."""

    seat: float = 3.0
    """Recruiting, screening and the academy, for each seat."""
    class_start: float = 0.0
    """For each class that anybody is sent to."""
    officer_month: float = 1.0
    """Pay for each month on the rolls until the date."""
    overtime_month: float = 1.5
    """For a full-time officer's month of work done as overtime."""
    unit: str = "officer-months of pay"

    def __post_init__(self) -> None:
        """Refuse what is no cost.

        Raises:
            ValueError: One is below 0 or no number; the message says which.

        """
        for name in ("seat", "class_start", "officer_month", "overtime_month"):
            cost = getattr(self, name)
            if not 0 <= cost < inf:
                msg = f"the cost `{name}` is {cost:g}; give 0 or more"
                raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class HiringAsked:
    """What a plan is asked for."""

    office_id: str
    as_of: date
    by: date
    heads: int
    """Persons now."""
    effective_fte: float
    """What they bring now, in full-time equivalents."""
    need: Floats
    """Need at the date, in full-time equivalents, drawn."""
    need_low: Floats
    """The same with the weights at their 10 % quantile."""
    need_high: Floats
    """With the weights at 90 %."""
    classes: tuple[ClassStart, ...]
    probability: float = 0.8
    ceiling: int | None = None
    """The most persons on the rolls, people in the academy included, in expectation; None without one."""
    overtime_most: float = 0.0
    """The most overtime, as a share of the hours of the present staff."""
    flow: Flow = USUAL_FLOW
    costs: Costs = Costs()
    seed: int = SEED

    @property
    def horizon(self) -> int:
        """Return the full months from now to the date."""
        return months_between(self.as_of, self.by)

    def __post_init__(self) -> None:
        """Refuse what no plan can be made of.

        Raises:
            ValueError: Dates, shares, heads or classes are out of range; the message says which.

        """
        if self.horizon < 1:
            msg = f"the date {self.by} is less than a month after {self.as_of}; give a later one"
            raise ValueError(msg)
        if not 0 < self.probability <= 1:
            msg = f"the probability is {self.probability:g}; give more than 0 and up to 1, such as 0.8"
            raise ValueError(msg)
        if not 0 <= self.overtime_most < inf:
            msg = f"the overtime is {self.overtime_most:g}; give a share of 0 or more, such as 0.05"
            raise ValueError(msg)
        if self.heads < 0 or self.effective_fte < 0 or (self.ceiling is not None and self.ceiling < 0):
            msg = "staff and ceiling must be 0 or more"
            raise ValueError(msg)
        starts = [each.month for each in self.classes]
        if len(set(starts)) != len(starts) or any(each.month < 0 or each.seats < 0 for each in self.classes):
            msg = "each class needs a month of its own, from 0, and seats of 0 or more"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class ClassTaken:
    """Seats taken in one class."""

    month: int
    seats: int


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a plan, in persons and full-time equivalents."""

    month: int
    """From now, 0 being today."""
    started: int
    """Seats taken in a class that starts."""
    heads: Interval
    """On the rolls at the office: 90 % of the draws."""
    effective_fte: Interval
    probability_enough: float
    """That the staff covers the need at the date, had the date come in this month."""


@dataclass(frozen=True, slots=True)
class Path:
    """One way to hire."""

    classes: tuple[ClassTaken, ...]
    hires: int
    overtime: float
    """Share of the present staff's hours."""
    cost: float
    bound: float
    """No path that meets the target with this overtime costs less; infinite where none meets it."""
    is_cheapest: bool
    """Whether that was shown."""
    probability: float
    """That need is covered on the date."""
    meets: bool


@dataclass(frozen=True, slots=True)
class HiringPlan:
    """The cheapest path, its months, and what else was tried."""

    office_id: str
    as_of: date
    by: date
    target: float
    """The probability asked for."""
    ceiling: int | None
    chosen: Path
    months: tuple[Month, ...]
    unmet_fte: float
    """What is lacking at the probability asked for; 0 where it is met."""
    binding: tuple[str, ...]
    """Where it is not met: the limits of which each alone, lifted, would let it be met."""
    options: tuple[Path, ...]
    """The cheapest path at each amount of overtime."""
    weights_low: Path
    """The same question with the weights at their 10 % quantile."""
    weights_high: Path
    """At 90 %."""
    without: float
    """Probability that nobody hired is enough."""
    draws: int
    seed: int
    cost_unit: str
    sentence: str

    def plain(self) -> dict[str, Any]:
        """Return the plan as plain values that JSON can hold: a path's bound is None where it is infinite."""
        made = asdict(self) | {"as_of": self.as_of.isoformat(), "by": self.by.isoformat()}
        for name in ("months", "options", "binding"):
            made[name] = list(made[name])
        for path in (made["chosen"], *made["options"], made["weights_low"], made["weights_high"]):
            path["bound"] = None if path["bound"] == inf else path["bound"]
        return made
