"""Any walk of agency, auditor and system through the stages: nothing closes without the auditor."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from closeout.followup.lifecycle import (
    AUDITORS,
    CLOSED_STAGES,
    Actor,
    Guard,
    MoveNotAllowedError,
    Stage,
    check_move,
    check_status,
    may_move,
)
from closeout.followup.statuses import is_closed
from closeout.reading.model import AuditorStatus


class Walk(RuleBasedStateMachine):
    """A recommendation that everybody tries to move, with whatever they have in hand."""

    def __init__(self):
        super().__init__()
        self.stage = Stage.ISSUED
        self.status = None
        self.auditor_closed = False
        self.auditor_set_status = False

    @rule(then=st.sampled_from(Stage), by=st.sampled_from(Actor), having=st.sets(st.sampled_from(Guard)))
    def try_to_move(self, then, by, having):
        allowed = may_move(self.stage, then, by=by, having=having)
        try:
            move = check_move(self.stage, then, by=by, having=having)
        except MoveNotAllowedError:
            assert not allowed
            return
        assert allowed
        assert move.needs <= having
        self.stage = move.then
        if self.stage in CLOSED_STAGES:
            self.auditor_closed = by in AUDITORS and Guard.AUDITORS_WORD in having

    @rule(then=st.sampled_from(AuditorStatus), by=st.sampled_from(Actor))
    def try_to_set_the_status(self, then, by):
        try:
            check_status(self.status, then, by=by)
        except MoveNotAllowedError:
            assert by not in AUDITORS or then is self.status
            return
        self.status = then
        self.auditor_set_status = by in AUDITORS

    @invariant()
    def a_closed_stage_was_closed_by_the_auditors_word(self):
        assert self.stage not in CLOSED_STAGES or self.auditor_closed

    @invariant()
    def a_closed_status_was_set_by_the_auditor(self):
        assert not is_closed(self.status) or self.auditor_set_status


TestWalk = Walk.TestCase
