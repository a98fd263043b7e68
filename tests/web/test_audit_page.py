from datetime import UTC, datetime
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.urls import reverse

from closeout.web.accounts.models import Role
from closeout.web.audit.actions import record
from closeout.web.audit.models import Change, Event
from tests.conftest import tampering

URL = reverse("audit:event-list")


@pytest.fixture
def auditor(client_for):
    return client_for(Role.AUDITOR)


def write(action="thing.change", *, by="S-1", at=None, **fields):
    moment = at or datetime(2026, 3, 4, 17, tzinfo=UTC)
    with transaction.atomic(), patch("closeout.web.audit.actions.timezone.now", return_value=moment):
        return record(by=by, action=action, **fields)


def shown(client, **query):
    return [event.seq for event in client.get(URL, query).context["page"]]


def test_the_page_says_that_the_chain_is_whole(auditor):
    write(before={"state": "open"}, after={"state": "closed"}, reason="Every need is covered.")
    html = auditor.get(URL).content.decode()
    assert "The chain is whole" in html
    assert "open → closed" in html
    assert "Every need is covered." in html


def test_the_page_says_where_the_chain_is_broken(auditor):
    write()
    write()
    with tampering(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET reason = 'another' WHERE seq = 2")
    html = auditor.get(URL).content.decode()
    assert "The chain is broken" in html
    assert "Event 2 was changed" in html


def test_a_long_log_is_checked_at_its_end_and_the_page_says_so(auditor, monkeypatch):
    monkeypatch.setattr("closeout.web.audit.views.CHECKED", 2)
    for _ in range(3):
        write()
    html = auditor.get(URL).content.decode()
    assert "3 events" in html
    assert "The chain of the last 2 is whole" in html


def test_an_htmx_request_gets_the_table_alone(auditor):
    write()
    html = auditor.get(URL, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    assert "thing.change" in html


def test_events_are_found_by_who_what_object_and_day(auditor, make_user):
    person = make_user(Role.READER)
    write("account.create", by="S-1", target=person)
    write("account.update", by="S-2", target=person, at=datetime(2026, 3, 5, 12, tzinfo=UTC))
    write("closure.request", by="S-2", at=datetime(2026, 3, 6, 12, tzinfo=UTC))
    assert shown(auditor) == [3, 2, 1]
    assert shown(auditor, actor="s-2") == [3, 2]
    assert shown(auditor, action="account") == [2, 1]
    assert shown(auditor, object=str(person.pk)) == [2, 1]
    assert shown(auditor, first="2026-03-05", last="2026-03-05") == [2]


def test_a_day_is_the_offices_day_and_not_utcs(auditor):
    # 03:00 UTC on the 5th is still the evening of the 4th in New York.
    write(at=datetime(2026, 3, 5, 3, tzinfo=UTC))
    assert shown(auditor, last="2026-03-04") == [1]


def test_a_filter_that_cannot_be_read_shows_nothing_and_says_why(auditor):
    write()
    response = auditor.get(URL, {"first": "yesterday"})
    assert list(response.context["page"]) == []
    assert "Enter a valid date" in response.content.decode()


@pytest.mark.parametrize("events", [1, 40])
def test_the_number_of_queries_does_not_grow_with_events(auditor, django_assert_max_num_queries, events):
    for _ in range(events):
        write()
    auditor.get(URL)  # the first request of a session also writes that it is in use
    with django_assert_max_num_queries(8):
        auditor.get(URL)


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (None, None, []),
        ({"role": "reader"}, {"role": "approver"}, [Change("role", "reader → approver")]),
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, [Change("b", "2 → 3")]),
        (None, {"is_active": True, "office": ""}, [Change("is active", "yes")]),
        ({"until": None}, {"until": "2027-01-31"}, [Change("until", "none → 2027-01-31")]),
        (None, ["a", "b"], [Change("value", "a, b")]),
        ("open", "closed", [Change("value", "open → closed")]),
    ],
)
def test_changes_are_told_in_words(before, after, changes):
    assert Event(before=before, after=after).changes == changes
