"""What a simulation found: by duty, by officer, and for all duties together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from closeout.simulation.estimates import Estimate, estimate, plain, within
from closeout.simulation.world import TALLY

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIELDS: tuple[str, ...] = TALLY.names or ()
"""What is counted of each duty."""
POST_FIELDS = ("own", "cover", "office", "extra", "available")
"""What is counted of each officer, in minutes."""
DAY_FIELDS = ("open", "overdue", "fell_due", "on_time")
"""What is counted of each day: tasks open and overdue at its end; whose last day it was, these on time."""
_HOUR = 60.0
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Named:
    """A duty as it is shown."""

    code: str
    title: str
    activity: str


@dataclass(frozen=True)
class Outcome:
    """What some replications found.

    Shares are 0 to 1, hours are officer hours, all for the days counted. A duty fell due when the last day
    on which it was on time lies in those days; it was on time when it was done by then.
    """

    office_id: str
    """Empty for the nation."""
    start_on: date
    days: int
    seed: int
    cases: int
    duties: tuple[Named, ...]
    officers: tuple[str, ...]
    """Staff numbers in their order; empty for the nation."""
    counted: NDArray[np.float64]
    """Replications x duties x FIELDS."""
    posts: NDArray[np.float64]
    """Replications x officers x POST_FIELDS; for the nation x offices."""
    daily: NDArray[np.float64]
    """Replications x days counted x DAY_FIELDS."""
    tasks: int
    """Tasks done in all replications, warm-up included."""
    notes: tuple[str, ...] = ()
    offices: tuple[Outcome, ...] = ()
    """The nation's parts, in the order of their codes."""
    of_roles: NDArray[np.float64] | None = None
    """Replications x POST_FIELDS: of `posts`, what is of officers who only do what their role does."""

    @property
    def replications(self) -> int:
        """How many replications there were."""
        return len(self.counted)

    def by_day(self, name: str) -> NDArray[np.float64]:
        """Return one of DAY_FIELDS by replication and day."""
        return self.daily[:, :, DAY_FIELDS.index(name)]

    def of(self, name: str, duty: str | None = None) -> NDArray[np.float64]:
        """Return one figure of each replication: of a duty, or of all together."""
        figures = self.counted[:, :, FIELDS.index(name)]
        if duty is None:
            summed: NDArray[np.float64] = figures.sum(axis=1)
            return summed
        place = self._place.get(duty)
        return np.zeros(self.replications) if place is None else figures[:, place]

    @cached_property
    def _place(self) -> dict[str, int]:
        return {duty.code: place for place, duty in enumerate(self.duties)}

    def shares(self, duty: str | None = None) -> NDArray[np.float64]:
        """Return the share done on time in each replication; NaN where nothing fell due."""
        fell_due = self.of("fell_due", duty)
        return _ratio(self.of("on_time", duty), fell_due)

    def on_time(self, duty: str | None = None) -> Estimate | None:
        """Return the share done on time, of a duty or of all; None where nothing fell due."""
        return within(estimate(self.shares(duty)), 0.0, 1.0)

    def used(self) -> NDArray[np.float64]:
        """Return the share of the case hours that was used in each replication, overtime included.

        Of those who lead and cover cases.
        """
        crew = self._crew()
        return _ratio(crew[:, :3].sum(axis=1), crew[:, POST_FIELDS.index("available")])

    def _crew(self) -> NDArray[np.float64]:
        """Return the minutes of those who lead and cover cases: replications x POST_FIELDS."""
        whole: NDArray[np.float64] = self.posts.sum(axis=1)
        return whole if self.of_roles is None else whole - self.of_roles

    def hours(self, name: str) -> NDArray[np.float64]:
        """Return the hours of those who lead and cover cases, by replication; a name of POST_FIELDS."""
        return self._crew()[:, POST_FIELDS.index(name)] / _HOUR

    def role_hours(self, name: str) -> NDArray[np.float64]:
        """Return the hours of officers who only do what their role does, by a name of POST_FIELDS."""
        if self.of_roles is None:
            return np.zeros(self.replications)
        minutes: NDArray[np.float64] = self.of_roles[:, POST_FIELDS.index(name)]
        return minutes / _HOUR

    def is_growing(self) -> bool:
        """Tell whether the open tasks grow in the second half of the days by more than a tenth.

        Then the work does not fit the hours, and every share on time would fall further in a longer run.
        """
        means = self.by_day("open").mean(axis=0)
        half = len(means) // 2
        if half < _WEEK:
            return False
        # A week's mean at each end, for the days of the week differ.
        return bool(means[-_WEEK:].mean() > 1.1 * max(means[half : half + _WEEK].mean(), 1.0))

    def plain(self) -> dict[str, Any]:
        """Return what was found as plain values, unrounded; the keys do not change."""
        made = {
            "office_id": self.office_id,
            "start_on": self.start_on.isoformat(),
            "days": self.days,
            "replications": self.replications,
            "seed": self.seed,
            "cases": self.cases,
            "tasks": self.tasks,
            "all": self._figures(None),
            "duties": [
                {"code": duty.code, "title": duty.title, "activity": duty.activity} | self._figures(duty.code)
                for duty in self.duties
            ],
            "used": plain(estimate(self.used())),
            "hours": {name: plain(estimate(self.hours(name))) for name in POST_FIELDS},
            "role_hours": {name: plain(estimate(self.role_hours(name))) for name in POST_FIELDS},
            "is_growing": self.is_growing(),
            "open_tasks": self._weekly(),
            "months": self._months(),
            "overdue_at_start": plain(estimate(self.of("brought"))),
            "notes": list(self.notes),
        }
        if self.officers:
            made["officers"] = [self._post(place) for place in range(len(self.officers))]
        if self.offices:
            made["offices"] = [office.brief() for office in self.offices]
        return made

    def brief(self) -> dict[str, Any]:
        """Return the few figures that a list of offices shows."""
        return {
            "office_id": self.office_id,
            "officers": len(self.officers),
            "cases": self.cases,
            "on_time": plain(self.on_time()),
            "used": plain(estimate(self.used())),
            "overdue": plain(estimate(self.of("overdue"))),
            "is_growing": self.is_growing(),
        }

    def _figures(self, duty: str | None) -> dict[str, Any]:
        shares, fell_due = self.shares(duty), self.of("fell_due", duty)
        seen = shares[~np.isnan(shares)]
        late = fell_due - self.of("on_time", duty)
        late_days = self.of("late_days", duty) + self.of("overdue_days", duty)
        mean_late = _ratio(late_days, late)
        return {
            "fell_due": plain(estimate(fell_due)),
            "on_time": plain(self.on_time(duty)),
            # Between these lie nine of ten years.
            "years": None if not seen.size else [float(edge) for edge in np.quantile(seen, (0.05, 0.95))],
            "mean_days_late": plain(estimate(mean_late)),
            "done": plain(estimate(self.of("done", duty))),
            "backlog": plain(estimate(self.of("backlog", duty))),
            "overdue": plain(estimate(self.of("overdue", duty))),
            "hours": plain(estimate(self.of("minutes", duty) / _HOUR)),
            "covered": plain(estimate(self.of("covered", duty))),
            "covered_hours": plain(estimate(self.of("covered_minutes", duty) / _HOUR)),
        }

    def _weekly(self) -> list[dict[str, Any]]:
        means = self.by_day("open").mean(axis=0)
        return [
            {"on": (self.start_on + timedelta(days=day)).isoformat(), "tasks": float(means[day])}
            for day in range(0, len(means), _WEEK)
        ]

    def _months(self) -> list[dict[str, Any]]:
        """Return the share on time of what fell due in each month, and what is overdue at its end.

        The first month shows what today's backlog does, the last what the office comes to.
        """
        dates = [self.start_on + timedelta(days=day) for day in range(self.days)]
        made = []
        for month in dict.fromkeys(one.replace(day=1) for one in dates):
            days = [day for day, one in enumerate(dates) if one.replace(day=1) == month]
            fell_due = self.by_day("fell_due")[:, days].sum(axis=1)
            shares = _ratio(self.by_day("on_time")[:, days].sum(axis=1), fell_due)
            made.append(
                {
                    "on": dates[days[0]].isoformat(),
                    "fell_due": float(fell_due.mean()),
                    "on_time": plain(within(estimate(shares), 0.0, 1.0)),
                    "overdue": plain(estimate(self.by_day("overdue")[:, days[-1]])),
                }
            )
        return made

    def _post(self, place: int) -> dict[str, Any]:
        means = self.posts[:, place].mean(axis=0) / _HOUR
        return {"officer_no": self.officers[place]} | {
            f"{name}_hours": float(value) for name, value in zip(POST_FIELDS, means, strict=True)
        }


def _ratio(over: NDArray[np.float64], under: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a share of each replication; NaN where there is nothing to take it of."""
    made: NDArray[np.float64] = np.divide(over, under, out=np.full(len(under), np.nan), where=under > 0)
    return made
