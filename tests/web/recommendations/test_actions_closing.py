"""Asking to close, by two persons, and the auditor's decision, in the auditor's words."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from closeout.reading.model import AuditorStatus
from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.recommendations.actions import (
    confirm_auditor_decision,
    decide_closure,
    record_auditor_decision,
    record_sent,
    request_closure,
)
from closeout.web.recommendations.actions.errors import NotNowError, SamePersonError, UnfitValueError
from closeout.web.recommendations.models import (
    AuditorDecision,
    Capture,
    ClosureRequest,
    Recommendation,
    StatusObservation,
)
from tests.web.recommendations.world import DAY

CLOSED, OPEN = AuditorStatus.CLOSED_IMPLEMENTED, AuditorStatus.RESOLVED_OPEN


def ask(world, **fields):
    given = {"letter": "The lamps are trimmed; please close it.", **fields}
    return request_closure(by=world.liaison, recommendation_id=world.rec.pk, **given)


def sent(world):
    world.cover()
    row = ask(world)
    decide_closure(by=world.approver, request_id=row.pk, approve=True)
    return record_sent(by=world.liaison, request_id=row.pk, sent_on=DAY)


def decide(world, status=CLOSED, printed="Recommendation closed", on=date(2026, 5, 2), **fields):
    return record_auditor_decision(
        by=world.liaison, recommendation_id=world.rec.pk, status=status, printed=printed, on=on, **fields
    )


def test_from_request_to_the_auditors_answer(world):
    row = sent(world)
    assert (row.state, row.sent_on, row.answer_due_on) == ("sent", DAY, date(2026, 5, 1))
    assert (world.fresh().closure_state, world.fresh().progress) == ("sent", "closure-requested")
    assert world.fresh().is_open  # asking closes nothing

    decide(world)

    row.refresh_from_db()
    assert (row.state, row.outcome) == ("closed", "closed-implemented")
    rec = world.fresh()
    assert (rec.is_open, rec.auditor_status, rec.auditor_status_basis) == (
        False,
        "closed-implemented",
        "recorded",
    )
    assert rec.auditor_status_printed == "Recommendation closed"
    assert rec.auditor_status_as_of_latest == date(2026, 5, 2)


def test_a_request_takes_every_need_covered_or_a_reason(world):
    with pytest.raises(NotNowError, match="needs evidence for everything the auditor needs"):
        ask(world)
    row = ask(world, uncovered_reason="The log burned in March.")
    assert row.uncovered_reason == "The log burned in March."
    assert Event.objects.get(action="closure.request").after["needs_covered"] == 0


def test_a_reason_is_not_kept_when_everything_is_covered(world):
    world.cover()
    assert ask(world, uncovered_reason="no matter").uncovered_reason == ""


def test_a_request_takes_a_letter(world):
    world.cover()
    with pytest.raises(NotNowError, match="the closeout letter"):
        ask(world, letter="  ")


def test_one_request_at_a_time(world):
    world.cover()
    ask(world)
    with pytest.raises(NotNowError, match="under way"):
        ask(world)
    with pytest.raises(IntegrityError, match=r"one_under_way|UNIQUE"), transaction.atomic():
        ClosureRequest.objects.create(
            recommendation=world.rec, letter="x", requested_by=world.liaison, requested_at=timezone.now()
        )


def test_a_returned_request_can_be_made_again(world):
    world.cover()
    row = ask(world)
    with pytest.raises(UnfitValueError, match="the reason is missing"):
        decide_closure(by=world.approver, request_id=row.pk, approve=False)
    decide_closure(by=world.approver, request_id=row.pk, approve=False, reason="Say which lamps.")
    assert world.fresh().closure_state == "returned"
    assert ask(world).state == "requested"


def test_the_requester_never_approves(world):
    world.cover()
    row = ask(world)
    ClosureRequest.objects.filter(pk=row.pk).update(requested_by=world.approver)
    with pytest.raises(SamePersonError, match="ask another person"):
        decide_closure(by=world.approver, request_id=row.pk, approve=True)


def test_the_database_refuses_an_approver_who_requested(world):
    world.cover()
    row = ask(world)
    with pytest.raises(IntegrityError, match="approver_is_not_requester"), transaction.atomic():
        ClosureRequest.objects.filter(pk=row.pk).update(
            state="approved", decided_by=world.liaison, decided_at=timezone.now()
        )


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"state": "approved"}, "decided_iff_past_requested"),
        ({"sent_on": DAY, "answer_due_on": DAY}, "sent_on_iff_sent"),
        ({"sent_on": DAY}, "sent_on_iff_answer_due_on"),
        ({"letter": ""}, "has_letter"),
        ({"state": "lost"}, "state_known"),
    ],
)
def test_the_database_refuses_what_no_request_can_be(world, changes, rule):
    world.cover()
    row = ask(world)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        ClosureRequest.objects.filter(pk=row.pk).update(**changes)


def test_a_request_is_decided_once_and_sent_once(world):
    row = sent(world)
    with pytest.raises(NotNowError, match="the request is sent, not requested"):
        decide_closure(by=world.approver, request_id=row.pk, approve=True)
    with pytest.raises(NotNowError, match="the request is sent, not approved"):
        record_sent(by=world.liaison, request_id=row.pk, sent_on=DAY)


def test_a_letter_is_not_sent_in_the_future_nor_answered_before(world):
    world.cover()
    row = ask(world)
    decide_closure(by=world.approver, request_id=row.pk, approve=True)
    with pytest.raises(UnfitValueError, match="in the future"):
        record_sent(by=world.liaison, request_id=row.pk, sent_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(UnfitValueError, match="before the letter was sent"):
        record_sent(by=world.liaison, request_id=row.pk, sent_on=DAY, answer_due_on=date(2026, 3, 1))


def test_an_open_answer_refuses_the_request_and_takes_the_auditors_reason(world):
    row = sent(world)
    with pytest.raises(UnfitValueError, match="say the auditor's reason"):
        decide(world, OPEN, "remains resolved and open")
    decide(world, OPEN, "remains resolved and open", reason="Two lamps still smoke.")
    row.refresh_from_db()
    assert (row.state, row.outcome, row.reason) == ("refused", "resolved-open", "Two lamps still smoke.")
    assert world.fresh().is_open


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"printed": " "}, "the auditor's own words is missing"),
        ({"on": date(2999, 1, 1)}, "in the future"),
        ({"printed": "Resolved and open"}, "means resolved open, not closed implemented"),
        ({"status": OPEN, "printed": "Closed"}, "means closed implemented, not resolved open"),
    ],
)
def test_a_decision_takes_the_auditors_words_and_day(world, fields, said):
    with pytest.raises(UnfitValueError, match=said):
        decide(world, **fields)
    assert not AuditorDecision.objects.exists()
    assert world.fresh().is_open


def test_with_a_document_the_words_must_stand_in_it(world):
    decision = decide(world, capture_id=world.capture.pk)
    assert decision.capture == world.capture
    with pytest.raises(UnfitValueError, match="do not stand in that document"):
        decide(world, OPEN, "It is reopened", capture_id=world.capture.pk)


def test_a_newspaper_is_no_proof_of_a_decision(world):
    Capture.objects.filter(pk=world.capture.pk).update(is_secondary=True)
    with pytest.raises(UnfitValueError, match="bring the auditor's own"):
        decide(world, capture_id=world.capture.pk)


def test_a_decision_that_changes_nothing_is_refused(world):
    with pytest.raises(NotNowError, match="the auditor's status is resolved-open already"):
        decide(world, OPEN, "resolved and open")


def test_an_older_decision_does_not_undo_a_newer_word(world):
    decide(world, on=date(2026, 5, 2))
    decide(world, AuditorStatus.UNRESOLVED_OPEN, "Unresolved and open", on=date(2026, 2, 1))
    assert world.fresh().auditor_status == "closed-implemented"


def test_a_closed_recommendation_can_be_reopened_by_the_auditors_word_alone(world):
    decide(world, on=date(2026, 5, 2))
    decide(world, OPEN, "Resolved and open", on=date(2026, 6, 2), reason="The lamps went out again.")
    assert (world.fresh().is_open, world.fresh().auditor_status) == (True, "resolved-open")


def test_a_decision_is_confirmed_once_by_another_person(world, make_user):
    decision = decide(world)
    confirm_auditor_decision(by=world.approver, decision_id=decision.pk)
    decision.refresh_from_db()
    assert decision.confirmed_by == world.approver
    with pytest.raises(NotNowError, match="has been confirmed"):
        confirm_auditor_decision(by=make_user(Role.APPROVER), decision_id=decision.pk)


def test_nobody_confirms_their_own_record(world):
    decision = decide(world)
    AuditorDecision.objects.filter(pk=decision.pk).update(recorded_by=world.approver)
    with pytest.raises(SamePersonError):
        confirm_auditor_decision(by=world.approver, decision_id=decision.pk)
    with pytest.raises(IntegrityError, match="confirmer_is_not_recorder"), transaction.atomic():
        AuditorDecision.objects.filter(pk=decision.pk).update(
            confirmed_by=world.approver, confirmed_at=timezone.now()
        )


def test_the_database_refuses_a_closed_recommendation_without_the_auditors_word(world):
    for changes in (
        {"is_open": False},
        {"auditor_status": "closed-implemented"},
        {"auditor_status": "closed-implemented", "is_open": False, "auditor_status_basis": "inferred"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recommendation.objects.filter(pk=world.rec.pk).update(**changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"basis": "recorded"},  # by nobody
        {"basis": "inferred"},  # without a confidence
        {"printed": ""},
        {"confidence": 0.5},
        {"value": "fine"},
        {"as_of_edtf": ""},  # but with its days
    ],
)
def test_the_database_refuses_a_status_without_its_proof(world, changes):
    row = StatusObservation.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusObservation.objects.filter(pk=row.pk).update(**changes)
