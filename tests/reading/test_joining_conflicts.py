"""What documents contradict each other on, and what is only history."""

from __future__ import annotations

import pytest

from closeout.reading.joining import ConflictField, join
from closeout.reading.model import AuditorStatus, Position, PromiseKind, Span, StatementKind, StatusBasis
from tests.reading.factories import make_day, make_promise, make_reading, make_record, make_statement

ASK = "The Director should count the keys of every field office each week."


def report(record, **overrides):
    return make_reading(record, report_number="OIG-24-901", **overrides)


def asked(**overrides):
    return make_record(ASK, number="1", **overrides)


def conflicts(*readings):
    (entry,) = join(readings).entries
    return {
        conflict.field: {
            value.value: [source.document for source in value.sources] for value in conflict.values
        }
        for conflict in entry.conflicts
    }


def promised(due, **overrides):
    return asked(promises=(make_promise(due, **overrides),))


def news(record, **overrides):
    return make_reading(record, is_secondary=True, issuer="The Daily Gate", title="Keys", **overrides)


def test_two_completion_dates_said_at_no_known_time_are_a_conflict_with_their_spans():
    first = report(promised("2025-01-31", span=Span(7, 9)))
    (entry,) = join([first, report(promised("2025-03-31", span=Span(3, 5)))]).entries
    (conflict,) = entry.conflicts
    assert conflict.field is ConflictField.COMPLETION
    assert [(value.value, [(s.document, s.span) for s in value.sources]) for value in conflict.values] == [
        ("2025-01-31", [(0, Span(7, 9))]),
        ("2025-03-31", [(1, Span(3, 5))]),
    ]


def test_a_date_promised_later_is_history():
    first = report(promised("2025-01-31", said_on="2024-04"))
    assert conflicts(first, report(promised("2025-03-31", said_on="2024-09"))) == {}


def test_a_date_on_a_later_page_is_history():
    first = report(promised("2025-01-31"), report_date="2024-04-13")
    assert conflicts(first, report(promised("2025-03-31"), as_of="2024-12-01")) == {}


def test_a_month_and_a_day_in_it_do_not_contradict_each_other():
    assert conflicts(report(promised("2025-01")), report(promised("2025-01-31"))) == {}


def test_only_completions_are_compared_as_completions():
    start = asked(promises=(make_promise("2025-03-31", kind=PromiseKind.START),))
    assert conflicts(report(promised("2025-01-31")), report(start)) == {}


def test_a_secondary_sources_date_contradicts_the_first_hand_one_whenever_said():
    first = report(promised("2025-03-31"), report_date="2024-04-13")
    got = conflicts(first, news(promised("2025-01-31", said_on="2024-06")))
    assert got == {ConflictField.COMPLETION: {"2025-01-31": [1], "2025-03-31": [0]}}


def test_a_secondary_source_may_give_any_date_that_was_ever_promised():
    dates = (make_promise("2025-01-31", said_on="2024-04"), make_promise("2025-03-31", said_on="2024-09"))
    assert conflicts(report(asked(promises=dates)), news(promised("2025-01-31"))) == {}


def test_a_secondary_sources_date_contradicts_an_answer_that_gives_none():
    answered = asked(position=Position.CONCUR, narrative_span=Span(1, 4))
    got = conflicts(report(answered), news(promised("2025-01-31")))
    assert got == {ConflictField.COMPLETION: {"2025-01-31": [1], None: [0]}}


def test_silence_without_an_answer_contradicts_nothing():
    assert conflicts(report(asked()), news(promised("2025-01-31"))) == {}


def test_a_secondary_sources_one_date_for_all_holds_for_each():
    overall = make_statement(StatementKind.PROMISE, value="2025-01-31", span=Span(90, 99))
    got = conflicts(report(promised("2025-03-31")), news(asked(), statements=[overall]))
    assert got == {ConflictField.COMPLETION: {"2025-01-31": [1], "2025-03-31": [0]}}


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (Position.CONCUR, Position.AGREE, False),
        (Position.CONCUR, Position.NOT_INDICATED, False),
        (Position.CONCUR, Position.PARTIAL, True),
        (Position.CONCUR, Position.NON_CONCUR, True),
    ],
)
def test_positions_contradict_each_other_when_their_normal_forms_do(one, other, differ):
    got = conflicts(report(asked(position=one)), report(asked(position=other)))
    assert (ConflictField.POSITION in got) is differ


def test_two_respondents_may_hold_two_positions():
    first = asked(position=Position.CONCUR, position_by="Bureau of Gates")
    second = asked(position=Position.NON_CONCUR, position_by="Department of Doors")
    assert conflicts(report(first), report(second)) == {}


def test_a_position_taken_later_is_history():
    then, now = (
        make_statement(StatementKind.POSITION, said_on=day, value=value)
        for day, value in (("2024-04", "non-concur"), ("2025-02", "concur"))
    )
    first = asked(position=Position.NON_CONCUR, statements=(then,))
    assert conflicts(report(first), report(asked(position=Position.CONCUR, statements=(now,)))) == {}


def test_two_printed_statuses_of_one_day_are_a_conflict():
    pages = [
        report(asked(status=status), as_of="2025-01-31")
        for status in (AuditorStatus.RESOLVED_OPEN, AuditorStatus.CLOSED_IMPLEMENTED)
    ]
    assert conflicts(*pages) == {ConflictField.STATUS: {"closed-implemented": [1], "resolved-open": [0]}}


def test_a_later_status_is_history():
    first = report(asked(status=AuditorStatus.RESOLVED_OPEN), as_of="2025-01-31")
    assert conflicts(first, report(asked(status=AuditorStatus.CLOSED_IMPLEMENTED), as_of="2025-02-01")) == {}


def test_the_last_update_tells_as_of_when_a_status_holds():
    updates = [make_statement(said_on=day) for day in ("2024-01", "2024-06")]
    first = report(asked(status=AuditorStatus.RESOLVED_OPEN, statements=tuple(updates)))
    row = asked(status=AuditorStatus.CLOSED_IMPLEMENTED, updated_on=make_day("2025-01-02"))
    assert conflicts(first, report(row)) == {}


def test_statuses_of_unknown_days_are_a_conflict():
    first = report(asked(status=AuditorStatus.RESOLVED_OPEN))
    assert ConflictField.STATUS in conflicts(first, report(asked(status=AuditorStatus.CLOSED_IMPLEMENTED)))


def test_a_reading_of_the_prose_contradicts_no_printed_status():
    read = asked(status=AuditorStatus.CLOSED_IMPLEMENTED, status_basis=StatusBasis.INFERRED)
    assert conflicts(report(asked(status=AuditorStatus.RESOLVED_OPEN)), report(read)) == {}


def test_a_secondary_source_contradicts_no_status():
    first = report(asked(status=AuditorStatus.RESOLVED_OPEN), as_of="2025-01-31")
    assert conflicts(first, news(asked(status=AuditorStatus.CLOSED_IMPLEMENTED), as_of="2025-01-31")) == {}


def test_an_open_status_of_unknown_position_contradicts_no_other_open_one():
    pages = [
        report(asked(status=status)) for status in (AuditorStatus.OPEN_UNKNOWN, AuditorStatus.UNRESOLVED_OPEN)
    ]
    assert conflicts(*pages) == {}


def test_rows_of_two_agencies_may_have_two_statuses():
    rows = [
        asked(status=status, agency=agency)
        for agency, status in (
            ("Bureau of Gates", AuditorStatus.RESOLVED_OPEN),
            ("Office of Keys", AuditorStatus.CLOSED_IMPLEMENTED),
        )
    ]
    pages = [make_reading(*rows, report_number="OIG-24-901", as_of="2025-01-31") for _ in range(2)]
    assert conflicts(*pages) == {}


def test_equal_words_under_two_numbers_of_two_documents_are_a_conflict_of_number():
    got = conflicts(report(make_record(ASK, number="1")), report(make_record(ASK, number="2")))
    assert got == {ConflictField.NUMBER: {"1": [0], "2": [1]}}


def test_other_words_under_one_number_are_a_conflict_of_text():
    other = ASK.replace("week", "month")
    got = conflicts(report(asked()), report(make_record(other, number="1")))
    assert got == {ConflictField.TEXT: {other: [1], ASK: [0]}}


def test_a_lead_in_or_a_cut_makes_no_conflict_of_text():
    lead_in = make_record(f"We recommend that: {ASK}", number="1")
    cut = make_record(ASK[:40], number="1")
    assert conflicts(report(asked()), report(lead_in), report(cut)) == {}


def test_copies_of_a_page_are_listed_with_the_value_they_share():
    copies = [report(asked(status=AuditorStatus.RESOLVED_OPEN), as_of="2025-01-31") for _ in range(3)]
    other = report(asked(status=AuditorStatus.CLOSED_IMPLEMENTED), as_of="2025-01-31")
    assert conflicts(*copies, other)[ConflictField.STATUS] == {
        "closed-implemented": [3],
        "resolved-open": [0, 1, 2],
    }
