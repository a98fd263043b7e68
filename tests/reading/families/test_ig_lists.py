"""Lists, trackers, libraries and single pages: fields, amounts, dates and cut rows."""

from __future__ import annotations

import pytest

from closeout.reading.families.ig_rows import is_cut_off, is_full, value_after
from closeout.reading.families.ig_status_labels import label_status
from closeout.reading.model import AuditorStatus, Position, RecommendationKind, Record, StatusBasis
from tests.reading.families.ig_cases import make_clean, read_case, read_text


def edtf(date):
    return date.edtf if date else None


def test_a_list_of_reports_keeps_each_rows_report_date_and_office():
    reading = read_case("list_harbors")
    assert [record.report_number for record in reading.records] == ["21-00911-118"] * 3 + ["21-00915-120"]
    assert [edtf(record.closed_on) for record in reading.records] == ["2021-11-02", None, "2022-01-09", None]
    assert reading.records[2].agency == "General Counsel (OGC)"


def test_a_legend_that_names_every_status_is_no_row():
    assert len(read_case("list_harbors").records) == 4


def test_a_list_names_its_reports_with_the_dates_it_prints():
    assert [(mention.number, edtf(mention.issued)) for mention in read_case("list_harbors").reports] == [
        ("21-00911-118", "2021-05-04"),
        ("21-00915-120", None),
    ]


def test_money_below_the_rows_is_no_part_of_a_text():
    assert read_case("list_harbors").records[2].text.endswith("never sent.")


@pytest.mark.parametrize("name", ["list_harbors", "list_components", "dashboard", "tracker", "tracker_flat"])
def test_only_the_last_row_of_a_cut_page_is_truncated(name):
    cut = [record.is_truncated for record in read_case(name).records]
    assert cut == [False] * (len(cut) - 1) + [True]


def test_withheld_texts_stay_apart_though_they_are_equal():
    withheld = [record for record in read_case("list_components").records if record.is_withheld]
    assert len(withheld) == 2
    assert withheld[0].text == withheld[1].text
    assert withheld[0].text_span != withheld[1].text_span


def test_a_close_date_is_the_auditors_word_and_its_absence_a_reading():
    first, second, third = read_case("dashboard").records
    assert (edtf(first.closed_on), first.status_basis) == ("2022-10-03", StatusBasis.PRINTED)
    assert (second.status_basis, second.status_printed) == (StatusBasis.INFERRED, None)
    assert 0 < second.status_confidence < 1
    assert third.status is None


def test_amounts_printed_as_zero_are_zero():
    amounts = [
        [(money.kind, money.amount) for money in record.money] for record in read_case("dashboard").records
    ]
    assert amounts == [
        [("questioned", 7_400), ("better-use", 0)],
        [("questioned", 0), ("better-use", 15_000)],
        [],
    ]


def test_a_dashboards_reports_have_number_kind_and_date():
    mentions = read_case("dashboard").reports
    assert [(mention.number, mention.kind, edtf(mention.issued)) for mention in mentions] == [
        ("9-512-22-011-R", "NFA Transmittal", "2022-02-07"),
        ("9-512-22-002-P", "Audit Report", "2022-02-02"),
    ]
    assert edtf(read_case("dashboard").as_of) == "2023-03-31"


def test_a_trackers_fields_are_read_and_dashes_are_none():
    first, second, _ = read_case("tracker").records
    assert (edtf(first.closed_on), first.updated_on, first.money) == ("2023-02-14", None, ())
    assert (edtf(second.updated_on), edtf(second.next_update_on)) == ("2024-06-01", "2024-12-01")
    assert (second.is_legislative, first.is_legislative) == (True, False)
    assert [(money.kind, money.amount) for money in second.money] == [("savings", 1_200_000)]


def test_each_tracker_row_stands_under_its_report():
    titles = [record.report_title for record in read_case("tracker").records]
    assert titles == ["Clinics Did Not Answer Letters"] * 2 + ["Clinics Lost Keys"]
    assert edtf(read_case("tracker").as_of) == "2024-07-15"


def test_a_flat_table_is_cut_at_its_agencies():
    records = read_case("tracker_flat").records
    assert [record.text for record in records] == [
        "We recommend that the Clinic Service answer each letter within 30 days.",
        "We recommend that the Clinic Service count its stamps.",
        "Count the keys of each cl",
    ]
    assert [record.agency for record in records] == ["CSV", "CSV", ""]


def test_library_entries_have_their_labels_values_or_nothing():
    first, second = read_case("library").reports
    assert (first.number, edtf(first.issued), first.fiscal_year) == ("OIG-22-903", "2022-03-09", 2022)
    assert (second.number, second.issued, second.declared_count) == ("OIG-20-918", None, 0)
    assert (first.declared_count, first.position, first.agency) == (3, Position.CONCUR, "CFA")


def test_fused_labels_and_values_come_apart():
    mentions = read_case("library_fused").reports
    assert [(mention.title, mention.number, mention.declared_count) for mention in mentions] == [
        ("Ferry Terminals Did Not Keep Boarding Ramps in Repair", "OIG-22-903", None),
        ("Lamps in Tunnels Were Not Tested", "OIG-20-918", 2),
    ]


def test_a_table_of_reports_gives_titles_with_and_without_summary():
    mentions = read_case("library_table").reports
    assert [(mention.title, mention.fiscal_year) for mention in mentions] == [
        ("Ferry Terminals Did Not Keep Boarding Ramps in Repair", 2022),
        ("Lamps in Tunnels Were Not Tested", 2020),
        ("Keys Hung on Nails", 2020),
    ]
    assert mentions[0].declared_count == 3


def test_a_reports_page_declares_more_than_it_shows():
    reading = read_case("page_table")
    assert (reading.declared_total, reading.complete, reading.report_number) == (3, False, "24-A-007")
    assert edtf(reading.records[0].updated_on) == "2024-05-31"
    assert [money.amount for money in reading.records[0].money] == [7_000, 0]


def test_the_demands_below_a_heading_are_one_record_each():
    assert [record.addressee for record in read_case("page_list").records] == [
        "The Commissioner",
        "The Office of Notices",
    ]


def test_what_an_evaluation_recommended_before_is_not_read_again():
    texts = [record.text for record in read_case("page_evaluation").records]
    assert texts[0] == "answer each letter within 30 days"
    assert len(texts) == 4


def test_objectives_that_begin_with_recommend_are_no_demands():
    assert [record.text for record in read_case("page_audit").records] == [
        "lock its stamps away",
        "count them once a month",
        "refund the $14,200.",
    ]


def test_a_page_that_words_one_of_four_is_incomplete():
    reading = read_case("page_partial")
    assert (reading.declared_total, reading.complete) == (4, False)
    assert reading.records[0].kind is RecommendationKind.RECOMMENDATION


def test_a_page_that_makes_none_says_so():
    assert (read_case("page_none").declared_total, read_case("page_none").records) == (0, ())


def test_a_transmittals_records_have_statuses_and_no_words():
    records = read_case("transmittal").records
    assert {record.text for record in records} == {None}
    assert read_case("transmittal").complete is True
    assert any(statement.value == "closeout" for statement in read_case("transmittal").statements)


@pytest.mark.parametrize(
    ("label", "status"),
    [
        ("Open", AuditorStatus.OPEN_UNKNOWN),
        ("Resolved.", AuditorStatus.RESOLVED_OPEN),
        ("Open – Unresolved", AuditorStatus.UNRESOLVED_OPEN),
        ("Closed-Not Implemented", AuditorStatus.CLOSED_NOT_IMPLEMENTED),
        ("CLOSED IMPLEMENTED", AuditorStatus.CLOSED_IMPLEMENTED),
        ("On Hold/Pending with OIG", AuditorStatus.OPEN_UNKNOWN),
        ("Green", None),
        ("", None),
    ],
)
def test_labels_have_one_normal_form_or_none(label, status):
    assert label_status(label) is status


@pytest.mark.parametrize(
    ("position", "status"),
    [
        (Position.CONCUR, AuditorStatus.RESOLVED_OPEN),
        (Position.NON_CONCUR, AuditorStatus.UNRESOLVED_OPEN),
        (Position.NEITHER, AuditorStatus.OPEN_UNKNOWN),
        (None, AuditorStatus.OPEN_UNKNOWN),
    ],
)
def test_a_bare_open_is_settled_by_the_position(position, status):
    assert label_status("Open Unimplemented", position) is status


def test_a_position_never_changes_a_closed_label():
    assert label_status("Closed", Position.NON_CONCUR) is AuditorStatus.CLOSED_IMPLEMENTED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Status\nOpen\nDate\n", "Open"),
        ("- Status\n- Open\n", "Open"),
        ("  • Status\n    Open\n", "Open"),
        ("Status: Open\n", "Open"),
        ("Status\n\nOpen\n", None),
        ("Status\n-\n", None),
        ("Statuses\nOpen\n", None),
    ],
)
def test_the_value_of_a_label_is_the_next_line_or_the_rest_of_its_own(text, words):
    found = value_after(text, r"Status\b", 0, len(text))
    assert (found.words if found else None) == words
    assert found is None or text[found.start : found.end] == words


def test_words_that_end_a_document_without_a_stop_are_cut_off():
    assert is_cut_off(make_clean("Count the lamps of each p"), 0, 25)
    assert not is_cut_off(make_clean("Count the lamps."), 0, 16)
    assert not is_cut_off(make_clean("Count the lamps\n\nMore words."), 0, 15)


@pytest.mark.parametrize(("declared", "full"), [(None, None), (1, True), (2, False), (0, True)])
def test_a_document_is_full_when_all_that_it_declares_is_shown(declared, full):
    assert is_full([Record(text="x", text_span=None)], declared) is full


def test_a_cut_record_leaves_a_document_incomplete():
    assert is_full([Record(text="x", text_span=None, is_truncated=True)], 1) is False


@pytest.mark.parametrize(
    "text",
    [
        "Recommendations Tracker\nAbout the tracker\nEach result has a title.",
        "Recommendation Dashboard\nNothing is listed today.",
        "Breadcrumb\n  1. Home\nRecommendations\nThe office issues recommendations. Resolved means agreed.",
        "All Reports\nDate Issued\nReport Number\n21-00911-118\nNo recommendations.",
        "Report Number\nOIG-22-903\nIssue Date\nNo year here",
        "Analysis and Summary of Actions Necessary to Close the Report\nNothing remains to be done.",
    ],
)
def test_pages_about_lists_are_no_lists(text):
    assert read_text(text).records == ()
