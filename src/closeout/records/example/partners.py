"""Partners: about 150 agreements, few of them ever inspected, and what members hold and must learn."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from closeout.records.example.arrays import on
from closeout.records.example.digests import digest
from closeout.records.example.fiscal import fiscal_year, year_ends
from closeout.records.example.numbers import holder_numbers
from closeout.records.example.size import OFFICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.records.example.agency import Agency
    from closeout.records.example.defects import Plants

AGREEMENTS = 150
_WARRANT, _JAIL = 92, 53
"""Agreements of the two older models; the rest are task forces."""
INSPECTED = 22
"""Warrant service partners inspected, all within nine months."""
_INSPECTED_WITHIN = 273
MEMBERS = 6
"""Taking part under each agreement."""
_ENDED = 6
_UNSUMMARIZED = 15


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement, as its other tables need it."""

    place: int
    id: str
    model: str
    office: int
    signed: int
    operational: int
    ended: int | None


def agreements(agency: Agency) -> list[Agreement]:
    """Return the agreements; six have ended."""
    made = []
    chance = agency.chance("agreements")
    for place in range(AGREEMENTS):
        model = "WSO" if place < _WARRANT else "JEM" if place < _WARRANT + _JAIL else "TFM"
        age = int(chance.generator.integers(850, 2_300)) if model != "TFM" else 300 + place
        ended = agency.as_of - 150 - 2 * place if place % 25 == 7 else None
        signed = agency.as_of - max(age, 900 if ended else 0)
        made.append(
            Agreement(place, f"A-{place + 1:03d}", model, place % OFFICES, signed, signed + 45, ended)
        )
    return made


def partner_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield a partner per agreement."""
    kinds = ("county", "county", "county", "municipal", "state")
    for one in agreements(agency):
        yield {
            "partner_id": _partner(one),
            "office_id": agency.office_id(one.office),
            "label": f"Partner {one.place + 1} (fictional)",
            "area": f"ST-{one.place % 21 + 1:02d}",
            "kind": kinds[one.place % len(kinds)],
        }


def _partner(one: Agreement) -> str:
    return f"PA-{one.place + 1:03d}"


def agreement_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the agreements; most of the warrant service ones were never inspected."""
    for one in agreements(agency):
        never = one.model == "WSO" and not _is_inspected(one) and not one.ended
        if never:
            plants.note("agreement-never-inspected", [one.id])
        has_notice = one.place % 2 == 0
        if one.ended and not has_notice:
            plants.note("agreement-ended-without-notice", [one.id])
        yield {
            "agreement_id": one.id,
            "partner_id": _partner(one),
            "office_id": agency.office_id(one.office),
            "model": one.model,
            "state": "ended" if one.ended else "active",
            "signed_on": on(one.signed),
            "operational_on": on(one.operational),
            "template_revision": "REV-2025-02" if one.signed > agency.as_of - 600 else "REV-2020",
            "notice_on": on(one.ended - 95) if one.ended and has_notice else None,
            "ended_on": on(one.ended) if one.ended else None,
            "first_listed_on": on(one.signed + 20),
            "last_listed_on": on(one.ended or agency.as_of - 10),
        }


def _is_inspected(one: Agreement) -> bool:
    return one.place % 4 == 0 and one.place < 4 * INSPECTED and not one.ended


def obligation_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the agreements' obligations; of every thirtieth one is long overdue."""
    numbers = count(1)
    for one in agreements(agency):
        ends = one.ended or agency.as_of
        dues = [("initial_review", one.operational + 365), ("posters", one.operational + 30)]
        dues += [("annual_compliance_meeting", one.operational + 365 * year) for year in range(1, 7)]
        dues += [("data_report", agency.as_of - 90 * quarter) for quarter in range(4, -1, -1)]
        for clause, due in dues:
            if due > ends + 90 or due < one.operational:
                continue
            number = next(numbers)
            is_missed = clause == "data_report" and one.place % 30 == 2 and due < agency.as_of - 60
            is_done = due - 5 <= agency.as_of and not is_missed
            if is_missed:
                plants.note("obligation-overdue", [number])
            yield {
                "obligation_id": number,
                "agreement_id": one.id,
                "office_id": agency.office_id(one.office),
                "clause": clause,
                "due_on": on(due),
                "done_on": on(due - 5) if is_done else None,
            }


def inspection_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield the inspections: 22 of warrant service partners in nine months, and those of jails."""
    numbers = count(1)
    for one in agreements(agency):
        if _is_inspected(one):
            held = agency.as_of - 20 - (one.place * 11) % (_INSPECTED_WITHIN - 20)
            yield _inspection(agency, one, next(numbers), held)
        elif one.model == "JEM":
            for held in range(one.operational + 330, min(one.ended or agency.as_of, agency.as_of - 20), 650):
                yield _inspection(agency, one, next(numbers), held)


def _inspection(agency: Agency, one: Agreement, number: int, held: int) -> dict[str, Any]:
    reported, is_closed = held + 40, held + 160 <= agency.as_of
    has_report = reported <= agency.as_of
    return {
        "inspection_id": number,
        "agreement_id": one.id,
        "office_id": agency.office_id(one.office),
        "kind": "routine",
        "is_on_site": number % 3 > 0,
        "notice_sent_on": on(held - 45),
        "documents_requested_on": on(held - 45),
        "documents_received_on": on(held - 15),
        "held_on": on(held),
        "interviews": 5,
        "sampled": 20,
        "report_issued_on": on(reported) if has_report else None,
        "response_due_on": on(reported + 30) if has_report else None,
        "response_received_on": on(reported + 28) if reported + 28 <= agency.as_of else None,
        "closed_on": on(held + 160) if is_closed else None,
    }


def finding_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield two findings an inspection; every fifth is not put right."""
    numbers = count(1)
    for made in inspection_rows(agency):
        for turn in range(2):
            number = next(numbers)
            held = made["held_on"].toordinal() - on(0).toordinal()
            fixed, checked = held + 60, held + 100
            is_left = number % 5 == 0
            is_fixed = fixed <= agency.as_of and not is_left
            if is_left and held < agency.as_of - 100:
                plants.note("finding-not-corrected", [number])
            yield {
                "finding_id": number,
                "inspection_id": made["inspection_id"],
                "office_id": made["office_id"],
                "requirement": f"REQ-{(number * 3 + turn) % 12 + 1:02d}",
                "is_repeat": number % 9 == 0,
                "found_on": made["held_on"],
                "corrected_on": on(fixed) if is_fixed else None,
                "verified_on": on(checked) if is_fixed and checked <= agency.as_of else None,
            }


def interview_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield the answers of five anonymous respondents an inspection to six questions each."""
    numbers = count(1)
    for made in inspection_rows(agency):
        for respondent in range(1, 6):
            for question in range(1, 7):
                number = next(numbers)
                yield {
                    "answer_id": number,
                    "inspection_id": made["inspection_id"],
                    "respondent": respondent,
                    "instrument_version": "INT-2",
                    "question": f"Q{question:02d}",
                    "is_correct": (number * 7) % 10 > question % 4,
                }


def participation_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield six members an agreement; of two ended agreements one member still counts as taking part."""
    holders = holder_numbers(agency.seed, AGREEMENTS * MEMBERS)
    for one in agreements(agency):
        for member in range(MEMBERS):
            number = one.place * MEMBERS + member + 1
            ends = participation_end(agency, one, member)
            outlives = one.ended is not None and member == 0 and one.place % 50 == 7
            if outlives:
                ends = None
                plants.note("participation-outlives-agreement", [number])
            yield {
                "participation_id": number,
                "agreement_id": one.id,
                "holder_no": holders[number - 1].as_py(),
                "from_on": on(one.operational + 5),
                "to_on": on(ends) if ends else None,
                "withdrawal_notice_on": on(ends - 90) if ends else None,
            }


def participation_end(agency: Agency, one: Agreement, member: int) -> int | None:
    """Return the day a member's participation ended; None while taking part."""
    if one.ended:
        return one.ended
    if member == MEMBERS - 1 and one.place % 3 == 0:
        return agency.as_of - 60 - one.place
    return None


def summary_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the annual summaries of the warrant service partners; of fifteen the last is missing."""
    numbers = count(1)
    last = fiscal_year(agency.as_of - 100) - 1
    headquarters = agency.home == OFFICES
    drafter, signer = (agency.officer_no(place) for place in headquarters.nonzero()[0][:2])
    for one in agreements(agency):
        if one.model != "WSO" or one.ended:
            continue
        for year in range(max(2_024, fiscal_year(one.operational)), last + 1):
            if year == last and one.place < _UNSUMMARIZED:
                plants.note("partner-summary-missing", [one.id])
                continue
            yield {
                "summary_id": next(numbers),
                "agreement_id": one.id,
                "fiscal_year": year,
                "completed_on": on(year_ends(year) + 60),
                "warrants_served": 10 + one.place % 40,
                "training_share": 0.8,
                "drafted_by": drafter,
                "signed_by": signer,
                "content_digest": digest(f"summary-{one.id}-{year}"),
            }


def program_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the yearly assessments of each model's mix; none guided recruiting, the last was not made."""
    numbers = count(1)
    this_year = fiscal_year(agency.as_of)
    for model, number_of in (("WSO", _WARRANT), ("JEM", _JAIL), ("TFM", AGREEMENTS - _WARRANT - _JAIL)):
        for year in (this_year - 2, this_year - 1):
            number = next(numbers)
            is_missing = year == this_year - 1 and model == "WSO"
            if is_missing and year_ends(year) + 100 < agency.as_of:
                plants.note("program-not-assessed", [number])
            yield {
                "assessment_id": number,
                "model": model,
                "office_id": "HQ",
                "fiscal_year": year,
                "due_on": on(year_ends(year) + 60),
                "assessed_on": None if is_missing else on(year_ends(year) + 50),
                "agreements": number_of,
                "inspections_capacity": 30,
                "guides_recruitment": False,
            }


def goal_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the program's goals: one only covers oversight, and it was never assessed."""
    year = fiscal_year(agency.as_of) - 1
    for number, (measure, covers) in enumerate(
        (("agreements-signed", False), ("encounters", False), ("training-current", True)), 1
    ):
        if covers and year_ends(year) + 70 < agency.as_of:
            plants.note("goal-not-assessed", [f"GOAL-{number}"])
        yield {
            "goal_id": f"GOAL-{number}",
            "measure": measure,
            "office_id": "HQ",
            "owner_role": "program_manager",
            "baseline": 10.0 * number,
            "target": 12.0 * number,
            "period_from": on(year_ends(year - 1) + 1),
            "period_to": on(year_ends(year)),
            "covers_oversight": covers,
            "actual": None if covers else 11.0 * number,
            "assessed_on": None if covers else on(year_ends(year) + 40),
        }
