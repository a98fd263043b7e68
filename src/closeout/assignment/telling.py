"""The sentences of an assignment, for a supervisor to read."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from closeout.assignment.eligibility import CAPS, REASONS, REASONS_OF_MANY, skills_needed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.assignment.certificate import Candidate, Exclusion
    from closeout.assignment.office import NewCase, Office
    from closeout.assignment.rules import Rules

_ONE_DIGIT = 10
_RELEASED = {"ended": "had it too long ago", "gone": "is no longer in the office"} | REASONS


def percent(share: float) -> str:
    """Return a share as a whole percentage, with one digit behind the point where it is below 10."""
    value = share * 100
    return f"{value:.1f} %" if abs(value) < _ONE_DIGIT and value else f"{value:.0f} %"


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
        none = f"Case {case.case_no} is held: office {office.office_id} has no officer"
        return f"{none}; add one, or transfer the case. It has waited {age}."
    of = f"Case {case.case_no} of office {office.office_id}"
    waited = f"It has waited {age}; the limit is {rules.age_limit_days}."
    if any(out.reason in CAPS for out in exclusions):
        held = f"{of} is held, not given to anyone beyond the cap of {percent(rules.cap)}"
        return f"{held}: {_reasons(exclusions)}. {waited}"
    officers = count(len(exclusions), "officer", "officers")
    nobody = f"{of} is held: none of the {officers} asked about may have it"
    return f"{nobody}: {_reasons(exclusions)}.{_lacking(case, exclusions, rules)} {waited}"


def _lacking(case: NewCase, exclusions: Sequence[Exclusion], rules: Rules) -> str:
    """Return what an officer would need where a skill is what is missing; empty where it is not."""
    if not any(out.reason in {"no_credential", "no_language"} for out in exclusions):
        return ""
    needs = sorted(skills_needed(case.language, is_child=case.is_child, rules=rules))
    site = f" at site {case.site_id}" if case.site_id else ""
    return f" Needed is an officer{site} with {' and '.join(needs)}."


def _reasons(exclusions: Sequence[Exclusion]) -> str:
    found = Counter(out.reason for out in exclusions)
    return ", ".join(
        f"{found[code]} {(REASONS if found[code] == 1 else REASONS_OF_MANY)[code]}"
        for code in REASONS
        if code in found
    )


_MOVED = {
    "over_load": "is fuller than others",
    "makes_room": "makes room for cases that few may have",
    "not_available": "has no case hours",
    "not_eligible": "may not have it",
}


def told_move(
    case_no: str,
    minutes: float,
    holder: tuple[str, str, str] | None,
    taker: tuple[str, str, str],
    reason: str,
) -> str:
    """Return why a case moves; officers come with their utilization before and after, as it is shown."""
    work = f"{minutes:.0f} min a month"
    gets = f"{taker[0]} goes from {taker[1]} to {taker[2]} with all moves"
    if holder is None:
        return f"Case {case_no} ({work}) to {taker[0]}: nobody of the office leads it. {gets}."
    gives = f"{holder[0]} {_MOVED[reason]}"
    if reason != "not_available":
        gives += f" and goes from {holder[1]} to {holder[2]}"
    return f"Case {case_no} ({work}) from {holder[0]} to {taker[0]}: {gives}; {gets}."


def _without_moves(before: float | None, after: float, *, has_hours: bool) -> str:
    if not has_hours:
        return "No case can move: no officer has case hours."
    if before is None:
        return "No case can move: nobody who has hours may have those of officers without."
    return f"The busiest officer is at {percent(after)}; no case needs to move."


def told_proposal(
    moves: int,
    cases: int,
    before: float | None,
    after: float,
    bound: int,
    lowest: float,
    is_limited: bool,
    *,
    has_hours: bool = True,
) -> str:
    """Return a plan in one sentence, with what is proven of it; `has_hours` says whether anybody has any."""
    if not moves:
        return _without_moves(before, after, has_hours=has_hours or not cases)
    what = f"Moving {moves:,} of {count(cases, 'case', 'cases')}"
    fewer = "as even has fewer moves" if moves <= bound else f"with fewer than {bound:,} moves can"
    if before is None:
        taken = "takes off officers without hours all that others may have"
        brings = f"{what} {taken} and leaves the busiest at {percent(after)}"
    elif is_limited and percent(before) == percent(after):
        brings = f"{what} leaves the busiest at {percent(after)}"
    elif percent(before) == percent(after):
        brings = f"{what} evens out the other officers; the busiest stays at {percent(after)}"
        if percent(lowest) == percent(after):
            brings += ", and no plan brings that lower"
    elif percent(before) == percent(min(before, after)):
        brings = (
            f"{what} gives cases to officers who may have them; "
            f"the busiest goes from {percent(before)} to {percent(after)}"
        )
    else:
        brings = f"{what} brings the busiest officer from {percent(before)} to {percent(after)}"
    if is_limited:
        return f"{brings}; no plan within the limit of moves gets below {percent(lowest)}."
    return f"{brings}; no plan {fewer}."
