"""Verifying with a function that is given: what is told apart, and what tampering does."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest

from closeout.evidence.freezing import Finding, FrozenError, Hashes, verify, write_frozen
from closeout.evidence.freezing import notes as noting
from closeout.evidence.freezing.canonical import digest
from closeout.evidence.freezing.folder import entry_of, read_frozen, write_index
from closeout.evidence.freezing.frozen import sealed
from closeout.records.snapshot import open_snapshot
from tests.evidence.freezing.making import answer, frozen, posts, write_snapshot


@pytest.fixture
def evidence(snapshot, tmp_path):
    folder = tmp_path / "evidence"
    write_frozen(folder, [frozen(snapshot), frozen(snapshot, answer("checked", reads=("verifications",)))])
    return folder


def verified(folder, snapshot, *, rows=None, given=None, engine="duckdb", pack="p1", expected=""):
    def recompute(asked):
        return {one.id: given or answer(one.code, rows=rows) for one in asked}

    return verify(
        folder,
        snapshot=snapshot,
        recompute=recompute,
        hashes=Hashes(),
        engine=engine,
        pack_digest=pack,
        expected=expected,
    )


def findings(found):
    return {one.code: one.finding.value for one in found.results}


def file_of(folder, code):
    return next(path for path in folder.glob(f"{code}.*.json"))


def change(path, **said):
    path.write_text(json.dumps(json.loads(path.read_text()) | said))


def test_what_is_worked_out_the_same_is_equal(evidence, snapshot):
    found = verified(evidence, snapshot)
    assert found.is_equal
    assert findings(found) == {"late": "equal", "checked": "equal"}
    assert all(one.notes == () for one in found.results)


def test_one_file_can_be_verified_alone(evidence, snapshot):
    found = verified(file_of(evidence, "late"), snapshot)
    assert findings(found) == {"late": "equal"}
    assert found.digest == ""


def test_the_folder_may_be_moved(evidence, snapshot, tmp_path):
    shutil.move(evidence, tmp_path / "elsewhere")
    shutil.move(snapshot.folder, tmp_path / "other records")
    assert verified(tmp_path / "elsewhere", open_snapshot(tmp_path / "other records")).is_equal


def test_what_differs_is_named_by_office_and_value(evidence, snapshot):
    rows = [{"office_id": "A", "late": 13, "share": 0.1}, {"office_id": "C", "late": 40, "share": 0.3}]
    found = verified(file_of(evidence, "late"), snapshot, rows=rows)
    (one,) = found.results
    assert one.finding is Finding.DIFFERS
    assert [str(each) for each in one.differences] == [
        "office_id A: late was 12, is 13",
        "office_id B: the row is gone",
        "office_id C: the row is new",
    ]
    assert not found.is_equal


def test_the_last_digits_of_a_float_are_no_difference(evidence, snapshot):
    rows = [
        {"office_id": "A", "late": 12, "share": 0.10000000000000002},
        {"office_id": "B", "late": 40, "share": 0.3},
    ]
    (one,) = verified(file_of(evidence, "late"), snapshot, rows=rows).results
    assert one.finding is Finding.EQUAL
    assert one.notes == ("1 figures differ in their last digits only, as libraries round them",)


def test_a_float_further_off_is_a_difference(evidence, snapshot):
    rows = [{"office_id": "A", "late": 12, "share": 0.1000001}, {"office_id": "B", "late": 40, "share": 0.3}]
    (one,) = verified(file_of(evidence, "late"), snapshot, rows=rows).results
    assert one.finding is Finding.DIFFERS


def test_records_that_changed_break_only_the_results_that_read_them(evidence, tmp_path):
    # One post of B more is vacant; the verifications are the same.
    other = write_snapshot(tmp_path / "other", positions=posts("A", 20, 15) + posts("B", 29, 13))
    found = verified(evidence, other)
    assert findings(found) == {"late": "records_changed", "checked": "equal"}
    late = next(one for one in found.results if one.code == "late")
    assert late.faults == ("table positions is not the one that was frozen: 77 rows then, 77 now",)
    assert all("the snapshot is another one" in one.notes[0] for one in found.results)


def test_records_that_changed_with_another_result_differ(evidence, tmp_path):
    other = write_snapshot(tmp_path / "other", positions=posts("A", 20, 16) + posts("B", 30, 12))
    rows = [{"office_id": "A", "late": 13, "share": 0.1}, {"office_id": "B", "late": 40, "share": 0.3}]
    (one,) = verified(file_of(evidence, "late"), other, rows=rows).results
    assert one.finding is Finding.DIFFERS
    assert one.faults == ("table positions is not the one that was frozen: 77 rows then, 78 now",)


def test_a_snapshot_file_that_was_tampered_with_is_found(evidence, snapshot):
    path = snapshot.folder / "positions" / "part-000.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    found = verified(evidence, snapshot)
    assert findings(found) == {"late": "damaged", "checked": "equal"}
    assert "positions/part-000.parquet: the manifest says" in found.results[1].faults[0]


def test_a_snapshot_file_that_is_gone_is_found(evidence, snapshot):
    (snapshot.folder / "positions" / "part-000.parquet").unlink()
    found = verified(evidence, snapshot)
    assert findings(found) == {"late": "damaged", "checked": "equal"}
    assert "cannot be read" in found.results[1].faults[0]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"rows": [{"office_id": "A", "late": 11, "share": 0.1}]}, "the rows are not those that were frozen"),
        ({"query": "SELECT 2"}, "the record is not the one that was frozen; changed: query"),
        ({"effective_on": "2020-01-01"}, "the record is not the one that was frozen; changed: effective_on"),
        ({"versions": {}}, "the record is not the one that was frozen; changed: versions"),
        ({"definition": {}}, "the record is not the one that was frozen; changed: definition"),
        (
            {"parameters": {"as_of": "2025-09-30"}},
            "the record is not the one that was frozen; changed: parameters",
        ),
        (
            {"frozen_at": "2026-10-02T12:00:00+00:00"},
            "the record is not the one that was frozen; changed: frozen_at",
        ),
        (
            {"record_sha256": "0"},
            "the record is not the one that was frozen; changed: seals or record_sha256",
        ),
        ({"seals": {}}, "the record is not the one that was frozen"),
    ],
)
def test_a_record_that_was_tampered_with_is_found(evidence, snapshot, said, fault):
    path = file_of(evidence, "late")
    change(path, **said)
    alone = verified(path, snapshot).results[0]
    assert alone.finding is Finding.TAMPERED
    assert fault in alone.faults
    found = verified(evidence, snapshot)
    assert findings(found) == {"late": "tampered", "checked": "equal"}
    assert f"{path.name} is not the file that the index lists" in found.results[1].faults


def test_a_record_sealed_anew_does_not_fit_the_index(evidence, snapshot):
    path = file_of(evidence, "late")
    forged = sealed(replace(read_frozen(path), rows=({"office_id": "A", "late": 1, "share": 0.0},)))
    entry_of(evidence, forged)
    shutil.move(evidence / f"{forged.id}.json", path)
    found = verified(evidence, snapshot)
    assert [one.finding.value for one in found.results] == ["equal", "tampered"]
    assert any("the index calls it" in fault for fault in found.results[1].faults)


def test_an_index_that_was_made_anew_does_not_have_the_digest_noted(evidence, snapshot):
    noted = verified(evidence, snapshot).digest
    assert verified(evidence, snapshot, expected=noted).is_equal
    path = file_of(evidence, "late")
    forged = sealed(replace(read_frozen(path), title="Forged"))
    write_index(evidence, [entry_of(evidence, forged)])
    found = verified(evidence, snapshot, expected=noted)
    assert not found.is_equal
    assert found.faults[-1].endswith(f"and not {noted[:12]} as expected")


def test_an_index_that_was_changed_is_found(evidence, snapshot):
    path = evidence / "index.json"
    said = json.loads(path.read_text())
    said["results"].pop()
    path.write_text(json.dumps(said))
    found = verified(evidence, snapshot)
    assert found.faults[0] == "index.json was changed: its digest is not that of what it lists"
    assert "is not in the index" in found.faults[1]


def test_a_file_beside_the_index_is_told(evidence, snapshot):
    (evidence / "stray.txt").write_text("x")
    found = verified(evidence, snapshot)
    assert found.faults == ("stray.txt is not in the index",)
    assert not found.is_equal


def test_a_record_that_is_gone_or_broken_is_found_and_the_rest_goes_on(evidence, snapshot):
    file_of(evidence, "late").unlink()
    found = verified(evidence, snapshot)
    assert findings(found) == {"late": "damaged", "checked": "equal"}
    file_of(evidence, "checked").write_text("{")
    assert findings(verified(evidence, snapshot)) == {"late": "damaged", "checked": "damaged"}


def test_rows_in_a_file_of_their_own_are_sealed_too(snapshot, tmp_path):
    rows = [{"office_id": f"O-{i:04}", "late": i, "share": 0.5} for i in range(600)]
    made = frozen(snapshot, answer(rows=rows))
    write_frozen(tmp_path / "evidence", [made])
    assert verified(tmp_path / "evidence", snapshot, rows=rows).is_equal
    path = tmp_path / "evidence" / f"{made.id}.rows.parquet"
    kept = path.read_bytes()
    path.write_bytes(kept[:-1])
    assert verified(tmp_path / "evidence", snapshot, rows=rows).results[0].finding is Finding.DAMAGED
    path.unlink()
    (gone,) = verified(tmp_path / "evidence", snapshot, rows=rows).results
    assert gone.finding is Finding.DAMAGED
    assert gone.faults == (f"{path.name} is missing",)


def test_what_cannot_be_worked_out_again_says_why(evidence, snapshot):
    found = verified(file_of(evidence, "late"), snapshot, given="the pack has no measure late")
    (one,) = found.results
    assert (one.finding, one.faults) == (Finding.NOT_RECOMPUTED, ("the pack has no measure late",))
    assert not found.is_equal


def test_other_versions_engines_and_packs_are_told_and_no_difference(evidence, snapshot, monkeypatch):
    monkeypatch.setattr(noting, "versions", lambda _engine: {"closeout": "99", "pyspark": "4"})
    found = verified(file_of(evidence, "late"), snapshot, engine="spark", pack="p2")
    (one,) = found.results
    assert found.is_equal
    assert one.notes[0] == "the engine is spark, then duckdb"
    assert one.notes[1].startswith("versions differ: closeout 99, then ")
    assert one.notes[2] == "the pack is another one: its digest is p2, then p1"


def test_a_measure_that_is_declared_otherwise_is_told(evidence, snapshot):
    given = answer(definition={"measure": "late"}, query="SELECT 2")
    (one,) = verified(file_of(evidence, "late"), snapshot, given=given).results
    assert one.notes == ("late is declared otherwise now", "the statement that ran is another one")


def test_a_folder_without_frozen_results_is_refused(snapshot, tmp_path):
    with pytest.raises(FrozenError, match=r"holds no frozen results: it has no index.json"):
        verified(tmp_path, snapshot)
    (tmp_path / "index.json").write_text("[]")
    with pytest.raises(FrozenError, match="cannot be read as the index"):
        verified(tmp_path, snapshot)


def test_an_index_cannot_lead_out_of_its_folder(evidence, snapshot, tmp_path):
    outside = tmp_path / "outside.json"
    outside.write_text(file_of(evidence, "late").read_text())
    said = json.loads((evidence / "index.json").read_text())
    said["results"] = [said["results"][1] | {"file": "../outside.json"}]
    said["digest"] = digest({"format": 1, "results": said["results"]})
    (evidence / "index.json").write_text(json.dumps(said))
    assert verified(evidence, snapshot).results[0].faults == ("outside.json is missing",)
