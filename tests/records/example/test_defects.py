"""The planted defects are listed with keys that exist, under names that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from closeout.duties.clauses import State
from closeout.duties.integrity import RULES
from closeout.duties.pack import load_pack
from closeout.records.example.catalog import defects
from closeout.records.tables import TABLES
from closeout.workload.study.faults import Fault
from tests.each import for_each

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from closeout.duties.clauses import Pack
    from closeout.records.snapshot import Snapshot

DEFECTS = defects()
CHECKED = {"flow", "carry", "parts", "members", "one_docket"}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


@pytest.fixture(scope="module")
def listed(small: Snapshot) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in small.manifest.notes["defects"]}


@for_each("defect", [one.id for one in DEFECTS])
def test_every_defect_is_planted_in_rows_that_exist(
    listed: dict[str, dict[str, Any]], tables: Mapping[str, pl.DataFrame], defect: str
) -> None:
    one = listed[defect]
    known = {str(key) for key in tables[one["table"]][TABLES[one["table"]].key()]}
    assert one["count"] == len(one["keys"]) > 0
    assert set(one["keys"]) <= known
    assert len(set(one["keys"])) == len(one["keys"])


@for_each("defect", [one.id for one in DEFECTS])
def test_every_defect_names_what_finds_it(pack: Pack, defect: str) -> None:
    (one,) = (each for each in DEFECTS if each.id == defect)
    names = {
        "duty": {clause.duty for clause in pack.clauses},
        "integrity": set(RULES),
        "check": CHECKED,
        "records": set(TABLES[one.table].column_names()),
        "study": set(Fault),
    }
    assert one.name in names[one.found_by]
    assert (one.state in set(State)) == (one.found_by == "duty")


def test_a_duty_that_finds_a_defect_is_owed_by_the_defects_table(pack: Pack) -> None:
    for one in DEFECTS:
        if one.found_by == "duty":
            assert pack.clause(one.name).owes == one.table, one.id


def test_ids_are_given_once() -> None:
    assert len({one.id for one in DEFECTS}) == len(DEFECTS)


def test_every_part_of_the_systems_list_has_a_defect() -> None:
    assert {one.section[0] for one in DEFECTS} == set("ABCDEFGHI")


def test_no_case_carries_two_defects_of_its_own(listed: dict[str, dict[str, Any]]) -> None:
    shared = {"file-review-without-basis"}
    keys = [
        key
        for one in listed.values()
        if one["table"] == "cases" and one["id"] not in shared
        for key in one["keys"]
    ]
    assert len(set(keys)) == len(keys)


def test_every_policy_that_the_pack_rests_on_is_in_the_library(
    pack: Pack, tables: Mapping[str, pl.DataFrame]
) -> None:
    named = {version.basis.policy for clause in pack.clauses for version in clause.versions}
    assert named <= set(tables["policies"]["policy_id"])
