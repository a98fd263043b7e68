"""Every address of offices, time and studies, by role and by office: who sees what."""

import pytest
from django.urls import reverse

from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import GRANTS, Permission
from closeout.web.audit.models import Event
from closeout.web.casework.models import TimeEntry
from closeout.web.staffing.actions.time import record_time
from tests.web.casework.actions.world import HERE, THERE
from tests.web.staffing.made import ACTIVITY, keep, make_adjustment, make_sample

LEADS = (Role.SUPERVISOR, Role.DIRECTOR)
SEE_SINGLE = (Role.PLANNER, Role.AUDITOR)
PLACES = {"own": HERE, "other": THERE, "none": ""}


def plain(role, permission):
    return 200 if permission in GRANTS[role] else 403


def office_code(role, place):
    """Return what an address of the office HERE answers somebody at a place."""
    if Permission.STAFFING_READ not in GRANTS[role]:
        return 403
    return 403 if role in LEADS and place != "own" else 200


def list_code(role, place):
    if Permission.STAFFING_READ in GRANTS[role] and role in LEADS:
        return 302 if place != "none" else 200
    return plain(role, Permission.STAFFING_READ)


def chart_of_all_code(role):
    return 404 if role in LEADS else plain(role, Permission.STAFFING_READ)


def expected(role, place, run):
    """Return each address that is read, and its code."""
    return {
        reverse("staffing:office-list"): list_code(role, place),
        reverse("staffing:gap-chart", args=[run.pk]): chart_of_all_code(role),
        reverse("staffing:ledger-chart", args=[run.pk, HERE]): office_code(role, place),
        reverse("staffing:office-detail", args=[HERE]): office_code(role, place),
        reverse("staffing:office-detail", args=[HERE]) + "?format=csv": office_code(role, place),
        reverse("staffing:demand-detail", args=[HERE, ACTIVITY]): office_code(role, place),
        reverse("staffing:time-entry"): plain(role, Permission.TIME_RECORD),
        reverse("staffing:study-list"): plain(role, Permission.STUDY_MANAGE),
        reverse("staffing:study-detail", args=["TS-1"]): plain(role, Permission.STUDY_MANAGE),
        reverse("staffing:study-plan"): plain(role, Permission.STUDY_MANAGE),
        reverse("staffing:adjustment-propose"): plain(role, Permission.STUDY_MANAGE),
    }


@pytest.fixture
def run(world):
    """Keep a run, a study and an adjustment."""
    make_sample(world.officer.username, world.today)
    make_adjustment(world.officer.username)
    return keep()


@pytest.mark.parametrize("role", Role.values)
def test_each_role_at_each_office_gets_what_it_may_see(world, as_, run, role):
    for place, office in PLACES.items():
        client = as_(world.person(role, office))
        got = {address: client.get(address).status_code for address in expected(role, place, run)}
        assert got == expected(role, place, run), place


@pytest.mark.parametrize("role", Role.values)
def test_single_officers_are_shown_to_who_leads_them_plans_or_audits(world, as_, run, role):
    sees = role in SEE_SINGLE
    for place, office in PLACES.items():
        client = as_(world.person(role, office))
        for query in ("", "?format=csv"):
            page = client.get(reverse("staffing:office-detail", args=[HERE]) + query).content.decode()
            assert ("S-0001" in page) is (sees or (role in LEADS and place == "own")), (place, query)


@pytest.mark.parametrize("role", [role for role in Role.values if Permission.TIME_RECORD in GRANTS[role]])
def test_nobody_reads_or_changes_anothers_minutes(world, as_, role):
    row = record_time(by=world.officer, activity=ACTIVITY, minutes=321)
    seq = Event.objects.order_by("seq").last().seq
    shown = '<td class="number">321</td>'  # 321 alone may stand in a token against forged requests
    assert shown in as_(world.officer).get(reverse("staffing:time-entry")).content.decode()
    for office in PLACES.values():
        other = as_(world.person(role, office)) if office else as_(world.person(role))
        change = reverse("staffing:time-change", args=[row.pk])
        assert shown not in other.get(reverse("staffing:time-entry")).content.decode()
        assert other.get(change).status_code == 404
        assert other.post(change, {"activity": ACTIVITY, "minutes": "1"}).status_code == 404
        assert other.post(reverse("staffing:time-undo", args=[seq])).status_code == 302
    assert TimeEntry.objects.get().minutes == 321


def test_no_address_orders_officers_or_offices_by_a_figure(world, as_, run):
    planner = as_(world.person(Role.PLANNER, ""))
    for address in (reverse("staffing:office-list"), reverse("staffing:office-detail", args=[HERE])):
        plain_page = planner.get(address).content.decode()
        for order in ("gap_fte", "-gap_fte", "utilization", "-utilization"):
            ordered = planner.get(address, {"order": order}).content.decode()
            for first, second in (("S-0001", "S-0002"), ("BOS office", "DAL office")):
                assert (plain_page.find(first) < plain_page.find(second)) is (
                    ordered.find(first) < ordered.find(second)
                )
        assert "sort-link" not in plain_page
