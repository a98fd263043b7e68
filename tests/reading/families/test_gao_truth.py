"""GAO's documents of the seeds and of the practice set, against what was read by hand."""

from __future__ import annotations

from functools import cache

import pytest

from closeout.reading.model import (
    AuditorStatus,
    Document,
    Medium,
    PromiseKind,
    RecommendationKind,
    StatusBasis,
)
from closeout.reading.read import read_document
from tests.reading.families.gao_cases import asked, words
from tests.reading.practice import EXPORT, needs_export, needs_practice, practice_reading, practice_truth
from tests.reading.seeds import needs_seeds, seed, truth_of

PAGES = [
    "p01_gao_agency_ice_sort_name.txt",
    "p03_gao_agency_ice_tooltip_33total.txt",
    "p06_gao_recdb_2023_dhsoig.txt",
    "p10_gao_product_2010s_layout_closed.txt",
]
REPORTS = [
    "f02_gao-26-107592.txt",
    "f04_gao-26-107759.txt",
    "f05_gao-26-107820.txt",
    "f07_gao-26-107896.txt",
    "f12_gao-07-283.txt",
]
SUMMARY = "f14_gao-26-108943.txt"
PLANNED = {"end of fiscal year 2026": "2026-09", "end of 2026": "2026-12"}
SEEDS = ("000", "001")


@cache
def reading(name):
    return read_document(seed(name))


def place(span):
    return [span.start, span.end] if span else None


def pairs(name):
    return list(zip(reading(name).records, truth_of(name)["recommendations"], strict=True))


@needs_seeds
@pytest.mark.parametrize("name", SEEDS)
def test_seed_records_have_number_words_and_agency_in_their_places(name):
    for record, truth in pairs(name):
        assert record.number == str(truth["number"])
        assert (record.text, place(record.text_span)) == (truth["text"], truth["text_span"])
        assert (record.agency, place(record.agency_span)) == (truth["agency"], truth["agency_span"])


@needs_seeds
@pytest.mark.parametrize("name", SEEDS)
def test_seed_records_have_status_and_narrative_in_their_places(name):
    for record, truth in pairs(name):
        assert record.status_printed == truth["status_stated"]
        assert place(record.status_span) == truth.get("status_span")
        assert place(record.narrative_span) == truth["narrative_span"]


@needs_seeds
@pytest.mark.parametrize("name", SEEDS)
def test_seed_records_have_positions_in_their_places(name):
    for record, truth in pairs(name):
        basis = truth["agency_position_basis"]
        assert (record.position or "unknown") == truth["agency_position"]
        assert place(record.position_span) == (basis["span"] if basis else None)


@needs_seeds
@pytest.mark.parametrize("name", SEEDS)
def test_seed_records_have_promises_in_their_places(name):
    for record, truth in pairs(name):
        assert [
            (promise.printed, place(promise.span), promise.due.latest.isoformat())
            for promise in record.promises
        ] == [(date["text"], date["span"], date["date"]) for date in truth["estimated_dates"]]


@needs_seeds
def test_a_promise_to_begin_is_not_one_to_finish():
    kinds = [promise.kind for record in reading("000").records for promise in record.promises]
    assert kinds == [PromiseKind.COMPLETION] * 3 + [PromiseKind.START]


@needs_seeds
def test_the_seed_listing_declares_41_and_shows_10():
    truth = truth_of("000")
    page = reading("000")
    assert (page.declared_total, place(page.declared_span)) == (
        truth["declared_total"],
        truth["declared_total_span"],
    )
    assert (page.shown, page.complete, page.report_date) == (truth["n_recommendations"], False, None)


@needs_seeds
def test_the_blocks_of_the_seed_listing_are_report_mentions():
    for report, block in zip(reading("000").reports, truth_of("000")["blocks"], strict=True):
        assert (report.title, place(report.title_span)) == (block["title"], block["title_span"])
        assert (report.declared_open, place(report.declared_span)) == (
            block["declared_open"],
            block["declared_span"],
        )


@needs_seeds
def test_the_seed_product_has_title_count_and_position_of_its_own():
    truth, page = truth_of("001"), reading("001")
    report = page.reports[0]
    assert (page.title, place(report.title_span)) == (truth["title"], truth["title_span"])
    assert report.declared_count == truth["declared_count"]["value"]
    assert place(report.declared_span) == truth["declared_count"]["span"]
    said = truth["document_level_position"]
    assert (report.position, place(report.position_span)) == (said["value"], said["span"])
    assert {statement.by for statement in page.statements if statement.value} == {said["respondent"]}


@needs_seeds
def test_the_statuses_of_the_seed_product_are_inferred_only():
    for record, truth in pairs("001"):
        is_open = record.status in {AuditorStatus.RESOLVED_OPEN, AuditorStatus.OPEN_UNKNOWN}
        assert ("open" if is_open else record.status) == truth["status_inferred"]
        assert record.status_basis is StatusBasis.INFERRED
        assert 0 < record.status_confidence < 1


@needs_practice
@pytest.mark.parametrize("name", [*PAGES, *REPORTS, SUMMARY])
def test_practice_documents_give_as_many_records_as_were_counted(name):
    assert len(asked(practice_reading(name))) == practice_truth(name)["n_recommendations_in_text"]


@needs_practice
@pytest.mark.parametrize("name", [*PAGES, *REPORTS])
def test_practice_records_have_number_status_and_position(name):
    truths = practice_truth(name)["recommendations"]
    for record, truth in zip(asked(practice_reading(name)), truths, strict=True):
        assert record.number == (str(truth["number"]) if truth["number"] else None)
        assert record.status_printed == truth.get("status")
        assert record.is_truncated == truth.get("truncated", False)
        if "position" in truth:
            assert record.position == truth["position"]


@needs_practice
@pytest.mark.parametrize("name", REPORTS)
def test_planned_dates_go_to_the_recommendation_they_are_about(name):
    truths = practice_truth(name)["recommendations"]
    for record, truth in zip(asked(practice_reading(name)), truths, strict=True):
        planned = [PLANNED[truth["planned"]]] if "planned" in truth else []
        assert [promise.due.edtf for promise in record.promises] == planned


@needs_practice
@pytest.mark.parametrize("name", [*REPORTS, SUMMARY, PAGES[3]])
def test_practice_reports_have_number_and_date(name):
    truth, found = practice_truth(name), practice_reading(name)
    assert (found.report_number, found.report_date.edtf) == (truth["report_number"], truth["report_date"])


@needs_practice
@pytest.mark.parametrize("name", REPORTS)
def test_practice_reports_declare_what_they_make(name):
    assert practice_reading(name).declared_total == practice_truth(name)["declared_recommendations"]


@needs_practice
def test_the_matter_of_a_practice_report_is_kept_apart():
    found = practice_reading("f07_gao-26-107896.txt")
    matters = [record for record in found.records if record.kind is RecommendationKind.MATTER]
    assert len(matters) == practice_truth("f07_gao-26-107896.txt")["matters"]


@needs_practice
@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("f02_gao-26-107592.txt", "Department of Health and Human Services"),
        ("f04_gao-26-107759.txt", "Office of Science and Technology Policy"),
        ("f05_gao-26-107820.txt", "Department of Energy"),
        ("f07_gao-26-107896.txt", "Food and Drug Administration"),
        ("f12_gao-07-283.txt", "Department of Energy"),
        ("p10_gao_product_2010s_layout_closed.txt", "Office of Management and Budget"),
    ],
)
def test_the_agency_is_the_one_headed_by_the_official(name, agency):
    assert {record.agency for record in asked(practice_reading(name))} == {agency}


@needs_practice
@pytest.mark.parametrize("name", PAGES[:3])
def test_practice_pages_declare_their_totals_and_blocks(name):
    truth, found = practice_truth(name), practice_reading(name)
    assert found.declared_total == truth.get("declared_page_total", 17)
    assert found.complete is False
    assert len(found.reports) == truth.get("blocks", 1)


@needs_practice
def test_the_database_page_of_the_practice_set_is_as_of_its_day():
    name = "p06_gao_recdb_2023_dhsoig.txt"
    assert practice_reading(name).as_of.edtf == practice_truth(name)["as_of"]


@needs_practice
@pytest.mark.parametrize("name", [*PAGES, *REPORTS])
def test_spans_of_practice_records_give_their_words_again(name):
    found = practice_reading(name)
    for record in found.records:
        said = words(found, record.text_span)
        assert said == record.text or set(record.text.split()) <= set(said.split())
        assert words(found, record.status_span) == record.status_printed
        for promise in record.promises:
            assert words(found, promise.span) == " ".join(promise.printed.split())


@needs_export
def test_the_sample_of_the_export_gives_a_record_for_each_row():
    document = seed_like_export()
    found = read_document(document)
    assert (found.family, found.as_of.edtf) == ("gao-csv-export", "2026-09-28")
    assert len(found.records) == 20
    assert len({record.report_number for record in found.records}) == len(found.reports) == 15
    assert [record.kind for record in found.records].count(RecommendationKind.MATTER) == 1
    assert all(record.status is not None for record in found.records)
    assert sum(record.is_priority for record in found.records) == 3


def seed_like_export():
    """Return the sample as a document of delimited text."""
    return Document(EXPORT.name, "0" * 64, Medium.CSV, EXPORT.read_bytes().decode("utf-8"))
