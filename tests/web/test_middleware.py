import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path

from closeout.web.accounts.models import Role
from closeout.web.middleware import current_request_id


def api_view(_request):
    return HttpResponse("answered")


urlpatterns = [path("api/thing/", api_view), path("thing/", api_view)]


def directives(response):
    policy = response.headers["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))


def test_the_content_security_policy_lets_nothing_in_from_elsewhere(client):
    policy = directives(client.get("/about/"))
    assert policy["default-src"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "font-src", "img-src", "connect-src")} == {
        "'self'"
    }
    assert policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"


@pytest.mark.parametrize("path", ["/about/", "/account/sign-in/", "/nowhere/"])
def test_no_page_carries_inline_script_or_style(client, path):
    html = client.get(path).content.decode()
    assert "<style" not in html
    assert "style=" not in html
    assert "onclick" not in html
    assert html.count("<script") == html.count("<script src=")


def test_the_headers_that_harden_a_page_are_there(client):
    headers = client.get("/about/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_htmx_is_told_to_write_no_styles_and_evaluate_nothing(client):
    html = client.get("/about/").content.decode()
    assert '"includeIndicatorStyles": false' in html
    assert '"allowEval": false' in html


@pytest.mark.parametrize(
    ("given", "kept"),
    [("proxy-0123456789", True), ("short", False), ("a" * 65, False), ("bad id with spaces", False)],
)
def test_a_well_formed_id_of_a_proxy_is_kept_and_any_other_replaced(client, given, kept):
    answered = client.get("/about/", headers={"X-Request-ID": given}).headers["X-Request-ID"]
    assert (answered == given) is kept
    assert len(answered) >= 8


def test_the_id_does_not_outlive_the_request(client):
    client.get("/about/")
    assert current_request_id.get() == ""


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.django_db
def test_the_api_answers_for_itself_while_pages_ask_for_sign_in(client, monkeypatch):
    monkeypatch.setattr(settings, "LOGIN_URL", "/sign-in/")
    assert client.get("/api/thing/").content == b"answered"
    assert client.get("/thing/").status_code == 302


def test_a_form_without_its_token_is_refused_with_a_page(make_user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(Role.READER))
    response = client.post("/account/sign-out/")
    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()
