from http import HTTPStatus

import pytest
from django.conf import settings
from django.urls import reverse

from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from tests.conftest import PASSWORD

URL = reverse("account_login")
CHANGE = reverse("account_change_password")
WRONG = "not this one"
BETTER = "a quiet river in winter"


@pytest.fixture
def reader(make_user):
    return make_user(Role.READER, username="S-20")


def sign_in(client, username="S-20", password=PASSWORD, **query):
    return client.post(URL, {"login": username, "password": password}, query_params=query)


def actions():
    return [event.action for event in Event.objects.order_by("seq")]


def test_the_right_password_signs_in_and_is_logged(client, reader):
    response = sign_in(client)
    assert response.url == settings.LOGIN_REDIRECT_URL
    assert [(event.action, event.actor) for event in Event.objects.all()] == [("session.begin", "S-20")]


def test_a_wrong_password_does_not_sign_in_and_is_logged_by_the_number_tried(client, reader):
    response = sign_in(client, password=WRONG)
    assert response.status_code == HTTPStatus.OK
    assert "not correct" in response.content.decode()
    event = Event.objects.get()
    assert (event.action, event.actor, event.object_id) == ("session.refuse", "S-20", "")


def test_an_unknown_number_gets_the_same_answer_as_a_wrong_password(client, reader):
    wrong = sign_in(client, password=WRONG).context["form"].errors
    unknown = sign_in(client, username="S-99").context["form"].errors
    assert wrong == unknown


def test_after_five_failures_even_the_right_password_waits(client, reader):
    for _ in range(5):
        sign_in(client, password=WRONG)
    response = sign_in(client)
    assert "Too many failed login attempts" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_lockout_of_one_account_leaves_the_others_alone(client, reader, make_user):
    make_user(Role.READER, username="S-21")
    for _ in range(5):
        sign_in(client, password=WRONG)
    assert sign_in(client, username="S-21").status_code == HTTPStatus.FOUND


def test_a_deactivated_account_is_sent_to_a_page_that_says_so(client, make_user):
    make_user(Role.READER, username="S-22", is_active=False)
    response = sign_in(client, username="S-22")
    assert response.url == reverse("account_inactive")


def test_signing_in_leads_on_to_the_page_asked_for_but_never_to_another_site(client, reader):
    assert sign_in(client, next="/people/").url == "/people/"
    client.logout()
    assert sign_in(client, next="https://elsewhere.example/").url == settings.LOGIN_REDIRECT_URL


def test_signing_out_is_logged(client, reader):
    sign_in(client)
    client.post(reverse("account_logout"))
    assert actions() == ["session.begin", "session.end"]
    assert client.get("/people/").status_code == HTTPStatus.FOUND


def test_there_is_no_way_to_make_an_account(client, reader):
    for path in ("/account/signup/", "/accounts/signup/", "/account/password/reset/", "/account/email/"):
        assert client.get(path).status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.FOUND}
    assert "sign up" not in client.get(URL).content.decode().lower()


def test_a_session_ends_after_twelve_hours_however_busy(client, reader, monkeypatch):
    sign_in(client)
    start = 1_800_000_000
    session = client.session
    session["began_at"] = start
    session.save()
    monkeypatch.setattr("closeout.web.middleware.time.time", lambda: start + settings.SESSION_LONGEST_SECONDS)
    assert client.get("/people/").status_code == HTTPStatus.OK
    monkeypatch.setattr(
        "closeout.web.middleware.time.time", lambda: start + settings.SESSION_LONGEST_SECONDS + 1
    )
    assert client.get("/people/").status_code == HTTPStatus.FOUND


def test_a_session_is_noted_as_in_use_at_most_once_a_minute(client, reader, monkeypatch):
    sign_in(client)
    seen = []
    for now in (1_000, 1_030, 1_061):
        monkeypatch.setattr("closeout.web.middleware.time.time", lambda now=now: now)
        session = client.session
        session.setdefault("began_at", 1_000)
        session.save()
        client.get("/people/")
        seen.append(client.session["seen_at"])
    assert seen == [1_000, 1_000, 1_061]


def test_a_page_that_asks_by_itself_does_not_keep_the_session_alive(client, reader, monkeypatch):
    sign_in(client)
    client.get("/people/")
    seen = client.session["seen_at"]
    monkeypatch.setattr("closeout.web.middleware.time.time", lambda: seen + 600)
    client.get("/people/", headers={"X-Poll": "1"})
    assert client.session["seen_at"] == seen


def test_the_idle_limit_is_half_an_hour():
    assert settings.SESSION_COOKIE_AGE == 1800


def test_a_borrowed_password_has_to_be_changed_before_anything_else(client, make_user):
    make_user(Role.READER, username="S-23", must_change_password=True)
    sign_in(client, username="S-23")
    assert client.get("/people/").url == CHANGE
    assert client.get(CHANGE).status_code == HTTPStatus.OK

    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": BETTER, "password2": BETTER})

    assert client.get("/people/").status_code == HTTPStatus.OK
    assert actions() == ["session.begin", "account.password"]


@pytest.mark.parametrize("weak", ["short", "123456789012345", "password123456", "S-20"])
def test_a_weak_password_is_refused(client, reader, weak):
    sign_in(client)
    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    reader.refresh_from_db()
    assert reader.check_password(PASSWORD)


def test_changing_the_password_ends_the_other_sessions(client, reader):
    other = client.__class__()
    other.force_login(reader)
    sign_in(client)
    client.post(CHANGE, {"oldpassword": PASSWORD, "password1": BETTER, "password2": BETTER})
    assert other.get("/people/").status_code == HTTPStatus.FOUND
