"""Joining the five seed documents gives the register that was made by hand."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from functools import cache
from itertools import permutations

from closeout.followup.followed import follow
from closeout.followup.promises import Outcome
from closeout.reading.joining import ConflictField, Register, join
from closeout.reading.model import AuditorStatus, DocumentReading, Position, PromiseKind, StatusBasis
from closeout.reading.read import read_document
from tests.reading.seeds import NAMES, TRUTH, needs_seeds, seed

pytestmark = needs_seeds

POSITIONS = {"concur_or_agree": {Position.CONCUR, Position.AGREE}, "non-concur": {Position.NON_CONCUR}}


@cache
def readings() -> tuple[DocumentReading, ...]:
    """Return the readings of the seeds, read once."""
    return tuple(read_document(seed(name)) for name in NAMES)


@cache
def register() -> Register:
    """Return the seeds joined, in their own order."""
    return join(readings())


@cache
def totals():
    """Return the totals that were counted by hand."""
    return json.loads(TRUTH.read_text(encoding="utf-8"))["totals"]


def with_text():
    return [entry for entry in register().entries if entry.text is not None]


def test_the_records_are_those_counted_by_hand():
    counts = {name: len(reading.records) for name, reading in zip(NAMES, readings(), strict=True)}
    assert counts == totals()["recommendation_records_by_document"]


def test_the_seeds_speak_of_eight_reports_and_cite_one_more():
    spoken = Counter(report.is_cited_only for report in register().reports)
    assert spoken == {False: totals()["distinct_reports"], True: totals()["prior_reports_cited"]}


def test_the_seeds_hold_seventeen_recommendations_with_text_and_two_only_declared():
    assert len(with_text()) == totals()["distinct_recommendations_with_text"]
    assert len(register().entries) == totals()["distinct_recommendations_counting_declared_only"]
    declared = [entry for entry in register().entries if entry.is_declared_only]
    assert {entry.report_key for entry in declared} == {"dhs-oig/OIG-21-36"}


def test_the_same_recommendations_are_those_found_by_hand():
    def place(name):
        document, _, item = name.partition("/")
        reading = readings()[NAMES.index(document)]
        number = item.rpartition("/")[2].lstrip("ri")
        if document == "003":
            return NAMES.index(document), int(number) - 1
        if "/" in item:  # 000/b2/r3: the block's title is the report's
            title = next(e.report_title for e in readings()[1].records)
            found = [
                n for n, r in enumerate(reading.records) if (r.number, r.report_title) == (number, title)
            ]
            return NAMES.index(document), found[0]
        return NAMES.index(document), [record.number for record in reading.records].index(number)

    truth = json.loads(TRUTH.read_text(encoding="utf-8"))["cross_document"]["same_recommendation"]
    same = {tuple(sorted(place(name) for name in each["ids"])) for each in truth}
    assert {entry.records for entry in register().entries if len(entry.records) > 1} == same


def test_the_articles_one_date_is_a_conflict_with_the_report_and_the_only_one():
    conflicts = {
        entry.number: [(conflict.field, conflict.values) for conflict in entry.conflicts]
        for entry in register().entries
        if entry.conflicts
    }
    assert sorted(conflicts) == ["4", "5"]
    values = {
        number: {value.value: [source.document for source in value.sources] for value in found[0][1]}
        for number, found in conflicts.items()
    }
    assert values == {
        "4": {"2018-01-31": [3], "2018-03-30": [2]},
        "5": {"2018-01-31": [3], None: [2]},
    }
    assert {found[0][0] for found in conflicts.values()} == {ConflictField.COMPLETION}


def test_the_spans_of_the_conflict_read_back_to_a_date_in_their_documents():
    for entry in register().entries:
        for value in (value for conflict in entry.conflicts for value in conflict.values):
            for source in value.sources:
                words = source.span.of(readings()[source.document].document.text)
                assert value.value is None or "2018" in words


def test_no_join_is_doubtful_and_no_report_is_contradicted():
    assert register().doubts == ()
    assert [report.conflicts for report in register().reports if report.conflicts] == []


def test_positions_are_those_counted_by_hand():
    counts = Counter()
    for entry in with_text():
        held = {readings()[document].records[record].position for document, record in entry.records} - {None}
        counts[next((name for name, words in POSITIONS.items() if held & words), "unknown")] += 1
    assert counts == totals()["agency_positions_distinct_recs"]


def test_every_order_of_the_documents_gives_the_same_register():
    expected = [(report.key, report.declared_count) for report in register().reports]
    keys = [(entry.key, len(entry.records), len(entry.conflicts)) for entry in register().entries]
    for order in list(permutations(range(5)))[::7]:
        found = join([readings()[index] for index in order])
        assert [(report.key, report.declared_count) for report in found.reports] == expected
        assert [(entry.key, len(entry.records), len(entry.conflicts)) for entry in found.entries] == keys


def test_promised_completions_are_those_counted_by_hand():
    counts = Counter()
    for followed in follow(register(), readings(), as_of=date(2024, 6, 30)):
        lines = [line for line in followed.ledger.lines if not line.is_second_hand]
        counts.update(line.due.edtf for line in lines if line.kind is PromiseKind.COMPLETION)
        counts["starts"] += sum(line.kind is PromiseKind.START for line in lines)
    assert counts == {"2018-01-31": 3, "2018-03-30": 1, "2023-05-31": 2, "2023-08-31": 1, "starts": 1}


def test_the_promises_that_had_passed_when_the_page_was_read_are_overdue():
    followed = follow(register(), readings(), as_of=date(2024, 3, 31))
    overdue = sorted(each.ledger.overdue.due.edtf for each in followed if each.ledger.overdue)
    assert overdue == ["2018-01-31"] * 3 + ["2018-03-30", "2023-05-31", "2023-05-31", "2023-08-31"]
    starts = [line for each in followed for line in each.ledger.lines if line.kind is PromiseKind.START]
    assert [line.outcome for line in starts] == [Outcome.OPEN]


def test_the_shared_recommendation_is_printed_open_and_only_read_as_done():
    shared = next(
        each
        for each in follow(register(), readings(), as_of=date(2024, 12, 31))
        if each.entry.report_key.startswith("gao/") and len(each.entry.records) > 1
    )
    assert shared.status is AuditorStatus.RESOLVED_OPEN
    assert not shared.state.is_closed
    assert shared.state.reading.value == AuditorStatus.CLOSED_IMPLEMENTED
    assert shared.entry.conflicts == ()


def test_printed_statuses_are_those_counted_by_hand():
    printed = [
        record.status_printed
        for reading in readings()
        for record in reading.records
        if record.status_basis is StatusBasis.PRINTED
    ]
    labels = Counter("Open" if words == "Open" else "resolved-open" for words in printed)
    assert labels == totals()["status_labels_printed"]
