import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from closeout.web.accounts.models import Role
from closeout.web.accounts.second_factor import SecondFactorAdapter
from closeout.web.audit.models import Event
from tests.conftest import PASSWORD


def code_now(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def reader(make_user, client):
    user = make_user(Role.READER, username="S-30")
    client.post(reverse("account_login"), {"login": "S-30", "password": PASSWORD})
    return user


@pytest.fixture
def secret(client, reader):
    """Set an app up and return its secret."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    html = client.get(reverse("mfa_activate_totp")).content.decode()
    found = re.search(r'Key: <span class="hash">(\w+)</span>', html)[1]
    response = client.post(reverse("mfa_activate_totp"), {"code": code_now(found)})
    assert response.url == reverse("mfa_view_recovery_codes")
    return found


def test_setting_an_app_up_asks_for_the_password_again(client, reader):
    response = client.get(reverse("mfa_activate_totp"))
    assert response.url.startswith(reverse("account_reauthenticate"))


def test_the_secret_is_kept_encrypted(secret):
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert SecondFactorAdapter().decrypt(kept) == secret


def test_the_picture_needs_no_inline_style(client, reader):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    html = client.get(reverse("mfa_activate_totp")).content.decode()
    assert "<svg" in html
    assert "style=" not in html
    assert "data:" not in html


def test_after_the_password_the_code_is_asked_for(client, secret, monkeypatch):
    client.post(reverse("account_logout"))
    response = client.post(reverse("account_login"), {"login": "S-30", "password": PASSWORD})
    assert response.url == reverse("mfa_authenticate")
    assert client.get("/people/").status_code == 302

    refused = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "Incorrect code" in refused.content.decode()
    # A code works once; the one used to set the app up is spent.
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert client.get("/people/").status_code == 200


@pytest.mark.django_db(transaction=True)  # allauth tells of it when the change is committed
def test_everything_about_a_second_factor_is_logged(client, secret):
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))
    events = [
        (event.action, event.after["type"]) for event in Event.objects.filter(action__startswith="second")
    ]
    assert ("second-factor.add", "totp") in events
    assert ("second-factor.replace", "recovery_codes") in events
    assert ("second-factor.remove", "totp") in events


def test_a_refused_code_is_logged(client, secret):
    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), {"login": "S-30", "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert Event.objects.filter(action="second-factor.refuse", actor="S-30").exists()


def test_the_page_of_a_protected_account_offers_codes_and_removal(client, secret):
    html = client.get(reverse("mfa_index")).content.decode()
    assert "Remove the app" in html
    assert "10 of your codes are unused" in html
