from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from closeout.records.beginning import before_records
from closeout.records.snapshot import Manifest, Part, Snapshot

AS_OF = date(2026, 9, 30)


def snapshot(folder, opened):
    """Return a snapshot whose cases were opened on some days; without cases where there are none."""
    parts = {}
    if opened is not None:
        (folder / "cases").mkdir()
        pl.DataFrame({"opened_on": opened}, schema={"opened_on": pl.Date}).write_parquet(
            folder / "cases/a.parquet"
        )
        parts = {"cases": (Part("cases/a.parquet", len(opened), ""),)}
    return Snapshot(folder, Manifest(as_of=AS_OF, source="test", tables=parts))


@pytest.mark.parametrize("day", [AS_OF, date(2026, 10, 1)])
def test_of_the_records_own_day_and_later_ones_nothing_is_said(tmp_path, day):
    assert before_records(snapshot(tmp_path, [date(2020, 1, 1)]), day) == ""


@pytest.mark.parametrize("day", [date(2020, 1, 1), date(2026, 9, 29)])
def test_on_an_earlier_day_later_things_are_left_out(tmp_path, day):
    said = before_records(snapshot(tmp_path, [date(2021, 1, 1), date(2020, 1, 1)]), day)
    assert said == f"the records stand as of 2026-09-30; what happened after {day} is left out"


def test_before_the_first_case_the_days_to_take_are_named(tmp_path):
    said = before_records(snapshot(tmp_path, [date(2021, 1, 1), date(2020, 1, 1)]), date(2019, 12, 31))
    assert said.startswith(
        "2019-12-31 lies before the records begin: the first case was opened on 2020-01-01"
    )
    assert "take a day from then to 2026-09-30" in said


@pytest.mark.parametrize("opened", [None, [], [None]])
def test_where_cases_do_not_say_nothing_is_made_up(tmp_path, opened):
    assert before_records(snapshot(tmp_path, opened), date(2000, 1, 1)).startswith("the records stand as of")


def test_a_file_that_cannot_be_read_is_no_matter_of_days(tmp_path):
    made = snapshot(tmp_path, [date(2020, 1, 1)])
    (tmp_path / "cases/a.parquet").write_bytes(b"x")
    assert before_records(made, date(2000, 1, 1)).startswith("the records stand as of")
