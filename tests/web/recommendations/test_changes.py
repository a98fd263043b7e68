from datetime import timedelta

import pytest
from django.urls import reverse

from closeout.web.accounts.models import Role
from closeout.web.recommendations.models import CaptureEvent
from closeout.web.recommendations.queries.changes import change_of, changes_of
from tests.web.factories import NOON, make_capture, make_recommendation

pytestmark = pytest.mark.django_db


@pytest.fixture
def make_event():
    older = make_capture("Before. " * 20)
    newer = make_capture("After. " * 20, document=older.document, got_at=NOON + timedelta(days=30))

    def make(kind, **detail):
        return CaptureEvent.objects.create(
            older=older, newer=newer, recommendation=make_recommendation(), kind=kind, detail=detail, at=NOON
        )

    return make


@pytest.mark.parametrize(
    ("kind", "detail", "words"),
    [
        (
            "status-changed",
            {"before": "resolved-open", "after": "closed-implemented"},
            "Open, resolved became Closed, implemented",
        ),
        ("promise-moved", {"before": "2025-06-30", "after": "2026-12"}, "2025-06-30 became 2026-12"),
        ("promise-added", {"after": "2027-03"}, "2027-03"),
        ("position-changed", {"before": "concur"}, "no longer: Concurs"),
        ("narrative-grew", {"sentences": ["One.", "Two."]}, "One. Two."),
        ("added", {}, ""),
    ],
)
def test_each_kind_of_difference_has_words(make_event, kind, detail, words):
    assert change_of(make_event(kind, **detail)).words == words


def test_a_difference_leads_to_its_words_in_the_newer_capture(make_event):
    event = make_event("status-changed", before="resolved-open", after="closed-implemented", span=[7, 13])
    place = change_of(event).place
    assert (place.capture, place.start, place.end) == (event.newer_id, 7, 13)


def test_the_document_page_lists_what_changed(make_event, client_for):
    event = make_event("gone")
    url = reverse("recommendations:document-detail", args=[event.newer.document_id])
    html = client_for(Role.READER).get(url).content.decode()
    assert [change.kind for change in changes_of(event.newer.document)] == ["Gone"]
    assert event.recommendation.label in html
