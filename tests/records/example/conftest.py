"""One small and one region-sized example for all tests of the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from closeout.records.example import write_example
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from closeout.records.snapshot import Snapshot


def frames(snapshot: Snapshot) -> dict[str, pl.DataFrame]:
    return {table: pl.concat([pl.read_parquet(one) for one in snapshot.files(table)]) for table in TABLES}


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return write_example(tmp_path_factory.mktemp("example") / "small")


@pytest.fixture(scope="session")
def tables(small: Snapshot) -> Mapping[str, pl.DataFrame]:
    return frames(small)


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, pl.DataFrame]:
    return frames(write_example(tmp_path_factory.mktemp("example") / "region", size="region"))
