"""Small snapshots, and results over them that no pack is needed for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pyarrow.parquet as pq

from closeout.evidence.freezing import Answer, Hashes, Kind, freeze
from closeout.records.snapshot import Manifest, Part, open_snapshot, sha256_of, write_manifest
from tests.duties.making import table

AS_OF = date(2026, 9, 30)
NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)
OFFICES = [{"office_id": "A"}, {"office_id": "B"}]


def checks(office, matched, mismatched):
    """Return verifications of proceedings of an office, some of them a mismatch."""
    row = {
        "office_id": office,
        "kind": "proceeding",
        "verified_on": date(2026, 3, 2),
        "method": "court_record",
    }
    return [row | {"result": "match"}] * matched + [row | {"result": "mismatch"}] * mismatched


def posts(office, filled, vacant):
    row = {"office_id": office, "role": "officer"}
    full = [row | {"officer_no": "S-10"}] * filled
    return full + [row | {"officer_no": None, "vacant_from": date(2026, 1, 5)}] * vacant


def write_snapshot(folder, *, verifications=None, positions=None, **others):
    """Write a snapshot with offices, verifications, positions and whatever other tables are given."""
    rows = {
        "offices": OFFICES,
        "verifications": checks("A", 30, 20) + checks("B", 40, 12)
        if verifications is None
        else verifications,
        "positions": posts("A", 20, 15) + posts("B", 30, 12) if positions is None else positions,
    }
    return write_tables(folder, {name: table(name, made) for name, made in (rows | others).items()})


def write_tables(folder, tables):
    """Write a snapshot with Arrow tables as they are given, by name."""
    parts = {}
    for name, rows in tables.items():
        path = folder / name / "part-000.parquet"
        path.parent.mkdir(parents=True)
        pq.write_table(rows, path)
        parts[name] = (Part(f"{name}/part-000.parquet", rows.num_rows, sha256_of(path)),)
    write_manifest(folder, Manifest(AS_OF, "test", parts))
    return open_snapshot(folder)


def answer(code="late", *, rows=None, reads=("positions",), **said):
    """Return a result with a figure for each of two offices."""
    given = [{"office_id": "A", "late": 12, "share": 0.1}, {"office_id": "B", "late": 40, "share": 0.3}]
    made = Answer(
        kind=Kind.MEASURE,
        code=code,
        title="Late",
        definition={"measure": code, "over": "positions"},
        query="SELECT 1",
        parameters={"as_of": AS_OF, "pack": "test", "pack_digest": "p1"},
        keys=("office_id",),
        rows=tuple(given if rows is None else rows),
        reads=reads,
    )
    return replace(made, **said)


def frozen(snapshot, made=None, **said):
    given = {"engine": "duckdb", "effective_on": AS_OF, "frozen_at": NOON} | said
    return freeze(made or answer(), snapshot=snapshot, hashes=Hashes(), **given)
