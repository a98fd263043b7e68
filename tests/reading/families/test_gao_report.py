"""GAO reports as text: which words are recommendations, whose they are, and what was answered."""

from __future__ import annotations

import pytest

from closeout.reading.model import Position, PromiseKind, RecommendationKind, StatementKind
from tests.reading.families.gao_cases import BODY, asked, case_text, codes, read_case, read_text, words

REPORTS = [
    "report-tagged.txt",
    "report-single.txt",
    "report-deliverable.txt",
    "report-actions.txt",
    "report-numbered-elements.txt",
    "report-in-letter.txt",
    "report-accessible.txt",
    "report-card.txt",
    "report-matters.txt",
    "report-untagged-matter.txt",
    "report-none.txt",
]


@pytest.mark.parametrize("name", REPORTS)
def test_every_layout_is_recognized_as_a_report(name):
    assert read_case(name).family == "gao-report"


@pytest.mark.parametrize("name", REPORTS)
def test_spans_cover_the_words_of_their_record(name):
    reading = read_case(name)
    for record in reading.records:
        said = words(reading, record.text_span)
        # What interrupts a demand (a footnote, a page foot) lies in the span and not in the text.
        assert said == record.text or set(record.text.split()) <= set(said.split())
        assert said.split()[-1] == record.text.split()[-1]


@pytest.mark.parametrize("name", REPORTS)
def test_texts_hold_no_heading_footnote_or_page_foot(name):
    for record in read_case(name).records:
        assert "#" not in record.text
        assert "Page " not in record.text
        assert "Agency Comments" not in record.text


def test_tagged_recommendations_are_read_once_each_in_order():
    assert [record.number for record in read_case("report-tagged.txt").records] == ["1", "2", "3"]


def test_a_tag_on_a_line_of_its_own_or_broken_over_lines_is_read():
    first, second, third = read_case("report-tagged.txt").records
    assert first.text == (
        "The Director of BHL should write a staffing plan for keepers. Such a plan should include how many "
        "keepers each light needs. (Recommendation 1)"
    )
    assert second.text.endswith("publish what it learned. (Recommendation 2)")
    assert third.text == "The Administrator of OFS should list the docks that keepers use (Recommendation 3)."


def test_a_footnote_between_two_recommendations_belongs_to_neither():
    assert (
        read_case("report-tagged.txt").records[1].text.startswith("As BHL hires keepers, the Director of BHL")
    )


def test_an_agency_letter_that_repeats_a_recommendation_gives_no_record():
    assert len(read_case("report-tagged.txt").records) == 3


def test_recommendations_of_earlier_reports_are_no_records():
    assert not any("count lamps" in record.text for record in read_case("report-tagged.txt").records)
    assert read_case("report-none.txt").records == ()


def test_the_head_gives_title_number_and_day():
    report = read_case("report-tagged.txt")
    assert (report.title, report.report_number) == (
        "Harbor Lights: Keepers Need a Staffing Plan",
        "GAO-30-990001",
    )
    assert (report.report_date.edtf, report.issuer) == ("2030-03-10", "GAO")
    assert words(report, report.reports[0].number_span) == "GAO-30-990001"


def test_the_count_is_the_one_over_the_list():
    report = read_case("report-tagged.txt")
    assert (report.declared_total, report.complete) == (3, True)
    assert words(report, report.declared_span).startswith("We are making a total of three recommendations")


def test_too_few_recommendations_are_a_problem():
    text = case_text("report-tagged.txt").replace("(Recommendation 3)", "")
    report = read_text(text)
    assert (report.shown, report.complete, codes(report)) == (2, False, ["count-mismatch"])


def test_each_official_is_the_head_of_an_agency_the_report_explains():
    assert [(record.addressee, record.agency) for record in read_case("report-tagged.txt").records] == [
        ("Director of BHL", "Bureau of Harbor Lights"),
        ("Director of BHL", "Bureau of Harbor Lights"),
        ("Administrator of OFS", "Office of Ferry Safety"),
    ]


def test_positions_go_by_number_where_numbers_are_named():
    records = read_case("report-tagged.txt").records
    assert [record.position for record in records] == [Position.CONCUR, Position.CONCUR, Position.NON_CONCUR]
    assert {record.position_by for record in records} == {"DOW"}


def test_a_promise_goes_to_the_recommendation_whose_words_it_shares():
    records = read_case("report-tagged.txt").records
    assert [[(p.kind, p.due.edtf) for p in record.promises] for record in records] == [
        [(PromiseKind.COMPLETION, "2031-09")],
        [(PromiseKind.START, "2032-03")],
        [],
    ]


def test_a_record_keeps_the_statements_that_are_about_it():
    record = read_case("report-tagged.txt").records[2]
    assert {statement.kind for statement in record.statements} == {StatementKind.POSITION}


def test_a_record_of_a_report_has_no_status():
    assert {record.status for record in read_case("report-tagged.txt").records} == {None}


def test_one_recommendation_without_a_tag_is_found_before_the_comments():
    report = read_case("report-single.txt")
    assert [(record.number, record.position) for record in report.records] == [(None, Position.NEITHER)]
    assert report.records[0].text.startswith(
        "The Director of the Tide Survey (TS) should, in coordination with"
    )
    assert (report.declared_total, words(report, report.declared_span)) == (
        1,
        "Recommendation for Executive Action",
    )


def test_a_list_of_what_one_strategy_must_hold_is_one_recommendation():
    report = read_case("report-deliverable.txt")
    assert len(report.records) == 1
    assert report.records[0].text == (
        "Therefore, we recommend that the Secretary of Waterways take the lead to establish a strategy for "
        "lamp oil. At a minimum, such a strategy should do the following: Watch how much oil there is. "
        "Advise Congress on what to do when there is none."
    )
    assert report.records[0].position is Position.GENERALLY_AGREE
    assert report.records[0].agency == "Department of Waterways"


def test_a_list_of_actions_is_as_many_recommendations():
    report = read_case("report-actions.txt")
    assert [record.text for record in report.records] == [
        "count lamps each month and say which of them were out",
        "order spare lamps in time",
        "pay for lamps only when they arrive.",
        (
            "To ensure that counts are right, we recommend that the Director of BHL have a second keeper "
            "count them."
        ),
    ]
    assert {record.agency for record in report.records} == {"Bureau of Harbor Lights"}


def test_a_cover_gives_title_number_and_the_day_of_the_letter():
    report = read_case("report-actions.txt")
    assert (report.title, report.report_number) == (
        "HARBOR LIGHTS Actions Needed to Keep Lamps Lit",
        "GAO-15-990",
    )
    assert report.report_date.edtf == "2014-10-10"


def test_the_comments_say_how_many_there_are_when_nothing_else_does():
    report = read_case("report-actions.txt")
    assert (report.declared_total, report.complete) == (4, True)
    assert words(report, report.declared_span) == "all four of our recommendations"


def test_a_promise_about_the_second_recommendation_goes_to_the_second():
    promises = [len(record.promises) for record in read_case("report-actions.txt").records]
    assert promises == [0, 1, 0, 0]


def test_numbered_elements_under_announced_actions_are_recommendations():
    report = read_case("report-numbered-elements.txt")
    assert [record.number for record in report.records] == ["1", "2", None]
    assert (
        report.records[0].text == "Consideration of how long a rule may be, including how many words it has."
    )
    assert report.records[0].addressee == "Director of the Rules Office; Chief Counsel for Keepers"


def test_a_recommendation_in_the_letter_is_found_without_any_heading():
    report = read_case("report-in-letter.txt")
    assert len(report.records) == 1
    assert report.records[0].text == (
        "In order to protect the name of the harbor, we are recommending that the Secretary of Waterways "
        "educate all harbors about its rules and see that contracts follow them."
    )
    assert report.records[0].position is Position.AGREE


def test_an_accessible_file_gives_its_number_title_and_dates():
    report = read_case("report-accessible.txt")
    assert (report.report_number, report.title) == (
        "GAO-08-990",
        "Harbor Watch: Centers Need Better Records",
    )
    assert (report.report_date.edtf, report.reports[0].publicly_released.edtf) == ("2008-02", "2008-03-08")


def test_ordinals_reach_recommendations_without_numbers():
    records = asked(read_case("report-accessible.txt"))
    assert [record.position for record in records] == [Position.AGREE, Position.AGREE, Position.NON_CONCUR]
    assert [record.text for record in records[:2]] == [
        "develop a form that every center uses",
        "set a date by which each center must report.",
    ]


def test_headings_in_the_contents_are_not_the_section():
    report = read_case("report-accessible.txt")
    assert report.records[0].text_span.start > report.document.text.index(BODY[:60])


def test_a_card_of_keywords_gives_number_title_and_day():
    report = read_case("report-card.txt")
    assert (report.report_number, report.title, report.report_date.edtf) == (
        "GAO-05-990",
        "Harbor Lights: Keeper Staffing Needs a Plan",
        "2005-08-31",
    )


def test_a_director_named_alone_is_the_one_named_before():
    records = read_case("report-card.txt").records
    assert [record.agency for record in records] == ["Light Service"] * 3
    assert [record.position for record in records] == [Position.CONCUR] * 3


def test_matters_with_tags_are_matters_and_not_counted():
    report = read_case("report-matters.txt")
    matters = [record for record in report.records if record.kind is RecommendationKind.MATTER]
    assert [(record.number, record.agency) for record in matters] == [("1", "Congress"), ("2", "Congress")]
    assert [record.number for record in asked(report)] == ["1", "2", "3", "4", "5"]
    assert (report.declared_total, report.complete) == (5, True)


def test_positions_go_by_agency_where_several_answer():
    assert [(record.agency, record.position) for record in asked(read_case("report-matters.txt"))] == [
        ("Office of Ferry Safety", Position.CONCUR),
        ("Office of Ferry Safety", Position.CONCUR),
        ("Harbor Court", Position.NO_COMMENT),
        ("Dock Board", Position.PARTIAL),
        ("Dock Board", Position.PARTIAL),
    ]


def test_a_demand_of_several_paragraphs_is_one_text():
    assert asked(read_case("report-matters.txt"))[2].text == (
        "The Director of the Harbor Court should: (a) set a date; and (b) set a fee. (Recommendation 3)"
    )


def test_a_matter_has_no_position_of_an_agency():
    for record in read_case("report-matters.txt").records[:2]:
        assert (record.position, record.promises) == (None, ())


def test_a_matter_without_a_tag_is_found_among_the_tagged():
    report = read_case("report-untagged-matter.txt")
    assert [(record.kind.value, record.number) for record in report.records] == [
        ("matter", None),
        ("recommendation", "1"),
        ("recommendation", "2"),
    ]


def test_no_comment_of_another_department_is_no_position():
    records = asked(read_case("report-untagged-matter.txt"))
    assert [record.position for record in records] == [Position.CONCUR, Position.CONCUR]


def test_a_draft_promised_is_a_draft():
    records = asked(read_case("report-untagged-matter.txt"))
    assert [(p.kind, p.due.edtf) for p in records[1].promises] == [(PromiseKind.DRAFT, "2026-12")]
    assert records[0].promises == ()


def test_a_report_without_recommendations_gives_none_and_declares_none():
    report = read_case("report-none.txt")
    assert (report.records, report.declared_total, report.complete, codes(report)) == ((), None, None, [])


@pytest.mark.parametrize("name", REPORTS)
def test_lost_blank_lines_lose_no_recommendation(name):
    text = case_text(name)
    dense = read_text("\n".join(line for line in text.splitlines() if line.strip()))
    assert [(record.number, record.kind, record.position) for record in dense.records] == [
        (record.number, record.kind, record.position) for record in read_case(name).records
    ]


@pytest.mark.parametrize("name", REPORTS)
def test_line_ends_of_windows_change_no_word(name):
    windows = read_text(case_text(name).replace("\n", "\r\n"))
    assert [record.text for record in windows.records] == [record.text for record in read_case(name).records]


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_cut_before_its_section_gives_no_record(name):
    text = case_text(name)
    cut = read_text(text[: text.index(BODY) + len(BODY)])
    assert cut.records == ()
