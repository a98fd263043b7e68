"""What every GAO record shares: kind, number, status from print or prose, and where a text breaks off."""

from __future__ import annotations

import pytest

from closeout.reading.clean import CleanText
from closeout.reading.families.gao_records import (
    incomplete_listing,
    kind_of,
    mark_cut_off,
    number_in,
    with_follow_up,
)
from closeout.reading.model import (
    AuditorStatus,
    Position,
    RecommendationKind,
    Record,
    Span,
    StatementKind,
    StatusBasis,
)
from tests.reading.paging import make_document

RECORD = Record(text="The Director should act.", text_span=Span(0, 24), agency="Bureau of Harbor Lights")


def followed(narrative, status=""):
    """Return the record with a status and a narrative behind its words."""
    text = f"{RECORD.text}\n{status}\n{narrative}"
    clean = CleanText(make_document(text), ((0, len(text), ""),))
    start = text.index("\n") + 1
    place = (start, start + len(status)) if status else None
    told = (len(text) - len(narrative), len(text)) if narrative else None
    return text, with_follow_up(clean, RECORD, place, told)


def test_a_printed_status_wins_over_what_the_prose_amounts_to():
    _, record = followed("BHL concurred. In May 2030, BHL finished. We consider this closed.", "Open")
    assert (record.status_printed, record.status) == ("Open", AuditorStatus.RESOLVED_OPEN)
    assert (record.status_basis, record.status_confidence) == (StatusBasis.PRINTED, None)


def test_without_a_printed_status_the_prose_is_read_and_marked():
    _, record = followed(
        "BHL agreed. We will continue to monitor its efforts to address this recommendation."
    )
    assert (record.status_printed, record.status_basis) == (None, StatusBasis.INFERRED)
    assert record.status is AuditorStatus.RESOLVED_OPEN
    assert 0 < record.status_confidence < 1


def test_without_status_and_prose_there_is_none():
    _, record = followed("")
    assert (record.status, record.status_basis, record.narrative_span, record.statements) == (
        None,
        None,
        None,
        (),
    )


def test_status_and_narrative_stand_at_their_spans():
    text, record = followed("BHL did not concur with this recommendation.", "Open – Partially Addressed")
    assert record.status_span.of(text) == "Open – Partially Addressed"
    assert record.narrative_span.of(text) == "BHL did not concur with this recommendation."
    assert record.position is Position.NON_CONCUR


def test_statements_of_the_narrative_are_kept():
    _, record = followed("BHL agreed. As of May 2030, BHL had counted lamps in two districts.", "Open")
    kinds = {statement.kind for statement in record.statements}
    assert {StatementKind.POSITION, StatementKind.UPDATE} <= kinds


def test_an_impossible_date_in_the_narrative_is_a_doubt():
    _, record = followed("BHL plans to finish by April 31, 2030.", "Open")
    assert [doubt.code for doubt in record.doubts] == ["impossible-date"]
    assert record.promises == ()


@pytest.mark.parametrize(
    ("text", "agency", "kind"),
    [
        ("The Director should act. (Recommendation 1)", "BHL", "recommendation"),
        ("Congress should act. (Matter 1)", "", "matter"),
        ("Congress should act.", "", "matter"),
        ("The Director should tell Congress.", "", "recommendation"),
        ("To pay keepers, Congress should consider a law.", "", "matter"),
        ("A law should be considered.", "Congress", "matter"),
        ("The Librarian should act.", "Library of Congress", "recommendation"),
    ],
)
def test_the_kind_is_told_by_tag_agency_and_words(text, agency, kind):
    assert kind_of(text, agency) is RecommendationKind(kind)


def test_the_last_tag_is_the_number():
    assert number_in("As in (Recommendation 1), the Director should act. (Recommendation 2)") == "2"
    assert number_in("The Director should act.") is None


def record_ending(text, **spans):
    return Record(text="x", text_span=Span(0, 1), **spans), text


@pytest.mark.parametrize(
    "tail", ["It acted.", "It acted.”", "(Recommendation 1)", "It acted!", "It acted. |\n"]
)
def test_a_text_that_ends_a_sentence_is_not_cut_off(tail):
    record = Record(text=tail, text_span=Span(0, len(tail)))
    assert mark_cut_off(tail, [record]) == [record]


@pytest.mark.parametrize("tail", ["It acted and", "It acted, ", "It act"])
def test_a_text_that_ends_in_a_sentence_is_cut_off_in_its_last_record(tail):
    records = [
        Record(text="a", text_span=Span(0, 1)),
        Record(text=tail, text_span=Span(0, len(tail.rstrip()))),
    ]
    assert [record.is_truncated for record in mark_cut_off(tail, records)] == [False, True]


def test_a_text_that_breaks_off_after_its_records_leaves_them_whole():
    text = "The Director should act. And then a heading"
    record = Record(text=text[:24], text_span=Span(0, 24))
    assert mark_cut_off(text, [record]) == [record]


def test_no_records_are_none_marked():
    assert mark_cut_off("It act", []) == []
    assert mark_cut_off("", []) == []


def test_the_problem_of_an_incomplete_listing_says_both_numbers_and_what_to_do():
    problem = incomplete_listing(41, 10, Span(3, 9))
    assert (problem.code, problem.span, problem.fatal) == ("incomplete-listing", Span(3, 9), False)
    assert "41" in problem.message
    assert "10" in problem.message
    assert "save it with all loaded" in problem.message
