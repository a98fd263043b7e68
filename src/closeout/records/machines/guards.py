"""What must be there before a move, each as a name, its words and a test over plain facts.

A fact that is not given counts as missing: a guard never passes for want of knowledge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

Facts = Mapping[str, object]


class Guard(StrEnum):
    """Something that must be there before a move."""

    SECOND_PERSON = "second-person"
    OWN = "own"
    REASON = "reason"
    EVIDENCE = "evidence"
    PLACED = "placed"
    OFFICE_OPEN = "office-open"
    RECENTLY_VERIFIED = "recently-verified"
    NO_OPEN_SAFEGUARDS = "no-open-safeguards"
    PARENTAL_DECISION = "parental-decision"
    WINDOW_PASSED = "window-passed"
    NEXT_DAY = "next-day"
    EXPLANATION = "explanation"
    NOTICE_SERVED = "notice-served"
    RESPONSE_OVER = "response-over"
    POLICY_IN_FORCE = "policy-in-force"
    IN_TIME = "in-time"
    RULE_IN_FORCE = "rule-in-force"
    ALL_ITEMS = "all-items"
    VALIDITY_DATES = "validity-dates"
    REVIEW_DATE = "review-date"
    STATE_BEFORE_HOLD = "state-before-hold"
    DIGEST = "digest"
    SUPERSEDES_RESOLVED = "supersedes-resolved"
    DUTIES_SHOWN = "duties-shown"
    AUDIENCE = "audience"
    REMEDIAL_LEFT = "remedial-left"
    UNTIL = "until"
    END_PASSED = "end-passed"
    DEFICIENCIES_SETTLED = "deficiencies-settled"
    ACTION_VERIFIED = "action-verified"
    SAMPLE = "sample"
    NOTHING_OBSERVED = "nothing-observed"
    METHOD_AND_COUNTS = "method-and-counts"
    SOUND = "sound"
    FLAWED = "flawed"


@dataclass(frozen=True, slots=True)
class Check:
    """How a guard reads in a refusal, and the test itself."""

    words: str
    holds: Callable[[Facts], bool]


def _filled(*names: str) -> Callable[[Facts], bool]:
    return lambda facts: all(facts.get(name) not in (None, "", False, ()) for name in names)


def _none(name: str) -> Callable[[Facts], bool]:
    return lambda facts: facts.get(name) == 0


def _day(facts: Facts, name: str) -> date | None:
    value = facts.get(name)
    return value if isinstance(value, date) else None


def _passed(name: str) -> Callable[[Facts], bool]:
    """Return the test that a day lies before the day of the move."""

    def holds(facts: Facts) -> bool:
        day, on = _day(facts, name), _day(facts, "on")
        return day is not None and on is not None and day < on

    return holds


def _ahead(name: str) -> Callable[[Facts], bool]:
    """Return the test that a day lies after the day of the move."""

    def holds(facts: Facts) -> bool:
        day, on = _day(facts, name), _day(facts, "on")
        return day is not None and on is not None and day > on

    return holds


def _in_force(name: str) -> Callable[[Facts], bool]:
    """Return the test that the day of the move lies in `{name}_from` to `{name}_to`; no end is open."""

    def holds(facts: Facts) -> bool:
        on, first, last = _day(facts, "on"), _day(facts, f"{name}_from"), _day(facts, f"{name}_to")
        return on is not None and first is not None and first <= on and (last is None or on <= last)

    return holds


def _two_people(facts: Facts) -> bool:
    by, first = facts.get("by"), facts.get("first_person")
    return bool(by) and bool(first) and by != first


def _one_person(facts: Facts) -> bool:
    return bool(facts.get("by")) and facts.get("by") == facts.get("first_person")


def _served(facts: Facts) -> bool:
    served, on = _day(facts, "notice_served_on"), _day(facts, "on")
    return served is not None and on is not None and served <= on


def _recent(facts: Facts) -> bool:
    verified, on, most = _day(facts, "verified_on"), _day(facts, "on"), facts.get("verified_within_days")
    return verified is not None and on is not None and isinstance(most, int) and (on - verified).days <= most


def _valid_dates(facts: Facts) -> bool:
    first, last, on = _day(facts, "valid_from"), _day(facts, "valid_to"), _day(facts, "on")
    return first is not None and last is not None and on is not None and first <= last and on <= last


def _soon_enough(facts: Facts) -> bool:
    minutes, most = facts.get("minutes_since"), facts.get("most_minutes")
    return isinstance(minutes, int | float) and isinstance(most, int | float) and 0 <= minutes <= most


def _fewer_than_most(facts: Facts) -> bool:
    done, most = facts.get("remedials"), facts.get("most_remedials")
    return isinstance(done, int) and isinstance(most, int) and done < most


def _settled(facts: Facts) -> bool:
    verified, until, on = _day(facts, "verified_on"), _day(facts, "waived_until"), _day(facts, "on")
    is_waived = until is not None and on is not None and until >= on
    return (verified is not None and on is not None and verified <= on) or is_waived


def _counted(facts: Facts) -> bool:
    lot, sampled, defects = (facts.get(name) for name in ("lot", "sampled", "defects"))
    if not (isinstance(lot, int) and isinstance(sampled, int) and isinstance(defects, int)):
        return False
    return bool(facts.get("method")) and 0 <= defects <= sampled <= lot


def _sampled(facts: Facts) -> bool:
    sampled = facts.get("sampled")
    return isinstance(sampled, int) and sampled > 0 and facts.get("inference_allowed") is True


GUARDS: Mapping[Guard, Check] = MappingProxyType(
    {
        Guard.SECOND_PERSON: Check("another person than the one before", _two_people),
        Guard.OWN: Check("the person who began it", _one_person),
        Guard.REASON: Check("a reason", _filled("reason")),
        Guard.EVIDENCE: Check("the evidence and its kind", _filled("evidence")),
        Guard.PLACED: Check("an office, a docket and a lead officer", _filled("office", "docket", "lead")),
        Guard.OFFICE_OPEN: Check("a receiving office that is open", _filled("is_office_open")),
        Guard.RECENTLY_VERIFIED: Check("a recent verification of contact or venue", _recent),
        Guard.NO_OPEN_SAFEGUARDS: Check(
            "every safeguard settled (incidents resolved, parental question answered)",
            _none("open_safeguards"),
        ),
        Guard.PARENTAL_DECISION: Check(
            "a valid parental decision before the departure, or an approved exception",
            _filled("is_departure_cleared"),
        ),
        Guard.WINDOW_PASSED: Check("the window and the grace days to be over", _passed("last_day")),
        Guard.NEXT_DAY: Check("the day of the next check-in", _ahead("next_on")),
        Guard.EXPLANATION: Check("an explanation received", _filled("explained_on")),
        Guard.NOTICE_SERVED: Check("notice served", _served),
        Guard.RESPONSE_OVER: Check("the response period to be over", _passed("response_due_on")),
        Guard.POLICY_IN_FORCE: Check("a policy version in force", _in_force("policy")),
        Guard.IN_TIME: Check("to be within ten minutes", _soon_enough),
        Guard.RULE_IN_FORCE: Check("a country rule in force", _in_force("rule")),
        Guard.ALL_ITEMS: Check("every item the country asks for", _none("missing_items")),
        Guard.VALIDITY_DATES: Check("the first and last day it is valid", _valid_dates),
        Guard.REVIEW_DATE: Check("a day on which the hold is looked at again", _ahead("review_on")),
        Guard.STATE_BEFORE_HOLD: Check(
            "to go back to where it stood before the hold",
            lambda facts: bool(facts.get("then")) and facts.get("before_hold") == facts["then"],
        ),
        Guard.DIGEST: Check("the text's SHA-256", _filled("content_digest")),
        Guard.SUPERSEDES_RESOLVED: Check(
            "the version it replaces to be named and ended", _filled("supersedes_resolved")
        ),
        Guard.DUTIES_SHOWN: Check("the change of duties to have been shown", _filled("duties_shown")),
        Guard.AUDIENCE: Check("the audience that must acknowledge it", _filled("audience")),
        Guard.REMEDIAL_LEFT: Check("a remedial attempt left by policy", _fewer_than_most),
        Guard.UNTIL: Check("the day it ends", _ahead("until")),
        Guard.END_PASSED: Check("its last day to be over", _passed("until")),
        Guard.DEFICIENCIES_SETTLED: Check("every deficiency closed or waived", _none("open_deficiencies")),
        Guard.ACTION_VERIFIED: Check("a verified corrective action or a waiver in force", _settled),
        Guard.SAMPLE: Check("a sample whose method allows a conclusion", _sampled),
        Guard.NOTHING_OBSERVED: Check("that nothing was observed in the period", _none("sampled")),
        Guard.METHOD_AND_COUNTS: Check("the method, the lot, the sample and the defects counted", _counted),
        Guard.SOUND: Check("a decision without a flaw", lambda facts: facts.get("flaws") == ()),
        Guard.FLAWED: Check("the flaws named", _filled("flaws")),
    }
)
