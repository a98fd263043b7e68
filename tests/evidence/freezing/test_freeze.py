"""Freezing a result, and the folder it is written into."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from closeout.evidence.freezing import FreezeError, FrozenError, Hashes, write_frozen
from closeout.evidence.freezing import versions as versioning
from closeout.evidence.freezing.folder import read_frozen, read_index
from closeout.evidence.freezing.frozen import broken_seals, record_digest
from closeout.evidence.freezing.versions import versions
from tests.evidence.freezing.making import AS_OF, NOON, answer, frozen, write_snapshot


def test_a_record_holds_what_is_needed_to_work_it_out_again(snapshot):
    made = frozen(snapshot)
    assert (made.kind.value, made.code, made.query, made.engine) == ("measure", "late", "SELECT 1", "duckdb")
    assert made.parameters["as_of"] == "2026-09-30"
    assert {"closeout", "python", "duckdb", "ibis-framework"} <= set(made.versions)
    assert list(made.snapshot.tables) == ["positions"]
    (part,) = made.snapshot.tables["positions"]
    assert (part.path, part.rows) == ("positions/part-000.parquet", 77)
    assert part.sha256 == snapshot.manifest.tables["positions"][0].sha256


def test_it_is_in_effect_on_another_day_than_it_was_frozen(snapshot):
    made = frozen(snapshot, effective_on=date(2026, 9, 1))
    assert (made.effective_on, made.frozen_at) == (date(2026, 9, 1), NOON)


def test_frozen_on_another_day_it_has_the_same_id(snapshot):
    one, later = frozen(snapshot), frozen(snapshot, frozen_at=NOON + timedelta(days=40))
    assert one.id == later.id
    assert one.id.startswith("late.2026-09-30.")
    assert one.record_sha256 != later.record_sha256


def test_another_result_has_another_id(snapshot):
    other = answer(rows=[{"office_id": "A", "late": 13, "share": 0.1}])
    assert frozen(snapshot).id != frozen(snapshot, other).id


def test_no_place_on_a_machine_is_written(snapshot, tmp_path):
    write_frozen(tmp_path / "evidence", [frozen(snapshot)])
    for path in (tmp_path / "evidence").iterdir():
        assert str(tmp_path) not in path.read_text()


def test_a_table_that_was_not_there_is_kept_as_missing(snapshot):
    made = frozen(snapshot, answer(reads=("positions", "holds")))
    assert made.snapshot.tables["holds"] == ()


def test_a_result_that_does_not_say_what_it_reads_rests_on_every_table(snapshot):
    made = frozen(snapshot, answer(reads=None))
    assert list(made.snapshot.tables) == ["offices", "positions", "verifications"]


def test_records_that_are_not_what_their_manifest_says_are_refused(snapshot):
    with (snapshot.folder / "positions" / "part-000.parquet").open("ab") as file:
        file.write(b"x")
    with pytest.raises(
        FreezeError, match=r"positions/part-000.parquet: the manifest says \w{12}, the file is"
    ):
        frozen(snapshot)
    assert frozen(snapshot, answer(reads=("verifications",))).id


def test_an_instant_without_a_time_zone_is_refused(snapshot):
    with pytest.raises(FreezeError, match="time zone"):
        frozen(snapshot, frozen_at=datetime(2026, 10, 1))  # noqa: DTZ001 - that is what is refused


def test_what_is_written_is_read_back_the_same(snapshot, tmp_path):
    made = frozen(snapshot)
    write_frozen(tmp_path / "evidence", [made])
    again = read_frozen(tmp_path / "evidence" / f"{made.id}.json")
    assert again == made
    assert broken_seals(again) == []


def test_many_rows_go_into_a_file_of_their_own(snapshot, tmp_path):
    rows = [{"office_id": f"O-{i:04}", "late": i, "share": i / 7 if i % 3 else None} for i in range(800)]
    made = frozen(snapshot, answer(rows=rows))
    write_frozen(tmp_path / "evidence", [made])
    names = {path.name for path in (tmp_path / "evidence").iterdir()}
    assert names == {f"{made.id}.json", f"{made.id}.rows.parquet", "index.json"}
    assert read_frozen(tmp_path / "evidence" / f"{made.id}.json") == made


@pytest.mark.parametrize(
    "late",
    [lambda i: i or 0.5, lambda i: i if i % 2 else "not shown", lambda i: [i] if i else None],
    ids=["whole-and-broken", "numbers-and-words", "lists-and-nothing"],
)
def test_rows_that_mix_kinds_come_back_as_they_were(snapshot, tmp_path, late):
    rows = [
        {"office_id": f"O-{i:04}", "late": late(i)} | ({"share": 0.5} if i > 9 else {}) for i in range(800)
    ]
    made = frozen(snapshot, answer(rows=rows))
    write_frozen(tmp_path / "evidence", [made])
    assert (tmp_path / "evidence" / f"{made.id}.rows.parquet").is_file()
    assert read_frozen(tmp_path / "evidence" / f"{made.id}.json").rows == tuple(rows)


def test_nothing_is_overwritten(snapshot, tmp_path):
    made = frozen(snapshot)
    write_frozen(tmp_path / "evidence", [made])
    before = (tmp_path / "evidence" / f"{made.id}.json").read_bytes()
    with pytest.raises(FreezeError, match="frozen already"):
        write_frozen(tmp_path / "evidence", [frozen(snapshot, frozen_at=NOON + timedelta(days=1))])
    assert (tmp_path / "evidence" / f"{made.id}.json").read_bytes() == before


def test_a_result_is_added_beside_those_that_are_there(snapshot, tmp_path):
    first = write_frozen(tmp_path / "evidence", [frozen(snapshot)])
    second = write_frozen(tmp_path / "evidence", [frozen(snapshot, answer("early"))])
    index = read_index(tmp_path / "evidence")
    assert [entry.code for entry in index.entries] == ["early", "late"]
    assert first != second == index.digest


def test_the_same_twice_in_one_go_is_refused(snapshot, tmp_path):
    with pytest.raises(FreezeError, match="frozen already"):
        write_frozen(tmp_path / "evidence", [frozen(snapshot), frozen(snapshot)])
    assert not (tmp_path / "evidence").exists()


def test_a_folder_with_other_things_in_it_is_refused(snapshot, tmp_path):
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "letter.txt").write_text("Dear")
    with pytest.raises(FreezeError, match="holds no frozen results"):
        write_frozen(tmp_path / "evidence", [frozen(snapshot)])


def test_nothing_is_added_to_an_index_that_was_changed(snapshot, tmp_path):
    write_frozen(tmp_path / "evidence", [frozen(snapshot)])
    path = tmp_path / "evidence" / "index.json"
    said = json.loads(path.read_text())
    said["results"][0]["code"] = "other"
    path.write_text(json.dumps(said))
    with pytest.raises(FrozenError, match="was changed"):
        write_frozen(tmp_path / "evidence", [frozen(snapshot, answer("early"))])


def test_what_was_left_of_a_broken_off_run_does_not_count_as_frozen(snapshot, tmp_path):
    made = frozen(snapshot)
    (tmp_path / "evidence").mkdir()
    write_frozen(tmp_path / "evidence", [frozen(snapshot, answer("early"))])
    (tmp_path / "evidence" / f"{made.id}.json").write_text("{half")
    write_frozen(tmp_path / "evidence", [made])
    assert read_frozen(tmp_path / "evidence" / f"{made.id}.json") == made


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "late.json"),
        ("[]", "late.json is no frozen result"),
        ("{}", "format None"),
        ('{"format": 1}', "cannot be read"),
    ],
)
def test_what_is_no_frozen_result_is_refused(tmp_path, text, said):
    path = tmp_path / "late.json"
    path.write_text(text)
    with pytest.raises(FrozenError, match=said):
        read_frozen(path)


def test_files_are_hashed_once_in_a_run(snapshot):
    said = []
    hashes = Hashes(told=said.append)
    files = snapshot.files("positions") + snapshot.files("verifications")
    found = hashes.of(files)
    assert hashes.of(files) == found
    assert said == [
        "hashed positions/part-000.parquet (1 of 2)",
        "hashed verifications/part-000.parquet (2 of 2)",
    ]
    assert hashes.of([snapshot.folder / "none"]) == {snapshot.folder / "none": None}


def test_a_whole_snapshot_can_be_written_anew_with_the_same_digests(snapshot, tmp_path):
    again = write_snapshot(tmp_path / "again")
    assert frozen(again).snapshot == frozen(snapshot).snapshot
    assert frozen(again).parameters["as_of"] == AS_OF.isoformat()


def test_an_id_of_another_content_is_found(snapshot):
    named = replace(frozen(snapshot), id="late.2026-09-30.000000000000", seals={})
    forged = replace(named, record_sha256=record_digest(named))
    assert broken_seals(forged) == ["the record's id is not the one its content gives"]


def test_a_package_that_is_not_there_is_said_to_be_not_installed(monkeypatch):
    monkeypatch.setitem(versioning._OF_ENGINE, "abacus", "closeout-abacus")
    assert versions("abacus")["closeout-abacus"] == "not installed"
    assert "pyspark" not in versions("none")
