"""The demonstration's documents are read as a person read them, to the character."""

from __future__ import annotations

from collections import Counter

import pytest

from closeout.reading.fold import fold_space
from closeout.reading.joining import join
from closeout.reading.model import Position, PromiseKind
from tests.reading.demo_truth import (
    REPORTS,
    manifest,
    paths,
    place_of,
    places_between,
    places_of_promise,
    reading_of,
    truth,
)

DOCUMENT_FIELDS = ("family", "title", "report_number", "declared_total", "complete", "is_secondary")
RECORD_FIELDS = (
    "report_title",
    "report_number",
    "number",
    "kind",
    "agency",
    "status_printed",
    "status",
    "status_basis",
    "position",
    "position_printed",
    "is_priority",
    "is_legislative",
)
RECORD_DATES = ("closed_on", "updated_on", "next_update_on")


def edtf(date):
    return date.edtf if date else None


def records_of(path):
    """Pair each record a person found with the one the reader found, in the document's order."""
    read = reading_of(path).records
    said = truth()["documents"][path]["records"]
    assert len(read) == len(said), [record.text or record.number for record in read]
    return list(zip(said, read, strict=True))


def all_records():
    return [
        (path, index) for path in paths() for index, _ in enumerate(truth()["documents"][path]["records"])
    ]


RECORDS = all_records()


def pair(path, index):
    return records_of(path)[index]


@pytest.fixture(scope="module")
def register():
    return join([reading_of(path) for path in paths()])


def test_truth_manifest_and_folder_name_the_same_documents():
    on_disk = {path.relative_to(REPORTS).as_posix() for path in REPORTS.rglob("*") if path.is_file()}
    assert on_disk == set(paths()) == {capture["path"] for capture in manifest()["captures"]}


def test_captures_are_listed_in_the_order_they_were_made():
    days = [capture["got_on"] for capture in manifest()["captures"]]
    assert days == sorted(days)
    assert days[-1] <= manifest()["as_of"]


@pytest.mark.parametrize("path", paths())
def test_every_document_says_that_it_is_fictional(path):
    assert b"fictional" in (REPORTS / path).read_bytes() or "fictional" in reading_of(path).document.text


@pytest.mark.parametrize("path", paths())
def test_what_a_document_says_of_itself_is_read(path):
    said, read = truth()["documents"][path], reading_of(path)
    expected = {name: said[name] for name in DOCUMENT_FIELDS if name in said}
    assert {name: getattr(read, name) for name in expected} == expected
    for name in ("report_date", "as_of"):
        if name in said:
            assert edtf(getattr(read, name)) == said[name]


@pytest.mark.parametrize("path", paths())
def test_no_document_is_read_with_a_fatal_problem(path):
    assert [problem for problem in reading_of(path).problems if problem.fatal] == []


def test_the_only_problem_is_that_one_page_shows_less_than_it_declares():
    found = {(path, problem.code) for path in paths() for problem in reading_of(path).problems}
    assert found == {("gao/agency-page-2026-10.html", "incomplete-listing")}


@pytest.mark.parametrize(("path", "index"), RECORDS)
def test_no_record_is_taken_to_be_cut_off(path, index):
    _, read = pair(path, index)
    assert not read.is_truncated


@pytest.mark.parametrize("path", paths())
def test_nothing_of_a_pages_footer_stands_in_a_record(path):
    text = reading_of(path).document.text
    spans = [record.narrative_span for record in reading_of(path).records if record.narrative_span]
    agencies = [record.agency for record in reading_of(path).records]
    words = " ".join([*(span.of(text) for span in spans), *agencies])
    assert not [debris for debris in ("Contact", "fictional", "Site map", "Newsletter") if debris in words]


@pytest.mark.parametrize("path", paths())
def test_each_recommendation_is_found_and_nothing_else(path):
    assert len(records_of(path)) == len(truth()["documents"][path]["records"])


@pytest.mark.parametrize(("path", "index"), RECORDS)
def test_each_text_is_found_at_its_exact_span(path, index):
    said, read = pair(path, index)
    text = reading_of(path).document.text
    if said["text"] is None:
        assert read.text is None
        return
    assert read.text_span in places_between(text, *said["text"])
    assert read.text == fold_space(read.text_span.of(text))


@pytest.mark.parametrize(("path", "index"), RECORDS)
def test_each_field_is_read_as_a_person_read_it(path, index):
    said, read = pair(path, index)
    expected = {name: said[name] for name in RECORD_FIELDS if name in said}
    assert {name: getattr(read, name) for name in expected} == expected


@pytest.mark.parametrize(("path", "index"), RECORDS)
def test_each_date_and_amount_of_a_record_is_read(path, index):
    said, read = pair(path, index)
    expected = {name: said[name] for name in RECORD_DATES if name in said}
    assert {name: edtf(getattr(read, name)) for name in expected} == expected
    if "money" in said:
        text = reading_of(path).document.text
        assert [[money.kind, money.amount] for money in read.money if money.amount] == said["money"]
        assert all(str(money.amount) in money.span.of(text).replace(",", "") for money in read.money)


@pytest.mark.parametrize(("path", "index"), RECORDS)
def test_each_promise_is_read_with_its_kind_date_and_place(path, index):
    said, read = pair(path, index)
    text = reading_of(path).document.text
    assert [(promise.kind, promise.due.edtf) for promise in read.promises] == [
        (PromiseKind(promise["kind"]), promise["edtf"]) for promise in said["promises"]
    ]
    for promise, made in zip(said["promises"], read.promises, strict=True):
        places = places_of_promise(text, promise)
        assert [place for place in places if made.span in place.sentence and place.date in made.due.span]
        assert made.share == promise.get("share")


@pytest.mark.parametrize(("path", "index"), RECORDS)
def test_each_printed_value_stands_in_the_source_as_printed(path, index):
    _, read = pair(path, index)
    text = reading_of(path).document.text
    if read.status_basis == "printed" and read.status_span:
        assert read.status_printed.replace("-", " ").split()[-1] in read.status_span.of(text)
    if read.position_span and read.position_printed:
        assert fold_space(read.position_printed) in fold_space(read.position_span.of(text))


@pytest.mark.parametrize(("path", "index"), [each for each in RECORDS if each[0] == "oig/OIG-24-951.txt"])
def test_the_status_of_each_item_of_the_report_is_its_own_sentence(path, index):
    said, read = pair(path, index)
    sentence = place_of(reading_of(path).document.text, [said["status_sentence"]])
    assert read.status_span in sentence or sentence in read.status_span


def test_a_word_split_by_a_page_break_is_mended():
    _, fourth = pair("oig/OIG-24-951.txt", 3)
    told = " ".join(statement.text for statement in fourth.statements)
    assert "the peer-to-peer reviews" in told
    assert "www.oig.civicsafety.example" not in told


def test_the_library_page_names_its_reports_and_how_many_recommendations_each_makes():
    mentions = {report.number: report for report in reading_of("oig/library-field-offices.html").reports}
    for said in truth()["documents"]["oig/library-field-offices.html"]["reports"]:
        read = mentions.pop(said["number"])
        assert read.declared_count == said["declared_count"]
        assert read.fiscal_year == said["fiscal_year"]
        assert edtf(read.issued) == said.get("issued")
        if "position" in said:
            assert read.position == Position(said["position"])
    assert mentions == {}


def test_a_placeholder_is_no_update():
    _, second = pair("gao/agency-page-2025-09.html", 1)
    assert {statement.kind for statement in second.statements} <= {"placeholder"}


def test_the_register_holds_each_recommendation_once(register):
    counted = Counter()
    declared = Counter()
    number_of = {report.key: report.number for report in register.reports}
    for entry in register.entries:
        (declared if entry.is_declared_only else counted)[number_of[entry.report_key]] += 1
    expected = truth()["register"]["reports"]
    assert counted == Counter({report["number"]: report["recommendations"] for report in expected})
    assert declared == Counter({report["number"]: report["declared_only"] for report in expected})


def test_every_record_goes_into_exactly_one_recommendation(register):
    placed = Counter(record for entry in register.entries for record in entry.records)
    everything = [(i, j) for i, path in enumerate(paths()) for j, _ in enumerate(reading_of(path).records)]
    assert placed == Counter(everything)


def test_the_news_article_contradicts_the_report_on_dates(register):
    (expected,) = truth()["register"]["conflicts"]
    (report,) = [report.key for report in register.reports if report.number == expected["report"]]
    found = {
        value.value
        for entry in register.entries
        if entry.report_key == report
        for conflict in entry.conflicts
        if conflict.field == expected["field"]
        for value in conflict.values
    }
    assert set(expected["values"]) <= found


def test_the_order_in_which_documents_are_joined_makes_no_difference(register):
    backwards = join([reading_of(path) for path in reversed(paths())])
    assert {entry.key for entry in backwards.entries} == {entry.key for entry in register.entries}
