"""Every address of casework, by role and by office: who sees what, and who is told that there is nothing."""

from __future__ import annotations

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import GRANTS, Permission
from closeout.web.audit.models import Event
from closeout.web.casework import actions, models
from closeout.web.casework.actions import writing
from closeout.web.casework.acts import ACTS
from closeout.web.casework.queries.visible import visible_cases
from tests.web.casework.actions.world import HERE, THERE
from tests.web.casework.busy import make_busy

LEADS = (Role.SUPERVISOR, Role.DIRECTOR)
PLACES = {"own": HERE, "other": THERE, "none": ""}
WHO = [pytest.param(role, place, id=f"{role}-{place}") for role in Role.values for place in PLACES]
ODD_NUMBERS = (
    "C-NOWHERE",
    "c-000001",
    "C-000001 ",
    "C-000001\n",
    "C-0000\x0001",
    "' OR 1=1 --",
    "%",
    "_" * 8,
    "C-" + "0" * 400,
    "Ⅽ-000001",
)
ODD_KEYS = ("0", "-1", "x", "1 or 1=1", "٣", "9" * 20, "9" * 5000, "1\x00")
ODD_KEY_NAMES = ("none", "negative", "letter", "sql", "arabic", "long", "too-long", "nul")


@pytest.fixture(autouse=True)
def only_counted(monkeypatch):
    """Leave duties as they are: what is tried here is who may, not what follows."""
    monkeypatch.setattr(writing, "refresh", lambda *_case_no, **_today: None)


@pytest.fixture
def somebody(world):
    """Return a function that makes a person of a role at a place."""
    return lambda role, place: world.person(role, PLACES[place])


def sees_cases(role, place):
    """Say whether somebody sees the cases of the office HERE."""
    return role == Role.AUDITOR or (Permission.CASE_READ in GRANTS[role] and place == "own")


def case_code(role, place, permission, found=200):
    """Return what an address about a case answers: it never tells a foreign case from none."""
    if permission not in GRANTS[role]:
        return 403
    return found if sees_cases(role, place) else 404


def office_code(role, place):
    if Permission.OFFICE_READ not in GRANTS[role]:
        return 403
    return 403 if role in LEADS and place != "own" else 200


def plain_code(role, permission, found=200):
    return found if permission in GRANTS[role] else 403


def expected_gets(world, role, place):
    """Return each address that is read, and its code."""
    number = world.case.pk
    offices = 302 if role in LEADS and place != "none" else 200
    to_case = 302 if sees_cases(role, place) else 200
    return {
        reverse("casework:case-list"): plain_code(role, Permission.CASE_READ),
        reverse("casework:case-list") + f"?number={number}": plain_code(role, Permission.CASE_READ, to_case),
        reverse("casework:my-day"): plain_code(role, Permission.DAY_READ),
        reverse("casework:unit"): plain_code(role, Permission.UNIT_READ),
        reverse("casework:desk"): plain_code(role, Permission.CASE_WORK),
        reverse("casework:desk") + f"?case={number}": case_code(role, place, Permission.CASE_WORK),
        reverse("casework:duty-list"): plain_code(role, Permission.CASE_READ),
        reverse("casework:office-list"): plain_code(role, Permission.OFFICE_READ, offices),
        reverse("casework:office-detail", args=[HERE]): office_code(role, place),
        reverse("casework:integrity"): plain_code(role, Permission.INTEGRITY_READ),
        reverse("casework:integrity-rule", args=["open-case-without-lead"]): plain_code(
            role, Permission.INTEGRITY_READ
        ),
        reverse("casework:records"): plain_code(role, Permission.RECORDS_MANAGE),
        reverse("casework:case-detail", args=[number]): case_code(role, place, Permission.CASE_READ),
        reverse("casework:act", args=[number, "verify"]): case_code(role, place, Permission.CASE_WORK),
        reverse("casework:act", args=[number, "lead-assign"]): case_code(
            role, place, Permission.CASE_APPROVE
        ),
    }


@pytest.mark.parametrize(("role", "place"), WHO)
def test_each_role_at_each_office_reads_what_is_its_own(world, somebody, as_, role, place):
    wanted = expected_gets(world, role, place)
    client = as_(somebody(role, place))
    assert {address: client.get(address).status_code for address in wanted} == wanted


@pytest.mark.parametrize(("role", "place"), WHO)
def test_each_role_at_each_office_writes_what_is_its_own(world, somebody, as_, role, place):
    row = world.check_in()
    as_(world.officer).post(address(world.case, "desk-contact"), {"on": world.today, **CONTACT})
    step = Event.objects.get(action="desk.log")
    client = as_(somebody(role, place))

    undone = client.post(reverse("casework:undo", args=[step.seq]))
    sent = client.post(
        address(world.case, "check-in-outcome"),
        {"subject": row.pk, "outcome": "attended", "on": world.today},
    )

    assert undone.status_code == plain_code(role, Permission.CASE_WORK, 302)
    assert models.DeskContact.objects.exists(), "only whoever took a step takes it back"
    assert sent.status_code == case_code(role, place, Permission.CASE_WORK, 302)
    assert (world.fresh(row).outcome == "attended") == (sent.status_code == 302)


CONTACT = {"channel": "walk_in", "category": "question"}


def address(case, slug):
    return reverse("casework:act", args=[case.pk, slug])


@pytest.mark.parametrize(("role", "place"), WHO)
def test_the_query_gives_only_the_cases_of_the_own_office_and_those_it_is_asked_to_take(
    world, somebody, role, place
):
    here, there = world.case, world.make_case(office_id=THERE)
    asked, refused = world.make_case(), world.make_case()
    ask_for_transfer(world, asked)
    refuse(world, ask_for_transfer(world, refused))

    seen = set(visible_cases(somebody(role, place)).values_list("pk", flat=True))

    if role == Role.AUDITOR:
        assert seen == {here.pk, there.pk, asked.pk, refused.pk}
    elif Permission.CASE_READ not in GRANTS[role] or place == "none":
        assert seen == set()
    else:
        assert seen == ({here.pk, asked.pk, refused.pk} if place == "own" else {there.pk, asked.pk})


def ask_for_transfer(world, case):
    world.verified(case=case)
    return actions.request_transfer(by=world.officer, case_no=case.pk, to_office_id=THERE, reason="workload")


def refuse(world, row):
    return actions.reject_transfer(by=world.receiver, transfer_id=row.pk, reason="wrong_office")


def test_somebody_who_has_left_sees_no_case(world):
    world.officer.is_active = False
    world.officer.save()
    assert not visible_cases(world.officer).exists()


def test_the_receivers_of_an_asked_transfer_see_the_case_until_it_is_refused(world, as_):
    row = ask_for_transfer(world, world.case)
    page = reverse("casework:case-detail", args=[world.case.pk])
    receivers = [as_(world.person(role, THERE)) for role in (Role.OFFICER, Role.SUPERVISOR, Role.DIRECTOR)]
    assert [client.get(page).status_code for client in receivers] == [200, 200, 200]

    refuse(world, row)
    assert [client.get(page).status_code for client in receivers] == [404, 404, 404]


def test_the_receivers_of_an_asked_transfer_may_look_and_accept_but_record_nothing_else(world, as_):
    ask_for_transfer(world, world.case)
    row = world.check_in()
    colleague = as_(world.person(Role.OFFICER, THERE))
    sent = colleague.post(
        address(world.case, "check-in-outcome"), {"subject": row.pk, "outcome": "attended", "on": world.today}
    )
    assert sent.status_code == 409
    assert "no such case at your office" in sent.content.decode()
    assert world.fresh(row).outcome is None


def test_whoever_gave_a_case_away_sees_it_no_longer(world, as_):
    ask_for_transfer(world, world.case)
    accepted = as_(world.receiver).post(address(world.case, "transfer-accept"), {"on": world.today})
    assert accepted.status_code == 302
    page = reverse("casework:case-detail", args=[world.case.pk])
    assert as_(world.officer).get(page).status_code == 404
    assert as_(world.receiver).get(page).status_code == 200


@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_a_case_number_that_is_none_is_not_there(world, as_, number):
    client = as_(world.officer)
    assert client.get(reverse("casework:case-list"), {"number": number}).status_code == 200
    assert client.get(reverse("casework:case-list"), {"after": number}).status_code in (200, 404)
    assert client.get(reverse("casework:desk"), {"case": number}).status_code in (200, 404)
    if "/" not in number:
        assert client.get(reverse("casework:case-detail", args=[number])).status_code == 404
        assert client.get(reverse("casework:act", args=[number, "verify"])).status_code == 404


@pytest.mark.parametrize("key", ODD_KEYS, ids=ODD_KEY_NAMES)
def test_a_key_that_is_none_is_not_there(world, as_, key):
    world.check_in()
    client = as_(world.officer)
    path = address(world.case, "check-in-outcome")
    assert client.get(path, {"subject": key}).status_code == 404
    assert client.post(path, {"subject": key, "outcome": "attended"}).status_code == 404


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(after=st.text(max_size=40) | st.from_regex(r"\d{4}-\d\d-\d\d~[a-z-]+~\d+", fullmatch=True))
def test_a_made_up_place_in_the_list_of_duties_is_there_or_not_but_never_an_error(world, as_, after):
    page = as_(world.officer).get(reverse("casework:duty-list"), {"after": after})
    assert page.status_code in (200, 404)


@pytest.mark.parametrize("office", ["NOWHERE", "BOS ", "bos", "B\x00S", "' OR 1=1 --"])
def test_an_office_that_is_none_is_not_there(world, as_, office):
    assert (
        as_(world.person(Role.PLANNER)).get(reverse("casework:office-detail", args=[office])).status_code
        == 404
    )


@pytest.mark.parametrize("slug", sorted(slug for slug, act in ACTS.items() if act.subjects is not None))
def test_no_act_reaches_a_row_of_another_office_through_a_case_of_ones_own(world, as_, slug):
    make_busy(world)
    models.Transfer.objects.all().delete()
    act = ACTS[slug]
    approves = act.permission is Permission.CASE_APPROVE
    reader = world.receiver if approves else world.person(Role.OFFICER, THERE)
    own = world.make_case(office_id=THERE)
    relations = {row.table: row for row in rows_of(world.case)}
    assert relations, "the busy case has rows"
    client = as_(reader)
    before = Event.objects.count()
    for row in relations.values():
        for case, wanted in ((own, 404), (world.case, 404)):
            sent = client.post(address(case, slug), {"subject": row.pk, "on": world.today})
            assert sent.status_code == wanted
    assert Event.objects.count() == before


def rows_of(case):
    """Return every row that is about a case."""
    for relation in case._meta.related_objects:
        yield from getattr(case, relation.get_accessor_name()).all()


def test_lists_hold_no_row_of_another_office(world, as_):
    theirs = world.make_case(office_id=THERE)
    owe(world, theirs, THERE, "")
    owe(world, world.case, HERE, world.officer.username)
    models.Finding.objects.create(
        rule="open-case-without-lead",
        subject_table="cases",
        subject=theirs.pk,
        case_no=theirs.pk,
        office_id=THERE,
        since_on=world.today,
        found_on=world.today,
    )
    pages = ("case-list", "duty-list", "my-day", "unit", "desk", "integrity")
    addresses = [reverse(f"casework:{name}") for name in pages]
    addresses.append(reverse("casework:integrity-rule", args=["open-case-without-lead"]))
    for role in (Role.OFFICER, Role.SUPERVISOR, Role.DIRECTOR):
        client = as_(world.person(role))
        for one in addresses:
            assert theirs.pk not in client.get(one).content.decode(), f"{role} at {one}"


def owe(world, case, office, officer_no):
    return models.Duty.objects.create(
        duty="file-review",
        subject_table="cases",
        subject=case.pk,
        sequence=1,
        case_no=case.pk,
        office_id=office,
        officer_no=officer_no,
        opened_on=world.day(-30),
        opens_on=world.today,
        due_on=world.today,
        last_day=world.today,
        overdue_from=world.day(1),
        state="due",
        days_held=0,
        is_missed=False,
        is_open=True,
        computed_on=world.today,
    )
