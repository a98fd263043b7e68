"""Posts, filled and vacant, and what officers can do and must do beside their cases."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from closeout.records.example.agency import JUVENILE
from closeout.records.example.arrays import on, words
from closeout.records.example.size import OFFICES, VACANT_OFFICE, VACANT_POSTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Ints
    from closeout.records.example.chance import Chance
    from closeout.records.example.defects import Plants

DETAIL_DAYS = 45
_SERIES = {"deportation_officer": "1801", "supervisor": "1801", "special_unit": "1801", "director": "0340"}
_VACANT_SHARE = 0.06
_SKILLS = ("lang-es", "lang-pt", "lang-fr", "lang-zh", "instructor", "juvenile")
_SPOKEN = (0.45, 0.06, 0.04, 0.04, 0.06, 0.06)
"""Shares of the officers who have each skill."""
_FIRST_CERTIFICATE = 4
"""Languages do not run out; certificates from this skill on do."""
_COLLATERAL = ("window", "transport", "escort", "court_transport", "instructor", "union", "firearms")
_STILL_NAMED = 2


def roles(agency: Agency) -> list[str]:
    """Return every officer's role in words."""
    said = list(words("officers", "role"))
    return [said[role] for role in agency.roles]


def position_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield a post per serving officer and the vacant ones; 6 of 19 are vacant in one office."""
    chance = agency.chance("posts")
    numbers = count(1)
    said = roles(agency)
    named = 0
    for place in range(len(agency.home)):
        has_left = agency.active_to[place] >= 0
        named += has_left
        row = _post(agency, next(numbers), int(agency.home[place]), said[place], agency.units[place] or None)
        if has_left and named > _STILL_NAMED:
            yield row | {"vacant_from": on(agency.active_to[place] + 1)}
            continue
        if has_left:
            plants.note("post-held-by-leaver", [row["position_no"]])
        yield row | {"officer_no": agency.officer_no(place)}
    for office in range(OFFICES):
        staff = int((agency.home == office).sum())
        vacant = VACANT_POSTS if office == VACANT_OFFICE else round(staff * _VACANT_SHARE)
        for _ in range(vacant):
            unit = f"{agency.office_id(office)}-NDD"
            row = _post(agency, next(numbers), office, "deportation_officer", unit)
            if office == VACANT_OFFICE:
                plants.note("posts-vacant", [row["position_no"]])
            yield row | {"vacant_from": on(agency.as_of - int(chance.generator.integers(60, 700)))}


def _post(agency: Agency, number: int, office: int, role: str, unit: str | None) -> dict[str, Any]:
    return {
        "position_no": f"P-{number:05d}",
        "office_id": agency.office_id(office),
        "unit_id": unit,
        "role": role,
        "series": _SERIES.get(role, "1802"),
        "grade": "GS-12",
        "authorized_on": on(agency.as_of - 4_000),
    }


def skill_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield languages and other skills; some certificates have run out, none of those who lead juveniles."""
    chance = agency.chance("skills")
    numbers = count(1)
    of_children = set(agency.leads[JUVENILE].members.tolist())
    for skill, (name, share) in enumerate(zip(_SKILLS, _SPOKEN, strict=True)):
        drawn = np.flatnonzero(chance.claims(share, len(agency.home))).tolist()
        kept = of_children if name == "juvenile" else set()
        for place in sorted(kept | set(drawn)):
            since = int(agency.active_from[place]) + 30
            ends = agency.as_of + int(chance.generator.integers(-200, 900))
            can_end = skill >= _FIRST_CERTIFICATE and ends > since and place not in kept
            yield {
                "skill_id": next(numbers),
                "officer_no": agency.officer_no(place),
                "skill": name,
                "valid_from": on(since),
                "valid_to": on(ends) if can_end else None,
            }


def serving(agency: Agency) -> Ints:
    """Return the officers who serve in a field office."""
    return agency.everyone.members


def detail_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield details of 45 days, at most one an officer."""
    chance = agency.chance("details")
    chosen = serving(agency)[chance.claims(0.12, len(serving(agency)))]
    kinds = list(words("details", "kind"))
    for number, place in enumerate(chosen, 1):
        starts = agency.starts + int(chance.generator.integers(0, agency.as_of - agency.starts + 30))
        home = int(agency.home[place])
        yield {
            "detail_id": number,
            "officer_no": agency.officer_no(place),
            "from_office_id": agency.office_id(home),
            "to_office_id": agency.office_id((home + 7) % OFFICES),
            "kind": kinds[0] if number % 3 else kinds[1 + number % 4],
            "from_on": on(starts),
            "to_on": on(starts + DETAIL_DAYS - 1),
        }


def absence_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield leave, illness and training: four stretches an officer a year, planned ones included."""
    chance = agency.chance("absences")
    numbers = count(1)
    drawn = ("annual", "sick", "training", "family", "administrative")
    members = serving(agency)
    first = chance.whole(0, 40, len(members))
    for offset in range(0, 640, 110):
        kind = chance.among((0.5, 0.25, 0.15, 0.05, 0.05), len(members))
        days = chance.whole(1, 12, len(members))
        for place, shift, what, long in zip(members, first, kind, days, strict=True):
            starts = agency.starts + offset + int(shift)
            yield {
                "absence_id": next(numbers),
                "officer_no": agency.officer_no(place),
                "kind": drawn[what],
                "from_on": on(starts),
                "to_on": on(starts + int(long) - 1),
                "hours_a_day": 8.0,
            }


def collateral_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield standing tasks beside the caseload, of four officers in ten."""
    chance = agency.chance("collateral")
    members = serving(agency)[chance.claims(0.4, len(serving(agency)))]
    for number, place in enumerate(members, 1):
        starts = agency.as_of - int(chance.generator.integers(100, 1_200))
        yield {
            "collateral_id": number,
            "officer_no": agency.officer_no(place),
            "kind": _COLLATERAL[_drawn(chance)],
            "hours_a_week": float(chance.generator.integers(2, 13)),
            "from_on": on(max(starts, int(agency.active_from[place]))),
            "to_on": None if number % 5 else on(agency.as_of + 100),
        }


def _drawn(chance: Chance) -> int:
    return int(chance.among((0.35, 0.2, 0.15, 0.1, 0.1, 0.05, 0.05), 1)[0])


def delegation_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield one supervisor standing in for the other, in every office."""
    for office in range(OFFICES):
        supervisors = agency.supervisors.of(office)
        starts = agency.as_of - 20 + office
        yield {
            "delegation_id": office + 1,
            "from_officer_no": agency.officer_no(supervisors[0]),
            "to_officer_no": agency.officer_no(supervisors[1]),
            "from_on": on(starts),
            "to_on": on(starts + 13),
        }
