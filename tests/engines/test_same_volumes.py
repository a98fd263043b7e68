"""Volumes are the same on every engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from closeout.duties.clauses import Pack
from closeout.workload.volumes import volumes
from tests.duties.making import table
from tests.duties.random_agency import CLAUSES
from tests.workload.test_planned import EVERY, PLAN, heard

if TYPE_CHECKING:
    from closeout.engines import Engine

NAMES = ("on", "on-other-table", "rolling-held", "within-days", "month", "fiscal-year")


def test_volumes_are_the_same_on_every_engine(engine: Engine, duck_engine: Engine) -> None:
    clauses = tuple(replace(CLAUSES[name], duty=name, minutes=name) for name in NAMES)
    # With hearings whose verifications meet an interval.
    pack = Pack("test", "Test", (*clauses, EVERY, PLAN))
    found = []
    for each in (engine, duck_engine):
        given = {name: each.from_arrow(name, table(name, rows)) for name, rows in heard(5, 40).items()}
        found.append(volumes(each, given, pack, date(2023, 11, 1), date(2024, 5, 1)).to_pylist())
    assert len(found[0]) > 50
    assert len(found[0]) == len(found[1])
    for one, other in zip(*found, strict=True):
        assert one.pop("owed") == pytest.approx(other.pop("owed"))
        assert one == other
