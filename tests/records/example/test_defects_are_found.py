"""Every planted defect is found by the duty, the integrity rule or the reconciliation that the list names."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from closeout.duties.integrity import run_integrity
from closeout.duties.pack import load_pack
from closeout.duties.run import open_tables, run_pack
from closeout.engines import connect
from closeout.records.checking.check import check
from closeout.records.example import write_example
from closeout.records.example.catalog import defects

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import ibis.expr.types as ir

    from closeout.engines import Engine
    from closeout.records.snapshot import Snapshot


@pytest.fixture(scope="module")
def opened(small: Snapshot) -> Iterator[tuple[Engine, Mapping[str, ir.Table]]]:
    with closing(connect("duckdb://")) as engine:
        yield engine, open_tables(engine, small)


@pytest.fixture(scope="module")
def listed(small: Snapshot) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in small.manifest.notes["defects"]}


def _missing(one: dict[str, Any], found: set[str]) -> list[str]:
    return [key for key in one["keys"] if key not in found]


def test_the_integrity_rules_find_theirs(
    opened: tuple[Engine, Mapping[str, ir.Table]], small: Snapshot, listed: dict[str, dict[str, Any]]
) -> None:
    engine, tables = opened
    wanted = [one for one in defects() if one.found_by == "integrity"]
    missed = {}
    for rule, rows in run_integrity(tables, small.as_of):
        theirs = [one for one in wanted if one.name == rule.name]
        if not theirs:
            continue
        found = set(engine.to_arrow(rows.select("subject"))["subject"].to_pylist())
        missed |= {one.id: lost for one in theirs if (lost := _missing(listed[one.id], found))}
    assert missed == {}


def test_the_duties_find_theirs(
    opened: tuple[Engine, Mapping[str, ir.Table]], small: Snapshot, listed: dict[str, dict[str, Any]]
) -> None:
    engine, tables = opened
    wanted = [one for one in defects() if one.found_by == "duty"]
    pack = load_pack()
    names = {one.name for one in wanted}
    needed = replace(pack, clauses=tuple(one for one in pack.clauses if one.duty in names))
    missed = {}
    for clause, rows in run_pack(engine, tables, needed, small.as_of):
        states = engine.to_arrow(rows.select("subject", "state")).to_pylist()
        for one in wanted:
            if one.name == clause.duty:
                found = {row["subject"] for row in states if row["state"] == one.state}
                if lost := _missing(listed[one.id], found):
                    missed[one.id] = lost
    assert missed == {}


def test_no_service_issue_is_a_missed_duty(
    opened: tuple[Engine, Mapping[str, ir.Table]], small: Snapshot, listed: dict[str, dict[str, Any]]
) -> None:
    engine, tables = opened
    pack = load_pack()
    needed = replace(pack, clauses=(pack.clause("check-in"),))
    ((_, rows),) = run_pack(engine, tables, needed, small.as_of)
    missed = set(engine.to_arrow(rows.filter(rows.is_missed).select("subject"))["subject"].to_pylist())
    assert not missed & set(listed["check-in-service-issue"]["keys"])


def test_a_check_accepts_all_but_the_bad_rows_and_reports_the_sums_that_do_not_agree(tmp_path: Path) -> None:
    snapshot = write_example(tmp_path / "out", with_bad_rows=True)
    bad = snapshot.manifest.notes["bad_rows"]
    report = check(snapshot.folder, as_of=snapshot.as_of, out=tmp_path / "checked")
    assert report.quarantined == len(bad) == 15
    assert report.read - report.quarantined == sum(map(snapshot.manifest.rows, snapshot.manifest.tables))
    kept = {table: _kept(tmp_path / "checked", table) for table in {one["table"] for one in bad}}
    assert {table: rows.height for table, rows in kept.items()} == _by_table(bad)
    tables = {one.table for one in report.reconciliations if not one.holds}
    assert tables == {"docket_counts", "program_counts"}


def _kept(folder: Path, table: str) -> pl.DataFrame:
    return pl.read_parquet(folder / "quarantine" / f"{table}.parquet")


def _by_table(bad: list[dict[str, Any]]) -> dict[str, int]:
    tables = [one["table"] for one in bad]
    return {table: tables.count(table) for table in tables}
