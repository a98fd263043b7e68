"""Captures of one document over time: what changed is an event, and nothing is ever closed by it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closeout.reading.model import AuditorStatus
from closeout.web.recommendations.models import Capture, CaptureEvent, Recommendation
from tests.reading.factories import make_promise, make_record
from tests.web.recommendations.arrivals import FIRST, LATER, contents, reading_of, take_in

LAMPS = "The Director should trim the lamps of every lighthouse each evening."
KEYS = "The Director should count the keys of the harbor office each week."
BUOYS = "The Secretary should paint every buoy before the spring tide comes in."
TEXTS = {"1": LAMPS, "2": KEYS, "3": BUOYS}
OPEN = {"status": AuditorStatus.OPEN_UNKNOWN, "status_printed": "Open"}
CLOSED = {"status": AuditorStatus.CLOSED_IMPLEMENTED, "status_printed": "Closed – Implemented"}


def page(*numbers, text="", complete=True, declared=None, status=None, **fields):
    records = [make_record(TEXTS[number], number=number, **(status or OPEN), **fields) for number in numbers]
    declared = len(numbers) if declared is None else declared
    return reading_of(
        *records,
        path="page.html",
        text=text or f"{numbers} {complete} {declared} {status}" * 30,
        title="Lamps Go Out",
        declared_total=declared,
        complete=complete,
    )


def kinds():
    return sorted(CaptureEvent.objects.values_list("kind", flat=True))


def test_the_first_capture_has_nothing_to_differ_from(store):
    take_in(page("1", "2"))
    assert kinds() == []


def test_a_recommendation_gone_from_a_complete_page_is_missing_and_stays_open(store):
    take_in(page("1", "2"))
    take_in(page("1"), at=LATER)
    assert kinds() == ["missing"]
    event = CaptureEvent.objects.get()
    assert event.recommendation.number == "2"
    assert event.recommendation.is_open
    assert not event.recommendation.is_retired


def test_nothing_is_missing_from_a_page_that_does_not_show_everything(store):
    take_in(page("1", "2"))
    take_in(page("1", declared=9, complete=False), at=LATER)
    assert kinds() == []
    assert Recommendation.objects.filter(is_open=True).count() == 2


def test_added_status_and_promise_changes_are_events_with_their_span(store):
    take_in(page("1"))
    promised = page("1", "2", text="anew" * 300, promises=(make_promise("2026-12-31"),))
    take_in(promised, at=LATER)
    assert kinds() == ["added", "promise-added"]
    added = CaptureEvent.objects.get(kind="promise-added")
    assert added.detail["after"] == "2026-12-31"
    assert added.detail["span"] == [500, 520]
    assert (added.older.got_at, added.newer.got_at) == (FIRST, LATER)


def test_a_new_printed_status_on_a_page_without_a_date_counts_from_its_capture(store):
    take_in(page("1"))
    take_in(page("1", status=CLOSED), at=LATER)
    assert kinds() == ["status-changed"]
    rec = Recommendation.objects.get()
    assert (rec.auditor_status, rec.auditor_status_as_of_edtf) == ("closed-implemented", "2026-03-05")


def test_a_page_that_opens_again_is_open_again(store):
    for days, status in enumerate((OPEN, CLOSED, OPEN)):
        take_in(page("1", status=status, text=f"{days}" * 600), at=FIRST + timedelta(days=days))
    rec = Recommendation.objects.get()
    assert (rec.is_open, rec.auditor_status_as_of_edtf) == (True, "2026-01-07")


def test_the_same_words_in_other_bytes_are_no_difference(store):
    one = page("1", "2", text="The same words stand here. " * 40)
    take_in(one)
    take_in(page("1", "2", text="The  same words\nstand here. " * 40), at=LATER)
    assert Capture.objects.count() == 2
    assert kinds() == []


def test_a_newer_extractor_makes_no_differences_of_its_own(store):
    one = page("1", "2")
    take_in(one)
    take_in(replace(one, extractor_version="9", records=one.records[:1]), at=LATER)
    assert kinds() == []


def test_the_database_refuses_a_difference_of_a_capture_from_itself(store):
    take_in(page("1"))
    capture = Capture.objects.get()
    with pytest.raises(IntegrityError, match="between_two_captures"), transaction.atomic():
        CaptureEvent.objects.create(older=capture, newer=capture, kind="added", at=FIRST)


def test_the_database_keeps_one_newest_capture_a_document(store):
    take_in(page("1"))
    take_in(page("1", "2"), at=LATER)
    assert Capture.objects.get(is_newest=True).got_at == LATER
    with pytest.raises(IntegrityError, match=r"newest_once|UNIQUE"), transaction.atomic():
        Capture.objects.update(is_newest=True)


PAGES = st.lists(
    st.tuples(st.sets(st.sampled_from(sorted(TEXTS)), min_size=1), st.booleans(), st.integers(0, 3)),
    min_size=1,
    max_size=4,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(captures=PAGES)
def test_no_sequence_of_pages_of_open_recommendations_ever_closes_one(db, captures):
    with transaction.atomic():
        seen: set[str] = set()
        for number, (shown, complete, extra) in enumerate(captures):
            seen |= shown
            reading = page(
                *sorted(shown),
                text=f"capture {number} {sorted(shown)} " * 40,
                complete=complete and not extra,
                declared=len(shown) + extra,
            )
            at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)
            take_in(reading, at=at)
            before = contents()
            take_in(reading, at=at + timedelta(hours=1))
            assert contents() == before
        assert set(Recommendation.objects.listed().values_list("number", flat=True)) == seen
        assert not Recommendation.objects.filter(is_open=False).exists()
        transaction.set_rollback(True)
