"""Small tables about which every verdict says something, and duties and officers beside them."""

from __future__ import annotations

from datetime import date

from tests.duties.making import at
from tests.evidence.freezing.making import write_snapshot

DAY = date(2026, 3, 2)


def contracts():
    """Return two standards of a contract: K-01 looked at once in a quarter, K-02 never."""
    standard = {
        "contract_id": "K",
        "aql": 0.05,
        "direction": "most_defects",
        "method": "random",
        "frequency": "quarterly",
        "starts_on": date(2020, 10, 1),
    }
    event = {"standard_id": "K-01", "method": "random", "inference_allowed": True}
    return {
        "contracts": [{"contract_id": "K", "starts_on": date(2020, 10, 1), "ends_on": date(2030, 9, 30)}],
        "contract_standards": [
            standard | {"standard_id": f"K-{number:02}", "number": number} for number in (1, 2)
        ],
        "surveillance_events": [
            event | {"observed_on": date(2026, 5, 15), "sampled": 200, "defects": 3},
            event | {"observed_on": date(2026, 2, 15), "sampled": 100, "defects": 20},
        ],
    }


def inspections():
    """Return four inspections of two facilities, with 12 deficiencies."""
    one = {"kind": "odo", "standard_set_id": "S", "components_assessed": 40, "state": "issued"}
    held = [("F-1", DAY), ("F-1", date(2026, 8, 1)), ("F-2", DAY), ("F-2", date(2026, 8, 3))]
    return {
        "inspections": [
            one | {"inspection_id": number, "facility_id": facility, "ended_on": on}
            for number, (facility, on) in enumerate(held, 1)
        ],
        "deficiencies": [
            {
                "inspection_id": number % 4 + 1,
                "facility_id": held[number % 4][0],
                "component_id": f"C-{number % 5}",
                "cited_on": held[number % 4][1],
                "state": "cited",
            }
            for number in range(12)
        ],
    }


def officers():
    """Return 40 officers of two offices, 30 of them trained, and who attended."""
    made = [
        {
            "officer_no": f"S-{number:03}",
            "office_id": "A" if number < 25 else "B",
            "role": "deportation_officer",
            "active_from": date(2020, 1, 1),
            "is_converted": False,
            "contracted_hours": 40.0,
        }
        for number in range(40)
    ]
    done = {"requirement_id": "R", "state": "current", "assigned_on": date(2025, 1, 1), "completed_on": DAY}
    return {
        "officers": made,
        "training_requirements": [
            {
                "requirement_id": "R",
                "course_id": "CMT",
                "role": "deportation_officer",
                "recurrence": "once",
                "valid_from": date(2024, 1, 1),
                "policy_version_id": "T.2",
            }
        ],
        "training_assignments": [
            done | {"officer_no": one["officer_no"], "office_id": one["office_id"], "due_on": DAY}
            for one in made[:30]
        ],
        "training_sessions": [{"session_id": 1, "course_id": "CMT", "held_on": DAY}],
        "attendance": [
            {
                "session_id": 1,
                "officer_no": one["officer_no"],
                "is_present": True,
                "has_passed": True,
                "evidence_digest": "a" * 64,
            }
            for one in made[:15]
        ],
    }


def traces():
    """Return 120 traced firearms of one extract, 40 of them untraced."""
    buckets = {"under_1_year": 20, "1_to_3_years": 30, "over_3_years": 30, "untraced": 40}
    return {
        "trace_counts": [
            {
                "as_of_on": date(2026, 9, 10),
                "month_from": date(2025, 10, 1),
                "recovery_state": "SON",
                "source_state": "UNKNOWN" if bucket == "untraced" else "TX",
                "days_bucket": bucket,
                "firearms": firearms,
                "incomplete": 0,
                "suppression_rule": "none",
            }
            for bucket, firearms in buckets.items()
        ]
    }


def agreements():
    """Return four agreements, three of them active, and a list with three."""
    return {
        "agreements": [
            {
                "agreement_id": f"A-{number}",
                "partner_id": f"P-{number}",
                "model": "WSO" if number % 2 else "JEM",
                "state": "ended" if number == 4 else "active",
                "signed_on": date(2024, 5, number),
                "operational_on": date(2024, 8, 1),
            }
            for number in (1, 2, 3, 4)
        ],
        "published_counts": [
            {
                "kind": "agreements",
                "as_of_on": date(2026, 9, 1),
                "area": "TX",
                "category": model,
                "amount": amount,
            }
            for model, amount in (("WSO", 2), ("JEM", 1))
        ],
    }


def reviews():
    """Return 24 file reviews of two offices, and 60 items that two people looked at."""
    review = {"case_no": "C-1", "reviewer": "S-001", "completed_on": DAY, "sample_basis": "random"}
    item = {"review_id": 1, "item": "contact", "found_on": DAY}
    answers = [("met", "met", 25), ("met", "not_met", 12), ("not_met", "not_met", 23)]
    return {
        "file_reviews": [
            review | {"office_id": office, "items": 8, "defects": defects}
            for office, defects in [("A", 1), ("B", 2)] * 12
        ],
        "file_review_items": [
            item | {"result": first, "second_result": second}
            for first, second, count in answers
            for _ in range(count)
        ],
    }


def cases():
    """Return 26 open cases of two offices with hearings, of which 13 were verified with the court."""
    numbers = [f"C-{number:02}" for number in range(26)]
    return {
        "cases": [
            {
                "case_no": case,
                "office_id": "A" if place % 2 else "B",
                "officer_no": "S-001",
                "docket": "non_detained",
                "opened_on": date(2025, 1, 1),
                "status": "open",
            }
            for place, case in enumerate(numbers)
        ],
        "assignments": [],
        "transfers": [],
        "holds": [],
        "check_ins": [
            {
                "case_no": case,
                "due_on": date(2026, 8, 1 + place),
                "held_at": at(f"2026-08-{1 + place:02}T09:00") if place % 2 else None,
                "state": "held" if place % 2 else "missed",
            }
            for place, case in enumerate(numbers)
        ],
    }


def judged_tables():
    """Return the rows of every table, by name."""
    return contracts() | inspections() | officers() | traces() | agreements() | reviews() | cases()


def judged_snapshot(folder):
    """Write a snapshot of them."""
    return write_snapshot(folder, **judged_tables())
