"""`closeout template` as a person runs it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from closeout.cli.main import app
from closeout.records.tables import TABLES


def run(*words):
    """Run the command."""
    return CliRunner().invoke(app, ["template", *words])


def test_all_tables_are_written_and_the_next_step_is_told(tmp_path):
    done = run("--out", str(tmp_path / "mine"))
    assert done.exit_code == 0
    assert f"Wrote {len(TABLES)} files to {tmp_path / 'mine'}." in done.output
    assert "closeout check" in done.output
    assert len(list((tmp_path / "mine").iterdir())) == len(TABLES)


def test_only_the_named_tables_in_the_named_format(tmp_path):
    done = run("cases", "offices", "cases", "--format", "parquet", "--out", str(tmp_path))
    assert done.exit_code == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == ["cases.parquet", "offices.parquet"]


def test_json_says_what_was_written(tmp_path):
    done = run("cases", "--out", str(tmp_path), "--json")
    assert json.loads(done.stdout) == {"folder": str(tmp_path), "tables": ["cases"], "files": ["cases.csv"]}


def test_schemas_are_written_instead(tmp_path):
    done = run("cases", "--schema", "--out", str(tmp_path))
    assert done.exit_code == 0
    assert "Wrote 2 files" in done.output
    assert "closeout check" not in done.output
    assert sorted(file.name for file in tmp_path.iterdir()) == ["cases.schema.json", "datapackage.json"]


def test_one_file_is_one_file(tmp_path):
    assert "Wrote 1 file to" in run("cases", "--out", str(tmp_path)).output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["case"], "there is no table 'case'; is cases meant?"),
        (["zzz"], "there is no table 'zzz'; without a name all are written"),
        (["--format", "xlsx"], "there is no format 'xlsx'; there are csv, parquet"),
    ],
)
def test_a_wrong_word_is_refused_with_what_there_is(tmp_path, words, told):
    done = run(*words, "--out", str(tmp_path / "new"))
    assert done.exit_code == 2
    assert done.stderr.startswith("closeout template: ")
    assert told in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_file_that_is_there_stays(tmp_path):
    (tmp_path / "cases.csv").write_text("mine")
    done = run("cases", "--out", str(tmp_path))
    assert done.exit_code == 2
    assert "cases.csv is there already; name an empty folder" in done.stderr
    assert (tmp_path / "cases.csv").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_said_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    done = run("cases", "--out", str(tmp_path / "file" / "below"))
    assert done.exit_code == 1
    assert "cannot be written: " in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_templates_pass_the_check_as_they_are(tmp_path, form):
    run("--format", form, "--out", str(tmp_path))
    done = CliRunner().invoke(app, ["check", str(tmp_path), "--as-of", "2025-01-01", "--json"])
    told = json.loads(done.stdout)
    assert done.exit_code == 0
    assert told["is_clean"]
    assert told["read"] == told["accepted"] == len(TABLES) + 2
    assert told["quarantined"] == 0
