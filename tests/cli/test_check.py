"""`closeout check` as it is typed: what it prints, and how it ends."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from closeout.cli import main as command
from closeout.cli.check_report import first_line
from tests.records.checking.made import (
    case,
    checked,
    docket_count,
    membership,
    office,
    program_count,
    write_csv,
)


def run(*arguments: object):
    asked = ["check", *map(str, arguments), "--as-of", "2026-06-30"]
    return CliRunner().invoke(command.app, asked, obj=command.Options())


def test_a_clean_folder_ends_with_nought_and_says_little(tmp_path):
    write_csv(tmp_path, "offices", [office(kind="", region="", area_code="", opened_on="", closed_on="")])
    result = run(tmp_path)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("1 row read: 1 accepted, 0 quarantined. As of 2026-06-30.\n")
    assert "×" not in result.stdout


def test_what_is_wrong_is_said_with_rule_reason_and_place(tmp_path):
    write_csv(tmp_path, "cases", [case("C-000001"), case("17")])
    result = run(tmp_path)
    assert result.exit_code == 1
    assert (
        "  1 × form: case_no does not have the form ^C-[0-9A-Z]{6,12}$. See cases.csv row 2\n"
        in result.stdout
    )
    assert (
        "references not checked: office_id (no offices here), officer_no (no officers here)" in result.stdout
    )
    assert "Nothing was written. --out DIR keeps accepted and quarantined rows." in result.stdout


def test_sums_that_miss_are_said_with_both_figures_and_end_with_one(tmp_path):
    write_csv(tmp_path, "docket_counts", [docket_count(closing=14)])
    result = run(tmp_path)
    assert result.exit_code == 1
    assert "opening + in - out = closing: 0 of 1 agree" in result.stdout
    assert "said 14, counted 11, difference -3. See docket_counts.csv row 1" in result.stdout


def test_many_sums_that_miss_are_cut_short(tmp_path):
    write_csv(tmp_path, "docket_counts", [docket_count(n, docket=f"D{n}", closing=0) for n in range(1, 16)])
    assert "5 more; --json lists them all" in run(tmp_path).stdout


def test_json_is_all_that_is_printed(tmp_path):
    write_csv(tmp_path, "cases", [case("C-000001"), case("17", opened_on="2027-01-01"), case("C-000001")])
    write_csv(tmp_path, "program_counts", [program_count(1, "A", "x", 1), program_count(2, "ALL", "x", 2)])
    (tmp_path / "notes.txt").write_text("x")
    result = run(tmp_path, "--json")
    said = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (1, "")
    assert (said["read"], said["accepted"], said["quarantined"], said["is_clean"]) == (5, 2, 3, False)
    cases = next(table for table in said["tables"] if table["table"] == "cases")
    assert (cases["duplicates"], cases["in_the_future"], cases["broken_references"]) == (2, 1, 0)
    assert {rule["rule"] for rule in cases["by_rule"]} == {"form", "future", "primary_key"}
    assert cases["by_rule"][0]["examples"][0] == {"file": "cases.csv", "row": 1}
    assert said["reconciliations"]["by_kind"] == {"parts": {"checked": 1, "missed": 1}}
    assert said["reconciliations"]["missed"][0]["difference"] == -1
    assert said["unread"] == [{"name": "notes.txt", "why": "there is no table of this name"}]


def test_the_report_holds_no_value_of_a_cell(tmp_path):
    rows = [case("SECRET-1", status_code="A123456789", docket="SECRET-2"), case("C-000001")]
    write_csv(tmp_path, "cases", rows)
    for options in ((), ("--json",)):
        said = run(tmp_path, *options).stdout
        assert "SECRET" not in said
        assert "123456789" not in said


def test_files_with_something_odd_are_named(tmp_path):
    (tmp_path / "offices.csv").write_bytes(
        "office_id,label,time_zone,nick\nA,Córdoba,UTC,x\n".encode("cp1252")
    )
    (tmp_path / "units.csv").write_bytes(b"")
    (tmp_path / "cases.parquet").write_bytes(b"PAR1")
    said = run(tmp_path).stdout
    assert "offices.csv: read as cp1252" in said
    assert "offices.csv: columns not taken: nick" in said
    assert "units.csv: the file is empty: it has not even a header" in said
    assert "cases.parquet: cannot be read as Parquet: it is cut off or damaged" in said
    assert "no rows" in said


def test_a_damaged_file_is_no_clean_check(tmp_path):
    write_csv(tmp_path, "offices", [office()])
    (tmp_path / "cases.parquet").write_bytes(b"PAR1")
    assert run(tmp_path).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "nowhere does not exist"),
        (["empty"], "empty holds no table. `closeout template` writes an example of each."),
        (["notes"], "notes holds no table (readme.md: neither CSV nor Parquet)."),
        (["good", "--mapping", "nowhere.yaml"], "there is no mapping file nowhere.yaml"),
        (["good", "--mapping", "bad.yaml"], "bad.yaml"),
    ],
)
def test_wrong_use_is_one_line_and_ends_with_two(tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    for name in ("empty", "notes"):
        Path(name).mkdir()
    Path("notes/readme.md").write_text("x")
    Path("bad.yaml").write_text("sources: 7\n")
    write_csv(Path("good"), "offices", [office()])
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("closeout check: ")
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_a_folder_in_the_way_is_one_line_and_ends_with_one(tmp_path):
    write_csv(tmp_path / "in", "offices", [office()])
    result = run(tmp_path / "in", "--out", tmp_path / "in")
    assert result.exit_code == 1
    assert "is there already and not empty; name a new folder" in result.stderr


def test_with_out_it_says_where_everything_went(tmp_path):
    write_csv(tmp_path / "in", "offices", [office()])
    result = run(tmp_path / "in", "--out", tmp_path / "out")
    assert f"Accepted rows are a snapshot in {tmp_path / 'out'}" in result.stdout
    assert (tmp_path / "out/manifest.json").is_file()


def test_the_first_line_counts_sums_only_where_there_are_any(tmp_path):
    write_csv(tmp_path, "docket_memberships", [membership()])
    assert first_line(checked(tmp_path)) == (
        "1 row read: 1 accepted, 0 quarantined. 0 of 2 sums do not agree. As of 2026-06-30."
    )
