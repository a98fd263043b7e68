"""The inspectors general's practice documents against what was read by hand."""

from __future__ import annotations

import pytest

from closeout.reading.model import AuditorStatus
from tests.reading.families.ig_cases import folded, value
from tests.reading.practice import needs_practice, practice, practice_reading, practice_truth

pytestmark = needs_practice
NAMES = [
    "h01_oei-01-10-00460.txt",
    "h03_oei-02-10-00170.txt",
    "h07_oei-05-10-00390.txt",
    "h10_oei-04-11-00510.txt",
    "h12_oas_49903015.txt",
    "o02_denali_DCOIG-15-006-M.txt",
    "o04_denali_DCOIG-15-005-M.txt",
    "o06_denali_DCOIG-15-009-M.txt",
    "o08_amtrak_ASFY06.txt",
    "o10_hhs_OIG-12-12-01.txt",
    "p11_vaoig_list_closed_dates.txt",
    "p13_hhsoig_tracker.txt",
    "p15_usaidoig_dashboard.txt",
    "p18_dojoig_closure_appendix_2005.txt",
    "p20_dojoig_recommendation_list.txt",
    "p21_dhsoig_library_taxonomy_fused_labels.txt",
    "p22_dhsoig_21_14_transmittal_unresolved.txt",
]
UNCLEAR = {"not-clear"}
"""Positions the truth calls unclear: a reading may leave them out."""
STATUSES = {
    "Closed-Implemented": AuditorStatus.CLOSED_IMPLEMENTED,
    "Closed Implemented": AuditorStatus.CLOSED_IMPLEMENTED,
    "Closed": AuditorStatus.CLOSED_IMPLEMENTED,
    "Resolved": AuditorStatus.RESOLVED_OPEN,
    "Open Unimplemented": AuditorStatus.UNRESOLVED_OPEN,
    "unresolved-open": AuditorStatus.UNRESOLVED_OPEN,
    "open-unimplemented": AuditorStatus.OPEN_UNKNOWN,
}


def pairs(name):
    return list(zip(practice_reading(name).records, practice_truth(name)["recommendations"], strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_the_family_is_known(name):
    assert practice_reading(name).family == practice_truth(name)["family"]


@pytest.mark.parametrize("name", NAMES)
def test_as_many_records_are_read_as_there_are(name):
    assert len(practice_reading(name).records) == practice_truth(name)["n_recommendations_in_text"]


@pytest.mark.parametrize("name", NAMES)
def test_numbers_are_read_as_printed(name):
    for record, truth in pairs(name):
        assert record.number == (None if truth["number"] is None else str(truth["number"]))


@pytest.mark.parametrize("name", NAMES)
def test_positions_are_read(name):
    for record, truth in pairs(name):
        if truth.get("position") not in {None, *UNCLEAR}:
            assert value(record.position) == truth["position"]


@pytest.mark.parametrize("name", NAMES)
def test_statuses_are_read(name):
    for record, truth in pairs(name):
        if "status" in truth:
            assert record.status is STATUSES[truth["status"]]


@pytest.mark.parametrize("name", NAMES)
def test_agencies_are_read(name):
    for record, truth in pairs(name):
        if "agency" in truth:
            assert record.agency == truth["agency"]


@pytest.mark.parametrize("name", NAMES)
def test_dates_of_closing_and_updates_are_read(name):
    for record, truth in pairs(name):
        found = {
            "closed": record.closed_on,
            "last_update": record.updated_on,
            "next_update": record.next_update_on,
        }
        for field, date in found.items():
            assert (date.edtf if date else None) == truth.get(field)


@pytest.mark.parametrize("name", NAMES)
def test_amounts_are_read_and_missing_ones_are_not_zero(name):
    for record, truth in pairs(name):
        for field in ("amount", "questioned_cost"):
            if field in truth:
                assert (record.money[0].amount if record.money else None) == truth[field]


@pytest.mark.parametrize("name", NAMES)
def test_records_cut_off_by_the_capture_say_so(name):
    for record, truth in pairs(name):
        assert record.is_truncated is truth.get("truncated", False)
        assert record.is_withheld is truth.get("text_withheld", False)


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(("o08", "o10"))])
def test_report_number_and_date_are_read(name):
    read, truth = practice_reading(name), practice_truth(name)
    if truth["report_number"] and not truth["report_number"].startswith("("):
        assert read.report_number == truth["report_number"]
    assert (read.report_date.edtf if read.report_date else None) == truth["report_date"]


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_every_record_stand_at_its_span(name):
    text = practice(name).text
    for record in practice_reading(name).records:
        if record.text is not None and len(folded(record.text_span.of(text))) == len(record.text):
            assert folded(record.text_span.of(text)) == record.text
        assert record.text_span is None or record.text_span.end <= len(text)


def test_a_block_with_two_reports_keeps_both_numbers_and_dates():
    name = "o08_amtrak_ASFY06.txt"
    record = practice_reading(name).records[1]
    issued = [mention.issued.edtf for mention in practice_reading(name).reports[1:3]]
    assert record.report_number == practice_truth(name)["recommendations"][1]["from_report"]
    assert " and ".join(issued) == practice_truth(name)["recommendations"][1]["from_date"]


def test_an_impossible_date_is_flagged_and_not_promised():
    record = practice_reading("o08_amtrak_ASFY06.txt").records[6]
    assert [doubt.code for doubt in record.doubts] == ["impossible-date"]
    assert record.promises == ()


def test_irregular_report_numbers_are_flagged():
    flagged = [
        record.report_number
        for record in practice_reading("o08_amtrak_ASFY06.txt").records
        if any(doubt.code == "irregular-number" for doubt in record.doubts)
    ]
    assert len(flagged) == 3


def test_a_list_printed_in_summary_and_body_is_kept_in_its_longer_wording():
    read = practice_reading("o10_hhs_OIG-12-12-01.txt")
    assert [len(record.restated) for record in read.records] == [1, 1, 1, 1, 1]
    assert all(record.restated[0].start < record.text_span.start for record in read.records[:4])


def test_more_recommendations_declared_than_worded_leave_the_document_incomplete():
    read = practice_reading("h10_oei-04-11-00510.txt")
    assert (read.declared_total, read.complete) == (7, False)


def test_a_page_that_makes_no_recommendations_declares_zero():
    assert practice_reading("h07_oei-05-10-00390.txt").declared_total == 0


def test_the_transmittals_words_are_none_and_its_status_printed():
    (record,) = practice_reading("p22_dhsoig_21_14_transmittal_unresolved.txt").records
    assert (record.text, record.number) == (None, "3")
    assert record.status_printed.endswith("open and unresolved")


def test_the_fused_library_names_its_reports():
    name = "p21_dhsoig_library_taxonomy_fused_labels.txt"
    mentions = practice_reading(name).reports
    assert [mention.number for mention in mentions] == practice_truth(name)["reports"]
    assert [mention.declared_count for mention in mentions] == [None, None, 1]
