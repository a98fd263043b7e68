"""`closeout example`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from typer.testing import CliRunner

from closeout.cli import main as command

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(command.app, ["example", *arguments], obj=command.Options())


def test_it_says_what_it_wrote_and_where_the_defects_are(tmp_path: Path) -> None:
    result = _run("--out", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    assert "4,452 cases" in result.output
    assert "defects.json" in result.output
    assert (tmp_path / "out" / "manifest.json").is_file()


def test_json_gives_the_rows_of_every_table(tmp_path: Path) -> None:
    result = _run("--out", str(tmp_path / "out"), "--json", "--as-of", "2026-03-31", "--seed", "5")
    said = json.loads(result.output)
    assert said["as_of"] == "2026-03-31"
    assert said["rows"]["cases"] > 4_000
    assert said["planted"] > 100
    assert min(said["rows"].values()) > 0


def test_bad_rows_are_put_beside_the_tables_on_request(tmp_path: Path) -> None:
    result = _run("--out", str(tmp_path / "out"), "--with-bad-rows")
    assert "15 rows beside them" in result.output
    assert (tmp_path / "out" / "cases" / "part-900.csv").is_file()


def test_what_cannot_be_is_said_in_one_line(tmp_path: Path) -> None:
    for arguments, said in (
        (("--size", "huge"), "there is no size 'huge'"),
        (("--as-of", "1999-01-01"), "an example stands as of a day from"),
    ):
        result = _run("--out", str(tmp_path / "out"), *arguments)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"closeout example: {said}")
        assert result.stderr.count("\n") == 1


def test_a_folder_that_is_taken_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    result = _run("--out", str(tmp_path))
    assert result.exit_code == 2
    assert "holds a snapshot already" in result.stderr


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = _run("--out", str(tmp_path / "file" / "below"))
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
