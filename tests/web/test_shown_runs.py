"""Which attempt a page shows beside the run that was kept last."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from closeout.web.accounts.models import Role
from closeout.web.jobs.models import Job, JobState
from closeout.web.jobs.shown import Shown, newest_attempt

KEPT = datetime(2026, 6, 1, 12, tzinfo=UTC)
BEFORE, AFTER = KEPT.replace(hour=11), KEPT.replace(hour=13)


@pytest.fixture
def attempt(make_user):
    user = make_user(Role.PLANNER)

    def made(state, created_at, kind="kind"):
        ended = None if state in (JobState.WAITING, JobState.RUNNING) else AFTER
        return Job.objects.create(
            kind=kind, title="T", state=state, requested_by=user, created_at=created_at, finished_at=ended
        )

    return made


@pytest.mark.parametrize("state", [JobState.WAITING, JobState.RUNNING, JobState.FAILED, JobState.CANCELED])
def test_an_attempt_since_the_run_is_shown(attempt, state):
    job = attempt(state, AFTER)
    assert newest_attempt("kind", kept_at=KEPT) == job
    assert newest_attempt("kind", kept_at=None) == job


def test_an_attempt_that_came_to_something_or_came_before_is_not(attempt):
    attempt(JobState.FAILED, BEFORE)
    assert newest_attempt("kind", kept_at=KEPT) is None
    attempt(JobState.DONE, AFTER)
    assert newest_attempt("kind", kept_at=KEPT) is None
    assert newest_attempt("kind", kept_at=None) is None


def test_another_kinds_attempt_is_not(attempt):
    attempt(JobState.FAILED, AFTER, kind="other")
    assert newest_attempt("kind", kept_at=KEPT) is None


def test_a_run_says_how_old_its_records_are_and_whether_it_is_made_anew(attempt):
    waits = Shown("run", attempt(JobState.WAITING, AFTER), date(2026, 6, 8), date(2026, 6, 1))
    assert (waits.age_days, waits.is_running) == (7, True)
    failed = Shown(None, attempt(JobState.FAILED, AFTER), date(2026, 6, 8), None)
    assert (failed.age_days, failed.is_running) == (0, False)
    assert not Shown("run", None, date(2026, 6, 8), date(2026, 6, 1)).is_running
