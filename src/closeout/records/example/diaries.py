"""The diaries of a time study: what each officer asked did on each day, until the day was full."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.records.example import activities
from closeout.records.example.agency import DETAINED, JUVENILE, NOT_DETAINED
from closeout.records.example.offices import HEADQUARTERS
from closeout.records.example.posts import roles
from closeout.records.example.staff import contracted_hours

if TYPE_CHECKING:
    from closeout.records.example.activities import Job
    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Floats, Ints
    from closeout.records.example.chance import Chance

_CANDIDATES = 30
_LONGEST = 480
_DUTY_SHARE = 0.78
"""Of a day, after which no more duties are begun."""
_STOCK_SHARE = 0.6
_PACE = 0.35
"""Standard deviation of the logarithm of an officer's minutes a task."""
_SPREAD = 0.45
"""The same of one entry around the officer's own."""
JOBS = (
    activities.OUTSIDE, activities.CUSTODY, activities.CHILDREN, activities.HELPING, activities.TRAVELING,
    activities.ASSISTING, activities.SUPERVISING, activities.INSPECTING, activities.LEADING,
    activities.BEFORE,
)  # fmt: skip
(
    _OUTSIDE,
    _CUSTODY,
    _CHILDREN,
    _HELPING,
    _TRAVELING,
    _ASSISTING,
    _SUPERVISING,
    INSPECTING,
    _LEADING,
    BEFORE,
) = range(len(JOBS))
NAMES = (
    *sorted({one.activity for job in JOBS for one in job.doings}),
    *(job.stock for job in JOBS if job.stock),
    *("meeting", "administration", "supervision", "training"),
)
"""The activities, in the order in which entries name them."""
_PLACE = {name: place for place, name in enumerate(NAMES)}


@dataclass(frozen=True, slots=True)
class Entries:
    """Diary entries: the officer-day each belongs to, activity as a place in `NAMES`, minutes and tasks."""

    of: Ints
    activity: Ints
    minutes: Ints
    tasks: Ints
    overtime: Ints


def jobs(agency: Agency) -> Ints:
    """Return every officer's job, as a place in `JOBS`."""
    by_role = {
        "deportation_officer": _HELPING,
        "supervisor": _SUPERVISING,
        "enforcement_assistant": _ASSISTING,
        "juvenile_coordinator": _HELPING,
        "inspector": INSPECTING,
        "program_manager": INSPECTING,
    }
    found = np.asarray([by_role.get(role, _LEADING) for role in roles(agency)])
    travels = np.asarray([unit.endswith("-TRV") for unit in agency.units])
    found[travels & (found == _HELPING)] = _TRAVELING
    found[(agency.home == HEADQUARTERS) & (found == _SUPERVISING)] = INSPECTING
    for roster, job in ((NOT_DETAINED, _OUTSIDE), (DETAINED, _CUSTODY), (JUVENILE, _CHILDREN)):
        found[agency.leads[roster].members] = job
    return found


def pace(agency: Agency) -> Floats:
    """Return how many times the usual minutes each officer takes: log-normal, with a mean of 1."""
    drawn = agency.chance("pace").generator.normal(-(_PACE**2) / 2, _PACE, len(agency.home))
    return np.exp(drawn)


def keep(agency: Agency, officers: Ints, done: Ints, chance: Chance) -> Entries:
    """Return what officers wrote down of their days.

    Args:
        agency: The agency.
        officers: The officer of each officer-day.
        done: The job of each, as a place in `JOBS`.
        chance: Where to draw from.

    Returns:
        The entries, in order of officer-day; each day's minutes come to about a fifth of the contracted week.

    """
    paces, length = pace(agency)[officers], contracted_hours(agency)[officers] * 60 / 5
    pieces = [
        _of_job(JOBS[job], np.flatnonzero(done == job), paces, length, chance)
        for job in np.unique(done).tolist()
    ]
    columns = (np.concatenate(column) for column in zip(*pieces, strict=True))
    place, activity, minutes, tasks, overtime = columns
    order = np.argsort(place, kind="stable")
    return Entries(place[order], activity[order], minutes[order], tasks[order], overtime[order])


def _of_job(job: Job, places: Ints, paces: Floats, length: Floats, chance: Chance) -> tuple[Ints, ...]:
    """Return the duties begun until most of the day is over, then what filled the rest of it."""
    shape = (len(places), _CANDIDATES)
    drawn = chance.among([one.share for one in job.doings], len(places) * _CANDIDATES).reshape(shape)
    most = np.asarray([one.tasks for one in job.doings])[drawn]
    tasks = 1 + chance.below(most.ravel()).reshape(shape)
    mean = np.asarray([one.minutes for one in job.doings])[drawn] * tasks * paces[places, None]
    noise = chance.generator.normal(-(_SPREAD**2) / 2, _SPREAD, shape)
    minutes = np.clip(np.rint(mean * np.exp(noise)), 1, _LONGEST).astype(np.int64)
    begun = np.cumsum(minutes, axis=1) - minutes
    is_done = begun < length[places, None] * _DUTY_SHARE
    codes = np.asarray([_PLACE[one.activity] for one in job.doings])[drawn]
    late = (begun + minutes > length[places, None]).astype(np.int64)
    begun_by = np.repeat(places, is_done.sum(axis=1))
    duties = begun_by, codes[is_done], minutes[is_done], tasks[is_done], late[is_done]
    rest = length[places] - (minutes * is_done).sum(axis=1)
    filled = _rest(job, places, rest, chance)
    return tuple(np.concatenate(both) for both in zip(duties, filled, strict=True))


def _rest(job: Job, places: Ints, rest: Floats, chance: Chance) -> tuple[Ints, ...]:
    """Return the rest of each day: work on cases that no duty names, and support."""
    share = _STOCK_SHARE if job.stock else 0.0
    on_cases = np.where(rest > 10, rest * share, 0).astype(np.int64)
    support = np.minimum(np.maximum(rest - on_cases, 0), _LONGEST).astype(np.int64)
    codes = np.asarray([_PLACE[name] for name in job.support])
    drawn = codes[chance.below(np.full(len(places), len(codes)))]
    stock = np.full(len(places), _PLACE.get(job.stock, 0))
    place = np.concatenate([places, places])
    activity, minutes = np.concatenate([stock, drawn]), np.concatenate([on_cases, support])
    has_any = minutes > 0
    none = np.zeros(int(has_any.sum()), dtype=np.int64)
    return place[has_any], activity[has_any], minutes[has_any], none - 1, none


def at_moments(done: Ints, chance: Chance) -> Ints:
    """Return what officers of given jobs do at moments drawn by chance, as places in `NAMES`."""
    found = np.zeros(len(done), dtype=np.int64)
    for job in np.unique(done).tolist():
        said = JOBS[job]
        places = np.flatnonzero(done == job)
        spent = [one.share * one.minutes * (one.tasks + 1) / 2 for one in said.doings]
        rest = sum(spent) * (1 - _DUTY_SHARE) / _DUTY_SHARE
        on_cases = [rest * _STOCK_SHARE] if said.stock else []
        support = [(rest - sum(on_cases)) / len(said.support)] * len(said.support)
        names = [*(one.activity for one in said.doings), *([said.stock] if said.stock else []), *said.support]
        codes = np.asarray([_PLACE[name] for name in names])
        found[places] = codes[chance.among([*spent, *on_cases, *support], len(places))]
    return found
