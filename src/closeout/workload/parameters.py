"""What a staffing run assumes: each figure with its default and the reason for it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from closeout.workload.erlang import USUAL_TARGET, DeskTarget, check_target
from closeout.workload.weights import Kind

_PERCENT = 100
MONTHS_A_YEAR = 12
WEEKS_A_YEAR = 365.2425 / 7
WEEKS_A_MONTH = WEEKS_A_YEAR / MONTHS_A_YEAR
"""4.348: the Gregorian year has 365.2425 days."""


class ParameterError(ValueError):
    """A parameter lies outside what makes sense; the message says which, and what is right."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """The assumptions of one run. Kept with its results, so that two runs can be compared.

    `version` is the caller's name for the set. Shares are from 0 to 1, hours are officer hours.
    """

    version: str = "2026-1"
    support_share: float = 0.15
    """c, the category allowance: work that everybody does beside cases (meetings, mail, mandatory training
    not in the records). WISN's usual order of size; measure it by the time study's support activities."""
    support_by_role: tuple[tuple[str, float], ...] = ()
    """Another share for a role: supervisors and planners do more beside cases."""
    occupancy: float = 0.90
    """rho, the share of case hours that is planned full: at 1 there is no slack, and a peak makes arrears."""
    hours_a_week: float = 40.0
    """Paid hours of one full-time officer, the measure of a full-time equivalent."""
    workdays_a_week: int = 5
    longest_day: float = 24.0
    """Hours; an absence of more hours a day cannot be."""
    ramp: tuple[float, ...] = (0.25, 0.5, 0.75)
    """r(t): the share of case hours a new officer brings, by quarter of a year since entering; 1 after."""
    months: int = 12
    """Full months up to the as-of date that volumes and hours are averaged over: one of each season."""
    coverage_floor: float = 0.80
    """Least share of the work called for that must have a weight; below it there is no figure."""
    stale_after_days: int = 45
    """Records older than this on the day of the run give a flag; twice this, no figure."""
    kind: Kind = Kind.OBSERVED
    """Observed or quality-adjusted weights. The two are never mixed."""
    counts_hidden: bool = True
    """Whether cases that a status rule would leave out (held, untyped, untouched) stay in the load."""
    desk_minutes: float = USUAL_TARGET.within_minutes
    """Who waits at the window is to be served within this: its queue says how many officers that takes."""
    desk_share: float = USUAL_TARGET.share_within
    """Share of them, below 1."""
    desk_occupancy: float = USUAL_TARGET.occupancy
    """Most of an officer's time at the window that is spent serving."""
    desk_breaks: float = USUAL_TARGET.shrinkage
    """Share of the rostered time away from the window."""
    default_role: str = "deportation_officer"
    """Whose work a case's duty is where nobody leads the case."""

    def __post_init__(self) -> None:
        """Refuse shares and hours that cannot be.

        Raises:
            ParameterError: One is outside its range.

        """
        for role, share in (("", self.support_share), *self.support_by_role):
            if not 0 <= share < 1:
                whose = f" of {role}" if role else ""
                why = ", which leaves no hours for cases" if share >= 1 else ""
                msg = (
                    f"the support share{whose} is {share * _PERCENT:g} %{why}; "
                    "give at least 0 and less than 100 %, such as 15 %"
                )
                raise ParameterError(msg)
        if not 0 < self.occupancy <= 1:
            said = f"the occupancy is {self.occupancy * _PERCENT:g} %"
            msg = f"{said}; give more than 0 and up to 100 %, such as 90 %"
            raise ParameterError(msg)
        if self.hours_a_week <= 0 or self.months < 1 or not 1 <= self.workdays_a_week <= 7:  # noqa: PLR2004 - days
            msg = "a full-time week needs hours above 0, 1 to 7 working days, and the run at least one month"
            raise ParameterError(msg)
        if any(not 0 <= share <= 1 for share in self.ramp):
            msg = f"the ramp {self.ramp} holds a share outside 0 to 1"
            raise ParameterError(msg)
        try:
            check_target(self.desk)
        except ValueError as error:
            raise ParameterError(str(error)) from error

    @property
    def desk(self) -> DeskTarget:
        """Return what the window is to keep to."""
        return DeskTarget(self.desk_minutes, self.desk_share, self.desk_occupancy, self.desk_breaks)

    def support_of(self, role: str) -> float:
        """Return the support share of a role, from 0 to below 1."""
        return dict(self.support_by_role).get(role, self.support_share)

    def plain(self) -> dict[str, Any]:
        """Return the parameters as plain values."""
        return asdict(self) | {"kind": self.kind.value}
