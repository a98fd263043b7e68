"""Which record of a newer capture is which of an older one."""

from __future__ import annotations

from closeout.followup.matching import Match, match_records, narrative
from closeout.reading.model import AuditorStatus, Span
from tests.reading.factories import make_reading, make_record

ASK = "The Director should count the keys of every field office each week."
OTHER = "The Director should train the clerks who keep the visitor registers."
OPEN, CLOSED = AuditorStatus.RESOLVED_OPEN, AuditorStatus.CLOSED_IMPLEMENTED


def page(*records, **overrides):
    return make_reading(*records, issuer="GAO", report_number="GAO-24-99001", **overrides)


def pairs(older, newer):
    return sorted(
        (match.older, match.newer) for match in match_records(older, newer) if match.older is not None
    )


def test_records_pair_by_number_whatever_became_of_their_words():
    older = page(make_record(ASK, number="1"), make_record(OTHER, number="2"))
    newer = page(make_record(OTHER, number="2"), make_record(OTHER + " Soon.", number="1"))
    assert pairs(older, newer) == [(0, 1), (1, 0)]


def test_records_without_a_number_pair_by_their_words():
    older, newer = (
        page(make_record(ASK), make_record(OTHER)),
        page(make_record(OTHER), make_record(ASK.upper())),
    )
    assert pairs(older, newer) == [(0, 1), (1, 0)]


def test_rows_of_several_agencies_pair_by_agency_though_their_order_changed():
    def rows(*agencies):
        return page(*(make_record(ASK, number="1", agency=agency, status=OPEN) for agency in agencies))

    newer = rows("Office of Keys", "Bureau of Gates")
    assert pairs(rows("Bureau of Gates", "Office of Keys"), newer) == [(0, 1), (1, 0)]


def test_a_row_for_one_more_agency_is_alone():
    older = page(make_record(ASK, number="1", agency="Bureau of Gates"))
    newer = page(
        *(make_record(ASK, number="1", agency=agency) for agency in ("Office of Keys", "Bureau of Gates"))
    )
    assert match_records(older, newer) == (Match(0, 1), Match(None, 0))


def test_equal_rows_pair_with_what_is_wholly_like_them_first():
    def row(status):
        return make_record(ASK, status=status)

    older, newer = page(row(OPEN), row(CLOSED)), page(row(CLOSED), row(OPEN))
    assert pairs(older, newer) == [(0, 1), (1, 0)]


def test_equal_rows_of_which_one_is_gone_stay_unmatched():
    older = page(*[make_record(ASK, status=OPEN)] * 2)
    matches = match_records(older, page(make_record(ASK, status=CLOSED)))
    assert {(match.older, match.newer) for match in matches} == {(0, None), (1, None), (None, 0)}


def test_what_only_reads_alike_is_paired_for_review():
    older, newer = page(make_record(ASK)), page(make_record(ASK.replace("week", "month")))
    assert match_records(older, newer) == (Match(0, 0, needs_review=True),)


def test_of_two_alike_the_more_alike_is_paired():
    older = page(make_record(ASK))
    newer = page(make_record(ASK.replace("week", "month")), make_record(ASK.replace("keys", "key")))
    assert match_records(older, newer) == (Match(0, 1, needs_review=True), Match(None, 0))


def test_two_numbers_are_never_paired_by_likeness():
    older, newer = (
        page(make_record(ASK, number="1")),
        page(make_record(ASK.replace("week", "month"), number="2")),
    )
    assert match_records(older, newer) == (Match(0, None), Match(None, 0))


def test_nothing_pairs_with_nothing():
    assert match_records(page(), page()) == ()
    assert match_records(page(make_record(ASK)), page()) == (Match(0, None),)


def test_a_narrative_is_what_the_document_prints():
    record = make_record(narrative_span=Span(4, 9))
    capture = page(record, document_text="The Keys again")
    assert (narrative(capture, record), narrative(capture, make_record())) == ("Keys ", "")
