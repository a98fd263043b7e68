from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import Permission
from closeout.web.audit.models import Event
from closeout.web.jobs import actions, progress
from closeout.web.jobs.actions import JobFinishedError, JobNotFinishedError
from closeout.web.jobs.kinds import UnknownKindError, find_kind, job_kind
from closeout.web.jobs.models import LOST, Job, JobState
from closeout.web.jobs.progress import JobCanceledError, Progress
from closeout.web.jobs.tasks import run_job


class Clock:
    """A clock that tests move by hand, in seconds."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@job_kind("test.count", permission=Permission.DOCUMENT_UPLOAD)
def count_up(handle, params):
    """Count to a number, saying so."""
    for done in range(1, params["to"] + 1):
        handle.tell(f"at {done}")
        handle.advance(done, params["to"], note=f"counting {done}")
    return {"Counted": params["to"], "link": "/about/"}


@job_kind("test.fail", permission=Permission.DOCUMENT_UPLOAD)
def fail(_handle, _params):
    """Fail."""
    msg = "the disk is full"
    raise OSError(msg)


@job_kind("test.stopped", permission=Permission.DOCUMENT_UPLOAD)
def be_stopped(_handle, _params):
    """End as a worker does that is told twice to stop."""
    raise SystemExit(1)


@pytest.fixture
def liaison(make_user):
    return make_user(Role.AUDIT_LIAISON, username="S-60")


@pytest.fixture
def make_job(liaison):
    def make(state=JobState.WAITING, *, kind="test.count", **fields):
        finished = None if state in {JobState.WAITING, JobState.RUNNING} else timezone.now()
        return Job.objects.create(
            kind=kind,
            title="Count",
            params={"to": 2},
            requested_by=fields.pop("requested_by", liaison),
            state=state,
            finished_at=finished,
            **fields,
        )

    return make


def actions_logged():
    return [event.action for event in Event.objects.order_by("seq")]


def test_a_job_runs_when_the_transaction_that_asked_for_it_has_ended(
    liaison, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = actions.start_job(by=liaison, kind="test.count", title="Count to 3", params={"to": 3})
        assert job.state == JobState.WAITING

    job.refresh_from_db()
    assert (job.state, job.steps_done, job.steps_total, job.percent) == (JobState.DONE, 3, 3, 100)
    assert [line.text for line in job.lines.all()] == ["at 1", "at 2", "at 3"]
    assert job.facts == [("Counted", 3)]
    assert actions_logged() == ["job.start"]


def test_starting_needs_the_permission_of_the_work(make_user):
    with pytest.raises(PermissionDenied):
        actions.start_job(by=make_user(Role.READER), kind="test.count", title="Count", params={})
    assert not Job.objects.exists()


def test_work_that_nobody_registered_cannot_be_started(liaison):
    with pytest.raises(UnknownKindError, match=r"test\.unheard"):
        actions.start_job(by=liaison, kind="test.unheard", title="?", params={})


def test_a_registered_kind_is_found_by_its_name():
    assert find_kind("test.count").run is count_up


def test_a_job_that_fails_keeps_the_reason_and_the_worker_learns_of_it(make_job, caplog):
    job = make_job(kind="test.fail")
    with pytest.raises(OSError, match="disk is full"):
        run_job.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.problem) == (JobState.FAILED, "OSError: the disk is full")
    assert f"job {job.pk} failed" in caplog.text


def test_a_job_whose_worker_is_stopped_says_so(make_job):
    job = make_job(kind="test.stopped")
    with pytest.raises(SystemExit):
        run_job.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.problem) == (JobState.FAILED, LOST)


@pytest.mark.parametrize("state", [JobState.RUNNING, JobState.DONE, JobState.CANCELED])
def test_a_job_that_no_longer_waits_is_not_run(make_job, state):
    job = make_job(state)
    run_job.call(job.pk)
    job.refresh_from_db()
    assert (job.state, job.steps_done) == (state, 0)


def test_a_waiting_job_is_canceled_at_once(make_job, liaison):
    job = actions.cancel_job(by=liaison, job_id=make_job().pk)
    assert job.state == JobState.CANCELED
    assert job.finished_at is not None
    assert actions_logged() == ["job.cancel"]
    run_job.call(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.CANCELED


def test_a_running_job_is_canceled_at_its_next_step(make_job, liaison):
    job = make_job()
    actions_of_work = []

    @job_kind("test.canceled", permission=Permission.DOCUMENT_UPLOAD)
    def work(handle, _params):
        actions.cancel_job(by=liaison, job_id=job.pk)
        actions_of_work.append("asked")
        handle.advance(1, 2)
        actions_of_work.append("went on")

    Job.objects.filter(pk=job.pk).update(kind="test.canceled")
    run_job.call(job.pk)
    job.refresh_from_db()
    assert (job.state, actions_of_work) == (JobState.CANCELED, ["asked"])


def test_a_finished_job_cannot_be_canceled(make_job, liaison):
    with pytest.raises(JobFinishedError):
        actions.cancel_job(by=liaison, job_id=make_job(JobState.DONE).pk)
    assert not Event.objects.exists()


def test_a_finished_job_runs_again_as_a_new_one(make_job, liaison, django_capture_on_commit_callbacks):
    old = make_job(JobState.FAILED)
    with django_capture_on_commit_callbacks(execute=True):
        new = actions.run_again(by=liaison, job_id=old.pk)
    new.refresh_from_db()
    assert (new.rerun_of, new.state, new.params) == (old, JobState.DONE, {"to": 2})
    assert actions_logged() == ["job.rerun"]


def test_a_job_that_has_not_finished_cannot_be_run_again(make_job, liaison):
    with pytest.raises(JobNotFinishedError):
        actions.run_again(by=liaison, job_id=make_job().pk)


@pytest.mark.parametrize("role", [Role.READER, Role.AUDITOR, Role.APPROVER, Role.PROGRAM_MANAGER])
@pytest.mark.parametrize(
    ("act", "state"), [(actions.cancel_job, JobState.WAITING), (actions.run_again, JobState.FAILED)]
)
def test_somebody_elses_job_is_steered_only_with_the_permission(make_user, make_job, role, act, state):
    with pytest.raises(PermissionDenied):
        act(by=make_user(role), job_id=make_job(state).pk)


def test_running_somebody_elses_job_again_needs_the_permission_of_the_work_too(make_user, make_job):
    # The administrator may run jobs but not upload documents.
    with pytest.raises(PermissionDenied):
        actions.run_again(by=make_user(Role.ADMINISTRATOR), job_id=make_job(JobState.FAILED).pk)


def test_everybody_sees_and_steers_their_own_job(make_user, make_job):
    manager = make_user(Role.PROGRAM_MANAGER)
    job = make_job(requested_by=manager)
    actions.check_sees(manager, job)
    assert actions.may_steer(manager, job)
    with pytest.raises(PermissionDenied):
        actions.check_sees(make_user(Role.READER), job)


def test_jobs_that_their_worker_left_are_failed_and_the_others_left_alone(make_job):
    now = timezone.now()
    lost = make_job(JobState.RUNNING, heard_at=now - timedelta(minutes=20))
    busy = make_job(JobState.RUNNING, heard_at=now)
    assert actions.fail_lost_jobs(silent_for=timedelta(minutes=15)) == 1
    lost.refresh_from_db()
    busy.refresh_from_db()
    assert (lost.state, lost.problem, busy.state) == (JobState.FAILED, LOST, JobState.RUNNING)
    assert [(event.action, event.actor) for event in Event.objects.all()] == [("job.lose", "system")]


def test_steps_are_written_at_most_twice_a_second_and_always_at_the_end(make_job, django_assert_num_queries):
    job, clock = make_job(JobState.RUNNING), Clock()
    handle = Progress(job.pk, clock=clock)
    handle.advance(1, 100)
    with django_assert_num_queries(0):
        handle.advance(2, 100)
    clock.now += progress.WRITE_SECONDS
    handle.advance(3, 100, note="n" * 400)
    handle.advance(100, 100)
    job.refresh_from_db()
    assert (job.steps_done, job.steps_total, job.note) == (100, 100, "")


def test_steps_beyond_the_total_are_kept_within_it(make_job):
    job = make_job(JobState.RUNNING)
    Progress(job.pk, clock=Clock()).advance(5, 4)
    job.refresh_from_db()
    assert (job.steps_done, job.percent) == (4, 100)


def test_a_line_of_the_log_hears_of_the_cancellation_too(make_job):
    job = make_job(JobState.RUNNING, is_cancel_asked=True)
    with pytest.raises(JobCanceledError):
        Progress(job.pk).tell("x" * 600)
    assert len(job.lines.get().text) == 500


def test_a_job_whose_total_is_not_known_has_no_percent(make_job):
    job = make_job(JobState.RUNNING, steps_done=7)
    assert (job.percent, job.lasted, job.lasted_words, job.facts) == (None, None, "", [])


@pytest.mark.parametrize(
    ("state", "done", "total", "words"),
    [
        (JobState.WAITING, 0, None, ""),
        (JobState.RUNNING, 7, None, "7"),
        (JobState.RUNNING, 12, 1040, "12 of 1,040"),
        (JobState.RUNNING, 0, 40, "0 of 40"),
        (JobState.DONE, 0, None, "all"),
        (JobState.DONE, 0, 0, "all"),
        (JobState.DONE, 71, None, "71 of 71"),
        (JobState.DONE, 40, 40, "40 of 40"),
        (JobState.FAILED, 71, None, "71"),
    ],
)
def test_how_far_a_job_is_is_said_with_its_whole_where_that_is_known(make_job, state, done, total, words):
    assert make_job(state, steps_done=done, steps_total=total).done_words == words


@pytest.mark.parametrize(("seconds", "words"), [(0.2, "1 s"), (59, "59 s"), (125, "2 min 5 s")])
def test_how_long_a_job_took_is_said_in_minutes_and_seconds(make_job, seconds, words):
    job = make_job(JobState.DONE)
    job.started_at = job.finished_at - timedelta(seconds=seconds)
    assert job.lasted_words == words


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"state": "sleeping", "finished_at": timezone.now()}, "job_state_known"),
        ({"state": JobState.DONE, "finished_at": None}, "job_finished_at_iff_finished"),
        ({"state": JobState.RUNNING, "finished_at": timezone.now()}, "job_finished_at_iff_finished"),
        ({"steps_done": 3, "steps_total": 2}, "job_steps_done_within_total"),
    ],
)
def test_the_database_refuses_a_job_that_cannot_be(make_job, fields, constraint):
    job = make_job()
    with pytest.raises(IntegrityError, match=constraint):
        Job.objects.filter(pk=job.pk).update(**fields)


def test_unfinished_jobs_are_those_that_wait_or_run(make_job):
    jobs = {state: make_job(state) for state in JobState}
    assert set(Job.objects.unfinished()) == {jobs[JobState.WAITING], jobs[JobState.RUNNING]}
    assert [state for state, job in jobs.items() if job.is_finished] == ["done", "failed", "canceled"]
