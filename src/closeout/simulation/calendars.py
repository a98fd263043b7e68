"""The case minutes of each officer and day, and when who is away comes back."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from closeout.simulation.chance import GOLDEN, Source, mix, mixed, normal, uniform, uniforms
from closeout.simulation.compiled import compiled
from closeout.simulation.world import NEVER, PRESENT

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from closeout.simulation.model import OfficeModel, Officer

_SATURDAY = 5
_MONTH_DAYS = 365.25 / 12
_MONTH_WORKDAYS = 260.0 / 12
_YEAR = 365.0
_WORKING_DAYS = 260.0
_ABSENCE, _ESCORT = int(Source.ABSENCE), int(Source.ESCORT)


def open_days(model: OfficeModel, days: int) -> NDArray[np.bool_]:
    """Tell of each day from the first whether the office is open on it: weekdays that are no holidays."""
    if model.is_always_open:
        return np.ones(days, dtype=np.bool_)
    dates = (model.first_day + timedelta(days=day) for day in range(days))
    return np.array([day.weekday() < _SATURDAY and day not in model.holidays for day in dates])


def planned(model: OfficeModel, is_open: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return each officer's case minutes of each day as far as they are known beforehand.

    What other tasks take is subtracted from the paid minutes, then support is; a learner's ramp multiplies
    the rest (workload method: H = (AWT - IAS)(1 - c), times the ramp).
    """
    minutes = np.zeros((len(model.officers), model.horizon))
    for place, officer in enumerate(model.officers):
        minutes[place] = _officer_minutes(model, officer)
    return np.where(is_open[: model.horizon], minutes * (1 - supported(model)[:, None]), 0.0)


def supported(model: OfficeModel) -> NDArray[np.float64]:
    """Return the share of each officer's time that goes into work that is no case and no named duty."""
    own = (one.support_share for one in model.officers)
    return np.array([model.support_share if share is None else share for share in own], dtype=np.float64)


def stock_minutes(model: OfficeModel, officer: Officer) -> float:
    """Return the minutes a working day that an officer's open cases take beside their duties."""
    a_month = sum(cases * model.stock.get(docket, 0.0) for docket, cases in officer.cases.items())
    return a_month / _MONTH_WORKDAYS


def _officer_minutes(model: OfficeModel, officer: Officer) -> NDArray[np.float64]:
    minutes = np.full(model.horizon, officer.minutes_a_day)
    for task in officer.taken:
        minutes[_between(model, task.from_on, task.to_on)] -= task.minutes
    for away in officer.away:
        minutes[_between(model, away.from_on, away.to_on)] = 0.0
    np.maximum(minutes, 0.0, out=minutes)
    if officer.ramp_from is not None:
        minutes *= _learning(officer.ramp, model.horizon, (officer.ramp_from - model.first_day).days)
    return minutes


def _learning(ramp: tuple[float, ...], days: int, first: int) -> NDArray[np.float64]:
    """Return the share of full output on each day of who learns from a first day on; 1 before it."""
    since = np.arange(days) - first
    month = np.minimum(np.maximum(since, 0) / _MONTH_DAYS, len(ramp)).astype(np.int64)
    return np.where(since < 0, 1.0, np.append(ramp, 1.0)[month])


def staff(
    model: OfficeModel, minutes: NDArray[np.float64], key: np.uint64, numbers: NDArray[np.uint64]
) -> None:
    """Take out the days before a post is filled and after an officer has left.

    Args:
        model: The office.
        minutes: By officer and day; changed.
        key: Of the replication's draws on staff.
        numbers: The officers' own numbers.

    """
    start = model.warm_up_days
    chances = uniforms(key, numbers)
    spans = uniforms(key, mixed(numbers))
    for place, officer in enumerate(model.officers):
        if officer.lead_days is not None:
            spread = math.log1p(officer.lead_cv**2)
            drawn = math.exp(math.sqrt(spread) * normal(float(chances[place])) - spread / 2)
            arrives = start + round(officer.lead_days * drawn)
            minutes[place] *= _learning(officer.ramp, model.horizon, arrives)
            minutes[place, :arrives] = 0.0
    if model.attrition_a_year:
        # The time until an officer leaves: exponential, so that the share given leaves within a year.
        days = np.log(spans) / math.log(1 - model.attrition_a_year) * _YEAR
        for place, left in enumerate(days):
            minutes[place, start + int(min(left, model.horizon)) :] = 0.0


def _between(model: OfficeModel, from_on: date, to_on: date) -> slice:
    first = max(0, (from_on - model.first_day).days)
    return slice(first, max(first, (to_on - model.first_day).days + 1))


@compiled
def fall_ill(
    minutes: NDArray[np.float64],
    officers: NDArray[np.uint64],
    keys: NDArray[np.uint64],
    first_day: int,
    spells_a_year: float,
    mean_days: float,
) -> None:
    """Take out the days of unforeseen absence: spells that may begin and end with any working day.

    Args:
        minutes: By officer and day; changed.
        officers: The officers' own numbers.
        keys: Of the replication's sources.
        first_day: The first day's ordinal, so that a day's draw does not hang on where a run begins.
        spells_a_year: In 260 working days.
        mean_days: Working days a spell.

    """
    begins, lasts = spells_a_year / _WORKING_DAYS, 1.0 - 1.0 / mean_days
    for officer in range(minutes.shape[0]):
        is_ill = False
        for day in range(minutes.shape[1]):
            if minutes[officer, day] <= 0.0:
                continue
            number = mix(officers[officer] + np.uint64(first_day + day) * GOLDEN)
            is_ill = uniform(keys[_ABSENCE], number) < (lasts if is_ill else begins)
            if is_ill:
                minutes[officer, day] = 0.0


@compiled
def escort(
    minutes: NDArray[np.float64],
    keys: NDArray[np.uint64],
    first_day: int,
    trips_a_year: float,
    officers: int,
    days: int,
) -> None:
    """Take out the days of officers on trips. Each trip takes the next officers at work, in turn.

    Args:
        minutes: By officer and day; changed.
        keys: Of the replication's sources.
        first_day: The first day's ordinal.
        trips_a_year: In 260 working days.
        officers: On each trip.
        days: Calendar days a trip.

    """
    everybody, turn = minutes.shape[0], 0
    for day in range(minutes.shape[1]):
        if minutes[:, day].max() <= 0.0:
            continue
        # The number of trips that begin: a Poisson draw by adding up its distribution.
        left = uniform(keys[_ESCORT], mix(np.uint64(first_day + day) * GOLDEN))
        mean = trips_a_year / _WORKING_DAYS
        chance, trips = np.exp(-mean), 0
        while left >= chance and trips < everybody:
            left -= chance
            trips += 1
            chance *= mean / trips
        wanted = min(trips * officers, everybody)
        looked = 0
        while wanted > 0 and looked < everybody:
            if minutes[turn, day] > 0.0:
                minutes[turn, day : day + days] = 0.0
                wanted -= 1
            turn = (turn + 1) % everybody
            looked += 1


@compiled
def returns(minutes: NDArray[np.float64], is_open: NDArray[np.bool_]) -> NDArray[np.int32]:
    """Return by officer and day when an officer who is away returns; PRESENT where the officer is not away.

    Away is a run of days without hours of which the office is open on at least one; weekends beside it
    belong to it. Who does not return within the days given returns after every due date.
    """
    back = np.full(minutes.shape, PRESENT, dtype=np.int32)
    days = minutes.shape[1]
    for officer in range(minutes.shape[0]):
        first = 0
        while first < days:
            if minutes[officer, first] > 0.0:
                first += 1
                continue
            end, is_away = first, False
            while end < days and minutes[officer, end] <= 0.0:
                is_away = is_away or is_open[end]
                end += 1
            if is_away:
                back[officer, first:end] = end if end < days else NEVER - 1
            first = end
    return back
