"""`closeout study`, as a person runs it: plan, check, weights, adjust, backtest."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from functools import cache

import pytest
from typer.testing import CliRunner

from closeout.cli.main import app
from closeout.duties.pack import load_pack, own_folder
from closeout.records.checking.check import check
from closeout.records.example import write_example

PLAN = ("--code", "STUDY-9", "--from", "2026-10-05", "--officers", "100")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return write_example(tmp_path_factory.mktemp("study") / "small")


@pytest.fixture(scope="module", autouse=True)
def _pack_once():
    """Load each pack once for all commands of this file: it is read the same each time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("closeout.cli.study.load_pack", cache(load_pack))
        yield


@pytest.fixture
def run(snapshot):
    def ran(verb, *words, folder=snapshot.folder):
        return CliRunner().invoke(app, ["study", verb, str(folder), *words])

    return ran


def _json(found):
    return json.loads(found.output)


@pytest.fixture(scope="module")
def checked(snapshot):
    found = CliRunner().invoke(app, ["study", "check", str(snapshot.folder), "--json"])
    return found.exit_code, json.loads(found.output)


def test_a_check_counts_what_can_be_used_and_ends_with_1_where_an_entry_was_refused(checked):
    code, said = checked
    assert code == 1
    refused = sum(one["entries"] for one in said["refused"].values())
    assert said["usable"] + refused == said["entries"]


def test_a_check_names_every_planted_fault_and_what_to_do(checked, snapshot):
    _, said = checked
    planted = [one["name"] for one in snapshot.manifest.notes["defects"] if one["found_by"] == "study"]
    found = said["refused"] | said["to_look_at"]
    assert len(planted) == 8
    assert set(planted) <= set(found)
    assert all(one["why"] for one in found.values())


def test_a_check_gives_the_response_of_each_office(checked):
    _, said = checked
    third = [one for one in said["responses"] if one["study"] == "STUDY-3"]
    assert len(third) == 24
    whole = sum(one["recorded"] for one in third) / sum(one["asked"] for one in third)
    assert 0.6 < whole < 0.8


def test_people_see_the_same_check(run):
    found = run("check")
    assert "entries can be used." in found.output
    assert "the day has more than 24 hours; correct or remove its entries" in found.output
    assert "whoever was absent all week was not asked" in found.output


def test_the_refused_entries_are_written_with_their_reason(run, tmp_path):
    run("check", "--out", str(tmp_path / "refused.csv"))
    with (tmp_path / "refused.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["fault"] for row in rows} >= {"day-over-24-hours", "never-asked"}
    assert all(row["entry_id"] for row in rows)


def test_weights_have_every_grade(run):
    said = _json(run("weights", "--office", "F08", "--json"))
    grades = {one["activity"]: one["grade"] for one in said["weights"]}
    assert set(grades.values()) == {"C", "D", "none"}
    assert grades["check-in"] == "C"
    assert grades["assess-country"] == "D"
    assert grades["serve-notice"] == "none"


def test_a_weight_without_a_figure_says_why(run):
    said = _json(run("weights", "--activity", "serve-notice", "--activity", "interval-deviation", "--json"))
    expired, changed = said["weights"]
    assert expired["minutes"] is changed["minutes"] is None
    assert expired["reason"].startswith("expired: last recorded until")
    assert changed["reason"].startswith("the activity is another since")


def test_a_weight_without_a_duty_is_named_and_the_rest_goes_on(run, tmp_path):
    pack = shutil.copytree(own_folder(), tmp_path / "pack")
    listed = pack / "activities.yaml"
    juggling = (
        "- activity: juggling\n  title: Juggle\n  kind: case\n  minutes: {low: 1, likely: 2, high: 4}\n"
    )
    listed.write_text(listed.read_text() + juggling)
    found = run("weights", "--pack", str(pack), "--json")
    assert json.loads(found.stdout)["weights"]
    (said,) = found.stderr.splitlines()
    assert "no clause takes minutes for `juggling`: a weight without a duty" in said
    assert said.startswith("closeout study: activities.yaml line ")


def test_a_weight_says_what_it_rests_on(run):
    (one,) = _json(run("weights", "--activity", "check-in", "--json"))["weights"]
    assert one["low"] < one["minutes"] < one["high"]
    assert one["officers"] > 50
    assert one["unit"] == "duty"
    assert one["studies"] == ["STUDY-3"]


def test_adjusted_minutes_stand_beside_the_observed_ones(run):
    (seen,) = _json(run("weights", "--activity", "check-in", "--json"))["weights"]
    (should,) = _json(run("weights", "--activity", "check-in", "--adjusted", "--json"))["weights"]
    assert (seen["kind"], should["kind"], should["minutes"]) == ("observed", "adjusted", 15.0)
    assert seen["minutes"] != should["minutes"]


def test_people_see_the_weights_and_what_recorded_time_went_to(run):
    found = run("weights", "--office", "F01")
    assert found.exit_code == 0
    assert "check-in" in found.output
    assert "Recorded time of" in found.output


def test_an_earlier_day_knows_less(run):
    said = _json(run("weights", "--activity", "check-in", "--as-of", "2025-08-01", "--json"))["weights"]
    assert said[0]["reason"] or said[0]["grade"] == "B"
    assert said[0]["observed_to"] is None or said[0]["observed_to"] <= "2025-08-01"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--office", "F99"), "there is no office F99"),
        (("--activity", "check-inn"), "there is no activity check-inn with minutes. Did you mean"),
        (("--activity", "meeting"), "there is no activity meeting with minutes"),
    ],
)
def test_what_is_not_there_is_refused(run, words, said):
    found = run("weights", *words)
    assert found.exit_code == 2
    assert said in found.output


def test_answers_panels_and_decisions(run):
    said = _json(run("adjust", "--json"))
    assert {one["activity"] for one in said["sufficiency"]} >= {"check-in", "review-file"}
    assert all(one["last"]["round"] == "second" and one["is_narrower"] for one in said["panels"])
    states = {one["activity"]: one["state"] for one in said["adjustments"]}
    assert states["check-in"] == "holds"
    assert states["parental-inquiry"] == "waits for a second person"
    assert states["custody-review"] == "expired"


def test_people_see_answers_panels_and_decisions(run):
    found = run("adjust")
    assert found.exit_code == 0
    assert "waits for a second person" in found.output
    assert "(narrower)" in found.output
    # Both rounds of the panel, what officers said and what was decided, each with its reasons.
    checked_in = [line.split() for line in found.output.splitlines() if "check-in" in line]
    assert [words[2] for words in checked_in if words[0].startswith("PANEL")] == ["first", "second"]
    assert "steps left out: The panel found steps that officers leave out" in found.output
    assert any("interrupted" in line and " 42 % " in line for line in found.output.splitlines())


def test_a_back_test_compares_each_month_with_earlier_diaries(run):
    months = _json(run("backtest", "--json"))
    whole = [one for one in months if one["activity"] is None]
    assert whole[0]["predicted"] is None
    assert [one["month"] for one in whole] == sorted(one["month"] for one in whole)
    assert any(one["ratio"] for one in whole)


def test_people_see_the_back_test_and_what_was_not_assessed(run):
    assert "not assessed" in run("backtest").output


@pytest.mark.parametrize("band", ["0", "100"])
def test_a_band_out_of_range_is_refused(run, band):
    found = run("backtest", "--band", band)
    assert found.exit_code == 2
    assert "such as 10" in found.output


def test_a_plan_says_whom_it_asks_and_how_many_each_activity_needs(run):
    said = _json(run("plan", *PLAN, "--json"))
    assert said["officers"] == sum(said["offices"].values()) == 100
    assert said["officer_weeks"] == 200
    assert (said["from"], said["design"], said["files"]) == ("2026-10-05", "diary", [])
    needed = {one["activity"]: one["needed"] for one in said["precision"]}
    assert needed["check-in"] > 2


def test_a_plan_is_written_once_as_files_that_the_check_takes(run, tmp_path):
    out = tmp_path / "plan"
    said = _json(run("plan", *PLAN, "--out", str(out), "--json"))
    assert said["files"] == ["time_studies.csv", "study_samples.csv", "activities.csv", "diary.csv"]
    tables = tmp_path / "tables"
    tables.mkdir()
    for name in ("time_studies.csv", "study_samples.csv"):
        (tables / name).write_bytes((out / name).read_bytes())
    report = check(tables, as_of=date(2026, 9, 30), out=tmp_path / "checked")
    assert (report.read, report.quarantined) == (201, 0)
    again = run("plan", *PLAN, "--out", str(out))
    assert again.exit_code == 2
    assert "is not empty" in again.output


def test_a_plan_of_moments_asks_at_moments(run, tmp_path):
    said = _json(run("plan", *PLAN, "--moments", "15", "--out", str(tmp_path / "plan"), "--json"))
    assert (said["design"], said["moments"]) == ("random_moment", 200 * 15)
    assert (tmp_path / "plan" / "study_moments.csv").read_text().count("\n") == 200 * 15 + 1
    assert "diary.csv" not in said["files"]


def test_people_see_the_plan(run, tmp_path):
    found = run("plan", *PLAN, "--office", "F01", "--out", str(tmp_path / "plan"))
    assert "STUDY-9: " in found.output
    assert "Officers to ask for ± 10 %" in found.output
    assert "Written: time_studies.csv" in found.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--officers", "0"), "officers must be at least 1"),
        (("--code", "STUDY-3"), "there is a study STUDY-3 already"),
        (("--office", "F99"), "no officer has the office F99"),
        (("--aim", "0"), "is a share above 0 and below 1"),
        (("--response", "120"), "is a share above 0 and up to 1"),
        (("--rounds", "30"), "do not fit into a year"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(run, words, said):
    found = run("plan", *PLAN, *words)
    assert found.exit_code == 2
    assert said in found.output


@pytest.mark.parametrize("verb", ["check", "weights", "adjust", "backtest"])
def test_a_folder_that_is_no_snapshot_is_refused(run, tmp_path, verb):
    found = run(verb, folder=tmp_path)
    assert found.exit_code == 2
    assert "is no snapshot" in found.output


def test_a_pack_whose_list_lacks_an_activity_is_refused_with_file_and_line(run, tmp_path):
    (tmp_path / "pack.yaml").write_text("pack: x\ntitle: X\npolicies: {RULES: The rules}\n", encoding="utf-8")
    found = run("weights", "--pack", str(tmp_path))
    assert found.exit_code == 2
    assert "pack.yaml:1: the pack has no clauses" in found.output
