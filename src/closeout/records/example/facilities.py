"""Facilities: their populations, inspections, deficiencies, corrective actions and waivers."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from closeout.records.example.arrays import on
from closeout.records.example.fiscal import quarter_starts
from closeout.records.example.members import FACILITIES
from closeout.records.example.size import OFFICES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from closeout.records.example.agency import Agency
    from closeout.records.example.defects import Plants

_SETS = {"SET-A": "First set of standards (fictional)", "SET-B": "Second set of standards (fictional)"}
_COMPONENTS = 40
_OF_HOLDING = 24
"""Components assessed at a holding facility: less applies there."""
_CITED = 0.05
"""Deficiencies per component assessed, of the middle facility."""
_SPREAD = 0.4
"""Standard deviation of the logarithm of that between facilities: they differ by more than chance."""
_FAR, _FURTHER = (16, 52, 90), (27, 64, 81, 102)
"""Facilities so far from the others that analyses must name them, and those that stand out less."""
_RATES = dict.fromkeys(_FAR, 0.45) | dict.fromkeys(_FURTHER, 0.2)
_SOON, _LATE = 60, 400
_AHEAD, _LOOKED_AT = range(2, 37), range(5, 26)
"""By how many days a corrective action is done before it is due, and after how many it is verified."""
_LEFT_OPEN = 3
"""The component found deficient where chance found none and one is needed."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection, as what follows from it needs it."""

    id: int
    facility: int
    turn: int
    ended: int


def _facility(place: int) -> str:
    return f"FAC-{place + 1:03d}"


def facility_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield the facilities."""
    for place in range(FACILITIES):
        office = place % OFFICES
        yield {
            "facility_id": _facility(place),
            "label": f"Facility {place + 1} (fictional)",
            "office_id": agency.office_id(office),
            "area_code": f"AREA-{office + 1:02d}",
            "kind": _kind(place),
            "active_from": on(agency.as_of - 1_000 - 20 * (place % 30)),
            "mean_population": float(40 + (place * 37) % 900),
        }


def _kind(place: int) -> str:
    return ("county", "dedicated", "contract", "holding")[place % 4]


def count_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield each facility's population as published in six quarters."""
    numbers = count(1)
    for place in range(FACILITIES):
        for back in range(6, 0, -1):
            yield {
                "count_id": next(numbers),
                "facility_id": _facility(place),
                "as_of_on": on(quarter_starts(agency.as_of, back)),
                "is_own_date": back % 2 == 0,
                "mean_population": float(40 + (place * 37 + back * 11) % 900),
                "mean_stay": 20.0 + (place + back) % 40,
                "last_rating": "meets",
            }


def set_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield two made-up sets of standards."""
    for place, (name, label) in enumerate(_SETS.items()):
        yield {
            "standard_set_id": name,
            "label": label,
            "in_force_from": on(agency.as_of - 4_000 + 2_000 * place),
        }


def component_rows() -> Iterator[dict[str, Any]]:
    """Yield the sets' components; every fourth has priority."""
    for name in _SETS:
        for number in range(1, _COMPONENTS + 1):
            yield {
                "component_id": f"{name}-{number:02d}",
                "standard_set_id": name,
                "standard": f"made-up-standard-{number % 12 + 1:02d}",
                "is_priority": number % 4 == 0,
            }


def inspections(agency: Agency) -> Iterator[Inspection]:
    """Yield three yearly inspections of every facility, in order of time."""
    number = 0
    for place in range(FACILITIES):
        for turn in range(3):
            number += 1
            yield Inspection(number, place, turn, agency.as_of - 980 + 365 * turn + (place * 7) % 120)


def inspection_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the inspections; the results of some were never uploaded, and one was closed too soon."""
    for one in inspections(agency):
        is_recent = one.ended > agency.as_of - _LATE
        not_uploaded = one.facility % 14 == 1 and one.turn == 1
        if not_uploaded:
            plants.note("inspection-not-uploaded", [one.id])
        if _is_closed_too_soon(one):
            plants.note("inspection-closed-too-soon", [one.id])
        closed = None if is_recent and not _is_closed_too_soon(one) else min(one.ended + 250, agency.as_of)
        yield {
            "inspection_id": one.id,
            "facility_id": _facility(one.facility),
            "office_id": "HQ",
            "kind": "odo",
            "standard_set_id": _set(one.facility),
            "started_on": on(one.ended - 3),
            "ended_on": on(one.ended),
            "components_assessed": _assessed(one.facility),
            "state": "closed" if closed else "follow_up",
            "rating": ("meets", "acceptable", "superior", "does_not_meet")[one.id % 4 if one.id % 9 else 3],
            "uploaded_on": None if not_uploaded else on(one.ended + 15),
            "report_issued_on": _known(agency, one.ended + 55),
            "response_due_on": on(one.ended + 85),
            "responded_on": _known(agency, one.ended + 80),
            "closed_on": on(closed) if closed else None,
        }


def _known(agency: Agency, day: int) -> date | None:
    """Return a date; None where it lies after the as-of date."""
    return on(day) if day <= agency.as_of else None


def _is_closed_too_soon(one: Inspection) -> bool:
    return one.turn == 2 and one.facility in {7, 21, 35}


def _set(facility: int) -> str:
    return list(_SETS)[facility % 2]


def _assessed(facility: int) -> int:
    """Return how many components an inspection of a facility looks at."""
    return _OF_HOLDING if _kind(facility) == "holding" else _COMPONENTS


def _cited(agency: Agency) -> Iterator[tuple[Inspection, list[int]]]:
    """Yield each inspection with the components found deficient, some of them again and again."""
    chance = agency.chance("deficiencies").generator
    rates = _CITED * np.exp(chance.normal(0.0, _SPREAD, FACILITIES))
    for one in inspections(agency):
        components = _assessed(one.facility)
        rate = _RATES.get(one.facility, float(rates[one.facility]))
        found = 1 + np.flatnonzero(chance.random(components) < rate)
        repeated = [(one.facility % 5) + 36] if one.facility % 6 == 0 else []
        cited = sorted({*found.tolist(), *repeated})
        # What is closed too soon has something open.
        yield one, cited or [_LEFT_OPEN] * _is_closed_too_soon(one)


@dataclass(frozen=True, slots=True)
class Deficiency:
    """One deficiency and how it ended."""

    id: int
    of: Inspection
    component: int
    ending: str
    """`verified`, `unverified` (closed all the same), `waived`, `open` or `done` (not yet verified)."""


def _deficiencies(agency: Agency) -> Iterator[Deficiency]:
    number = 0
    waived: set[tuple[int, int]] = set()
    for one, cited in _cited(agency):
        for component in cited:
            number += 1
            is_old = one.ended < agency.as_of - _LATE
            if _is_closed_too_soon(one):
                ending = "open"
            elif number % 29 == 0:
                ending = "unverified" if is_old else "open"
            elif number % 37 == 0 and (one.facility, component) not in waived:
                ending = "waived"
                waived.add((one.facility, component))
            elif number % 11 == 0:
                ending = "done"
            else:
                ending = "verified" if is_old or number % 3 else "open"
            if ending in {"open", "done"} and is_old:
                ending = "verified"
            yield Deficiency(number, one, component, ending)


def deficiency_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the deficiencies, those cited at the inspection before, too, marked as repeated."""
    cited: set[tuple[int, int, int]] = set()
    states = {
        "verified": "closed",
        "unverified": "closed",
        "waived": "waived",
        "open": "cited",
        "done": "corrected",
    }
    for one in _deficiencies(agency):
        is_repeat = (one.of.facility, one.of.turn - 1, one.component) in cited
        cited.add((one.of.facility, one.of.turn, one.component))
        if is_repeat:
            plants.note("deficiency-repeated", [one.id])
        if one.ending == "unverified":
            plants.note("deficiency-closed-unverified", [one.id])
        if one.ending == "waived" and _waiver_expired(one):
            plants.note("waiver-expired", [one.id])
        is_closed = one.ending in {"verified", "unverified"}
        yield {
            "deficiency_id": one.id,
            "inspection_id": one.of.id,
            "facility_id": _facility(one.of.facility),
            "office_id": agency.office_id(one.of.facility % OFFICES),
            "component_id": _component(one),
            "code_as_printed": f"MU-{one.component:02d}",
            "cited_on": on(one.of.ended),
            "is_priority": one.component % 4 == 0,
            "is_repeat": is_repeat,
            "is_corrected_on_site": False,
            "state": states[one.ending],
            "closed_on": on(min(one.of.ended + 120, agency.as_of)) if is_closed else None,
        }


def _component(one: Deficiency) -> str:
    return f"{_set(one.of.facility)}-{one.component:02d}"


def _waiver_expired(one: Deficiency) -> bool:
    return one.id % 2 == 0


def action_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the corrective actions; some were done and never verified, some are overdue."""
    for number, one in enumerate(_deficiencies(agency), 1):
        if one.ending == "waived":
            continue
        accepted = one.of.ended + 25
        due = accepted + _SOON
        done = due - _AHEAD[11 * number % len(_AHEAD)]
        verified = done + _LOOKED_AT[5 * number % len(_LOOKED_AT)]
        is_done = one.ending != "open" and done <= agency.as_of
        is_verified = one.ending == "verified" and verified <= agency.as_of
        if one.ending == "open" and due < agency.as_of - 30:
            plants.note("corrective-action-overdue", [number])
        if is_done and one.ending == "done" and done < agency.as_of - 100:
            plants.note("corrective-action-not-verified", [number])
        yield {
            "action_id": number,
            "deficiency_id": one.id,
            "office_id": agency.office_id(one.of.facility % OFFICES),
            "state": "verified" if is_verified else "done" if is_done else "accepted",
            "accepted_on": on(accepted),
            "due_on": on(due),
            "done_on": on(done) if is_done else None,
            "done_by_role": "facility" if is_done else None,
            "verified_on": on(verified) if is_verified else None,
        }


def waiver_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield a waiver per waived deficiency; every second has expired and nothing followed."""
    headquarters = (agency.home == OFFICES).nonzero()[0]
    asked, approved = (agency.officer_no(place) for place in headquarters[:2])
    numbers = count(1)
    for one in _deficiencies(agency):
        if one.ending != "waived":
            continue
        since = min(one.of.ended + 40, agency.as_of - 40)
        expires = agency.as_of - 35 if _waiver_expired(one) else agency.as_of + 200
        yield {
            "waiver_id": next(numbers),
            "facility_id": _facility(one.of.facility),
            "component_id": _component(one),
            "office_id": "HQ",
            "authority": "HQ-director",
            "reason": ("structural", "state_law", "staffing")[one.id % 3],
            "requested_by": asked,
            "approved_by": approved,
            "approved_on": on(since),
            "expires_on": on(expires),
        }
