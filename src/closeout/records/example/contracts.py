"""Contracts under surveillance: 17 numbered placeholder standards, what was looked at, what was found."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from closeout.records.example.arrays import on
from closeout.records.example.fiscal import fiscal_year, period_starts, year_ends
from closeout.records.example.size import OFFICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.records.example.agency import Agency
    from closeout.records.example.defects import Plants

STANDARDS = 17
_MONTHS = 18
_MONTHLY, _YEARLY = (1, 2), (16, 17)
_NOT_MET, _NOT_MET_BY_SAMPLE = 3, 12
_NEAR, _THIN = 4, 14
"""A standard so near its level that no sample settles it, and one of which too little is looked at."""
_DEFECTS = {_NOT_MET: 0.12, _NOT_MET_BY_SAMPLE: 0.11, _NEAR: 0.048}
_FEW_DEFECTS = 0.015
_NEVER_SEEN = (5, 11)
"""Standards without any event."""
_WITHOUT_SAMPLE = 8
"""A standard with a verdict from samples that allow none."""
_DISCREPANCIES = 24


def contract_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield one contract."""
    yield {
        "contract_id": "ATD-1",
        "label": "Alternatives to detention (fictional)",
        "office_id": "HQ",
        "starts_on": on(agency.as_of - 800),
        "ends_on": on(agency.as_of + 700),
    }


def standard_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the standards. Their real text is not public: the names are made up and say so."""
    for number in range(1, STANDARDS + 1):
        yield {
            "standard_id": _standard(number),
            "contract_id": "ATD-1",
            "office_id": "HQ",
            "number": number,
            "indicator": f"made-up-indicator-{number:02d}",
            "aql": 0.05 if number % 2 else 0.95,
            "direction": "most_defects" if number % 2 else "least_compliance",
            "method": _method(number),
            "frequency": _frequency(number),
            "is_placeholder": True,
            "starts_on": on(agency.as_of - 800),
        }
    plants.note("standard-not-assessed", [_standard(number) for number in _NEVER_SEEN])


def _standard(number: int) -> str:
    return f"ATD-1-{number:02d}"


def _method(number: int) -> str:
    return "planned" if number == _WITHOUT_SAMPLE else ("random", "full")[number % 2]


def _frequency(number: int) -> str:
    if number in _MONTHLY:
        return "monthly"
    return "yearly" if number in _YEARLY else "quarterly"


def _periods(agency: Agency, number: int) -> Iterator[tuple[int, int]]:
    """Yield the first and last days of a standard's whole periods within the months of events."""
    if number in _YEARLY:
        last = fiscal_year(agency.as_of) - 1
        for year in (last - 1, last):
            yield year_ends(year - 1) + 1, year_ends(year)
        return
    months = 1 if number in _MONTHLY else 3
    for back in range(_MONTHS // months, 0, -1):
        yield period_starts(agency.as_of, months, back), period_starts(agency.as_of, months, back - 1) - 1


def event_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield two acts of surveillance a standard and period, none for two standards.

    A real plan looks at hundreds: 600 with 9 defects show that 5 % is kept, 30 without any do not.
    """
    chance = agency.chance("surveillance")
    numbers = count(1)
    for number in range(1, STANDARDS + 1):
        for starts, ends in [] if number in _NEVER_SEEN else _periods(agency, number):
            for turn in range(2):
                sampled, method = int(chance.generator.integers(*_looked_at(number))), _method(number)
                yield {
                    "event_id": next(numbers),
                    "standard_id": _standard(number),
                    "observed_on": on(starts + (ends - starts) * (turn + 1) // 3),
                    "method": method,
                    "lot": sampled if method == "full" else sampled * 10,
                    "sampled": sampled,
                    "defects": int(chance.generator.binomial(sampled, _DEFECTS.get(number, _FEW_DEFECTS))),
                    "inference_allowed": number != _WITHOUT_SAMPLE,
                }


def _looked_at(number: int) -> tuple[int, int]:
    """Return how many are looked at in one act, at least and less than."""
    return (12, 20) if number == _THIN else (240, 360)


def assessment_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the determinations a period; one standard has verdicts that its samples do not allow."""
    headquarters = (agency.home == OFFICES).nonzero()[0]
    assessor, reviewer = (agency.officer_no(place) for place in headquarters[:2])
    numbers = count(1)
    for number in range(1, STANDARDS + 1):
        for starts, ends in _periods(agency, number):
            entry = next(numbers)
            is_seen = number not in _NEVER_SEEN
            if number == _WITHOUT_SAMPLE:
                plants.note("verdict-without-sample", [entry])
            is_signed = is_seen and ends + 25 <= agency.as_of
            yield {
                "assessment_id": entry,
                "standard_id": _standard(number),
                "period_from": on(starts),
                "period_to": on(ends),
                "verdict": _said(number) if is_seen else "not_assessed",
                "state": "signed" if is_signed else "planned",
                "assessed_by": assessor,
                "reviewed_by": reviewer if is_signed else None,
                "signed_on": on(ends + 25) if is_signed else None,
            }


def _said(number: int) -> str:
    """Return the verdict on record. Of the thin standard it claims more than its samples show."""
    if number in {_NOT_MET, _NOT_MET_BY_SAMPLE}:
        return "does_not_meet"
    return "insufficient_sample" if number == _NEAR else "meets"


def discrepancy_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield discrepancies: every fourth was never verified, of every sixth no cause is known."""
    causes = ("process", "training", "staffing", "system", "subcontractor")
    for number in range(1, _DISCREPANCIES + 1):
        reported = agency.as_of - 130 - 15 * number
        has_cause, is_verified = number % 6 != 1, number % 4 != 2
        if not has_cause:
            plants.note("discrepancy-without-cause", [number])
        if not is_verified:
            plants.note("discrepancy-not-verified", [number])
        yield {
            "discrepancy_id": number,
            "standard_id": _standard(_NOT_MET if number % 2 else number % STANDARDS + 1),
            "office_id": "HQ",
            "reported_on": on(reported),
            "defects": 1 + number % 7,
            "root_cause": causes[number % len(causes)] if has_cause else None,
            "root_cause_on": on(reported + 20) if has_cause else None,
            "action_due_on": on(reported + 60),
            "action_done_on": on(reported + 50),
            "verified_on": on(reported + 90) if is_verified else None,
        }
