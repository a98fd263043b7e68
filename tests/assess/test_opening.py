"""Records are a snapshot that is what its manifest says, or tables checked into one."""

from __future__ import annotations

import json
from datetime import date

import pytest

from closeout.assess.errors import CannotKeepError, NothingToAssessError
from closeout.assess.opening import open_records

DAY = date(2026, 9, 30)
OFFICES = "office_id,name,kind,region,opened_on,closed_on\n"


def opened(folder, work, as_of=DAY):
    """Return the records in a folder."""
    return open_records(folder, as_of=as_of, work=work, told=lambda _said: None)


def test_a_snapshot_is_taken_as_it_is(small, tmp_path):
    found = opened(small, tmp_path)
    assert found.is_whole
    assert found.notes == ()
    assert found.snapshot.folder == small
    assert len(found.facts["manifest_sha256"]) == 64
    assert {table["table"] for table in found.facts["tables"]} == set(found.snapshot.manifest.tables)


def test_a_table_whose_file_was_changed_is_left_out(records, tmp_path):
    file = next((records / "file_reviews").glob("*.parquet"))
    file.write_bytes(file.read_bytes() + b"x")
    found = opened(records, tmp_path)
    assert not found.is_whole
    assert "file_reviews" not in found.snapshot.manifest.tables
    assert "cases" in found.snapshot.manifest.tables
    (note,) = found.notes
    assert note.startswith("file_reviews/part-000.parquet: the manifest says ")
    assert note.endswith("; the table is left out")


def test_a_table_whose_file_is_missing_is_left_out(records, tmp_path):
    next((records / "file_reviews").glob("*.parquet")).unlink()
    found = opened(records, tmp_path)
    assert not found.is_whole
    assert "file_reviews" not in found.snapshot.manifest.tables
    assert "cases" in found.snapshot.manifest.tables
    assert found.notes == (
        "file_reviews/part-000.parquet: the manifest lists it, the file is missing; the table is left out",
    )


def test_a_folder_that_is_not_there_says_what_to_do(tmp_path):
    with pytest.raises(NothingToAssessError, match="closeout example --out DIR"):
        opened(tmp_path / "none", tmp_path)


def test_a_folder_without_tables_is_refused(tmp_path):
    (tmp_path / "records").mkdir()
    with pytest.raises(NothingToAssessError, match="holds no table"):
        opened(tmp_path / "records", tmp_path)


def test_an_unreadable_manifest_is_refused(records, tmp_path):
    (records / "manifest.json").write_text("{")
    with pytest.raises(NothingToAssessError, match="cannot be read as a manifest"):
        opened(records, tmp_path)


def test_a_snapshot_whose_every_file_was_changed_is_refused(records, tmp_path):
    for file in records.rglob("*.parquet"):
        file.write_bytes(b"x")
    with pytest.raises(NothingToAssessError, match="take the snapshot anew"):
        opened(records, tmp_path)


@pytest.mark.parametrize(
    ("as_of", "note"),
    [
        (date(2026, 9, 29), "The records stand as of 2026-09-30; what happened after 2026-09-29 is left out"),
        (date(2026, 10, 2), "The records stand as of 2026-09-30, 2 days before 2026-10-02"),
        (
            date(2015, 1, 1),
            (
                "2015-01-01 lies before the records begin: the first case was opened on 2017-07-19; "
                "take a day from then to 2026-09-30, since little can be concluded of any earlier one"
            ),
        ),
    ],
)
def test_another_day_than_the_records_is_said(small, tmp_path, as_of, note):
    found = opened(small, tmp_path, as_of)
    assert found.notes == (note,)
    assert found.is_whole


def tables(tmp_path, rows: str):
    """Return a folder with a table of offices."""
    folder = tmp_path / "tables"
    folder.mkdir(exist_ok=True)
    (folder / "offices.csv").write_text(OFFICES + rows)
    return folder


def test_tables_are_checked_into_a_snapshot_and_a_quarantine(tmp_path):
    folder = tables(
        tmp_path, "F01,Office 1,field_office,R1,2020-01-01,\nF01,Again,field_office,R1,2020-01-01,\n"
    )
    found = opened(folder, tmp_path / "work")
    assert not found.is_whole
    assert found.facts["checked"]["read"] == 2
    quarantined = found.facts["checked"]["quarantined"]
    assert quarantined >= 1
    assert found.notes == (f"offices: {quarantined} of 2 rows are in the quarantine",)
    assert (tmp_path / "work/snapshot/quarantine/offices.parquet").is_file()


def test_what_an_interrupted_run_checked_is_taken_again(tmp_path):
    folder = tables(tmp_path, "F01,Office 1,field_office,R1,2020-01-01,\n")
    first = opened(folder, tmp_path / "work")
    stamp = tmp_path / "work/snapshot/checked-from.json"
    kept = json.loads(stamp.read_text())
    kept["report"]["accepted"] = 77
    stamp.write_text(json.dumps(kept))
    assert opened(folder, tmp_path / "work").facts["checked"]["accepted"] == 77
    assert first.snapshot == opened(folder, tmp_path / "work").snapshot


@pytest.mark.parametrize("change", ["row", "day"])
def test_other_files_or_another_day_are_checked_anew(tmp_path, change):
    opened(tables(tmp_path, "F01,Office 1,field_office,R1,2020-01-01,\n"), tmp_path / "work")
    more = "F02,Office 2,field_office,R1,2020-01-01,\n" if change == "row" else ""
    folder = tables(tmp_path, "F01,Office 1,field_office,R1,2020-01-01,\n" + more)
    found = opened(folder, tmp_path / "work", DAY if change == "row" else date(2026, 10, 1))
    assert found.facts["checked"]["read"] == (2 if change == "row" else 1)
    assert found.snapshot.as_of == (DAY if change == "row" else date(2026, 10, 1))


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    folder = tables(tmp_path, "F01,Office 1,field_office,R1,2020-01-01,\n")
    (tmp_path / "work").write_text("a file")
    with pytest.raises(CannotKeepError, match="cannot be written"):
        opened(folder, tmp_path / "work")
