import pytest
from django.urls import reverse

from closeout.web.accounts.models import Role, User
from closeout.web.audit.models import Event

LIST = reverse("people:person-list")
NEW = reverse("people:person-create")
ACCOUNT = {"username": "S-40", "role": Role.PLANNER, "office": "HQ", "active_until": "2027-01-31"}


def page_of(client, url):
    return client.get(url).content.decode()


def test_everybody_sees_what_each_role_may_do(client_for):
    html = page_of(client_for(Role.OFFICER), LIST)
    assert "Approve somebody else&#x27;s closure request" in html
    assert "Approving official" in html


def test_a_reader_sees_no_accounts(client_for, make_user):
    make_user(Role.PLANNER, username="S-77")
    assert "S-77" not in page_of(client_for(Role.READER), LIST)


def test_an_auditor_sees_the_accounts_but_cannot_open_them(client_for, make_user):
    person = make_user(Role.PLANNER, username="S-77")
    html = page_of(client_for(Role.AUDITOR), LIST)
    assert "S-77" in html
    assert reverse("people:person-detail", args=[person.pk]) not in html
    assert NEW not in html


def test_the_list_says_who_may_no_longer_sign_in(administrator_client, make_user):
    make_user(Role.READER, is_active=False)
    make_user(Role.READER, active_until="2020-01-01")
    html = page_of(administrator_client, LIST)
    assert "Deactivated" in html
    assert "Ended" in html


@pytest.mark.parametrize("people", [1, 30])
def test_the_number_of_queries_does_not_grow_with_people(
    administrator_client, make_user, django_assert_max_num_queries, people
):
    for _ in range(people):
        make_user(Role.READER, password=None)
    administrator_client.get(LIST)  # the first request of a session also writes that it is in use
    with django_assert_max_num_queries(4):
        administrator_client.get(LIST)


def test_a_new_account_shows_its_first_password_once(administrator_client):
    response = administrator_client.post(NEW, ACCOUNT)
    person = User.objects.get(username="S-40")
    password = response.context["password"]
    assert person.check_password(password)
    assert password in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert password not in page_of(administrator_client, reverse("people:person-detail", args=[person.pk]))


def test_a_taken_staff_number_is_refused_with_a_message(administrator_client):
    html = administrator_client.post(NEW, ACCOUNT | {"username": "ADMIN"}).content.decode()
    assert "already an account" in html
    assert User.objects.count() == 1


def test_a_change_of_role_is_saved_with_its_reason(administrator_client, make_user):
    person = make_user(Role.READER)
    url = reverse("people:person-detail", args=[person.pk])
    response = administrator_client.post(url, {"role": Role.AUDITOR, "reason": "Joins the inspection."})
    person.refresh_from_db()
    assert response.status_code == 302
    assert person.role == Role.AUDITOR
    assert Event.objects.get().reason == "Joins the inspection."


def test_a_reason_that_identifies_a_person_is_refused(administrator_client, make_user):
    person = make_user(Role.READER)
    url = reverse("people:person-detail", args=[person.pk])
    html = administrator_client.post(
        url, {"role": Role.AUDITOR, "reason": "Ask at 202-555-0143."}
    ).content.decode()
    person.refresh_from_db()
    assert person.role == Role.READER
    assert "a telephone number" in html


def test_access_is_taken_and_given_back_by_the_same_button(administrator_client, make_user):
    person = make_user(Role.READER)
    url = reverse("people:person-access", args=[person.pk])
    administrator_client.post(url, {"access-reason": "Left."})
    person.refresh_from_db()
    assert not person.is_active
    administrator_client.post(url, {"access-reason": "Back."})
    person.refresh_from_db()
    assert person.is_active


def test_access_is_not_changed_without_a_reason(administrator_client, make_user):
    person = make_user(Role.READER)
    url = reverse("people:person-access", args=[person.pk])
    html = administrator_client.post(url, {"access-reason": ""}, follow=True).content.decode()
    person.refresh_from_db()
    assert person.is_active
    assert "Nothing was changed" in html


def test_a_password_page_shows_the_new_password(administrator_client, make_user):
    person = make_user(Role.READER)
    response = administrator_client.post(reverse("people:person-password", args=[person.pk]))
    person.refresh_from_db()
    assert person.check_password(response.context["password"])


@pytest.mark.parametrize("name", ["person-access", "person-password"])
def test_an_administrator_is_told_that_the_own_account_is_not_theirs_to_change(
    administrator_client, administrator, name
):
    url = reverse(f"people:{name}", args=[administrator.pk])
    html = administrator_client.post(url, {"access-reason": "Holiday."}, follow=True).content.decode()
    assert "Another administrator has to change it" in html
    administrator.refresh_from_db()
    assert administrator.is_active


def test_the_own_account_has_no_form(administrator_client, administrator):
    url = reverse("people:person-detail", args=[administrator.pk])
    html = page_of(administrator_client, url)
    assert "Another administrator" in html
    assert 'name="role"' not in html
    administrator_client.post(url, {"role": Role.READER, "reason": "Less."})
    administrator.refresh_from_db()
    assert administrator.role == Role.ADMINISTRATOR
