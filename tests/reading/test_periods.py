from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.reading import periods
from closeout.reading.periods import Period

YEARS = st.integers(1901, 2098)
PARTS = ("start", "end", "early", "mid", "late", "first half", "second half")


def days(first: str, last: str) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last)


@pytest.mark.parametrize(
    ("period", "edtf", "first", "last"),
    [
        (periods.day(2018, 1, 31), "2018-01-31", "2018-01-31", "2018-01-31"),
        (periods.month(2017, 12), "2017-12", "2017-12-01", "2017-12-31"),
        (periods.month(2024, 2), "2024-02", "2024-02-01", "2024-02-29"),
        (periods.quarter(2023, 1), "2023-33", "2023-01-01", "2023-03-31"),
        (periods.quarter(2023, 4), "2023-36", "2023-10-01", "2023-12-31"),
        (periods.year(2026), "2026", "2026-01-01", "2026-12-31"),
        (periods.years(2019, 2021), "2019/2021", "2019-01-01", "2021-12-31"),
    ],
)
def test_a_period_has_a_standard_form_and_its_first_and_last_day(period, edtf, first, last):
    assert period == Period(edtf, *days(first, last))


@pytest.mark.parametrize("args", [(2006, 4, 31), (2023, 2, 29), (2024, 13, 1), (2024, 0, 1), (2024, 5, 0)])
def test_a_day_the_calendar_lacks_is_refused(args):
    with pytest.raises(ValueError, match=r"day|month"):
        periods.day(*args)


def test_a_month_the_calendar_lacks_is_refused():
    with pytest.raises(ValueError, match="month"):
        periods.month(2024, 13)


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [
        (1, "2025-10-01", "2025-12-31"),
        (2, "2026-01-01", "2026-03-31"),
        (3, "2026-04-01", "2026-06-30"),
        (4, "2026-07-01", "2026-09-30"),
    ],
)
def test_the_quarters_of_fiscal_year_2026_begin_in_october_2025(number, first, last):
    assert periods.fiscal_quarter(2026, number)[1:] == days(first, last)


def test_a_fiscal_year_runs_from_october_to_september():
    assert periods.fiscal_year(2026) == Period("2025-10/2026-09", *days("2025-10-01", "2026-09-30"))


def test_several_fiscal_years_are_one_interval():
    assert periods.fiscal_year(2015, 2020) == Period("2014-10/2020-09", *days("2014-10-01", "2020-09-30"))


def test_fiscal_years_that_run_backwards_are_the_first_alone():
    assert periods.fiscal_year(2020, 2015) == periods.fiscal_year(2020)


@pytest.mark.parametrize(
    ("name", "edtf", "first", "last"),
    [
        ("spring", "2025-21", "2025-03-01", "2025-05-31"),
        ("summer", "2025-22", "2025-06-01", "2025-08-31"),
        ("autumn", "2025-23", "2025-09-01", "2025-11-30"),
        ("fall", "2025-23", "2025-09-01", "2025-11-30"),
        ("winter", "2025-24", "2025-01-01", "2026-02-28"),
    ],
)
def test_seasons_are_whole_months(name, edtf, first, last):
    assert periods.season(2025, name) == Period(edtf, *days(first, last))


@pytest.mark.parametrize(
    ("name", "whole", "edtf", "first", "last"),
    [
        ("end", periods.year(2024), "2024-12", "2024-12-01", "2024-12-31"),
        ("start", periods.year(2024), "2024-01", "2024-01-01", "2024-01-31"),
        ("end", periods.fiscal_year(2026), "2026-09", "2026-09-01", "2026-09-30"),
        ("start", periods.fiscal_year(2026), "2025-10", "2025-10-01", "2025-10-31"),
        ("end", periods.quarter(2024, 2), "2024-06", "2024-06-01", "2024-06-30"),
        ("end", periods.month(2025, 9), "2025-09", "2025-09-01", "2025-09-30"),
        ("early", periods.year(2024), "2024-01/2024-04", "2024-01-01", "2024-04-30"),
        ("mid", periods.year(2024), "2024-05/2024-08", "2024-05-01", "2024-08-31"),
        ("late", periods.year(2024), "2024-09/2024-12", "2024-09-01", "2024-12-31"),
        ("early", periods.fiscal_year(2026), "2025-10/2026-01", "2025-10-01", "2026-01-31"),
        ("mid", periods.quarter(2024, 2), "2024-05", "2024-05-01", "2024-05-31"),
        ("late", periods.season(2024, "summer"), "2024-08", "2024-08-01", "2024-08-31"),
        ("first half", periods.year(2024), "2024-40", "2024-01-01", "2024-06-30"),
        ("second half", periods.year(2024), "2024-41", "2024-07-01", "2024-12-31"),
        ("second half", periods.fiscal_year(2025), "2025-04/2025-09", "2025-04-01", "2025-09-30"),
        ("early", periods.month(2025, 6), "2025-06-01/2025-06-10", "2025-06-01", "2025-06-10"),
        ("mid", periods.month(2025, 6), "2025-06-11/2025-06-20", "2025-06-11", "2025-06-20"),
        ("late", periods.month(2025, 2), "2025-02-21/2025-02-28", "2025-02-21", "2025-02-28"),
        ("first half", periods.month(2025, 6), "2025-06-01/2025-06-15", "2025-06-01", "2025-06-15"),
        ("second half", periods.month(2025, 6), "2025-06-16/2025-06-30", "2025-06-16", "2025-06-30"),
        ("first half", periods.quarter(2025, 1), "2025-33", "2025-01-01", "2025-03-31"),
        ("end", periods.day(2025, 6, 3), "2025-06-03", "2025-06-03", "2025-06-03"),
    ],
)
def test_a_part_of_a_period_is_the_one_the_word_names(name, whole, edtf, first, last):
    assert periods.part(name, whole) == Period(edtf, *days(first, last))


def test_about_marks_both_ends_and_moves_no_day():
    whole = periods.fiscal_year(2026)
    assert periods.about(whole) == Period("2025-10~/2026-09~", whole.earliest, whole.latest)
    assert periods.about(periods.month(2024, 12)).edtf == "2024-12~"


def test_between_runs_from_the_first_to_the_last_day():
    found = periods.between(periods.month(2016, 6), periods.month(2016, 10))
    assert found == Period("2016-06/2016-10", *days("2016-06-01", "2016-10-31"))


@given(YEARS)
def test_the_four_quarters_make_up_the_year(number):
    quarters = [periods.quarter(number, quarter) for quarter in range(1, 5)]
    assert quarters[0].earliest == periods.year(number).earliest
    assert quarters[3].latest == periods.year(number).latest
    for one, other in itertools.pairwise(quarters):
        assert one.latest + timedelta(days=1) == other.earliest


@given(YEARS)
def test_fiscal_years_follow_each_other_without_a_gap(number):
    assert periods.fiscal_year(number).latest + timedelta(days=1) == periods.fiscal_year(number + 1).earliest


WHOLES = st.one_of(
    YEARS.map(periods.year),
    YEARS.map(periods.fiscal_year),
    st.builds(periods.quarter, YEARS, st.integers(1, 4)),
    st.builds(periods.month, YEARS, st.integers(1, 12)),
    st.builds(periods.season, YEARS, st.sampled_from(["spring", "summer", "fall", "winter"])),
)


@given(WHOLES, st.sampled_from(PARTS))
def test_a_part_lies_within_the_whole(whole, name):
    found = periods.part(name, whole)
    assert whole.earliest <= found.earliest <= found.latest <= whole.latest


@given(WHOLES, st.sampled_from(["end", "late", "second half"]))
def test_a_part_at_the_end_is_never_overdue_before_the_whole_is(whole, name):
    assert periods.part(name, whole).latest == whole.latest


@given(WHOLES)
def test_thirds_follow_each_other(whole):
    thirds = [periods.part(name, whole) for name in ("early", "mid", "late")]
    assert thirds[0].earliest == whole.earliest
    assert thirds[2].latest == whole.latest
    if thirds[0] != whole:
        assert thirds[0].latest < thirds[1].earliest <= thirds[1].latest < thirds[2].earliest
