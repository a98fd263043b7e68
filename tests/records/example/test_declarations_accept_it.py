"""Every row of the example is one that the declarations accept, and every reference finds its row."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from closeout.records.example import write_example
from closeout.records.tables import TABLES
from tests.each import for_each
from tests.records.example.conftest import frames

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from closeout.records.table import Table


def _typed(rows: pl.DataFrame, declared: type[Table]) -> pl.DataFrame:
    return rows.with_columns(pl.col(name).cast(column.dtype) for name, column in declared.columns().items())


def _refused(tables: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    found = {}
    for name, declared in TABLES.items():
        _, failure = declared.filter(_typed(tables[name], declared))
        if len(failure):
            found[name] = failure.counts()
    return found


def _broken(tables: Mapping[str, pl.DataFrame]) -> list[tuple[str, str, int]]:
    found = []
    for name, declared in TABLES.items():
        for column, to in declared.references().items():
            known = tables[to].select(TABLES[to].key())
            lost = (
                tables[name]
                .select(column)
                .drop_nulls()
                .join(known, left_on=column, right_on=TABLES[to].key(), how="anti")
            )
            if lost.height:
                found.append((name, column, lost.height))
    return found


def _too_late(tables: Mapping[str, pl.DataFrame], as_of: date) -> list[tuple[str, str]]:
    return [
        (name, column)
        for name, declared in TABLES.items()
        for column, made in declared.columns().items()
        if (made.metadata or {}).get("future") is False
        and tables[name].filter(pl.col(column).cast(pl.Date) > as_of).height
    ]


@for_each("table", sorted(TABLES))
def test_every_table_has_rows(tables: Mapping[str, pl.DataFrame], table: str) -> None:
    assert tables[table].height > 0


def test_every_row_is_accepted(tables: Mapping[str, pl.DataFrame]) -> None:
    assert _refused(tables) == {}


def test_every_reference_finds_its_row(tables: Mapping[str, pl.DataFrame]) -> None:
    assert _broken(tables) == []


def test_nothing_happened_after_the_as_of_date(tables: Mapping[str, pl.DataFrame]) -> None:
    assert _too_late(tables, date(2026, 9, 30)) == []


@pytest.mark.parametrize("as_of", [date(2025, 7, 1), date(2028, 2, 29), date(2031, 12, 31)])
def test_the_same_holds_on_other_days(tmp_path: Path, as_of: date) -> None:
    tables = frames(write_example(tmp_path / "out", as_of=as_of, seed=as_of.day))
    assert _refused(tables) == {}
    assert _broken(tables) == []
    assert _too_late(tables, as_of) == []


def test_rows_lie_in_the_declared_order(tables: Mapping[str, pl.DataFrame]) -> None:
    for name, declared in TABLES.items():
        if declared.cluster_by:
            order = tables[name].select(declared.cluster_by)
            assert order.equals(order.sort(declared.cluster_by)), name


def test_no_row_can_hold_what_the_boundary_refuses(tables: Mapping[str, pl.DataFrame]) -> None:
    """Text is codes and made-up labels: nothing reads like a person's name or number."""
    for name, rows in tables.items():
        for column in rows.select(pl.col(pl.String)).columns:
            values = rows[column].drop_nulls()
            assert not values.str.contains(r"^A?\d{8,9}$|@|\d{3}-\d{2}-\d{4}").any(), (name, column)


def test_labels_say_that_they_are_made_up(tables: Mapping[str, pl.DataFrame]) -> None:
    for name in ("offices", "partners", "facilities", "contracts", "countries", "policies", "standard_sets"):
        assert tables[name]["label"].str.contains("fictional").all(), name
    assert tables["contract_standards"]["is_placeholder"].all()
    assert tables["contract_standards"]["indicator"].str.starts_with("made-up").all()
