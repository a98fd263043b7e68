"""A snapshot opens as what its manifest says, or says why not."""

from __future__ import annotations

import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from closeout.records.examples import example_rows
from closeout.records.snapshot import (
    MANIFEST,
    Manifest,
    Part,
    SnapshotError,
    arrow_schema,
    open_snapshot,
    sha256_of,
    verify,
    with_files,
    write_manifest,
)
from closeout.records.tables import SCHEMA_VERSION, TABLES
from tests.each import for_each

AS_OF = date(2026, 3, 31)


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a snapshot of two tables, one of them in two files."""
    parts = {}
    for table, count in (("offices", 1), ("cases", 2)):
        (tmp_path / table).mkdir()
        made = []
        for number in range(count):
            path = f"{table}/part-{number:03d}.parquet"
            rows = pa.Table.from_pylist(example_rows(table), schema=arrow_schema(table))
            pq.write_table(rows, tmp_path / path)
            made.append(Part(path, rows.num_rows, sha256_of(tmp_path / path)))
        parts[table] = tuple(made)
    write_manifest(tmp_path, Manifest(AS_OF, "test", parts, notes={"seed": 7}))
    return tmp_path


def change(folder, **said):
    """Change what a manifest says."""
    path = folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | said))


def test_it_opens_as_it_was_written(folder):
    snapshot = open_snapshot(folder)
    assert snapshot.as_of == AS_OF
    assert snapshot.manifest.source == "test"
    assert snapshot.manifest.notes == {"seed": 7}
    assert snapshot.manifest.schema_version == SCHEMA_VERSION
    assert [path.name for path in snapshot.files("cases")] == ["part-000.parquet", "part-001.parquet"]
    assert snapshot.manifest.rows("cases") == 2
    assert verify(snapshot) == []


def test_a_table_it_lacks_has_no_files_and_no_rows(folder):
    snapshot = open_snapshot(folder)
    assert snapshot.files("hearings") == []
    assert snapshot.manifest.rows("hearings") == 0


def test_a_changed_byte_is_found(folder):
    path = folder / "offices" / "part-000.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    (told,) = verify(open_snapshot(folder))
    assert told.startswith("offices/part-000.parquet: the manifest says ")


def test_a_folder_without_a_manifest_is_no_snapshot(tmp_path):
    with pytest.raises(SnapshotError, match=r"has no manifest\.json.*closeout check"):
        open_snapshot(tmp_path)


def test_a_manifest_half_written_does_not_count(folder):
    (folder / MANIFEST).rename(folder / f"{MANIFEST}.part")
    with pytest.raises(SnapshotError, match="is no snapshot"):
        open_snapshot(folder)


def test_a_missing_file_is_named(folder):
    (folder / "cases" / "part-001.parquet").unlink()
    with pytest.raises(SnapshotError, match=r"lacks cases/part-001\.parquet"):
        open_snapshot(folder)


def test_a_missing_file_may_be_asked_for_by_name(folder):
    (folder / "cases" / "part-001.parquet").unlink()
    found = open_snapshot(folder, may_lack_files=True)
    assert verify(found) == ["cases/part-001.parquet: the manifest lists it, the file is missing"]
    assert list(with_files(found).manifest.tables) == ["offices"]


def test_another_version_says_to_export_anew(folder):
    change(folder, schema_version=SCHEMA_VERSION + 1)
    with pytest.raises(SnapshotError, match=f"schema version {SCHEMA_VERSION + 1}.*Export it anew"):
        open_snapshot(folder)


def test_an_unknown_table_is_named(folder):
    change(folder, tables={"persons": []})
    with pytest.raises(SnapshotError, match="not declared: persons"):
        open_snapshot(folder)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "no json",
        '{"as_of": "yesterday"}',
        '{"as_of": "2026-01-01", "source": "x", "tables": 3}',
    ],
)
def test_a_manifest_that_is_none_is_refused_in_one_line(folder, text):
    (folder / MANIFEST).write_text(text)
    with pytest.raises(SnapshotError, match="cannot be read as a manifest") as raised:
        open_snapshot(folder)
    assert "\n" not in str(raised.value)


@for_each("table", TABLES)
def test_the_arrow_types_are_those_of_the_declaration(table):
    kinds = {"Int64": pa.int64(), "Float64": pa.float64(), "Bool": pa.bool_(), "Date": pa.date32()}
    schema = arrow_schema(table)
    assert schema.names == list(TABLES[table].columns())
    for name, column in TABLES[table].columns().items():
        expected = kinds.get(type(column).__name__, pa.string())
        if type(column).__name__ == "Datetime":
            expected = pa.timestamp("us")
        assert schema.field(name).type == expected
        assert schema.field(name).nullable == column.nullable


def test_a_digest_is_that_of_the_bytes(tmp_path):
    file = tmp_path / "a"
    file.write_bytes(b"abc")
    assert sha256_of(file) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
