"""GAO's recommendations database until 2021, with and without the recommendations' words."""

from __future__ import annotations

from closeout.reading.model import AuditorStatus, Position
from tests.reading.families.gao_cases import case_text, codes, read_case, read_text, words


def test_a_page_without_words_gives_statuses_and_says_so():
    page = read_case("database-2020.txt")
    assert page.family == "gao-recdb-2020"
    assert [record.text for record in page.records] == [None] * 4
    assert {record.status_printed for record in page.records} == {"Open"}
    assert "no-recommendation-text" in codes(page)


def test_entries_belong_to_the_report_over_them():
    page = read_case("database-2020.txt")
    assert [record.report_number for record in page.records] == [
        "GAO-30-990",
        "GAO-30-990",
        "GAO-30-991SP",
        "",
    ]
    assert [(report.number, report.issued.edtf if report.issued else None) for report in page.reports] == [
        ("GAO-30-990", "2030-02-07"),
        ("GAO-30-991SP", "2030-04-03"),
        ("", None),
    ]


def test_a_phone_line_without_a_number_over_it_is_a_report_whose_number_was_lost():
    page = read_case("database-2020.txt")
    assert (page.records[3].agency, page.records[3].report_number) == ("Tide Survey", "")


def test_a_title_over_a_number_is_the_report_title_and_no_comment():
    page = read_case("database-2020.txt")
    assert page.reports[1].title == "Ferry Docks: Inspections Came Late"
    assert words(page, page.records[1].narrative_span) == (
        "We will update this recommendation after receiving information."
    )


def test_agency_paths_are_kept_as_printed():
    page = read_case("database-2020.txt")
    assert page.records[0].agency == "Department of Waterways: Bureau of Harbor Lights"
    assert words(page, page.records[0].agency_span) == page.records[0].agency


def test_a_priority_line_belongs_to_its_entry_only():
    page = read_case("database-2020.txt")
    assert [record.is_priority for record in page.records] == [True, False, False, False]
    assert words(page, page.records[0].status_span) == "Open"


def test_comments_give_position_and_promise():
    page = read_case("database-2020.txt")
    assert [record.position for record in page.records[:3]] == [Position.AGREE, None, Position.PARTIAL]
    assert page.records[2].position_printed == "concurred, in principle"
    assert [promise.due.edtf for promise in page.records[0].promises] == ["2030-09-30"]
    assert [record.status for record in page.records[:3]] == [
        AuditorStatus.RESOLVED_OPEN,
        AuditorStatus.OPEN_UNKNOWN,
        AuditorStatus.OPEN_UNKNOWN,
    ]


def test_a_page_cut_in_a_comment_marks_its_last_record():
    assert [record.is_truncated for record in read_case("database-2020.txt").records] == [False] * 3 + [True]


def test_the_day_of_the_database_is_read():
    page = read_case("database-2020.txt")
    assert page.as_of.edtf == "2030-10-20"
    assert page.as_of.span.of(page.document.text) == "October 20, 2030"


def test_a_page_with_words_has_texts_and_numbers():
    page = read_case("database-2016.txt")
    assert [record.number for record in page.records] == ["2", None, None, None]
    assert page.records[0].text == (
        "To light harbors, the Secretary of Waterways should buy lamps. (Recommendation 2)"
    )
    assert "no-recommendation-text" not in codes(page)


def test_a_second_agency_without_words_has_the_same_recommendation():
    page = read_case("database-2016.txt")
    first, second = page.records[1:3]
    assert (first.text, first.text_span) == (second.text, second.text_span)
    assert [(record.agency, record.status) for record in (first, second)] == [
        ("Department of Waterways", AuditorStatus.UNRESOLVED_OPEN),
        ("Department of Ports", AuditorStatus.RESOLVED_OPEN),
    ]


def test_the_total_of_the_search_is_declared_and_missed():
    page = read_case("database-2016.txt")
    assert (page.declared_total, page.shown, page.complete) == (5, 4, False)
    assert words(page, page.declared_span) == "2 publications with a total of 5 open recommendations"


def test_each_director_heads_a_report_with_its_own_count():
    page = read_case("database-2016.txt")
    assert [report.declared_open for report in page.reports] == [3, 2]


def test_a_demand_without_an_agency_label_names_the_body_its_official_heads():
    text = case_text("database-2016.txt").replace(
        "    Agency: Department of Waterways: Bureau of Harbor Lights\n", ""
    )
    assert read_text(text).records[-1].agency == "BHL"


def test_line_ends_of_windows_change_no_word():
    for name in ("database-2016.txt", "database-2020.txt"):
        windows = read_text(case_text(name).replace("\n", "\r\n"))
        assert [(r.text, r.agency, r.status) for r in windows.records] == [
            (r.text, r.agency, r.status) for r in read_case(name).records
        ]


def test_the_introduction_alone_is_no_database_page():
    page = read_text("Recommendations Database\nAs of May 1, 2030, there are 12 open recommendations.\n")
    assert (page.family, page.records) == ("unknown", ())
