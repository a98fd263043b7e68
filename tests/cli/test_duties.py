"""`closeout duties`, as a person runs it."""

from __future__ import annotations

import json
from datetime import date

import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from closeout.cli.main import app
from closeout.records.snapshot import Manifest, Part, sha256_of, write_manifest
from tests.duties.making import day, table

CASES = [{"case_no": "C-000001", "office_id": "A", "officer_no": "S-10", "opened_on": day("2026-01-01")}]
CHECK_INS = [
    {
        "case_no": "C-000001",
        "due_on": day("2026-01-10"),
        "outcome": "attended",
        "outcome_on": day("2026-01-12"),
    },
    {"case_no": "C-000001", "due_on": day("2026-02-03")},
    {"case_no": "C-000001", "due_on": day("2026-05-10")},
    {"case_no": "C-000001", "due_on": day("2014-05-10")},
]
ONLY = ("--kind", "check-in")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("snapshot")
    rows = {"cases": CASES, "check_ins": CHECK_INS, "transfers": [], "assignments": [], "holds": []}
    rows["offices"] = [{"office_id": "A"}, {"office_id": "B"}]
    parts = {}
    for name, made in rows.items():
        path = folder / name / "part-000.parquet"
        path.parent.mkdir()
        pq.write_table(table(name, made), path)
        parts[name] = (Part(f"{name}/part-000.parquet", len(made), sha256_of(path)),)
    write_manifest(folder, Manifest(date(2026, 3, 1), "test", parts))
    return folder


@pytest.fixture
def run(snapshot):
    def ran(*words, folder=snapshot):
        return CliRunner().invoke(app, ["duties", *([str(folder)] if folder else []), *words])

    return ran


def test_the_summary_counts_by_duty_and_state(run):
    found = run(*ONLY)
    assert found.exit_code == 0
    assert "3 duties of 1 kind, 1 missed. As of 2026-03-01." in found.output
    assert "No rule in force (not counted above, neither done nor overdue):\n  check-in: 1" in found.output


def test_a_duty_whose_table_is_missing_is_named_and_the_rest_goes_on(run):
    found = run()
    assert "Not computed: file-review: table file_reviews is missing" in found.output
    assert "check-in-reminder" in found.output


def test_the_summary_as_json(run):
    found = json.loads(run(*ONLY, "--json").output)
    assert (found["as_of"], found["pack"]) == ("2026-03-01", "ero")
    assert found["states"] == {"done": 1, "overdue": 1, "upcoming": 1, "no_basis": 1}


def test_a_list_goes_on_where_the_page_before_ended(run):
    first = json.loads(run(*ONLY, "--list", "--limit", "2", "--json").output)
    second = json.loads(run(*ONLY, "--list", "--limit", "2", "--after", first["after"], "--json").output)
    assert [row["subject"] for row in first["instances"] + second["instances"]] == ["1", "2", "3", "4"]
    assert second["after"] == ""


def test_a_list_for_people_says_how_to_go_on(run):
    assert "There are more: --after '2026-01-10|check-in|1|1'" in run(*ONLY, "--list", "--limit", "1").output


def test_an_instance_is_explained(run):
    found = run("--why", "check-in", "2").output
    assert "State: overdue" in found
    assert "Owed by office A, officer S-10" in found
    assert "this parameter is made up, no public text gives it" in found
    assert "check_ins 2: due_on 2026-02-03" in found


def test_an_explanation_as_json(run):
    found = json.loads(run("--why", "check-in", "2#1", "--json").output)
    assert found["basis"]["is_made_up"] is True
    assert found["instance"]["due_on"] == "2026-02-03"


def test_two_days_are_compared(run):
    found = run(*ONLY, "--compare", "2026-01-11", "--list").output
    assert "From 2026-01-11 to 2026-03-01:" in found
    assert "2026-01-10  check-in 1#1: due -> done" in found


def test_the_three_figures_are_named(run):
    found = run(*ONLY, "--statistics", "--from", "2026-01-01", "--to", "2026-03-01").output
    assert "50.0 % (1/2; 9.5 to 90.5) (few)" in found
    assert "1 of 2; mean 23 days, oldest 23" in found


def test_the_statement_is_printed(run):
    assert run(*ONLY, "--sql").output.startswith("-- check-in\nSELECT")


def test_every_instance_is_written(run, tmp_path):
    for name, read in (("a.parquet", pq.read_table), ("a.csv", arrow_csv.read_csv)):
        assert run(*ONLY, "--out", str(tmp_path / name)).exit_code == 0
        assert read(tmp_path / name).num_rows == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.parquet"]


def test_the_rules_are_checked_alone(run):
    assert run("--check-pack", folder=None).output == "The rules are sound.\n"
    assert json.loads(run("--check-pack", "--json", folder=None).output) == {"faults": []}


def test_an_unsound_pack_is_refused_with_file_and_line(run, tmp_path):
    (tmp_path / "pack.yaml").write_text("pack: mine\ntitle: Mine\n")
    found = run("--pack", str(tmp_path))
    assert found.exit_code == 2
    assert "pack.yaml:1" in found.output
    assert run("--check-pack", "--pack", str(tmp_path), folder=None).exit_code == 1


def test_nothing_owed_says_why_that_may_be(run):
    assert (
        "Nothing is owed here. As of 2013-01-01."
        in run("--kind", "case-assignment", "--as-of", "2013-01-01").output
    )
    assert "Nothing is owed under these filters." in run(*ONLY, "--office", "B", "--list").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kind", "chek-in"), "there is no duty chek-in. Did you mean check-in"),
        (("--state", "late"), "there is no state late; there are upcoming, due"),
        (("--office", "Z"), "there is no office Z; there are A, B"),
        (("--list", "--after", "x"), "'x' is no place in a list"),
        (("--why", "check-in", "99"), "check-in has no instance 99 on 2026-03-01"),
        (("--why", "check-in", "1#x"), "1#x names no instance"),
        (("--why", "file-review", "1"), "file-review is not computed: table file_reviews is missing"),
        (("--statistics", "--from", "2026-02-01", "--to", "2026-01-01"), "before it begins"),
        (("--out", "all.xlsx"), "must end in .parquet or .csv"),
        (("--out", "nowhere/all.csv"), "there is no folder nowhere"),
        (("--engine", "mysql://x"), "names no engine"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_line(run, words, said):
    found = run(*words)
    assert found.exit_code in {1, 2}
    assert said in found.output
    assert len(found.output.splitlines()) == 1


def test_a_folder_that_is_no_snapshot_is_refused(run, tmp_path):
    assert "is no snapshot" in run(folder=tmp_path).output
    assert "give a snapshot's folder" in run(folder=None).output
