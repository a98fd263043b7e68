"""The least and greatest need that weights could call for and still add up to the minutes paid."""

from __future__ import annotations

import numpy as np
import pytest

from closeout.workload.robust import NotProvenError, Paid, need_band, proven_bound


def band(*paid, slopes=(2.0, 1.0), low=(10.0, 10.0), high=(20.0, 20.0), **more):
    return need_band(slopes, low, high, paid, **more)


def test_without_limits_every_weight_stands_at_its_end():
    found = band()
    assert (found.low_fte, found.high_fte) == pytest.approx((30, 60))
    assert found.high_weights == pytest.approx((20, 20))


def test_minutes_paid_bind_by_hand():
    # One task of each, 30 minutes paid: x + y = 30, each 10 to 20. 2x + y is least at 10, 20: 40; most 50.
    found = band(Paid("NOR", (1, 1), 30), tolerance=0)
    assert (found.low_fte, found.high_fte) == pytest.approx((40, 50))
    assert found.low_weights == pytest.approx((10, 20))
    assert found.is_possible
    assert found.proven_within < 1e-7


def test_a_tolerance_lets_the_minutes_miss_a_little():
    # x + y from 27 to 33: least 2 x 10 + 17 = 37; most 2 x 20 + 13 = 53.
    found = band(Paid("NOR", (1, 1), 30), tolerance=0.1)
    assert (found.low_fte, found.high_fte) == pytest.approx((37, 53))


def test_named_duties_are_added_to_both_ends():
    found = band(fixed_fte=5.0)
    assert (found.low_fte, found.high_fte) == pytest.approx((35, 65))


def test_two_offices_pin_the_weights_down():
    # x + y = 30 and x + 3y = 60: y = 15, x = 15.
    found = band(Paid("NOR", (1, 1), 30), Paid("SOU", (1, 3), 60), tolerance=0)
    assert (found.low_fte, found.high_fte) == pytest.approx((45, 45))


def test_weights_that_cannot_add_up_say_by_how_much():
    # At the most 40 of 50 minutes: 20 % missed at least; at that, both weights stand at their most.
    found = band(Paid("NOR", (1, 1), 50), tolerance=0.02)
    assert not found.is_possible
    assert "miss by 20.0%" in found.reason
    assert found.low_fte == pytest.approx(60, rel=1e-4)


def by_knapsack(slopes, low, high, tasks, minutes):
    """Return the greatest sum of slopes x weights for one exact limit, filling the best ratio first."""
    left = minutes - tasks @ low
    value = slopes @ low
    for each in np.argsort(-slopes / tasks):
        used = min(left, tasks[each] * (high - low)[each])
        value += used * slopes[each] / tasks[each]
        left -= used
    return value


@pytest.mark.parametrize("seed", range(6))
def test_sizes_far_apart_do_not_mislead_the_solver(seed):
    # Escorts of days and reminders of seconds, ten a year and ten million: hours unscaled span 12 digits.
    generator = np.random.default_rng(seed)
    middle = 10.0 ** generator.uniform(-2, 4, 12)
    low, high = middle * generator.uniform(0.5, 0.9, 12), middle * generator.uniform(1.1, 2, 12)
    tasks, slopes = 10.0 ** generator.uniform(0, 7, 12), 10.0 ** generator.uniform(-6, 2, 12)
    minutes = float(tasks @ middle)
    found = need_band(slopes, low, high, [Paid("NOR", tuple(tasks), minutes)], tolerance=0)
    assert found.high_fte == pytest.approx(by_knapsack(slopes, low, high, tasks, minutes), rel=1e-6)
    assert found.low_fte == pytest.approx(-by_knapsack(-slopes, low, high, tasks, minutes), rel=1e-6)
    assert tasks @ np.array(found.high_weights) == pytest.approx(minutes, rel=1e-6)


def test_the_bound_never_lies_above_a_point_within_the_limits():
    generator = np.random.default_rng(1)
    rows, most = np.array([[1.0, 2.0, 1.0]]), np.array([5.0])
    price, low, high = np.array([1.0, -2.0, 0.5]), np.zeros(3), np.full(3, 3.0)
    points = generator.uniform(0, 3, (500, 3))
    points = points[(points @ rows.T <= most).all(axis=1)]
    for multiplier in (-3.0, -1.0, -0.2, 0.0, 4.0):
        bound = proven_bound(price, rows, most, low, high, np.array([multiplier]))
        assert (points @ price >= bound - 1e-12).all()


def test_an_answer_that_is_not_shown_to_be_best_is_not_given(monkeypatch):
    class Wrong:
        x = np.array([1.0, 1.0])
        message = "optimal"
        ineqlin = type("Rows", (), {"marginals": np.zeros(0)})

    monkeypatch.setattr("closeout.workload.robust.linprog", lambda *_args, **_more: Wrong())
    with pytest.raises(NotProvenError, match="miss a limit by 0"):
        band()


def test_a_solver_without_an_answer_is_named(monkeypatch):
    class Nothing:
        x = None
        message = "time limit reached"

    monkeypatch.setattr("closeout.workload.robust.linprog", lambda *_args, **_more: Nothing())
    with pytest.raises(NotProvenError, match="time limit"):
        band()


@pytest.mark.parametrize(
    "wrong",
    [
        {"low": (30.0, 10.0)},
        {"low": (-1.0, 10.0)},
        {"slopes": (-2.0, 1.0)},
    ],
)
def test_intervals_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match="least number of minutes"):
        band(**wrong)


@pytest.mark.parametrize("paid", [Paid("NOR", (1, 1), 0), Paid("NOR", (1,), 30)])
def test_minutes_paid_that_cannot_be_are_refused(paid):
    with pytest.raises(ValueError, match="NOR"):
        band(paid)


def test_a_weight_of_nothing_stays_nothing():
    found = band(slopes=(1.0, 1.0), low=(0.0, 10.0), high=(0.0, 20.0))
    assert found.high_weights == pytest.approx((0, 20))
    assert found.plain()["is_possible"]
