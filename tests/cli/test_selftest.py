"""`closeout selftest`."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from closeout.cli import selftest
from closeout.cli.main import app
from closeout.workload.reference import Check, Seen


def run(*words):
    return CliRunner().invoke(app, ["selftest", *words])


def test_every_figure_is_printed_with_its_source_and_residual():
    got = run()
    assert got.exit_code == 0
    assert "98 of 98 figures are reproduced" in got.stdout
    assert "5243.333333" in got.stdout
    assert "Left out: 2.G" in got.stdout


def test_as_json():
    got = json.loads(run("--json").stdout)
    assert got["ok"]
    first = got["checks"][0]
    assert first["figure"] == "2.A-1"
    assert first["source"].startswith("HMPPS workload")
    assert (first["expected"], first["got"], first["residual"], first["ok"]) == (2070, 2070, 0, True)


def test_the_page_can_be_printed():
    assert run("--markdown").stdout.startswith("# Published figures\n")


@pytest.fixture
def one_off(monkeypatch):
    off = Check("9-1", "A figure", "A source", Seen.SOURCE, 2.0, 3.0, 0.0)
    monkeypatch.setattr(selftest, "checks", lambda *_: (off,))


@pytest.mark.usefixtures("one_off")
def test_a_figure_that_is_off_is_exit_code_1():
    got = run()
    assert got.exit_code == 1
    assert "OFF" in got.stdout
    assert "0 of 1 figures" in got.stdout


@pytest.mark.usefixtures("one_off")
def test_a_figure_that_is_off_is_exit_code_1_as_json_too():
    got = run("--json")
    assert got.exit_code == 1
    assert json.loads(got.stdout)["ok"] is False
