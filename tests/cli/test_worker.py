import subprocess
import sys
from types import SimpleNamespace

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
            return SimpleNamespace(wait=wait, poll=lambda: 0)

        def wait():
            if outcome is KeyboardInterrupt and len(ran) == 1:
                ran.append(None)
                raise KeyboardInterrupt
            return outcome

        monkeypatch.setattr(worker.subprocess, "Popen", stand_in)
        app = typer.Typer()
        app.command()(worker.worker)
        result = CliRunner().invoke(app, [])
        assert ran[0] == worker_command()
        return result.exit_code

    return start


@pytest.mark.parametrize(("outcome", "code"), [(0, 0), (-15, 0), (KeyboardInterrupt, 0), (2, 1)])
def test_a_worker_that_was_told_to_stop_ends_well_and_one_that_broke_does_not(run, outcome, code):
    assert run(outcome) == code


def test_a_worker_that_is_told_to_end_asks_its_process_to_and_waits(monkeypatch, tmp_path):
    done = tmp_path / "done"
    work = (
        "import pathlib, signal, time\n"
        "def end(*_): time.sleep(0.3); pathlib.Path('done').touch(); raise SystemExit\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "pathlib.Path('began').touch()\n"
        "signal.pause()\n"
    )
    monkeypatch.setattr(worker, "configure", lambda _store: None)
    monkeypatch.setattr(worker, "worker_command", lambda: [sys.executable, "-c", work])
    begin = subprocess.Popen

    class Told(begin):
        """A process that is at work when whoever waits for it is told to end."""

        def wait(self, timeout=None):
            if not done.exists() and self.poll() is None:
                while not (tmp_path / "began").exists():
                    pass
                raise SystemExit(143)
            return super().wait(timeout)

    monkeypatch.setattr(worker.subprocess, "Popen", lambda *given, **more: Told(*given, cwd=tmp_path, **more))
    with pytest.raises(SystemExit):
        worker.worker()
    assert done.exists()
