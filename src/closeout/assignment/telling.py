"""The sentences of an assignment, for a supervisor to read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from closeout.assignment.eligibility import REASONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.assignment.certificate import Candidate, Exclusion
    from closeout.assignment.office import NewCase, Office
    from closeout.assignment.rules import Rules

_RELEASED = {"ended": "had it too long ago", "gone": "is no longer in the office"} | REASONS


def percent(share: float) -> str:
    """Return a share as a whole percentage, with one digit behind the point where it is below 10."""
    value = share * 100
    return f"{value:.1f} %" if abs(value) < 10 and value else f"{value:.0f} %"  # noqa: PLR2004 - one digit


def count(number: int, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else many}"


def told_assigned(
    case: NewCase,
    choice: Candidate,
    candidates: Sequence[Candidate],
    exclusions: Sequence[Exclusion],
    tied: Sequence[str],
    decided_by: str,
    affinity: str,
) -> str:
    """Return why a case goes to an officer."""
    why = {
        "affinity": "had it before and has room",
        "least_projected": "will be the least busy with it"
        if len(candidates) > 1
        else "is the only one who can have it",
        "least_received": "is as little busy as others and has received the least lately",
        "seed": f"was drawn among {len(tied)} officers who are alike",
    }[decided_by]
    said = (
        f"Case {case.case_no} to {choice.officer_no}, who {why} ({percent(choice.projected)} of case hours)."
    )
    if affinity not in {"none", "kept"}:
        said += f" The former officer {case.former_officer} {_RELEASED[affinity]}."
    if exclusions:
        officers = count(len(exclusions), "officer was", "officers were")
        said += f" {officers} left out: {_reasons(exclusions)}."
    return said


def told_held(case: NewCase, exclusions: Sequence[Exclusion], office: Office, rules: Rules) -> str:
    """Return why a case stays unassigned."""
    age = count((office.day - case.received_on).days, "day", "days")
    if not exclusions:
        return f"Case {case.case_no} is held: office {office.office_id} has no officer. It has waited {age}."
    return (
        f"Case {case.case_no} is held, not given to anyone beyond the cap of {percent(rules.cap)}: "
        f"{_reasons(exclusions)}. It has waited {age}; the limit is {rules.age_limit_days}."
    )


def _reasons(exclusions: Sequence[Exclusion]) -> str:
    found = Counter(out.reason for out in exclusions)
    return ", ".join(f"{found[code]} {REASONS[code]}" for code in REASONS if code in found)
