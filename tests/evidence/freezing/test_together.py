"""What one command freezes of several kinds: none tells what another withholds, and each verifies alone."""

from __future__ import annotations

import json

import pytest

from closeout.duties.pack import load_pack
from closeout.evidence.freezing import Hashes, Wanted, answers, freeze, recomputer, verify, write_frozen
from closeout.evidence.freezing.staffing import StaffingAsked
from closeout.evidence.measures.read import load_measures
from closeout.evidence.suppression import NOT_SHOWN
from tests.evidence.freezing.making import NOON

PACK = load_pack()
CODES = ("duties-overdue", "check-ins-past-window", "exceptions-overdue", "cases-current", "training-current")
MEASURES = tuple(one for one in load_measures(None, PACK) if one.code in CODES)


@pytest.fixture(scope="module")
def snapshot(agency):
    return agency


@pytest.fixture(scope="module")
def frozen(engine, snapshot, tmp_path_factory):
    """Return the folder of results of every kind that one command froze, and the results by code."""
    wanted = Wanted(measures=MEASURES, verdicts=("training",), has_duties=True, staffing=StaffingAsked())
    given = {"snapshot": snapshot, "hashes": Hashes(), "engine": engine.name}
    made = [
        freeze(one, effective_on=snapshot.as_of, frozen_at=NOON, **given)
        for one in answers(engine, snapshot, PACK, wanted, snapshot.as_of)
    ]
    folder = tmp_path_factory.mktemp("frozen") / "evidence"
    write_frozen(folder, made)
    return folder, {one.code: one for one in made}


def offices_of(frozen, code):
    """Return what a measure shows of each office in the newest period: its numerator, None where withheld."""
    rows = [row for row in frozen[1][code].rows if row.get("by") is None]
    return {row["office_id"]: row["numerator"] for row in rows}


def test_a_duty_in_numbers_hides_the_offices_that_its_measure_hides(frozen):
    measure = offices_of(frozen, "check-ins-past-window")
    (duty,) = next(one.duties for one in MEASURES if one.code == "check-ins-past-window")
    rows = {
        row["office_id"]: row["instances"]
        for row in frozen[1]["duties"].rows
        if (row["duty"], row["state"]) == (duty, "overdue")
    }
    hidden = {office for office, count in rows.items() if count == NOT_SHOWN}
    assert hidden == {office for office, count in measure.items() if count is None and office in rows}
    assert hidden
    shown = {office: int(count) for office, count in rows.items() if count != NOT_SHOWN}
    assert shown == {office: measure[office] for office in shown}


def test_cases_are_hidden_where_a_measure_hides_how_many_there_are(frozen):
    cases = {row["office_id"]: row["cases"] for row in frozen[1]["staffing"].rows}
    measure = {
        row["office_id"]: row["denominator"]
        for row in frozen[1]["cases-current"].rows
        if row.get("by") is None
    }
    assert {office for office, count in measure.items() if count is None} <= {
        office for office, count in cases.items() if count == NOT_SHOWN
    }


def test_every_result_is_worked_out_again_by_itself(engine, snapshot, frozen):
    folder, made = frozen
    found = verify(
        folder,
        snapshot=snapshot,
        recompute=recomputer(engine, snapshot, PACK, MEASURES),
        hashes=Hashes(),
        engine=engine.name,
    )
    assert {one.code: one.finding.value for one in found.results} == dict.fromkeys(made, "equal")


def test_a_measure_rests_on_its_own_tables_alone(frozen):
    assert "check_ins" in frozen[1]["check-ins-past-window"].snapshot.tables
    assert "training_requirements" not in frozen[1]["check-ins-past-window"].snapshot.tables
    assert frozen[1]["check-ins-past-window"].parameters["suppression"] == {"threshold": 11}


def test_what_training_withholds_does_not_follow_from_its_measure(frozen):
    """The measure adds up all requirements of an office: one that is hidden is never alone."""
    rows = [row for row in frozen[1]["training"].rows if row["part"] == "requirements/offices"]
    shown = offices_of(frozen, "training-current")
    for office in {row["office_id"] for row in rows}:
        hidden = [row for row in rows if row["office_id"] == office and row["recorded"] == NOT_SHOWN]
        assert len(hidden) != 1 or shown[office] is None
    assert json.dumps(frozen[1]["training"].parameters["suppression"]["withheld"]) != "[]"
