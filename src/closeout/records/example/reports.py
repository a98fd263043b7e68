"""What headquarters owes in analysis: traces, deficiencies, complaints, parents; outreach and incidents."""

# ruff: noqa: PLR2004 - the numbers are the made-up figures themselves

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from closeout.records.example.arrays import on
from closeout.records.example.digests import digest
from closeout.records.example.fiscal import quarter_starts
from closeout.records.example.size import OFFICES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from closeout.records.example.agency import Agency
    from closeout.records.example.defects import Plants

_BATCHES = 18
_AREAS = 12


def analysis_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield the analyses that were made: none of traces, of deficiencies only some quarters'."""
    plants.note("trace-analysis-missing", ["HQ"])
    plants.note("deficiency-analysis-missing", ["HQ"])
    numbers = count(1)
    for kind, quarters in (
        ("deficiency_analysis", (6, 3)),
        ("parent_report", (6, 5, 4, 3, 2, 1)),
        ("complaint_analysis", (5,)),
        ("cooperation_cycle", (4, 2)),
    ):
        for back in quarters:
            starts = quarter_starts(agency.as_of, back)
            yield {
                "report_id": next(numbers),
                "kind": kind,
                "office_id": "HQ",
                "period_from": on(starts),
                "completed_on": on(min(starts + 120, agency.as_of)),
                "has_actions": kind != "deficiency_analysis",
            }


def outreach_rows(agency: Agency, plants: Plants) -> Iterator[dict[str, Any]]:
    """Yield batches of outreach; of every fifth no acknowledgement ever came."""
    roles = ("state_department", "health_services", "justice", "attorney")
    for number in range(1, _BATCHES + 1):
        sent = agency.as_of - 50 - 25 * number
        is_open = number % 5 == 2
        if is_open:
            plants.note("outreach-unacknowledged", [number])
        yield {
            "batch_id": number,
            "office_id": "HQ",
            "recipient_role": roles[number % len(roles)],
            "legal_basis": "made-up-basis-1",
            "sent_on": on(sent),
            "cases": 8 + number,
            "receipt_digest": digest(f"receipt-{number}"),
            "acknowledged_on": None if is_open else on(sent + 14),
            "reached": None if is_open else 4 + number // 2,
        }


def incident_rows(
    agency: Agency, cases: Sequence[tuple[str, str]], plants: Plants
) -> Iterator[dict[str, Any]]:
    """Yield incidents about cases (number and office); every third is unresolved."""
    kinds = (
        "departure_without_decision",
        "closure_blocked",
        "notice_missing",
        "language_missing",
        "hold_ignored",
    )
    supervisors = {agency.office_id(office): agency.supervisors.of(office)[0] for office in range(OFFICES)}
    for number, (case_no, office) in enumerate(cases, 1):
        detected = agency.as_of - 40 - 8 * (number % 30)
        is_open = number % 3 == 0
        if is_open:
            plants.note("incident-unresolved", [number])
        yield {
            "incident_id": number,
            "case_no": case_no,
            "office_id": office,
            "kind": kinds[number % len(kinds)],
            "detected_on": on(detected),
            "severity": ("attempt", "harm")[number % 2],
            "resolved_on": None if is_open else on(detected + 20),
            "resolved_by": None if is_open else agency.officer_no(supervisors[office]),
        }


def trace_rows(agency: Agency) -> Iterator[dict[str, Any]]:
    """Yield counts of traced firearms by month, state of recovery, state of purchase and time between."""
    chance = agency.chance("traces")
    numbers = count(1)
    buckets = (("under_1_year", 3), ("1_to_3_years", 5), ("over_3_years", 14))
    for month in range(36, 0, -1):
        first = on(agency.as_of).replace(day=1).toordinal() - on(0).toordinal() - 30 * month
        starts = on(first).replace(day=1)
        for area in range(_AREAS):
            for source in range(5):
                for bucket, mean in buckets:
                    found = int(chance.generator.poisson(mean * (2.5 - source * 0.4)))
                    if found:
                        yield _cell(
                            next(numbers), agency, starts, area, f"ST-{source + 1:02d}", bucket, found, 0
                        )
            lost = int(chance.generator.poisson(9))
            yield _cell(next(numbers), agency, starts, area, "UNKNOWN", "untraced", lost, lost)


def _cell(
    number: int, agency: Agency, month: date, area: int, source: str, bucket: str, found: int, incomplete: int
) -> dict[str, Any]:  # fmt: skip
    return {
        "trace_id": number,
        "as_of_on": on(agency.as_of - 20),
        "month_from": month,
        "recovery_state": f"RS-{area + 1:02d}",
        "source_state": source,
        "days_bucket": bucket,
        "firearms": found,
        "incomplete": incomplete,
        "suppression_rule": "none-made-up-data",
    }
