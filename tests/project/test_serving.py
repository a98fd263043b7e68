import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.utils import timezone

from closeout.project import serving
from closeout.project.serving import Address, CannotServeError, server_command, stop, worker_command
from closeout.web.accounts.models import Role
from closeout.web.jobs.models import Job, JobState

SERVE = """
import sys
from closeout.project import configure
from closeout.project.serving import Address, serve
configure()
sys.exit(serve(Address("127.0.0.1", int(sys.argv[1])), on_ready=lambda: print("ready", flush=True)))
"""


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def store(tmp_path, monkeypatch):
    """Keep the store and its files in an empty folder."""
    monkeypatch.setenv("CLOSEOUT_DATABASE_URL", f"sqlite:///{tmp_path}/closeout.sqlite3")
    monkeypatch.delenv("CLOSEOUT_FILES", raising=False)
    return tmp_path


@pytest.mark.parametrize(
    ("address", "url"),
    [
        (Address("127.0.0.1", 8000), "http://127.0.0.1:8000/"),
        (Address("::1", 8000), "http://[::1]:8000/"),
        (Address("localhost", 443, Path("c"), Path("k")), "https://localhost:443/"),
    ],
)
def test_an_address_is_told_as_a_browser_wants_it(address, url):
    assert address.url == url


def test_other_machines_are_served_only_under_a_host_name(port, monkeypatch):
    monkeypatch.delenv("CLOSEOUT_ALLOWED_HOSTS", raising=False)
    with pytest.raises(CannotServeError, match="CLOSEOUT_ALLOWED_HOSTS"):
        Address("0.0.0.0", port).check()  # noqa: S104 - refused, which is the point
    monkeypatch.setenv("CLOSEOUT_ALLOWED_HOSTS", "closeout.example")
    Address("0.0.0.0", port).check()  # noqa: S104 - only probed
    assert not Address("127.0.0.1", port).is_answering()


@pytest.mark.parametrize(("certificate", "key"), [(Path("c"), None), (None, Path("k"))])
def test_half_a_certificate_is_refused(port, certificate, key):
    with pytest.raises(CannotServeError, match="both"):
        Address("127.0.0.1", port, certificate, key).check()


def test_a_port_in_use_is_refused_before_anything_starts(port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with pytest.raises(CannotServeError, match="--port"):
            Address("127.0.0.1", port).check()
        assert Address("127.0.0.1", port).is_answering()


def test_sqlite_is_served_by_one_process_and_postgresql_by_several(port, monkeypatch):
    address = Address("127.0.0.1", port, Path("cert.pem"), Path("key.pem"))
    monkeypatch.setenv("CLOSEOUT_DATABASE_URL", "sqlite:///one.sqlite3")
    command = server_command(address)
    assert command[command.index("--workers") + 1] == "1"
    assert command[command.index("--ssl-certificate") + 1] == "cert.pem"

    monkeypatch.setenv("CLOSEOUT_DATABASE_URL", "postgresql://db/closeout")
    monkeypatch.setattr(serving.os, "cpu_count", lambda: 8)
    command = server_command(Address("127.0.0.1", port))
    assert command[command.index("--workers") + 1] == "4"
    assert "--ssl-certificate" not in command


def test_the_worker_takes_every_queue():
    command = worker_command()
    assert command[command.index("--queue-name") + 1] == "*"


def test_processes_that_will_not_end_are_ended(monkeypatch):
    monkeypatch.setattr(serving, "_ENDS_WITHIN_SECONDS", 0.5)
    ready = "print('ready', flush=True); import time; time.sleep(60)"
    stubborn = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {ready}"
    commands = [[sys.executable, "-c", program] for program in (ready, stubborn)]
    processes = [subprocess.Popen(each, stdout=subprocess.PIPE) for each in commands]  # noqa: S603 - our own words
    for process in processes:
        assert process.stdout.readline() == b"ready\n"
    stop(processes)
    assert [process.returncode for process in processes] == [-signal.SIGTERM, -signal.SIGKILL]
    for process in processes:
        process.stdout.close()


def test_static_files_are_collected_once(store):
    assert serving.collect_static() is True
    assert serving.collect_static() is False
    collected = store / "closeout-files" / "static"
    assert (collected / "staticfiles.json").exists()
    assert list(collected.glob("css/site.*.css.gz"))


def test_the_site_answers_with_hashed_files_and_stops_when_told(store, port):
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "closeout.project.settings"}
    site = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", SERVE, str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=store,
    )
    try:
        assert site.stdout.readline() == "ready\n", site.stderr.read()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/sign-in/") as answer:
            html = answer.read().decode()
        assert "/static/css/site." in html
        assert '/static/css/site.css"' not in html
    finally:
        site.send_signal(signal.SIGINT)
        out, err = site.communicate(timeout=30)
    assert (site.returncode, out) == (0, ""), err
    assert not Address("127.0.0.1", port).is_answering()


LISTEN = """
import socket, sys, time
with socket.create_server(("127.0.0.1", int(sys.argv[1]))):
    time.sleep(float(sys.argv[2]))
"""
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def serve(store, port, monkeypatch):
    """Return a function that serves with a stand-in that listens for some seconds, if at all."""
    before = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]
    monkeypatch.setattr(serving, "collect_static", lambda: False)
    monkeypatch.setattr(serving, "_close_lost_jobs", lambda: None)
    monkeypatch.setattr(serving, "worker_command", lambda: SLEEP)

    def start(seconds, on_ready):
        program = [sys.executable, "-c", LISTEN if seconds else "pass", str(port), str(seconds)]
        monkeypatch.setattr(serving, "server_command", lambda _address: program)
        return serving.serve(Address("127.0.0.1", port), on_ready=on_ready)

    yield start
    for number, handler in before:
        signal.signal(number, handler)


def test_a_server_that_does_not_start_is_an_error(serve):
    with pytest.raises(CannotServeError, match="did not start"):
        serve(0, on_ready=lambda: None)


def test_a_server_that_ends_by_itself_ends_the_worker_and_is_told(serve):
    told = []
    assert serve(2, on_ready=lambda: told.append("ready")) == 1
    assert told == ["ready"]


def test_being_told_to_stop_is_no_error(serve):
    assert serve(60, on_ready=lambda: os.kill(os.getpid(), signal.SIGTERM)) == 0


def test_static_files_that_cannot_be_collected_are_told_with_the_reason(store, monkeypatch):
    monkeypatch.setattr(serving, "environment", lambda: os.environ | {"PYTHONPATH": str(store)})
    (store / "django.py").write_text("raise SystemExit('no room on the disk')")
    with pytest.raises(CannotServeError, match="no room on the disk"):
        serving.collect_static()


@pytest.mark.django_db
def test_jobs_that_a_worker_left_are_closed_before_the_site_starts(store, make_user):
    job = Job.objects.create(
        kind="test.nothing",
        title="Left",
        requested_by=make_user(Role.READER),
        state=JobState.RUNNING,
        heard_at=timezone.now(),
    )
    serving._close_lost_jobs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
