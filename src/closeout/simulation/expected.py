"""The hours that a model's duties take on average, worked out without simulating."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from closeout.simulation.calendars import open_days, planned, stock_minutes
from closeout.simulation.model import Comes, Officer

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from closeout.simulation.model import Duty, OfficeModel

_YEAR = 365.0
_HOUR = 60.0
_WORKING_DAYS = 260.0
_MANY = 1_000
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Expected:
    """Hours of the days counted."""

    needed: float
    """For duties, and for open cases beside their duties."""
    of_office: float
    """Of these, for duties that are the office's and not a case's, where no role does them."""
    of_roles: float
    """Of these, for what nobody leads and roles do, a case's duties among it."""
    available: float
    """After known absences; unforeseen ones and trips are subtracted on average."""
    available_crew: float
    """Of these, of the officers who lead and cover cases."""
    tasks: Mapping[str, float]
    """By duty."""

    @property
    def utilization(self) -> float:
        """Needed of available; infinite without hours."""
        return self.needed / self.available if self.available else float("inf")


def expected_hours(model: OfficeModel) -> Expected:
    """Return what a model calls for on average and what it has, were each duty done in time.

    Recurring duties come every interval; a rolling one is done half its lead early on average, which is
    left out. Attrition and posts still to be filled are left out too.
    """
    a_year: dict[str, float] = {}
    of_office: dict[str, float] = {}
    for duty in model.duties:
        if duty.comes is not Comes.FOLLOWS:
            a_year[duty.code] = _a_year(model, duty)
            of_office[duty.code] = a_year[duty.code] if duty.a_year else duty.per_officer * _at_work(model)
    # A duty may follow one that follows: go round until each has its parent's figure.
    waiting = [duty for duty in model.duties if duty.comes is Comes.FOLLOWS]
    while ready := [duty for duty in waiting if duty.after in a_year]:
        for duty in ready:
            a_year[duty.code] = a_year[duty.after] * duty.probability
            of_office[duty.code] = of_office[duty.after] * duty.probability
        waiting = [duty for duty in waiting if duty.code not in a_year]
    part = model.days / _YEAR
    by_role = {duty.code for duty in model.duties if duty.done_by}
    stock = sum(stock_minutes(model, officer) for officer in model.officers) * _WORKING_DAYS
    minutes = {duty.code: duty.minutes for duty in model.duties}
    return Expected(
        needed=(stock + sum(tasks * minutes[code] for code, tasks in a_year.items())) * part / _HOUR,
        of_office=_hours(of_office, minutes, of_office.keys() - by_role) * part,
        of_roles=_hours(a_year, minutes, by_role) * part,
        available=_available(model),
        available_crew=_available(model, is_crew=True),
        tasks={code: tasks * part for code, tasks in a_year.items()},
    )


def _hours(a_year: Mapping[str, float], minutes: Mapping[str, float], of: Collection[str]) -> float:
    return sum(a_year[code] * minutes[code] for code in of) / _HOUR


def evenness(model: OfficeModel) -> tuple[int, int]:
    """Return how many officers lead more than their hours hold, and how many less than half of it.

    Posts without any hours are in neither count. No officer is named: how cases are shared out is a
    question to the office, not to a person.
    """
    of_case = {}
    others = tuple(
        Officer(f"({role})", 0.0, role=role, is_covering=False)
        for role in sorted({role for one in model.duties for role in one.done_by})
    )
    for docket in {name for one in model.officers for name in one.cases}:
        alone = Officer("any", model.officers[0].minutes_a_day or 1.0, {docket: _MANY})
        hours = expected_hours(replace(model, officers=(alone, *others), backlog=None))
        of_case[docket] = (hours.needed - hours.of_office - hours.of_roles) / _MANY
    minutes = planned(model, open_days(model, model.horizon))[:, model.warm_up_days :].sum(axis=1)
    crew = [one for one in model.officers if one.is_covering]
    minutes = minutes[[one.is_covering for one in model.officers]]
    kept = _kept(model)
    loads = [
        sum(cases * of_case[docket] for docket, cases in one.cases.items()) * _HOUR / (there * kept)
        for one, there in zip(crew, minutes, strict=True)
        if there * kept > 0
    ]
    return sum(load > 1 for load in loads), sum(load < _HALF for load in loads)


def _a_year(model: OfficeModel, duty: Duty) -> float:
    is_recurring = duty.comes is not Comes.ARISES
    if duty.a_year:
        return round(duty.a_year) * _YEAR / duty.interval_days if is_recurring else duty.a_year
    total = duty.per_officer * _at_work(model)
    for officer in model.officers:
        for docket, cases in officer.cases.items():
            each = duty.rate(docket)
            total += cases * (each * _YEAR / duty.interval_of(docket) if is_recurring else each)
    return total


def _at_work(model: OfficeModel) -> int:
    """Return how many posts have hours at all."""
    return sum(1 for one in model.officers if one.minutes_a_day)


def _available(model: OfficeModel, *, is_crew: bool = False) -> float:
    minutes = planned(model, open_days(model, model.horizon))[:, model.warm_up_days :]
    if is_crew:
        minutes = minutes[[one.is_covering for one in model.officers]]
    return float(minutes.sum()) / _HOUR * _kept(model)


def _kept(model: OfficeModel) -> float:
    """Return the share of planned hours that unforeseen absences and trips leave."""
    ill = model.sickness.spells_a_year * model.sickness.mean_days / _WORKING_DAYS
    kept = 1 / (1 + ill)
    escorted = model.escorts.trips_a_year * model.escorts.officers * model.escorts.days * 5 / 7
    days_a_year = len(model.officers) * _WORKING_DAYS
    return max(0.0, kept - escorted / days_a_year)
