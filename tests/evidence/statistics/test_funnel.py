"""Funnel plots: the Poisson bands of systems.md G6, overdispersion by hand, and no league table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from closeout.evidence.statistics.funnel import (
    Funnel,
    Kind,
    Limits,
    Placed,
    Position,
    Unit,
    funnel,
    limits,
    position,
)

EVEN = [Unit(f"F-{place:02d}", 10, 10.0) for place in range(12)]


def of(found: Funnel, name: str) -> Placed:
    return next(placed for placed in found.placed if placed.unit.name == name)


def counts(at: Limits) -> list[float]:
    return [round(end * at.base, 6) for end in (at.low_95, at.high_95, at.low_998, at.high_998)]


# Golden vectors: systems.md, method box of G6.


@pytest.mark.parametrize(
    ("expected", "bands"), [(5, [1, 10, 0, 13]), (10, [4, 17, 2, 21]), (20, [12, 29, 8, 35])]
)
def test_poisson_bands_are_those_of_systems(expected: int, bands: list[int]):
    assert counts(limits(Kind.RATIO, 1.0, expected)) == bands


# Exact limits.


@given(st.floats(0.2, 200))
@settings(max_examples=50, deadline=None)
def test_at_most_half_of_the_rest_lies_beyond_each_exact_limit(expected: float):
    low_95, high_95, low_998, high_998 = counts(limits(Kind.RATIO, 1.0, expected))
    assert stats.poisson.sf(high_95, expected) <= 0.025
    assert stats.poisson.cdf(low_95 - 1, expected) <= 0.025
    assert stats.poisson.sf(high_998, expected) <= 0.001
    assert stats.poisson.cdf(low_998 - 1, expected) <= 0.001


@given(st.integers(1, 300), st.floats(0.05, 0.95))
@settings(max_examples=50, deadline=None)
def test_shares_have_binomial_limits(n: int, target: float):
    at = limits(Kind.SHARE, target, n)
    assert stats.binom.sf(round(at.high_95 * n), n, target) <= 0.025
    assert stats.binom.cdf(round(at.low_998 * n) - 1, n, target) <= 0.001
    assert 0 <= at.low_998 <= at.low_95 <= at.high_95 <= at.high_998 <= 1


def test_a_rate_is_held_to_its_expected_count():
    # 0.5 events per component over 20 components: 10 expected, 17 the band's end.
    assert limits(Kind.RATE, 0.5, 20).high_95 == pytest.approx(17 / 20)


def test_a_target_of_zero_lets_nothing_through():
    at = limits(Kind.RATE, 0.0, 50)
    assert (at.low_998, at.high_998) == (0, 0)
    assert position(1 / 50, at) is Position.VERY_HIGH


def test_very_large_bases_use_the_normal_distribution():
    at = limits(Kind.RATIO, 1.0, 4e6)
    assert at.high_95 == pytest.approx(1 + 1.96 / 2000, abs=1e-6)


# Where a unit lies.


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.5, Position.VERY_LOW),
        (0.6, Position.LOW),
        (0.69, Position.LOW),
        (0.7, Position.WITHIN),
        (1.3, Position.WITHIN),
        (1.31, Position.HIGH),
        (1.5, Position.HIGH),
        (1.51, Position.VERY_HIGH),
    ],
)
def test_a_value_on_a_limit_is_within_it(value: float, expected: Position):
    assert position(value, Limits(1.0, 0.7, 1.3, 0.6, 1.5)) is expected


# A whole funnel.


def test_units_stand_by_name_and_never_by_value():
    found = funnel([Unit("F-9", 1, 10), Unit("F-1", 9, 10), Unit("F-5", 4, 10)], kind=Kind.RATE)
    assert [placed.unit.name for placed in found.placed] == ["F-1", "F-5", "F-9"]


def test_the_middle_is_all_units_together():
    assert funnel([Unit("A", 2, 10), Unit("B", 7, 20)], kind=Kind.RATE).target == pytest.approx(0.3)
    assert funnel([Unit("A", 2, 1.5), Unit("B", 7, 8.0)], kind=Kind.RATIO).target == 1.0
    assert funnel([Unit("A", 2, 10)], kind=Kind.SHARE, target=0.1).target == 0.1


def test_units_without_exposure_are_named_and_not_placed():
    found = funnel([Unit("A", 2, 10), Unit("B", 0, 0)], kind=Kind.RATE)
    assert found.without_base == ("B",)
    assert [placed.unit.name for placed in found.placed] == ["A"]


@pytest.mark.parametrize("units", [[], [Unit("A", 3, 0)]])
def test_nothing_to_compare_is_refused(units: list[Unit]):
    with pytest.raises(ValueError, match="nothing to compare"):
        funnel(units, kind=Kind.RATE)


@pytest.mark.parametrize("unit", [Unit("A", -1, 5), Unit("A", 6, 5)])
def test_counts_that_cannot_be_are_refused(unit: Unit):
    with pytest.raises(ValueError, match=r"A: -?[0-9]+ of 5 cannot be"):
        funnel([unit], kind=Kind.SHARE)


def test_chance_alone_gets_exact_limits():
    found = funnel([*EVEN, Unit("X", 22, 10.0)], kind=Kind.RATIO)
    assert found.tau2 == 0
    assert of(found, "X").position is Position.VERY_HIGH
    assert of(found, "F-03").position is Position.WITHIN
    assert found.note.startswith("chance explains the spread")


def test_how_many_lie_outside_by_chance_is_said():
    assert funnel(EVEN, kind=Kind.RATIO).by_chance == pytest.approx(12 * 0.05)


def test_few_units_get_no_estimate_of_spread():
    found = funnel(EVEN[:9], kind=Kind.RATIO)
    assert (found.phi, found.tau2) == (None, 0.0)
    assert (
        found.note
        == "exact limits; 9 units are too few to estimate the spread between them (the least is 10)"
    )


# Overdispersion.


def spread_out() -> list[Unit]:
    """Return twenty units of 100 expected: ten at 64, ten at 144, so that every z is -4 or 4."""
    return [Unit(f"F-{place:02d}", 64 if place % 2 else 144, 100.0) for place in range(20)]


def test_phi_and_tau2_by_hand():
    # z = (sqrt(0.64) - 1) x 2 x 10 = -4, (sqrt(1.44) - 1) x 20 = 4: phi = 16 (nothing to pull in).
    # w = 400 each: tau2 = (20 x 16 - 19) / (8000 - 20 x 160000 / 8000) = 301 / 7600.
    found = funnel(spread_out(), kind=Kind.RATIO)
    assert of(found, "F-00").z == pytest.approx(4)
    assert found.phi == pytest.approx(16)
    assert found.tau2 == pytest.approx(301 / 7600)


def test_the_limits_take_the_variance_between_units_in():
    # s2 + tau2 = 1 / 400 + 301 / 7600 = 0.042105; x 1.96 = 0.40218: (1 + 0.40218)^2 = 1.9661.
    found = funnel(spread_out(), kind=Kind.RATIO)
    high = of(found, "F-00")
    assert high.limits.high_95 == pytest.approx(1.9661, abs=1e-4)
    assert (high.position, high.position_unadjusted) == (Position.WITHIN, Position.VERY_HIGH)


def test_one_extreme_unit_does_not_make_its_own_limits():
    # Winsorizing pulls it in: the others are even, so that it still stands out.
    found = funnel([*EVEN, Unit("X", 60, 10.0)], kind=Kind.RATIO)
    assert of(found, "X").position is Position.VERY_HIGH


def test_shares_are_spread_on_the_arcsine_scale():
    # asin(sqrt(0.5)) = pi / 4; z of 90 of 100: (1.2490 - 0.7854) x 20 = 9.273.
    units = [Unit(f"F-{place:02d}", 10 if place % 2 else 90, 100) for place in range(12)]
    found = funnel(units, kind=Kind.SHARE)
    assert of(found, "F-00").z == pytest.approx(9.2730, abs=1e-3)
    assert found.phi == pytest.approx(9.2730**2, abs=1e-2)
    assert 0 <= of(found, "F-00").limits.low_998 < of(found, "F-00").limits.high_998 <= 1


@given(st.lists(st.tuples(st.integers(0, 40), st.floats(1, 40)), min_size=10, max_size=25))
@settings(max_examples=50, deadline=None)
def test_the_addition_never_makes_limits_narrower_than_normal_ones(rows: list[tuple[int, float]]):
    units = [Unit(f"F-{place:02d}", count, base) for place, (count, base) in enumerate(rows)]
    found = funnel(units, kind=Kind.RATIO)
    for placed in found.placed if found.tau2 else ():
        plain = limits(Kind.RATIO, 1.0, placed.unit.base, is_normal=True)
        assert placed.limits.low_95 <= plain.low_95
        assert placed.limits.high_998 >= plain.high_998


_OUT = {Position.WITHIN: 0, Position.HIGH: 1, Position.LOW: 1, Position.VERY_HIGH: 2, Position.VERY_LOW: 2}


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 40)), min_size=10, max_size=25),
    st.sampled_from([Kind.RATIO, Kind.RATE, Kind.SHARE]),
)
@settings(max_examples=100, deadline=None)
def test_common_spread_makes_no_unit_stranger_than_chance_alone(rows: list[tuple[int, int]], kind: Kind):
    units = [Unit(f"F-{place:02d}", min(count, base), base) for place, (count, base) in enumerate(rows)]
    for placed in funnel(units, kind=kind).placed:
        assert _OUT[placed.position] <= _OUT[placed.position_unadjusted]


def test_nothing_found_where_three_were_expected_is_no_rarity():
    # Poisson(3.4) is 0 one time in thirty; the square root alone has it 3.7 standard errors out.
    found = funnel([*spread_out(), Unit("X", 0, 3.4)], kind=Kind.RATIO)
    assert found.tau2 > 0
    assert of(found, "X").z < -3.6
    assert of(found, "X").position is Position.WITHIN


@given(st.lists(st.tuples(st.integers(0, 40), st.floats(1, 40)), min_size=1, max_size=25), st.randoms())
@settings(max_examples=40, deadline=None)
def test_the_order_of_units_does_not_matter(rows: list[tuple[int, float]], random):
    units = [Unit(f"F-{place:02d}", count, base) for place, (count, base) in enumerate(rows)]
    mixed = random.sample(units, len(units))
    assert funnel(mixed, kind=Kind.RATIO) == funnel(units, kind=Kind.RATIO)


def test_without_any_spread_about_one_in_twenty_lies_outside():
    # 400 made-up units of pure chance: at most 5 % outside exact limits, which are conservative.
    drawn = np.random.default_rng(4).poisson(30, 400)
    found = funnel([Unit(f"F-{p:03d}", int(c), 30.0) for p, c in enumerate(drawn)], kind=Kind.RATIO)
    outside = sum(placed.position_unadjusted is not Position.WITHIN for placed in found.placed)
    assert 4 <= outside <= 20


def test_normal_limits_may_be_asked_for():
    # (1 + 1.96 / (2 sqrt(10)))^2 = 1.7159.
    found = funnel(EVEN, kind=Kind.RATIO, is_exact=False)
    assert of(found, "F-00").limits.high_95 == pytest.approx(1.7159, abs=1e-3)
    assert "normal limits" in found.note


# The curve.


def test_the_curve_runs_from_the_least_base_to_the_most():
    found = funnel([Unit("A", 5, 4.0), Unit("B", 50, 60.0)], kind=Kind.RATIO)
    bases = [at.base for at in found.curve]
    assert bases[0] == pytest.approx(4)
    assert bases[-1] == pytest.approx(60)
    assert bases == sorted(bases)


def test_the_curve_of_shares_has_whole_numbers_of_rows():
    found = funnel([Unit("A", 5, 7), Unit("B", 50, 60)], kind=Kind.SHARE)
    assert all(at.base == round(at.base) for at in found.curve)


def test_units_of_one_base_have_a_curve_of_one_point():
    assert len(funnel(EVEN, kind=Kind.RATIO).curve) == 1
