"""The site's ground with something on it: accounts, audit, jobs, errors, print."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from closeout.web.accounts.models import Role, User
from closeout.web.jobs.models import Job, JobLine, JobState
from closeout.web.people.actions import Access, create_account, deactivate
from tests.browser.conftest import WIDTHS

FIRST = "first-password-given"


@pytest.fixture
def administrator(page, sign_in):
    return sign_in(page, Role.ADMINISTRATOR)


@pytest.fixture
def people(administrator):
    """Make a few accounts, one of them deactivated, each with its events."""
    made = [
        create_account(
            by=administrator, username=f"S-{number}", access=Access(Role.PLANNER, "HQ"), password=FIRST
        )
        for number in range(100, 104)
    ]
    deactivate(by=administrator, user_id=made[0].pk, reason="Left the agency.")
    return made


@pytest.fixture
def running_job(administrator):
    job = Job.objects.create(
        kind="test.nothing",
        title="Read 40 documents",
        requested_by=administrator,
        state=JobState.RUNNING,
        steps_done=12,
        steps_total=40,
        note="Reading XIG-25-07.pdf",
    )
    JobLine.objects.create(job=job, text="XIG-25-01.pdf: 4 recommendations")
    return job


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/people/", "/audit/", "/audit/?actor=nobody", "/jobs/", "/nowhere/"])
def test_full_pages_and_errors_pass_axe(page, live_server, people, running_job, check_axe, path, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(live_server.url + path)
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_refused_page_passes_axe(page, live_server, sign_in, check_axe):
    sign_in(page, Role.READER)
    page.goto(f"{live_server.url}/audit/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your role does not allow this")
    check_axe(page)


def test_the_audit_log_is_narrowed_without_loading_the_page_again(page, live_server, people):
    page.goto(f"{live_server.url}/audit/")
    page.evaluate("window.stayed = true")
    page.get_by_label("Action starts with").fill("account.deactivate")
    page.get_by_role("button", name="Show").click()

    expect(page.get_by_role("table", name="1 event, newest first")).to_be_visible()
    expect(page).to_have_url(
        f"{live_server.url}/audit/?actor=&action=account.deactivate&object=&first=&last="
    )
    assert page.evaluate("window.stayed") is True
    page.reload()
    expect(page.get_by_role("table", name="1 event, newest first")).to_be_visible()


def test_the_audit_log_is_narrowed_without_javascript(browser, live_server, sign_in, people, page):
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    sign_in(plain, Role.AUDITOR)
    plain.goto(f"{live_server.url}/audit/")
    plain.get_by_label("Action starts with").fill("account.deactivate")
    plain.get_by_role("button", name="Show").click()
    expect(plain.get_by_role("table", name="1 event, newest first")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_running_job_shows_its_progress_by_itself(page, live_server, running_job, check_axe, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}/jobs/{running_job.pk}/")
    expect(page.get_by_label("Reading XIG-25-07.pdf")).to_have_attribute("value", "30")
    check_axe(page)

    Job.objects.filter(pk=running_job.pk).update(
        state=JobState.DONE, finished_at=timezone.now(), steps_done=40, result={"Documents read": 40}
    )

    expect(page.get_by_text("Documents read")).to_be_visible(timeout=10_000)
    expect(page.get_by_role("button", name="Run it again")).to_be_visible()
    check_axe(page)


def test_an_administrator_adds_a_person_who_then_signs_in(page, live_server, administrator, browser):
    page.goto(f"{live_server.url}/people/")
    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("Staff number").fill("S-204")
    page.get_by_label("Role").select_option("Audit liaison")
    page.get_by_role("button", name="Add").click()
    password = page.locator(".password").inner_text()

    context = browser.new_context()
    theirs = context.new_page()
    theirs.goto(f"{live_server.url}/account/sign-in/")
    theirs.get_by_label("Staff number").fill("S-204")
    theirs.get_by_label("Password").fill(password)
    theirs.get_by_role("button", name="Sign in").click()
    expect(theirs.get_by_role("heading", name="Change password")).to_be_visible()
    context.close()


def test_taking_access_away_needs_a_second_step_and_a_reason(page, live_server, people):
    person = User.objects.get(username="S-101")
    page.goto(f"{live_server.url}/people/{person.pk}/")
    page.get_by_text("Deactivate…").click()
    step = page.locator("details[open]")
    step.get_by_label("Why").fill("Left the agency.")
    step.get_by_role("button", name="Deactivate").click()
    expect(page.get_by_text("S-101 was deactivated.")).to_be_visible()


def test_paper_shows_the_words_and_none_of_the_controls(page, live_server, people):
    page.goto(f"{live_server.url}/people/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="People and roles")).to_be_visible()
    for control in (".site-account", ".site-nav", ".site-banner", ".usa-button >> nth=0"):
        expect(page.locator(control).first).to_be_hidden()


def test_components_show_every_state_in_words(page, live_server, administrator):
    page.goto(f"{live_server.url}/components/")
    expect(page.get_by_text("Promise missed, 34 days")).to_be_visible()
    expect(page.get_by_role("group", name="Stage").first.get_by_role("radio")).to_have_count(2)
