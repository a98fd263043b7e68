"""Every action: who may do it, that nobody else may, and that it leaves exactly one audit event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from django.core.exceptions import PermissionDenied

from closeout.followup.clock_rules import EventKind
from closeout.followup.statuses import Progress
from closeout.reading.model import AuditorStatus
from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.recommendations import actions
from closeout.web.recommendations.models import Conflict, Mention, ReviewItem
from tests.reading.factories import make_record
from tests.web.recommendations.arrivals import reading_of, row_counts, take_in
from tests.web.recommendations.world import DAY, LAMPS, PDF

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.recommendations.world import World

LIAISON, APPROVER, MANAGER = Role.AUDIT_LIAISON, Role.APPROVER, Role.PROGRAM_MANAGER


class Act(NamedTuple):
    """An action, who may do it, the audit line it leaves, and what must be there before."""

    name: str
    roles: frozenset[str]
    logged: str
    do: Callable[..., Any]
    prepare: Callable[[World], Any] = lambda _world: None


def request_closure(world):
    world.cover()
    return actions.request_closure(
        by=world.liaison, recommendation_id=world.rec.pk, letter="Please close it."
    )


def approved_closure(world):
    asked = request_closure(world)
    return actions.decide_closure(by=world.approver, request_id=asked.pk, approve=True)


def recorded_decision(world):
    return actions.record_auditor_decision(
        by=world.liaison,
        recommendation_id=world.rec.pk,
        status=AuditorStatus.CLOSED_IMPLEMENTED,
        printed="Recommendation closed",
        on=DAY,
    )


def planned(world):
    return actions.set_plan(
        by=world.liaison,
        recommendation_id=world.rec.pk,
        owner_office="Lamp Office",
        summary="Trim them.",
        steps=[actions.Step("First lamp", DAY)],
    )


def in_conflict(world):
    return Conflict.objects.create(recommendation=world.rec, field="status", values=[], fingerprint="x")


def like_texts(world):
    """Take in two recommendations without numbers that read almost alike, and return the question."""
    long = "The Secretary should publish the tide tables of all harbors before the spring season begins"
    for path, text in (("one.txt", f"{long}."), ("two.txt", f"{long} again.")):
        take_in(reading_of(make_record(text), path=path, title="Tides"))
    return ReviewItem.objects.get(kind="doubtful-join")


def rejected(world):
    return actions.reject_mention(by=world.liaison, mention_id=world.mention.pk, reason="a heading")


def unknown_document(world):
    take_in(reading_of(path="odd.txt", family="unknown"))
    return ReviewItem.objects.get(kind="unknown-family")


def two_readings(world):
    take_in(reading_of(make_record("Paint the buoys before spring comes in."), path="b.txt", title="Buoys"))
    return Mention.objects.exclude(pk=world.mention.pk).get()


ACTS = (
    Act(
        "add_progress",
        frozenset({LIAISON, MANAGER}),
        "progress.add",
        lambda by, world, _made: actions.add_progress(
            by=by, recommendation_id=world.rec.pk, state=Progress.IN_PROGRESS, note="Begun.", on=DAY
        ),
    ),
    Act(
        "accept_risk",
        frozenset({APPROVER}),
        "progress.add",
        lambda by, world, _made: actions.add_progress(
            by=by, recommendation_id=world.rec.pk, state=Progress.RISK_ACCEPTED, note="Lamps are few.", on=DAY
        ),
    ),
    Act(
        "record_promise",
        frozenset({LIAISON, MANAGER}),
        "promise.record",
        lambda by, world, _made: actions.record_promise(
            by=by, recommendation_id=world.rec.pk, due="March 2027", said_on=DAY
        ),
    ),
    Act(
        "record_event",
        frozenset({LIAISON, MANAGER}),
        "event.record",
        lambda by, world, _made: actions.record_event(
            by=by, kind=EventKind.RESPONSE_SENT, on=DAY, report_id=world.rec.report_id
        ),
    ),
    Act(
        "set_plan",
        frozenset({LIAISON, MANAGER}),
        "plan.set",
        lambda by, world, _made: actions.set_plan(
            by=by,
            recommendation_id=world.rec.pk,
            owner_office="Lamp Office",
            summary="Trim them.",
            steps=[actions.Step("First lamp", DAY)],
        ),
    ),
    Act(
        "complete_milestone",
        frozenset({LIAISON, MANAGER}),
        "milestone.complete",
        lambda by, _world, made: actions.complete_milestone(
            by=by, milestone_id=made.milestones.get().pk, done_on=DAY
        ),
        planned,
    ),
    Act(
        "add_evidence",
        frozenset({LIAISON, MANAGER}),
        "evidence.add",
        lambda by, world, _made: actions.add_evidence(
            by=by, recommendation_id=world.rec.pk, title="Log", filename="log.pdf", data=PDF
        ),
    ),
    Act(
        "revise_evidence",
        frozenset({LIAISON, MANAGER}),
        "evidence.revise",
        lambda by, _world, made: actions.revise_evidence(
            by=by, evidence_id=made.evidence_id, filename="log.pdf", data=PDF + b" again"
        ),
        lambda world: world.evidence(),
    ),
    Act(
        "review_evidence",
        frozenset({APPROVER}),
        "evidence.accept",
        lambda by, _world, made: actions.review_evidence(by=by, revision_id=made.pk, accept=True),
        lambda world: world.evidence(),
    ),
    Act(
        "cover_need",
        frozenset({LIAISON, MANAGER}),
        "evidence.cover",
        lambda by, world, made: actions.cover_need(
            by=by, evidence_id=made.evidence_id, need_id=world.need.pk
        ),
        lambda world: world.evidence(need_ids=[]),
    ),
    Act(
        "request_closure",
        frozenset({LIAISON}),
        "closure.request",
        lambda by, world, _made: actions.request_closure(
            by=by, recommendation_id=world.rec.pk, letter="Please close it."
        ),
        lambda world: world.cover(),
    ),
    Act(
        "decide_closure",
        frozenset({APPROVER}),
        "closure.approve",
        lambda by, _world, made: actions.decide_closure(by=by, request_id=made.pk, approve=True),
        request_closure,
    ),
    Act(
        "record_sent",
        frozenset({LIAISON}),
        "closure.send",
        lambda by, _world, made: actions.record_sent(by=by, request_id=made.pk, sent_on=DAY),
        approved_closure,
    ),
    Act(
        "record_auditor_decision",
        frozenset({LIAISON}),
        "decision.record",
        lambda by, world, _made: actions.record_auditor_decision(
            by=by,
            recommendation_id=world.rec.pk,
            status=AuditorStatus.CLOSED_IMPLEMENTED,
            printed="Recommendation closed",
            on=DAY,
        ),
    ),
    Act(
        "confirm_auditor_decision",
        frozenset({APPROVER}),
        "decision.confirm",
        lambda by, _world, made: actions.confirm_auditor_decision(by=by, decision_id=made.pk),
        recorded_decision,
    ),
    Act(
        "accept_item",
        frozenset({LIAISON}),
        "reading.accept",
        lambda by, world, _made: actions.accept_item(by=by, item_id=world.question.pk),
    ),
    Act(
        "correct_mention",
        frozenset({LIAISON}),
        "reading.correct",
        lambda by, world, _made: actions.correct_mention(
            by=by, mention_id=world.mention.pk, changes={"text": f"{LAMPS} And mornings."}, reason="cut off"
        ),
    ),
    Act(
        "correct_promise",
        frozenset({LIAISON}),
        "reading.correct",
        lambda by, world, _made: actions.correct_promise(
            by=by, mention_id=world.mention.pk, start=500, end=520, due=None, reason="no promise"
        ),
    ),
    Act(
        "reject_mention",
        frozenset({LIAISON}),
        "reading.reject",
        lambda by, world, _made: actions.reject_mention(
            by=by, mention_id=world.mention.pk, reason="a heading"
        ),
    ),
    Act(
        "restore_mention",
        frozenset({LIAISON}),
        "reading.restore",
        lambda by, world, _made: actions.restore_mention(
            by=by, mention_id=world.mention.pk, reason="it is one"
        ),
        rejected,
    ),
    Act(
        "reject_item",
        frozenset({LIAISON}),
        "document.reject",
        lambda by, _world, made: actions.reject_item(by=by, item_id=made.pk, reason="no report"),
        unknown_document,
    ),
    Act(
        "decide_join",
        frozenset({LIAISON}),
        "join.decide",
        lambda by, _world, made: actions.decide_join(by=by, item_id=made.pk, is_same=True),
        like_texts,
    ),
    Act(
        "join_by_hand",
        frozenset({LIAISON}),
        "join.decide",
        lambda by, world, made: actions.join_by_hand(
            by=by, mention_id=world.mention.pk, other_id=made.pk, is_same=True, reason="the same demand"
        ),
        two_readings,
    ),
    Act(
        "resolve_conflict",
        frozenset({LIAISON}),
        "conflict.resolve",
        lambda by, _world, made: actions.resolve_conflict(
            by=by, conflict_id=made.pk, resolution="The report."
        ),
        in_conflict,
    ),
    Act(
        "upload_document",
        frozenset({LIAISON}),
        "job.start",
        lambda by, _world, _made: actions.upload_document(by=by, filename="lamps.txt", data=b"Lamps." * 300),
    ),
)
by_name = pytest.mark.parametrize("act", ACTS, ids=[act.name for act in ACTS])


@pytest.mark.parametrize(
    ("act", "role"),
    [pytest.param(act, role, id=f"{act.name}-{role}") for act in ACTS for role in sorted(act.roles)],
)
def test_who_may_leaves_exactly_one_audit_event(world, make_user, act, role):
    made = act.prepare(world)
    person = make_user(role)
    before = Event.objects.count()
    act.do(person, world, made)
    added = list(Event.objects.order_by("seq"))[before:]
    assert [(event.actor, event.action) for event in added] == [(person.username, act.logged)]


@by_name
def test_nobody_else_may_and_nothing_is_written(world, make_user, act):
    made = act.prepare(world)
    before = row_counts()
    for role in set(Role.values) - act.roles:
        with pytest.raises(PermissionDenied):
            act.do(make_user(role), world, made)
    assert row_counts() == before


@by_name
def test_someone_whose_account_is_closed_may_not(world, make_user, act):
    made = act.prepare(world)
    for role in act.roles:
        with pytest.raises(PermissionDenied):
            act.do(make_user(role, is_active=False), world, made)


def test_every_action_is_tried_here():
    tried = {act.name for act in ACTS} - {"accept_risk"}
    public = {name for name in actions.__all__ if name.islower()}
    assert tried == public
