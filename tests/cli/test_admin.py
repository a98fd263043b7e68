import json

import pytest
from typer.testing import CliRunner

from closeout.cli import admin
from closeout.web.accounts.models import Role, User
from closeout.web.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch):
    """Return a function that runs `closeout admin` on the test's own store."""
    monkeypatch.setattr(admin, "configure", lambda _store: None)
    return lambda *words, **options: CliRunner().invoke(admin.app, list(words), **options)


def test_the_first_account_is_an_administrators_with_a_password_made_up(run):
    result = run("create", "S-1")
    user = User.objects.get()
    assert result.exit_code == 0
    assert (user.username, user.role) == ("S-1", Role.ADMINISTRATOR)
    password = result.stdout.split("Password: ")[1].split()[0]
    assert user.check_password(password)
    assert Event.objects.get().actor == "system"


def test_a_given_password_is_used_and_not_printed(run):
    result = run("create", "S-1", env={"CLOSEOUT_PASSWORD": "a quiet river in winter"})
    assert User.objects.get().check_password("a quiet river in winter")
    assert "river" not in result.stdout


def test_role_office_and_last_day_are_set(run):
    run("create", "S-2", "--role", "planner", "--office", "HQ", "--until", "2027-01-31")
    user = User.objects.get()
    assert (user.role, user.office, user.active_until.isoformat()) == ("planner", "HQ", "2027-01-31")


def test_json_is_printed_for_programs(run):
    told = json.loads(run("create", "S-3", "--role", "reader", "--json").stdout)
    assert (told["username"], told["role"]) == ("S-3", "reader")
    assert User.objects.get().check_password(told["password"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["S-1"], "already exists"),
        (["S-2", "--role", "boss"], "not a valid choice"),
        (["two words"], "letters"),
    ],
)
def test_an_account_that_cannot_be_made_exits_with_1_and_says_why(run, make_user, words, said):
    make_user(Role.READER, username="S-1")
    result = run("create", *words)
    assert result.exit_code == 1
    assert said in result.stderr
    assert User.objects.count() == 1


def test_a_new_password_replaces_the_old_and_must_be_changed(run, make_user):
    user = make_user(Role.READER, username="S-4")
    result = run("password", "s-4", "--json")
    user.refresh_from_db()
    assert user.check_password(json.loads(result.stdout)["password"])
    assert user.must_change_password


def test_a_password_for_nobody_exits_with_1(run):
    result = run("password", "S-99")
    assert (result.exit_code, result.stderr) == (1, "closeout admin: there is no account S-99\n")
