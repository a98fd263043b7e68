"""Arrays in which a negative number means empty."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.records.example.arrays import (
    EMPTY,
    Picked,
    arrow_table,
    at,
    day,
    known_by,
    last_of_each,
    merged,
    on,
    to_weekday,
    word,
)
from closeout.records.example.fiscal import fiscal_year, period_starts, quarter_starts, year_ends
from closeout.records.snapshot import arrow_schema

DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))


@given(DAYS)
def test_a_date_comes_back_from_its_day(of: date) -> None:
    assert on(day(of)) == of


@given(DAYS)
def test_a_weekend_moves_to_monday_and_a_weekday_stays(of: date) -> None:
    moved = on(int(to_weekday(np.asarray([day(of)]))[0]))
    assert moved.weekday() < 5
    assert moved - of == timedelta(days=max(0, 7 - of.weekday()) if of.weekday() > 4 else 0)


@given(st.lists(st.integers(0, 5), max_size=40))
def test_the_last_of_each_group_is_found(groups: list[int]) -> None:
    rows = np.sort(np.asarray(groups, dtype=np.int64))
    expected = [len(rows) - 1 - rows[::-1].tolist().index(group) for group in sorted(set(groups))]
    assert last_of_each(rows).tolist() == expected


def test_what_lies_after_the_as_of_date_is_not_known() -> None:
    assert known_by(np.asarray([5, 6, 7, EMPTY]), 6).tolist() == [5, 6, EMPTY, EMPTY]


def test_an_instant_of_an_empty_day_is_empty() -> None:
    assert at(np.asarray([1, EMPTY]), np.asarray([1, 1])).tolist() == [86_400_000_000 + 60_000_000, EMPTY]


def test_pieces_merge_in_order_and_what_one_lacks_is_empty() -> None:
    made = merged(
        [{"case": np.asarray([1, 3]), "a": np.asarray([10, 30])}, {"case": np.asarray([2])}], "case"
    )
    assert made["case"].tolist() == [1, 2, 3]
    assert made["a"].tolist() == [10, EMPTY, 30]


def test_columns_become_a_table_of_the_declared_types() -> None:
    columns = {
        "unit_id": Picked(np.asarray([0, 1]), pa.array(["F01-A", "F01-B"])),
        "office_id": "F01",
        "label": "Unit",
        "kind": np.asarray([0, word("units", "kind", "special")]),
    }
    made = arrow_table("units", columns, 2)
    assert made.cast(arrow_schema("units")).to_pylist()[1] == {
        "unit_id": "F01-B",
        "office_id": "F01",
        "label": "Unit",
        "kind": "special",
    }


def test_a_column_that_a_table_lacks_is_refused() -> None:
    with pytest.raises(KeyError, match="units has no color"):
        arrow_table("units", {"color": 1}, 1)


def test_a_word_that_a_column_may_not_hold_is_refused() -> None:
    with pytest.raises(KeyError):
        word("units", "kind", "secret")


def test_numbers_where_keys_belong_are_refused() -> None:
    with pytest.raises(TypeError, match="needs keys"):
        arrow_table("units", {"unit_id": np.asarray([1, 2])}, 2)


@given(DAYS)
def test_a_day_lies_in_its_fiscal_year(of: date) -> None:
    year = fiscal_year(day(of))
    assert year_ends(year - 1) < day(of) <= year_ends(year)


@given(DAYS, st.integers(0, 8))
def test_periods_follow_each_other(of: date, back: int) -> None:
    assert quarter_starts(day(of), 0) <= day(of)
    assert on(quarter_starts(day(of), back)).month % 3 == 1
    assert period_starts(day(of), 1, back + 1) < period_starts(day(of), 1, back)
    assert on(period_starts(day(of), 1, back)).day == 1
