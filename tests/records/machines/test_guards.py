"""Each guard with facts that meet it and facts that do not; no knowledge never passes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from closeout.records.machines import GUARDS, TRAVEL_DOCUMENT, Guard, check_move
from closeout.records.machines.machine import Actor, MoveNotAllowedError

TODAY = date(2026, 3, 4)
BEFORE, AFTER = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
COUNTED = {"method": "random_sample", "lot": 400, "sampled": 50, "defects": 5}

CASES = {
    Guard.SECOND_PERSON: ({"by": "S-1", "first_person": "S-2"}, {"by": "S-1", "first_person": "S-1"}),
    Guard.OWN: ({"by": "S-1", "first_person": "S-1"}, {"by": "S-1", "first_person": "S-2"}),
    Guard.REASON: ({"reason": "duplicate"}, {"reason": ""}),
    Guard.EVIDENCE: ({"evidence": "court_order"}, {"evidence": None}),
    Guard.PLACED: (
        {"office": "BOS", "docket": "juvenile", "lead": "S-1"},
        {"office": "BOS", "docket": "juvenile"},
    ),
    Guard.OFFICE_OPEN: ({"is_office_open": True}, {"is_office_open": False}),
    Guard.RECENTLY_VERIFIED: (
        {"on": TODAY, "verified_on": TODAY - timedelta(days=30), "verified_within_days": 30},
        {"on": TODAY, "verified_on": TODAY - timedelta(days=31), "verified_within_days": 30},
    ),
    Guard.NO_OPEN_SAFEGUARDS: ({"open_safeguards": 0}, {"open_safeguards": 1}),
    Guard.PARENTAL_DECISION: ({"is_departure_cleared": True}, {"is_departure_cleared": False}),
    Guard.WINDOW_PASSED: ({"on": TODAY, "last_day": BEFORE}, {"on": TODAY, "last_day": TODAY}),
    Guard.NEXT_DAY: ({"on": TODAY, "next_on": AFTER}, {"on": TODAY, "next_on": TODAY}),
    Guard.EXPLANATION: ({"explained_on": TODAY}, {"explained_on": None}),
    Guard.NOTICE_SERVED: ({"on": TODAY, "notice_served_on": TODAY}, {"on": TODAY, "notice_served_on": AFTER}),
    Guard.RESPONSE_OVER: ({"on": TODAY, "response_due_on": BEFORE}, {"on": TODAY, "response_due_on": TODAY}),
    Guard.POLICY_IN_FORCE: (
        {"on": TODAY, "policy_from": TODAY, "policy_to": TODAY},
        {"on": TODAY, "policy_from": BEFORE, "policy_to": BEFORE},
    ),
    Guard.IN_TIME: ({"minutes_since": 10.0, "most_minutes": 10}, {"minutes_since": 10.1, "most_minutes": 10}),
    Guard.RULE_IN_FORCE: (
        {"on": TODAY, "rule_from": BEFORE, "rule_to": None},
        {"on": TODAY, "rule_from": AFTER},
    ),
    Guard.ALL_ITEMS: ({"missing_items": 0}, {"missing_items": 2}),
    Guard.VALIDITY_DATES: (
        {"on": TODAY, "valid_from": TODAY, "valid_to": TODAY},
        {"on": TODAY, "valid_from": AFTER, "valid_to": TODAY},
    ),
    Guard.REVIEW_DATE: ({"on": TODAY, "review_on": AFTER}, {"on": TODAY, "review_on": TODAY}),
    Guard.STATE_BEFORE_HOLD: (
        {"before_hold": "sent", "then": "sent"},
        {"before_hold": "sent", "then": "issued"},
    ),
    Guard.DIGEST: ({"content_digest": "a" * 64}, {"content_digest": None}),
    Guard.SUPERSEDES_RESOLVED: ({"supersedes_resolved": True}, {"supersedes_resolved": False}),
    Guard.DUTIES_SHOWN: ({"duties_shown": True}, {"duties_shown": False}),
    Guard.AUDIENCE: ({"audience": ("supervisor",)}, {"audience": ()}),
    Guard.REMEDIAL_LEFT: ({"remedials": 0, "most_remedials": 1}, {"remedials": 1, "most_remedials": 1}),
    Guard.UNTIL: ({"on": TODAY, "until": AFTER}, {"on": TODAY, "until": TODAY}),
    Guard.END_PASSED: ({"on": TODAY, "until": BEFORE}, {"on": TODAY, "until": TODAY}),
    Guard.DEFICIENCIES_SETTLED: ({"open_deficiencies": 0}, {"open_deficiencies": 3}),
    Guard.ACTION_VERIFIED: ({"on": TODAY, "verified_on": TODAY}, {"on": TODAY, "waived_until": BEFORE}),
    Guard.SAMPLE: (
        {"sampled": 20, "inference_allowed": True},
        {"sampled": 20, "inference_allowed": False},
    ),
    Guard.NOTHING_OBSERVED: ({"sampled": 0}, {"sampled": 1}),
    Guard.METHOD_AND_COUNTS: (COUNTED, {**COUNTED, "defects": 51}),
    Guard.SOUND: ({"flaws": ()}, {"flaws": ("blank",)}),
    Guard.FLAWED: ({"flaws": ("blank",)}, {"flaws": ()}),
}


def test_every_guard_is_tried_here():
    assert set(CASES) == set(Guard)


@pytest.mark.parametrize("guard", list(Guard))
def test_a_guard_tells_what_meets_it_from_what_does_not(guard):
    meets, fails = CASES[guard]
    holds = GUARDS[guard].holds
    assert holds(meets)
    assert not holds(fails)


@pytest.mark.parametrize("guard", list(Guard))
def test_a_guard_without_facts_does_not_hold(guard):
    assert not GUARDS[guard].holds({})


@pytest.mark.parametrize("guard", list(Guard))
def test_each_fact_of_a_guard_is_needed(guard):
    meets, _fails = CASES[guard]
    optional = {"policy_to", "rule_to"}
    for name in sorted(meets.keys() - optional):
        assert not GUARDS[guard].holds({key: value for key, value in meets.items() if key != name})


def test_a_waiver_in_force_stands_for_a_verified_action():
    assert GUARDS[Guard.ACTION_VERIFIED].holds({"on": TODAY, "waived_until": TODAY})
    assert not GUARDS[Guard.ACTION_VERIFIED].holds({"on": TODAY, "verified_on": AFTER})


def test_a_hold_ends_in_the_state_it_interrupted():
    facts = {"before_hold": "acknowledged"}
    worker = {Actor.WORKER}
    resumed = check_move(TRAVEL_DOCUMENT, "on_hold", "resume_acknowledged", by=worker, facts=facts)
    assert resumed.then == "acknowledged"
    with pytest.raises(MoveNotAllowedError, match="before the hold"):
        check_move(TRAVEL_DOCUMENT, "on_hold", "resume_issued", by=worker, facts=facts)


def test_a_refusal_names_everything_that_is_missing():
    with pytest.raises(MoveNotAllowedError) as refusal:
        check_move(TRAVEL_DOCUMENT, "complete", "send", by={Actor.WORKER}, facts={"on": TODAY})
    assert str(refusal.value) == (
        "travel document request: “send” needs a country rule in force and every item the country asks for"
    )
