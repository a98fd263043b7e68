import pytest
from django.test import Client, override_settings
from django.urls import NoReverseMatch, path, reverse

from closeout.project.urls import urlpatterns as project_patterns
from closeout.web import navigation
from closeout.web.accounts.models import Role
from closeout.web.accounts.permissions import Permission
from closeout.web.context import site
from closeout.web.navigation import Place, links_for, places_for


def broken(_request):
    msg = "on purpose"
    raise RuntimeError(msg)


urlpatterns = [*project_patterns, path("broken/", broken)]


@pytest.fixture
def places(monkeypatch):
    """Start from no places at all."""
    monkeypatch.setattr(navigation, "_PLACES", set())
    monkeypatch.setattr(navigation, "_HOMES", {})
    navigation.register(Place(20, "Audit", "audit:event-list", Permission.AUDIT_READ))
    navigation.register(Place(10, "People", "people:person-list", Permission.ACCOUNT_MANAGE))
    navigation.register(Place(30, "Jobs", "jobs:job-list", Permission.JOB_READ, is_minor=True))


def test_places_come_in_their_order_and_only_those_the_role_may_open(places, make_user):
    assert [place.label for place in places_for(make_user(Role.ADMINISTRATOR))] == ["People", "Audit", "Jobs"]
    assert [place.label for place in places_for(make_user(Role.AUDITOR))] == ["Audit"]
    assert places_for(make_user(Role.READER)) == []


def test_the_place_one_is_in_is_marked(places, make_user):
    links = links_for(make_user(Role.ADMINISTRATOR), "/audit/", minor=False)
    assert [(link.label, link.is_current) for link in links] == [("People", False), ("Audit", True)]


def test_minor_places_stand_apart(places, make_user):
    links = links_for(make_user(Role.ADMINISTRATOR), "/", minor=True)
    assert [(link.label, link.href) for link in links] == [("Jobs", "/jobs/")]


def test_registering_a_place_twice_is_the_same_as_once(places):
    navigation.register(Place(20, "Audit", "audit:event-list", Permission.AUDIT_READ))
    assert len(navigation._PLACES) == 3


def test_the_first_screen_is_the_roles_first_place(places, client_for):
    assert client_for(Role.ADMINISTRATOR).get("/").url == "/people/"
    assert client_for(Role.AUDITOR).get("/").url == "/audit/"


def test_a_role_may_start_elsewhere_than_on_its_first_place(places, client_for):
    navigation.register_home(Role.ADMINISTRATOR, "audit:event-list")
    assert client_for(Role.ADMINISTRATOR).get("/").url == "/audit/"


def test_a_place_is_left_out_for_those_who_reach_it_from_another(places, make_user):
    navigation.register(
        Place(1, "Log", "audit:event-list", Permission.AUDIT_READ, unless=Permission.ACCOUNT_MANAGE)
    )
    assert [place.label for place in places_for(make_user(Role.AUDITOR))] == ["Log", "Audit"]
    assert "Log" not in [place.label for place in places_for(make_user(Role.ADMINISTRATOR))]


def test_a_role_without_a_place_is_told_so(places, client_for):
    html = client_for(Role.READER).get("/").content.decode()
    assert "Nothing is set up for your role yet" in html


def test_the_row_of_places_is_never_longer_than_six(make_user):
    for role in Role.values:
        assert len(links_for(make_user(role), "/", minor=False)) <= 6


def test_about_is_open_to_everybody_and_names_the_time_zone(client):
    assert "America/New_York" in client.get(reverse("home:about")).content.decode()


def test_a_page_that_does_not_exist_says_so_and_gives_an_id_to_quote(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert response.headers["X-Request-ID"] in response.content.decode()


def test_a_refused_page_leads_to_who_may_do_what(client_for):
    response = client_for(Role.READER).get("/audit/")
    assert response.status_code == 403
    assert reverse("people:person-list") in response.content.decode()


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.django_db
def test_a_failure_shows_a_page_and_tells_nothing_of_the_inside(make_user):
    client = Client(raise_request_exception=False)
    client.force_login(make_user(Role.READER))
    response = client.get("/broken/")
    assert response.status_code == 500
    html = response.content.decode()
    assert "Something went wrong on our side" in html
    assert "on purpose" not in html


def test_a_page_rendered_before_anybody_is_known_still_has_version_and_day(rf):
    told = site(rf.get("/"))
    assert set(told) == {"version", "today"}


def test_without_recommendations_there_is_no_search_box(rf, make_user, monkeypatch):
    def nowhere(_name):
        raise NoReverseMatch

    request = rf.get("/")
    request.user = make_user(Role.READER)
    monkeypatch.setattr("closeout.web.context.links_for", lambda *_args, **_options: [])
    monkeypatch.setattr("closeout.web.context.reverse", nowhere)
    assert site(request)["search_url"] == ""
    assert site(request)["may"]["recommendation_read"] is True
