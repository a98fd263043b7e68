"""Keeping an assessment: what is written, what the database refuses, and one event."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from closeout.evidence.figures import Figure, Outcome
from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import GRANTS, Permission
from closeout.web.audit.models import Event
from closeout.web.evidence.actions.runs import KIND, ask_run
from closeout.web.evidence.models import AssessmentRun, MeasureResult
from closeout.web.evidence.queries.results import measured_of
from closeout.web.evidence.queries.runs import shown_run
from closeout.web.jobs.models import Job, JobState
from closeout.web.recommendations.actions.errors import NotNowError
from tests.web.casework.actions.world import HERE, THERE
from tests.web.evidence.made import AS_OF, CODE, keep, make_measured, nothing, share


def test_what_was_worked_out_is_read_back_as_it_was(register):
    run = keep()
    # All but the statement, which the page of one measure reads by itself, and the pack's own file.
    expected = [replace(each, query="") for each in make_measured()]
    assert list(measured_of(run, offices=True).values()) == expected


def test_a_run_is_kept_with_one_event(register):
    before = Event.objects.count()
    run = keep(register.liaison)
    assert Event.objects.count() == before + 1
    event = Event.objects.order_by("seq").last()
    assert (event.action, event.actor) == ("assessment.run", register.liaison.username)
    assert event.after == {"as_of": "2026-06-01", "measures": 2, "recommendations": 1}
    assert run.assessed.get().standing == "not_done"


def test_the_total_stands_once_though_the_series_ends_with_it(register):
    run = keep()
    totals = MeasureResult.objects.filter(measure__run=run, measure__code=CODE, is_total=True)
    assert [(row.until.isoformat(), row.is_newest) for row in totals] == [
        ("2026-03-01", False),
        ("2026-06-01", True),
    ]


def test_small_counts_are_marked_when_the_run_is_kept(register):
    # 4 of 100 in DAL is small, and 246 of 250 in BOS would give it away by 250 of 350.
    small = make_measured(
        total=share(250, 350), offices=(share(246, 250, HERE), share(4, 100, THERE)), series=()
    )
    run = keep(measured=small)
    hidden = MeasureResult.objects.filter(measure__run=run, measure__code=CODE, is_suppressed=True)
    assert set(hidden.values_list("office_id", flat=True)) == {HERE, THERE}
    open_, safe = (measured_of(run, CODE, offices=True, safe=each)[CODE] for each in (False, True))
    assert [each.figure.value for each in open_.offices] == [246 / 250, 0.04]
    assert {each.figure.outcome for each in safe.offices} == {Outcome.SUPPRESSED}
    assert safe.total.figure.value == 250 / 350


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "computed", "value": None},
        {"outcome": "no_data", "value": 0.0, "reason": "none"},
        {"outcome": "no_data", "value": None, "reason": ""},
        {"outcome": "guessed"},
        {"verdict": "fine"},
        {"low": 0.9, "high": 0.8},
        {"since": AS_OF + timedelta(days=1)},
        {"is_total": True, "office_id": HERE},
    ],
    ids=str,
)
def test_the_database_refuses_a_figure_that_cannot_be(register, fields):
    keep()
    row = MeasureResult.objects.get(measure__code=CODE, office_id=HERE)
    for name, value in fields.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_figure_without_a_value_is_kept_with_its_reason(register):
    run = keep(measured=make_measured(total=nothing(), offices=(), series=()))
    found = measured_of(run, CODE)[CODE].total
    assert (found.figure.value, found.figure.reason) == (None, "the records lack the table check_ins")


def test_there_is_no_result_twice(register):
    keep()
    row = MeasureResult.objects.get(measure__code=CODE, office_id=HERE)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("role", Role.values)
def test_only_who_may_asks_for_an_assessment(make_user, role):
    user = make_user(role)
    if Permission.ASSESSMENT_RUN in GRANTS[role]:
        assert ask_run(by=user).kind == KIND
    else:
        with pytest.raises(PermissionDenied):
            ask_run(by=user)


def test_one_assessment_is_worked_out_at_a_time(make_user):
    user = make_user(Role.AUDIT_LIAISON)
    Job.objects.create(kind=KIND, title="x", requested_by=user)
    with pytest.raises(NotNowError, match="already"):
        ask_run(by=user)


def test_the_newest_run_is_shown_with_an_attempt_after_it(register):
    run = keep()
    assert (shown_run(AS_OF).run, shown_run(AS_OF).attempt) == (run, None)
    job = Job.objects.create(kind=KIND, title="x", requested_by=register.liaison)
    shown = shown_run(AS_OF + timedelta(days=3))
    assert (shown.run, shown.attempt, shown.is_running, shown.age_days) == (run, job, True, 3)
    Job.objects.filter(pk=job.pk).update(state=JobState.FAILED, finished_at=job.created_at, problem="full")
    assert shown_run(AS_OF).attempt.problem == "full"
    assert not shown_run(AS_OF).is_running


def test_nothing_is_shown_where_nothing_was_assessed(db):
    shown = shown_run(AS_OF)
    assert (shown.run, shown.attempt, shown.age_days, AssessmentRun.objects.count()) == (None, None, 0, 0)


def test_figures_keep_what_they_rest_on(register):
    run = keep()
    figure = measured_of(run, CODE)[CODE].total.figure
    assert figure == Figure(Outcome.COMPUTED, 0.85, 0.85 - 0.05, 0.85 + 0.05, 850, 1000, method="wilson")
