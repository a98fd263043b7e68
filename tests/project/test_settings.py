"""Settings are read from the environment at start, so each test starts a process of its own."""

import json
import os
import subprocess
import sys

import pytest

READ = """
import json, django
from django.conf import settings
django.setup()
print(json.dumps({name: getattr(settings, name) for name in NAMES}, default=str))
"""


@pytest.fixture
def python(tmp_path):
    """Return a function that runs Python in an empty folder with only the given variables."""
    # The browser tests set DJANGO_ALLOW_ASYNC_UNSAFE for the whole run; no deployment has it.
    ours = ("CLOSEOUT_", "DJANGO_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}

    def run(*arguments, **variables):
        environment = kept | variables | {"DJANGO_SETTINGS_MODULE": "closeout.project.settings"}
        return subprocess.run(  # noqa: S603 - our own words
            [sys.executable, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture
def read(python):
    """Return a function that reads settings in a fresh process."""

    def settings_of(*names, **variables):
        done = python("-c", f"NAMES = {names!r}\n{READ}", **variables)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return settings_of


PUBLIC = {"CLOSEOUT_ALLOWED_HOSTS": "closeout.example, www.closeout.example"}
SECURE = (
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
)


def test_a_public_site_passes_djangos_deployment_check(python):
    done = python("-W", "error", "-m", "django", "check", "--deploy", "--fail-level", "WARNING", **PUBLIC)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_a_public_site_insists_on_tls(read):
    settings = read(*SECURE, "ALLOWED_HOSTS", "SECURE_HSTS_SECONDS", "CONTENT_SECURITY_POLICY", **PUBLIC)
    assert settings["ALLOWED_HOSTS"] == ["closeout.example", "www.closeout.example"]
    assert all(settings[name] for name in SECURE)
    assert settings["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600
    assert settings["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["upgrade-insecure-requests"] is True


def test_without_host_names_the_site_answers_this_machine_only(read):
    settings = read(*SECURE, "ALLOWED_HOSTS", "DEBUG")
    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert settings["DEBUG"] is False
    assert not any(settings[name] for name in SECURE)


def test_a_proxys_word_is_taken_only_when_there_is_one(read):
    name = "SECURE_PROXY_SSL_HEADER"
    assert read(name)[name] is None
    assert read(name, CLOSEOUT_BEHIND_PROXY="1")[name] == ["HTTP_X_FORWARDED_PROTO", "https"]


@pytest.mark.parametrize(("value", "is_on"), [("1", True), ("true", True), ("no", False), ("", False)])
def test_debugging_is_off_unless_asked_for(read, value, is_on):
    assert read("DEBUG", CLOSEOUT_DEBUG=value)["DEBUG"] is is_on


def test_sqlite_waits_for_its_turn_and_lets_readers_read(read):
    database = read("DATABASES")["DATABASES"]["default"]
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_postgresql_is_used_by_its_url(read):
    url = "postgresql://closeout:pass%20word@db.example:5433/register"
    database = read("DATABASES", CLOSEOUT_DATABASE_URL=url)["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", 5433, "register")
    assert database["CONN_HEALTH_CHECKS"] is True


def test_the_time_zone_can_be_the_offices(read):
    assert read("TIME_ZONE")["TIME_ZONE"] == "America/New_York"
    assert read("TIME_ZONE", CLOSEOUT_TIME_ZONE="America/Denver")["TIME_ZONE"] == "America/Denver"


def test_reading_the_settings_writes_nothing(read, tmp_path):
    read("DATABASES", "STATIC_ROOT")
    assert list(tmp_path.iterdir()) == []


def test_no_migration_is_missing(python):
    done = python("-m", "django", "makemigrations", "--check", "--dry-run")
    assert done.returncode == 0, done.stdout


CONFIGURE = """
import sys
from closeout.project import StoreAlreadyOpenError, configure, migrate_when_behind
url = "sqlite:///" + sys.argv[1]
configure(url)
configure(url)
configure()
from closeout.web.accounts.models import User
from django.core.cache import cache
cache.set("lockout", "kept")
print(User.objects.count(), migrate_when_behind(), cache.get("lockout"))
try:
    configure("sqlite:///another.sqlite3")
except StoreAlreadyOpenError as error:
    print("refused", "one.sqlite3" in str(error))
configure()
"""


def test_a_command_opens_a_store_once_and_makes_its_tables(python, tmp_path):
    done = python("-W", "error", "-c", CONFIGURE, "one.sqlite3")
    assert done.stdout.split() == ["0", "0", "kept", "refused", "True"], done.stderr
    assert (tmp_path / "one.sqlite3").exists()
    assert not (tmp_path / "another.sqlite3").exists()
