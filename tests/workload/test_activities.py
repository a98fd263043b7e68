"""The list of activities: every clause finds its own, and what does not fit is refused with file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from closeout.duties.faults import PackError
from closeout.duties.pack import check_pack, load_pack, own_folder
from closeout.records.example.activities import BEFORE, CHILDREN, CUSTODY, HELPING, INSPECTING, OUTSIDE
from closeout.records.example.diaries import NAMES
from closeout.workload.activities import Sort, load_activities, stock_activity
from closeout.workload.weights import Unit
from tests.duties.pack.making import HEAD, ON

if TYPE_CHECKING:
    from pathlib import Path

CHECK_IN = "- {activity: check-in, title: Hold one, kind: case, minutes: {low: 7, likely: 12, high: 20}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pack.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "check_ins.yaml").write_text(ON, encoding="utf-8")
    return tmp_path


def _with(folder: Path, text: str) -> Path:
    (folder / "activities.yaml").write_text(text, encoding="utf-8")
    return folder


def _refused(folder: Path, text: str) -> str:
    with pytest.raises(PackError) as error:
        load_activities(_with(folder, text))
    return str(error.value)


def test_every_clause_of_the_own_pack_finds_its_activity():
    codes = {one.code for one in load_activities()}
    assert {clause.minutes for clause in load_pack().clauses} <= codes
    assert len(codes) > 70


def test_every_activity_of_a_duty_has_a_range_that_says_it_is_made_up():
    for one in load_activities():
        assert (one.low is not None) == (one.kind is Sort.CASE), one.code
        if one.low is not None and one.likely is not None and one.high is not None:
            assert 0 < one.low <= one.likely <= one.high
            assert one.is_made_up


def test_what_the_examples_officers_do_is_in_the_list():
    assert set(NAMES) <= {one.code for one in load_activities()}
    for job in (OUTSIDE, CUSTODY, CHILDREN, HELPING, INSPECTING, BEFORE):
        assert sum(one.share for one in job.doings) > 0.3


def test_work_no_duty_names_is_measured_a_case_and_month_by_docket():
    listed = load_activities()
    assert stock_activity(listed, "detained") == "case-management-detained"
    assert stock_activity(listed, "juvenile") == "case-management-juvenile"
    assert stock_activity(listed, "family") == "case-management"
    assert [one.unit for one in listed if one.code == "case-management"] == [Unit.CASE_MONTH]


def test_stock_work_without_dockets_counts_every_case(folder: Path):
    stock = "- {activity: look-after, title: Look after, kind: case, unit: case_month,"
    listed = load_activities(_with(folder, f"{CHECK_IN}{stock} minutes: {{low: 1, likely: 2, high: 3}}}}\n"))
    assert stock_activity(listed, "detained") == stock_activity(listed, None) == "look-after"
    assert stock_activity(listed[:1], "detained") is None


def test_a_list_is_no_file_of_clauses_and_counts_in_the_packs_digest(folder: Path):
    before = load_pack(folder).digest
    assert check_pack(_with(folder, CHECK_IN)) == []
    assert load_pack(folder).digest != before


def test_the_own_pack_names_its_list():
    assert (own_folder() / "activities.yaml").is_file()


def test_a_clause_whose_activity_is_not_in_the_list_is_refused_where_it_stands(folder: Path):
    said = _refused(folder, CHECK_IN.replace("check-in,", "check-ins,"))
    assert "check_ins.yaml:1: `minutes: check-in` is no activity of activities.yaml." in said
    assert "check-ins" in said


def test_a_weight_without_a_duty_is_refused_where_it_stands(folder: Path):
    said = _refused(folder, CHECK_IN + CHECK_IN.replace("check-in,", "wait,"))
    assert "activities.yaml:2: no clause takes minutes for `wait`: a weight without a duty." in said


def test_support_needs_neither_a_duty_nor_a_range(folder: Path):
    support = "- {activity: meeting, title: Meet, kind: support}\n"
    assert [one.kind for one in load_activities(_with(folder, CHECK_IN + support))] == [
        Sort.CASE,
        Sort.SUPPORT,
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("low: 7, ", "", "needs `low`"),
        ("low: 7", "low: 0", "above 0 and rise"),
        ("low: 7", "low: 13", "above 0 and rise"),
        ("low: 7", "low: a few", "must be text of the form"),
        (", minutes: {low: 7, likely: 12, high: 20}", "", "needs `minutes"),
        ("kind: case", "kind: work", "`kind: work` is not known"),
        ("kind: case", "kind: case, unit: hour", "`unit: hour` is not known"),
        ("kind: case", "kind: case, dockets: [family]", "is for work a case and month"),
        ("kind: case", "kind: case, unit: case_month", "a duty takes minutes a duty"),
        ("kind: case", "kind: case, unit: case_month, dockets: [moon]", "`moon` is no docket"),
        ("title: Hold one", "tittle: Hold one", "`tittle` is no field of an activity."),
        ("check-in,", "Check in,", "must be text of the form"),
    ],
)
def test_what_does_not_fit_is_refused(folder: Path, old: str, new: str, said: str):
    assert said in _refused(folder, CHECK_IN.replace(old, new))


def test_an_activity_twice_is_refused_at_the_second(folder: Path):
    assert "activities.yaml:2: `check-in` stands in the list already" in _refused(folder, CHECK_IN * 2)


def test_two_activities_for_the_open_cases_of_a_docket_are_refused(folder: Path):
    one = (
        "- {activity: look-after-CODE, title: Look after, kind: case, unit: case_month,"
        " dockets: [family], minutes: {low: 1, likely: 2, high: 3}}\n"
    )
    said = _refused(folder, CHECK_IN + one.replace("CODE", "a") + one.replace("CODE", "b"))
    assert "activities.yaml:3: `look-after-a` counts the open cases of family already" in said


def test_a_folder_without_a_list_is_refused(folder: Path):
    with pytest.raises(PackError, match=r"activities\.yaml:1: cannot be read"):
        load_activities(folder)


def test_a_list_that_is_no_list_is_refused(folder: Path):
    assert "must be a list of activities" in _refused(folder, "activity: check-in\n")
