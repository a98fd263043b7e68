import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import Permission
from closeout.web.jobs.kinds import job_kind
from closeout.web.jobs.models import Job, JobLine, JobState

LIST = reverse("jobs:job-list")
HTMX = {"HX-Request": "true"}


@job_kind("test.page", permission=Permission.DOCUMENT_UPLOAD)
def do_nothing(_handle, _params):
    """Do nothing."""


@pytest.fixture
def liaison(make_user):
    return make_user(Role.AUDIT_LIAISON, username="S-61")


@pytest.fixture
def liaison_client(liaison):
    client = Client()
    client.force_login(liaison)
    return client


@pytest.fixture
def make_job(liaison):
    def make(state=JobState.RUNNING, **fields):
        finished = None if state in {JobState.WAITING, JobState.RUNNING} else timezone.now()
        return Job.objects.create(
            kind="test.page",
            title="Read 40 documents",
            requested_by=liaison,
            state=state,
            finished_at=finished,
            **fields,
        )

    return make


def url_of(job, name="detail"):
    return reverse(f"jobs:job-{name}", args=[job.pk])


def test_without_jobs_the_page_says_what_would_start_one(liaison_client):
    html = liaison_client.get(LIST).content.decode()
    assert "No jobs yet" in html
    assert "hx-trigger" not in html


def test_the_list_counts_what_runs_and_asks_again_while_it_does(liaison_client, make_job):
    make_job(steps_done=12, steps_total=40)
    html = liaison_client.get(LIST).content.decode()
    assert "1 job waiting or running" in html
    assert "12 of 40" in html
    assert 'hx-trigger="every 5s"' in html


def test_the_list_does_not_say_that_none_of_a_finished_job_is_done(liaison_client, make_job):
    make_job(JobState.DONE)
    assert '<td class="number">all</td>' in liaison_client.get(LIST).content.decode()


def test_an_htmx_request_gets_the_table_alone(liaison_client, make_job):
    make_job()
    html = liaison_client.get(LIST, headers=HTMX).content.decode()
    assert "<html" not in html
    assert "Read 40 documents" in html


def test_a_running_job_asks_again_and_offers_a_link_for_those_without_script(liaison_client, make_job):
    job = make_job(steps_done=12, steps_total=40, note="Reading XIG-25-07.pdf")
    html = liaison_client.get(url_of(job)).content.decode()
    assert 'hx-trigger="every 2s"' in html
    assert 'value="30"' in html
    assert "Reading XIG-25-07.pdf" in html
    assert f'href="{url_of(job)}">Refresh' in html
    assert "Stop this job" in html


def test_a_finished_job_stops_asking_and_shows_what_came_of_it(liaison_client, make_job):
    job = make_job(JobState.DONE, result={"Documents read": 3, "link": "/about/", "link_text": "See it"})
    html = liaison_client.get(url_of(job), headers=HTMX).content.decode()
    assert "hx-trigger" not in html
    assert "Documents read" in html
    assert 'href="/about/">See it' in html
    assert "Run it again" in html


def test_a_failed_job_shows_its_problem(liaison_client, make_job):
    html = liaison_client.get(url_of(make_job(JobState.FAILED, problem="OSError: full"))).content.decode()
    assert "OSError: full" in html


def test_only_the_last_lines_of_a_long_log_are_shown_in_their_order(liaison_client, make_job):
    job = make_job()
    JobLine.objects.bulk_create(JobLine(job=job, text=f"line {number:03}") for number in range(250))
    response = liaison_client.get(url_of(job))
    shown = [line.text for line in response.context["lines"]]
    assert (shown[0], shown[-1], len(shown)) == ("line 050", "line 249", 200)
    assert "The last 200 lines" in response.content.decode()


def test_words_of_a_log_are_escaped(liaison_client, make_job):
    job = make_job()
    JobLine.objects.create(job=job, text="<script>alert(1)</script>")
    assert "<script>alert" not in liaison_client.get(url_of(job)).content.decode()


def test_a_job_is_stopped_and_run_again_from_its_page(liaison_client, make_job):
    job = make_job(JobState.WAITING)
    liaison_client.post(url_of(job, "cancel"))
    job.refresh_from_db()
    assert job.state == JobState.CANCELED

    response = liaison_client.post(url_of(job, "rerun"))
    assert response.url == url_of(Job.objects.get(rerun_of=job))


def test_stopping_what_has_finished_and_repeating_what_has_not_only_say_so(liaison_client, make_job):
    done, running = make_job(JobState.DONE), make_job()
    stopped = liaison_client.post(url_of(done, "cancel"), follow=True).content.decode()
    assert "had already finished" in stopped
    repeated = liaison_client.post(url_of(running, "rerun"), follow=True).content.decode()
    assert "has not finished yet" in repeated
    assert Job.objects.count() == 2


def test_somebody_elses_job_is_hidden_from_those_who_may_not_see_jobs(client_for, make_job):
    assert client_for(Role.READER).get(url_of(make_job())).status_code == 403


def test_somebody_without_the_permission_sees_the_own_job(make_user, make_job):
    manager, client = make_user(Role.PROGRAM_MANAGER), Client()
    client.force_login(manager)
    job = make_job()
    job.requested_by = manager
    job.save()
    assert client.get(url_of(job)).status_code == 200


@pytest.mark.parametrize("jobs", [1, 20])
def test_the_number_of_queries_does_not_grow_with_jobs(
    liaison_client, make_job, django_assert_max_num_queries, jobs
):
    for _ in range(jobs):
        make_job()
    liaison_client.get(LIST)
    with django_assert_max_num_queries(5):
        liaison_client.get(LIST)


@pytest.mark.parametrize(("role", "is_led"), [(Role.AUDIT_LIAISON, True), (Role.ADMINISTRATOR, False)])
def test_what_came_of_a_job_is_a_link_only_for_who_may_open_it(make_user, make_job, role, is_led):
    there = reverse("staffing:office-list")
    job = make_job(state=JobState.DONE, result={"Offices": 25, "link": there, "link_text": "See the offices"})
    client = Client()
    client.force_login(make_user(role, username="S-77"))
    html = client.get(url_of(job)).content.decode()
    assert (f'class="usa-button" href="{there}"' in html) == is_led
    assert ("shown to those who work with it" in html) != is_led
    assert client.get(there).status_code == (200 if is_led else 403)
