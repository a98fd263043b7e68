"""`closeout simulate`, as a person runs it, on the small example agency."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from closeout.cli.main import app
from closeout.cli.simulate import _nothing
from closeout.simulation import inputs

QUICK = ("--replications", "2", "--days", "60", "--warm-up", "10")
SCENARIO = (
    "scenario: two-away\ntitle: Two away\nchanges:\n  - absence: {officers: 2, from: 2026-10-12, days: 10}\n"
)


@pytest.fixture(scope="module")
def agency(tmp_path_factory):
    folder = tmp_path_factory.mktemp("agency") / "records"
    made = CliRunner().invoke(app, ["example", "--size", "small", "--out", str(folder)])
    assert made.exit_code == 0, made.output
    return folder


@pytest.fixture(scope="module")
def offices():
    """Read the offices of each question once: the reading is tested elsewhere and takes the time here."""
    read, known = inputs.read_offices, {}

    def reading(engine, given, pack, as_of, parameters=None, weights=None, asked=None, told=None):
        key = (given.folder, parameters, asked)
        if key not in known:
            known[key] = read(engine, given, pack, as_of, parameters, weights, asked)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inputs, "read_offices", reading)
        yield


@pytest.fixture
def run(agency, offices):
    def ran(*words, folder=agency):
        return CliRunner().invoke(app, ["simulate", *([str(folder)] if folder else []), *words])

    return ran


@pytest.fixture
def scenario(tmp_path):
    path = tmp_path / "two-away.yaml"
    path.write_text(SCENARIO)
    return path


def test_an_office_is_a_sentence_and_a_row_a_duty(run):
    found = run("--office", "F01", *QUICK)
    assert found.exit_code == 0, found.output
    assert found.output.startswith("Office F01: ")
    assert "60 days from 2026-10-01, 2 replications of " in found.output
    assert "\ncheck-in " in found.output
    assert "Note: minutes vary from task to task" in found.output


def test_json_is_the_outcome_and_nothing_else(run):
    found = json.loads(run("--office", "F01", "--json", *QUICK).stdout)
    assert set(found) == {"outcome", "comparisons", "not_simulated", "set_aside"}
    outcome = found["outcome"]
    assert (outcome["office_id"], outcome["days"], outcome["replications"]) == ("F01", 60, 2)
    for duty in outcome["duties"]:
        assert duty["on_time"] is None or 0 <= duty["on_time"]["mean"] <= 1
    assert [one["officer_no"] for one in outcome["officers"]]


def test_the_same_seed_gives_the_same_figures(run):
    words = ("--office", "F01", "--json", *QUICK)
    assert run(*words).stdout == run(*words).stdout
    assert run(*words).stdout != run(*words, "--seed", "2").stdout


def test_a_scenario_is_shown_beside_the_base(run, scenario):
    found = run("--office", "F01", "--scenario", str(scenario), *QUICK)
    assert found.exit_code == 0, found.output
    assert "Scenario two-away (" in found.output
    assert "percentage points, paired with the base" in found.output
    assert "Hours for colleagues, by officer: " in found.output


def test_the_nation_adds_its_offices_up(run, scenario):
    found = json.loads(run("--nation", "--json", *QUICK).stdout)["outcome"]
    assert found["cases"] == sum(office["cases"] for office in found["offices"])
    names = [office["office_id"] for office in found["offices"]]
    assert names == sorted(names)
    assert "officers" not in found


def test_the_nation_under_a_scenario_of_one_office(run, tmp_path):
    path = tmp_path / "one.yaml"
    path.write_text(SCENARIO.replace("{officers: 2", "{office: F01, officers: 1"))
    found = json.loads(run("--nation", "--scenario", str(path), "--json", *QUICK).stdout)
    assert found["comparisons"][0]["absorbed"] == []
    assert len(found["comparisons"][0]["changed"]["offices"]) == len(found["outcome"]["offices"])


def test_a_curve_gives_its_points(run):
    words = ("--curve", "--caseload", "2", "--caseload", "4000", "--duty", "check-in")
    found = json.loads(run("--office", "F01", *words, "--json", *QUICK).stdout)
    (curve,) = found["curves"]
    assert curve["target"] == {"share": 0.95, "probability": 0.8, "duty": "check-in"}
    cases = [point["cases"] for point in curve["points"]]
    assert cases == sorted(cases)
    assert {2, 4000} <= set(cases)
    shown = run("--office", "F01", *words, *QUICK).output
    assert "cases an officer now; target 95% of check-in on time in 80% of years" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "give either --office CODE or --nation"),
        (("--office", "F01", "--nation"), "give either --office CODE or --nation"),
        (("--nation", "--curve"), "the curve is an office's"),
        (("--office", "NOWHERE", *QUICK), "there is no office NOWHERE; there are F01"),
        (("--office", "F01", "--support", "1.0"), "100 %"),
        (("--office", "F01", "--support", "15"), "write 15 % as 0.15"),
        (("--office", "F01", "--curve", "--target", "2"), "a target needs a share"),
        (("--office", "F01", "--curve", "--duty", "none", *QUICK), "has no duty none"),
        (("--office", "F01", "--precision", "2"), "less than or equal to 0.5"),
        (("--office", "F01", "--scenario", "missing.yaml"), "cannot be read"),
    ],
)
def test_what_makes_no_sense_is_refused_in_a_line(run, words, said):
    found = run(*words)
    assert found.exit_code == 2
    assert said in found.output
    assert "Traceback" not in found.output


def test_a_faulty_scenario_names_line_and_key(run, tmp_path):
    path = tmp_path / "faulty.yaml"
    path.write_text("scenario: x\ntitle: y\nchanges:\n  - detail: {officers: -2, from: someday, days: 45}\n")
    found = run("--office", "F01", "--scenario", str(path))
    assert found.exit_code == 2
    assert "faulty.yaml:4: `detail.officers`: -2 must be a whole number of at least 1" in found.output
    assert "faulty.yaml:4: `detail.from`: someday is no day" in found.output


def test_more_officers_than_there_are(run, tmp_path):
    path = tmp_path / "many.yaml"
    path.write_text(SCENARIO.replace("officers: 2", "officers: 900"))
    found = run("--office", "F01", "--scenario", str(path), *QUICK)
    assert found.exit_code == 2
    assert "scenario two-away: absence: 900 officers are asked for, office F01 has" in found.output


def test_no_snapshot(run, tmp_path):
    assert "closeout example --out DIR" in run("--office", "F01", folder=None).output
    assert run("--office", "F01", folder=tmp_path / "nothing").exit_code == 2


def test_a_scenario_of_an_unknown_office_is_refused(run, tmp_path):
    path = tmp_path / "nowhere.yaml"
    path.write_text(SCENARIO.replace("{officers: 2", "{office: F99, officers: 2"))
    found = run("--office", "F01", "--scenario", str(path), *QUICK)
    assert found.exit_code == 2
    assert "scenario two-away: there is no office F99; there are F01" in found.output


def test_why_no_office_can_be_simulated_is_a_line_each(capsys):
    assert _nothing({"F01": "office F01 has no officers", "F02": "office F02: no hours"}).exit_code == 1
    assert capsys.readouterr().err.splitlines() == [
        "office F01 has no officers",
        "office F02: no hours",
        "closeout simulate: no office can be simulated: see above for each of 2",
    ]
    assert _nothing({}).exit_code == 1
    assert "give one that has" in capsys.readouterr().err
