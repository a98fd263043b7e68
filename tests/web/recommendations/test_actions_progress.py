"""The agency's own axis, promises, events, and plans."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from closeout.followup.clock_rules import EventKind
from closeout.followup.statuses import Progress
from closeout.reading.model import AuditorStatus, PromiseKind
from closeout.web.audit.models import Event
from closeout.web.recommendations.actions import (
    Step,
    add_progress,
    complete_milestone,
    record_auditor_decision,
    record_event,
    record_promise,
    set_plan,
)
from closeout.web.recommendations.actions.errors import NotNowError, PersonalWordsError, UnfitValueError
from closeout.web.recommendations.models import (
    AgencyProgress,
    Milestone,
    Plan,
    PromiseObservation,
    Recommendation,
    RecordedEvent,
)
from tests.web.factories import make_report
from tests.web.recommendations.world import DAY

TOMORROW = timezone.localdate() + timedelta(days=1)


def progress(world, state=Progress.IN_PROGRESS, **fields):
    given = {"note": "Half of them.", "on": DAY, **fields}
    return add_progress(by=world.liaison, recommendation_id=world.rec.pk, state=state, **given)


def plan(world, *steps, **fields):
    given = {"owner_office": "Lamp Office", "summary": "Trim them all.", **fields}
    steps = steps or (Step("First lamp", date(2026, 6, 1)), Step("Last lamp", date(2026, 12, 1)))
    return set_plan(by=world.liaison, recommendation_id=world.rec.pk, steps=steps, **given)


def close(world):
    record_auditor_decision(
        by=world.liaison,
        recommendation_id=world.rec.pk,
        status=AuditorStatus.CLOSED_IMPLEMENTED,
        printed="Recommendation closed",
        on=DAY,
    )


def test_progress_moves_the_agencys_axis_and_leaves_the_auditors(world):
    progress(world)
    rec = world.fresh()
    assert (rec.progress, rec.auditor_status, rec.is_open) == ("in-progress", "resolved-open", True)
    event = Event.objects.get(action="progress.add")
    assert event.before == {"progress": ""}
    assert event.after == {"progress": "in-progress", "on": "2026-04-01"}
    assert event.reason == "Half of them."


def test_saying_done_closes_nothing(world):
    progress(world, Progress.DONE)
    assert (world.fresh().progress, world.fresh().is_open) == ("done", True)


def test_the_newest_day_counts_whatever_is_recorded_last(world):
    progress(world, Progress.IN_PROGRESS, on=date(2026, 4, 1))
    progress(world, Progress.PLANNED, on=date(2026, 3, 1))
    assert world.fresh().progress == "in-progress"


def test_evidence_ready_takes_every_need_covered_or_a_note(world):
    with pytest.raises(NotNowError, match="1 of 1 needs are not covered"):
        progress(world, Progress.EVIDENCE_READY, note="")
    progress(world, Progress.EVIDENCE_READY, note="The log burned; a witness will say so.")
    assert world.fresh().progress == "evidence-ready"


def test_evidence_ready_needs_no_note_when_all_is_covered(world):
    world.cover()
    progress(world, Progress.EVIDENCE_READY, note="")
    assert world.fresh().progress == "evidence-ready"


def test_accepting_the_risk_takes_a_justification(world):
    with pytest.raises(UnfitValueError, match="the justification is missing"):
        add_progress(
            by=world.approver, recommendation_id=world.rec.pk, state=Progress.RISK_ACCEPTED, note=" ", on=DAY
        )


def test_closure_requested_is_not_said_but_done(world):
    with pytest.raises(NotNowError, match="by sending the request"):
        progress(world, Progress.CLOSURE_REQUESTED)


def test_no_progress_in_the_future_or_after_the_auditor_closed(world):
    with pytest.raises(UnfitValueError, match="in the future"):
        progress(world, on=TOMORROW)
    close(world)
    with pytest.raises(NotNowError, match="the auditor has closed"):
        progress(world)
    assert not AgencyProgress.objects.exists()


def test_words_that_identify_a_person_are_refused_and_not_repeated(world):
    with pytest.raises(PersonalWordsError) as refusal:
        progress(world, note="Called A123456789 about it.")
    assert "A-number" in str(refusal.value)
    assert "123456789" not in str(refusal.value)
    assert not AgencyProgress.objects.exists()


def test_a_retired_recommendation_is_not_acted_on(world):
    Recommendation.objects.filter(pk=world.rec.pk).update(is_retired=True)
    with pytest.raises(NotNowError, match="part of another one"):
        progress(world)


def test_the_database_refuses_a_state_nobody_knows(world):
    with pytest.raises(IntegrityError, match="agencyprogress_state_known"), transaction.atomic():
        AgencyProgress.objects.create(
            recommendation=world.rec, state="fine", on=DAY, by=world.liaison, at=timezone.now()
        )


@pytest.mark.parametrize(
    ("words", "edtf", "latest"),
    [
        ("2027-03-31", "2027-03-31", date(2027, 3, 31)),
        ("March 31, 2027", "2027-03-31", date(2027, 3, 31)),
        ("March 2027", "2027-03", date(2027, 3, 31)),
        ("2027", "2027", date(2027, 12, 31)),
        ("the end of fiscal year 2027", "2027-09", date(2027, 9, 30)),
    ],
)
def test_a_recorded_promise_keeps_the_precision_it_was_made_with(world, words, edtf, latest):
    made = record_promise(by=world.liaison, recommendation_id=world.rec.pk, due=words, said_on=DAY)
    assert (made.due_edtf, made.due_latest, made.printed) == (edtf, latest, words)
    rec = world.fresh()
    assert (rec.promise_edtf, rec.promises_made) == (edtf, 2)  # later said than the printed one
    assert Event.objects.get(action="promise.record").before == {"promise": "2026-02-28"}


def test_a_promise_of_a_start_does_not_move_the_completion(world):
    record_promise(
        by=world.liaison,
        recommendation_id=world.rec.pk,
        due="March 2027",
        kind=PromiseKind.START,
        said_on=DAY,
    )
    assert world.fresh().promise_edtf == "2026-02-28"


@pytest.mark.parametrize("words", ["soon", "", "2027-13-45", "March 2027 or May 2027"])
def test_a_promise_without_one_date_is_refused(world, words):
    with pytest.raises(UnfitValueError, match="is not a date"):
        record_promise(by=world.liaison, recommendation_id=world.rec.pk, due=words)


def test_a_promise_was_not_said_in_the_future(world):
    with pytest.raises(UnfitValueError, match="in the future"):
        record_promise(by=world.liaison, recommendation_id=world.rec.pk, due="March 2027", said_on=TOMORROW)


def test_the_database_refuses_a_promise_from_nobody_and_from_two_sources(world):
    from_capture = PromiseObservation.objects.get(recorded_by=None)
    for changes in ({"capture": None, "start": None, "end": None}, {"recorded_by": world.liaison}):
        with pytest.raises(IntegrityError, match="from_a_capture_or_a_person"), transaction.atomic():
            PromiseObservation.objects.filter(pk=from_capture.pk).update(**changes)


def test_a_recorded_event_stops_the_clock_of_its_report(world):
    # Resolved within the report, so only the act's own clock runs; a new report starts others.
    record_event(
        by=world.liaison,
        kind=EventKind.IMPLEMENTED,
        on=DAY,
        report_id=world.rec.report_id,
        recommendation_id=world.rec.pk,
    )
    rec = world.fresh()
    assert (rec.clock_rule, rec.clock_due_on) == ("closeout-letter", date(2026, 5, 1))
    record_event(
        by=world.liaison, kind=EventKind.CLOSEOUT_LETTER_SENT, on=date(2026, 4, 20), report_id=rec.report_id
    )
    assert world.fresh().clock_rule == ""
    assert RecordedEvent.objects.filter(recommendation=None).count() == 1


def test_an_event_is_of_a_recommendation_of_its_report(world):
    with pytest.raises(UnfitValueError, match="is no recommendation of"):
        record_event(
            by=world.liaison,
            kind=EventKind.RESPONSE_SENT,
            on=DAY,
            report_id=make_report().pk,
            recommendation_id=world.rec.pk,
        )


def test_a_plan_sets_the_owner_and_the_first_step_of_the_agencys_axis(world):
    made = plan(world)
    rec = world.fresh()
    assert (rec.owner_office, rec.progress) == ("Lamp Office", "planned")
    assert list(made.milestones.values_list("order", "text")) == [(1, "First lamp"), (2, "Last lamp")]
    event = Event.objects.get(action="plan.set")
    assert event.after["milestones"] == ["2026-06-01", "2026-12-01"]


def test_a_new_plan_supersedes_the_one_before_it_and_keeps_it(world):
    first = plan(world)
    progress(world, on=timezone.localdate())
    second = plan(world, owner_office="Harbor Office")
    assert second.supersedes == first
    assert Plan.objects.count() == 2
    assert (world.fresh().owner_office, world.fresh().progress) == ("Harbor Office", "in-progress")


def test_a_plan_needs_a_milestone_an_owner_and_a_summary(world):
    with pytest.raises(UnfitValueError, match="at least one milestone"):
        set_plan(
            by=world.liaison,
            recommendation_id=world.rec.pk,
            owner_office="Lamp Office",
            summary="x",
            steps=[],
        )
    with pytest.raises(UnfitValueError, match="the office is missing"):
        plan(world, owner_office=" ")
    with pytest.raises(UnfitValueError, match="the milestone is missing"):
        plan(world, Step("", DAY))
    assert not Plan.objects.exists()


def test_a_text_longer_than_the_store_keeps_is_refused_with_its_length(world):
    with pytest.raises(UnfitValueError, match="the office has 121 characters, more than 120"):
        plan(world, owner_office="x" * 121)
    with pytest.raises(UnfitValueError, match="who promised has 1,000 characters, more than 200"):
        record_promise(
            by=world.liaison, recommendation_id=world.rec.pk, due="March 2027", promised_by="x" * 1000
        )


def test_the_database_refuses_two_first_plans(world):
    plan(world)
    with pytest.raises(IntegrityError, match=r"plan_first_once|UNIQUE"), transaction.atomic():
        Plan.objects.create(
            recommendation=world.rec, owner_office="x", summary="x", by=world.liaison, at=timezone.now()
        )


def test_a_milestone_is_completed_once(world):
    step = plan(world).milestones.first()
    complete_milestone(by=world.liaison, milestone_id=step.pk, done_on=DAY, note="Lamp one burns.")
    step.refresh_from_db()
    assert (step.done_on, step.done_by, step.note) == (DAY, world.liaison, "Lamp one burns.")
    with pytest.raises(NotNowError, match="it was done on 2026-04-01"):
        complete_milestone(by=world.liaison, milestone_id=step.pk, done_on=DAY)


def test_a_milestone_of_a_superseded_plan_stays_as_it_was(world):
    step = plan(world).milestones.first()
    plan(world)
    with pytest.raises(NotNowError, match="superseded"):
        complete_milestone(by=world.liaison, milestone_id=step.pk, done_on=DAY)


def test_the_database_refuses_a_milestone_done_by_nobody(world):
    step = plan(world).milestones.first()
    with pytest.raises(IntegrityError, match="done_on_iff_done_by"), transaction.atomic():
        Milestone.objects.filter(pk=step.pk).update(done_on=DAY)
