"""What a staffing run finds: plain values, unrounded, each with what it rests on.

Hours are officer hours a month, averaged over the run's months. Shares are from 0 to 1. A figure that
cannot be given is None, and `reason` says why; it is never 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from closeout.workload.weights import Grade

if TYPE_CHECKING:
    from collections.abc import Mapping

    from closeout.workload.intervals import Interval
    from closeout.workload.parameters import Parameters
    from closeout.workload.weights import Weight

ORPHANED = "ORPHANED"
"""Cases on an officer, or in an office, without hours: a flag, never a utilization of 0."""


@dataclass(frozen=True, slots=True)
class DeskHours:
    """What the window of an office takes and has, in hours a month: collateral duty, no work on cases.

    Whoever is on the rota has so many hours fewer for cases; what the window needs is said by its queue.
    """

    contacts: float
    """Of people who wait, a month."""
    sized_hours: float | None
    """Officer hours that keep the wait to the target, breaks included; None where arrivals are not known."""
    serving_hours: float
    """Of these, spent serving."""
    check_in_hours: float
    """Of those, spent on check-ins: they stand in the demand of the check-in duty."""
    rota_hours: float
    """Of the officers on the rota, by the ledger."""
    need_hours: float
    """In the need: sized hours less those of check-ins; the rota's where arrivals are not known."""
    reason: str = ""
    """Why there is no figure from the queue, or why it is weak."""
    intervals: Mapping[str, Interval] = field(default_factory=dict)
    """With draws, of `need_hours`: at 90 %; with `_80` or `_95` behind it at those levels. None where the
    rota stands in the need."""


@dataclass(frozen=True, slots=True)
class Need:
    """What the work of one office, of one docket and role in it, or of the nation takes and has."""

    office_id: str | None
    """None: the nation."""
    docket: str | None = None
    """None: all dockets, and duties that are not about a case."""
    role: str | None = None
    """None: all roles."""
    cases: int = 0
    """Open cases on the as-of date."""
    owed: float = 0.0
    """Duties called for a month."""
    done: float = 0.0
    """Duties discharged a month."""
    coverage: float = 0.0
    """Share of the duties called for that have a weight."""
    demand_hours: float | None = None
    """D: minutes of the duties called for, in hours a month."""
    paid_hours: float = 0.0
    hours_available: float = 0.0
    """Hours for cases at the planned occupancy, a month."""
    utilization: float | None = None
    """Demand over hours available. None where there are no hours (see `flags`) or no demand figure."""
    band: str = ""
    need_fte: float | None = None
    """F = A / (1 - c) / rho + IAF: full-time equivalents the work takes."""
    staff_fte: float = 0.0
    """S: paid full-time equivalents, less what is absent beyond the standard, detailed away or learning."""
    gap_fte: float | None = None
    """F - S: above 0 officers are short."""
    pressure: float | None = None
    """F / S. None where there is no staff."""
    posts: int | None = None
    """Need in whole posts: rounded once for the nation, shared out by largest remainder."""
    grade: Grade = Grade.NONE
    """The worst grade among the weights that make up nine tenths of the demand."""
    flags: tuple[str, ...] = ()
    reason: str = ""
    """Why there is no figure, or why it is weak."""
    intervals: Mapping[str, Interval] = field(default_factory=dict)
    """By the figure's name: `demand_hours`, `need_fte`, `gap_fte`, `pressure`, `utilization`: at 90 %;
    with `_80` or `_95` behind it at those levels."""
    probability_short: float | None = None
    """P(F > S) over the draws."""
    desk: DeskHours | None = None
    """What the window takes, within the need; None for parts of an office, and where there is no window."""


@dataclass(frozen=True, slots=True)
class DutyHours:
    """One activity in one office: how often it is called for, the minutes it takes, and the hours of both."""

    office_id: str
    activity: str
    title: str
    docket: str | None
    owed: float
    """A month."""
    done: float
    """A month."""
    minutes: float | None
    """The weight; None where none can be given."""
    hours: float | None
    """owed x minutes / 60, a month."""
    grade: Grade
    weight_of: str | None
    """The office whose weight it is; None: the nation's."""
    studies: tuple[str, ...] = ()
    entries: int = 0
    """Diary entries that the weight rests on."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Achievable:
    """How many cases fit into an officer's hours at a probability."""

    probability: float
    cases: int


@dataclass(frozen=True, slots=True)
class OfficerHours:
    """The hours and duties of one post, listed in the order of staff numbers: no judgement of a person."""

    officer_no: str
    office_id: str
    role: str
    cases: int
    demand_hours: float | None
    hours_available: float
    utilization: float | None
    state: str
    """`ORPHANED` where there are cases and no hours; empty otherwise."""
    band: str
    weeks_excessive: int
    """Most consecutive weeks above 110 %."""
    at_mix: int | None
    """Cases that fit at the present mix: n / U, rounded down."""
    by_docket: Mapping[str, int] = field(default_factory=dict)
    """Cases of one docket alone that fit: floor(H / w)."""
    at_risk: tuple[Achievable, ...] = ()
    """Largest number with P(U <= 1) at least so much; only with draws."""
    interval: Interval | None = None
    """Of the utilization, at 90 %."""
    intervals: Mapping[str, Interval] = field(default_factory=dict)
    """The same at the other levels, by percent: `80`, `95`."""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Week:
    """Hours of one office in one week, from what is known of leave, details and departures."""

    office_id: str
    week: date
    paid: float
    absent: float
    detailed: float
    collateral: float
    support: float
    case: float


@dataclass(frozen=True, slots=True)
class Hidden:
    """What one status rule would take out of the load, and what it stands for."""

    rule: str
    says: str
    cases: int
    hours: float | None
    """A month."""
    is_counted: bool


@dataclass(frozen=True, slots=True)
class Yardstick:
    """A published caseload standard, beside ours for orientation: it is not imposed."""

    name: str
    says: str
    cases: int
    """An officer."""
    source: str


@dataclass(frozen=True, slots=True)
class Staffing:
    """A whole staffing run."""

    as_of: date
    first_month: date
    last_month: date
    pack: str
    parameters: Parameters
    nation: Need
    offices: tuple[Need, ...]
    """In the order of their codes."""
    parts: tuple[Need, ...]
    """By office, docket and role."""
    officers: tuple[OfficerHours, ...]
    """In the order of staff numbers."""
    duties: tuple[DutyHours, ...]
    weights: tuple[Weight, ...]
    """Every weight that was used, the ones without a figure among them."""
    curve: tuple[Week, ...]
    hidden: tuple[Hidden, ...]
    yardsticks: tuple[Yardstick, ...]
    faults: tuple[str, ...]
    """Rows that were set aside, each with its reason and what to do."""
    sentence: str
    """What a planner would say of the nation."""
    not_counted: Mapping[str, str] = field(default_factory=dict)
    """Duties that could not be counted, and tables of the hours without a row, with the reason."""
    sick_share: float | None = None
    """Of the paid days gone by, recorded as sick; None where no sick day is recorded and the draws take the
    usual share."""
    draws: int = 0
    seed: int | None = None
    shares: Mapping[str, float] = field(default_factory=dict)
    """With draws: share of the need's variance due to weights, volumes and hours."""
    further: Mapping[str, Any] = field(default_factory=dict)
    """With draws: the robust band of the need and the diaries to keep next, as `further.Further.plain`."""

    def plain(self) -> dict[str, Any]:
        """Return everything as dicts, lists, text and numbers, which JSON can hold; nothing is rounded."""
        made: dict[str, Any] = plain(self)
        return made


_PLAIN = frozenset({str, int, float, bool, type(None)})


def plain(found: Any) -> Any:  # noqa: ANN401 - any value, made JSON-able
    """Return a value with dataclasses as dicts, dates as ISO text and enums as their words."""
    if type(found) in _PLAIN:
        return found
    if is_dataclass(found) and not isinstance(found, type):
        return {one.name: plain(getattr(found, one.name)) for one in fields(found)}
    if isinstance(found, dict):
        return {str(key): plain(value) for key, value in found.items()}
    if isinstance(found, list | tuple):
        return [plain(value) for value in found]
    if isinstance(found, Enum):
        return found.value
    return found.isoformat() if isinstance(found, date) else found
