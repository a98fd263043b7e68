"""Loading a snapshot and writing it back."""

from __future__ import annotations

import json
from datetime import date

import pyarrow as pa
import pytest
from django.db import IntegrityError, connection, transaction

from closeout.records.snapshot import SnapshotError, open_snapshot
from closeout.records.tables import TABLES
from closeout.web.audit.models import Event
from closeout.web.casework.load import LoadError, Step, away, load, plan
from closeout.web.casework.models import Case, CheckIn, Duty, Load, LoadChunk, Officer
from closeout.web.casework.snapshot import write_snapshot
from closeout.web.casework.stored import record_models
from tests.web.casework.sampled import AS_OF, read_back, sampled, write_sampled


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_loaded_comes_back_row_for_row(site, tmp_path, seed):
    tables = sampled(seed)
    write_sampled(tmp_path / "in", tables)
    done = load(tmp_path / "in")
    assert done.rows_written == sum(table.num_rows for table in tables.values())
    written = write_snapshot(tmp_path / "out", as_of=AS_OF)
    back = read_back(open_snapshot(tmp_path / "out"))
    for name in TABLES:
        assert back[name].to_pylist() == tables[name].to_pylist(), name
        assert back[name].schema == tables[name].schema, name
    assert written.manifest.as_of == AS_OF
    again = write_snapshot(tmp_path / "again", as_of=AS_OF)
    assert again.manifest.tables == written.manifest.tables


def test_empty_tables_come_back_empty(site, tmp_path):
    empty = {name: table.slice(0, 0) for name, table in sampled(1).items()}
    write_sampled(tmp_path / "in", empty)
    assert load(tmp_path / "in").rows_written == 0
    assert write_snapshot(tmp_path / "out", as_of=AS_OF).manifest.tables == {}


def test_rows_come_in_as_imported_in_their_first_version(site, tmp_path):
    write_sampled(tmp_path / "in", sampled(1))
    load(tmp_path / "in")
    for model in record_models().values():
        assert set(model._default_manager.values_list("row_source", "row_version")) == {("imported", 1)}


def test_django_reads_each_row_that_was_loaded(site, tmp_path):
    tables = sampled(4)
    write_sampled(tmp_path / "in", tables)
    load(tmp_path / "in")
    for name, model in record_models().items():
        fields = {field.column: field.attname for field in model._meta.concrete_fields}
        plain = [column for column in tables[name].schema if not pa.types.is_timestamp(column.type)]
        got = list(
            model._default_manager.order_by("pk").values_list(*(fields[column.name] for column in plain))
        )
        key = TABLES[name].key()
        wanted = tables[name].sort_by([(key, "ascending")]).select([column.name for column in plain])
        assert got == [tuple(row.values()) for row in wanted.to_pylist()], name


def test_an_instant_is_the_wall_time_at_the_office(site, tmp_path):
    tables = dict(sampled(1))
    offices = tables["offices"].to_pylist()
    for office, zone in zip(
        offices, ["America/New_York", "America/Los_Angeles", "no-such-zone"], strict=False
    ):
        office["time_zone"] = zone
    tables["offices"] = pa.Table.from_pylist(offices, tables["offices"].schema)
    rows = tables["desk_contacts"].to_pylist()[:3]
    for row, office in zip(rows, offices, strict=False):
        row |= {"office_id": office["office_id"], "received_at": pa.scalar(0, pa.timestamp("us")).as_py()}
    tables["desk_contacts"] = pa.Table.from_pylist(rows, tables["desk_contacts"].schema)
    write_sampled(tmp_path / "in", tables)
    load(tmp_path / "in")
    with connection.cursor() as cursor:
        cursor.execute("SELECT office_id, received_at FROM casework_desk_contacts ORDER BY office_id")
        hours = {office: str(at)[11:13] for office, at in cursor.fetchall()}
    east, west, unknown = (office["office_id"] for office in offices[:3])
    assert (hours[east], hours[west], hours[unknown]) == ("05", "08", "05")


def test_the_same_snapshot_again_does_nothing(site, tmp_path):
    write_sampled(tmp_path / "in", sampled(1))
    load(tmp_path / "in")
    events = Event.objects.count()
    assert plan(tmp_path / "in").is_there
    assert load(tmp_path / "in").rows_written == 0
    assert Event.objects.count() == events
    assert Load.objects.count() == 1


def test_another_snapshot_is_refused_and_replaces_only_when_asked(site, tmp_path):
    write_sampled(tmp_path / "one", sampled(1))
    write_sampled(tmp_path / "two", sampled(2, rows=4))
    load(tmp_path / "one")
    with pytest.raises(LoadError, match="already holds records"):
        load(tmp_path / "two")
    assert Case.objects.count() == 6
    Duty.objects.create(
        duty="d",
        subject_table="cases",
        subject="1",
        sequence=1,
        opened_on=AS_OF,
        state="due",
        days_held=0,
        is_missed=False,
        computed_on=AS_OF,
    )
    load(tmp_path / "two", is_replacing=True)
    assert Case.objects.count() == 4
    assert not Duty.objects.exists()
    assert Load.objects.get(is_current=True).digest == plan(tmp_path / "two", is_replacing=True).digest
    assert read_back(write_snapshot(tmp_path / "out", as_of=AS_OF))["cases"].num_rows == 4


def test_a_database_that_people_work_in_is_not_loaded_over(site, tmp_path):
    write_sampled(tmp_path / "in", sampled(1))
    load(tmp_path / "in")
    Load.objects.all().delete()
    with pytest.raises(LoadError, match="--replace"):
        load(tmp_path / "in")


def test_a_file_that_is_not_the_manifests_is_refused(site, tmp_path):
    snapshot = write_sampled(tmp_path / "in", sampled(1))
    path = snapshot.files("cases")[0]
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(LoadError, match=r"cases/part-000\.parquet"):
        load(tmp_path / "in")
    assert not Load.objects.exists()


def test_a_file_without_a_column_is_refused(site, tmp_path):
    tables = dict(sampled(1))
    tables["cases"] = tables["cases"].drop(["docket"])
    write_sampled(tmp_path / "in", tables)
    with pytest.raises(LoadError, match="lacks docket"):
        load(tmp_path / "in")


def test_rows_with_the_same_key_are_named(site, tmp_path):
    tables = dict(sampled(1))
    rows = tables["officers"].to_pylist()
    number = rows[0]["officer_no"]
    twice = [*rows, {**rows[0], "unit_id": None, "site_id": None}]
    tables["officers"] = pa.Table.from_pylist(twice, tables["officers"].schema)
    write_sampled(tmp_path / "in", tables)
    with pytest.raises(LoadError, match=f"the same key: officers {number}. Run `closeout check`"):
        load(tmp_path / "in")


def test_a_folder_without_a_manifest_is_refused(site, tmp_path):
    with pytest.raises(SnapshotError, match="no snapshot"):
        load(tmp_path)


def test_a_reference_to_nowhere_is_never_called_done(site, tmp_path):
    tables = dict(sampled(1))
    rows = tables["check_ins"].to_pylist()
    rows[0]["case_no"] = "C-999999"
    tables["check_ins"] = pa.Table.from_pylist(rows, tables["check_ins"].schema)
    write_sampled(tmp_path / "in", tables)
    for _ in range(2):
        with pytest.raises(LoadError, match="check_ins"):
            load(tmp_path / "in")
        assert Load.objects.get(is_current=True).finished_at is None
    with pytest.raises(SnapshotError, match="broken off"):
        write_snapshot(tmp_path / "out", as_of=AS_OF)
    write_sampled(tmp_path / "right", sampled(1))
    with pytest.raises(LoadError, match="broken off"):
        load(tmp_path / "right")
    load(tmp_path / "right", is_replacing=True)
    assert _constraints_hold()


def test_the_database_has_all_its_constraints_afterwards(site, tmp_path, monkeypatch):
    monkeypatch.setattr(away, "INDEXES_FROM_ROWS", 1)
    before = _schema()
    write_sampled(tmp_path / "in", sampled(1))
    load(tmp_path / "in")
    assert _schema() == before
    assert _constraints_hold()
    if site.vendor == "postgresql":
        kinds = [one["kind"] for one in Load.objects.get().taken_away]
        assert kinds.count("key") > 50
        assert kinds.count("index") > 50


def test_the_next_entry_gets_a_number_of_its_own(site, tmp_path):
    tables = dict(sampled(1))
    rows = tables["check_ins"].to_pylist()
    rows[0]["check_in_id"] = 1_000_000
    tables["check_ins"] = pa.Table.from_pylist(rows, tables["check_ins"].schema)
    tables["exceptions"] = tables["exceptions"].slice(0, 0)  # they may point at the old number
    write_sampled(tmp_path / "in", tables)
    load(tmp_path / "in")
    kept = CheckIn.objects.order_by("pk").values().first() | {"due_on": date(2026, 5, 4)}
    kept.pop("check_in_id")
    assert CheckIn.objects.create(**kept).pk == 1_000_001


def test_start_and_end_are_in_the_audit_log(site, tmp_path):
    write_sampled(tmp_path / "in", sampled(1))
    load(tmp_path / "in")
    write_snapshot(tmp_path / "out", as_of=AS_OF)
    assert list(Event.objects.order_by("seq").values_list("action", flat=True)) == [
        "records.load_start",
        "records.load_end",
        "records.snapshot",
    ]
    assert Event.objects.first().after["rows"] == 6 * len(TABLES)


def test_progress_rises_to_the_whole(site, tmp_path):
    write_sampled(tmp_path / "in", sampled(1))
    told: list[Step] = []
    load(tmp_path / "in", told=told.append)
    rows = [step.done for step in told if step.what == "rows"]
    assert rows == sorted(rows)
    assert rows[-1] == 6 * len(TABLES) == told[0].total


def test_each_row_group_has_its_line_in_the_ledger(site, tmp_path):
    write_sampled(tmp_path / "in", sampled(1, rows=10), row_group=2, parts=2)
    load(tmp_path / "in")
    chunks = LoadChunk.objects.filter(table="cases").order_by("part", "row_group")
    assert [(chunk.row_group, chunk.rows) for chunk in chunks] == [(0, 2), (1, 2), (2, 1)] * 2


def test_a_snapshot_is_not_written_over_anything(site, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "kept.txt").write_text("kept")
    with pytest.raises(SnapshotError, match="not empty"):
        write_snapshot(tmp_path / "out", as_of=date(2026, 6, 1))
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["kept.txt"]


def test_the_manifest_names_what_was_written(site, tmp_path):
    write_sampled(tmp_path / "in", sampled(1))
    load(tmp_path / "in")
    write_snapshot(tmp_path / "out", as_of=AS_OF)
    said = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert said["as_of"] == "2026-06-01"
    assert said["source"] == "closeout"
    assert {part["rows"] for parts in said["tables"].values() for part in parts} == {6}


def _schema() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
            return set(cursor.fetchall())
        cursor.execute("SELECT conname, pg_get_constraintdef(oid) || convalidated FROM pg_constraint")
        keys = set(cursor.fetchall())
        # A condition comes back in other words once it was said again.
        cursor.execute(
            "SELECT indexname, split_part(indexdef, ' WHERE ', 1) FROM pg_indexes WHERE schemaname = 'public'"
        )
        return keys | set(cursor.fetchall())


def _constraints_hold() -> bool:
    """Say whether the database refuses a case whose office there is not."""
    kept = Case.objects.values().first()
    officers = Officer.objects.count()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.create(**(kept | {"case_no": "C-777777", "office_id": "NOWHERE"}))
    return Officer.objects.count() == officers and not Case.objects.filter(case_no="C-777777").exists()
