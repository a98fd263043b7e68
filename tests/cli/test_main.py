import runpy
import signal
import subprocess
import sys
import types

import pytest
import typer
from typer.testing import CliRunner

import closeout
from closeout.cli import main as command


@pytest.fixture
def verb(monkeypatch):
    """Put a module for a made-up verb in place of the real ones."""

    def install(name: str, **members: object) -> None:
        module = types.ModuleType(f"closeout.cli.{name}")
        module.__dict__.update(members)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(command, "VERBS", (name,))
        monkeypatch.setattr(command, "find_spec", lambda asked: asked in sys.modules or None)

    return install


@pytest.fixture(autouse=True)
def handled():
    """Leave the process's own answer to being told to end as it was."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def run(*arguments: str):
    return CliRunner().invoke(command.app, arguments, obj=command.Options())


def python(*arguments: str) -> str:
    line = [sys.executable, *arguments]
    return subprocess.run(line, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own


def test_the_version_is_printed():
    result = run("--version")
    assert (result.exit_code, result.output) == (0, f"closeout {closeout.__version__}\n")


def test_help_lists_the_verbs_there_are():
    output = run("--help").output
    assert "read" in output
    assert "serve" in output


def test_no_verb_shows_the_help():
    result = run()
    assert result.exit_code == 2
    assert "Usage" in result.output


def test_an_unknown_verb_is_wrong_usage():
    result = run("fly")
    assert result.exit_code == 2
    assert "No such command" in result.output


def test_a_verb_that_is_not_installed_is_left_out(monkeypatch):
    monkeypatch.setattr(command, "VERBS", ("read", "no-such-verb"))
    assert "no-such-verb" not in run("--help").output
    assert run("no-such-verb").exit_code == 2


@pytest.mark.parametrize("name", ["greet", "list"])
def test_a_verb_may_be_a_function(verb, name):
    def greet(whom: str) -> None:
        typer.echo(f"Good day, {whom}")

    verb(name, **{"list_" if name == "list" else name: greet})
    assert run(name, "inspector").output == "Good day, inspector\n"


def test_a_verb_may_be_a_group(verb):
    group = typer.Typer()

    @group.command()
    def one() -> None:
        typer.echo("one")

    @group.command()
    def two() -> None:
        typer.echo("two")

    verb("count", app=group)
    assert run("count", "two").output == "two\n"
    assert "install-completion" not in run("count", "--help").output


def test_every_listed_verb_can_be_made():
    for name in command.Verbs().list_commands(None):
        assert command.command(name).name == name


def fail() -> None:
    msg = "the harbor\n is  closed"
    raise RuntimeError(msg)


def fail_silently() -> None:
    raise RuntimeError


def test_an_error_nobody_foresaw_is_one_line(verb, monkeypatch, capsys):
    verb("fail", fail=fail)
    monkeypatch.setattr(sys, "argv", ["closeout", "fail"])
    with pytest.raises(SystemExit) as caught:
        command.main()
    assert caught.value.code == 1
    assert capsys.readouterr().err == "closeout: the harbor is closed (closeout --debug shows where)\n"


def test_an_error_without_words_is_named_by_its_kind(verb, monkeypatch, capsys):
    verb("fail", fail=fail_silently)
    monkeypatch.setattr(sys, "argv", ["closeout", "fail"])
    with pytest.raises(SystemExit):
        command.main()
    assert "closeout: RuntimeError (" in capsys.readouterr().err


def test_debugging_shows_where_an_error_happened(verb, monkeypatch):
    verb("fail", fail=fail)
    monkeypatch.setattr(sys, "argv", ["closeout", "--debug", "fail"])
    with pytest.raises(RuntimeError, match="the harbor"):
        command.main()


def test_the_command_runs_as_a_module(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["closeout", "--version"])
    monkeypatch.delitem(sys.modules, "closeout.cli.main")
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("closeout.cli.main", run_name="__main__")
    assert (caught.value.code, capsys.readouterr().out) == (0, f"closeout {closeout.__version__}\n")


def test_commands_without_a_store_do_not_load_django():
    code = (
        "import sys; from closeout.cli.main import command; command('read'); "
        "print(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    assert python("-c", code) == "False\n"


SPILLS = """
import signal
from pathlib import Path
from closeout.cli import main as command
from closeout.engines import connect

def told(**_given):
    engine = connect("duckdb://", spill=Path("spill"))
    Path("began").touch()
    signal.pause()

command.app = told
command.main()
"""


def test_a_command_that_is_told_to_end_takes_its_temporary_files_along(tmp_path):
    (tmp_path / "spill").mkdir()
    with subprocess.Popen([sys.executable, "-c", SPILLS], cwd=tmp_path) as running:  # noqa: S603 - our own
        while not (tmp_path / "began").exists():
            assert running.poll() is None
        assert list((tmp_path / "spill").iterdir())
        running.terminate()
    assert running.returncode == 128 + signal.SIGTERM
    assert not list((tmp_path / "spill").iterdir())
