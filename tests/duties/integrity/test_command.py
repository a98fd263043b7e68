"""`closeout integrity`: counts, lists, and what it says when it cannot."""

import json

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from closeout.cli.main import app
from closeout.duties.integrity import RULES
from closeout.records.snapshot import Manifest, Part, sha256_of, write_manifest
from tests.duties.integrity.scene import AS_OF, ago, case, whole

TABLES = {
    "offices": [{"office_id": "F01"}, {"office_id": "F02"}],
    "cases": [
        case("C-1"),
        case("C-2", opened_on=ago(600)),
        case("C-3", office_id="F02"),
        case("C-4", officer_no="S-AA"),
    ],
    "assignments": [
        {"assignment_id": 1, "case_no": "C-4", "officer_no": "S-AA", "role": "lead", "from_on": ago(9)}
    ],
    "transfers": [],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("snapshot")
    parts = {}
    for name, rows in TABLES.items():
        path = made / name / "part-000.parquet"
        path.parent.mkdir()
        pq.write_table(whole(name, rows), path)
        parts[name] = (Part(f"{name}/part-000.parquet", len(rows), sha256_of(path)),)
    write_manifest(made, Manifest(as_of=AS_OF, source="test", tables=parts))
    return made


def run(*arguments):
    return CliRunner().invoke(app, ["integrity", *map(str, arguments)])


def as_json(*arguments):
    return json.loads(run(*arguments, "--json").stdout)


def test_the_summary_counts_each_rule_and_says_since_when(folder):
    ran = run(folder)
    assert ran.exit_code == 1
    assert ran.stdout.startswith("3 findings of 1 of ")
    (line,) = [line for line in ran.stdout.splitlines() if line.startswith("open-case-without-lead")]
    assert line.split()[:3] == ["open-case-without-lead", "3", str(ago(600))]


def test_rules_that_lack_a_table_are_named_with_it(folder):
    assert "Not looked at: hold-past-review (holds missing)" in run(folder).stdout
    said = as_json(folder)
    assert said["not_looked_at"]["hold-past-review"] == ["holds"]
    assert {one["rule"] for one in said["rules"]} | set(said["not_looked_at"]) == set(RULES)


def test_the_list_has_the_oldest_first_and_stops_where_asked(folder):
    ran = run(folder, "--list", "--rule", "open-case-without-lead", "--limit", 2)
    lines = ran.stdout.splitlines()
    assert "What is due on the case falls to nobody. Give the case a lead." in lines
    assert [line.split() for line in lines[-3:-1]] == [
        [str(ago(600)), "F01", "C-2", "cases", "C-2"],
        [str(ago(500)), "F01", "C-1", "cases", "C-1"],
    ]
    assert lines[-1] == "... and 1 more (--limit)"


def test_json_has_the_findings_when_they_are_asked_for(folder):
    (rule,) = as_json(folder, "--rule", "open-case-without-lead", "--list")["rules"]
    assert rule["found"] == 3
    assert rule["oldest"] == ago(600).isoformat()
    assert rule["findings"][0] == {
        "subject_table": "cases",
        "subject": "C-2",
        "case_no": "C-2",
        "office_id": "F01",
        "since_on": ago(600).isoformat(),
    }
    assert "findings" not in as_json(folder, "--rule", "open-case-without-lead")["rules"][0]


def test_an_office_sees_only_its_own(folder):
    (rule,) = as_json(folder, "--rule", "open-case-without-lead", "--office", "F02", "--list")["rules"]
    assert [one["subject"] for one in rule["findings"]] == ["C-3"]


def test_nothing_found_is_said_and_is_no_failure(folder):
    ran = run(folder, "--rule", "two-leads", "--rule", "transfer-in-limbo")
    assert ran.stdout.strip() == f"Nothing found by 2 rules. As of {AS_OF}."
    assert ran.exit_code == 0


def test_another_day_can_be_judged_on(folder):
    said = as_json(folder, "--rule", "open-case-without-lead", "--as-of", ago(10))
    assert said["as_of"] == ago(10).isoformat()
    assert said["rules"][0]["found"] == 4


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--rule", "none-such"], 2, "there is no rule none-such; there are "),
        (["--office", "F99"], 2, "there is no office F99; there are F01, F02"),
        (["--engine", "mysql://x"], 1, "names no engine; give duckdb:// or spark://host:port"),
        (["--engine", "spark://127.0.0.1:1"], 1, "no Spark master answers at 127.0.0.1:1"),
    ],
)
def test_wrong_use_is_said_in_one_line(folder, arguments, code, message):
    ran = run(folder, *arguments)
    assert ran.exit_code == code
    assert ran.stdout == ""
    assert message in ran.stderr
    assert ran.stderr.startswith("closeout integrity: ")
    assert ran.stderr.count("\n") == 1


def test_a_folder_that_is_no_snapshot_is_said_to_be_none(tmp_path):
    ran = run(tmp_path)
    assert ran.exit_code == 2
    assert "is no snapshot" in ran.stderr


def test_a_damaged_file_is_named(folder, tmp_path):
    copied = tmp_path / "copied"
    copied.mkdir()
    for name in TABLES:
        (copied / name).mkdir()
        (copied / name / "part-000.parquet").write_bytes((folder / name / "part-000.parquet").read_bytes())
    (copied / "manifest.json").write_bytes((folder / "manifest.json").read_bytes())
    (copied / "cases" / "part-000.parquet").write_bytes(b"not Parquet")
    ran = run(copied)
    assert ran.exit_code == 1
    assert "part-000.parquet (table cases) cannot be read as Parquet" in ran.stderr
