"""What was frozen on one engine verifies on every other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.evidence.freezing.making import write_snapshot
from tests.evidence.freezing.test_recompute import freeze_all, verified

if TYPE_CHECKING:
    from pathlib import Path

    from closeout.engines import Engine


def test_what_duckdb_froze_is_equal_on_every_engine(
    engine: Engine, duck_engine: Engine, tmp_path: Path
) -> None:
    snapshot = write_snapshot(tmp_path / "records")
    freeze_all(duck_engine, snapshot, tmp_path / "evidence")
    found = verified(engine, snapshot, tmp_path / "evidence")
    assert found.is_equal, found
    assert [one.code for one in found.results] == ["posts-filled", "proceeding-mismatch-share"]
    said = {note for one in found.results for note in one.notes if note.startswith("the engine is")}
    assert said == (set() if engine.name == "duckdb" else {"the engine is spark, then duckdb"})
