"""Whole documents of our own words: what each layout must yield and what it must refuse."""

from __future__ import annotations

import pytest

from closeout.reading.families import ALL_FAMILIES
from closeout.reading.model import AuditorStatus, Position, PromiseKind, StatusBasis
from tests.reading.families.ig_cases import CASES, case_text, folded, make_clean, read_case, read_text, value

NAMES = sorted(path.stem for path in CASES.glob("*.txt"))
FAMILIES = {
    "closure_appendix": "doj-oig-closure-appendix",
    "dashboard": "usaid-oig-dashboard",
    "findings_restart": "oig-report",
    "letter_open_list": "oig-open-list",
    "library": "dhs-oig-library",
    "library_fused": "dhs-oig-library",
    "library_table": "dhs-oig-library",
    "list_components": "doj-oig-list",
    "list_harbors": "va-oig-list",
    "memo_announcement": "oig-announcement",
    "memo_plain": "oig-memo",
    "memo_resolution": "oig-memo",
    "news_article": "news",
    "page_audit": "hhs-oas-page",
    "page_evaluation": "hhs-oig-page",
    "page_list": "oig-report-page",
    "page_none": "hhs-oig-page",
    "page_one": "oig-report-page",
    "page_partial": "hhs-oig-page",
    "page_table": "oig-report-page",
    "report_farm": "oig-report",
    "report_flat": "dhs-oig-report",
    "report_lists": "oig-evaluation",
    "report_new_dhs": "oig-report",
    "report_none": "oig-report",
    "report_state": "oig-report",
    "report_tax": "oig-report",
    "schedule_of_findings": "oig-findings-schedule",
    "summary_list": "oig-summary-list",
    "tracker": "hhs-oig-tracker",
    "tracker_flat": "hhs-oig-tracker",
    "transmittal": "dhs-oig-transmittal",
}
NUMBERS = {
    "closure_appendix": ["1", "2"],
    "dashboard": ["1", "2", "1"],
    "findings_restart": ["1", "2", "1"],
    "letter_open_list": [None] * 4,
    "library": [],
    "library_fused": [],
    "library_table": [],
    "list_components": [None] * 4,
    "list_harbors": ["1", "2", "3", "1"],
    "memo_announcement": [],
    "memo_plain": [None] * 2,
    "memo_resolution": [],
    "news_article": [None] * 3,
    "page_audit": [None] * 3,
    "page_evaluation": ["1", "2", "3", "4"],
    "page_list": [None] * 2,
    "page_none": [],
    "page_one": ["4"],
    "page_partial": [None],
    "page_table": ["2", "3"],
    "report_farm": ["1", "2"],
    "report_flat": ["1", "2"],
    "report_lists": ["1", "2", "3"],
    "report_new_dhs": ["1", "2", "3"],
    "report_none": [],
    "report_state": ["1", "2"],
    "report_tax": ["1", "2"],
    "schedule_of_findings": [None],
    "summary_list": [None] * 2,
    "tracker": ["22-E-04-911.01", "22-E-04-911.02", "23-A-01-902.01"],
    "tracker_flat": [None] * 3,
    "transmittal": ["1", "2", "3", "4"],
}
CONCUR, AGREE, PARTIAL, NON = Position.CONCUR, Position.AGREE, Position.PARTIAL, Position.NON_CONCUR
POSITIONS = {
    "closure_appendix": [CONCUR, AGREE],
    "findings_restart": [AGREE, AGREE, NON],
    "letter_open_list": [None] * 4,
    "memo_plain": [None] * 2,
    "news_article": [None] * 3,
    "page_audit": [Position.GENERALLY_AGREE] * 3,
    "page_evaluation": [CONCUR, PARTIAL, CONCUR, Position.NOT_INDICATED],
    "page_partial": [Position.NOT_INDICATED],
    "report_farm": [AGREE, NON],
    "report_flat": [CONCUR, CONCUR],
    "report_lists": [AGREE, AGREE, NON],
    "report_new_dhs": [CONCUR, CONCUR, PARTIAL],
    "report_state": [CONCUR, NON],
    "report_tax": [AGREE, NON],
    "schedule_of_findings": [CONCUR],
    "summary_list": [AGREE, PARTIAL],
    "tracker": [CONCUR, NON, None],
    "transmittal": [CONCUR, CONCUR, CONCUR, NON],
}
OPEN, RESOLVED, UNRESOLVED = (
    AuditorStatus.OPEN_UNKNOWN,
    AuditorStatus.RESOLVED_OPEN,
    AuditorStatus.UNRESOLVED_OPEN,
)
CLOSED = AuditorStatus.CLOSED_IMPLEMENTED
STATUSES = {
    "closure_appendix": [RESOLVED, CLOSED],
    "findings_restart": [None] * 3,
    "letter_open_list": [OPEN] * 4,
    "list_components": [RESOLVED, UNRESOLVED, OPEN, RESOLVED],
    "list_harbors": [CLOSED, OPEN, AuditorStatus.CLOSED_NOT_IMPLEMENTED, OPEN],
    "memo_plain": [None] * 2,
    "news_article": [None] * 3,
    "page_one": [CLOSED],
    "page_table": [OPEN] * 2,
    "report_farm": [RESOLVED, UNRESOLVED],
    "report_flat": [RESOLVED, CLOSED],
    "report_lists": [RESOLVED, RESOLVED, UNRESOLVED],
    "report_new_dhs": [CLOSED, RESOLVED, UNRESOLVED],
    "report_state": [RESOLVED, UNRESOLVED],
    "report_tax": [None, None],
    "schedule_of_findings": [None],
    "summary_list": [None, None],
    "tracker": [CLOSED, UNRESOLVED, None],
    "tracker_flat": [OPEN] * 3,
    "transmittal": [RESOLVED, RESOLVED, RESOLVED, UNRESOLVED],
}
AGENCIES = {
    "closure_appendix": ["OFG", "OFG"],
    "dashboard": ["USAID/Tarn", "USAID/Tarn", ""],
    "letter_open_list": ["Commission"] * 4,
    "list_components": ["Bureau of Quays"] * 2 + ["Office of Cranes"] * 2,
    "memo_plain": ["Canal Commission", "Commission"],
    "page_evaluation": ["CSV"] * 4,
    "page_one": ["Bureau of Quays"],
    "page_table": ["Quays", ""],
    "report_flat": ["Tunnel Service"] * 2,
    "report_new_dhs": ["Coastal Ferry Administration"] * 3,
    "report_state": ["Bureau of Reading", "Mission Tarn"],
    "report_tax": ["Small Mills Division"] * 2,
    "tracker": ["CSV", "CSV", ""],
}
DATES = {
    "closure_appendix": "2021-08",
    "memo_plain": "2018-05-04",
    "page_audit": "2001-05-03",
    "page_evaluation": "2022-04-10",
    "page_none": "2022-06-12",
    "report_farm": "2014-09",
    "report_flat": "2020-06-03",
    "report_new_dhs": "2022-03-09",
    "report_none": "2016-11-29",
    "report_tax": "2016-01-21",
    "summary_list": "2010-10/2011-09",
    "transmittal": "2023-05-20",
}
PROMISES = {
    "news_article": ["2022-09-30"] * 3,
    "report_farm": ["2014-12-31", None],
    "report_flat": ["2020-12-31", None],
    "report_new_dhs": [None, "2022-09-30", None],
    "report_state": ["2023-06", None],
    "report_tax": ["2017-03-15", None],
    "summary_list": [None, None],
}
FURNITURE = (
    "Response:",
    "Recommendation ",
    "Page ",
    "www.",
    "Questioned Cost",
    "- Status",
    "Closure Date",
    "OIG Analysis",
)


def test_every_case_is_spoken_of():
    assert set(NAMES) == set(FAMILIES) == set(NUMBERS)


@pytest.mark.parametrize("name", NAMES)
def test_each_layout_is_known(name):
    assert read_case(name).family == FAMILIES[name]


@pytest.mark.parametrize("name", NAMES)
def test_each_recommendation_is_one_record_and_nothing_else_is(name):
    assert [record.number for record in read_case(name).records] == NUMBERS[name]


@pytest.mark.parametrize("name", POSITIONS)
def test_each_answer_is_read_as_a_position(name):
    assert [record.position for record in read_case(name).records] == POSITIONS[name]


@pytest.mark.parametrize("name", STATUSES)
def test_each_status_is_the_auditors(name):
    records = read_case(name).records
    assert [record.status for record in records] == STATUSES[name]
    assert all(record.status_basis is StatusBasis.PRINTED for record in records if record.status)


@pytest.mark.parametrize("name", AGENCIES)
def test_each_demand_is_addressed_to_somebody(name):
    assert [record.agency for record in read_case(name).records] == AGENCIES[name]


@pytest.mark.parametrize("name", DATES)
def test_each_document_has_its_own_date(name):
    assert read_case(name).report_date.edtf == DATES[name]


@pytest.mark.parametrize("name", PROMISES)
def test_each_completion_date_is_promised_once(name):
    found = [
        next(
            (promise.due.edtf for promise in record.promises if promise.kind is PromiseKind.COMPLETION), None
        )
        for record in read_case(name).records
    ]
    assert found == PROMISES[name]


@pytest.mark.parametrize("name", NAMES)
def test_no_text_holds_furniture_labels_or_answers(name):
    for record in read_case(name).records:
        assert not [words for words in FURNITURE if words in (record.text or "")]


@pytest.mark.parametrize("name", NAMES)
def test_every_span_gives_its_words_back(name):
    reading = read_case(name)
    text = reading.document.text
    for record in reading.records:
        if record.text is not None and name != "letter_open_list":
            assert folded(record.text_span.of(text)) == record.text
        if record.status_printed and name != "list_harbors":
            assert folded(record.status_span.of(text)) == record.status_printed
        if record.position_span:
            assert record.position_printed.split()[0] in folded(record.position_span.of(text))


@pytest.mark.parametrize("name", NAMES)
def test_only_one_family_claims_a_document_strongly(name):
    cleaned = make_clean(case_text(name))
    scores = [family.recognize(cleaned) for family in ALL_FAMILIES]
    assert sum(score == max(scores) for score in scores) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_document_cut_anywhere_is_read_without_failing(name):
    text = case_text(name)
    for share in (0.2, 0.45, 0.7, 0.9):
        reading = read_text(text[: int(len(text) * share)])
        assert all(problem.code != "reader-failed" for problem in reading.problems)
        assert len(reading.records) <= len(NUMBERS[name])


@pytest.mark.parametrize("name", NAMES)
def test_windows_line_ends_and_form_feeds_change_nothing_read(name):
    text = case_text(name)
    reading = read_text(text.replace("\n", "\r\n"))
    texts = [record.text for record in reading.records]
    assert reading.family in {FAMILIES[name], "unknown"} or len(texts) <= len(NUMBERS[name])
    broken = read_text(text.replace("\n\n\n", "\n\f\n"))
    assert [record.number for record in broken.records] == NUMBERS[name]


def test_a_list_inside_a_demand_belongs_to_it():
    record = read_case("report_new_dhs").records[1]
    assert record.text.endswith("b. a list of the parts that a ramp cannot run without.")


def test_contents_lines_are_no_recommendations():
    assert len(read_case("report_new_dhs").records) == 3
    assert [finding.heading for finding in read_case("report_new_dhs").findings] == [
        "Terminals Waited Months for Parts"
    ]


def test_an_agencys_letter_in_an_appendix_adds_no_records():
    assert [record.restated for record in read_case("report_lists").records] == [(), (), ()]


def test_a_status_stated_for_some_numbers_holds_for_those():
    statuses = {
        statement.scope: statement.value
        for statement in read_case("report_new_dhs").statements
        if statement.kind.value == "status"
    }
    assert statuses == {("1",): "closed-implemented", ("2", "3"): "resolved-open"}


def test_findings_that_call_themselves_so_are_findings():
    assert [finding.heading for finding in read_case("findings_restart").findings] == [
        "Buoys Were Not Lit",
        "Charts Were Old",
    ]


def test_numbers_that_start_again_under_the_next_finding_are_other_recommendations():
    assert [record.text for record in read_case("findings_restart").records] == [
        "Light the buoys at the two entrances.",
        "Test the lamps of all buoys once a month.",
        "Print new charts of the eastern bay.",
    ]


def test_what_should_also_be_done_belongs_to_the_sentence_before():
    first, second = read_case("memo_plain").records
    assert first.text.endswith("it should name every lock house.")
    assert second.text.startswith("To keep strangers out until then, we also recommend")


def test_a_memorandum_that_resolves_another_says_so_of_all():
    (statement,) = read_case("memo_resolution").statements
    assert (statement.kind.value, statement.value) == ("status", "resolved-open")
    assert [mention.number for mention in read_case("memo_resolution").reports if mention.is_cited_only] == [
        "DCOIG-18-904-M"
    ]


def test_a_wish_for_an_answer_is_a_need():
    (statement,) = read_case("memo_plain").statements
    assert (statement.value, statement.text) == (
        "response-due",
        "provide your written response within 20 days",
    )


def test_the_rows_of_a_letters_table_keep_their_report_and_date():
    reading = read_case("letter_open_list")
    assert [(mention.title, mention.issued.edtf) for mention in reading.reports] == [
        ("Inspection of Towpath Rails", "2016-03"),
        ("Review of Lock House Staffing", "2017-07"),
    ]
    assert (reading.declared_total, reading.complete, reading.as_of.edtf) == (4, True, "2019-06-01")


def test_a_schedule_of_findings_gives_the_four_parts():
    (finding,) = read_case("schedule_of_findings").findings
    text = read_case("schedule_of_findings").document.text
    assert finding.heading == "Tolls Were Counted Twice"
    parts = (finding.criteria, finding.condition, finding.cause, finding.effect)
    assert [folded(part.of(text)).split()[0] for part in parts] == ["The", "Tolls", "Two", "The"]


def test_amounts_and_doubts_of_a_summary_list_stand_with_their_block():
    first, second = read_case("summary_list").records
    assert [(money.kind, money.amount) for money in first.money] == [("identified", 18_250)]
    assert second.money == ()
    assert {doubt.code for doubt in second.doubts} == {"impossible-date", "irregular-number"}


def test_an_article_gives_no_status_and_is_secondary():
    reading = read_case("news_article")
    assert reading.is_secondary
    assert [value(record.status) for record in reading.records] == [None] * 3


def test_a_closed_count_of_none_is_zero_and_not_unknown():
    assert read_case("report_none").declared_total == 0
    assert read_case("report_lists").declared_total is None


def test_management_decisions_are_kept_in_their_printed_words():
    assert [record.status_printed for record in read_case("report_farm").records] == [
        "accept management decision",
        "unable to accept management decision",
    ]


def test_what_the_auditor_says_of_dates_is_no_promise():
    record = read_case("report_tax").records[0]
    assert [promise.due.edtf for promise in record.promises] == ["2017-03-15"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Recommendation 1: Buy milk.\nRecommendation 2: Buy bread.\n",
        "Recommendation 1: Buy milk.\nOffice of Inspector General\n",
        "Minutes of the garden club. We recommend that members bring seeds. The auditors agreed.",
        "How to write audits. Recommendation 1: … Management Response: … OIG Analysis: …",
        (
            "Semiannual Report to Congress\nOffice of Inspector General\n\nMost of our "
            "recommendations remain open."
        ),
    ],
)
def test_texts_of_other_kinds_yield_no_status_position_or_guess(text):
    reading = read_text(text)
    assert len(reading.records) <= 2
    assert all(record.status is None and record.position is None for record in reading.records)


def test_a_shopping_list_with_labels_is_no_report():
    assert read_text("Recommendation 1: Buy milk.\nRecommendation 2: Buy bread.\n").records == ()
