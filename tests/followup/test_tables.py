"""Tables with their columns and figures, and the aging of open recommendations."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.followup.aging import BANDS, UNDATED, age_in_years, aging
from closeout.followup.tables import Column, Figure, Table
from tests.followup.factories import make_followed, make_sighting

DAY = date(2025, 6, 30)


def table(*rows):
    return Table("t", "T", "a rule", DAY, (Column("a", "A"), Column("b", "B", "days")), rows)


def test_a_table_gives_its_columns_and_its_rows_by_name():
    found = table(("x", 1), ("y", None))
    assert found.column("b") == (1, None)
    assert found.records() == [{"a": "x", "b": 1}, {"a": "y", "b": None}]


def test_a_row_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="every row must have 2 cells"):
        table(("x",))


def test_a_share_of_nothing_is_not_zero():
    assert Figure("Kept", 0, 0, DAY).share is None
    assert Figure("Kept", 1, 4, DAY).share == 0.25


@pytest.mark.parametrize(("numerator", "denominator"), [(2, 1), (-1, 3)])
def test_a_figure_that_counts_more_than_there_is_is_refused(numerator, denominator):
    with pytest.raises(ValueError, match="cannot be"):
        Figure("Kept", numerator, denominator, DAY)


@pytest.mark.parametrize(
    ("issued", "as_of", "years"),
    [
        ("2024-06-30", "2025-06-29", 0),
        ("2024-06-30", "2025-06-30", 1),
        ("2024-02-29", "2025-02-28", 1),
        ("2020-01-01", "2025-06-30", 5),
        ("2026-01-01", "2025-06-30", 0),
    ],
)
def test_an_age_is_in_whole_years(issued, as_of, years):
    assert age_in_years(date.fromisoformat(issued), date.fromisoformat(as_of)) == years


def test_open_recommendations_are_counted_by_age_and_the_undated_apart():
    late = make_followed(issued="2022-01", sightings=[make_sighting("2023-05-31")])
    followed = [
        make_followed(issued="2025-01-01"),
        make_followed(issued="2023-06-30"),
        late,
        make_followed(issued=None),
        make_followed(issued="2015-01-01", status="closed-implemented"),
        make_followed(issued="2015-01-01", status=None),
    ]
    found = aging(followed, as_of=DAY)
    assert found.rows == (
        ("Under 1 year", 1, 0),
        ("1 to under 2 years", 0, 0),
        ("2 to under 3 years", 1, 0),
        ("3 to under 5 years", 1, 1),
        ("5 years and more", 0, 0),
        (UNDATED, 1, 0),
    )
    assert (found.figures[0].numerator, found.figures[0].denominator) == (1, 4)


def test_a_vague_issue_date_never_makes_a_recommendation_older():
    assert aging([make_followed(issued="2024")], as_of=DAY).column("open")[0] == 1


@given(st.lists(st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2025, 6, 30)).map(str)), max_size=8))
def test_every_open_recommendation_is_in_exactly_one_band(days):
    found = aging([make_followed(issued=day) for day in days], as_of=DAY)
    assert sum(found.column("open")) == len(days) == found.figures[0].denominator


@given(st.integers(0, 200))
def test_the_bands_leave_no_age_out_and_none_is_of_two(age):
    assert sum(band.holds(age) for band in BANDS) == 1
