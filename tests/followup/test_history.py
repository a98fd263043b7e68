"""The state on any past day: three axes, folded from events that are only ever added."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from closeout.followup.events import events_of
from closeout.followup.history import Axis, change_days, state_on, timeline
from closeout.followup.statuses import Progress
from closeout.reading.joining import join
from closeout.reading.model import AuditorStatus, Position, StatementKind, StatusBasis
from tests.followup.factories import make_event
from tests.reading.factories import make_day, make_reading, make_record, make_statement

OPEN, CLOSED = AuditorStatus.RESOLVED_OPEN, AuditorStatus.CLOSED_IMPLEMENTED
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2026, 12, 31))

values = st.one_of(
    st.tuples(st.just(Axis.AUDITOR), st.sampled_from(AuditorStatus)),
    st.tuples(st.just(Axis.READING), st.sampled_from(AuditorStatus)),
    st.tuples(st.just(Axis.PROGRESS), st.sampled_from(Progress)),
    st.tuples(st.just(Axis.POSITION), st.sampled_from(Position)),
    st.tuples(st.just(Axis.PRIORITY), st.sampled_from(("yes", "no"))),
    st.tuples(st.just(Axis.LISTING), st.sampled_from(("listed", "missing"))),
)
events = st.builds(
    lambda said, on: make_event(said[1], on, axis=said[0]),
    values,
    st.one_of(st.none(), DAYS.map(str), DAYS.map(lambda day: str(day)[:7])),
)
histories = st.lists(events, max_size=8)


def test_the_last_word_by_a_day_holds_on_it():
    told = [make_event(OPEN, "2023-06-30"), make_event(CLOSED, "2024-09-30")]
    statuses = [
        state_on(told, date(year, month, 1)).auditor_status
        for year, month in ((2023, 6), (2024, 1), (2024, 10))
    ]
    assert statuses == [None, OPEN, CLOSED]


def test_a_vague_day_counts_from_its_last():
    told = [make_event(CLOSED, "2024-09")]
    assert not state_on(told, date(2024, 9, 29)).is_closed
    assert state_on(told, date(2024, 9, 30)).is_closed


def test_an_undated_event_counts_as_the_oldest():
    told = [make_event(OPEN), make_event(CLOSED, "2024-09-30")]
    assert state_on(told, date(2020, 1, 1)).auditor_status is OPEN
    assert state_on(told, date(2025, 1, 1)).auditor_status is CLOSED


def test_on_one_day_an_open_status_wins_and_the_state_is_contested():
    told = [make_event(CLOSED, "2024-09-30"), make_event(OPEN, "2024-09-30")]
    state = state_on(told, date(2024, 10, 1))
    assert (state.auditor_status, state.auditor.is_contested) == (OPEN, True)


def test_the_agencys_done_closes_nothing():
    told = [make_event(OPEN, "2024-01-01"), make_event(Progress.DONE, "2024-06-01", axis=Axis.PROGRESS)]
    state = state_on(told, date(2025, 1, 1))
    assert (state.agency_progress, state.auditor_status, state.is_closed) == (Progress.DONE, OPEN, False)


def test_a_reading_shows_only_while_nothing_is_printed_and_closes_nothing():
    reading = make_event(CLOSED, "2024-09-30", axis=Axis.READING, confidence=0.7)
    state = state_on([reading], date(2025, 1, 1))
    assert (state.reads_as, state.auditor_status, state.is_closed) == (CLOSED, None, False)
    printed = state_on([reading, make_event(OPEN, "2024-01-01")], date(2025, 1, 1))
    assert (printed.reads_as, printed.auditor_status) == (None, OPEN)


def test_missing_from_a_list_closes_nothing():
    told = [make_event(OPEN, "2024-01-01"), make_event("missing", "2024-06-01", axis=Axis.LISTING)]
    state = state_on(told, date(2025, 1, 1))
    assert (state.is_missing, state.is_closed, state.auditor_status) == (True, False, OPEN)


def test_priority_changes_no_status():
    told = [make_event(OPEN, "2024-01-01"), make_event("yes", "2024-06-01", axis=Axis.PRIORITY)]
    state = state_on(told, date(2025, 1, 1))
    assert (state.is_priority, state.auditor_status) == (True, OPEN)


def test_a_correction_replaces_the_event_it_names():
    wrong = make_event(CLOSED, "2024-01-01")
    told = [wrong, make_event(OPEN, "2024-01-01", corrects=wrong.key)]
    assert state_on(told, date(2024, 1, 1)).auditor_status is OPEN
    assert not state_on(told, date(2024, 1, 1)).auditor.is_contested


def test_the_timeline_runs_from_the_undated_to_the_newest():
    told = [make_event(CLOSED, "2024-09-30"), make_event(OPEN), make_event(OPEN, "2023-06")]
    assert [event.on and event.on.edtf for event in timeline(told)] == [None, "2023-06", "2024-09-30"]
    assert change_days(told) == (date(2023, 6, 30), date(2024, 9, 30))


@given(histories, DAYS, st.randoms())
def test_the_order_of_events_makes_no_difference(told, day, random):
    shuffled = random.sample(told, len(told))
    assert state_on(shuffled, day) == state_on(told, day)


@given(histories, DAYS, histories)
def test_what_is_said_later_changes_no_earlier_day(told, day, more):
    later = [event for event in more if event.on is not None and event.on.latest > day]
    assert state_on([*told, *later], day) == state_on(told, day)


@given(histories, DAYS, DAYS)
def test_the_day_of_the_last_word_never_goes_back(told, one, other):
    first, second = sorted((one, other))

    def last_word(day):
        standing = state_on(told, day).auditor
        return standing.event.on.latest if standing and standing.event.on else date.min

    assert last_word(first) <= last_word(second) <= second


@given(histories, DAYS)
def test_nothing_is_closed_that_no_auditor_printed_closed(told, day):
    printed = {event.value for event in told if event.axis is Axis.AUDITOR}
    state = state_on(told, day)
    assert state.auditor_status is None or state.auditor_status in printed
    assert not state.is_closed or any(value.startswith("closed-") for value in printed)


def test_documents_tell_their_events_once_and_secondary_ones_none_of_status():
    record = make_record(
        number="1",
        status=OPEN,
        position=Position.CONCUR,
        position_by="Bureau",
        is_priority=True,
        statements=(make_statement(StatementKind.POSITION, said_on="2024-03"),),
    )
    page = make_reading(record, report_number="OIG-24-901", as_of="2024-06-30")
    news = make_reading(record, report_number="OIG-24-901", is_secondary=True)
    readings = [page, page, news]
    (entry,) = join(readings).entries
    told = events_of(entry, readings)
    assert sorted(
        (event.axis, event.value, event.on and event.on.edtf) for event in told if event.by != ""
    ) == [
        (Axis.AUDITOR, "resolved-open", "2024-06-30"),
        (Axis.POSITION, "concur", "2024-03"),
        (Axis.POSITION, "concur", "2024-03"),
    ]
    assert state_on(told, date(2024, 7, 1)).is_priority


def test_a_closed_row_counts_from_the_day_it_was_closed():
    record = make_record(number="1", status=CLOSED, closed_on=make_day("2024-03-30"))
    page = make_reading(record, report_number="OIG-24-901", as_of="2025-01-01")
    (entry,) = join([page]).entries
    assert state_on(events_of(entry, [page]), date(2024, 3, 30)).is_closed


def test_a_status_read_from_prose_goes_to_the_third_axis():
    record = make_record(number="1", status=CLOSED, status_basis=StatusBasis.INFERRED, status_confidence=0.6)
    page = make_reading(record, report_number="OIG-24-901", as_of="2025-01-01")
    (entry,) = join([page]).entries
    state = state_on(events_of(entry, [page]), date(2025, 1, 1))
    assert (state.auditor, state.reads_as, state.reading.event.confidence) == (None, CLOSED, 0.6)
