"""Tables opened ahead: taken where they are just those asked for, and no trouble where they are not."""

import shutil
from dataclasses import replace

import pytest

from closeout.assess import ahead
from closeout.records.example import write_example
from closeout.records.snapshot import open_snapshot


@pytest.fixture(scope="module")
def agency(tmp_path_factory):
    """Return a snapshot of the example agency."""
    folder = tmp_path_factory.mktemp("ahead") / "agency"
    write_example(folder)
    return folder


@pytest.fixture(autouse=True)
def _nothing_left():
    yield
    for one in ahead._ahead:
        one.engine.close()
    ahead._ahead.clear()


def test_tables_that_were_opened_ahead_are_taken_once(agency):
    ahead.open_ahead(agency)
    (made,) = ahead._ahead
    with ahead.opened(open_snapshot(agency)) as found:
        assert found is made
        assert found.engine.to_arrow(found.tables["cases"].count().as_table()).num_rows == 1
    with ahead.opened(open_snapshot(agency)) as again:
        assert again is not made


def test_a_snapshot_less_a_table_is_opened_anew(agency):
    ahead.open_ahead(agency)
    whole = open_snapshot(agency)
    tables = {name: files for name, files in whole.manifest.tables.items() if name != "holds"}
    less = replace(whole, manifest=replace(whole.manifest, tables=tables))
    with ahead.opened(less) as found:
        assert "holds" not in found.tables
        assert not ahead._ahead  # what was opened ahead is closed


def test_a_folder_that_is_no_snapshot_or_damaged_opens_nothing(agency, tmp_path):
    ahead.open_ahead(tmp_path / "none")
    ahead.open_ahead(tmp_path)
    damaged = tmp_path / "damaged"
    shutil.copytree(agency, damaged)
    next(damaged.rglob("*.parquet")).write_bytes(b"no table")
    ahead.open_ahead(damaged)
    assert not ahead._ahead
