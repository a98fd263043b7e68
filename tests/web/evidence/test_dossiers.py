"""Dossiers: what would be sent, submitted by one person and approved by another, one event a change."""

import io
import json
import zipfile
from dataclasses import replace
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from closeout.evidence.assessment import Standing
from closeout.evidence.measures.measure import Verdict
from closeout.reading.model import AuditorStatus
from closeout.web.accounts.models import Role, User
from closeout.web.accounts.permissions import GRANTS, Permission
from closeout.web.audit.models import Event
from closeout.web.evidence.actions import dossiers
from closeout.web.evidence.actions.dossiers import freeze_figure, submit_dossier
from closeout.web.evidence.documents import document_of
from closeout.web.evidence.jobs import run_submit
from closeout.web.evidence.models import FrozenFigure
from closeout.web.evidence.queries.submissions import KIND
from closeout.web.jobs.actions import cancel_job
from closeout.web.jobs.models import Job, JobState
from closeout.web.jobs.progress import JobCanceledError, Progress
from closeout.web.recommendations import actions
from closeout.web.recommendations.actions.errors import ActionRefusedError, NotNowError, UnfitValueError
from closeout.web.recommendations.models import Blob, ClosureRequest
from tests.web.evidence.made import AS_OF, CODE, STARTED, keep, make_assessment, make_measured, share
from tests.web.recommendations.world import DAY


def words(response):
    return " ".join(LexborHTMLParser(response.content.decode()).css_first("main").text().split())


def page_of(register):
    return reverse("evidence:dossier", args=[register.rec.pk])


def freeze_by_hand(register):
    """Put a frozen figure forward that covers the need, and let the approver accept it."""
    revision = register.evidence(title="Outcomes in time", filename="frozen.json", data=b'{"frozen": 1}')
    FrozenFigure.objects.create(
        revision=revision,
        record=revision.blob,
        measure=CODE,
        record_digest="a" * 64,
        records_digest="b" * 64,
        manifest_digest="c" * 64,
        result_digest="d" * 64,
        effective_on=AS_OF,
        frozen_at=STARTED,
        by=register.liaison,
    )
    actions.review_evidence(by=register.approver, revision_id=revision.pk, accept=True)
    return revision


@pytest.fixture
def ready(register):
    """Keep a run in which the one measure is met and frozen, so that nothing is missing."""
    met = make_measured(total=share(980, 1000, verdict=Verdict.MET), series=())[:1]
    made = make_assessment(measured=met)
    first = replace(
        made.assessed[0], measures=(CODE,), missing=(), verdict="being done", standing=Standing.DONE
    )
    keep(measured=met, assessed=(first,))
    return freeze_by_hand(register)


def test_the_page_says_what_is_missing_and_what_covers_each_need(register, as_):
    keep()
    said = words(as_(register.liaison).get(page_of(register)))
    assert "points are still missing" in said
    assert "Not frozen as evidence yet" in said
    assert "The office needs to send the lamp log." in said
    assert "Status of recommendation 1 of ZIG-26-07" in said
    assert "It can be submitted once nothing is missing." in said


@pytest.mark.parametrize("role", [Role.AUDIT_LIAISON, Role.READER])
def test_what_is_missing_says_the_figure_beside_it_or_neither_is_shown(register, world, as_, role):
    few = make_measured(total=share(4, 100), series=())
    made = make_assessment(measured=few)
    hidden = (f"{few[0].measure.title}: not shown: small numbers",)
    keep(measured=few, assessed=(replace(made.assessed[0], missing=hidden),))
    page = words(as_(world.person(role, "")).get(page_of(register)))
    said = page.partition("The letter as it would be sent")[0]
    sees = Permission.OFFICE_READ in GRANTS[role]
    assert ("target 95 % or more, is 4.0 %" in said) is sees
    assert ("not shown: small numbers" in said) is not sees


def test_a_need_is_covered_by_measures_by_their_titles(register, as_):
    keep()
    page = LexborHTMLParser(as_(register.liaison).get(page_of(register)).content)
    said = page.css_first("#need-table, section[aria-labelledby=needs]").text()
    assert make_measured()[0].measure.title in said
    assert CODE not in said


def test_an_uncovered_need_is_shown_as_such(register, as_):
    made = make_assessment()
    bare = replace(
        made.assessed[0], needs=(), missing=("The auditor needs “The office needs to send the lamp log.”",)
    )
    keep(assessed=(bare,))
    said = words(as_(register.liaison).get(page_of(register)))
    assert "not covered" in said
    register.cover()
    said = words(as_(register.liaison).get(page_of(register)))
    assert "not covered" not in said, "a file that was accepted covers it since the assessment"
    assert "The lamp log" in said


def test_without_an_assessment_the_page_leads_to_one(register, as_):
    assert "It has not been assessed yet." in words(as_(register.liaison).get(page_of(register)))


def test_it_cannot_be_submitted_while_something_is_missing(register, as_):
    keep()
    before = Event.objects.count()
    answer = as_(register.liaison).post(
        reverse("evidence:dossier-submit", args=[register.rec.pk]), follow=True
    )
    assert "the letter does not ask for closing yet" in answer.content.decode()
    assert ClosureRequest.objects.count() == 0
    assert Event.objects.count() == before


def test_what_is_submitted_is_kept_under_its_hashes_with_one_event(ready, register):
    before = Event.objects.count()
    asked = submit_dossier(by=register.liaison, recommendation_id=register.rec.pk)
    assert Event.objects.count() == before + 1
    letter, evidence = asked.attachments
    data = bytes(Blob.objects.get(pk=letter["sha256"]).data)
    assert data.startswith(b"%PDF-")
    assert sha256(data).hexdigest() == letter["sha256"]
    assert evidence["sha256"] == ready.blob_id
    event = Event.objects.order_by("seq").last()
    assert event.action == "closure.request"
    assert event.after["attachments"] == [letter["sha256"], evidence["sha256"]]
    assert asked.letter.startswith("Request to close recommendation 1 of ZIG-26-07")


def submit_url(register):
    return reverse("evidence:dossier-submit", args=[register.rec.pk])


@pytest.fixture
def asked_for(ready, register, as_):
    """Let the liaison submit the dossier, and return the job that waits."""
    answer = as_(register.liaison).post(submit_url(register))
    assert (answer.status_code, answer["Location"]) == (302, page_of(register))
    return Job.objects.get(kind=KIND)


def test_submitting_waits_for_no_letter(asked_for, register, as_):
    assert asked_for.params["recommendation"] == register.rec.pk
    assert (ClosureRequest.objects.count(), Event.objects.order_by("seq").last().action) == (0, "job.start")
    for user in (register.liaison, register.approver):
        said = words(as_(user).get(page_of(register)))
        assert "It is being submitted" in said
        assert "Waiting for a worker" in said
        assert "Submit for approval" not in said
        assert ("stop it" in said) is (user == register.liaison)


def test_the_job_submits_in_the_name_of_who_asked_with_one_event(asked_for, register, as_):
    before = Event.objects.count()
    told = run_submit(Progress(asked_for.pk), asked_for.params)
    assert [event.action for event in Event.objects.order_by("seq")[before:]] == ["closure.request"]
    asked = ClosureRequest.objects.get()
    assert (asked.requested_by, asked.state) == (register.liaison, "requested")
    assert (told["Attachments"], told["link"]) == (2, page_of(register))
    assert [line.text.partition(":")[0] for line in asked_for.lines.all()] == ["1 of 3", "2 of 3", "3 of 3"]
    Job.objects.update(state=JobState.DONE, finished_at=STARTED)
    said = words(as_(register.liaison).get(page_of(register)))
    assert "Requested submitted by" in said
    assert "It is being submitted" not in said
    assert "Submit for approval" not in said, "one request at a time"


def test_only_the_panel_is_sent_while_the_page_asks_how_far_it_is(asked_for, register, as_):
    client = as_(register.liaison)
    part = client.get(page_of(register), headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith("<section")
    assert 'hx-trigger="every 2s"' in part
    run_submit(Progress(asked_for.pk), asked_for.params)
    Job.objects.update(state=JobState.DONE, finished_at=STARTED)
    part = client.get(page_of(register), headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in part
    assert "submitted by" in part


def test_nobody_submits_twice(asked_for, register, as_):
    client = as_(register.liaison)
    again = client.post(submit_url(register), follow=True).content.decode()
    assert "it is being submitted already" in again
    run_submit(Progress(asked_for.pk), asked_for.params)
    Job.objects.update(state=JobState.DONE, finished_at=STARTED)
    assert (
        "a request to close it is under way"
        in client.post(submit_url(register), follow=True).content.decode()
    )
    assert (Job.objects.filter(kind=KIND).count(), ClosureRequest.objects.count()) == (1, 1)


def test_what_has_changed_since_is_not_submitted(asked_for, register, as_):
    register.cover()  # one more file that would go with the letter
    before = Event.objects.count()
    with pytest.raises(NotNowError, match="what would be sent has changed since it was submitted"):
        run_submit(Progress(asked_for.pk), asked_for.params)
    assert (ClosureRequest.objects.count(), Event.objects.count()) == (0, before)
    problem = "NotNowError: what would be sent has changed"
    Job.objects.update(state=JobState.FAILED, problem=problem, finished_at=STARTED)
    said = words(as_(register.liaison).get(page_of(register)))
    assert "It was not submitted: what would be sent has changed. See the job" in said
    assert "Submit for approval" in said
    assert "See the job" not in words(as_(register.approver).get(page_of(register)))


def test_what_changes_while_the_letter_is_written_is_not_submitted(asked_for, register, monkeypatch):
    def slow(dossier, kind):
        register.cover()
        return document_of(dossier, kind)

    monkeypatch.setattr(dossiers, "document_of", slow)
    with pytest.raises(NotNowError, match="has changed since"):
        run_submit(Progress(asked_for.pk), asked_for.params)
    assert ClosureRequest.objects.count() == 0


def test_it_is_stopped_before_anything_is_kept(asked_for, register, as_):
    cancel_job(by=register.liaison, job_id=asked_for.pk)
    with pytest.raises(JobCanceledError):
        run_submit(Progress(asked_for.pk), asked_for.params)
    assert ClosureRequest.objects.count() == 0
    said = words(as_(register.liaison).get(page_of(register)))
    assert "Submitting it was stopped." in said
    assert "Submit for approval" in said


def test_who_lost_the_role_meanwhile_submits_nothing(asked_for, register):
    User.objects.filter(pk=register.liaison.pk).update(role=Role.AUDITOR)
    with pytest.raises(PermissionDenied, match=r"closure\.request"):
        run_submit(Progress(asked_for.pk), asked_for.params)
    assert ClosureRequest.objects.count() == 0


def test_an_old_failure_goes_once_a_request_is_made(asked_for, register, as_):
    Job.objects.update(state=JobState.FAILED, problem="no disk", finished_at=STARTED)
    assert "It was not submitted: no disk." in words(as_(register.liaison).get(page_of(register)))
    submit_dossier(by=register.liaison, recommendation_id=register.rec.pk)
    assert "It was not submitted" not in words(as_(register.liaison).get(page_of(register)))


def test_two_people_submit_and_approve(asked_for, register, as_):
    run_submit(Progress(asked_for.pk), asked_for.params)
    asked = ClosureRequest.objects.get()
    decide = reverse("evidence:dossier-decide", args=[asked.pk])
    assert as_(register.liaison).post(decide, {"decision": "approve"}).status_code == 403
    # The same person with the other role is the same person.
    User.objects.filter(pk=register.liaison.pk).update(role=Role.APPROVER)
    same = as_(User.objects.get(pk=register.liaison.pk)).post(decide, {"decision": "approve"}, follow=True)
    assert "ask another person" in same.content.decode()
    before = Event.objects.count()
    as_(register.approver).post(decide, {"decision": "approve"})
    asked.refresh_from_db()
    assert (asked.state, asked.decided_by) == ("approved", register.approver)
    assert Event.objects.count() == before + 1


def test_what_was_submitted_is_taken_out_as_it_was_and_the_next_step_is_said(ready, register, as_):
    asked = submit_dossier(by=register.liaison, recommendation_id=register.rec.pk)
    client = as_(register.liaison)
    assert "Another person approves it" in words(client.get(page_of(register)))
    for place, kept in enumerate(asked.attachments):
        address = reverse("evidence:closure-file", args=[asked.pk, place])
        assert address in client.get(page_of(register)).content.decode()
        answer = client.get(address)
        assert sha256(answer.content).hexdigest() == kept["sha256"]
        assert kept["filename"] in answer["Content-Disposition"]
    past = reverse("evidence:closure-file", args=[asked.pk, len(asked.attachments)])
    assert client.get(past).status_code == 404
    actions.decide_closure(by=register.approver, request_id=asked.pk, approve=True)
    said = words(client.get(page_of(register)))
    assert "the letter is taken out as it was submitted, signed and sent" in said
    assert "Closing has been asked for" in said


def test_a_dossier_is_returned_with_a_reason_and_never_without(ready, register, as_):
    asked = submit_dossier(by=register.liaison, recommendation_id=register.rec.pk)
    decide = reverse("evidence:dossier-decide", args=[asked.pk])
    for data in ({}, {"decision": "return"}):
        as_(register.approver).post(decide, data)
        asked.refresh_from_db()
        assert asked.state == "requested"
    as_(register.approver).post(decide, {"decision": "return", "reason": "Name the office."})
    asked.refresh_from_db()
    assert (asked.state, asked.reason) == ("returned", "Name the office.")
    said = words(as_(register.liaison).get(page_of(register)))
    assert "Mend what it was returned for" in said
    assert "Submit for approval" in said


@pytest.mark.parametrize("kind", ["pdf", "docx", "dossier", "poam", "xlsx"])
def test_the_dossier_is_taken_out_in_each_form(ready, register, as_, kind):
    answer = as_(register.liaison).get(reverse("evidence:dossier-file", args=[register.rec.pk, kind]))
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    if kind in ("pdf", "dossier"):
        assert answer.content.startswith(b"%PDF-")
    elif kind == "poam":
        assert "plan-of-action-and-milestones" in json.loads(answer.content)
    else:
        assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None


def test_what_the_auditor_closed_has_no_plan_of_action(register, as_):
    actions.record_auditor_decision(
        by=register.liaison,
        recommendation_id=register.rec.pk,
        status=AuditorStatus.CLOSED_IMPLEMENTED,
        printed="Recommendation closed",
        on=DAY,
    )
    keep()
    client = as_(register.liaison)
    page = client.get(page_of(register)).content.decode()
    assert "Whole dossier, PDF" in page
    assert "Plan of action" not in page
    plan = reverse("evidence:dossier-file", args=[register.rec.pk, "poam"])
    assert client.get(plan).status_code == 404


def test_there_is_no_file_of_another_kind_or_without_an_assessment(register, as_):
    client = as_(register.liaison)
    assert client.get(reverse("evidence:dossier-file", args=[register.rec.pk, "pdf"])).status_code == 404
    keep()
    assert client.get(reverse("evidence:dossier-file", args=[register.rec.pk, "exe"])).status_code == 404


def test_only_a_measure_that_answers_it_is_frozen(register):
    keep()
    with pytest.raises(UnfitValueError, match="does not answer"):
        freeze_figure(by=register.liaison, recommendation_id=register.rec.pk, code="other")


def test_a_figure_of_other_rules_or_lost_records_is_not_frozen(register, as_):
    keep()
    before = Event.objects.count()
    with pytest.raises(NotNowError, match="rules have changed"):
        freeze_figure(by=register.liaison, recommendation_id=register.rec.pk, code=CODE)
    url = reverse("evidence:figure-freeze", args=[register.rec.pk])
    said = as_(register.liaison).post(url, {"measure": CODE}, follow=True).content.decode()
    assert "rules have changed" in said
    assert (FrozenFigure.objects.count(), Event.objects.count()) == (0, before)


def test_what_was_frozen_of_one_assessment_is_not_frozen_of_it_twice(register, as_):
    run = keep()
    offered = f'name="measure" value="{CODE}"'
    assert offered in as_(register.liaison).get(page_of(register)).content.decode()
    freeze_by_hand(register)
    FrozenFigure.objects.update(records_digest=run.records_digest)
    with pytest.raises(ActionRefusedError, match="frozen of this assessment already"):
        freeze_figure(by=register.liaison, recommendation_id=register.rec.pk, code=CODE)
    assert offered not in as_(register.liaison).get(page_of(register)).content.decode()
