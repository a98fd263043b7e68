import pytest
from django.urls import reverse

from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.casework import models
from closeout.web.casework.views.records import WHY, WORK
from closeout.web.jobs.kinds import find_kind
from closeout.web.jobs.models import Job


def text_of(response):
    return " ".join(response.content.decode().split())


@pytest.fixture
def recorded(world, as_):
    """Return a check-in that the officer recorded a moment ago, and the event that tells of it."""
    row = world.check_in()
    data = {"subject": row.pk, "outcome": "attended", "on": world.today}
    as_(world.officer).post(reverse("casework:act", args=[world.case.pk, "check-in-outcome"]), data)
    return row, Event.objects.get(action="check_in.record")


def test_what_i_recorded_can_be_taken_back_from_my_day(world, as_, recorded):
    row, event = recorded
    client = as_(world.officer)
    page = text_of(client.get(reverse("casework:my-day")))
    assert "Recorded in the last ten minutes" in page
    assert "check in: record" in page

    answer = client.post(reverse("casework:undo", args=[event.seq]), follow=True)
    assert "Taken back." in text_of(answer)
    assert world.fresh(row).outcome is None
    assert "Recorded in the last ten minutes" not in text_of(client.get(reverse("casework:my-day")))


def test_another_persons_step_is_not_taken_back(world, as_, recorded):
    row, event = recorded
    answer = as_(world.supervisor).post(reverse("casework:undo", args=[event.seq]), follow=True)
    assert world.fresh(row).outcome == "attended"
    assert "Taken back." not in text_of(answer)


def test_a_step_that_never_was_is_refused_with_words(world, as_):
    answer = as_(world.officer).post(reverse("casework:undo", args=[999999]), follow=True)
    assert answer.status_code == 200
    assert "usa-alert--error" in text_of(answer)


def test_new_alerts_say_why_they_fired(world, as_):
    given = {
        "duty": "file-review",
        "subject_table": "cases",
        "subject": world.case.pk,
        "sequence": 1,
        "due_on": world.day(5),
        "case_no": world.case.pk,
        "office_id": world.case.office_id,
        "officer_no": world.officer.username,
        "rule": "FILE-REVIEW/annual@2018-01-01",
    }
    models.Duty.objects.create(
        **given,
        opened_on=world.day(-300),
        state="due",
        days_held=0,
        is_missed=False,
        is_open=True,
        computed_on=world.today,
    )
    models.Alert.objects.create(**given, stage="before", fired_on=world.today, lead_days=30)
    page = text_of(as_(world.officer).get(reverse("casework:my-day")))
    assert "New alerts" in page
    assert "told 30 days ahead" in page
    assert "(FILE-REVIEW/annual@2018-01-01)" in page


def test_the_records_page_says_that_nothing_is_loaded_and_what_to_do(client_for):
    page = text_of(client_for(Role.ADMINISTRATOR).get(reverse("casework:records")))
    assert "No snapshot has been loaded." in page
    assert "closeout load SNAPSHOT" in page


def test_the_records_page_tells_a_broken_off_load_from_a_finished_one(client_for, world):
    load = models.Load.objects.create(digest="ab" * 32, as_of=world.today, source="an example", rows=1234)
    load.chunks.create(table="cases", part="cases/part-000.parquet", row_group=0, rows=1234)
    client = client_for(Role.ADMINISTRATOR)
    assert "A load was broken off." in text_of(client.get(reverse("casework:records")))
    load.finished_at = load.started_at
    load.save()
    page = text_of(client.get(reverse("casework:records")))
    assert "1,234 rows as of" in page
    assert "A load was broken off." not in page


def test_work_is_put_in_the_queue_and_its_progress_shown(client_for):
    answer = client_for(Role.ADMINISTRATOR).post(reverse("casework:records-work", args=["casework.alerts"]))
    assert answer.url == reverse("jobs:job-detail", args=[Job.objects.get().pk])


def test_work_that_is_none_is_not_there(client_for):
    assert (
        client_for(Role.ADMINISTRATOR).post(reverse("casework:records-work", args=["x"])).status_code == 404
    )


def test_every_kind_of_work_on_the_page_is_known_to_the_worker():
    assert set(WORK) == set(WHY)
    assert all(find_kind(kind).name == kind for kind in WORK)
