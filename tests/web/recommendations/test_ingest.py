"""Taking readings in: what is kept, that nothing is written twice, and that nothing is lost."""

from dataclasses import replace

import pytest

from closeout.reading.model import (
    AuditorStatus,
    Money,
    Position,
    Problem,
    RecommendationKind,
    Span,
    StatementKind,
    StatusBasis,
)
from closeout.web.audit.models import Event
from closeout.web.recommendations.ingest import Arrival, ingest, known
from closeout.web.recommendations.models import (
    Blob,
    Capture,
    Document,
    Mention,
    PositionObservation,
    PromiseObservation,
    Recommendation,
    Report,
    ReviewItem,
    SearchEntry,
    Statement,
    StatusObservation,
    SupersededReading,
)
from closeout.web.recommendations.search import search
from tests.reading.factories import make_mention, make_promise, make_record, make_statement
from tests.web.recommendations.arrivals import (
    FIRST,
    LATER,
    again_by,
    contents,
    reading_of,
    row_counts,
    take_in,
)

LAMPS = "The Director should trim the lamps of every lighthouse each evening."
KEYS = "The Director should count the keys of the harbor office each week."


def lamp_report(*records, **fields):
    return reading_of(*records, **{"title": "Lamps Go Out", "report_number": "ZIG-26-07", **fields})


def lamp_record(**fields):
    defaults = {
        "number": "1",
        "status": AuditorStatus.RESOLVED_OPEN,
        "status_printed": "resolved and open",
        "position": Position.CONCUR,
        "position_printed": "concurred",
        "position_by": "Harbor Office",
        "agency": "Harbor Office",
        "promises": (make_promise("2026-02-28", said_on="2026-01-01"),),
        "statements": (
            make_statement(StatementKind.NEED, text="The office needs to send the lamp log."),
            make_statement(StatementKind.UPDATE, said_on="2026-01-02"),
        ),
    }
    return make_record(LAMPS, **{**defaults, **fields})


def test_a_reading_becomes_a_report_and_its_recommendations(store):
    done = take_in(lamp_report(lamp_record(), make_record(KEYS, number="2"), report_date="2025-12-01"))

    assert (done.new, done.unchanged, done.changed) == (1, 0, 2)
    report = Report.objects.get()
    assert (report.number, report.title, report.issued_edtf) == ("ZIG-26-07", "Lamps Go Out", "2025-12-01")
    first, second = Recommendation.objects.order_by("order")
    assert (first.text, first.number, first.auditor_status) == (LAMPS, "1", "resolved-open")
    assert (first.position, first.promise_edtf, first.promises_made) == ("concur", "2026-02-28", 1)
    assert (first.auditor_status_printed, first.auditor_status_basis) == ("resolved and open", "printed")
    assert [agency.name for agency in first.agencies.all()] == ["Harbor Office"]
    assert (first.needs, first.needs_covered, first.is_open) == (1, 0, True)
    assert (second.text, second.auditor_status, second.promises_made) == (KEYS, "", 0)


def test_everything_said_keeps_its_span_and_capture(store):
    take_in(lamp_report(lamp_record(status_span=Span(200, 212))))

    capture = Capture.objects.get()
    status = StatusObservation.objects.get()
    assert (status.capture, status.start, status.end) == (capture, 200, 212)
    promise = PromiseObservation.objects.get()
    assert (promise.start, promise.end, promise.due_latest.isoformat()) == (500, 520, "2026-02-28")
    assert PositionObservation.objects.get().by == "Harbor Office"
    assert [row.kind for row in Statement.objects.order_by("pk")] == ["need", "update"]
    mention = Mention.objects.get()
    assert (mention.text_start, mention.text_end) == (100, 100 + len(LAMPS))
    assert mention.record["status_printed"] == "resolved and open"


def test_the_bytes_are_kept_under_their_hash(store):
    reading = lamp_report(lamp_record())
    take_in(reading)
    blob = Blob.objects.get()
    assert blob.sha256 == reading.document.sha256
    assert bytes(blob.data).decode() == reading.document.text == Capture.objects.get().text


def test_the_same_reading_again_writes_nothing(store):
    readings = [lamp_report(lamp_record()), lamp_report(lamp_record(), path="copy.txt")]
    take_in(*readings)
    before, rows = row_counts(), contents()

    done = take_in(*readings, at=LATER)

    assert (done.new, done.reread, done.unchanged, done.changed) == (0, 0, 2, 0)
    assert row_counts() == before
    assert contents() == rows


def test_taking_in_writes_one_audit_event_with_counts(store):
    take_in(
        lamp_report(lamp_record()), reading_of(make_record(KEYS, number="1"), path="keys.txt", title="Keys")
    )
    event = Event.objects.get()
    assert (event.actor, event.action) == ("system", "document.read")
    assert event.after == {"new": 2, "reread": 0, "unchanged": 0, "changed": 2}


def test_the_same_bytes_under_two_paths_are_two_documents_and_one_recommendation(store):
    text = "One text, kept twice." * 40
    take_in(
        lamp_report(lamp_record(), text=text, path="a.txt"),
        lamp_report(lamp_record(), text=text, path="b.txt"),
    )
    assert Blob.objects.count() == 1
    assert Document.objects.count() == Capture.objects.count() == 2
    assert Recommendation.objects.get().mentions.count() == 2


def test_a_known_file_is_known_by_its_hash_with_everything_that_was_read(store):
    reading = lamp_report(
        lamp_record(money=(Money("questioned", 12, Span(1, 2)),)), declared_total=1, complete=True
    )
    take_in(reading)
    found = known(reading.document.sha256)
    assert found is not None
    assert found.records == reading.records
    assert (found.title, found.declared_total, found.complete) == ("Lamps Go Out", 1, True)
    assert known("0" * 64) is None


def test_a_reading_of_another_extractor_is_not_known(store, monkeypatch):
    reading = lamp_report(lamp_record())
    take_in(reading)
    monkeypatch.setattr("closeout.reading.model.EXTRACTOR_VERSION", "next")
    assert known(reading.document.sha256) is None


def test_a_secondary_source_never_creates_a_status(store):
    take_in(
        reading_of(
            lamp_record(
                status=AuditorStatus.CLOSED_IMPLEMENTED, status_printed="closed", report_number="ZIG-26-07"
            ),
            is_secondary=True,
            issuer="Harbor Gazette",
        )
    )
    assert not StatusObservation.objects.exists()
    rec = Recommendation.objects.get()
    assert (rec.auditor_status, rec.reads_as, rec.is_open) == ("", "", True)


def test_what_is_only_inferred_stays_off_the_auditors_axis_and_closes_nothing(store):
    record = lamp_record(
        status=AuditorStatus.CLOSED_IMPLEMENTED, status_basis=StatusBasis.INFERRED, status_confidence=0.8
    )
    take_in(lamp_report(record))
    rec = Recommendation.objects.get()
    assert (rec.auditor_status, rec.reads_as, rec.reads_as_confidence) == ("", "closed-implemented", 0.8)
    assert rec.is_open


def test_a_declared_recommendation_is_listed_and_becomes_the_one_a_later_document_shows(store):
    take_in(lamp_report(lamp_record(), path="page.txt"))
    assert Recommendation.objects.count() == 1

    mention = make_mention("Lamps Go Out", number="ZIG-26-07", issuer="DHS OIG", declared_count=2)
    take_in(lamp_report(path="library.txt", reports=(mention,)))
    declared = Recommendation.objects.get(is_declared_only=True)
    assert (declared.number, declared.text) == ("2", "")

    take_in(lamp_report(make_record(KEYS, number="2"), path="second.txt"))
    declared.refresh_from_db()
    assert (declared.is_declared_only, declared.text, declared.is_retired) == (False, KEYS, False)
    assert Recommendation.objects.listed().count() == 2


def test_a_number_found_later_keeps_the_recommendation_and_its_old_key(store):
    take_in(reading_of(lamp_record(), path="page.txt", title="Lamps Go Out"))
    before = Recommendation.objects.get()
    assert "/title/" in before.key

    take_in(lamp_report(lamp_record(), path="report.txt"))

    after = Recommendation.objects.get()
    assert after.pk == before.pk
    assert after.key.endswith("ZIG-26-07/1")
    assert before.key in after.aliases
    assert Report.objects.filter(is_retired=False).count() == 1


def test_two_recommendations_found_to_be_one_leave_one_that_knows_the_other(store):
    take_in(reading_of(lamp_record(number=None), path="a.txt", issuer="DHS OIG"))
    take_in(lamp_report(lamp_record(), path="b.txt"))
    survivors = Recommendation.objects.listed()
    assert survivors.count() == 1
    assert survivors.get().mentions.count() == 2
    assert all(
        row.merged_into_id == survivors.get().pk for row in Recommendation.objects.filter(is_retired=True)
    )


def test_an_incomplete_listing_marks_its_recommendations_and_asks_for_the_rest(store):
    take_in(lamp_report(lamp_record(), declared_total=41, complete=False, path="listing.html"))
    assert Recommendation.objects.get().has_incomplete_source
    assert Report.objects.get().has_incomplete_source
    item = ReviewItem.objects.get()
    assert item.kind == "incomplete"
    assert "declares 41 recommendations and shows 1" in item.question


def test_a_complete_capture_of_the_listing_takes_the_mark_away(store):
    take_in(lamp_report(lamp_record(), declared_total=2, complete=False, path="listing.html"))
    whole = lamp_report(
        lamp_record(), make_record(KEYS, number="2"), declared_total=2, complete=True, path="listing.html"
    )
    take_in(whole, at=LATER)
    assert not Recommendation.objects.filter(has_incomplete_source=True).exists()
    assert not Report.objects.get().has_incomplete_source
    assert not ReviewItem.objects.filter(is_current=True).exists()


def test_an_unknown_layout_and_an_unread_file_are_put_to_a_person(store):
    problem = Problem("empty-file", "The file is empty; fetch it again.", fatal=True)
    take_in(
        reading_of(path="odd.txt", family="unknown"),
        reading_of(path="empty.txt", family="unknown", problems=(problem,)),
    )
    assert sorted(ReviewItem.objects.values_list("kind", "question")) == [
        ("unknown-family", "This document is of no known layout. Nothing was read into records."),
        ("unread", "The file is empty; fetch it again."),
    ]
    assert Capture.objects.get(document__origin="empty.txt").is_fatal


def test_a_scan_that_can_be_read_at_last_takes_the_place_of_the_unread_one(store):
    unread = reading_of(path="scan.pdf", problems=(Problem("scanned-pdf", "It is a scan.", fatal=True),))
    read = replace(unread, problems=(), records=(lamp_record(),))
    take_in(unread)
    done = take_in(read, at=LATER)
    assert (done.new, done.reread, done.unchanged) == (0, 1, 0)
    assert not Capture.objects.get().is_fatal
    assert Recommendation.objects.listed().count() == 1
    # The other way round nothing is lost: without text recognition the words stay.
    assert take_in(unread, at=LATER).unchanged == 1
    assert Recommendation.objects.listed().count() == 1


def test_a_doubtful_reading_is_put_to_a_person_and_marks_the_recommendation(store):
    doubt = Problem("text-cut", "The text seems to break off.", Span(100, 110))
    take_in(lamp_report(lamp_record(doubts=(doubt,))))
    item = ReviewItem.objects.get()
    assert (item.kind, item.question) == ("doubtful-reading", "The text seems to break off.")
    assert item.detail["doubts"][0]["start"] == 100
    assert Recommendation.objects.get().in_review


def test_sources_that_contradict_each_other_make_a_conflict(store):
    take_in(
        lamp_report(lamp_record(), path="a.txt"),
        lamp_report(
            lamp_record(position=Position.NON_CONCUR, position_printed="did not concur"), path="b.txt"
        ),
    )
    rec = Recommendation.objects.get()
    assert rec.has_conflict
    conflict = rec.conflicts.get()
    assert conflict.field == "position"
    assert {value["value"] for value in conflict.values} == {"concur", "non-concur"}
    assert {source["capture"] for value in conflict.values for source in value["sources"]} == set(
        Capture.objects.values_list("pk", flat=True)
    )


def test_a_conflict_goes_when_the_page_is_captured_anew_without_it(store):
    odd = lamp_record(position=Position.NON_CONCUR, position_printed="did not concur")
    take_in(lamp_report(lamp_record(), path="a.txt"), lamp_report(odd, path="b.txt"))
    take_in(lamp_report(lamp_record(), path="b.txt", text="Set right." * 90), at=LATER)
    rec = Recommendation.objects.get()
    assert not rec.has_conflict
    assert not rec.conflicts.get().is_current


def test_what_was_taken_in_can_be_searched_by_all_its_words(store):
    take_in(lamp_report(lamp_record()))
    entry = SearchEntry.objects.get()
    assert entry.names == "zig 26 07 lamps go out harbor office"
    assert "lamp log" in entry.said
    for words in ("ZIG-26-07", "trim lamps", "harbor office", '"lamp log"'):
        assert search(Recommendation.objects.all(), words).count() == 1


def test_signs_that_no_database_keeps_are_replaced_one_for_one(store):
    text = "Lamp\x00s and half a \ud800 sign." + "." * 700
    reading = lamp_report(lamp_record(agency="Harbor\x00Office"))
    reading = replace(reading, document=replace(reading.document, text=text))
    ingest([Arrival(reading, b"bytes")], by="system", got_at=FIRST)
    kept = Capture.objects.get().text
    assert kept.startswith("Lamp\ufffds and half a \ufffd sign.")
    assert len(kept) == len(text)


def test_a_matter_for_congress_is_kept_apart(store):
    take_in(lamp_report(lamp_record(), make_record(KEYS, number="1", kind=RecommendationKind.MATTER)))
    assert sorted(Recommendation.objects.values_list("kind", flat=True)) == ["matter", "recommendation"]


def test_a_newer_extractor_takes_over_and_the_old_reading_is_kept(store):
    reading = lamp_report(lamp_record())
    take_in(reading)
    done = take_in(again_by("2", reading, lamp_record(position=Position.PARTIAL)), at=LATER)

    assert (done.new, done.reread) == (0, 1)
    assert SupersededReading.objects.get().extractor_version != "2"
    assert Capture.objects.get().extractor_version == "2"
    assert Recommendation.objects.get().position == "partial"
    assert sorted(PositionObservation.objects.values_list("value", "is_current")) == [
        ("concur", False),
        ("partial", True),
    ]


def test_what_a_newer_extractor_finds_no_more_is_retired_not_removed(store):
    reading = lamp_report(lamp_record(), make_record(KEYS, number="2", text_span=Span(300, 360)))
    take_in(reading)
    take_in(again_by("2", reading, lamp_record()))
    assert Recommendation.objects.count() == 2
    assert Recommendation.objects.listed().get().text == LAMPS
    assert Mention.objects.filter(is_current=False).count() == 1


def test_a_broken_off_run_is_taken_up_by_the_next(store, monkeypatch):
    reading = lamp_report(lamp_record())

    def fail(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("closeout.web.recommendations.ingest.join_waiting", fail)
        with pytest.raises(KeyboardInterrupt):
            take_in(reading)
    assert Capture.objects.filter(is_joined=False).count() == 1
    assert not Recommendation.objects.exists()

    take_in(reading)
    assert Recommendation.objects.count() == 1


def test_progress_is_told_after_each_batch_bounded_in_number_and_bytes(store, monkeypatch):
    told = []
    arrivals = [
        Arrival(reading_of(path=f"{number}.txt", family="unknown"), b"x" * size)
        for number, size in enumerate([1, 1, 1, 9_000, 1])
    ]
    monkeypatch.setattr("closeout.web.recommendations.ingest._MOST_AT_ONCE", 2)
    monkeypatch.setattr("closeout.web.recommendations.ingest._MOST_BYTES_AT_ONCE", 8_000)
    done = ingest(iter(arrivals), by="system", progress=told.append)
    assert told == [2, 4, 5]
    assert done.new == 5


def test_the_same_document_twice_in_one_batch_is_kept_once(store):
    reading = lamp_report(lamp_record())
    assert take_in(reading, reading).new == 1
    assert Capture.objects.count() == 1


def test_nothing_to_take_in_is_nothing_done(store):
    assert ingest([], by="system").new == 0
    assert not Event.objects.exists()
