"""What is empty is told from the counts of a snapshot's files."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from closeout.records.emptiness import empty_columns, empty_tables
from closeout.records.examples import example_rows
from closeout.records.snapshot import Manifest, Part, Snapshot, arrow_schema

OPEN = {"closed_on": None}
CLOSED = {"closed_on": date(2026, 1, 31)}


@pytest.fixture
def made(tmp_path):
    """Return what makes a snapshot of offices: a list of rows for each file, as changes to the example."""

    def make(*files, **how):
        own = example_rows("offices")[0]
        parts = []
        for number, changes in enumerate(files):
            rows = pa.Table.from_pylist([own | one for one in changes], schema=arrow_schema("offices"))
            pq.write_table(rows, tmp_path / f"{number}.parquet", **how)
            parts.append(Part(f"{number}.parquet", len(changes), "ab"))
        return Snapshot(tmp_path, Manifest(date(2026, 3, 31), "test", {"offices": tuple(parts)}))

    return make


def test_a_column_that_is_empty_in_every_row_is_named(made):
    assert empty_columns(made([OPEN, OPEN])) == {"offices": ["closed_on"]}


def test_one_row_with_a_value_is_enough(made):
    assert empty_columns(made([OPEN, CLOSED])) == {}


def test_a_value_in_any_file_is_enough(made):
    assert empty_columns(made([OPEN], [CLOSED], [OPEN])) == {}


def test_a_value_in_any_group_of_rows_is_enough(made):
    assert empty_columns(made([OPEN, OPEN, CLOSED], row_group_size=1)) == {}
    assert empty_columns(made([OPEN, OPEN, OPEN], row_group_size=1)) == {"offices": ["closed_on"]}


def test_columns_are_named_as_declared(made):
    nothing = {"region": None} | OPEN
    assert empty_columns(made([nothing])) == {"offices": ["region", "closed_on"]}


def test_without_counts_a_column_is_taken_to_hold_something(made):
    assert empty_columns(made([OPEN], write_statistics=False)) == {}


def test_a_table_without_a_row_is_an_empty_table_and_has_no_empty_columns(made):
    snapshot = made([])
    assert empty_tables(snapshot) == ["offices"]
    assert empty_columns(snapshot) == {}


def test_a_table_with_rows_in_one_of_its_files_is_not_empty(made):
    assert empty_tables(made([], [CLOSED])) == []


def test_a_file_that_cannot_be_read_is_an_error(made):
    snapshot = made([OPEN])
    snapshot.files("offices")[0].unlink()
    with pytest.raises(OSError, match=r"0\.parquet"):
        empty_columns(snapshot)
