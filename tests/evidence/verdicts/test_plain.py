"""Plain values: what JSON takes, and what has no such form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

import pytest

from closeout.evidence.verdicts.plain import as_plain
from closeout.evidence.verdicts.reading import fiscal_quarter, fiscal_year, known, period_starts


class Word(Enum):
    ONE = "one"


@dataclass(frozen=True)
class Inner:
    on: date
    word: Word


def test_dataclasses_days_and_choices():
    assert as_plain(Inner(date(2026, 1, 2), Word.ONE)) == {"on": "2026-01-02", "word": "one"}


def test_what_stands_in_lists_and_objects():
    assert as_plain({Word.ONE: (1, 2.5, None, True)}) == {"one": [1, 2.5, None, True]}


@pytest.mark.parametrize("value", [float("inf"), float("nan")])
def test_what_is_no_number_is_empty(value: float):
    assert as_plain(value) is None


def test_what_has_no_form_is_refused():
    with pytest.raises(TypeError, match="set has no JSON form"):
        as_plain({1, 2})


@pytest.mark.parametrize(
    ("as_of", "months", "starts"),
    [
        (date(2026, 9, 30), 1, [date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)]),
        (date(2026, 10, 1), 3, [date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)]),
        (date(2026, 9, 30), 12, [date(2023, 10, 1), date(2024, 10, 1), date(2025, 10, 1)]),
        (date(2026, 1, 1), 3, [date(2025, 7, 1), date(2025, 10, 1), date(2026, 1, 1)]),
    ],
)
def test_whole_periods_are_counted_from_october(as_of: date, months: int, starts: list[date]):
    assert period_starts(as_of, months, 2) == starts


def test_fiscal_years_and_quarters_begin_in_october():
    assert (fiscal_year(date(2025, 9, 30)), fiscal_year(date(2025, 10, 1))) == (2025, 2026)
    assert [fiscal_quarter(date(2025, month, 1)) for month in (1, 4, 7, 10)] == [
        "FY2025 Q2",
        "FY2025 Q3",
        "FY2025 Q4",
        "FY2026 Q1",
    ]


def test_what_comes_later_is_not_known():
    assert known(date(2026, 1, 2), date(2026, 1, 2)) == date(2026, 1, 2)
    assert known(date(2026, 1, 3), date(2026, 1, 2)) is None
    assert known(None, date(2026, 1, 2)) is None
