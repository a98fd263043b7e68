"""Dates, numbers and keys, each worked by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.records.mapping.values import (
    PLAIN_NUMBER,
    DateForm,
    minted_code,
    minted_number,
    needs_edge,
    number,
    plain_code,
    yes_no,
)


@pytest.mark.parametrize(
    ("text", "forms", "edge", "iso"),
    [
        ("May 8, 2025", "%B %d, %Y", "", "2025-05-08"),
        ("7/18/2019", "%m/%d/%Y", "", "2019-07-18"),
        ("2024-02-29", "%Y-%m-%d", "", "2024-02-29"),
        ("2023-02-29", "%Y-%m-%d", "", None),
        ("2024-12", "%Y-%m", "first", "2024-12-01"),
        ("2024-02", "%Y-%m", "last", "2024-02-29"),
        ("202409", "%Y%m", "last", "2024-09-30"),
        ("1998", "%Y", "first", "1998-01-01"),
        ("1998", "%Y", "last", "1998-12-31"),
        # The federal fiscal year 2019 ran from October 2018 to September 2019.
        ("FY19", "FY%y", "first", "2018-10-01"),
        ("FY19", "FY%y", "last", "2019-09-30"),
        ("FY 2019", "FY%Y", "last", "2019-09-30"),
        ("2019", "FY%Y", "last", "2019-09-30"),
        ("April 1-3, 2025", "%B %d, %Y", "first", "2025-04-01"),
        ("April 1-3, 2025", "%B %d, %Y", "last", "2025-04-03"),
        ("April 29-May 1, 2025", "%B %d, %Y", "first", "2025-04-29"),
        ("April 29 – May 1, 2025", "%B %d, %Y", "last", "2025-05-01"),
        ("April 1-3, 2025", "%B %d, %Y", "", None),
        ("Scheduled FY26", "%m/%d/%Y", "", None),
        ("13/1/2025", "%m/%d/%Y", "", None),
        ("", "%Y-%m-%d", "", None),
    ],
)
def test_a_date_is_read_as_it_was_written_or_not_at_all(text, forms, edge, iso):
    assert DateForm((forms,), edge)(text) == iso


def test_the_forms_are_tried_in_order():
    form = DateForm(("%d/%m/%Y", "%m/%d/%Y"))
    assert form("1/2/2025") == "2025-02-01"
    assert form("1/20/2025") == "2025-01-20"


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(["%Y-%m-%d", "%m/%d/%Y", "%d.%m.%Y", "%Y%m%d"]))
def test_every_day_comes_back_from_every_form(day, form):
    assert DateForm((form,))(day.strftime(form)) == day.isoformat()


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(9000, 1, 1)))
def test_the_last_day_of_a_month_is_before_the_first_of_the_next(day):
    text = day.strftime("%Y-%m")
    first = date.fromisoformat(DateForm(("%Y-%m",), "first")(text))
    last = date.fromisoformat(DateForm(("%Y-%m",), "last")(text))
    assert first <= day <= last
    assert (last + timedelta(days=1)).day == 1 == first.day


@given(st.dates(min_value=date(2000, 10, 1), max_value=date(2060, 1, 1)))
def test_every_day_lies_in_its_fiscal_year(day):
    year = day.year + (day.month >= 10)
    ends = [DateForm(("FY%Y",), edge)(str(year)) for edge in ("first", "last")]
    assert ends[0] <= day.isoformat() <= ends[1]


@pytest.mark.parametrize(
    ("form", "needs"), [("%Y-%m-%d", False), ("%j %Y", False), ("%Y-%m", True), ("FY%y", True)]
)
def test_a_form_without_a_day_needs_an_edge(form, needs):
    assert needs_edge(form) == needs


@pytest.mark.parametrize(
    ("text", "whole", "any_number"),
    [
        ("33,570", "33570", "33570"),
        (" 128765", "128765", "128765"),
        ("19751.0", "19751", "19751"),
        ("1,234,567.50", None, "1234567.50"),
        ("0", "0", "0"),
        ("-3", "-3", "-3"),
        ("$1,000", "1000", "1000"),
        ("236.5", None, "236.5"),
        ("1,23", None, None),
        ("12,3456", None, None),
        ("1.2.3", None, None),
        ("*", None, None),
        ("ten", None, None),
        ("", None, None),
        ("1e3", None, None),
        ("٣", None, None),
    ],
)
def test_a_number_is_cleaned_or_refused(text, whole, any_number):
    assert number(text, is_whole=True) == whole
    assert number(text, is_whole=False) == any_number


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_thousands_marks_change_no_number(value):
    assert number(f"{value:,}", is_whole=True) == str(value)
    assert number(f"{value}.00", is_whole=True) == str(value)


@given(st.from_regex(PLAIN_NUMBER, fullmatch=True))
def test_a_plain_number_is_left_as_it_is(text):
    assert number(text, is_whole=True) == number(text, is_whole=False) == text


def test_yes_and_no_are_the_declared_words_only():
    step = yes_no({"y": "true", "n": "false"})
    assert [step(word) for word in ("Y", "y", "N", "yes", "")] == ["true", "true", "false", None, None]


def test_nothing_left_is_no_code():
    assert plain_code("***") is None
    assert plain_code("a (b)") == "a b"


@given(st.lists(st.one_of(st.none(), st.text(max_size=5)), min_size=1, max_size=4))
def test_a_minted_key_is_the_same_for_the_same_values_and_fits_its_column(values):
    row = tuple(values)
    assert minted_number(row) == minted_number((*values,))
    assert 1 <= int(minted_number(row)) < 2**63
    assert minted_code(row, "P-").startswith("P-")
    assert len(minted_code(row, "P-")) == 14


def test_a_minted_key_forgives_case_and_blanks_but_keeps_columns_apart():
    assert minted_number(("Krome  North", None)) == minted_number((" KROME north ", ""))
    assert minted_number(("a", "bc")) != minted_number(("ab", "c"))
    assert minted_number(("a",)) != minted_number(("a", None))


def test_a_minted_key_does_not_change_between_versions():
    # SHA-256 of "adams county", the unit separator and "ms", as any other program computes it.
    assert minted_code(("Adams County", "MS"), "F-") == "F-D602E45CA033"
    assert minted_number(("Adams County", "MS")) == str(0xD602E45CA0331E63 >> 1)


@given(st.sets(st.text(alphabet="abc", min_size=1, max_size=6), min_size=2, max_size=50))
def test_different_values_have_different_keys(texts):
    assert len({minted_number((text,)) for text in texts}) == len(texts)
