"""Who works where and as what, who left, and who has no hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from closeout.records.example.agency import Agency, Roster
from closeout.records.example.arrays import EMPTY, on, word, words
from closeout.records.example.chance import Chance
from closeout.records.example.numbers import staff_numbers
from closeout.records.example.offices import (
    HEADQUARTERS,
    SPECIAL_OFFICE,
    SPECIAL_UNIT,
    codes,
    site_codes,
    sites_of,
)
from closeout.records.example.size import (
    LONE_JUVENILE_OFFICE,
    OFFICES,
    POSTS_OF_VACANT_OFFICE,
    VACANT_OFFICE,
    VACANT_POSTS,
)
from closeout.records.example.writing import keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.records.example.arrays import Floats, Ints
    from closeout.records.example.size import Size

SPECIAL_MEMBERS = 21
_LEAVERS = (1, 9, 17)
_IDLE = (4, 12)
_TEN_YEARS = 3_650
_PART_TIME_SHARE = 0.03
_CONVERTED_SHARE = 0.45
_SITE_SHARES = (0.6, 0.25, 0.15)
_OTHERS = ("ALT", "TRV", "NDD", "SUP")


@dataclass(frozen=True, slots=True)
class Job:
    """What one officer does."""

    office: int
    unit: str
    role: str
    leads: str = ""
    """`detained`, `other` or `juvenile` where the officer leads cases; `left` or `idle` for two defects."""


def hire(seed: int, size: Size, as_of: int, starts: int) -> Agency:
    """Return the agency with its officers, in the order of their staff numbers."""
    jobs = list(_jobs(size))
    chance = Chance(seed, size.name, "officers")
    jobs = [jobs[place] for place in chance.generator.permutation(len(jobs))]
    home = np.asarray([job.office for job in jobs])
    tenure = np.where([bool(job.leads) for job in jobs], _TEN_YEARS, 100) + chance.whole(0, 5_500, len(jobs))
    left = np.asarray([job.leads == "left" for job in jobs])
    own_sites = np.asarray([sites_of(office) for office in range(OFFICES + 1)])
    main_site = np.cumsum(own_sites) - own_sites
    drawn = Chance(seed, size.name, "sites").among(_SITE_SHARES, len(jobs))
    can_convert = np.asarray([job.role == "deportation_officer" and not job.leads for job in jobs])
    return Agency(
        seed=seed,
        size=size,
        as_of=as_of,
        starts=starts,
        offices=keys(codes()),
        officers=staff_numbers(seed, len(jobs)),
        home=home,
        roles=np.asarray([word("officers", "role", job.role) for job in jobs]),
        units=tuple(f"{codes()[job.office]}-{job.unit}" if job.unit else "" for job in jobs),
        active_from=as_of - tenure,
        active_to=np.where(left, as_of - chance.whole(30, 90, len(jobs)), EMPTY),
        converted=(can_convert & chance.claims(_CONVERTED_SHARE, len(jobs))).astype(np.int64),
        leads=(_roster(jobs, "detained"), _roster(jobs, "other"), _roster(jobs, "juvenile")),
        supervisors=_supervisors(jobs),
        everyone=_of(home, ~left & (home < OFFICES)),
        leavers=_lone(jobs, "left"),
        idle=_lone(jobs, "idle"),
        sites=keys(site_codes()),
        main_site=main_site,
        site=main_site[home] + drawn % own_sites[home],
    )


def _jobs(size: Size) -> Iterator[Job]:
    for office in range(OFFICES):
        yield from _office_jobs(size, office)
    for role, wanted in (("director", 1), ("program_manager", 8), ("planner", 3), ("instructor", 3)):
        yield from [Job(HEADQUARTERS, "OVR" if role == "program_manager" else "", role)] * wanted
    yield Job(HEADQUARTERS, "OVR", "supervisor")
    yield from [Job(SPECIAL_OFFICE, SPECIAL_UNIT, "special_unit")] * SPECIAL_MEMBERS


def _office_jobs(size: Size, office: int) -> list[Job]:
    others, detained = size.officers[office], size.detained_officers[office]
    juvenile = 1 if office in {LONE_JUVENILE_OFFICE, VACANT_OFFICE} else max(1, size.other_officers // 60)
    officer = "deportation_officer"
    jobs = [Job(office, "", "director"), Job(office, "JUV", "juvenile_coordinator")]
    jobs += [Job(office, "NDD", officer, "other")] * others
    jobs += [Job(office, "DET", officer, "detained")] * detained
    jobs += [Job(office, "JUV", officer, "juvenile")] * juvenile
    jobs += [Job(office, "NDD", officer, "left")] * (office in _LEAVERS)
    jobs += [Job(office, "NDD", officer, "idle")] * (office in _IDLE)
    rest = size.other_officers
    jobs += [Job(office, "NDD", "supervisor")] * (2 + rest // 12 * (office != VACANT_OFFICE))
    if office == VACANT_OFFICE:
        rest = POSTS_OF_VACANT_OFFICE - VACANT_POSTS - len(jobs)
    else:
        jobs.append(Job(office, "OVR", "inspector"))
    return jobs + [_other(office, place) for place in range(rest)]


def _other(office: int, place: int) -> Job:
    unit = _OTHERS[place % len(_OTHERS)]
    return Job(office, unit, "enforcement_assistant" if unit == "SUP" else "deportation_officer")


def _of(home: Ints, chosen: Any) -> Roster:  # noqa: ANN401 - an array of claims or a list of them
    members = np.flatnonzero(np.asarray(chosen))
    members = members[np.argsort(home[members], kind="stable")].astype(np.int64)
    size = np.bincount(home[members], minlength=OFFICES + 1).astype(np.int64)
    return Roster(members, np.cumsum(size) - size, size)


def _roster(jobs: list[Job], leads: str) -> Roster:
    return _of(np.asarray([job.office for job in jobs]), [job.leads == leads for job in jobs])


def _supervisors(jobs: list[Job]) -> Roster:
    return _of(np.asarray([job.office for job in jobs]), [job.role == "supervisor" for job in jobs])


def _lone(jobs: list[Job], leads: str) -> Ints:
    found = np.full(OFFICES + 1, EMPTY, dtype=np.int64)
    for place, job in enumerate(jobs):
        if job.leads == leads:
            found[job.office] = place
    return found


def contracted_hours(agency: Agency) -> Floats:
    """Return the officers' hours a week: 40, some 20, and none for the defect."""
    drawn = agency.chance("contracts of officers").generator.random(len(agency.home))
    hours = np.where(drawn < _PART_TIME_SHARE, 20.0, 40.0)
    hours[agency.idle[agency.idle >= 0]] = 0.0
    return hours


def officer_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield a row per officer."""
    chance = agency.chance("entered")
    roles = list(words("officers", "role"))
    recent = chance.whole(200, 1_300, len(agency.home))
    hours = contracted_hours(agency)
    for place in range(len(agency.home)):
        joined = agency.active_from[place]
        entered = max(joined, agency.as_of - recent[place]) if agency.converted[place] else joined
        yield {
            "officer_no": agency.officer_no(place),
            "office_id": agency.office_id(agency.home[place]),
            "unit_id": agency.units[place] or None,
            "role": roles[agency.roles[place]],
            "entered_on": on(entered),
            "active_from": on(joined),
            "active_to": on(agency.active_to[place]) if agency.active_to[place] >= 0 else None,
            "contracted_hours": float(hours[place]),
            "is_converted": bool(agency.converted[place]),
            "site_id": agency.sites[int(agency.site[place])].as_py(),
        }
