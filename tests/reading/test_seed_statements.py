"""Positions, promises, statuses and readings of the seeds' narratives, as read by hand."""

from __future__ import annotations

from typing import Any

import pytest

from closeout.reading.clean import clean
from closeout.reading.fold import fold_space
from closeout.reading.model import AuditorStatus, StatementKind
from closeout.reading.statements.narrative import Narrative, read_narrative
from tests.reading.seeds import TRUTH, needs_seeds, seed, truth_of

IDS = (
    [(name, row["id"]) for name in ("000", "001", "002") for row in truth_of(name)["recommendations"]]
    if TRUTH.exists()
    else [("000", "none")]
)
OPEN = frozenset({AuditorStatus.RESOLVED_OPEN, AuditorStatus.UNRESOLVED_OPEN, AuditorStatus.OPEN_UNKNOWN})
each_recommendation = pytest.mark.parametrize(("name", "number"), IDS)


def row_of(name: str, number: str) -> dict[str, Any]:
    (row,) = [row for row in truth_of(name)["recommendations"] if row["id"] == number]
    return row


def narrative_of(name: str, number: str) -> Narrative:
    row = row_of(name, number)
    cleaned = clean(seed(name))
    first, last = (
        row["narrative_span"]
        if "narrative_span" in row
        else (row["response_span"][0], row["analysis_span"][1])
    )
    return read_narrative(cleaned, cleaned.at(first), cleaned.at(last))


@needs_seeds
@each_recommendation
def test_the_position_is_the_one_read_by_hand_with_its_words(name, number):
    row, narrative = row_of(name, number), narrative_of(name, number)
    assert (narrative.position.value if narrative.position else "unknown") == row["agency_position"]
    basis = row["agency_position_basis"]
    found = narrative.position_span
    assert ([found.start, found.end] if found else None) == (basis["span"] if basis else None)


@needs_seeds
@each_recommendation
def test_the_promises_are_those_read_by_hand_with_their_words(name, number):
    row, narrative = row_of(name, number), narrative_of(name, number)
    wanted = [*row.get("estimated_dates", ()), *row.get("milestones", ())]
    wanted += [row["estimated_completion"]] if row.get("estimated_completion") else []
    found = {(promise.span.start, promise.span.end): promise for promise in narrative.promises}
    assert set(found) == {tuple(entry["span"]) for entry in wanted}
    for entry in wanted:
        due = found[tuple(entry["span"])].due
        assert due.latest.isoformat().startswith(entry["date"])


@needs_seeds
@each_recommendation
def test_every_statement_s_span_reads_as_its_text(name, number):
    document = seed(name)
    removed = clean(document).removed
    for statement in narrative_of(name, number).statements:
        has_furniture = any(
            cut.start < statement.span.end and cut.end > statement.span.start for cut in removed
        )
        assert has_furniture or fold_space(statement.span.of(document.text)) == statement.text


@needs_seeds
@pytest.mark.parametrize("number", [number for name, number in IDS if name == "002"])
def test_the_status_of_an_inspection_report_is_the_one_read_by_hand(number):
    row, narrative = row_of("002", number), narrative_of("002", number)
    assert narrative.status is not None
    assert narrative.status.value == row["status_normalised"]
    assert narrative.status_span is not None
    assert [narrative.status_span.start, narrative.status_span.end] == row["status_span"]


@needs_seeds
def test_the_one_request_to_close_was_refused():
    requests = [
        item
        for item in narrative_of("002", "002/r5").statements
        if item.kind is StatementKind.CLOSURE_REQUEST
    ]
    assert [(item.by, item.value) for item in requests] == [("ICE", "refused")]


@needs_seeds
@pytest.mark.parametrize("number", [number for name, number in IDS if name == "001"])
def test_a_product_page_without_statuses_reads_as_by_hand(number):
    row, narrative = row_of("001", number), narrative_of("001", number)
    if row["status_inferred"] == "open":
        assert narrative.reads_as in OPEN
    else:
        assert narrative.reads_as is AuditorStatus(row["status_inferred"])
    assert narrative.confidence is not None
    assert narrative.status is None


@needs_seeds
def test_the_surer_reading_is_the_one_that_continues_to_be_monitored():
    confidences = [narrative_of("001", number).confidence or 0 for name, number in IDS if name == "001"]
    assert confidences[0] == confidences[1] > confidences[2]


@needs_seeds
@pytest.mark.parametrize("number", [number for name, number in IDS if name == "000"])
def test_the_listing_s_dates_in_each_narrative_are_all_found(number):
    row, document = row_of("000", number), seed("000")
    for entry in row["dates_in_narrative"]:
        assert document.text[entry["span"][0] : entry["span"][1]] == entry["text"]
    kinds = {item.kind for item in narrative_of("000", number).statements}
    assert (StatementKind.PLACEHOLDER in kinds) is row["is_placeholder_update"]


@needs_seeds
def test_agreement_with_findings_in_the_news_is_no_position():
    text = seed("003").text
    cleaned = clean(seed("003"))
    assert read_narrative(cleaned, 0, len(cleaned.text)).position is None
    start, end = truth_of("003")["agency_position"]["span"]
    assert "agreed with the findings" in text[start:end]


@needs_seeds
def test_the_news_promise_is_the_date_read_by_hand():
    cleaned = clean(seed("003"))
    (promise,) = read_narrative(cleaned, 0, len(cleaned.text)).promises
    assert [promise.span.start, promise.span.end] == truth_of("003")["estimated_completion"]["span"]
    assert promise.by == "ICE"
