"""Courses, who must take them, sessions, attendance and its evidence, evaluations."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from closeout.records.example.arrays import on, word
from closeout.records.example.digests import digest
from closeout.records.example.fiscal import fiscal_year, year_ends
from closeout.records.example.posts import serving
from closeout.records.example.size import OFFICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.records.example.agency import Agency
    from closeout.records.example.arrays import Ints
    from closeout.records.example.defects import Plants

COURSES = {
    "CMT": "Case management training",
    "BASIC": "Basic enforcement training",
    "REFRESH": "Refresher in case management",
    "PARENTS": "Parental interests",
    "JUVENILE": "Duties owed to children",
}
PARTNER_COURSES = ("PARTNER-INITIAL", "PARTNER-ANNUAL")
_SESSIONS_PER_OFFICE = 3
_UNTRAINED = 0.03


def course_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield the courses, those for partners included."""
    for course, label in COURSES.items():
        yield _course(agency, course, label, covers=course in {"CMT", "REFRESH"})
    for course in PARTNER_COURSES:
        yield _course(agency, course, "Training of partners' members", covers=False)


def _course(agency: Agency, course: str, label: str, *, covers: bool) -> dict[str, Any]:
    return {
        "course_id": course,
        "label": label,
        "office_id": "HQ",
        "version": 1,
        "covers_case_system": covers,
        "pass_score": 70.0,
        "valid_from": on(agency.as_of - 1_000),
    }


def requirement_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield who must take what: converted officers the case management training, everybody a refresher."""
    for course, role, converted, months in (
        ("CMT", "deportation_officer", True, None),
        ("REFRESH", "deportation_officer", False, 24),
        ("PARENTS", "deportation_officer", False, 12),
        ("JUVENILE", "juvenile_coordinator", False, 12),
        ("BASIC", "enforcement_assistant", False, None),
    ):
        yield {
            "requirement_id": f"REQ-{course}",
            "course_id": course,
            "role": role,
            "converted_only": converted,
            "recurrence": "rolling" if months else "once",
            "months": months,
            "valid_from": on(agency.as_of - 900),
            "policy_version_id": "TRAINING.2",
        }


def assignment_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the trainings that fell due; some converted officers never completed theirs."""
    chance = agency.chance("training assignments")
    numbers = count(1)
    officers = word("officers", "role", "deportation_officer")
    for course, months in (("CMT", 0), ("REFRESH", 24)):
        owed = serving(agency)[agency.roles[serving(agency)] == officers]
        if not months:
            owed = owed[agency.converted[owed] > 0]
        missing = chance.claims(_UNTRAINED, len(owed))
        missing[:2] = True
        lag = chance.whole(-50, 12, len(owed))
        for place, is_missing, days in zip(owed, missing, lag, strict=True):
            number = next(numbers)
            due = agency.as_of - 120 - int(place) % 200
            done = due + int(days)
            if is_missing and not months:
                plants.note("converted-officer-not-trained", [number])
            yield _assignment(agency, number, int(place), f"REQ-{course}") | {
                "state": "assigned" if is_missing else "current",
                "due_on": on(due),
                "completed_on": None if is_missing else on(done),
                "valid_to": on(done + 730) if months and not is_missing else None,
            }
    yield from _lapsed(agency, numbers, plants)


def _lapsed(agency: Agency, numbers: count[int], plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield trainings still shown as current whose certificates have run out."""
    for place in serving(agency)[:: max(1, len(serving(agency)) // 12)]:
        number = next(numbers)
        plants.note("certificate-lapsed", [number])
        yield _assignment(agency, number, int(place), "REQ-PARENTS") | {
            "state": "current",
            "due_on": on(agency.as_of - 420),
            "completed_on": on(agency.as_of - 425),
            "valid_to": on(agency.as_of - 60),
        }


def _assignment(agency: Agency, number: int, officer: int, requirement: str) -> dict[str, Any]:
    return {
        "assignment_id": number,
        "officer_no": agency.officer_no(officer),
        "office_id": agency.office_id(agency.home[officer]),
        "requirement_id": requirement,
        "assigned_on": on(agency.as_of - 600),
    }


def session_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the sessions of every office; of a few the roster was never filed."""
    for number, _, office, course in _sessions():
        held = _held(agency, number)
        has_roster = office % 8 != 3 or number % _SESSIONS_PER_OFFICE
        if not has_roster:
            plants.note("roster-not-filed", [number])
        yield {
            "session_id": number,
            "course_id": course,
            "office_id": agency.office_id(office),
            "held_on": on(held),
            "roster_digest": digest(f"roster-{number}") if has_roster else None,
            "roster_filed_on": on(held + number % 5) if has_roster else None,
        }


def _sessions() -> Iterator[tuple[int, int, int, str]]:
    courses = ("CMT", "REFRESH", "PARENTS")
    for office in range(OFFICES):
        for turn in range(_SESSIONS_PER_OFFICE):
            yield office * _SESSIONS_PER_OFFICE + turn + 1, turn, office, courses[turn]


def _held(agency: Agency, session: int) -> int:
    return agency.as_of - 60 - 7 * (session % 60)


def attendance_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield who attended with what score; of some the attendance sheet is missing."""
    chance = agency.chance("attendance")
    numbers = count(1)
    for session, turn, office, _ in _sessions():
        staff: Ints = agency.everyone.of(office)
        came = staff[chance.claims(0.6 if turn else 0.3, len(staff))]
        scores = np.clip(chance.generator.normal(84, 9, len(came)), 40, 100).round(1)
        for place, score in zip(came, scores, strict=True):
            number = next(numbers)
            has_sheet = number % 40 != 1
            if not has_sheet:
                plants.note("attendance-without-evidence", [number])
            yield {
                "attendance_id": number,
                "session_id": session,
                "officer_no": agency.officer_no(place),
                "is_present": True,
                "minutes": 480,
                "score": float(score),
                "has_passed": bool(score >= 70),
                "attempt": 1,
                "evidence_digest": digest(f"attendance-{number}") if has_sheet else None,
            }


def evaluation_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield evaluations on two levels a year; two courses were never evaluated."""
    numbers = count(1)
    this_year = fiscal_year(agency.as_of)
    for place, course in enumerate((*COURSES, *PARTNER_COURSES)):
        if course in {"JUVENILE", "PARTNER-ANNUAL"}:
            plants.note("course-not-evaluated", [course])
            continue
        for year in (this_year - 3, this_year - 2, this_year - 1):
            for level in (1, 2):
                yield {
                    "evaluation_id": next(numbers),
                    "course_id": course,
                    "level": level,
                    "fiscal_year": year,
                    "evaluated_on": on(year_ends(year) + 20 + place),
                    "value": 3.5 + 0.1 * place + 0.2 * level,
                    "responses": 40 + place,
                }
