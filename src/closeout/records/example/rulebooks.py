"""Policies and their versions, reviews and clauses; guidance outside them; who acknowledged what."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from closeout.records.example.arrays import on
from closeout.records.example.digests import digest
from closeout.records.example.intervals import IN_FORCE_BEFORE
from closeout.records.example.posts import serving
from closeout.records.example.size import OFFICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.records.example.agency import Agency
    from closeout.records.example.defects import Plants

POLICIES = (
    "CHECK-INS", "EXCEPTIONS", "PROCEEDINGS", "CONTACTS", "FILE-REVIEW", "CASE-RECORDS", "8-CFR-241",
    "INTERVALS", "INQUIRIES", "JUVENILES", "CUSTODY-GUIDANCE", "TRAVEL-DOCUMENTS", "COOPERATION", "MOA",
    "PARTNER-PROGRAM", "WSO-OVERSIGHT", "COMPLAINTS", "POLICY-HANDBOOK", "GUIDANCE", "TRAINING", "PARENTS",
    "CONTRACTS", "DETENTION-OVERSIGHT", "TRACING", "SMALL-UNIT",
)  # fmt: skip
"""As the pack `ero` names what its clauses rest on."""
_MANUAL = tuple(f"MANUAL-{chapter:02d}" for chapter in range(1, 15))
"""Chapters of a field manual that nobody has revised for many years."""
_UNREVIEWED = ("CUSTODY-GUIDANCE", "CASE-RECORDS", "PROCEEDINGS", "CONTACTS", *_MANUAL)
_NO_TEXT, _NO_VERSION = "TRACING", "MANUAL-14"
_FOUR_YEARS = 1_461
_LOCAL = OFFICES
_GUIDANCE = 40


def policy_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the national policies, the old manual, and a local procedure of every office."""
    for place, policy in enumerate((*POLICIES, *_MANUAL)):
        yield {
            "policy_id": policy,
            "label": f"{policy.replace('-', ' ').capitalize()} (fictional)",
            "kind": "manual_chapter" if policy in _MANUAL else ("directive", "sop")[place % 2],
            "office_id": "HQ",
            "issued_on": on(_issued(agency, place)),
        }
    plants.note("policy-not-reviewed", _UNREVIEWED)
    for office in range(_LOCAL):
        is_unmapped, is_unapproved = office % 6 == 1, office % 6 == 2
        policy = f"LOCAL-{agency.office_id(office)}"
        deviation = "unmapped" if is_unmapped else ("none", "stricter", "stricter")[office % 3]
        has_approval = deviation == "stricter" and not is_unapproved
        issued = agency.as_of - 900 - 10 * office
        yield {
            "policy_id": policy,
            "label": f"Local procedure of {agency.office_id(office)} (fictional)",
            "kind": "local",
            "office_id": agency.office_id(office),
            "parent_policy_id": None if is_unmapped else POLICIES[office % len(POLICIES)],
            "deviation": deviation,
            "deviation_approved_on": on(issued + 60) if has_approval else None,
            "issued_on": on(issued),
        }
        if is_unmapped:
            plants.note("local-procedure-unmapped", [policy])
        elif deviation == "stricter" and is_unapproved:
            plants.note("local-deviation-unapproved", [policy])


def _issued(agency: Agency, place: int) -> int:
    return agency.as_of - 3_000 - 120 * place


def _all_policies(agency: Agency) -> list[str]:
    return [*POLICIES, *_MANUAL, *(f"LOCAL-{agency.office_id(office)}" for office in range(_LOCAL))]


def version_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the versions: two of every national policy, one of the others, none of one chapter."""
    for place, policy in enumerate(_all_policies(agency)):
        if policy == _NO_VERSION:
            plants.note("policy-without-version", [policy])
            continue
        issued = _issued(agency, place) if place < len(POLICIES) + len(_MANUAL) else agency.as_of - 1_200
        has_two = policy in POLICIES
        second = agency.as_of - (IN_FORCE_BEFORE if policy == "INTERVALS" else 700 + 7 * place)
        common = {"policy_id": policy, "needs_acknowledgement": has_two}
        common |= {"written_by": None, "approved_by": None}
        yield common | {
            "policy_version_id": f"{policy}.1",
            "version": 1,
            "state": "superseded" if has_two else "published",
            "effective_from": on(issued),
            "effective_to": on(second - 1) if has_two else None,
            "content_digest": digest(f"{policy}.1"),
        }
        if has_two:
            yield common | {
                "policy_version_id": f"{policy}.2",
                "version": 2,
                "state": "published",
                "effective_from": on(second),
                "effective_to": None,
                "content_digest": None if policy == _NO_TEXT else digest(f"{policy}.2"),
            }
    plants.note("version-without-text", [f"{_NO_TEXT}.2"])


def clause_rows() -> Iterator[dict[str, Any]]:
    """Yield a clause of every national policy's version in force."""
    for number, policy in enumerate(POLICIES, 1):
        yield {"clause_id": number, "policy_version_id": f"{policy}.2", "clause": "duties"}


def review_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield reviews within four years of every policy but those that nobody reviews."""
    chance = agency.chance("policy reviews")
    numbers = count(1)
    for place, policy in enumerate((*POLICIES, *_MANUAL)):
        is_old = policy in _UNREVIEWED
        first = _issued(agency, place) + 900
        latest = agency.as_of - (_FOUR_YEARS + 300 if is_old else 30)
        days = list(range(first, latest, 1_100))
        if not is_old:
            days.append(agency.as_of - int(chance.generator.integers(60, 900)))
        for day in days:
            yield {
                "review_id": next(numbers),
                "policy_id": policy,
                "reviewed_on": on(day),
                "result": ("no_change", "revise")[day % 2],
            }


def guidance_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield memos, e-mails and oral instructions; every fourth is undecided for more than 180 days."""
    chance = agency.chance("guidance")
    channels = ("memo", "email", "broadcast", "oral")
    for number in range(1, _GUIDANCE + 1):
        is_open = number % 4 == 0
        issued = agency.as_of - int(chance.generator.integers(220, 540) if is_open else 30 + number * 12)
        decided = issued + int(chance.generator.integers(10, 150))
        is_decided = not is_open and decided <= agency.as_of
        decision = ("formalize", "rescind", "no_policy_content")[number % 3]
        formal = is_decided and decision == "formalize"
        yield {
            "guidance_id": number,
            "office_id": agency.office_id(number % OFFICES),
            "channel": channels[number % 4],
            "issued_on": on(issued),
            "registered_on": on(issued + number % 9),
            "decision": decision if is_decided else None,
            "decided_on": on(decided) if is_decided else None,
            "formalized_policy_id": POLICIES[number % len(POLICIES)] if formal else None,
        }
        if is_open:
            plants.note("guidance-undecided", [number])


def acknowledgement_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield who was sent six policies' versions in force, and who acknowledged them; a few never did."""
    chance = agency.chance("acknowledgements")
    members = serving(agency)
    numbers = count(1)
    for place, policy in enumerate(POLICIES[:6]):
        sent = agency.as_of - 690 + 110 * place
        waited = chance.waiting(6, 40, len(members))
        never = chance.claims(0.015, len(members))
        never[place] = True
        for officer, days, is_missing in zip(members, waited, never, strict=True):
            day = max(sent, int(agency.active_from[officer]) + 5)
            if day > agency.as_of:
                continue
            number, done = next(numbers), day + int(days)
            is_done = not is_missing and done <= agency.as_of
            if is_missing and day < agency.as_of - 30:
                plants.note("acknowledgement-missing", [number])
            yield {
                "acknowledgement_id": number,
                "policy_version_id": f"{policy}.2",
                "officer_no": agency.officer_no(officer),
                "office_id": agency.office_id(agency.home[officer]),
                "sent_on": on(day),
                "acknowledged_on": on(done) if is_done else None,
                "quiz_passed_on": on(done) if is_done and np.mod(officer, 3) else None,
            }
