"""Alerts: before, on and after a date, each once, with the reason they fired (A3)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from closeout.web.casework.alerts import BATCH, fire_alerts
from closeout.web.casework.jobs import run_alerts, run_expiry
from closeout.web.casework.models import Alert, Duty
from closeout.web.jobs.models import Job
from closeout.web.jobs.progress import Progress

TODAY = timezone.localdate()


def day(days):
    return TODAY + timedelta(days=days)


def duty(due=0, *, subject="1", lead=7, grace=0, is_open=True, **fields):
    """Return a duty due so many days from today, with so many days of lead and grace."""
    given = {
        "duty": "check-in",
        "subject_table": "check_ins",
        "subject": subject,
        "sequence": 1,
        "case_no": "C-000001",
        "office_id": "BOS",
        "officer_no": "S-00001",
        "opened_on": day(due - 60),
        "opens_on": day(due - lead),
        "due_on": day(due),
        "last_day": day(due + grace),
        "overdue_from": day(due + grace + 1),
        "state": "due",
        "rule": "CHECK-IN/interval@2024-01-01",
        "days_held": 0,
        "is_missed": False,
        "is_open": is_open,
        "computed_on": TODAY,
    }
    return Duty.objects.create(**{**given, **fields})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("due", "stage"),
    [(8, None), (7, "before"), (1, "before"), (0, "on"), (-2, "on"), (-3, "after"), (-300, "after")],
)
def test_a_duty_fires_the_stage_it_is_in(due, stage):
    duty(due, grace=2)
    fire_alerts(today=TODAY)
    assert [alert.stage for alert in Alert.objects.all()] == ([stage] if stage else [])


@pytest.mark.django_db
def test_each_stage_fires_once_however_often_it_is_run():
    duty(0)
    runs = [fire_alerts(today=day(days)) for days in (-7, -7, -3, 0, 0, 1, 1, 9)]
    assert [sum(run.values()) for run in runs] == [1, 0, 0, 1, 0, 1, 0, 0]
    assert [alert.stage for alert in Alert.objects.order_by("fired_on")] == ["before", "on", "after"]


@pytest.mark.django_db
def test_a_missed_run_is_made_up_for_by_the_stage_of_the_day():
    duty(0)
    assert fire_alerts(today=day(5)) == {"before": 0, "on": 0, "after": 1}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [{"is_open": False, "state": "done"}, {"state": "on_hold"}, {"due_on": None, "overdue_from": None}],
)
def test_what_is_done_held_or_without_a_rule_fires_nothing(fields):
    duty(0, **fields)
    assert sum(fire_alerts(today=TODAY).values()) == 0


@pytest.mark.django_db
def test_a_duty_without_lead_is_told_of_on_its_day_only():
    duty(3, lead=0)
    assert sum(fire_alerts(today=TODAY).values()) == 0
    assert fire_alerts(today=day(3)) == {"before": 0, "on": 1, "after": 0}


@pytest.mark.django_db
def test_an_alert_says_why_it_fired():
    duty(7)
    fire_alerts(today=TODAY)
    alert = Alert.objects.get()
    assert alert.reason(TODAY) == f"told 7 days ahead of {day(7)}; rule CHECK-IN/interval@2024-01-01"
    alert.stage = "on"
    assert alert.reason(day(7)).startswith(f"due on {day(7)};")
    alert.stage, alert.rule = "after", ""
    assert alert.reason(day(8)) == f"was due on {day(7)}, 1 day ago; rule none in force"


@pytest.mark.django_db
def test_an_alert_stands_while_its_duty_is_open_with_that_date():
    row = duty(0)
    fire_alerts(today=TODAY)
    assert Alert.objects.standing().of_officer("S-00001").count() == 1
    assert Alert.objects.of_officer("S-00002").count() == 0
    Duty.objects.filter(pk=row.pk).update(due_on=day(5))
    assert not Alert.objects.standing().exists()
    Duty.objects.filter(pk=row.pk).update(due_on=day(0), is_open=False)
    assert not Alert.objects.standing().exists()


@pytest.mark.django_db
def test_more_than_a_batch_is_fired_whole():
    made = [duty(0, subject=str(number)) for number in range(3)]
    template = made[0]
    more = []
    for number in range(3, BATCH + 5):
        copy = Duty.objects.get(pk=template.pk)
        copy.pk, copy.subject = None, str(number)
        more.append(copy)
    Duty.objects.bulk_create(more)
    told = []
    assert fire_alerts(today=TODAY, advance=told.append)["on"] == BATCH + 5
    assert told == [BATCH, BATCH + 5]


@pytest.mark.django_db
@pytest.mark.parametrize("run", [run_alerts, run_expiry])
def test_the_jobs_say_what_they_did_in_words(make_user, run):
    duty(0)
    job = Job.objects.create(kind="x", title="x", params={}, requested_by=make_user("administrator"))
    result = run(Progress(job.pk), {})
    assert sum(result.values()) == (1 if run is run_alerts else 0)


class AlertProperties(TestCase):
    """However the days of the runs fall, no stage fires twice and none fires out of its days."""

    @given(
        due=st.integers(-20, 20),
        lead=st.integers(0, 10),
        grace=st.integers(0, 5),
        runs=st.lists(st.integers(-30, 30), max_size=8),
    )
    def test_stages_fire_once_and_in_their_days(self, due, lead, grace, runs):
        duty(due, lead=lead, grace=grace)
        for days in sorted(runs):
            fire_alerts(today=day(days))
        alerts = list(Alert.objects.all())
        assert len({alert.stage for alert in alerts}) == len(alerts)
        for alert in alerts:
            late = (alert.fired_on - alert.due_on).days
            bounds = {"before": (-lead, -1), "on": (0, grace), "after": (grace + 1, 99)}[alert.stage]
            assert bounds[0] <= late <= bounds[1]
        in_any = [days for days in runs if days >= due - lead and (lead or days >= due)]
        assert bool(alerts) is bool(in_any)
