import subprocess

import pytest
import typer
from typer.testing import CliRunner

from closeout.cli import worker
from closeout.project.serving import worker_command


@pytest.fixture
def run(monkeypatch):
    """Return a function that runs `closeout worker` with a stand-in for the process."""
    monkeypatch.setattr(worker, "configure", lambda _store: None)

    def start(outcome):
        ran = []

        def stand_in(command, **_options):
            ran.append(command)
            if outcome is KeyboardInterrupt:
                raise KeyboardInterrupt
            return subprocess.CompletedProcess(command, outcome)

        monkeypatch.setattr(worker.subprocess, "run", stand_in)
        app = typer.Typer()
        app.command()(worker.worker)
        result = CliRunner().invoke(app, [])
        assert ran == [worker_command()]
        return result.exit_code

    return start


@pytest.mark.parametrize(("outcome", "code"), [(0, 0), (-15, 0), (KeyboardInterrupt, 0), (2, 1)])
def test_a_worker_that_was_told_to_stop_ends_well_and_one_that_broke_does_not(run, outcome, code):
    assert run(outcome) == code
