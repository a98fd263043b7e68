"""A load that is killed at any moment goes on where it was: nothing is lost or doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from closeout.records.snapshot import open_snapshot
from closeout.web.casework.load import LoadError, load
from closeout.web.casework.load import run as running
from closeout.web.casework.models import Load, LoadChunk
from closeout.web.casework.snapshot import write_snapshot
from closeout.web.casework.stored import db_table
from tests.web.casework.sampled import AS_OF, read_back, sampled, write_sampled

LOAD = """
import sys, time
from pathlib import Path
from closeout.project import configure
configure(sys.argv[1], migrate=False)
from closeout.web.casework.load import load, run
slow = run.Chunk.batches
def batches(chunk):
    time.sleep(0.01)  # so that a kill falls inside a chunk as often as between two
    yield from slow(chunk)
    time.sleep(0.01)
run.Chunk.batches = batches
print("begun", flush=True)
load(Path(sys.argv[2]))
"""


class _PulledOutError(Exception):
    """Stands for whatever ends a process."""


def test_a_load_killed_by_the_system_goes_on(site, tmp_path):
    tables = sampled(7, rows=8)
    write_sampled(tmp_path / "in", tables, row_group=2)
    chance = random.Random(2026)  # noqa: S311 - moments to kill at
    seen = []
    for _ in range(3):
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-c", LOAD, site.url, str(tmp_path / "in")],
            stdout=subprocess.PIPE,
            env=os.environ | {"CLOSEOUT_FILES": str(tmp_path)},
        )
        process.stdout.readline()
        wanted = LoadChunk.objects.count() + 5
        give_up = time.monotonic() + 60
        while process.poll() is None and LoadChunk.objects.count() < wanted and time.monotonic() < give_up:
            time.sleep(0.01)
        time.sleep(chance.random() / 20)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        seen.append(LoadChunk.objects.count())
        _check_ledger_is_true()
    assert seen == sorted(seen)
    done = load(tmp_path / "in")
    assert done.rows_before + done.rows_written == sum(table.num_rows for table in tables.values())
    assert done.rows_before > 0
    write_snapshot(tmp_path / "out", as_of=AS_OF)
    back = read_back(open_snapshot(tmp_path / "out"))
    assert {name: table.to_pylist() for name, table in back.items()} == {
        name: table.to_pylist() for name, table in tables.items()
    }


@pytest.mark.parametrize("at", ["between rows and ledger", "before the constraints", "among the constraints"])
def test_a_load_ended_at_its_weakest_moments_goes_on(site, tmp_path, monkeypatch, at):
    tables = sampled(1)
    write_sampled(tmp_path / "in", tables)
    with monkeypatch.context() as patched:
        _pull_out(patched, at)
        with pytest.raises(_PulledOutError):
            load(tmp_path / "in")
    _check_ledger_is_true()
    assert Load.objects.get().finished_at is None
    load(tmp_path / "in")
    assert Load.objects.get().finished_at is not None
    back = read_back(write_snapshot(tmp_path / "out", as_of=AS_OF))
    assert {name: table.num_rows for name, table in back.items()} == dict.fromkeys(tables, 6)


def test_a_begin_that_is_rolled_back_leaves_the_database_as_it_was(site, tmp_path, monkeypatch):
    write_sampled(tmp_path / "one", sampled(1))
    write_sampled(tmp_path / "two", sampled(2))
    load(tmp_path / "one")
    before = read_back(write_snapshot(tmp_path / "before", as_of=AS_OF))
    with monkeypatch.context() as patched:
        patched.setattr("closeout.web.audit.actions.record", _pulled_out)
        with pytest.raises(_PulledOutError):
            load(tmp_path / "two", is_replacing=True)
    assert Load.objects.get().finished_at is not None
    assert read_back(write_snapshot(tmp_path / "after", as_of=AS_OF)) == before


def test_a_full_disk_is_said_and_the_load_goes_on_when_there_is_room(site, tmp_path, monkeypatch):
    if site.vendor != "sqlite":
        pytest.skip("a PostgreSQL server's disk cannot be filled without a mount of its own")
    tables = sampled(1)
    write_sampled(tmp_path / "in", tables)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
    monkeypatch.setattr("closeout.engines.sqlite._START", (f"PRAGMA max_page_count={pages}",))
    with pytest.raises(LoadError, match="make room and run the same command again"):
        load(tmp_path / "in")
    _check_ledger_is_true()
    monkeypatch.undo()
    load(tmp_path / "in")
    assert read_back(write_snapshot(tmp_path / "out", as_of=AS_OF))["cases"].num_rows == 6


def _pull_out(patched: pytest.MonkeyPatch, at: str) -> None:
    if at == "between rows and ledger":
        patched.setattr(running, "_copy", _copy_without_ledger)
    elif at == "before the constraints":
        patched.setattr(running, "finish", _pulled_out)
    else:
        patched.setattr("closeout.web.casework.load.finish._set_sequences", _pulled_out)


def _copy_without_ledger(database, ledger, chunk, clocks):
    with database.transaction():
        database.copy_in(db_table(chunk.table), running.columns(chunk.table), chunk.batches())
        raise _PulledOutError


def _pulled_out(*_: object, **__: object) -> None:
    raise _PulledOutError


def _check_ledger_is_true() -> None:
    """Each table has exactly the rows that the ledger says."""
    for table in set(LoadChunk.objects.values_list("table", flat=True)) | {"offices"}:
        said = sum(LoadChunk.objects.filter(table=table).values_list("rows", flat=True))
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{db_table(table)}"')  # noqa: S608 - our own table
            assert cursor.fetchone()[0] == said, table
