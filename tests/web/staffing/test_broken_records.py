"""Staffing over broken records: no page fails, each says what is wrong, and what can be worked out is shown.

One site holds an office for each fault, so that each fault is also tried beside sound records. A second one
lacks whole tables. Both are worked out once, through the pages; tests read them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from closeout.simulation.changes import Detail, Some
from closeout.web.accounts.models import Role, User
from closeout.web.casework import models
from closeout.web.jobs.models import Job, JobState
from closeout.web.staffing.models import (
    KeptPlan,
    MoveProposal,
    Scenario,
    StaffingRun,
    StudySample,
    TimeStudy,
    WeightAdjustment,
)
from tests.web.casework.actions.world import make_case
from tests.web.casework.sites import fresh_site, led_here
from tests.web.staffing.made import monday_of
from tests.web.staffing.made_answers import make_scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

PASSWORD = "correct horse battery staple"  # noqa: S105 - a test's
ROLES = (Role.PLANNER, Role.DIRECTOR, Role.SUPERVISOR, Role.OFFICER, Role.AUDITOR)
_numbers = count(1)


def days(number: int) -> date:
    """Return the day so many days from today."""
    return timezone.localdate() + timedelta(days=number)


def give_zero_hours(office: str) -> None:
    models.Officer.objects.filter(pk=f"S-{office}1").update(contracted_hours=0)


def give_negative_hours(office: str) -> None:
    models.Officer.objects.filter(office_id=office).update(contracted_hours=-8)


def fill_with_support(office: str) -> None:
    add_duty(office, 40)


def overfill_with_support(office: str) -> None:
    add_duty(office, 60)


def add_duty(office: str, hours: float) -> None:
    models.CollateralDuty.objects.create(
        officer_id=f"S-{office}1", kind="instructor", hours_a_week=hours, from_on=days(-900)
    )


def take_officers_away(office: str) -> None:
    models.Officer.objects.filter(office_id=office).update(active_to=days(-200))


def want_a_skill(office: str) -> None:
    models.Case.objects.filter(office_id=office).update(is_child=True, docket="juvenile", officer=None)
    models.Assignment.objects.filter(case__office_id=office).update(to_on=days(-5))


def record_long_days(office: str) -> None:
    record(office, 1800)


def record_negative_minutes(office: str) -> None:
    record(office, -30)


def record(office: str, minutes: int) -> None:
    """Record a week of a study, each day with so many minutes."""
    monday = monday_of(days(-28))
    study = TimeStudy.objects.create(
        study_id=f"ST-{office}",
        label="A week",
        design="diary",
        state="finished",
        from_on=monday,
        to_on=monday + timedelta(days=6),
        weeks=1,
    )
    who = {"officer_id": f"S-{office}1", "office_id": office}
    StudySample.objects.create(study=study, week_from=monday, state="recorded", **who)
    for day in range(5):
        on = monday + timedelta(days=day)
        models.TimeEntry.objects.create(
            worked_on=on,
            activity="check-in",
            minutes=minutes,
            tasks=4,
            study=study.pk,
            is_overtime=False,
            **who,
        )


def record_for_nothing(office: str) -> None:
    record(office, 60)
    models.TimeEntry.objects.filter(office_id=office).update(activity="polish-the-lamps")
    WeightAdjustment.objects.create(
        activity="polish-the-lamps",
        adjusted_minutes=9,
        low_minutes=8,
        high_minutes=10,
        reason="steps_left_out",
        rationale="They are dull",
        decided_on=days(-20),
        decided_by_id=f"S-{office}1",
    )


def lend_to_two_at_once(office: str) -> None:
    for other in ("SOUND", "ZERO"):
        models.Detail.objects.create(
            officer_id=f"S-{office}1",
            from_office_id=office,
            to_office_id=other,
            kind="surge",
            from_on=days(-30),
            to_on=days(90),
        )


def leave_room_for_nothing(office: str) -> None:
    models.Officer.objects.filter(office_id=office).update(contracted_hours=0.1)
    models.Case.objects.filter(office_id=office).update(officer=None)
    models.Assignment.objects.filter(case__office_id=office).update(to_on=days(-5))


def leave_sound(_office: str) -> None:
    """Change nothing."""


@dataclass(frozen=True)
class Fault:
    """A fault, what a planner reads of it on the office's page, and a supervisor on that of moves."""

    make: Callable[[str], None]
    said: str = ""
    moves: str = ""


FAULTS = {
    "SOUND": Fault(leave_sound),
    "ZERO": Fault(
        give_zero_hours, "1 officer leads cases without any hours", "takes off officers without hours"
    ),
    "MINUS": Fault(
        give_negative_hours,
        "officers S-MINUS1: contracted hours must lie between 0 and 120 a week",
        "Nobody with case hours is there for 4 cases of office MINUS",
    ),
    "FULL": Fault(fill_with_support, "1 officer leads cases without any hours"),
    "OVER": Fault(
        overfill_with_support, "brings the collateral duties of officer S-OVER1 to 60 hours a week"
    ),
    "NONE": Fault(
        take_officers_away, "4 cases and no hours for them", "Nobody with case hours is there for 4 cases"
    ),
    "SKILL": Fault(want_a_skill, "4 cases that nobody leads", "4 can go to nobody of the office"),
    "LONG": Fault(record_long_days, "the day has more than 24 hours; correct or remove its entries"),
    "BELOW": Fault(record_negative_minutes, "the minutes are below 0; correct the entry"),
    "LAMPS": Fault(record_for_nothing, "(activity is polish-the-lamps)"),
    "TWICE": Fault(lend_to_two_at_once, "an officer is lent to one place at a time (officer S-TWICE1)"),
    "CAPS": Fault(leave_room_for_nothing, "4 cases that nobody leads", "wait for room"),
}
WAITING = ("SKILL", "CAPS")
SIMULATED = ("MINUS",)


def make_office(office: str) -> None:
    """Make an office of two officers, with four cases of the first, and check-ins of them."""
    models.Office.objects.create(office_id=office, label=f"{office} office", time_zone="America/New_York")
    for number in (1, 2):
        models.Officer.objects.create(
            officer_no=f"S-{office}{number}",
            office_id=office,
            role="deportation_officer",
            entered_on=days(-3000),
            active_from=days(-3000),
            contracted_hours=40,
            is_converted=False,
        )
    for _ in range(4):
        case = make_case(
            f"S-{office}1", days(-400), office_id=office, case_no=f"C-{office}{next(_numbers):04}"
        )
        for month in range(1, 6):
            models.CheckIn.objects.create(
                case=case,
                office_id=office,
                due_on=days(-30 * month),
                window_days=2,
                channel="in_person",
                created_by_job=True,
                state="scheduled",
                is_service_issue=False,
                records_check_due=False,
            )


def sign_in(role: str, office: str) -> Client:
    """Return a client of somebody in a role at an office."""
    name = f"s-{role}-{office}".lower()
    user = User.objects.filter(username=name).first() or User.objects.create_user(
        role=role, username=name, password=PASSWORD, office=office
    )
    client = Client()
    client.force_login(user)
    return client


def ask(client: Client, address: str, **said: str) -> Job:
    """Send a form whose work is done at once, and return the job."""
    assert client.post(address, said).status_code == 302, address
    return Job.objects.latest("pk")


def asked_of_all(offices: tuple[str, ...]) -> None:
    """Ask for the need, and for moves, a plan, a scenario of offices."""
    planner = sign_in(Role.PLANNER, "")
    assert ask(planner, "/staffing/runs/", kind="observed", draws="0", seed="7").state == JobState.DONE
    for office in (one for one in offices if FAULTS[one].moves):
        kind = "waiting" if office in WAITING else "rebalance"
        ask(sign_in(Role.SUPERVISOR, office), "/staffing/moves/", office_id=office, kind=kind)
    for office in offices:
        if office in SIMULATED:
            lent = Detail(officers=Some(count=1), from_on=days(60), days=45)
            by = User.objects.get(username="s-planner-")
            scenario = make_scenario(by, f"LENT-{office}", office_id=office, changes=[lent])
            ask(planner, f"/staffing/scenarios/{scenario.pk}/run/", replications="10", seed="1")
    limits = {"probability": "80", "seats": "12", "every_months": "3", "overtime_most": "0"}
    asked = {"by_on": days(700).isoformat(), "kind": "observed", "draws": "100", "seed": "7"}
    ask(planner, "/staffing/plans/", office_id=offices[-1], **limits, **asked)


@pytest.fixture(scope="module")
def broken_site(request, tmp_path_factory) -> Iterator[object]:
    """Yield a site with an office for each fault, worked out."""
    path = tmp_path_factory.mktemp("broken") / "site.sqlite3"
    with fresh_site(request, "sqlite", path) as site:
        with led_here(request, site):
            with transaction.atomic():
                for office in FAULTS:
                    make_office(office)
                for office, fault in FAULTS.items():
                    fault.make(office)
            asked_of_all((*(office for office in FAULTS if office != "NONE"), "NONE"))
        yield site


@pytest.fixture
def broken(request, broken_site) -> Iterator[None]:
    """Lead to the site; what a test writes is rolled back."""
    with led_here(request, broken_site), transaction.atomic():
        yield
        transaction.set_rollback(True)


LISTS = (
    "/staffing/",
    "/staffing/moves/",
    "/staffing/scenarios/",
    "/staffing/plans/",
    "/staffing/studies/",
    "/staffing/studies/adjustments/",
)


def addresses(office: str) -> list[str]:
    """Return the pages of staffing about an office; those of lists are beside the sound one."""
    found = [
        *(LISTS if office == "SOUND" else ()),
        f"/staffing/offices/{office}/",
        f"/staffing/offices/{office}/?format=csv",
        f"/staffing/offices/{office}/side-by-side/",
    ]
    found += [f"/staffing/moves/{one.pk}/" for one in MoveProposal.objects.filter(office_id=office)]
    found += [f"/staffing/scenarios/{one.pk}/" for one in Scenario.objects.filter(office_id=office)]
    found += [f"/staffing/plans/{one.pk}/" for one in KeptPlan.objects.filter(office_id=office)]
    found += [f"/staffing/studies/{one.pk}/" for one in TimeStudy.objects.filter(pk=f"ST-{office}")]
    run = StaffingRun.objects.latest("pk")
    duties = run.offices.get(office_id=office).result["duties"]
    found += [
        f"/staffing/offices/{office}/demand/{code}/" for code in sorted({d["activity"] for d in duties})[:1]
    ]
    return [*found, f"/staffing/runs/{run.pk}/gap.svg", f"/staffing/runs/{run.pk}/{office}/hours.svg"]


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().replace("&#x27;", "'").split())


@pytest.mark.parametrize("office", FAULTS)
def test_every_role_gets_an_answer_from_every_page(broken, office):
    for role in ROLES:
        client = sign_in(role, office)
        codes = {address: client.get(address).status_code for address in addresses(office)}
        assert set(codes.values()) <= {200, 302, 403, 404}, (role, codes)
        if role == Role.PLANNER:
            assert set(codes.values()) == {200}


@pytest.mark.parametrize("office", FAULTS)
def test_the_fault_is_named_to_a_planner_and_the_rest_worked_out(broken, office):
    page = words(sign_in(Role.PLANNER, ""), f"/staffing/offices/{office}/")
    assert FAULTS[office].said in page
    assert "The work takes" in page


@pytest.mark.parametrize("office", [office for office in FAULTS if FAULTS[office].moves])
def test_a_supervisor_reads_what_moves_can_do_and_what_not(broken, office):
    proposal = MoveProposal.objects.get(office_id=office)
    assert FAULTS[office].moves in words(sign_in(Role.SUPERVISOR, office), f"/staffing/moves/{proposal.pk}/")


def test_officers_of_other_offices_are_not_named_to_who_leads_one(broken):
    page = words(sign_in(Role.DIRECTOR, "SOUND"), "/staffing/offices/SOUND/")
    assert "a planner sees which" in page
    assert "S-MINUS1" not in page


def test_an_office_that_cannot_be_simulated_says_why(broken):
    scenario = Scenario.objects.get(office_id="MINUS")
    page = words(sign_in(Role.PLANNER, ""), f"/staffing/scenarios/{scenario.pk}/")
    assert "Office MINUS has no officers who count for its 4 cases; add officers, or correct the rows" in page
    assert not scenario.runs.exists()


def test_a_plan_for_an_office_without_officers_hires_all_it_needs(broken):
    plan = KeptPlan.objects.get(office_id="NONE")
    page = words(sign_in(Role.PLANNER, ""), f"/staffing/plans/{plan.pk}/")
    assert "0.0 are there" in page
    assert plan.result["plan"]["chosen"]["hires"] > 0


@pytest.fixture(scope="module")
def bare_site(request, tmp_path_factory) -> Iterator[object]:
    """Yield a site with one office and its officers, and nothing else: every other table is empty."""
    path = tmp_path_factory.mktemp("bare") / "site.sqlite3"
    with fresh_site(request, "sqlite", path) as site:
        with led_here(request, site):
            make_office("SOUND")
            for model in (models.CheckIn, models.Assignment, models.DocketMembership, models.Case):
                model.objects.all().delete()
            asked_of_all(("SOUND",))
        yield site


def test_with_empty_tables_each_page_answers_and_says_what_is_not_counted(request, bare_site):
    with led_here(request, bare_site), transaction.atomic():
        for role in ROLES:
            client = sign_in(role, "SOUND")
            codes = {address: client.get(address).status_code for address in addresses("SOUND")}
            assert set(codes.values()) <= {200, 302, 403, 404}, (role, codes)
        page = words(sign_in(Role.PLANNER, ""), "/staffing/offices/SOUND/")
        assert "details: none on record: nobody is counted as lent to another office" in page
        transaction.set_rollback(True)
