"""Testimonies and summaries: they cite recommendations and make none."""

from __future__ import annotations

import pytest

from tests.reading.families.gao_cases import BODY, case_text, codes, read_case, read_text, words

SPOKEN = ["testimony.txt", "summary.txt", "republished.txt"]


@pytest.mark.parametrize("name", SPOKEN)
def test_no_record_is_read(name):
    reading = read_case(name)
    assert (reading.family, reading.records) == ("gao-testimony-summary", ())


def test_the_head_gives_title_number_and_day():
    reading = read_case("testimony.txt")
    assert (reading.title, reading.report_number) == ("Harbor Mail: Urgent Action Needed", "GAO-26-999008T")
    assert reading.report_date.edtf == "2026-03-17"


def test_recommendations_made_earlier_are_not_declared_ones():
    reading = read_case("testimony.txt")
    assert (reading.declared_total, reading.complete, codes(reading)) == (None, None, [])


def test_cited_reports_are_mentioned_as_cited_once_each():
    reading = read_case("testimony.txt")
    cited = [report for report in reading.reports if report.is_cited_only]
    assert [report.number for report in cited] == ["GAO-25-990743", "GAO-25-990744"]
    assert [words(reading, report.number_span) for report in cited] == ["GAO-25-990743", "GAO-25-990744"]


def test_the_testimony_itself_is_not_cited():
    reading = read_case("testimony.txt")
    assert [(report.number, report.kind) for report in reading.reports if not report.is_cited_only] == [
        ("GAO-26-999008T", "testimony")
    ]


def test_a_summary_that_counts_recommendations_is_incomplete():
    reading = read_case("summary.txt")
    assert (reading.declared_total, reading.complete) == (3, False)
    assert codes(reading) == ["no-recommendation-text"]
    assert words(reading, reading.declared_span) == "GAO is making three recommendations to the Harbor"


def test_a_republished_abstract_gives_number_and_day():
    reading = read_case("republished.txt")
    assert (reading.report_number, reading.report_date.edtf) == ("T-GGD-95-990", "1995-02-08")


def test_a_testimony_with_its_own_recommendations_is_read_as_a_report():
    text = case_text("report-untagged-matter.txt").replace(
        "**Report:**", "Statement of a Director\n\n**Report:**", 1
    )
    assert len(read_text(text).records) == 3


def test_words_about_gao_are_no_testimony():
    reading = read_text("GAO said this. It is a statement of nothing. Nobody was asked to act.")
    assert reading.family == "unknown"


LABELS = "# Harbor Moss: A Spotlight\n\n**Report:** GAO-26-990745 | **Published:** 2026-03-16 | x\n\n"


def test_a_short_product_with_labels_keeps_its_number_and_day():
    reading = read_text(f"{LABELS}Moss grows.\n")
    assert (reading.family, reading.report_number, reading.report_date.edtf) == (
        "gao-testimony-summary",
        "GAO-26-990745",
        "2026-03-16",
    )


def test_a_long_product_with_labels_is_read_as_a_report():
    reading = read_text(LABELS + BODY)
    assert (reading.family, reading.report_number, reading.records) == ("gao-report", "GAO-26-990745", ())
