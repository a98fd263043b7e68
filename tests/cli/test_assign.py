"""`closeout assign`, as a person runs it, on the small example agency."""

from __future__ import annotations

import csv
import json

import pytest
from typer.testing import CliRunner

from closeout.assignment import asking
from closeout.cli.main import app


@pytest.fixture(scope="module")
def agency(tmp_path_factory):
    folder = tmp_path_factory.mktemp("agency") / "records"
    made = CliRunner().invoke(app, ["example", "--size", "small", "--out", str(folder)])
    assert made.exit_code == 0, made.output
    return folder


def once(function):
    """Return the function with its first answer kept: the records are the same in every run here."""
    kept = []

    def ran(*args, **named):
        if not kept:
            kept.append(function(*args, **named))
        return kept[0]

    return ran


@pytest.fixture(scope="module")
def minutes():
    return once(asking.case_loads)


@pytest.fixture(scope="module")
def weights():
    return once(asking.weights_of)


@pytest.fixture
def run(agency, minutes, weights, monkeypatch):
    monkeypatch.setattr(asking, "case_loads", minutes)
    monkeypatch.setattr(asking, "weights_of", weights)

    def ran(*words, folder=agency):
        return CliRunner().invoke(app, ["assign", *([str(folder)] if folder else []), *words])

    return ran


def test_waiting_cases_get_an_officer_and_a_reason(run):
    found = run()
    assert found.exit_code == 0, found.output
    assert found.output.startswith("3 of 3 waiting cases have an officer to go to; 0 are held")
    assert "Case C-RD2D5KQF to S-" in found.output


def test_below_a_low_cap_cases_are_held_and_escalated(run):
    found = run("--cap", "0.001")
    assert (
        "0 of 3 waiting cases have an officer to go to; 3 are held, 3 of all to be escalated." in found.output
    )
    assert "Unassigned:\nCase C-" in found.output
    assert found.output.count("To be escalated.") == 3


def test_one_case_is_answered_and_its_file_replays(run, tmp_path):
    path = tmp_path / "case.json"
    found = run("--case", "C-RD2D5KQF", "--json", "--out", str(path))
    assert json.loads(found.stdout) == json.loads(path.read_text())
    again = run("--replay", str(path), folder=None)
    assert (again.exit_code, again.output) == (0, "Worked out again, the answer is the same.\n")


def test_a_file_that_was_changed_does_not_replay(run, tmp_path):
    path = tmp_path / "case.json"
    run("--case", "C-RD2D5KQF", "--out", str(path))
    said = json.loads(path.read_text())
    said["certificate"]["choice"] = "S-00000"
    path.write_text(json.dumps(said))
    again = run("--replay", str(path), "--json", folder=None)
    assert again.exit_code == 1
    assert json.loads(again.stdout)["differences"][0].startswith("choice was S-00000, is S-")


def test_the_answers_for_all_waiting_cases_replay_from_one_file(run, tmp_path):
    path = tmp_path / "cases.json"
    run("--out", str(path))
    again = run("--replay", str(path), folder=None)
    assert (again.exit_code, again.output) == (0, "Worked out again, all answers are the same.\n")
    said = json.loads(path.read_text())
    said["certificates"][1]["choice"] = "S-00000"
    path.write_text(json.dumps(said))
    again = run("--replay", str(path), "--json", folder=None)
    assert again.exit_code == 1
    case_no = said["certificates"][1]["case"]["case_no"]
    (difference,) = json.loads(again.stdout)["differences"]
    assert difference.startswith(f"case {case_no}: choice was S-00000, is S-")


def test_a_file_without_waiting_cases_says_so(run, tmp_path):
    path = tmp_path / "none.json"
    path.write_text('{"moves": [], "certificates": []}')
    assert "holds no certificate: no case was waiting" in run("--replay", str(path), folder=None).stderr


def test_an_evening_out_replays_for_the_office_that_its_file_names(run, tmp_path):
    path = tmp_path / "moves.json"
    run("--office", "F01", "--rebalance", "--out", str(path))
    assert run("--replay", str(path)).output == "Worked out again, the answer is the same.\n"


def test_an_office_is_evened_out_with_the_bound_beside_it(run, tmp_path):
    path = tmp_path / "moves.csv"
    found = run("--office", "F01", "--rebalance", "--out", str(path))
    assert found.exit_code == 0, found.output
    assert found.output.startswith("Moving ")
    assert "no plan as even has fewer moves" in found.output
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert f"Moving {len(rows)} of " in found.output
    assert {row["reason"] for row in rows} <= {"over_load", "not_available", "not_eligible", "makes_room"}
    officers = [line.split()[0] for line in found.output.splitlines() if line.startswith("S-")]
    assert officers == sorted(officers)


def test_an_evening_out_replays_from_the_same_records(run, tmp_path):
    path = tmp_path / "moves.json"
    run("--office", "F01", "--rebalance", "--out", str(path))
    assert (
        run("--office", "F01", "--replay", str(path)).output == "Worked out again, the answer is the same.\n"
    )
    other = run("--office", "F02", "--replay", str(path))
    assert other.exit_code == 1
    assert "the loads are others" in other.output


def test_an_officer_who_leaves_gives_up_all_cases(run):
    leads = json.loads(run("--office", "F01", "--rebalance", "--json").stdout)["standings"]
    someone = max(leads, key=lambda one: one["cases_before"])["officer_no"]
    plain = json.loads(run("--office", "F01", "--rebalance", "--json", "--leaving", someone).stdout)
    row = next(one for one in plain["standings"] if one["officer_no"] == someone)
    assert (row["hours"], row["cases_after"], row["before"]) == (0.0, 0, None)


def test_few_moves_and_a_limit_are_taken_into_account(run):
    plain = json.loads(
        run("--office", "F01", "--rebalance", "--max-moves", "5", "--limit", "0.01", "--json").stdout
    )
    assert len(plain["moves"]) <= 5
    assert {part["kind"] for part in plain["unmet"]} == {"limit"}
    assert "no plan within the limit of moves gets below" in plain["sentence"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--office", "F99"], "office F99 has neither officers nor open cases in these records"),
        (["--leaving", "S-00000"], "officer S-00000 is not among those who can have cases here"),
        (["--case", "C-00000000"], "case C-00000000 is not among the open cases that nobody leads"),
        (["--language", "some"], "--language some is unknown; give one of required, preferred, ignored"),
        (["--cap", "0"], "cap is 0; give a share above 0, such as 1 for all case hours"),
        (["--out", "moves.xlsx"], "moves.xlsx must end in .csv or .json"),
        (["--out", "nowhere/moves.csv"], "there is no folder nowhere to write moves.csv into"),
        (["--replay", "nothing.json"], "nothing.json cannot be read as a certificate"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(run, words, said):
    found = run(*words)
    assert found.exit_code == 2
    assert f"closeout assign: {said}" in found.stderr


def test_without_a_snapshot_it_says_how_to_get_one(run):
    assert "closeout example DIR" in run(folder=None).stderr


def test_a_file_that_is_no_certificate_is_refused(run, tmp_path):
    path = tmp_path / "other.json"
    path.write_text('{"kind": "new_case", "form": 0}')
    assert "this is no certificate of a new case" in run("--replay", str(path), folder=None).stderr
