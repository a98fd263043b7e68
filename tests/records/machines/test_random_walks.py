"""Random walks through a case and what hangs on it never break what must always hold (systems 2.1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from closeout.records.machines import (
    CASE,
    CHECK_IN,
    CLOSURE_PROPOSAL,
    MACHINES,
    TRANSFER,
    MoveNotAllowedError,
    check_move,
    may_move,
)
from closeout.records.machines.machine import Actor
from closeout.records.machines.safeguards import FLAWS, Decision, flaws_of, is_departure_cleared

EVERYBODY = frozenset(Actor)
PEOPLE = ("S-1", "S-2", "S-3")
TODAY = date(2026, 3, 4)
people = st.sampled_from(PEOPLE)


class CaseWalk(RuleBasedStateMachine):
    """A case with its transfers and closures; whoever acts is drawn, and so may be the wrong person."""

    def __init__(self):
        super().__init__()
        self.state = "open"
        self.office = "BOS"
        self.transfers: list[list[str]] = []
        self.closures: list[list[str]] = []
        self.is_parent = False
        self.is_cleared = False
        self.passed_gate = True

    def step(self, machine, now, verb, **facts):
        try:
            return check_move(machine, now, verb, by=EVERYBODY, facts={"on": TODAY, **facts}).then
        except MoveNotAllowedError:
            return None

    @rule(by=people)
    def request_transfer(self, by):
        facts = {"is_office_open": True, "verified_on": TODAY, "verified_within_days": 30}
        if then := self.step(CASE, self.state, "request_transfer", by=by, **facts):
            self.state = then
            self.transfers.append(["requested", by])

    @precondition(lambda self: self.transfers)
    @rule(by=people, verb=st.sampled_from(["accept", "reject", "withdraw"]))
    def decide_transfer(self, by, verb):
        last = self.transfers[-1]
        facts = {"by": by, "first_person": last[1], "reason": "wrong_office"}
        then = self.step(TRANSFER, last[0], verb, **facts)
        moved = self.step(CASE, self.state, f"{verb}_transfer", **facts)
        if then and moved:
            last[0], self.state = then, moved
            if verb == "accept":
                assert by != last[1]
                self.office = "DAL" if self.office == "BOS" else "BOS"

    @rule(by=people, incidents=st.integers(0, 1))
    def propose_closure(self, by, incidents):
        facts = {"evidence": "x", "open_safeguards": incidents}
        if then := self.step(CASE, self.state, "propose_closure", by=by, **facts):
            assert not incidents
            self.state = then
            self.closures.append(["proposed", by])

    @precondition(lambda self: self.closures)
    @rule(by=people, verb=st.sampled_from(["confirm", "reject", "withdraw", "reverse"]))
    def decide_closure(self, by, verb):
        last = self.closures[-1]
        is_cleared = not self.is_parent or self.is_cleared
        facts = {"by": by, "first_person": last[1], "reason": "not_so", "is_departure_cleared": is_cleared}
        case_verb = "reopen" if verb == "reverse" else f"{verb}_closure"
        then = self.step(CLOSURE_PROPOSAL, last[0], verb, **facts)
        moved = self.step(CASE, self.state, case_verb, **facts)
        if then and moved:
            last[0], self.state = then, moved
            if verb == "confirm":
                assert by != last[1]
                self.passed_gate = is_cleared

    @rule(answer=st.booleans())
    def ask_parent(self, answer):
        self.is_parent = answer

    @rule(cleared=st.booleans())
    def decide_as_parent(self, cleared):
        self.is_cleared = cleared

    @invariant()
    def at_most_one_request_is_open_and_the_case_shows_it(self):
        is_asked = [row for row in self.transfers if row[0] == "requested"]
        is_proposed = [row for row in self.closures if row[0] == "proposed"]
        assert len(is_asked) == (self.state == "transfer_pending")
        assert len(is_proposed) == (self.state == "closure_proposed")

    @invariant()
    def a_case_is_closed_exactly_while_a_closure_stands_and_the_gate_was_open(self):
        assert (self.state == "closed") is any(row[0] == "confirmed" for row in self.closures)
        assert self.passed_gate


CaseWalk.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestCaseWalk = CaseWalk.TestCase


class CheckInWalk(RuleBasedStateMachine):
    """A check-in in the hands of anybody: only the job makes it missed, the office's fault stays one."""

    def __init__(self):
        super().__init__()
        self.state = "scheduled"
        self.walk: list[str] = []

    @rule(
        verb=st.sampled_from(CHECK_IN.verbs),
        by=st.sets(st.sampled_from(Actor), min_size=1),
        person=people,
        first=people,
        days=st.integers(-20, 20),
    )
    def move(self, verb, by, person, first, days):
        facts = {
            "on": TODAY,
            "by": person,
            "first_person": first,
            "reason": "duplicate",
            "last_day": TODAY - timedelta(days=days),
            "next_on": TODAY + timedelta(days=days),
            "notice_served_on": TODAY - timedelta(days=days),
            "response_due_on": TODAY - timedelta(days=days),
            "minutes_since": days,
            "most_minutes": 10,
        }
        try:
            done = check_move(CHECK_IN, self.state, verb, by=by, facts=facts)
        except MoveNotAllowedError:
            return
        if done.then == "missed":
            assert Actor.JOB in by
            assert days > 0, "window and grace are over"
        if done.then in ("unexcused", "reviewed", "dispositioned") and verb != "close_out":
            assert person != first
        if verb == "find_service_issue" and done.now in ("scheduled", "reminded"):
            assert days > 0, "a next one is scheduled"
        self.state = done.then
        self.walk.append(done.then)

    @invariant()
    def the_offices_fault_never_turns_into_the_persons(self):
        if "service_issue" in self.walk:
            since = self.walk[self.walk.index("service_issue") :]
            until = since.index("scheduled") if "scheduled" in since else len(since)
            assert not {"missed", "unexcused"} & set(since[:until])


CheckInWalk.TestCase.settings = settings(max_examples=80, stateful_step_count=20, deadline=None)
TestCheckInWalk = CheckInWalk.TestCase


@pytest.mark.parametrize("machine", MACHINES.values(), ids=list(MACHINES))
def test_a_walk_with_every_guard_met_stays_among_the_states(machine):
    state = machine.start[0]
    for number in range(200):
        possible = machine.moves_from(state)
        if not possible:
            break
        state = possible[number % len(possible)].then
        assert state in machine.states


SOUND = Decision(
    decision="together",
    decided_on=TODAY,
    information_version="INF-1",
    information_on=TODAY - timedelta(days=2),
    language="es",
    form_version="F-1",
    signed_kind="wet",
    offered_reunification=True,
    offered_child_remains=True,
    offered_consultation=True,
    state="valid",
)
LATER = TODAY + timedelta(days=30)


def cleared(*decisions, answer="yes", departs_on=LATER):
    return is_departure_cleared(answer=answer, decisions=decisions, departs_on=departs_on)


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        ({"decision": None}, "blank"),
        ({"decision": "undecided"}, "undecided"),
        ({"information_version": None}, "no_information"),
        ({"information_on": None}, "no_information"),
        ({"offered_consultation": False}, "options_missing"),
        ({"language": None}, "no_language"),
        ({"form_version": ""}, "no_form_version"),
        ({"decided_on": None}, "not_dated"),
        ({"information_on": TODAY + timedelta(days=1)}, "before_information"),
        ({"decided_on": LATER}, "after_departure"),
        ({"signed_kind": None}, "not_signed"),
        ({"signed_kind": "refused"}, "no_witness"),
    ],
)
def test_each_flaw_is_named_and_closes_the_gate(change, flaw):
    flawed = replace(SOUND, **change)
    assert flaws_of(flawed, departs_on=LATER) == (flaw,)
    assert not cleared(flawed)


def test_every_flaw_is_tried_above():
    tried = {mark.args[1][number][1] for mark in _marks() for number in range(len(mark.args[1]))}
    assert tried == set(FLAWS)


def _marks():
    return test_each_flaw_is_named_and_closes_the_gate.pytestmark


def test_a_sound_decision_has_no_flaw_and_opens_the_gate():
    assert flaws_of(SOUND, departs_on=LATER) == ()
    assert cleared(SOUND)
    assert flaws_of(replace(SOUND, signed_kind="refused", witness_role="interpreter")) == ()
    assert flaws_of(replace(SOUND, language=None, interpreter_used=True)) == ()


def test_what_the_parent_said_last_governs():
    flawed = replace(SOUND, decision="child_remains", signed_kind=None, state="flawed")
    assert not cleared(SOUND, flawed)
    assert cleared(replace(flawed, state="superseded"), SOUND)
    assert cleared(SOUND, Decision(information_version="INF-2", information_on=TODAY)), "only information yet"


def test_an_exception_counts_from_the_day_it_is_approved():
    asked = Decision()
    assert not cleared(asked)
    assert cleared(replace(asked, exception_approved_on=LATER))
    assert not cleared(replace(asked, exception_approved_on=LATER + timedelta(days=1)))


decisions = st.builds(
    Decision,
    decision=st.sampled_from([None, "together", "child_remains", "undecided"]),
    decided_on=st.none() | st.dates(TODAY - timedelta(days=9), LATER + timedelta(days=9)),
    information_version=st.sampled_from([None, "INF-1"]),
    information_on=st.none() | st.dates(TODAY - timedelta(days=9), LATER),
    language=st.sampled_from([None, "es"]),
    interpreter_used=st.sampled_from([None, True, False]),
    form_version=st.sampled_from([None, "F-1"]),
    signed_kind=st.sampled_from([None, "wet", "refused"]),
    witness_role=st.sampled_from([None, "officer"]),
    offered_reunification=st.booleans(),
    offered_child_remains=st.booleans(),
    offered_consultation=st.booleans(),
    state=st.sampled_from(["recorded", "valid", "flawed", "superseded", "honored", "not_honored"]),
    exception_approved_on=st.none() | st.dates(TODAY, LATER + timedelta(days=9)),
)


@given(rows=st.lists(decisions | st.just(SOUND), max_size=5), departs=st.dates(TODAY, LATER))
def test_the_gate_opens_for_a_parent_only_on_a_sound_earlier_decision_or_an_exception(rows, departs):
    if cleared(*rows, departs_on=departs):
        standing = [row for row in rows if row.state != "superseded"]
        assert any(
            (row.exception_approved_on and row.exception_approved_on <= departs)
            or (row.decided_on and row.decided_on < departs and not flaws_of(row, departs_on=departs))
            for row in standing
        )


@given(rows=st.lists(decisions, max_size=5), answer=st.sampled_from([None, "no", "declined"]))
def test_the_gate_is_for_parents(rows, answer):
    assert cleared(*rows, answer=answer)


@given(rows=st.lists(decisions | st.just(SOUND), max_size=4), departs=st.dates(TODAY, LATER))
def test_leaving_later_never_closes_the_gate(rows, departs):
    if cleared(*rows, departs_on=departs):
        assert cleared(*rows, departs_on=departs + timedelta(days=1))


def test_a_refused_move_is_no_move():
    assert not may_move(CASE, "closed", "confirm_closure", by=EVERYBODY)
    assert may_move(CASE, "closed", "reopen", by=EVERYBODY, facts={"reason": "not_so"})
