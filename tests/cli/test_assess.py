"""`closeout assess`: one line for each thing that is wrong, and the exit codes of the page of commands."""

from __future__ import annotations

import json
import shutil
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from closeout.assess import CannotKeepError, NothingToAssessError
from closeout.cli.main import app
from closeout.duties.pack import own_folder
from closeout.engines import EngineError
from closeout.evidence.assessment import Assessment
from tests.evidence.made import DAY

SUMMARY = {
    "as_of": "2026-10-31",
    "recommendations": {
        "total": 1,
        "by_status": {"Open, resolved": 1},
        "by_standing": dict.fromkeys(("done", "partly", "not_done", "unsettled", "not_assessed"), 0),
    },
    "measures": {"total": 2, "met": 1, "not_met": 1, "no_target": 0, "not_assessed": 0},
    "promises_missed": 1,
    "overdue": 0,
    "gaps": ["A gap"],
    "papers": {
        "index": "papers.json",
        "written": [
            {"title": "A memo", "subject": "", "files": ["papers/memo.pdf", "papers/memo.docx"]},
            {"title": "Letter", "subject": "oig/1", "files": ["papers/recommendations/1/letter.pdf"]},
        ],
        "not_written": [{"title": "An analysis", "why": "the records hold no inspection"}],
    },
}


def run(tmp_path, *more: str):
    """Run the verb."""
    folders = ("--reports", str(tmp_path / "reports"), "--records", str(tmp_path / "records"))
    given = ("assess", *folders, "--as-of", "2026-10-31", "--out", str(tmp_path / "out"), *more)
    return CliRunner().invoke(app, given)


@pytest.fixture
def finished(monkeypatch):
    """Stand in for the run: it ends with what a test sets."""
    made = SimpleNamespace(
        assessment=Assessment("Agency", DAY, (), (), notes=()),
        summary=SUMMARY,
        seconds={"a": 1.0},
        is_whole=True,
    )
    ends = SimpleNamespace(done=made, error=None, asked=None)

    def assess(asked, steps, second):
        ends.asked, ends.second = asked, second
        steps.told("Working")
        if ends.error:
            raise ends.error
        return ends.done

    monkeypatch.setattr("closeout.assess.assess", assess)
    monkeypatch.setattr("closeout.assess.second.Second", lambda: nullcontext("second"))
    return ends


def test_a_summary_is_printed(finished, tmp_path):
    shown = run(tmp_path)
    assert shown.exit_code == 0
    assert "1 recommendations as of 2026-10-31" in shown.stdout
    assert "1 promised dates missed" in shown.stdout
    assert "1. A gap" in shown.stdout


def test_the_papers_are_named_by_their_path_and_what_is_not_written_by_why(finished, tmp_path):
    shown = run(tmp_path)
    assert "  papers/memo.pdf, papers/memo.docx: A memo\n" in shown.stdout
    assert "  papers/recommendations/: closeout letter and dossier of 1 recommendation\n" in shown.stdout
    assert "  not written: An analysis: the records hold no inspection\n" in shown.stdout


def test_json_is_the_summary_and_nothing_else(finished, tmp_path):
    shown = run(tmp_path, "--json")
    assert json.loads(shown.stdout) == SUMMARY


def test_options_reach_the_run(finished, tmp_path):
    run(tmp_path, "--no-letters", "--force", "--engine", "spark://here:1", "--links", "links.yaml")
    assert finished.asked.auditors_lists == ()
    lists = ("--auditors-list", "gao.csv", "--auditors-list", "oig.csv")
    run(tmp_path, "--no-letters", "--force", "--engine", "spark://here:1", "--links", "links.yaml", *lists)
    assert [path.name for path in finished.asked.auditors_lists] == ["gao.csv", "oig.csv"]
    asked = finished.asked
    assert not asked.has_letters
    assert asked.is_forced
    assert asked.engine == "spark://here:1"
    assert asked.links.name == "links.yaml"
    assert asked.as_of == DAY


@pytest.mark.parametrize(("engine", "second"), [("duckdb://", "second"), ("spark://here:1", None)])
def test_a_second_process_is_started_for_an_engine_in_this_one(finished, tmp_path, engine, second):
    run(tmp_path, "--engine", engine)
    assert finished.second == second


def test_what_was_lost_is_a_line_each_and_exit_1(finished, tmp_path):
    finished.done.is_whole = False
    finished.done.assessment = Assessment("Agency", DAY, (), (), notes=("one thing", "another"))
    shown = run(tmp_path)
    assert shown.exit_code == 1
    assert "closeout assess: one thing\ncloseout assess: another\n" in shown.stderr


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (NothingToAssessError("there are no records"), 2),
        (CannotKeepError("cannot be written"), 1),
        (EngineError("no cluster answers"), 1),
    ],
)
def test_what_cannot_go_on_is_one_line(finished, tmp_path, error, code):
    finished.error = error
    shown = run(tmp_path)
    assert shown.exit_code == code
    assert shown.stderr.splitlines()[-1] == f"closeout assess: {error}"
    assert "Traceback" not in shown.output


def test_a_pack_that_cannot_be_read_is_refused_with_file_and_line(tmp_path):
    (own := shutil.copytree(own_folder(), tmp_path / "pack")).joinpath("measures.yaml").write_text("a: 1\n")
    shown = run(tmp_path, "--pack", str(own))
    assert shown.exit_code == 2
    assert "measures.yaml:1: must be a list of measures" in shown.stderr
    assert not (tmp_path / "out").exists()


def test_missing_records_are_one_line(tmp_path):
    shown = run(tmp_path)
    assert shown.exit_code == 2
    assert "there is no folder" in shown.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_finished_assessment_is_not_replaced(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "assessment.json").write_text("{}")
    shown = run(tmp_path)
    assert shown.exit_code == 1
    assert "--force" in shown.stderr
