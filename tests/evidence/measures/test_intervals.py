"""Each shape has the interval that fits it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from closeout.evidence.figures import Outcome
from closeout.evidence.measures.declared import OverTable
from closeout.evidence.measures.intervals import FEW, FEWEST, figure, linearized, seed_of
from closeout.evidence.measures.measure import Direction, Shape
from closeout.evidence.measures.run_tally import Tally
from closeout.evidence.statistics.intervals import cluster_bootstrap
from tests.evidence.measures.test_targets import COUNT, SHARE

RATE = replace(SHARE, shape=Shape.RATE, unit="per component")
MEDIAN = replace(SHARE, shape=Shape.MEDIAN, unit="days", direction=Direction.DOWN)


def test_a_share_of_many_has_wilsons_interval_and_of_few_the_exact_one():
    # Newcombe 1998, table I: 81 of 263, Wilson 0.2553 to 0.3662.
    many = figure(SHARE, Tally(81, 263))
    assert (many.method, many.value) == ("wilson", 81 / 263)
    assert (many.low, many.high) == (pytest.approx(0.2553, abs=5e-5), pytest.approx(0.3662, abs=5e-5))
    # Newcombe 1998, table I: 1 of 29, Clopper-Pearson 0.0009 to 0.1776.
    few = figure(SHARE, Tally(1, 29))
    assert few.method == "exact"
    assert (few.low, few.high) == (pytest.approx(0.0009, abs=5e-5), pytest.approx(0.1776, abs=5e-5))
    assert figure(SHARE, Tally(1, FEW)).method == "wilson"


def test_a_count_and_a_rate_have_the_exact_poisson_interval():
    # Garwood 1936: of 3 events 0.619 to 8.767.
    count = figure(COUNT, Tally(3, 7))
    assert (count.value, count.numerator, count.denominator, count.method) == (3.0, 3, None, "poisson")
    assert (count.low, count.high) == (pytest.approx(0.6187, abs=5e-5), pytest.approx(8.7673, abs=5e-5))
    rate = figure(RATE, Tally(3, 100))
    assert (rate.value, rate.low, rate.high) == (0.03, count.low / 100, count.high / 100)
    more = figure(RATE, Tally(300, 100))
    assert more.value == 3.0


def test_none_counted_is_zero_and_has_an_upper_end():
    nothing = figure(COUNT, Tally(0, 0))
    assert (nothing.value, nothing.low, nothing.high) == (0.0, 0.0, pytest.approx(3.6889, abs=5e-5))


def test_a_quantile_has_the_interval_of_order_statistics():
    # Of 1 to 10 the ranks are 2 and 9 (Conover 1999): P(B <= 1) = 0.0107 at either end.
    tally = Tally(10, 10, ended=Counter(range(1, 11)))
    found = figure(MEDIAN, tally)
    assert (found.value, found.low, found.high, found.numerator, found.denominator) == (5.0, 2.0, 9.0, 5, 10)
    assert found.method == "order statistics"
    assert figure(MEDIAN, tally, OverTable("cases", quantile=0.9)).value == 9.0


def test_a_median_with_open_ones_is_kaplan_meiers():
    survival = replace(MEDIAN, shape=Shape.SURVIVAL)
    tally = Tally(9, 9, ended=Counter([2, 3, 5, 7, 8, 9]), still_open=Counter([4, 6, 9]))
    found = figure(survival, tally)
    # Shares open after 2, 3, 5, 7: 8/9, 7/9, 7/9 x 5/6 = 0.648, 0.648 x 3/4 = 0.486.
    assert (found.value, found.numerator, found.denominator, found.method) == (7.0, 6, 9, "kaplan-meier")
    few = figure(survival, Tally(2, 2, ended=Counter([2, 3])))
    assert FEWEST > 2
    assert (few.value, few.low, few.high) == (2.0, None, None)
    assert few.reason == "how many days at most is not known yet"


def test_groups_that_depend_have_a_bootstrap_that_is_the_same_every_time():
    tally = Tally(6, 60, groups=np.array([[1, 20], [2, 20], [3, 20]]))
    first, second = figure(SHARE, tally), figure(SHARE, tally)
    assert first == second
    assert (first.method, first.value) == ("cluster bootstrap", 0.1)
    assert first.low < 0.1 < first.high
    other = figure(replace(SHARE, code="another"), tally)
    assert (other.value, other.method) == (first.value, first.method)


def test_very_many_groups_have_the_interval_of_their_variance():
    # 4,000 groups of one row each, 1,000 of which do: the ratio is 1/4, the sum of squares 1000 x 9/16 +
    # 3000 x 1/16 = 750, the standard error sqrt(750 x 4000 / 3999) / 4000 = 0.0068474.
    groups = np.array([[1, 1]] * 1000 + [[0, 1]] * 3000)
    found = figure(SHARE, Tally(1000, 4000, groups=groups))
    assert (found.value, found.method) == (0.25, "cluster variance")
    assert (found.low, found.high) == (pytest.approx(0.236579, abs=1e-6), pytest.approx(0.263421, abs=1e-6))
    drawn = cluster_bootstrap([(float(one), float(other)) for one, other in groups[::2].tolist()], seed=1)
    by_variance = linearized(groups[::2])
    assert (drawn.low, drawn.high) == pytest.approx((by_variance.low, by_variance.high), abs=0.002)


def test_an_interval_by_variance_stays_where_a_ratio_can_be():
    # 2/3 less 1.959964 x sqrt(3/2 x (1/9 + 1/9 + 4/9)) / 3.
    groups = np.array([[1, 1], [1, 1], [0, 1]])
    assert (linearized(groups, most=1.0).low, linearized(groups, most=1.0).high) == (
        pytest.approx(0.013345, abs=1e-6),
        1.0,
    )
    assert linearized(np.array([[0, 1], [0, 1], [1, 1]])).low == 0.0
    assert linearized(groups).high > 1


def test_the_seed_of_a_code_is_the_same_for_ever():
    # The first eight bytes of SHA-256 of "m".
    assert seed_of("m") == 0x62C66A7A5DD70C31
    assert seed_of("n") != seed_of("m")


def test_what_keeps_a_figure_from_being_made():
    assert figure(SHARE, Tally(0, 0)).outcome is Outcome.NO_DATA
    assert figure(SHARE, Tally(0, 0, without_basis=4)).outcome is Outcome.NO_RULE
    assert figure(SHARE, Tally(0, 0, without_basis=4, instances=1)).outcome is Outcome.NO_DATA
    few = figure(replace(SHARE, min_n=11), Tally(3, 10))
    assert (few.outcome, few.denominator) == (Outcome.INSUFFICIENT_SAMPLE, 10)
    over_duties = replace(COUNT, duties=("a",))
    assert figure(over_duties, Tally(0, 0)).outcome is Outcome.NO_DATA
    assert figure(over_duties, Tally(0, 0, instances=3)).value == 0.0
