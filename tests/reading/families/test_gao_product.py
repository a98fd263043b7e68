"""GAO's product pages: the table of today, and the labelled lists until 2020."""

from __future__ import annotations

import pytest

from closeout.reading.model import AuditorStatus, Position, RecommendationKind, StatusBasis
from tests.reading.families.gao_cases import asked, case_text, codes, read_case, read_text, words


def test_title_number_and_both_dates_are_read_from_the_head():
    page = read_case("product-page.txt")
    assert page.title == "Harbor Lights: Keepers Need a Staffing Plan"
    assert (page.report_number, page.report_date.edtf) == ("GAO-30-990001", "2030-03-10")
    assert page.reports[0].publicly_released.edtf == "2030-04-12"
    assert words(page, page.reports[0].title_span) == page.title


def test_the_count_in_the_fast_facts_is_the_declared_count():
    page = read_case("product-page.txt")
    assert page.reports[0].declared_count == 4
    assert words(page, page.reports[0].declared_span) == "Our 4 recommendations to BHL"
    assert (page.declared_total, page.complete) == (4, True)


def test_the_sentence_over_the_table_is_the_position_on_all():
    page = read_case("product-page.txt")
    assert page.reports[0].position is Position.CONCUR
    assert words(page, page.reports[0].position_span) == "DOW concurred with the recommendations"
    assert [statement.by for statement in page.statements] == ["DOW"]


def test_every_status_of_the_table_has_its_normal_form():
    assert [(record.status_printed, record.status) for record in asked(read_case("product-page.txt"))] == [
        ("Closed – Implemented", AuditorStatus.CLOSED_IMPLEMENTED),
        ("Open", AuditorStatus.RESOLVED_OPEN),
        ("Closed – Not Implemented", AuditorStatus.CLOSED_NOT_IMPLEMENTED),
        ("Closed – No Longer Valid", AuditorStatus.CLOSED_NO_LONGER_VALID),
    ]


def test_a_closed_recommendation_before_the_last_keeps_its_place():
    assert [record.number for record in asked(read_case("product-page.txt"))] == ["1", "2", "3", "4"]


def test_a_matter_for_congress_is_read_and_kept_apart():
    matter = read_case("product-page.txt").records[-1]
    assert (matter.kind, matter.number, matter.agency) == (RecommendationKind.MATTER, "1", "Congress")
    assert matter.text == "Congress should consider paying keepers. (Matter for Consideration 1)"
    assert matter.status_printed == "Open"


def test_a_matter_is_not_counted_towards_the_declared_recommendations():
    text = case_text("product-page.txt")
    start, end = (
        text.index("Bureau of Harbor Lights The Director of BHL should publish"),
        text.index("Matter for"),
    )
    page = read_text(text[:start] + text[end:])
    assert (page.shown, page.complete) == (4, False)


def test_a_narrative_of_two_paragraphs_is_one_narrative():
    page = read_case("product-page.txt")
    assert words(page, page.records[1].narrative_span).endswith("The plan was still a draft in May 2032.")


def test_contacts_behind_the_table_are_no_part_of_it():
    page = read_case("product-page.txt")
    assert not any("Somebody" in (words(page, record.narrative_span) or "") for record in page.records)


def test_cells_between_pipes_are_read_without_the_pipes():
    page = read_case("product-page-pipes.txt")
    assert [record.number for record in page.records] == ["1", "2", "3"]
    for record in page.records:
        assert words(page, record.agency_span) == "Office of Ferry Safety"
        assert words(page, record.text_span) == record.text
        assert "|" not in record.text
        assert "|" not in (words(page, record.narrative_span) or "")


def test_a_lost_status_is_inferred_from_the_narrative_and_marked_so():
    records = read_case("product-page-pipes.txt").records
    assert [record.status_printed for record in records] == [None, None, None]
    assert [record.status for record in records] == [
        AuditorStatus.RESOLVED_OPEN,
        AuditorStatus.CLOSED_IMPLEMENTED,
        None,
    ]
    assert [record.status_basis for record in records[:2]] == [StatusBasis.INFERRED] * 2
    assert all(0 < record.status_confidence < 1 for record in records[:2])


def test_without_status_and_narrative_nothing_is_inferred():
    record = read_case("product-page-pipes.txt").records[2]
    assert (record.status, record.status_basis, record.narrative_span) == (None, None, None)


def test_a_page_may_count_its_recommendations_in_the_past():
    page = read_case("product-page-pipes.txt")
    assert (page.declared_total, words(page, page.declared_span)) == (
        3,
        "GAO made three recommendations to OFS",
    )


def test_a_page_without_a_number_line_has_its_first_line_as_title():
    page = read_case("product-page-pipes.txt")
    assert (page.title, page.report_number, page.report_date) == (
        "Ferry Docks: Inspections Came Late",
        "",
        None,
    )


def test_status_and_narrative_in_one_cell_are_taken_apart():
    page = read_case("product-page-one-cell.txt")
    assert [record.status_printed for record in page.records] == ["Open", "Closed – Implemented"]
    assert words(page, page.records[0].narrative_span) == "In January 2031, we reported it. TS concurred."
    assert words(page, page.records[1].narrative_span) == "In May 2032, the survey did so."


def test_a_priority_mark_in_front_of_the_words_of_a_cell_is_taken_off():
    record = read_case("product-page-one-cell.txt").records[1]
    assert (record.is_priority, record.number) == (True, "2")
    assert record.text.startswith("The Director of the Tide Survey should read")


def test_old_recommendations_without_numbers_are_records():
    page = read_case("product-page-old.txt")
    assert [(record.number, record.status) for record in page.records] == [
        (None, AuditorStatus.CLOSED_IMPLEMENTED),
        (None, AuditorStatus.CLOSED_NOT_IMPLEMENTED),
    ]
    assert page.records[0].text == (
        "The Secretary of Waterways should direct the Director, BHL, to keep receipts."
    )


def test_a_paragraph_is_never_taken_for_a_title():
    assert read_case("product-page-old.txt").title == ""


def test_a_product_without_recommendations_gives_none():
    page = read_case("product-page-without.txt")
    assert (page.family, page.records) == ("gao-product-page", ())
    assert (page.report_number, page.report_date.edtf) == ("T-RCED-95-990", "1995-02-08")
    assert page.title == "Harbor Lights: Questions and Answers"


def test_a_page_cut_in_its_table_marks_the_last_record():
    text = case_text("product-page.txt")
    page = read_text(text[: text.index("DOW does not intend") + 12])
    assert [record.is_truncated for record in page.records] == [False, False, True]
    assert (page.complete, page.declared_total) == (False, 4)


@pytest.mark.parametrize(
    "name",
    ["product-page.txt", "product-page-pipes.txt", "product-page-2010s.txt", "product-page-one-cell.txt"],
)
def test_line_ends_of_windows_change_no_word(name):
    plain, windows = read_case(name), read_text(case_text(name).replace("\n", "\r\n"))
    assert [(r.text, r.status, r.agency) for r in windows.records] == [
        (r.text, r.status, r.agency) for r in plain.records
    ]
    assert (windows.title, windows.report_number) == (plain.title, plain.report_number)


def test_labels_in_the_order_of_the_2010s_give_whole_records():
    page = read_case("product-page-2010s.txt")
    assert page.family == "gao-product-page-2010s"
    first, second = asked(page)
    assert (first.number, first.status_printed, first.status) == (
        "1",
        "Closed - Implemented",
        AuditorStatus.CLOSED_IMPLEMENTED,
    )
    assert first.text == "To reach the lights, the Secretary of Waterways should direct BHL to buy boats."
    assert (second.number, second.status) == ("2", AuditorStatus.RESOLVED_OPEN)
    assert [promise.due.edtf for promise in second.promises] == ["2014-12-31"]


def test_the_head_of_the_2010s_gives_title_number_and_dates():
    page = read_case("product-page-2010s.txt")
    assert (page.title, page.report_number) == ("Harbor Lights: Keepers Lack Boats", "GAO-12-990")
    assert (page.report_date.edtf, page.reports[0].publicly_released.edtf) == ("2012-01-10", "2012-02-09")


def test_a_labelled_agency_wins_over_the_official_addressed():
    first, second = asked(read_case("product-page-2010s.txt"))
    assert (first.agency, first.addressee) == ("Department of Waterways", "Secretary of Waterways")
    assert (second.agency, second.addressee) == ("BHL", "Director, BHL")


def test_a_priority_line_of_the_2010s_is_no_part_of_the_comments():
    page = read_case("product-page-2010s.txt")
    second = asked(page)[1]
    assert second.is_priority
    assert (
        words(page, second.narrative_span) == "DOW concurred. It plans to hire pilots by December 31, 2014."
    )


def test_a_matter_of_the_2010s_is_a_matter_and_in_process_is_open():
    matter = read_case("product-page-2010s.txt").records[-1]
    assert (matter.kind, matter.agency) == (RecommendationKind.MATTER, "Congress")
    assert (matter.status_printed, matter.status) == ("In Process", AuditorStatus.OPEN_UNKNOWN)


def test_the_count_of_the_2010s_is_declared_and_met():
    page = read_case("product-page-2010s.txt")
    assert (page.declared_total, page.complete, codes(page)) == (2, True, [])


def test_labels_may_begin_with_the_recommendation():
    page = read_case("product-page-2010s-labels.txt")
    assert [(record.agency, record.status_printed) for record in page.records] == [
        ("Department of Waterways: Bureau of Harbor Lights", "Closed - Not Implemented"),
        ("Department of Waterways", None),
    ]


def test_a_labelled_page_cut_in_a_demand_marks_its_last_record():
    page = read_case("product-page-2010s-labels.txt")
    assert [record.is_truncated for record in page.records] == [False, True]
