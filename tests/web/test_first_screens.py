"""The first screen of each role: where it leads, and what it says waits for whom."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from closeout.web.accounts.models import Role, User
from closeout.web.home.first import SCREENS
from closeout.web.home.panels import MOST
from closeout.web.jobs.models import Job, JobState
from closeout.web.recommendations import actions
from closeout.web.recommendations.models import Milestone, Plan
from tests.web.casework.actions.world import HERE, THERE
from tests.web.casework.actions.world import make_world as make_offices
from tests.web.evidence.made import keep
from tests.web.recommendations.world import make_world as make_register

HOMES = {
    Role.OFFICER: "casework:my-day",
    Role.SUPERVISOR: "casework:unit",
    Role.DIRECTOR: "home:first-screen",
    Role.PLANNER: "staffing:office-list",
    Role.AUDIT_LIAISON: "home:first-screen",
    Role.APPROVER: "home:first-screen",
    Role.PROGRAM_MANAGER: "home:first-screen",
    Role.AUDITOR: "evidence:assessment",
    Role.READER: "evidence:assessment",
    Role.ADMINISTRATOR: "home:first-screen",
}
FIRST = reverse("home:first-screen")


@pytest.fixture
def world(make_user):
    return make_offices(make_user)


@pytest.fixture
def register(make_user, world):
    return make_register(make_user)


@pytest.fixture
def seen(client):
    """Return a function that gives the words of somebody's first screen."""

    def see(user):
        client.force_login(user)
        page = client.get(FIRST, follow=True)
        return " ".join(LexborHTMLParser(page.content.decode()).css_first("main").text().split())

    return see


@pytest.mark.parametrize("role", Role.values)
def test_every_role_starts_on_its_own_page(client_for, role):
    assert client_for(role).get("/").url == reverse(HOMES[role])


@pytest.mark.parametrize("role", [role for role in Role.values if role not in SCREENS])
def test_the_address_leads_other_roles_to_theirs(client_for, role):
    assert client_for(role).get(FIRST).url == reverse(HOMES[role])


@pytest.mark.parametrize("role", SCREENS)
def test_a_first_screen_says_something_on_an_empty_site(client_for, role):
    page = client_for(role).get(FIRST)
    assert page.status_code == 200
    assert "None" not in page.content.decode()


def test_the_liaison_sees_promises_missed_and_evidence_returned(register, seen):
    revision = register.evidence()
    actions.review_evidence(
        by=register.approver, revision_id=revision.pk, accept=False, note="It ends in May."
    )
    said = seen(register.liaison)
    assert "1 open of 1; 1 promise missed" in said
    assert "days late" in said
    assert "It ends in May." in said
    assert "Nothing has been assessed yet" in said


def test_the_approver_sees_what_waits_and_never_what_is_their_own(register, seen):
    register.evidence()
    assert "1 piece of evidence to review, and 0 dossiers to approve." in seen(register.approver)
    User.objects.filter(pk=register.liaison.pk).update(role=Role.APPROVER)
    assert "0 pieces of evidence to review" in seen(User.objects.get(pk=register.liaison.pk))


def test_a_revision_that_was_replaced_waits_no_more(register, seen):
    revision = register.evidence()
    actions.revise_evidence(
        by=register.liaison, evidence_id=revision.evidence_id, filename="log.pdf", data=b"%PDF-1.7 better"
    )
    assert "1 piece of evidence" in seen(register.approver)


def test_the_manager_sees_the_programs_measures_and_late_steps(register, world, seen):
    keep()
    manager = world.person(Role.PROGRAM_MANAGER, "")
    plan = Plan.objects.create(
        recommendation=register.rec,
        owner_office="Harbor Office",
        summary="Lamps",
        by=register.liaison,
        at=timezone.now(),
    )
    due = timezone.localdate() - timedelta(days=3)
    Milestone.objects.create(plan=plan, order=1, text="Trim the lamps", due_on=due)
    said = seen(manager)
    assert "1 of 1 measure that program managers answer for is off target, as of 2026-06-01." in said
    assert "Transfers without an answer after 30 days" in said
    assert "Outcome of a check-in" not in said, "the director answers for it"
    assert "Trim the lamps: ZIG-26-07, Recommendation 1 3 days late" in said


@pytest.mark.parametrize(("office", "own"), [(HERE, "90.0 %"), (THERE, "80.0 %")])
def test_the_director_sees_the_own_office_alone(register, world, seen, office, own):
    keep()
    said = seen(world.person(Role.DIRECTOR, office))
    assert f"2 of 2 measures of {office} office are off target" in said
    assert own in said
    assert ("80.0 %" if office == HERE else "90.0 %") not in said


def test_a_director_without_an_office_is_told_so(register, world, seen):
    keep()
    assert "is none that the records know" in seen(world.person(Role.DIRECTOR, ""))


def test_the_administrator_sees_jobs_that_failed_until_they_are_run_again(world, seen, make_user):
    admin = make_user(Role.ADMINISTRATOR)
    given = {"kind": "test", "requested_by": admin, "finished_at": timezone.now()}
    failed = Job.objects.create(title="Read it", state=JobState.FAILED, problem="disk full", **given)
    said = seen(admin)
    assert "1 job failed" in said
    assert "disk full" in said
    Job.objects.create(title="Read it", state=JobState.DONE, rerun_of=failed, **given)
    assert "0 jobs failed" in seen(admin)


def test_an_account_past_its_last_day_is_named_by_its_number(world, seen, make_user):
    make_user(Role.READER, username="S-9", active_until=date(2026, 1, 1))
    assert "S-9 until 2026-01-01" in seen(make_user(Role.ADMINISTRATOR))


def test_a_long_list_is_cut_and_says_so(world, seen, make_user):
    for number in range(MOST + 2):
        make_user(Role.READER, username=f"S-9{number}", active_until=date(2026, 1, 1))
    said = seen(make_user(Role.ADMINISTRATOR))
    assert f"{MOST} of {MOST + 2}" in said
    assert f"S-9{MOST}" not in said
