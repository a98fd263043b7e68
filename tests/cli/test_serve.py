import pytest
import typer
from typer.testing import CliRunner

from closeout.cli import serve
from closeout.project.serving import CannotServeError
from closeout.web.accounts.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch):
    """Return a function that runs `closeout serve` with a stand-in for the server."""
    monkeypatch.setattr(serve, "configure", lambda _store: None)

    def start(server, *words):
        monkeypatch.setattr(serve, "run", server)
        app = typer.Typer()
        app.command()(serve.serve)
        return CliRunner().invoke(app, list(words))

    return start


def answering(address, *, on_ready):
    on_ready()
    return 0


def test_the_address_is_printed_when_the_site_answers(run, make_user):
    make_user(Role.READER)
    result = run(answering, "--port", "8123")
    assert (result.exit_code, result.stdout) == (
        0,
        "Closeout runs at http://127.0.0.1:8123/ (Ctrl-C stops it)\n",
    )


def test_a_store_without_accounts_says_how_to_make_the_first(run):
    assert "closeout admin create" in run(answering).stdout


def test_a_site_that_cannot_start_exits_with_2_and_says_why(run):
    def refuse(_address, *, on_ready):
        msg = "port 8000 cannot be used"
        raise CannotServeError(msg)

    result = run(refuse)
    assert (result.exit_code, result.stderr) == (2, "closeout serve: port 8000 cannot be used\n")


def test_a_process_that_ended_by_itself_exits_with_1(run):
    def end(_address, *, on_ready):
        on_ready()
        return 1

    assert run(end).exit_code == 1
