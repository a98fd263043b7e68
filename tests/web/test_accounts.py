from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.timezone import localdate

from closeout.web.accounts.backend import Backend
from closeout.web.accounts.models import Role, User
from tests.conftest import PASSWORD

DAY = date(2026, 3, 4)


def test_an_account_shows_itself_by_its_staff_number(make_user):
    assert str(make_user(Role.READER, username="S-1042")) == "S-1042"


@pytest.mark.parametrize(
    ("until", "is_active", "is_current"),
    [
        (None, True, True),
        (DAY, True, True),  # the last day is still a day of access
        (DAY - timedelta(days=1), True, False),
        (None, False, False),
        (DAY, False, False),
    ],
)
def test_an_account_is_current_until_its_last_day_has_passed(until, is_active, is_current):
    user = User(username="S-1", role=Role.READER, is_active=is_active, active_until=until)
    assert user.is_current(DAY) is is_current


def test_a_staff_number_is_found_in_any_letter_case(make_user):
    officer = make_user(Role.OFFICER, username="S-1042a")
    assert User.objects.get_by_natural_key("s-1042A") == officer


@pytest.mark.parametrize("username", ["", "two words", "-S1", "S-1\n", "name@agency.gov", "Ünal"])
def test_a_staff_number_of_another_form_is_refused(make_user, username):
    with pytest.raises(ValidationError, match="username"):
        make_user(Role.READER, username=username)


def test_the_same_staff_number_in_another_letter_case_is_refused(make_user):
    make_user(Role.READER, username="S-1042a")
    with pytest.raises(ValidationError):
        make_user(Role.READER, username="s-1042A")


@pytest.mark.django_db
def test_the_database_refuses_a_role_that_is_not_in_the_table():
    with pytest.raises(IntegrityError, match="user_role_known"):
        User.objects.create(username="S-9", role="boss")


def test_an_account_without_a_password_cannot_sign_in(make_user):
    assert not make_user(Role.READER, password=None).has_usable_password()


def test_an_account_has_no_column_for_a_name_or_an_address():
    columns = {field.name for field in User._meta.get_fields()}
    assert columns.isdisjoint({"first_name", "last_name", "name", "email", "phone", "address", "photo"})


@pytest.mark.parametrize(
    ("fields", "may_enter"),
    [
        ({}, True),
        ({"is_active": False}, False),
        ({"active_until": date(2020, 1, 1)}, False),
    ],
)
def test_only_a_current_account_authenticates(make_user, rf, fields, may_enter):
    make_user(Role.READER, username="S-5", **fields)
    user = Backend().authenticate(rf.post("/"), username="S-5", password=PASSWORD)
    assert (user is not None) is may_enter


def test_an_account_that_ends_is_out_at_its_next_request(client, make_user):
    officer = make_user(Role.OFFICER)
    client.force_login(officer)
    assert client.get("/people/").status_code == 200

    officer.active_until = localdate() - timedelta(days=1)
    officer.save()
    assert client.get("/people/").status_code == 302


def test_nobody_is_no_user_to_the_backend(make_user):
    assert Backend().user_can_authenticate(None) is False
