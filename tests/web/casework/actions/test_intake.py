"""A new case: a random number, a docket, no lead; the case opens when somebody leads it."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from closeout.records.columns import CASE_NO
from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.casework.actions import UnfitValueError, assign_lead, take_in_case
from closeout.web.casework.models import Case
from tests.web.casework.actions.world import HERE, last_event


@pytest.fixture
def officer(world):
    return world.person(Role.OFFICER)


def test_a_new_case_is_in_intake_on_one_docket_with_nobody_leading_it(world, officer):
    case = take_in_case(by=officer, docket="family", language="es", is_child=True)

    assert re.fullmatch(CASE_NO, case.pk)
    assert (case.state, case.office_id, case.officer_id, case.opened_on) == (
        "intake",
        HERE,
        None,
        world.today,
    )
    (membership,) = case.docket_memberships.all()
    assert (membership.docket, membership.from_on, membership.to_on) == ("family", world.today, None)


def test_it_is_told_by_one_event_about_the_case(world, officer, refreshed):
    before = Event.objects.count()
    case = take_in_case(by=officer, docket="family")
    assert Event.objects.count() == before + 1
    assert (last_event().action, last_event().after["case"]) == ("case.take_in", case.pk)
    assert refreshed == [case.pk]


def test_the_numbers_differ_and_hold_no_sign_that_is_misread(world, officer):
    numbers = {take_in_case(by=officer, docket="family").pk for _ in range(20)}
    assert len(numbers) == 20
    assert not set("".join(one[2:] for one in numbers)) & set("01ILO")


def test_the_detained_docket_means_custody_from_that_day(world, officer):
    case = take_in_case(by=officer, docket="detained", on=world.day(-2))
    assert (case.is_detained, case.detained_on) == (True, world.day(-2))


def test_a_supervisor_opens_it_by_giving_it_to_an_officer(world, officer):
    case = take_in_case(by=officer, docket="juvenile")
    assign_lead(
        by=world.person(Role.SUPERVISOR), case_no=case.pk, officer_no=world.officer.username, reason="new"
    )
    case.refresh_from_db()
    assert (case.state, case.officer_id) == ("open", world.officer.username)
    assert case.docket_memberships.count() == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"docket": "other"}, "the docket"),
        ({"docket": "family", "language": "Spanish"}, "ISO 639"),
        ({"docket": "family", "status_code": "one|two"}, "codebook"),
        ({"docket": "non_detained_post_order"}, "final order"),
    ],
    ids=["docket", "language", "status", "no-order"],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(world, officer, given, said):
    before = Case.objects.count()
    with pytest.raises(UnfitValueError, match=said):
        take_in_case(by=officer, **given)
    assert Case.objects.count() == before


def test_a_case_before_its_order_has_no_day_of_one(world, officer):
    with pytest.raises(UnfitValueError, match="final order"):
        take_in_case(by=officer, docket="non_detained_pre_order", final_order_on=world.day(-5))


@pytest.mark.parametrize("field", ["on", "final_order_on"])
def test_no_day_lies_in_the_future(world, officer, field):
    given = {"docket": "non_detained_post_order", "final_order_on": world.today}
    with pytest.raises(UnfitValueError, match="future"):
        take_in_case(by=officer, **{**given, field: world.today + timedelta(days=1)})


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.PLANNER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_nobody_else_takes_cases_in(world, role):
    with pytest.raises(PermissionDenied):
        take_in_case(by=world.person(role), docket="family")


def test_the_page_leads_to_the_new_case(world, officer, client):
    client.force_login(officer)
    sent = {"docket": "family", "on": world.today.isoformat(), "language": "pt"}
    answer = client.post(reverse("casework:intake"), sent, follow=True)
    case = Case.objects.get(language="pt")
    assert answer.redirect_chain == [(reverse("casework:case-detail", args=[case.pk]), 302)]
    assert f"Took in case {case.pk}." in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "status"), [({"docket": "family"}, 422), ({"docket": "non_detained_post_order"}, 409)]
)
def test_the_page_says_what_is_missing_or_refused(world, officer, client, sent, status):
    client.force_login(officer)
    day = {"on": world.today.isoformat()} if status == 409 else {}
    assert client.post(reverse("casework:intake"), sent | day).status_code == status
