"""The events that documents tell of a recommendation."""

from __future__ import annotations

import pytest

from closeout.followup.events import events_of
from closeout.followup.history import Axis
from closeout.reading.joining import join
from closeout.reading.model import AuditorStatus, Position, StatementKind, StatusBasis
from tests.reading.factories import make_day, make_reading, make_record, make_statement


def told(*readings):
    (entry,) = join(readings).entries
    return events_of(entry, readings)


def page(*, record=None, **overrides):
    return make_reading(make_record(number="1", **(record or {})), report_number="OIG-24-901", **overrides)


def test_a_record_that_says_nothing_tells_nothing():
    assert told(page()) == ()


def test_a_printed_status_tells_its_words_its_day_and_who_prints_it():
    record = {"status": AuditorStatus.RESOLVED_OPEN, "status_printed": "Resolved and open"}
    (event,) = told(page(record=record, report_date="2024-01-31"))
    assert (event.axis, event.value, event.printed, event.by, event.on.edtf, event.confidence) == (
        Axis.AUDITOR,
        "resolved-open",
        "Resolved and open",
        "DHS OIG",
        "2024-01-31",
        None,
    )


def test_a_status_read_from_prose_carries_its_confidence():
    record = {
        "status": AuditorStatus.CLOSED_IMPLEMENTED,
        "status_basis": StatusBasis.INFERRED,
        "status_confidence": 0.6,
    }
    (event,) = told(page(record=record))
    assert (event.axis, event.confidence, event.on) == (Axis.READING, 0.6, None)


@pytest.mark.parametrize(
    ("status", "day"),
    [(AuditorStatus.CLOSED_IMPLEMENTED, "2023-11-30"), (AuditorStatus.RESOLVED_OPEN, "2024-06-30")],
)
def test_a_closing_day_dates_only_a_closed_status(status, day):
    (event,) = told(page(record={"status": status, "closed_on": make_day("2023-11-30")}, as_of="2024-06-30"))
    assert event.on.edtf == day


def test_a_closed_status_without_its_day_holds_as_of_the_page():
    (event,) = told(page(record={"status": AuditorStatus.CLOSED_IMPLEMENTED}, as_of="2024-06-30"))
    assert event.on.edtf == "2024-06-30"


def test_a_position_without_a_day_of_its_own_is_the_reports():
    record = {"position": Position.PARTIAL, "position_printed": "partially concurred", "position_by": "BCS"}
    (event,) = told(page(record=record, report_date="2024-01-31"))
    assert (event.axis, event.value, event.printed, event.by, event.on.edtf) == (
        Axis.POSITION,
        "partial",
        "partially concurred",
        "BCS",
        "2024-01-31",
    )


def test_a_position_is_dated_by_its_own_sentence_and_no_other():
    statements = (
        make_statement(StatementKind.UPDATE, said_on="2025-01"),
        make_statement(StatementKind.POSITION),
        make_statement(StatementKind.POSITION, said_on="2024-03"),
    )
    (event,) = told(page(record={"position": Position.CONCUR, "statements": statements}))
    assert event.on.edtf == "2024-03"


def test_a_priority_mark_holds_as_of_the_page():
    (event,) = told(page(record={"is_priority": True}, as_of="2024-06-30"))
    assert (event.axis, event.value, event.on.edtf) == (Axis.PRIORITY, "yes", "2024-06-30")


def test_a_secondary_source_tells_of_a_position_and_never_of_a_status():
    record = {"status": AuditorStatus.CLOSED_IMPLEMENTED, "position": Position.CONCUR}
    assert [event.axis for event in told(page(record=record, is_secondary=True))] == [Axis.POSITION]


def test_two_captures_tell_two_events_and_one_capture_under_two_names_tells_one():
    record = {"status": AuditorStatus.RESOLVED_OPEN}
    first, second = page(record=record, as_of="2024-01-31"), page(record=record, as_of="2024-06-30")
    assert len(told(first, second)) == 2
    assert len(told(first, first)) == 1


def test_rows_of_two_agencies_tell_of_each():
    rows = [
        make_record(number="1", agency=agency, status=AuditorStatus.RESOLVED_OPEN)
        for agency in ("Bureau of Gates", "Office of Keys")
    ]
    assert len(told(make_reading(*rows, report_number="OIG-24-901"))) == 2


def test_the_order_of_documents_makes_no_difference():
    pages = [
        page(record={"status": status}, as_of=day)
        for status, day in (
            (AuditorStatus.RESOLVED_OPEN, "2024-01-31"),
            (AuditorStatus.CLOSED_IMPLEMENTED, "2024-06-30"),
        )
    ]
    assert told(*pages) == told(*reversed(pages))
