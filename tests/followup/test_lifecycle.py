"""Stages, moves and guards: the table is complete, and only the auditor's word closes."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.followup.lifecycle import (
    AUDITORS,
    CLOSED_STAGES,
    GUARD_WORDS,
    MANAGEMENT_DECISION,
    MOVES,
    OPEN_STAGES,
    Actor,
    Guard,
    MoveNotAllowedError,
    Stage,
    check_move,
    check_status,
    may_move,
    moves_from,
)
from closeout.followup.statuses import CLOSED_STATUSES
from closeout.reading.model import AuditorStatus
from tests.each import for_each

EVERYTHING = frozenset(Guard)


@for_each("now, then, by", list(product(Stage, Stage, Actor)))
def test_every_pair_of_stages_is_either_a_move_or_refused_with_a_reason(now, then, by):
    if any(move.now is now and move.then is then and by in move.by for move in MOVES):
        assert check_move(now, then, by=by, having=EVERYTHING).then is then
    else:
        with pytest.raises(MoveNotAllowedError, match=now.value):
            check_move(now, then, by=by, having=EVERYTHING)


def test_no_move_is_listed_twice_and_none_stays_where_it_is():
    ends = [(move.now, move.then) for move in MOVES]
    assert len(set(ends)) == len(ends)
    assert all(now is not then for now, then in ends)


def test_every_stage_can_be_reached_and_left():
    reached = {Stage.ISSUED}
    while more := {move.then for move in MOVES if move.now in reached} - reached:
        reached |= more
    assert reached == set(Stage)
    assert {move.now for move in MOVES} == set(Stage)


def test_every_guard_is_used_and_has_words():
    assert {guard for move in MOVES for guard in move.needs} == set(Guard) == set(GUARD_WORDS)


@pytest.mark.parametrize(
    "move",
    [move for move in MOVES if move.then in CLOSED_STAGES],
    ids=lambda move: f"{move.now} to {move.then}",
)
def test_only_the_auditor_closes_and_only_with_a_word_and_date(move):
    assert move.by == AUDITORS
    assert Guard.AUDITORS_WORD in move.needs


def test_the_auditor_may_close_from_every_open_stage():
    for stage in OPEN_STAGES:
        assert {move.then for move in moves_from(stage, by=Actor.SOURCE)} >= CLOSED_STAGES


@pytest.mark.parametrize("by", [Actor.AGENCY, Actor.SYSTEM])
def test_no_walk_of_the_agency_or_the_system_ends_closed(by):
    reached = {Stage.ISSUED}
    while more := {move.then for move in MOVES if move.now in reached and by in move.by} - reached:
        reached |= more
    assert not reached & CLOSED_STAGES


def test_the_agency_walks_from_the_report_to_the_closeout_letter():
    walk = [
        (Stage.AWAITING_RESPONSE, {Guard.REPORT_DATE}),
        (Stage.UNRESOLVED_OPEN, set()),
        (Stage.RESOLVED_OPEN, MANAGEMENT_DECISION),
        (Stage.IN_CORRECTIVE_ACTION, {Guard.PLAN, Guard.OWNER, Guard.TARGET_DATE}),
        (Stage.EVIDENCE_READY, {Guard.EVERY_NEED_COVERED}),
        (Stage.CLOSURE_REQUESTED, {Guard.EVERY_NEED_COVERED, Guard.LETTER, Guard.SECOND_PERSON}),
    ]
    now = Stage.ISSUED
    for then, having in walk:
        now = check_move(now, then, by=Actor.AGENCY, having=having).then
    assert now is Stage.CLOSURE_REQUESTED
    assert check_move(now, Stage.IN_CORRECTIVE_ACTION, by=Actor.SOURCE, having={Guard.REASON})


def test_a_refusal_says_what_is_missing():
    with pytest.raises(MoveNotAllowedError) as refusal:
        check_move(Stage.UNRESOLVED_OPEN, Stage.RESOLVED_OPEN, by=Actor.AGENCY, having={Guard.POSITION})
    assert str(refusal.value) == "resolved-open needs the corrective action decided on and a target date"


def test_a_refusal_says_who_may():
    with pytest.raises(MoveNotAllowedError) as refusal:
        check_move(Stage.RESOLVED_OPEN, Stage.CLOSED_IMPLEMENTED, by=Actor.AGENCY, having=EVERYTHING)
    assert str(refusal.value) == (
        "only auditor and source may move resolved-open to closed-implemented, not the agency"
    )


@given(
    st.sampled_from(Stage), st.sampled_from(Stage), st.sampled_from(Actor), st.sets(st.sampled_from(Guard))
)
def test_having_more_never_forbids_a_move(now, then, by, having):
    if may_move(now, then, by=by, having=having):
        assert may_move(now, then, by=by, having=EVERYTHING)


@pytest.mark.parametrize(("then", "by"), list(product(AuditorStatus, [Actor.AGENCY, Actor.SYSTEM])))
def test_nobody_but_the_auditor_sets_the_auditors_status(then, by):
    with pytest.raises(MoveNotAllowedError, match="only the auditor's own word"):
        check_status(None, then, by=by)


@pytest.mark.parametrize(
    ("now", "then", "by"), list(product([None, *AuditorStatus], AuditorStatus, sorted(AUDITORS)))
)
def test_the_auditor_may_set_any_other_status(now, then, by):
    if now is then:
        with pytest.raises(MoveNotAllowedError, match="already"):
            check_status(now, then, by=by)
    else:
        assert check_status(now, then, by=by) is None


def test_a_refusal_to_close_says_so():
    with pytest.raises(MoveNotAllowedError, match="may close a recommendation"):
        check_status(None, min(CLOSED_STATUSES), by=Actor.AGENCY)


def test_stages_are_named_as_the_statuses_they_share():
    shared = {stage.value for stage in Stage} & {status.value for status in AuditorStatus}
    assert shared == {"unresolved-open", "resolved-open", *(status.value for status in CLOSED_STATUSES)}
