"""Whatever is touched is found and named; whatever was not touched stays equal."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from closeout.duties.pack import load_pack
from closeout.evidence.freezing import (
    VERDICTS,
    Finding,
    FrozenError,
    Hashes,
    Wanted,
    answers,
    freeze,
    recomputer,
    verify,
    write_frozen,
)
from closeout.evidence.freezing.canonical import digest_of_rows
from closeout.evidence.freezing.folder import read_frozen
from closeout.evidence.measures.read import load_measures
from closeout.records.snapshot import MANIFEST, open_snapshot
from closeout.records.tables import TABLES as DECLARED
from tests.duties.making import table
from tests.evidence.freezing.judged import judged_tables
from tests.evidence.freezing.making import AS_OF, NOON, OFFICES, checks, posts, write_tables

PACK = load_pack()
MEASURES = {one.code: one for one in load_measures(None, PACK)}
CODES = ("proceeding-mismatch-share", "posts-filled", "check-ins-with-outcome")
WANTED = Wanted(
    measures=[MEASURES[code] for code in CODES if code in MEASURES], verdicts=tuple(VERDICTS), is_exact=True
)
ROWS = judged_tables() | {
    "offices": OFFICES,
    "verifications": checks("A", 30, 20) + checks("B", 40, 12),
    "positions": posts("A", 20, 15) + posts("B", 30, 12),
}
TABLES = {name: table(name, rows) for name, rows in ROWS.items()}
FILLED = sorted(name for name, rows in TABLES.items() if rows.num_rows)
IN_ONE_PLACE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture(scope="module")
def made(tmp_path_factory, engine):
    """Return a folder with `records` and `evidence`, and what is frozen there by code."""
    folder = tmp_path_factory.mktemp("made")
    snapshot = write_tables(folder / "records", TABLES)
    given = {"snapshot": snapshot, "hashes": Hashes(), "engine": engine.name}
    frozen = [
        freeze(one, effective_on=AS_OF, frozen_at=NOON, **given)
        for one in answers(engine, snapshot, PACK, WANTED, AS_OF)
    ]
    write_frozen(folder / "evidence", frozen)
    return folder, {one.code: one for one in frozen}


def verified(engine, folder, evidence="evidence"):
    snapshot = open_snapshot(folder / "records")
    recompute = recomputer(engine, snapshot, PACK, tuple(MEASURES.values()))
    return verify(
        folder / evidence, snapshot=snapshot, recompute=recompute, hashes=Hashes(), engine=engine.name
    )


@dataclass(frozen=True)
class Changed:
    """A table with one row changed or gone."""

    table: str
    rows: list[dict[str, Any]] = field(repr=False)


@st.composite
def changes(draw):
    """Return a table's name and its rows with one row gone, twice, or with a value of another row."""
    name = draw(st.sampled_from(FILLED))
    rows = TABLES[name].to_pylist()
    place = draw(st.integers(0, len(rows) - 1))
    what = draw(st.sampled_from(["gone", "another value", "another value", "another value"]))
    if what == "gone":
        return Changed(name, rows[:place] + rows[place + 1 :])
    column = draw(st.sampled_from(TABLES[name].column_names))
    values = [row[column] for row in rows] + [None] * DECLARED[name].columns()[column].nullable
    rows[place] = rows[place] | {column: draw(st.sampled_from(values))}
    return Changed(name, rows)


@settings(max_examples=10, suppress_health_check=IN_ONE_PLACE)
@given(changed=changes())
def test_changing_one_row_breaks_exactly_the_results_that_use_it(engine, made, tmp_path_factory, changed):
    name, rows = changed.table, changed.rows
    assume(rows != TABLES[name].to_pylist())
    folder = tmp_path_factory.mktemp("changed")
    shutil.copytree(made[0] / "evidence", folder / "evidence")
    other = pa.Table.from_pylist(rows, schema=TABLES[name].schema)
    snapshot = write_tables(folder / "records", TABLES | {name: other})
    found = {one.code: one for one in verified(engine, folder).results}
    again = {one.code: digest_of_rows(one.rows) for one in answers(engine, snapshot, PACK, WANTED, AS_OF)}
    for code, one in made[1].items():
        is_same = again[code] == one.result_sha256
        if name not in one.snapshot.tables:
            assert is_same
            assert found[code].finding is Finding.EQUAL
            continue
        assert found[code].finding is (Finding.RECORDS_CHANGED if is_same else Finding.DIFFERS)
        assert found[code].faults[0].startswith(f"table {name} is not the one that was frozen")
        assert bool(found[code].differences) is not is_same


def test_a_value_that_no_check_lets_pass_is_said_and_not_stumbled_over(engine, made, tmp_path_factory):
    """A standard of no contract: the matrix of standards cannot be sorted by contract any more."""
    folder = tmp_path_factory.mktemp("nowhere")
    shutil.copytree(made[0] / "evidence", folder / "evidence")
    rows = TABLES["contract_standards"].to_pylist()
    rows[0]["contract_id"] = None
    other = pa.Table.from_pylist(rows, schema=TABLES["contract_standards"].schema)
    write_tables(folder / "records", TABLES | {"contract_standards": other})
    found = {one.code: one for one in verified(engine, folder).results}
    assert found["standards"].finding is not Finding.EQUAL
    assert any("no check lets pass" in fault for fault in found["standards"].faults)
    assert found["training"].finding is Finding.EQUAL


@settings(max_examples=15, suppress_health_check=IN_ONE_PLACE)
@given(data=st.data())
def test_a_byte_that_is_changed_is_found_and_its_file_named(engine, made, tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("touched")
    shutil.copytree(made[0], folder, dirs_exist_ok=True)
    used = {
        f"records/{part.path}"
        for one in made[1].values()
        for parts in one.snapshot.tables.values()
        for part in parts
    }
    kept = {f"evidence/{path.name}" for path in (folder / "evidence").iterdir()}
    name = data.draw(st.sampled_from(sorted(used | kept)))
    path = folder / name
    read = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(read) - 1))
    read[place] ^= data.draw(st.sampled_from([1, 2, 64]))
    path.write_bytes(read)
    faults = faults_of(engine, folder)
    assert any(name.partition("/")[2] in fault for fault in faults), faults


def faults_of(engine, folder):
    """Return what verifying a folder says is wrong, a line each; none where all is equal."""
    try:
        found = verified(engine, folder)
    except FrozenError as error:
        return [str(error)]
    if found.is_equal:
        return []
    return [*found.faults, *(f"{one.id}.json {fault}" for one in found.results for fault in one.faults)]


@pytest.mark.parametrize("table_name", ["positions", "trace_counts"])
def test_a_file_that_is_gone_is_named_and_the_rest_goes_on(engine, made, tmp_path, table_name):
    folder = tmp_path / "copy"
    shutil.copytree(made[0], folder)
    snapshot = open_snapshot(folder / "records")
    (folder / "records" / table_name / "part-000.parquet").unlink()
    recompute = recomputer(engine, snapshot, PACK, tuple(MEASURES.values()))
    found = verify(
        folder / "evidence", snapshot=snapshot, recompute=recompute, hashes=Hashes(), engine=engine.name
    )
    for one in found.results:
        uses = table_name in made[1][one.code].snapshot.tables
        assert one.finding is (Finding.DAMAGED if uses else Finding.EQUAL)
        assert uses is any(f"{table_name}/part-000.parquet" in fault for fault in one.faults)


def test_another_manifest_over_the_same_files_is_told_and_no_difference(engine, made, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(made[0], folder)
    path = folder / "records" / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | {"source": "somebody else"}))
    found = verified(engine, folder)
    assert found.is_equal
    assert all("the snapshot is another one" in one.notes[0] for one in found.results)


def test_a_row_that_is_changed_in_the_record_is_named_with_what_the_records_give(engine, made, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(made[0], folder)
    path = next((folder / "evidence").glob("posts-filled.*"))
    said = json.loads(path.read_text())
    row = next(row for row in said["rows"] if row["office_id"] == "B")
    row["numerator"] = 41
    path.write_text(json.dumps(said))
    one = next(one for one in verified(engine, folder).results if one.code == "posts-filled")
    assert one.finding is Finding.TAMPERED
    assert "the rows are not those that were frozen" in one.faults
    assert [str(each) for each in one.differences] == [
        "office_id B, since none, until 2026-09-30: numerator was 41, is 30"
    ]


def test_a_verdict_that_is_prettied_up_and_sealed_anew_is_named(engine, made, tmp_path):
    # Somebody who knows the format makes every digest of the record anew; the index still tells.
    from closeout.evidence.freezing.frozen import record, sealed  # noqa: PLC0415 - the forger's tools

    folder = tmp_path / "copy"
    shutil.copytree(made[0], folder)
    path = next((folder / "evidence").glob("standards.*.json"))
    frozen = read_frozen(path)
    rows = [
        row | ({"result.verdict": "meets"} if row.get("result.verdict") == "does_not_meet" else {})
        for row in frozen.rows
    ]
    path.write_text(json.dumps(record(replace(sealed(replace(frozen, rows=tuple(rows))), id=frozen.id))))
    one = next(one for one in verified(engine, folder).results if one.code == "standards")
    assert one.finding is Finding.TAMPERED
    assert f"{path.name} is not the file that the index lists" in one.faults


PARTS = (
    "title",
    "definition",
    "query",
    "parameters",
    "engine",
    "versions",
    "snapshot",
    "effective_on",
    "frozen_at",
)


@pytest.mark.parametrize("part", PARTS)
def test_the_part_of_a_record_that_was_touched_is_named(engine, made, tmp_path, part):
    folder = tmp_path / "copy"
    shutil.copytree(made[0], folder)
    path = next((folder / "evidence").glob("agreements.*.json"))
    said = json.loads(path.read_text())
    other = {
        "definition": {},
        "parameters": said["parameters"] | {"as_of": "2025-01-01"},
        "versions": said["versions"] | {"closeout": "9"},
        "snapshot": said["snapshot"] | {"source": "x"},
        "effective_on": "2025-01-01",
        "frozen_at": "2025-01-01T00:00:00+00:00",
    }
    path.write_text(json.dumps(said | {part: other.get(part, "x")}))
    one = next(one for one in verified(engine, folder).results if one.code == "agreements")
    assert one.finding is Finding.TAMPERED
    assert f"the record is not the one that was frozen; changed: {part}" in one.faults


def test_records_without_seals_hold_as_before(engine, made, tmp_path):
    from closeout.evidence.freezing.folder import entry_of, write_index  # noqa: PLC0415 - as an older Closeout
    from closeout.evidence.freezing.frozen import record_digest  # noqa: PLC0415

    folder = tmp_path / "copy"
    shutil.copytree(made[0] / "records", folder / "records")
    (folder / "evidence").mkdir()
    old = replace(made[1]["agreements"], seals={})
    old = replace(old, record_sha256=record_digest(old))
    write_index(folder / "evidence", [entry_of(folder / "evidence", old)])
    assert "seals" not in json.loads((folder / "evidence" / f"{old.id}.json").read_text())
    assert verified(engine, folder).is_equal
