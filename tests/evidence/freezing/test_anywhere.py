"""A frozen result verifies wherever it is taken: another folder, process, time zone and language."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace

import pytest

from closeout.duties.pack import load_pack
from closeout.evidence.freezing import (
    VERDICTS,
    Hashes,
    StaffingAsked,
    Wanted,
    answers,
    freeze,
    write_frozen,
)
from closeout.evidence.measures.read import load_measures
from closeout.records.snapshot import open_snapshot
from tests.evidence.freezing.judged import judged_snapshot
from tests.evidence.freezing.making import AS_OF, NOON

PACK = load_pack()
MEASURES = [
    one for one in load_measures(None, PACK) if one.code in {"posts-filled", "proceeding-mismatch-share"}
]


@pytest.fixture(scope="module")
def made(tmp_path_factory, engine):
    """Return a folder with records, and everything that can be frozen of them."""
    folder = tmp_path_factory.mktemp("made")
    snapshot = judged_snapshot(folder / "records")
    wanted = Wanted(measures=MEASURES, verdicts=tuple(VERDICTS), has_duties=True, staffing=StaffingAsked())
    given = {"snapshot": snapshot, "hashes": Hashes(), "engine": engine.name}
    found = answers(engine, snapshot, PACK, wanted, AS_OF)
    write_frozen(
        folder / "evidence", [freeze(one, effective_on=AS_OF, frozen_at=NOON, **given) for one in found]
    )
    return folder


PLACES = [
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Adak", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "2", "PYTHONUTF8": "0"},
]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place["TZ"])
def test_it_is_equal_in_another_place(made, tmp_path, place):
    shutil.copytree(made, tmp_path / "taken along")
    shutil.move(tmp_path / "taken along" / "evidence", tmp_path / "letter")
    found = subprocess.run(
        [sys.executable, "-m", "closeout.cli.main", "verify", "letter", "taken along/records"],
        cwd=tmp_path,
        env={**os.environ, **place},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr
    assert found.stdout.startswith("10 results: 10 equal.\n")


def test_frozen_again_on_another_day_it_has_the_same_ids_and_results(made, engine):
    snapshot = open_snapshot(made / "records")
    given = {"snapshot": snapshot, "hashes": Hashes(), "engine": engine.name, "effective_on": AS_OF}
    wanted = Wanted(verdicts=tuple(VERDICTS))
    found = answers(engine, snapshot, PACK, wanted, AS_OF)
    later = NOON.replace(year=2031)
    again = {freeze(one, frozen_at=later, **given).id for one in found}
    assert again < {path.name.removesuffix(".json") for path in (made / "evidence").glob("*.json")}


def test_in_effect_on_another_day_it_is_another_result(made, engine):
    snapshot = open_snapshot(made / "records")
    (found,) = answers(engine, snapshot, PACK, Wanted(verdicts=("agreements",)), AS_OF)
    given = {"snapshot": snapshot, "hashes": Hashes(), "engine": engine.name, "frozen_at": NOON}
    one, other = (freeze(found, effective_on=on, **given) for on in (AS_OF, AS_OF.replace(year=2027)))
    assert one.id != other.id
    assert one.result_sha256 == other.result_sha256
    assert replace(other, effective_on=AS_OF, id="", seals={}, record_sha256="") == replace(
        one, id="", seals={}, record_sha256=""
    )
