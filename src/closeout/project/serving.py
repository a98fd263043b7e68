"""Run the site: one process that answers requests, one that does the background work."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from closeout.project.store import files_root, store_url

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_STARTS_WITHIN_SECONDS = 30.0
_ENDS_WITHIN_SECONDS = 5.0
_LOOK_SECONDS = 0.2
_WEB = Path(__file__).resolve().parent.parent / "web"


class CannotServeError(Exception):
    """The site cannot be started; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the site listens, and with which certificate (both files, or neither for plain HTTP)."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None

    @property
    def url(self) -> str:
        """Return the address as a browser wants it."""
        scheme = "https" if self.certificate else "http"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{self.port}/"

    def check(self) -> None:
        """Refuse an address that would be unsafe or cannot be had.

        Raises:
            CannotServeError: Open to other machines without host names, half a certificate, or
                a port in use.

        """
        if self.host not in LOOPBACK and not os.environ.get("CLOSEOUT_ALLOWED_HOSTS"):
            msg = (
                "to serve other machines, set CLOSEOUT_ALLOWED_HOSTS to the site's host names; "
                "TLS is then required"
            )
            raise CannotServeError(msg)
        if (self.certificate is None) != (self.key is None):
            msg = "give both --certificate and --key, or neither"
            raise CannotServeError(msg)
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                why = f"port {self.port} of {self.host} cannot be used ({error.strerror})"
                msg = f"{why}; choose another with --port"
                raise CannotServeError(msg) from error

    def is_answering(self) -> bool:
        """Say whether something accepts connections here."""
        try:
            with socket.create_connection((self.host, self.port), timeout=_LOOK_SECONDS):
                return True
        except OSError:
            return False


def collect_static() -> bool:
    """Collect hashed and compressed static files when they have changed; say whether it was needed."""
    marker = files_root() / "static" / "collected-from"
    stamp = _static_stamp()
    if marker.exists() and marker.read_text() == stamp:
        return False
    command = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--clear", "--verbosity", "0"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment())  # noqa: S603
    if done.returncode:
        msg = f"the static files could not be collected:\n{done.stderr.strip()}"
        raise CannotServeError(msg)
    marker.write_text(stamp)
    return True


def _static_stamp() -> str:
    # The site's own folder and that of each app.
    folders = (_WEB / "static", *_WEB.glob("*/static"))
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    told = "\n".join(
        f"{path.relative_to(_WEB)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files
    )
    return hashlib.sha256(told.encode()).hexdigest()


def environment() -> dict[str, str]:
    """Return what a process of the site needs to know: this store and its settings."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "closeout.project.settings",
        "CLOSEOUT_DATABASE_URL": store_url(),
    }


def server_command(address: Address) -> list[str]:
    """Return the command that answers requests; SQLite has one writer, so one process is enough."""
    workers = 1 if store_url().startswith("sqlite") else min(4, os.cpu_count() or 1)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", address.host]
    command += ["--port", str(address.port), "--workers", str(workers), "--blocking-threads", "4"]
    command += ["--log-level", "warning", "--no-ws"]
    if address.certificate and address.key:
        command += ["--ssl-certificate", str(address.certificate), "--ssl-keyfile", str(address.key)]
    return [*command, "closeout.project.wsgi:application"]


def worker_command() -> list[str]:
    """Return the command that does the background work."""
    return [sys.executable, "-m", "django", "db_worker", "--queue-name", "*", "--no-startup-delay", "-v", "0"]


def serve(address: Address, *, on_ready: Callable[[], None]) -> int:
    """Run both processes until one ends or this one is told to stop; then end both.

    Args:
        address: Where to listen; checked here.
        on_ready: Called once, when the site answers.

    Returns:
        0 when told to stop; 1 when a process ended by itself.

    Raises:
        CannotServeError: It cannot start.

    """
    address.check()
    collect_static()
    _close_lost_jobs()
    processes: list[subprocess.Popen[bytes]] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        # Sessions of their own, so that Ctrl-C reaches this process alone and the worker can
        # finish what it is writing.
        processes += [
            subprocess.Popen(command, env=environment(), start_new_session=True)  # noqa: S603
            for command in (server_command(address), worker_command())
        ]
        _wait_until_answering(address, processes)
        on_ready()
        while all(process.poll() is None for process in processes):
            time.sleep(_LOOK_SECONDS)
    except KeyboardInterrupt:
        return 0
    finally:
        stop(processes)
    return 1


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _close_lost_jobs() -> None:
    """Mark as failed the jobs that a worker left behind; one that runs elsewhere says so every while."""
    from closeout.web.jobs.actions import fail_lost_jobs  # noqa: PLC0415 - needs Django set up

    is_alone = store_url().startswith("sqlite")
    fail_lost_jobs(silent_for=timedelta(0) if is_alone else timedelta(hours=1))


def _wait_until_answering(address: Address, processes: Sequence[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN_SECONDS
    while not address.is_answering():
        if any(process.poll() is not None for process in processes) or time.monotonic() > deadline:
            msg = "the server did not start; its messages are above"
            raise CannotServeError(msg)
        time.sleep(_LOOK_SECONDS)


def stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """End processes: ask, ask again (a worker then leaves its job), and end what still runs."""
    for _ in range(2):
        for process in processes:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + _ENDS_WITHIN_SECONDS
        while any(process.poll() is None for process in processes) and time.monotonic() < deadline:
            time.sleep(_LOOK_SECONDS / 4)
    for process in processes:
        if process.poll() is None:
            process.kill()
        process.wait()
