from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from closeout.web.accounts.models import Role, User
from closeout.web.audit.models import Event
from closeout.web.people import actions
from closeout.web.people.actions import Access, OwnAccountError
from tests.conftest import PASSWORD

END = date(2027, 1, 31)
OTHERS = [role for role in Role.values if role != Role.ADMINISTRATOR]
FIRST = "first-password-given"


def only_event():
    return Event.objects.get()


def test_an_account_is_created_with_its_access_and_one_event(administrator):
    user = actions.create_account(
        by=administrator, username="S-7", access=Access(Role.PLANNER, "HQ", END), password=FIRST
    )

    user.refresh_from_db()
    assert (user.role, user.office, user.active_until) == (Role.PLANNER, "HQ", END)
    assert user.check_password(FIRST)
    assert user.must_change_password
    event = only_event()
    assert (event.actor, event.action, event.object_id) == ("admin", "account.create", str(user.pk))
    assert event.after == {"role": "planner", "office": "HQ", "active_until": "2027-01-31", "is_active": True}


@pytest.mark.django_db
def test_the_first_account_is_created_by_the_system_and_keeps_its_password():
    user = actions.create_account(by=None, username="S-1", access=Access(Role.ADMINISTRATOR), password=FIRST)
    assert not user.must_change_password
    assert only_event().actor == "system"


def test_an_event_never_holds_a_password(administrator, make_user):
    person = make_user(Role.READER)
    actions.create_account(by=administrator, username="S-8", access=Access(Role.READER), password=FIRST)
    actions.reset_password(by=administrator, user_id=person.pk, password=FIRST)
    told = [f"{event.before} {event.after} {event.reason}" for event in Event.objects.all()]
    assert len(told) == 2
    assert not any(FIRST in words for words in told)


def test_an_account_that_cannot_be_made_leaves_no_event(administrator):
    with pytest.raises(ValidationError):
        actions.create_account(by=administrator, username="admin", access=Access(Role.READER), password=FIRST)
    assert not Event.objects.exists()


def test_a_change_of_access_tells_before_after_and_why(administrator, make_user):
    person = make_user(Role.READER, office="HQ")

    actions.change_access(
        by=administrator, user_id=person.pk, access=Access(Role.APPROVER, "North", END), reason="New post."
    )

    person.refresh_from_db()
    assert (person.role, person.office, person.active_until) == (Role.APPROVER, "North", END)
    event = only_event()
    assert (event.action, event.reason) == ("account.update", "New post.")
    assert (event.before["role"], event.after["role"]) == ("reader", "approver")


def test_a_role_that_does_not_exist_is_refused(administrator, make_user):
    person = make_user(Role.READER)
    with pytest.raises(ValidationError):
        actions.change_access(by=administrator, user_id=person.pk, access=Access("boss"), reason="")
    assert not Event.objects.exists()


def test_deactivating_and_reactivating_write_one_event_each(administrator, make_user):
    person = make_user(Role.READER)

    actions.deactivate(by=administrator, user_id=person.pk, reason="Left.")
    person.refresh_from_db()
    assert not person.is_active

    actions.reactivate(by=administrator, user_id=person.pk, reason="Came back.")
    person.refresh_from_db()
    assert person.is_active
    assert [event.action for event in Event.objects.order_by("seq")] == [
        "account.deactivate",
        "account.reactivate",
    ]


def test_a_deactivated_person_is_signed_out_at_once(administrator, make_user, client):
    person = make_user(Role.AUDITOR)
    client.force_login(person)
    actions.deactivate(by=administrator, user_id=person.pk, reason="Left.")
    assert client.get("/people/").status_code == 302


def test_a_new_password_ends_the_sessions_and_has_to_be_changed(administrator, make_user, client):
    person = make_user(Role.READER)
    client.force_login(person)

    actions.reset_password(by=administrator, user_id=person.pk, password=FIRST)

    person.refresh_from_db()
    assert person.check_password(FIRST)
    assert not person.check_password(PASSWORD)
    assert person.must_change_password
    assert client.get("/people/").status_code == 302
    assert only_event().action == "account.password-reset"


ACTS = {
    "change": lambda by, pk: actions.change_access(by=by, user_id=pk, access=Access(Role.READER), reason=""),
    "deactivate": lambda by, pk: actions.deactivate(by=by, user_id=pk, reason=""),
    "reactivate": lambda by, pk: actions.reactivate(by=by, user_id=pk, reason=""),
    "password": lambda by, pk: actions.reset_password(by=by, user_id=pk, password=FIRST),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_nobody_changes_their_own_account(administrator, act):
    with pytest.raises(OwnAccountError):
        act(administrator, administrator.pk)
    assert not Event.objects.exists()


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_only_the_administrator_changes_accounts(make_user, act, role):
    person = make_user(Role.READER)
    with pytest.raises(PermissionDenied):
        act(make_user(role), person.pk)
    assert not Event.objects.exists()


@pytest.mark.parametrize("role", OTHERS)
def test_only_the_administrator_creates_accounts(make_user, role):
    with pytest.raises(PermissionDenied):
        actions.create_account(
            by=make_user(role), username="S-9", access=Access(Role.ADMINISTRATOR), password=FIRST
        )
    assert not User.objects.filter(username="S-9").exists()


def test_passwords_to_hand_over_are_long_and_never_the_same():
    passwords = {actions.new_password() for _ in range(50)}
    assert len(passwords) == 50
    assert all(len(password) >= 16 for password in passwords)
