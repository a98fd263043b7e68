"""Partners' members: credentials, training; and complaints about partners and facilities."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from closeout.records.example.arrays import on
from closeout.records.example.partners import MEMBERS, agreements, participation_end
from closeout.records.example.size import OFFICES
from closeout.records.example.training import PARTNER_COURSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.records.example.agency import Agency
    from closeout.records.example.defects import Plants

_COMPLAINTS = 120
_FRIDAY = 4
FACILITIES = 110


def credential_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield a credential a member; of those that ended some were never returned, revoked or destroyed."""
    witness = agency.officer_no((agency.home == OFFICES).nonzero()[0][0])
    ended = count()
    for one in agreements(agency):
        for member in range(MEMBERS):
            number = one.place * MEMBERS + member + 1
            name = f"CR-{number:04d}"
            row: dict[str, Any] = {
                "credential_no": name,
                "participation_id": number,
                "office_id": agency.office_id(one.office),
                "issued_on": on(one.operational + 6),
            }
            ends = participation_end(agency, one, member)
            yield row if ends is None else row | _recovered(name, ends, next(ended), witness, plants)


def _recovered(name: str, ends: int, turn: int, witness: str | None, plants: Plants) -> dict[str, Any]:
    """Return what became of a credential: in turn returned and destroyed, revoked, and three defects."""
    row: dict[str, Any] = {"participation_ended_on": on(ends)}
    kind = turn % 8
    if kind == 0:
        plants.note("credential-not-recovered", [name])
        return row
    if kind == 1:
        return row | {"revoked_on": on(ends + 5)}
    row["returned_on"] = on(ends + 4)
    if kind == 2:
        plants.note("credential-not-destroyed", [name])
        return row
    is_alone = kind == 3
    if is_alone:
        plants.note("credential-destroyed-unwitnessed", [name])
    return row | {"destroyed_on": on(ends + 20), "witnessed_by": None if is_alone else witness}


def training_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the members' trainings of the last two years; every thirtieth has lapsed."""
    numbers = count(1)
    for one in agreements(agency):
        if one.ended:
            continue
        for member in range(MEMBERS):
            place = one.place * MEMBERS + member
            if participation_end(agency, one, member):
                continue
            for turn, due in enumerate((agency.as_of - 480 + place % 60, agency.as_of - 115 + place % 60)):
                number = next(numbers)
                is_lapsed = turn == 1 and place % 30 == 4
                if is_lapsed and due < agency.as_of - 35:
                    plants.note("partner-training-lapsed", [number])
                yield {
                    "training_id": number,
                    "participation_id": place + 1,
                    "office_id": agency.office_id(one.office),
                    "course_id": PARTNER_COURSES[1],
                    "due_on": on(due),
                    "passed_on": None if is_lapsed else on(due - 10),
                    "score": None if is_lapsed else float(72 + place % 25),
                    "attempts": 0 if is_lapsed else 1 + (place % 12 == 0),
                }


def complaint_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield complaints: most notified in time, those of a Friday evening on Monday, some much too late."""
    roles = ("detained_person", "family", "representative", "staff", "public", "oversight")
    categories = ("conduct", "medical", "language", "conditions", "access", "records", "other")
    made = agreements(agency)
    for number in range(1, _COMPLAINTS + 1):
        one = made[number % len(made)]
        is_about_partner = number % 3 > 0
        received = datetime.combine(on(agency.as_of - 4 * number), time(9 + number % 9, 15))
        hours = 5 + number % 30
        if number % 10 == 1:
            received = _friday(received)
            hours = 70
            plants.note("complaint-notified-after-weekend", [number] if is_about_partner else [])
        elif number % 12 == 2:
            hours = 150
            plants.note("complaint-notified-late", [number] if is_about_partner else [])
        notified = received + timedelta(hours=hours)
        resolved = received.date() + timedelta(days=30 + number % 50)
        is_resolved = resolved <= on(agency.as_of)
        never = number % 40 == 0
        if never:
            plants.note("complaint-unresolved", [number])
        yield {
            "complaint_id": number,
            "partner_id": f"PA-{one.place + 1:03d}" if is_about_partner else None,
            "facility_id": None if is_about_partner else f"FAC-{number % FACILITIES + 1:03d}",
            "office_id": agency.office_id(one.office),
            "reporter_role": roles[number % len(roles)],
            "category": categories[number % len(categories)],
            "received_at": received,
            "notified_at": notified if notified.date() <= on(agency.as_of) else None,
            "inquiry_opened_on": _opened(agency, notified),
            "resolved_on": resolved if is_resolved and not never else None,
            "resolution": ("substantiated", "unfounded", "unsubstantiated")[number % 3]
            if is_resolved and not never
            else None,
        }


def _friday(received: datetime) -> datetime:
    """Return the Friday before, at half past five in the afternoon: weekends do not count."""
    back = (received.weekday() - _FRIDAY) % 7
    return datetime.combine(received.date() - timedelta(days=back), time(17, 30))


def _opened(agency: Agency, notified: datetime) -> Any:  # noqa: ANN401 - a date or nothing
    opened = notified.date() + timedelta(days=3)
    return opened if opened <= on(agency.as_of) else None
