"""The verdict on a standard: the golden vectors of systems.md G4, and what must never be concluded."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from closeout.evidence.statistics.acceptance import (
    ALLOWS_INFERENCE,
    Acceptance,
    AqlVerdict,
    Method,
    Sample,
    acceptance,
    defect_share,
    pooled,
    sample_needed,
)
from closeout.evidence.statistics.distributions import binomial_at_least, binomial_at_most
from closeout.evidence.statistics.hypergeometric import hypergeometric_interval

COUNTS = st.integers(1, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def at_random(defects: int, sampled: int, *, aql: float = 0.05, lot: int | None = None) -> Acceptance:
    return acceptance(Sample(sampled, defects, Method.RANDOM, lot), aql=aql)


# Golden vectors: systems.md G4, AQL 5 % defects.


def test_five_of_fifty_is_over_the_level_and_not_established():
    found = at_random(5, 50)
    assert found.estimate == pytest.approx(0.10)
    assert found.p_value == pytest.approx(0.1036, abs=5e-5)
    assert (found.is_over, found.is_established) == (True, False)
    assert found.verdict is AqlVerdict.INSUFFICIENT_SAMPLE
    assert found.interval is not None
    assert (found.interval.low, found.interval.high) == pytest.approx((0.0333, 0.2181), abs=5e-5)


def test_six_of_fifty_is_established():
    found = at_random(6, 50)
    assert found.p_value == pytest.approx(0.0378, abs=5e-5)
    assert (found.is_over, found.is_established) == (True, True)
    assert found.verdict is AqlVerdict.DOES_NOT_MEET


def test_three_of_twenty_is_not_established_and_four_is():
    three, four = at_random(3, 20), at_random(4, 20)
    assert three.p_value == pytest.approx(0.0755, abs=5e-5)
    assert four.p_value == pytest.approx(0.0159, abs=5e-5)
    assert three.verdict is AqlVerdict.INSUFFICIENT_SAMPLE
    assert four.verdict is AqlVerdict.DOES_NOT_MEET


def test_none_of_twenty_does_not_show_that_five_percent_is_kept():
    found = at_random(0, 20)
    assert found.verdict is AqlVerdict.INSUFFICIENT_SAMPLE
    assert (found.is_over, found.is_established) == (False, False)
    assert found.interval is not None
    assert found.interval.high == pytest.approx(0.168, abs=5e-4)
    assert "reaches up to 16.84 %: not shown" in found.reason


# How many would settle it.


def test_seventy_two_without_a_defect_show_that_five_percent_is_kept():
    # 0.95 ** 72 = 0.0249 <= 0.025 < 0.95 ** 71 = 0.0262.
    assert at_random(0, 20).needed_without_defects == 72
    assert at_random(0, 72).verdict is AqlVerdict.MEETS
    assert at_random(0, 71).verdict is AqlVerdict.INSUFFICIENT_SAMPLE


def test_eighty_would_settle_ten_percent_against_five():
    assert at_random(5, 50).needed == 80
    assert stats.binom.sf(7, 80, 0.05) <= 0.05
    assert at_random(8, 80).verdict is AqlVerdict.DOES_NOT_MEET


def test_what_is_settled_needs_no_larger_sample():
    assert at_random(6, 50).needed is None
    assert at_random(0, 72).needed is None


def test_a_share_at_the_level_itself_is_settled_by_no_sample():
    assert sample_needed(0.05, 0.05) is None


def test_a_level_of_zero_cannot_be_shown_by_a_sample():
    found = at_random(0, 40, aql=0.0)
    assert found.verdict is AqlVerdict.INSUFFICIENT_SAMPLE
    assert found.needed_without_defects is None


def test_one_defect_misses_a_level_of_zero():
    assert at_random(1, 40, aql=0.0).verdict is AqlVerdict.DOES_NOT_MEET


@pytest.mark.parametrize("aql", [0.01, 0.02, 0.1, 0.25])
def test_the_needed_sample_without_defects_is_the_formulas(aql: float):
    # The smallest n with (1 - aql) ** n <= 0.025.
    n = sample_needed(aql)
    assert n is not None
    assert (1 - aql) ** n <= 0.025 < (1 - aql) ** (n - 1)


@pytest.mark.parametrize("aql", [0.0, 0.003, 0.02, 0.3])
@pytest.mark.parametrize("share", [0.0, 0.0029, 0.02, 0.021, 0.1, 0.45, 1.0])
@pytest.mark.parametrize("least", [1, 73])
def test_the_needed_sample_is_the_first_of_all_that_settles(aql: float, share: float, least: int):
    """By looking at every size, one after the other."""
    sizes = np.arange(least, 100_001)
    if share > aql:
        settles = binomial_at_least(np.floor(share * sizes + 1e-9), sizes, aql) <= 0.05
    else:
        settles = binomial_at_most(np.ceil(share * sizes - 1e-9), sizes, aql) <= 0.025
    expected = int(sizes[settles.argmax()]) if settles.any() else None
    assert sample_needed(aql, share, least=least) == expected


# A lot of known size.


def test_five_of_fifty_out_of_a_hundred_is_established():
    # At most 5 of 100 may be bad: P(X >= 5) = C(95, 45) / C(100, 50) = 0.0281.
    found = at_random(5, 50, lot=100)
    assert found.p_value == pytest.approx(0.02814, abs=1e-5)
    assert found.verdict is AqlVerdict.DOES_NOT_MEET


def test_a_whole_lot_drawn_at_random_leaves_no_doubt():
    kept, missed = at_random(2, 40, lot=40), at_random(3, 40, lot=40)
    assert (kept.verdict, missed.verdict) == (AqlVerdict.MEETS, AqlVerdict.DOES_NOT_MEET)
    assert kept.interval is not None
    assert kept.interval.low == kept.interval.high == 0.05


def test_no_more_than_the_lot_is_ever_needed():
    found = at_random(0, 20, lot=30)
    assert (found.needed, found.needed_without_defects) == (30, 30)


def test_a_large_lot_is_like_none():
    near, plain = at_random(5, 50, lot=1_000_000), at_random(5, 50)
    assert near.p_value == pytest.approx(plain.p_value, abs=1e-4)
    assert near.interval is not None
    assert plain.interval is not None
    assert near.interval.high == pytest.approx(plain.interval.high, abs=1e-4)


@given(
    st.integers(1, 40).flatmap(
        lambda lot: st.integers(1, lot).flatmap(
            lambda n: st.tuples(st.integers(0, n), st.just(n), st.just(lot))
        )
    )
)
@settings(max_examples=60, deadline=None)
@example((0, 1, 40))
@example((1, 1, 40))
def test_the_interval_of_a_lot_holds_what_neither_tail_refuses(counts: tuple[int, int, int]):
    """Of one looked at in forty a tail is one fortieth: exactly half of 5 %, and refused."""
    defects, sampled, lot = counts
    refused = 0.025 * (1 + 1e-9)
    held = [
        bad
        for bad in range(defects, lot - sampled + defects + 1)
        if stats.hypergeom.sf(defects - 1, lot, bad, sampled) > refused
        and stats.hypergeom.cdf(defects, lot, bad, sampled) > refused
    ]
    interval = hypergeometric_interval(defects, sampled, lot)
    assert (interval.low, interval.high) == (held[0] / lot, held[-1] / lot)


def test_a_sample_larger_than_its_lot_is_refused():
    with pytest.raises(ValueError, match="50 looked at of a lot of 40 cannot be"):
        hypergeometric_interval(1, 50, 40)
    with pytest.raises(ValueError, match="50 looked at of a lot of 40 cannot be"):
        Sample(50, 1, Method.RANDOM, 40)


# What must never be concluded (MO-327).


@pytest.mark.parametrize("method", [Method.PLANNED, Method.COMPLAINT, Method.INCIDENTAL])
def test_methods_without_inference_give_no_verdict(method: Method):
    found = acceptance(Sample(200, 90, method), aql=0.05)
    assert found.verdict is AqlVerdict.NOT_ASSESSED
    assert (found.estimate, found.interval, found.p_value, found.is_over) == (None, None, None, None)
    assert (found.sampled, found.defects) == (200, 90)
    assert found.reason.startswith("90 defects in 200 looked at allow no conclusion: ")


def test_the_reason_names_the_method():
    assert "not drawn at random" in acceptance(Sample(9, 0, Method.PLANNED), aql=0.05).reason
    assert "cannot be extrapolated" in acceptance(Sample(9, 0, Method.COMPLAINT), aql=0.05).reason
    assert "supplement" in acceptance(Sample(9, 0, Method.INCIDENTAL), aql=0.05).reason


def test_the_plan_can_take_inference_away_from_a_random_sample():
    found = acceptance(Sample(90, 0, Method.RANDOM, allows_inference=False), aql=0.05)
    assert found.verdict is AqlVerdict.NOT_ASSESSED
    assert "the surveillance plan allows no inference" in found.reason


def test_the_plan_cannot_give_inference_to_a_planned_sample():
    found = acceptance(Sample(90, 0, Method.PLANNED, allows_inference=True), aql=0.05)
    assert found.verdict is AqlVerdict.NOT_ASSESSED


@pytest.mark.parametrize("sample", [None, Sample(0, 0, Method.RANDOM), Sample(0, 0, Method.FULL)])
def test_without_anything_looked_at_nothing_meets(sample: Sample | None):
    found = acceptance(sample, aql=0.05)
    assert found.verdict is AqlVerdict.NOT_ASSESSED
    assert found.reason == "Nothing was looked at in this period."


def test_a_standard_that_does_not_apply_is_not_judged():
    found = acceptance(Sample(50, 9, Method.RANDOM), aql=0.05, is_applicable=False)
    assert found.verdict is AqlVerdict.NOT_APPLICABLE


# Everything looked at.


@pytest.mark.parametrize(
    ("defects", "verdict"), [(0, "meets"), (2, "meets"), (3, "does_not_meet"), (40, "does_not_meet")]
)
def test_of_everything_the_share_itself_decides(defects: int, verdict: str):
    # 2 of 40 is 5 %, the level itself.
    found = acceptance(Sample(40, defects, Method.FULL, 40), aql=0.05)
    assert found.verdict == verdict
    assert found.is_established
    assert found.p_value is None
    assert found.interval is not None
    assert found.interval.low == found.interval.high == defects / 40


def test_looked_at_in_full_but_not_all_of_the_lot_is_no_full_inspection():
    found = acceptance(Sample(40, 0, Method.FULL, 50), aql=0.05)
    assert found.verdict is AqlVerdict.INSUFFICIENT_SAMPLE
    assert found.interval is None
    assert "only 40 of 50 were" in found.reason


# Pooling the events of one period.


def test_random_samples_of_a_period_add_up():
    one, others = pooled([Sample(20, 1, Method.RANDOM, 200), Sample(30, 2, Method.RANDOM, 300)])
    assert one == Sample(50, 3, Method.RANDOM, 500)
    assert others == []


def test_a_lot_that_is_not_known_leaves_the_sum_unknown():
    one, _ = pooled([Sample(20, 1, Method.RANDOM, 200), Sample(30, 2, Method.RANDOM)])
    assert one == Sample(50, 3, Method.RANDOM)


def test_full_inspections_stay_full_only_together():
    both = [Sample(20, 1, Method.FULL, 20), Sample(30, 2, Method.FULL, 30)]
    assert pooled(both)[0] == Sample(50, 3, Method.FULL, 50)
    mixed, _ = pooled([both[0], Sample(30, 2, Method.RANDOM, 90)])
    assert mixed == Sample(50, 3, Method.RANDOM, 110)


def test_what_allows_no_conclusion_is_left_out_and_named():
    planned = Sample(99, 50, Method.PLANNED)
    one, others = pooled([planned, Sample(20, 1, Method.RANDOM)])
    assert one == Sample(20, 1, Method.RANDOM)
    assert others == [planned]


def test_where_nothing_allows_a_conclusion_the_largest_stands_for_it():
    small, large = Sample(2, 0, Method.COMPLAINT), Sample(9, 1, Method.PLANNED)
    assert pooled([small, large]) == (large, [small, large])


def test_no_events_pool_to_nothing():
    assert pooled([]) == (None, [])


# The level.


def test_a_level_of_compliance_is_turned_into_one_of_defects():
    assert defect_share(0.95, "least_compliance") == 0.05
    assert defect_share(0.05, "most_defects") == 0.05


def test_a_level_in_percent_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1, not at 95"):
        defect_share(95, "least_compliance")


def test_more_defects_than_looked_at_are_refused():
    with pytest.raises(ValueError, match="6 defects in 5 looked at cannot be"):
        Sample(5, 6, Method.RANDOM)


# Properties.


@given(COUNTS, st.sampled_from([0.01, 0.05, 0.1, 0.3]))
@settings(max_examples=60, deadline=None)
def test_p_is_statsmodels_and_scipys_exact_binomial_test(counts: tuple[int, int], aql: float):
    defects, sampled = counts
    found = at_random(defects, sampled, aql=aql)
    assert found.p_value == pytest.approx(
        stats.binomtest(defects, sampled, aql, alternative="greater").pvalue, abs=1e-12
    )


@given(COUNTS, st.sampled_from([0.01, 0.05, 0.1, 0.3]))
@settings(max_examples=60, deadline=None)
def test_verdict_estimate_and_established_never_contradict(counts: tuple[int, int], aql: float):
    found = at_random(*counts, aql=aql)
    assert found.is_established == (found.verdict is not AqlVerdict.INSUFFICIENT_SAMPLE)
    if found.verdict is AqlVerdict.MEETS:
        assert found.is_over is False
    if found.verdict is AqlVerdict.DOES_NOT_MEET:
        assert found.is_over is True
    assert found.reason


@given(COUNTS)
@settings(max_examples=40, deadline=None)
def test_one_more_defect_never_makes_the_verdict_better(counts: tuple[int, int]):
    defects, sampled = counts
    order = [AqlVerdict.MEETS, AqlVerdict.INSUFFICIENT_SAMPLE, AqlVerdict.DOES_NOT_MEET]
    verdicts = [order.index(at_random(d, sampled).verdict) for d in range(defects, sampled + 1)]
    assert verdicts == sorted(verdicts)


def test_only_full_and_random_allow_a_conclusion():
    assert {Method.FULL, Method.RANDOM} == ALLOWS_INFERENCE
