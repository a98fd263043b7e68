"""The nightly run: what the day's passing does, the duties, the alerts; in a store of its own."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from closeout.records.example import write_example
from tests.docs.consoles import run


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Load the small example agency once for this file and return the folder with its store."""
    folder = tmp_path_factory.mktemp("night")
    write_example(folder / "records", size="small", seed=7)
    done = run(f"closeout load records --store sqlite:///{folder}/site.sqlite3", folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_a_night_finds_what_was_not_held_works_out_duties_and_fires_alerts(store):
    url = f"sqlite:///{store}/site.sqlite3"
    done = run(f"closeout refresh --nightly --as-of 2026-10-03 --json --store {url}", store)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["not_held"] > 0
    assert told["alerts"] > 0
    with closing(sqlite3.connect(store / "site.sqlite3")) as site:
        assert site.execute("SELECT count(*) FROM casework_duty").fetchone()[0] == told["duties"]
        assert site.execute("SELECT count(*) FROM casework_alert").fetchone()[0] == told["alerts"]
        assert site.execute("SELECT count(*) FROM casework_finding").fetchone()[0] == told["findings"]
        missed = "SELECT count(*) FROM casework_exceptions WHERE arose_on > '2026-09-30'"
        assert site.execute(missed).fetchone()[0] >= told["not_held"]
