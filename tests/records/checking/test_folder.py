"""What is written: a snapshot of accepted rows, a quarantine of the others, or nothing at all."""

import os
import resource
import subprocess
import sys
from datetime import date

import polars as pl
import pytest

from closeout.records.checking import folder as folders
from closeout.records.checking.check import check
from closeout.records.checking.folder import CannotWriteError, OutFolder
from closeout.records.checking.parts import write_parts
from closeout.records.snapshot import arrow_schema, open_snapshot, verify
from closeout.records.tables import TABLES
from tests.records.checking.made import AS_OF, case, checked, membership, office, only, write_csv


def quarantined(out, table) -> pl.DataFrame:
    return pl.read_parquet(out / "quarantine" / f"{table}.parquet")


def test_accepted_rows_are_a_snapshot_with_the_declared_columns_sorted(tmp_path):
    write_csv(tmp_path / "in", "cases", [case(f"C-{n:06}") for n in (3, 1, 2)])
    checked(tmp_path / "in", out=tmp_path / "out")
    snapshot = open_snapshot(tmp_path / "out")
    assert (snapshot.as_of, snapshot.manifest.source, verify(snapshot)) == (AS_OF, "in", [])
    (part,) = snapshot.files("cases")
    kept = pl.read_parquet(part)
    assert kept["case_no"].to_list() == ["C-000001", "C-000002", "C-000003"]
    assert kept.columns == TABLES["cases"].column_names()
    assert kept["opened_on"].dtype == pl.Date


def test_the_rest_is_kept_with_file_row_rules_reasons_and_cells(tmp_path):
    write_csv(tmp_path / "in", "cases", [case("C-000001"), case("17", docket="closed", opened_on="soon")])
    checked(tmp_path / "in", out=tmp_path / "out")
    (row,) = quarantined(tmp_path / "out", "cases").to_dicts()
    assert (row["_file"], row["_row"]) == ("cases.csv", 2)
    assert sorted(row["_rules"]) == ["choice", "form", "type"]
    assert row["_reason"].count(";") == 2
    assert (row["case_no"], row["docket"], row["opened_on"]) == ("17", "closed", "soon")


def test_what_identifies_a_person_is_nowhere_in_what_is_written(tmp_path):
    rows = [
        office("A123456789"),
        office("B", label="ask jane@example.org"),
        office("C", opened_on="A 123 456 789"),
    ]
    write_csv(tmp_path / "in", "offices", rows)
    (tmp_path / "in/units.csv").write_text("unit_id,office_id,label,kind\nU,call 312-555-0142\n")
    report = checked(tmp_path / "in", out=tmp_path / "out")
    assert report.accepted == 0
    cells = quarantined(tmp_path / "out", "offices").select("office_id", "label", "opened_on").rows()
    assert cells[0][0] is None
    assert cells[1] == ("B", None, None)
    assert cells[2] == ("C", "North office", None)
    assert quarantined(tmp_path / "out", "units")["_line"].to_list() == [None]
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file():
            assert not any(word in path.read_bytes() for word in (b"123456789", b"example.org", b"555-0142"))


def test_the_line_of_a_ragged_row_is_kept_only_where_all_columns_are_declared(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/offices.csv").write_text("office_id,label,time_zone\nA,x\n")
    (tmp_path / "in/units.csv").write_text("unit_id,name\nU,Jane Roe,x\n")
    checked(tmp_path / "in", out=tmp_path / "out")
    assert quarantined(tmp_path / "out", "offices")["_line"].to_list() == ["A,x"]
    assert quarantined(tmp_path / "out", "units")["_line"].to_list() == [None]


def test_rows_found_to_be_duplicates_at_the_end_leave_the_snapshot(tmp_path):
    write_csv(tmp_path / "in", "offices", [office("A"), office("B", opened_on="2020-01-01"), office("B")])
    checked(tmp_path / "in", out=tmp_path / "out")
    assert pl.read_parquet(tmp_path / "out/offices/*.parquet")["office_id"].to_list() == ["A"]
    late = quarantined(tmp_path / "out", "offices")
    assert late["_row"].to_list() == [2, 3]
    assert late["_rules"].to_list() == [["primary_key"], ["primary_key"]]
    assert late["opened_on"].to_list() == ["2020-01-01", None]


def test_what_is_written_adds_up_to_what_was_read(tmp_path):
    rows = [membership(n % 40, case_no="C-000001" if n % 5 else "none") for n in range(1, 60)]
    write_csv(tmp_path / "in", "docket_memberships", rows)
    table = only(checked(tmp_path / "in", out=tmp_path / "out"))
    kept = pl.read_parquet(tmp_path / "out/docket_memberships/*.parquet").height
    assert (kept, quarantined(tmp_path / "out", table.table).height) == (table.accepted, table.quarantined)
    assert kept + table.quarantined == 59


def test_a_table_without_rows_has_a_part_without_rows(tmp_path):
    write_csv(tmp_path / "in", "offices", [], header=["office_id"])
    checked(tmp_path / "in", out=tmp_path / "out")
    snapshot = open_snapshot(tmp_path / "out")
    assert snapshot.manifest.rows("offices") == 0
    assert pl.read_parquet(snapshot.files("offices")[0]).columns == TABLES["offices"].column_names()


def test_a_snapshot_checked_again_is_the_same_snapshot(tmp_path):
    write_csv(tmp_path / "in", "cases", [case(f"C-{n:06}") for n in range(5)])
    checked(tmp_path / "in", out=tmp_path / "one")
    again = checked(tmp_path / "one", out=tmp_path / "two")
    assert again.is_clean
    one, two = (open_snapshot(tmp_path / name).manifest.tables["cases"] for name in ("one", "two"))
    assert one == two


@pytest.mark.parametrize("at_once", [1, 7, 100])
def test_parts_are_sorted_over_all_of_them_and_hold_every_row_once(tmp_path, at_once):
    rows = pl.DataFrame(
        {"case_no": [f"C-{n * 37 % 50:06}" for n in range(50)]}, schema={"case_no": pl.String}
    )
    schema = pl.DataFrame(pl.from_arrow(arrow_schema("cases").empty_table())).schema
    rest = [pl.lit(None, dtype).alias(name) for name, dtype in schema.items() if name != "case_no"]
    rest = [
        pl.lit(value=False).alias(each.meta.output_name())
        if schema[each.meta.output_name()] == pl.Boolean
        else each
        for each in rest
    ]
    full = (
        rows.with_columns(rest)
        .with_columns(pl.lit("x").alias(name) for name in ("office_id", "docket", "state"))
        .with_columns(opened_on=pl.lit(date(2025, 1, 1)))
    )
    parts = write_parts("cases", full.lazy(), tmp_path, at_once=at_once)
    kept = pl.concat([pl.read_parquet(tmp_path / part.path) for part in parts])
    assert kept["case_no"].to_list() == sorted(rows["case_no"].to_list())
    assert sum(part.rows for part in parts) == 50
    assert len(parts) >= min(50, 50 // at_once)


# --- when it cannot be written ----------------------------------------------------------------------


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path):
    write_csv(tmp_path / "in", "offices", [office()])
    (tmp_path / "out").mkdir()
    (tmp_path / "out/mine.txt").write_text("mine")
    with pytest.raises(CannotWriteError, match="name a new folder"):
        check(tmp_path / "in", as_of=AS_OF, out=tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_an_empty_folder_and_what_a_killed_check_left_are_no_hindrance(tmp_path):
    write_csv(tmp_path / "in", "offices", [office()])
    (tmp_path / "out").mkdir()
    (tmp_path / "out.unfinished/.pieces").mkdir(parents=True)
    (tmp_path / "out.unfinished/manifest.json").write_text("{}")
    checked(tmp_path / "in", out=tmp_path / "out")
    assert open_snapshot(tmp_path / "out").manifest.rows("offices") == 1
    assert not (tmp_path / "out.unfinished").exists()


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), pl.exceptions.ComputeError("No space left")]
)
def test_a_full_disk_is_said_and_nothing_is_left(tmp_path, monkeypatch, error):
    def fail(*_args, **_more):
        raise error

    write_csv(tmp_path / "in", "offices", [office()])
    monkeypatch.setattr(folders, "write_parts", fail)
    with pytest.raises(CannotWriteError, match=r"no room to write .* Free space"):
        check(tmp_path / "in", as_of=AS_OF, out=tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


def test_another_failure_to_write_is_said_as_it_is(tmp_path, monkeypatch):
    def fail(*_args, **_more):
        raise PermissionError(13, "Permission denied")

    write_csv(tmp_path / "in", "offices", [office()])
    monkeypatch.setattr(folders, "write_manifest", fail)
    with pytest.raises(CannotWriteError, match="Permission denied"):
        check(tmp_path / "in", as_of=AS_OF, out=tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


def test_a_check_that_is_stopped_leaves_nothing(tmp_path):
    def stop(_progress):
        raise KeyboardInterrupt

    write_csv(tmp_path / "in", "offices", [office()])
    with pytest.raises(KeyboardInterrupt):
        check(tmp_path / "in", as_of=AS_OF, out=tmp_path / "out", progress=stop)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


def test_a_real_write_that_fails_halfway_leaves_nothing_to_mistake_for_a_snapshot(tmp_path):
    rows = [case(f"C-{n:06}", status_code=f"{n * 7919 % 100_003:06}") for n in range(20_000)]
    write_csv(tmp_path / "in", "cases", rows)
    command = [
        sys.executable,
        "-m",
        "closeout.cli.main",
        "check",
        "in",
        "--out",
        "out",
        "--as-of",
        str(AS_OF),
    ]

    def cap_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))

    done = subprocess.run(  # noqa: S603 - our own command
        command,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=cap_files,
        env=os.environ,
    )
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith("closeout check: no room to write out: nothing of it is kept.")
    assert len(done.stderr.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


def test_a_folder_beside_which_nothing_can_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWriteError):
        OutFolder(tmp_path / "file" / "out")
