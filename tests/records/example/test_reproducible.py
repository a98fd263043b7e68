"""The same seed gives the same bytes; another gives other rows."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from closeout.records.example import ExampleError, write_example
from closeout.records.example.size import SIZES
from closeout.records.snapshot import open_snapshot, verify
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from pathlib import Path

    from closeout.records.snapshot import Snapshot


def _digests(snapshot: Snapshot) -> dict[str, str]:
    return {part.path: part.sha256 for parts in snapshot.manifest.tables.values() for part in parts}


def test_the_same_seed_and_size_give_the_same_bytes(small: Snapshot, tmp_path: Path) -> None:
    again = write_example(tmp_path / "again")
    assert _digests(again) == _digests(small)
    names = ("manifest.json", "defects.json")
    assert all((again.folder / name).read_bytes() == (small.folder / name).read_bytes() for name in names)


def test_another_seed_gives_other_cases(small: Snapshot, tmp_path: Path) -> None:
    other = write_example(tmp_path / "other", seed=2)
    assert _digests(other)["cases/part-000.parquet"] != _digests(small)["cases/part-000.parquet"]


def test_cases_in_several_chunks_give_the_same_bytes_whichever_is_done_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SIZES, "small", replace(SIZES["small"], chunk=1_000))
    written = [write_example(tmp_path / name) for name in ("one", "two")]
    assert _digests(written[0]) == _digests(written[1])
    assert len(written[0].files("check_ins")) == 5
    ids = [part.rows for part in written[0].manifest.tables["cases"]]
    assert ids[:-1] == [1_000] * 4


def test_what_was_written_is_a_whole_snapshot(small: Snapshot) -> None:
    read = open_snapshot(small.folder)
    assert verify(read) == []
    assert set(read.manifest.tables) == set(TABLES)
    assert read.as_of == date(2026, 9, 30)


def test_the_notes_name_size_and_seed_and_list_the_defects(small: Snapshot) -> None:
    notes = open_snapshot(small.folder).manifest.notes
    assert notes["example"] == {"size": "small", "seed": 1}
    assert notes["defects"] == json.loads((small.folder / "defects.json").read_text(encoding="utf-8"))


def test_progress_ends_with_the_last_step(tmp_path: Path) -> None:
    told = []
    write_example(tmp_path / "out", progress=told.append)
    assert told
    assert told[-1].done == told[-1].steps
    assert [one.rows for one in told] == sorted(one.rows for one in told)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"size": "huge"}, "small, region, national"),
        ({"as_of": date(2019, 1, 1)}, "not 2019-01-01"),
        ({"as_of": date(2040, 1, 1)}, "not 2040-01-01"),
    ],
)
def test_what_cannot_be_written_is_refused(tmp_path: Path, asked: dict[str, object], said: str) -> None:
    with pytest.raises(ExampleError, match=said):
        write_example(tmp_path / "out", **asked)  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()


def test_a_folder_with_a_snapshot_is_left_alone(small: Snapshot) -> None:
    before = (small.folder / "manifest.json").read_bytes()
    with pytest.raises(ExampleError, match="holds a snapshot already"):
        write_example(small.folder, seed=3)
    assert (small.folder / "manifest.json").read_bytes() == before
