"""The workbooks of two acts, read back."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from closeout.evidence.letters.act_tables import (
    gao_ig_act_xlsx,
    last_half_year,
    read_auditors_list,
    read_auditors_lists,
    semiannual_xlsx,
)
from closeout.evidence.letters.errors import LetterError
from closeout.followup.gao_ig_tables import Listed
from closeout.reading.model import AuditorStatus
from tests.evidence.letters.making import AS_OF, SOURCES
from tests.followup.factories import make_followed, make_sighting

GAO = make_followed("1", report="gao/GAO-24-100001", issued="2024-01-31", status="open-unknown")
OIG = make_followed("2", sightings=[make_sighting("2025-12-31", "2024-01-31")])


def opened(data):
    return openpyxl.load_workbook(BytesIO(data))


def notes(book):
    return [row[0] for row in book["notes"].iter_rows(values_only=True) if row[0]]


def act(**given):
    values = {"submitted_on": AS_OF, "sources": SOURCES} | given
    return opened(gao_ig_act_xlsx([GAO, OIG], **values))


def test_the_act_has_a_sheet_a_list_and_one_of_notes():
    assert act().sheetnames == ["notes", "gao-list", "ig-list", "status-report"]


def test_each_list_has_its_auditors_recommendations():
    book = act()
    assert [row[0] for row in book["gao-list"].iter_rows(min_row=6, values_only=True)] == ["GAO-24-100001"]
    assert [row[0] for row in book["ig-list"].iter_rows(min_row=6, values_only=True)] == ["OIG-24-901"]


def test_a_timeline_that_is_missing_is_asked_for():
    said = notes(act())
    assert any(note.startswith("Still to be written: 1 of 2 listed recommendations lack") for note in said)


def test_the_notes_tell_which_timelines_have_passed():
    passed = make_followed("2", sightings=[make_sighting("2025-06-29", "2024-01-31")])
    said = " ".join(notes(opened(gao_ig_act_xlsx([GAO, passed], submitted_on=AS_OF))))
    assert "2 of 2 listed recommendations lack the timeline" in said
    assert "; 1 of them had a plan or a promise, and every day in it has passed or was kept." in said
    assert "A timeline is a day still to come." in " ".join(notes(act()))


def test_the_notes_state_as_of_source_suppression_and_what_is_not_covered():
    said = " ".join(notes(act()))
    assert "As of: June 30, 2025" in said
    assert "GAO-IG Act, Public Law 115-414" in said
    assert "1 document" in said
    assert "Suppression: none is needed." in said
    assert "Not covered: the check against GAO’s and the inspectors general’s own lists." in said


def test_the_auditors_own_list_is_checked_against():
    listed = [
        Listed("GAO-24-100001", "1", AuditorStatus.CLOSED_IMPLEMENTED),
        Listed("OIG-24-901", "2", AuditorStatus.RESOLVED_OPEN),
        Listed("OIG-24-901", "9", AuditorStatus.RESOLVED_OPEN),
    ]
    book = act(auditors_list=listed)
    rows = [row[:3] for row in book["discrepancies"].iter_rows(min_row=6, values_only=True)]
    assert rows == [
        ("GAO-24-100001", "1", "status differs"),
        ("OIG-24-901", "9", "not in our register"),
    ]
    assert "2 differences, of which 2 have no explanation yet" in " ".join(notes(book))


def test_every_sheet_keeps_its_header_in_sight_and_prints_on_letter_paper():
    sheet = act()["gao-list"]
    assert sheet.freeze_panes == "B6"
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 1
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.column_dimensions["B"].width > 5


def test_the_same_recommendations_give_the_same_bytes():
    made = [gao_ig_act_xlsx([GAO, OIG], submitted_on=AS_OF) for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize("evil", ["=1+1", "+SUM(A1)", "@cmd", "-2+3", '=HYPERLINK("x")', "https://x.example"])
def test_no_cell_acts_as_a_formula(evil):
    followed = make_followed("1", report=f"gao/{evil}", justification=evil, status="unresolved-open")
    book = opened(gao_ig_act_xlsx([followed], submitted_on=AS_OF))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(cell.value == evil for cell in cells)
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)


def test_the_semiannual_tables_are_of_the_last_whole_half_year():
    period = last_half_year(AS_OF)
    assert (period.first, period.last) == (date(2024, 10, 1), date(2025, 3, 31))
    assert last_half_year(date(2025, 3, 31)).last == date(2025, 3, 31)


def test_the_semiannual_workbook_has_five_tables_and_notes():
    book = opened(semiannual_xlsx([GAO, OIG], as_of=AS_OF, sources=SOURCES))
    assert book.sheetnames == [
        "notes",
        "questioned-costs",
        "better-use",
        "undecided",
        "no-final-action",
        "outstanding",
    ]
    assert "Half year: October 1, 2024 to March 31, 2025." in notes(book)
    assert book["outstanding"]["A6"].value == "OIG-24-901"


def test_dollars_are_shown_in_thousands_and_years_are_not():
    followed = make_followed("1", money={"questioned": 1_234_567})
    sheet = opened(semiannual_xlsx([followed], as_of=AS_OF))["questioned-costs"]
    formats = {
        cell.number_format for row in sheet.iter_rows(min_row=6) for cell in row if cell.value == 1_234_567
    }
    assert formats == {"#,##0"}


def test_an_auditors_list_is_read_from_csv():
    data = (
        "Report,Recommendation,Status\nGAO-24-1,1,Closed – Implemented\nOIG-24-9,2,resolved-open\n".encode()
    )
    assert read_auditors_list(data, "list.csv") == (
        Listed("GAO-24-1", "1", AuditorStatus.CLOSED_IMPLEMENTED),
        Listed("OIG-24-9", "2", AuditorStatus.RESOLVED_OPEN),
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "list.csv lacks the column report, recommendation, status"),
        (b"report,status\nx,Open\n", "list.csv lacks the column recommendation"),
        (b"report,recommendation,status\nGAO-24-1,1,Perhaps\n", "list.csv, line 2: 'Perhaps' is no status"),
        (b"report,recommendation,status\nGAO-24-1\n", "line 2: has no recommendation and no status"),
        (b"report,recommendation,status\n\xff\xfe,1,Open\n", "cannot be read as CSV in UTF-8"),
        (b'report,recommendation,status\n"GAO,1,Open\n', "cannot be read as CSV"),
    ],
)
def test_a_list_that_is_none_is_refused(data, said):
    with pytest.raises(LetterError, match=said):
        read_auditors_list(data, "list.csv")


def test_a_plain_open_is_taken_from_every_auditor():
    data = b"report,recommendation,status\nGAO-24-1,1,Open\nOIG-24-9,2,open\n"
    assert {one.status for one in read_auditors_list(data, "list.csv")} == {AuditorStatus.OPEN_UNKNOWN}


def test_every_wrong_line_of_a_list_is_counted():
    rows = "".join(f"GAO-24-1,{n},Perhaps\n" for n in range(1, 6))
    with pytest.raises(LetterError, match=r"line 2: .*; list\.csv, line 4: .*; 2 more lines alike"):
        read_auditors_list(f"report,recommendation,status\n{rows}".encode(), "list.csv")


def test_lists_of_several_auditors_are_put_together(tmp_path):
    paths = []
    for name, row in (("gao.csv", "GAO-24-1,1,Open"), ("oig.csv", "OIG-24-9,2,resolved-open")):
        paths.append(tmp_path / name)
        paths[-1].write_text(f"report,recommendation,status\n{row}\n", encoding="utf-8")
    assert read_auditors_lists(paths) == (
        Listed("GAO-24-1", "1", AuditorStatus.OPEN_UNKNOWN),
        Listed("OIG-24-9", "2", AuditorStatus.RESOLVED_OPEN),
    )


def test_a_list_that_is_not_there_says_what_it_is_to_be(tmp_path):
    with pytest.raises(LetterError, match=r"none\.csv cannot be read: .*the auditor's own list as CSV"):
        read_auditors_lists([tmp_path / "none.csv"])
