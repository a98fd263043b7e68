"""Indirect standardization by hand, and its sums."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.evidence.statistics.standardize import Part, standardize, stratum_rates

STRICT, OLD = ("NDS-2019", "odo"), ("NDS-2000", "odo")
PARTS = [
    Part("A", STRICT, 8, 40),
    Part("B", STRICT, 4, 80),
    Part("A", OLD, 1, 40),
    Part("C", OLD, 5, 80),
]


def test_rates_by_stratum_by_hand():
    # 12 of 120 and 6 of 120.
    assert stratum_rates(PARTS) == {STRICT: pytest.approx(0.1), OLD: pytest.approx(0.05)}


def test_expected_and_ratio_by_hand():
    # A: 40 x 0.1 + 40 x 0.05 = 6, observed 9; B: 8, observed 4; C: 4, observed 5.
    found = {one.unit: one for one in standardize(PARTS)}
    assert [found[unit].expected for unit in "ABC"] == pytest.approx([6, 8, 4])
    assert [found[unit].ratio for unit in "ABC"] == pytest.approx([1.5, 0.5, 1.25])


def test_a_stricter_set_of_standards_is_no_worse_facility():
    # Both at the rate of all: the strict one finds ten times as many, and both ratios are 1.
    parts = [
        Part("A", STRICT, 50, 100),
        Part("B", OLD, 5, 100),
        Part("C", STRICT, 50, 100),
        Part("D", OLD, 5, 100),
    ]
    assert [one.ratio for one in standardize(parts)] == pytest.approx([1, 1, 1, 1])


def test_a_unit_that_is_a_stratum_nearly_alone_says_so():
    # B has 80 of 120 strict components: two thirds are its own; C as many of the old; A has a third of each.
    found = {one.unit: one for one in standardize(PARTS)}
    assert [found[unit].alone for unit in "ABC"] == [0, 1, 1]


def test_parts_without_exposure_are_left_out():
    found = standardize([*PARTS, Part("Z", STRICT, 99, 0), Part("A", STRICT, 7, 0)])
    assert found == standardize(PARTS)


def test_nothing_expected_has_no_ratio():
    found = standardize([Part("A", STRICT, 0, 40)])
    assert (found[0].ratio, found[0].interval, found[0].expected) == (None, None, 0)


def test_no_parts_give_no_units():
    assert standardize([]) == []


def test_the_ratio_has_an_exact_interval():
    # 9 observed: 4.115 to 17.085 by tables; over 6 expected.
    interval = standardize(PARTS)[0].interval
    assert interval is not None
    assert [interval.low, interval.high] == pytest.approx([4.115 / 6, 17.085 / 6], abs=2e-4)


ROWS = st.lists(
    st.tuples(
        st.sampled_from("ABCDE"), st.sampled_from([STRICT, OLD, "x"]), st.integers(0, 9), st.integers(0, 50)
    ),
    max_size=25,
)


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_over_all_units_expected_equals_observed(rows: list[tuple[str, object, int, int]]):
    found = standardize(Part(*row) for row in rows)
    assert sum(one.expected for one in found) == pytest.approx(sum(one.observed for one in found))
    assert [one.unit for one in found] == sorted({unit for unit, _, _, exposure in rows if exposure})


@given(ROWS)
@settings(max_examples=40, deadline=None)
def test_parts_may_be_split_at_will(rows: list[tuple[str, object, int, int]]):
    parts = [Part(*row) for row in rows]
    halves = [Part(one.unit, one.stratum, n, one.exposure / 2) for one in parts for n in (one.observed, 0)]
    whole, split = standardize(parts), standardize(halves)
    assert [one.expected for one in split] == pytest.approx([one.expected for one in whole])
