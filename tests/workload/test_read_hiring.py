"""An agency's hiring assumptions from a file: all of them said, none made up."""

from __future__ import annotations

import json
from datetime import date

import pytest

from closeout.duties.faults import PackError
from closeout.workload.chances import LEAVING, Share
from closeout.workload.hiring_run import PlanError
from closeout.workload.intake import ClassStart
from closeout.workload.plan_asked import PlanAsked, check_ahead, check_asked, plan_asked
from closeout.workload.read_hiring import read_hiring
from closeout.workload.weights import Kind
from tests.workload.snapshots import written as snapshot_of

AS_OF = date(2026, 9, 30)
SOUND = {
    "office": "all",
    "by": "2029-09-30",
    "probability": "0.8",
    "classes": "{seats: 12, every: 3}",
    "ceiling": "none",
    "lead": "{5: 0.25, 6: 0.75}",
    "completion": "0.9",
    "ramp": "[0.25, 0.5]",
    "leaving": "records",
    "costs": "{seat: 3, officer_month: 1, overtime_month: 1.5}",
    "basis": "Figures of our own academy.",
}


def written(folder, **changed):
    """Write the file with some values changed, or left out where they are None."""
    given = {key: value for key, value in (SOUND | changed).items() if value is not None}
    path = folder / "hiring.yaml"
    path.write_text("".join(f"{key}: {value}\n" for key, value in given.items()), encoding="utf-8")
    return path


def faults_of(folder, **changed):
    with pytest.raises(PackError) as raised:
        read_hiring(written(folder, **changed))
    return [str(fault) for fault in raised.value.faults]


def test_what_is_said_is_what_is_asked_for(tmp_path):
    asked = read_hiring(written(tmp_path))
    limits = asked.limits
    assert (asked.office_id, asked.basis) == ("", "Figures of our own academy.")
    assert (limits.by, limits.probability, limits.ceiling) == (date(2029, 9, 30), 0.8, None)
    assert limits.flow.lead == ((5, 0.25), (6, 0.75))
    assert (limits.flow.completion, limits.flow.ramp) == (0.9, (0.25, 0.5))
    assert limits.leaving is None
    assert limits.classes[:3] == (ClassStart(0, 12), ClassStart(3, 12), ClassStart(6, 12))
    assert (limits.costs.seat, limits.costs.class_start, limits.costs.overtime_month) == (3, 0, 1.5)


def test_classes_may_be_given_one_by_one(tmp_path):
    asked = read_hiring(written(tmp_path, classes="[{month: 2, seats: 12}, {month: 8, seats: 24}]"))
    assert asked.limits.classes == (ClassStart(2, 12), ClassStart(8, 24))


def test_what_may_be_left_out_may_be_said(tmp_path):
    said = {
        "overtime": "0.05",
        "history": "12",
        "staff": "40",
        "draws": "500",
        "seed": "3",
        "weights": "adjusted",
    }
    asked = read_hiring(written(tmp_path, office="F01", ceiling="60", leaving="0.06", **said))
    limits = asked.limits
    assert (asked.office_id, asked.draws, asked.seed) == ("F01", 500, 3)
    assert asked.parameters.kind is Kind.ADJUSTED
    assert (limits.ceiling, limits.overtime_most, limits.history, limits.staff) == (60, 0.05, 12, 40)
    assert limits.leaving == Share(0.06, LEAVING.deviation)


def test_nobody_leaves_where_the_file_says_so(tmp_path):
    assert read_hiring(written(tmp_path, leaving="0")).limits.leaving == Share(0.0, 0.0)


@pytest.mark.parametrize("key", sorted(SOUND))
def test_what_is_missing_is_named_and_never_assumed(tmp_path, key):
    (fault,) = faults_of(tmp_path, **{key: None})
    assert f"needs `{key}`: " in fault
    assert "hiring.yaml:1" in fault


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"probability": "1.5"}, "hiring.yaml:3: `probability: 1.5` must be a share above 0 up to 1"),
        ({"probability": "0"}, "`probability: 0` must be a share above 0 up to 1"),
        ({"by": "soon"}, "hiring.yaml:2: `by: soon` is no day; write it like 2029-09-30"),
        ({"lead": "{-5: 1}"}, "hiring.yaml:6: `lead`: -5 must be a number of 0 or more"),
        ({"lead": "{5: 0.3, 6: 0.3}"}, "the chances of `lead` add up to 0.6; they must add up to 1"),
        ({"lead": "6"}, "`lead` must say months a class takes to arrive"),
        ({"completion": "92"}, "`completion: 92` must be a share from 0 up to 1"),
        ({"ramp": "[0.25, 7]"}, "hiring.yaml:8: `ramp`: 7 must be a share from 0 to 1"),
        ({"ramp": "[]"}, "`ramp` must be a list"),
        ({"leaving": "-0.1"}, "`leaving`: -0.1 must be a number of 0 or more"),
        ({"leaving": "1"}, "`leaving: 1` must be a share below 1, or `records`"),
        ({"ceiling": "few"}, "`ceiling`: few must be a number of 0 or more"),
        ({"ceiling": "1.5"}, "`ceiling`: 1.5 must be a whole number from 0"),
        ({"classes": "{seats: 12}"}, "`classes` needs `every`: a whole number"),
        ({"classes": "{seats: 12, every: 0}"}, "`classes.every` must be at least 1 month"),
        ({"classes": "[{month: 1, seats: 2}, {month: 1, seats: 3}]"}, "begin in one month"),
        ({"costs": "{seat: 3}"}, "`costs` needs `officer_month`"),
        ({"costs": "{seat: much, officer_month: 1, overtime_month: 1}"}, "`costs.seat`: much must be"),
        ({"draws": "5"}, "`draws`: 5 must be a whole number from 100 to 20,000"),
        ({"seed": "nan"}, "`seed`: nan must be a number of 0 or more"),
        ({"weights": "guessed"}, "`weights: guessed` is not known"),
        ({"lead_time": "5"}, "`lead_time` is no field of a file of hiring assumptions"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(tmp_path, changed, said):
    assert any(said in fault for fault in faults_of(tmp_path, **changed))


def test_everything_wrong_is_said_at_once(tmp_path):
    assert len(faults_of(tmp_path, probability="2", by="x", ramp="[9]")) == 3


def test_a_file_that_is_not_there_or_no_mapping(tmp_path):
    with pytest.raises(PackError, match="cannot be read: No such file"):
        read_hiring(tmp_path / "none.yaml")
    (tmp_path / "list.yaml").write_text("- 1\n", encoding="utf-8")
    with pytest.raises(PackError, match="must be a mapping with office, by"):
        read_hiring(tmp_path / "list.yaml")


def test_what_was_asked_is_asked_again_from_what_json_kept(tmp_path):
    asked = read_hiring(written(tmp_path, leaving="0.06", ceiling="60"))
    kept = json.loads(json.dumps(asked.plain(AS_OF)))
    again = plan_asked(kept)
    assert again.plain(AS_OF) == asked.plain(AS_OF)
    # Of the classes of every three months, those that begin before the day three years ahead: 0, 3, ... 33.
    assert [month for month, _ in kept["classes"]] == list(range(0, 36, 3))


def test_an_assumption_that_is_not_known_is_refused(tmp_path):
    kept = read_hiring(written(tmp_path)).plain(AS_OF)
    with pytest.raises(ValueError, match="it assumes luck, which this Closeout does not know"):
        plan_asked(kept | {"assumptions": kept["assumptions"] | {"luck": 1}})


def asked_by(folder, by, office="all"):
    return read_hiring(written(folder, by=by, office=office))


@pytest.mark.parametrize("by", ["2026-09-30", "2026-10-29", "2036-11-01", "2020-01-01"])
def test_a_day_that_is_not_ahead_or_too_far_is_refused(tmp_path, by):
    with pytest.raises(PlanError, match="give a day from one month to ten years after 2026-09-30"):
        check_ahead(asked_by(tmp_path, by), AS_OF)


@pytest.mark.parametrize("by", ["2026-10-30", "2036-09-30"])
def test_a_day_from_a_month_to_ten_years_ahead_will_do(tmp_path, by):
    asked = asked_by(tmp_path, by)
    check_ahead(asked, AS_OF)
    assert isinstance(asked, PlanAsked)


def test_an_office_that_the_records_do_not_have_is_refused(tmp_path):
    snapshot = snapshot_of(tmp_path / "records", {"offices": [{"office_id": "F01"}, {"office_id": "F02"}]})
    check_asked(asked_by(tmp_path, "2029-09-30", "F02"), snapshot, AS_OF)
    check_asked(asked_by(tmp_path, "2029-09-30"), snapshot, AS_OF)
    with pytest.raises(PlanError, match=r"there is no office F03; there are F01, F02\."):
        check_asked(asked_by(tmp_path, "2029-09-30", "F03"), snapshot, AS_OF)


def test_without_a_table_of_offices_any_is_taken(tmp_path):
    snapshot = snapshot_of(tmp_path / "records", {})
    asked = asked_by(tmp_path, "2029-09-30", "F03")
    check_asked(asked, snapshot, AS_OF)
    assert asked.office_id == "F03"
