"""What single documents claim, and as of when."""

from __future__ import annotations

import pytest

from closeout.reading.claims import (
    Claim,
    Voice,
    completion_claims,
    is_history,
    overlap,
    position_claims,
    promised_days,
    status_as_of,
    status_claims,
)
from closeout.reading.model import AuditorStatus, Position, PromiseKind, Span, StatementKind, StatusBasis
from tests.reading.factories import make_day, make_promise, make_reading, make_record, make_statement


def voice(*, page=None, **record):
    said = make_record(**record)
    return Voice(make_reading(said, **(page or {})), said, ((0, 0),))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2024-01-31", "2024-01-31", True),
        ("2024-01", "2024-01-31", True),
        ("2024", "2024-06", True),
        ("2024-01-31", "2024-02-01", False),
        ("2024-01", "2024-02", False),
    ],
)
def test_dates_overlap_when_they_can_mean_one_day(one, other, same):
    assert overlap(make_day(one), make_day(other)) is same
    assert overlap(make_day(other), make_day(one)) is same


def test_only_what_is_known_to_be_later_is_history():
    early, late, vague, unknown = (
        Claim("x", None, voice(), make_day(day) if day else None)
        for day in ("2024-01", "2024-03", "2024", None)
    )
    assert is_history(early, late)
    assert is_history(late, early)
    assert not is_history(early, vague)
    assert not is_history(early, unknown)


@pytest.mark.parametrize(
    ("page", "record", "day"),
    [
        (
            {"as_of": "2024-06-30", "report_date": "2023-01-01"},
            {"updated_on": make_day("2024-05-01")},
            "2024-06-30",
        ),
        ({"report_date": "2023-01-01"}, {"updated_on": make_day("2024-05-01")}, "2024-05-01"),
        (
            {"report_date": "2023-01-01"},
            {"statements": tuple(make_statement(said_on=day) for day in ("2024-03", "2024-01", None))},
            "2024-03",
        ),
        ({"report_date": "2023-01-01"}, {}, "2023-01-01"),
        ({}, {}, None),
    ],
    ids=["the page's date", "the row's date", "the last update", "the report's date", "nothing"],
)
def test_a_status_holds_as_of_the_nearest_date_there_is(page, record, day):
    said = voice(page=page, **record)
    found = status_as_of(said.reading, said.record)
    assert (found and found.edtf) == day


def test_a_voice_holds_to_its_newest_completion():
    promises = tuple(
        make_promise(due, said_on=said, span=Span(at, at + 5))
        for due, said, at in (("2025-03-31", "2024-09", 10), ("2025-01-31", "2024-04", 90))
    )
    (claim,) = completion_claims([voice(promises=promises)])
    assert (claim.value, claim.at.edtf, claim.span) == ("2025-03-31", "2024-09", Span(10, 15))


def test_of_promises_without_a_day_the_last_printed_holds():
    promises = (make_promise("2025-03-31", span=Span(90, 95)), make_promise("2025-01-31", span=Span(10, 15)))
    (claim,) = completion_claims([voice(promises=promises)])
    assert claim.value == "2025-03-31"


def test_a_start_is_no_completion_and_an_answer_without_one_claims_none():
    start = make_promise(kind=PromiseKind.START)
    answer = voice(
        promises=(start,), position=Position.CONCUR, response_span=Span(3, 9), narrative_span=Span(1, 99)
    )
    (claim,) = completion_claims([answer])
    assert (claim.value, claim.span) == (None, Span(3, 9))


def test_silence_claims_nothing():
    assert completion_claims([voice()]) == []
    assert position_claims([voice(), voice(position=Position.NOT_INDICATED)]) == []
    assert status_claims([voice()]) == []


def test_only_a_secondary_source_speaks_for_all_records_at_once():
    overall = (make_statement(StatementKind.PROMISE, value="2025-01-31"),)
    first_hand = voice(page={"statements": overall})
    second_hand = voice(page={"statements": overall, "is_secondary": True})
    assert completion_claims([first_hand]) == []
    assert [claim.value for claim in completion_claims([second_hand])] == ["2025-01-31"]


def test_every_completion_ever_promised_first_hand_is_known():
    first = voice(
        promises=(make_promise("2025-01-31"), make_promise("2025-03"), make_promise(kind=PromiseKind.DRAFT))
    )
    news = voice(page={"is_secondary": True}, promises=(make_promise("2025-06-30"),))
    assert promised_days([first, news]) == {"2025-01-31", "2025-03"}


def test_agree_and_concur_are_one_position():
    claims = position_claims([voice(position=Position.AGREE), voice(position=Position.CONCUR)])
    assert [claim.value for claim in claims] == ["concur", "concur"]


def test_a_position_is_taken_when_its_sentence_says_or_else_with_the_report():
    said = make_statement(StatementKind.POSITION, said_on="2024-03")
    claims = position_claims(
        [
            voice(position=Position.CONCUR, statements=(said,), page={"report_date": "2024-01-31"}),
            voice(position=Position.CONCUR, page={"report_date": "2024-01-31"}),
        ]
    )
    assert [claim.at.edtf for claim in claims] == ["2024-03", "2024-01-31"]


@pytest.mark.parametrize(
    ("basis", "page", "claimed"),
    [
        (StatusBasis.PRINTED, {}, 1),
        (StatusBasis.INFERRED, {}, 0),
        (StatusBasis.PRINTED, {"is_secondary": True}, 0),
    ],
)
def test_only_a_status_that_an_auditor_prints_is_claimed(basis, page, claimed):
    said = voice(status=AuditorStatus.RESOLVED_OPEN, status_basis=basis, page=page)
    assert len(status_claims([said])) == claimed


def test_a_claim_knows_whether_it_is_second_hand_and_of_which_agencys_row():
    news = voice(page={"is_secondary": True}, position=Position.CONCUR)._replace(agency="office of keys")
    (claim,) = position_claims([news])
    assert (claim.is_secondary, claim.agency) == (True, "office of keys")
