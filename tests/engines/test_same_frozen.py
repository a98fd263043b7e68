"""What was frozen on one engine verifies on every other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.duties.pack import load_pack
from closeout.evidence.freezing import (
    VERDICTS,
    Hashes,
    StaffingAsked,
    Wanted,
    answers,
    freeze,
    recomputer,
    verify,
    write_frozen,
)
from closeout.evidence.freezing.folder import read_frozen
from closeout.evidence.measures.read import load_measures
from tests.evidence.freezing.judged import judged_snapshot
from tests.evidence.freezing.making import AS_OF, NOON

if TYPE_CHECKING:
    from pathlib import Path

    from closeout.engines import Engine
    from closeout.evidence.freezing import Verified

WHOLE = load_pack()
PACK = replace(WHOLE, clauses=tuple(WHOLE.clause(duty) for duty in ("check-in", "file-review")))
MEASURES = tuple(
    one
    for one in load_measures(None, WHOLE)
    if one.code in {"posts-filled", "proceeding-mismatch-share", "deficiencies-repeated"}
)
EVERYTHING = Wanted(
    measures=MEASURES, verdicts=tuple(VERDICTS), has_duties=True, staffing=StaffingAsked(), is_exact=True
)


def frozen_and_verified(there: Engine, here: Engine, folder: Path) -> Verified:
    """Freeze everything on one engine, and verify it on another."""
    snapshot = judged_snapshot(folder / "records")
    made = answers(there, snapshot, PACK, EVERYTHING, AS_OF)
    write_frozen(
        folder / "evidence",
        [
            freeze(
                one,
                snapshot=snapshot,
                hashes=Hashes(),
                engine=there.name,
                effective_on=AS_OF,
                frozen_at=NOON,
            )
            for one in made
        ],
    )
    return verify(
        folder / "evidence",
        snapshot=snapshot,
        recompute=recomputer(here, snapshot, PACK, MEASURES),
        hashes=Hashes(),
        engine=here.name,
    )


def test_what_duckdb_froze_is_equal_on_every_engine(
    engine: Engine, duck_engine: Engine, tmp_path: Path
) -> None:
    found = frozen_and_verified(duck_engine, engine, tmp_path)
    assert found.is_equal, [one for one in found.results if one.faults or one.differences]
    codes = {*VERDICTS, *(one.code for one in MEASURES), "duties", "staffing"}
    assert {one.code for one in found.results} == codes
    (path,) = (tmp_path / "evidence").glob("deficiencies-repeated.*.json")
    parts = {row["category"] for row in read_frozen(path).rows if row["by"] == "facility_id"}
    assert len(parts) > 1
    said = {note for one in found.results for note in one.notes if note.startswith("the engine is")}
    assert said == (set() if engine.name == "duckdb" else {"the engine is spark, then duckdb"})
