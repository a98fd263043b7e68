"""Agency, topic and database pages of GAO: what is a row, what is a title, what is neither."""

from __future__ import annotations

import pytest

from closeout.reading.model import AuditorStatus, Position, PromiseKind, StatementKind, StatusBasis
from tests.reading.families.gao_cases import case_text, codes, read_case, read_text, words

BUREAU = "Bureau of Harbor Lights"


def numbers(name):
    return [record.number for record in read_case(name).records]


def test_an_agency_page_gives_one_record_for_each_row_of_each_block():
    assert numbers("agency-page.txt") == ["2", "3", "1", "4"]


def test_a_page_that_shows_fewer_than_it_declares_is_incomplete():
    page = read_case("agency-page.txt")
    assert (page.declared_total, page.shown, page.complete) == (9, 4, False)
    assert words(page, page.declared_span) == "Open Recommendations (9 total)"
    assert codes(page) == ["incomplete-listing"]


def test_a_page_that_shows_all_it_declares_is_complete_and_has_no_problem():
    page = read_case("agency-page-columns.txt")
    assert (page.declared_total, page.complete, codes(page)) == (3, True, [])


def test_a_report_in_two_blocks_is_mentioned_twice_with_the_count_of_each():
    page = read_case("agency-page.txt")
    assert [(report.title, report.declared_open) for report in page.reports] == [
        ("Harbor Lights: Keepers Need a Staffing Plan", 2),
        ("Harbor Lights: Lamps Need Spare Parts", 1),
        ("Harbor Lights: Keepers Need a Staffing Plan", 1),
    ]
    assert {words(page, report.declared_span) for report in page.reports} == {
        "2 Open Recommendations",
        "1 Open Recommendations",
    }


def test_titles_and_counts_stand_at_their_spans():
    page = read_case("agency-page.txt")
    assert all(words(page, report.title_span) == report.title for report in page.reports)


def test_the_agency_in_front_of_the_words_is_split_off():
    page = read_case("agency-page.txt")
    assert {record.agency for record in page.records} == {BUREAU}
    assert all(words(page, record.agency_span) == BUREAU for record in page.records)


def test_a_demand_need_not_begin_with_the_official():
    record = read_case("agency-page.txt").records[1]
    assert record.text == (
        "After the plan is written, the Director of BHL should test it in two districts. (Recommendation 3)"
    )


def test_text_status_and_narrative_are_the_words_at_their_spans():
    page = read_case("agency-page.txt")
    for record in page.records:
        assert words(page, record.text_span) == record.text
        assert words(page, record.status_span) == record.status_printed
        assert record.narrative_span is not None


def test_the_printed_status_is_kept_and_the_position_decides_what_open_means():
    page = read_case("agency-page.txt")
    assert [(record.status_printed, record.status) for record in page.records] == [
        ("Open", AuditorStatus.OPEN_UNKNOWN),
        ("Open – Partially Addressed", AuditorStatus.PARTIALLY_ADDRESSED),
        ("Open", AuditorStatus.UNRESOLVED_OPEN),
        ("Open", AuditorStatus.OPEN_UNKNOWN),
    ]
    assert {record.status_basis for record in page.records} == {StatusBasis.PRINTED}


def test_a_narrative_gives_the_position_and_what_was_promised():
    record = read_case("agency-page.txt").records[1]
    assert (record.position, record.position_printed, record.position_by) == (
        Position.CONCUR,
        "concurred",
        "BHL",
    )
    assert [(promise.kind, promise.due.edtf) for promise in record.promises] == [
        (PromiseKind.MILESTONE, "2031-06-30")
    ]


def test_a_placeholder_is_a_statement_and_no_position():
    record = read_case("agency-page.txt").records[0]
    assert [statement.kind for statement in record.statements] == [StatementKind.PLACEHOLDER]
    assert record.position is None


def test_columns_in_another_order_change_nothing():
    assert numbers("agency-page-columns.txt") == ["1", "5", "6"]


def test_the_sentence_that_explains_a_status_is_no_part_of_the_narrative():
    page = read_case("agency-page-columns.txt")
    said = [words(page, record.narrative_span) for record in page.records]
    assert not any("satisfy the intent of the recommendation have" in narrative for narrative in said)
    assert said[1] == "BHL inspected half of the moorings. It plans to inspect the others."


def test_a_priority_mark_is_read_and_is_no_part_of_the_words():
    page = read_case("agency-page-columns.txt")
    assert [record.is_priority for record in page.records] == [False, True, False]
    assert page.records[1].text == (
        "To keep buoys in place, the Director of BHL should inspect moorings each year. (Recommendation 5)"
    )


def test_a_page_cut_in_a_status_explanation_marks_its_last_record():
    page = read_case("agency-page-cut.txt")
    assert [record.is_truncated for record in page.records] == [False, True]
    assert page.records[1].narrative_span is None


def test_a_page_that_ends_in_a_heading_leaves_its_last_record_whole():
    page = read_case("agency-page-ends-in-block.txt")
    assert [record.is_truncated for record in page.records] == [False]
    assert [report.declared_open for report in page.reports] == [1, 2]


def test_a_last_narrative_without_a_full_stop_is_cut_off():
    text = case_text("agency-page-cut.txt")
    page = read_text(text[: text.index("BHL agreed") + 10])
    assert [record.is_truncated for record in page.records] == [True]


def test_a_last_demand_without_a_status_is_a_record_all_the_same():
    text = case_text("agency-page.txt")
    page = read_text(text[: text.index("in two districts")])
    assert page.records[-1].text == "After the plan is written, the Director of BHL should test it"
    assert (page.records[-1].status, page.records[-1].number, page.records[-1].is_truncated) == (
        None,
        None,
        True,
    )


def test_a_topic_page_declares_nothing_and_names_an_agency_in_every_row():
    page = read_case("topic-page.txt")
    assert (page.family, page.declared_total, page.complete) == ("gao-topic-page", None, None)
    assert [record.agency for record in page.records] == ["Department of Waterways", "Office of Ferry Safety"]


def test_what_follows_the_list_is_no_part_of_the_last_narrative():
    page = read_case("topic-page.txt")
    assert words(page, page.records[1].narrative_span).endswith("we will provide updated information.")


def test_neither_agreed_nor_disagreed_leaves_open_unknown():
    record = read_case("topic-page.txt").records[0]
    assert (record.position, record.status) == (Position.NEITHER, AuditorStatus.OPEN_UNKNOWN)


def test_a_database_page_says_as_of_when_it_is_and_how_many_it_holds():
    page = read_case("recommendations-database.txt")
    assert page.family == "gao-recdb-page"
    assert page.as_of.edtf == "2031-02-03"
    assert page.as_of.span.of(page.document.text) == "February 3, 2031"
    assert (page.declared_total, page.complete) == (14, False)


def test_a_database_page_has_no_report_of_its_own():
    page = read_case("recommendations-database.txt")
    assert (page.title, page.report_number, page.report_date, page.issuer) == ("", "", None, "GAO")


def test_a_title_broken_after_its_colon_is_one_title():
    assert read_case("recommendations-database.txt").reports[0].title == (
        "Cybersecurity: Light Controls Need Passwords"
    )


def test_number_and_date_between_title_and_count_are_read():
    report = read_case("recommendations-database.txt").reports[0]
    assert (report.number, report.issued.edtf) == ("GAO-30-990010", "2030-06-04")
    assert read_case("recommendations-database.txt").records[0].report_number == "GAO-30-990010"


def test_a_name_that_holds_the_word_congress_is_an_agency_not_congress():
    record = read_case("recommendations-database.txt").records[1]
    assert (record.agency, record.kind.value) == ("Library of Congress", "recommendation")


def test_a_demand_that_begins_with_an_abbreviation_is_split_from_its_agency():
    record = read_case("recommendations-database.txt").records[2]
    assert (record.agency, record.text) == (
        "Department of Waterways",
        "DOW should count docks. (Recommendation 4)",
    )


def test_a_tag_outside_the_full_stop_is_part_of_the_words():
    record = read_case("recommendations-database.txt").records[1]
    assert record.text == "The Librarian of Congress should lend no lamps (Recommendation 2)."
    assert record.number == "2"


@pytest.mark.parametrize(
    "name", ["agency-page.txt", "agency-page-columns.txt", "recommendations-database.txt"]
)
def test_line_ends_of_windows_change_nothing_but_offsets(name):
    plain, windows = read_case(name), read_text(case_text(name).replace("\n", "\r\n"))
    assert [(r.text, r.status, r.agency, r.position) for r in windows.records] == [
        (r.text, r.status, r.agency, r.position) for r in plain.records
    ]
    assert [words(windows, r.text_span) for r in windows.records] == [r.text for r in plain.records]


def test_pages_without_blank_lines_read_the_same():
    text = case_text("agency-page.txt")
    dense = read_text("\n".join(line for line in text.splitlines() if line))
    assert [(r.text, r.status_printed) for r in dense.records] == [
        (r.text, r.status_printed) for r in read_case("agency-page.txt").records
    ]
    assert [report.title for report in dense.reports] == [
        report.title for report in read_case("agency-page.txt").reports
    ]


def test_an_almanac_with_an_open_question_is_no_listing():
    page = read_case("not-gao-list.txt")
    assert (page.family, page.records) == ("unknown", ())


def test_a_page_with_a_total_and_nothing_else_is_an_empty_incomplete_listing():
    page = read_text("Bureau of Harbor Lights\n\nOpen Recommendations (4 total)\n\nLoading\n")
    assert (page.shown, page.complete, codes(page)) == (0, False, ["incomplete-listing"])


def test_a_report_number_or_date_is_never_taken_for_a_title():
    text = case_text("agency-page-ends-in-block.txt").replace(
        "Unheard\n", "Unheard\n\nGAO-30-990777\n\nJune 4, 2030\n"
    )
    report = read_text(text).reports[0]
    assert (report.title, report.number, report.issued.edtf) == (
        "Harbor Lights: Fog Signals Go Unheard",
        "GAO-30-990777",
        "2030-06-04",
    )
