"""What an assessment freezes beside its measures: staffing, which is verified; what is touched is named."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from closeout.assess import load_rules
from closeout.assess.sealing import FROZEN, Others, freeze_linked
from closeout.assess.work import Beside, Ground, Worked, with_special
from closeout.engines import connect
from closeout.evidence.assessment import Assessment
from closeout.evidence.freezing import Finding, Hashes, recomputer, verify
from closeout.evidence.freezing.canonical import digest_of_rows
from closeout.evidence.freezing.folder import INDEX, read_frozen, read_index
from closeout.evidence.letters.dossier import dossiers_of
from closeout.evidence.linking import link
from closeout.evidence.measures.measure import Measured, Result, Verdict
from closeout.evidence.measures.special_findings import Findings
from closeout.evidence.measures.special_look import Found
from closeout.evidence.needs import Need
from closeout.evidence.outward import outward
from closeout.records.snapshot import open_snapshot
from closeout.workload.staffing import work_out
from tests.assess.conftest import MEASURES
from tests.followup.factories import make_followed

DAY = date(2026, 9, 30)
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
TITLE = "Demand, hours, need and gap by office"
OF_STAFFING = ("staffing-need-known", "officers-per-need")
MORE = """
- measure: staffing-need-known
  group: 20
  title: Offices whose need is worked out
  section: E
  shape: share
  unit: share
  source: staffing
  direction: up
  target: {value: 1.0, made_up: true}
  owner: planner
  numerator: offices with a need
  denominator: offices with officers
  closes_when: all have one
  recommendations: [{report: OIG-24-901, number: 2, covers: [the completed staffing model]}]
- measure: officers-per-need
  group: 20
  title: Officers there for each one needed
  section: E
  shape: rate
  unit: per officer needed
  source: staffing
  direction: up
  target: {value: 1.0, made_up: true}
  owner: planner
  numerator: officers there
  denominator: officers needed
  closes_when: officers are where the work is
  recommendations: [{report: OIG-24-901, number: 2}]
"""
NEEDED = Need("evidence of the completed staffing model", "report.txt, page 3")


@pytest.fixture(scope="module")
def engine():
    opened = connect(threads=1)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def rules(pack, tmp_path_factory):
    """Return the rules of case files, with two measures of staffing that answer a recommendation."""
    folder = shutil.copytree(pack, tmp_path_factory.mktemp("staffed") / "pack")
    (folder / "measures.yaml").write_text(MEASURES + MORE)
    return load_rules(folder)


@pytest.fixture(scope="module")
def ground(small, rules):
    return Ground(open_snapshot(small), rules.pack, DAY)


@pytest.fixture(scope="module")
def staffing(engine, ground):
    return work_out(engine, ground.snapshot, ground.pack, DAY)


def assessment(rules, staffing):
    """Return an assessment of one recommendation by the measures of staffing, and its measures."""
    measures = [each for each in rules.measures if each.code in OF_STAFFING]
    found = Found((), Findings((), frozenset(), {}))
    worked = Worked(tuple(map(_empty, measures)), (), Beside(staffing, found, ()), None)
    worked = with_special(worked, None, DAY)
    followed = make_followed("2")
    linked = link([followed], worked.measured, {followed.entry.key: [NEEDED]})
    return Assessment("Bureau of Keys", DAY, worked.measured, linked.assessed)


def _empty(measure):
    total = Result(measure.code, None, None, DAY, None, Verdict.NOT_ASSESSED)
    return Measured(measure, DAY, total)


@pytest.fixture(scope="module")
def made(rules, ground, staffing, tmp_path_factory):
    """Return an assessment's folder with what was frozen in it, and the assessment."""
    folder = tmp_path_factory.mktemp("assessed")
    whole = assessment(rules, staffing)
    shown = outward(whole)
    others = Others(staffing)
    return folder, shown, freeze_linked(shown, ground, folder, now=NOW, others=others)


def verified(engine, ground, rules, folder):
    recompute = recomputer(engine, ground.snapshot, ground.pack, rules.measures)
    return verify(folder, snapshot=ground.snapshot, recompute=recompute, hashes=Hashes(), engine=engine.name)


@pytest.fixture
def copied(made, tmp_path):
    """Return a copy of the frozen folder, and its file of staffing, which a test may touch."""
    folder = shutil.copytree(made[0] / FROZEN, tmp_path / FROZEN)
    return folder, next(folder.glob("staffing.2026*"))


def test_staffing_is_frozen_beside_the_measures_that_rest_on_it(made):
    folder, _, items = made
    assert [item.measure for item in items] == [*OF_STAFFING, "staffing"]
    assert [item.title for item in items] == ["", "", TITLE]
    assert items[-1].under == OF_STAFFING
    assert {entry.code for entry in read_index(folder / FROZEN).checked()} == {*OF_STAFFING, "staffing"}
    kept = read_frozen(folder / items[-1].path)
    assert kept.result_sha256 == items[-1].result_sha256
    assert {"officers", "time_entries", "cases"} <= set(kept.snapshot.tables)


def test_the_dossier_lists_it_and_the_auditors_need_is_covered(made):
    _, shown, items = made
    (dossier,) = dossiers_of(shown, items)
    assert dossier.frozen[-1].result_sha256 == items[-1].result_sha256
    assert [(need.text, need.measures) for need in dossier.needs] == [(NEEDED.text, OF_STAFFING[:1])]
    assert not any("not covered" in each or "Not frozen" in each for each in dossier.gaps)


def test_small_numbers_of_officers_are_withheld_in_it(made):
    folder, _, items = made
    kept = read_frozen(folder / items[-1].path)
    assert kept.parameters["suppression"] == {"threshold": 11}
    assert kept.parameters["draws"] == 0


def test_it_is_worked_out_again_and_equal(engine, ground, rules, made):
    found = verified(engine, ground, rules, made[0] / FROZEN)
    assert found.is_equal, found
    assert {one.code for one in found.results} == {*OF_STAFFING, "staffing"}


def test_a_run_that_many_rest_on_is_made_once(engine, ground, rules, made, monkeypatch):
    asked = []

    def counting(*given, **said):
        asked.append(given)
        return work_out(*given, **said)

    monkeypatch.setattr("closeout.workload.staffing.work_out", counting)
    assert verified(engine, ground, rules, made[0] / FROZEN).is_equal
    assert len(asked) == 1


def test_a_gap_that_was_written_over_is_named_with_what_the_records_give(engine, ground, rules, copied):
    folder, file = copied
    said = json.loads(file.read_text(encoding="utf-8"))
    row = next(row for row in said["rows"] if row["office_id"] is None)
    before, row["gap_fte"] = row["gap_fte"], 12.5
    file.write_text(json.dumps(said), encoding="utf-8")
    found = {one.code: one for one in verified(engine, ground, rules, folder).results}
    assert found["staffing"].finding is Finding.TAMPERED
    (difference,) = found["staffing"].differences
    assert (difference.column, difference.before, difference.after) == ("gap_fte", 12.5, before)
    assert found["officers-per-need"].finding is Finding.EQUAL


def test_a_gap_that_was_sealed_anew_is_no_longer_the_one_of_the_index(engine, ground, rules, copied):
    folder, file = copied
    said = json.loads(file.read_text(encoding="utf-8"))
    next(row for row in said["rows"] if row["office_id"] is None)["gap_fte"] = 12.5
    said["result_sha256"] = digest_of_rows(said["rows"])
    file.write_text(json.dumps(said), encoding="utf-8")
    found = {one.code: one for one in verified(engine, ground, rules, folder).results}
    assert found["staffing"].finding is Finding.TAMPERED


def test_staffing_that_was_taken_away_is_missed(engine, ground, rules, copied):
    folder, file = copied
    file.unlink()
    found = {one.code: one.finding for one in verified(engine, ground, rules, folder).results}
    assert found["staffing"] is Finding.DAMAGED
    assert (folder / INDEX).is_file()


def test_without_a_run_nothing_of_it_is_frozen_and_the_measures_say_why(rules, ground, tmp_path):
    whole = assessment(rules, None)
    items = freeze_linked(outward(whole), ground, tmp_path, now=NOW)
    assert [item.measure for item in items] == list(OF_STAFFING)
    assert not any(item.under for item in items)
    (dossier,) = dossiers_of(outward(whole), items)
    assert "could not be worked out from these records" in " ".join(dossier.gaps)


def test_where_no_measure_of_staffing_answers_it_is_not_frozen(rules, ground, staffing, tmp_path):
    whole = assessment(rules, staffing)
    whole = replace(whole, assessed=tuple(replace(each, measures=()) for each in whole.assessed))
    assert freeze_linked(whole, ground, tmp_path, now=NOW, others=Others(staffing)) == []
    assert not (tmp_path / FROZEN).exists()
