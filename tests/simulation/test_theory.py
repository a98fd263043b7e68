"""The simulation's own kernel against queueing theory, within its own interval."""

from __future__ import annotations

import pytest
from scipy.stats import t as student

from closeout.simulation.desk import Desk, desk_model, desk_outcome, simulate_desk
from closeout.simulation.model import Law, ModelError
from closeout.simulation.replications import simulate
from closeout.simulation.theory import answered_within, mg1, mmc


def holds(found, value, level=0.995):
    """Say whether an estimate's interval holds a value, widened: some twenty are asked for here."""
    few = found.replications - 1
    wider = student.ppf((1 + level) / 2, few) / student.ppf((1 + found.level) / 2, few)
    return abs(found.mean - value) <= wider * found.half_width


def test_one_officer_by_hand():
    # M/M/1 at half load: half of all wait; the mean wait is load / (1 - load) x service = 1 x 6 minutes.
    found = mmc(1 / 12, 6, 1)
    assert (found.utilization, found.waiting_probability) == (0.5, pytest.approx(0.5))
    assert found.mean_wait == pytest.approx(6)
    assert found.mean_waiting == pytest.approx(0.5)


def test_two_officers_by_hand():
    # M/M/2 with one erlang: C = (1/2 / (1/2)) / (1 + 1 + 1) = 1/3; the wait is C x 10 / (2 - 1).
    found = mmc(0.1, 10, 2)
    assert found.waiting_probability == pytest.approx(1 / 3)
    assert found.mean_wait == pytest.approx(10 / 3)


def test_equal_service_times_halve_the_wait():
    # Pollaczek and Khinchine: with no variation the wait is half of the exponential one.
    assert mg1(0.1, 8, 0).mean_wait == pytest.approx(mg1(0.1, 8, 1).mean_wait / 2)
    assert mg1(0.1, 8, 1).mean_wait == pytest.approx(mmc(0.1, 8, 1).mean_wait)


def test_the_published_desk():
    # pyworkforce: 100 contacts in 30 minutes of 3 minutes, 14 officers, 20 seconds.
    assert answered_within(100 / 30, 3, 14, 20 / 60) == pytest.approx(0.8883500191794669, abs=1e-15)


@pytest.mark.parametrize(
    ("arrivals", "minutes", "officers"), [(0, 1, 1), (1, 0, 1), (1, 1, 0), (1, 1, 1), (3, 1, 2)]
)
def test_no_long_run_without_slack(arrivals, minutes, officers):
    with pytest.raises(ModelError):
        mmc(arrivals, minutes, officers)


def test_a_negative_variation_is_refused():
    with pytest.raises(ModelError, match="variation"):
        mg1(0.1, 1, -1)


def by_calendar(desk, replications, seed, days):
    return desk_outcome(simulate(desk_model(desk, days), replications, seed))


@pytest.mark.parametrize("way", [by_calendar, simulate_desk])
@pytest.mark.parametrize(("officers", "load"), [(1, 0.6), (3, 0.8), (20, 0.9)])
def test_mmc(officers, load, way):
    minutes = 6.0
    arrivals = load * officers / minutes
    desk = Desk(arrivals * 60, minutes, officers, within_minutes=2)
    found, theory = way(desk, 30, seed=12, days=15), mmc(arrivals, minutes, officers)
    assert holds(found.mean_wait, theory.mean_wait)
    assert holds(found.waiting_probability, theory.waiting_probability)
    assert holds(found.utilization, theory.utilization)
    assert holds(found.answered, answered_within(arrivals, minutes, officers, 2))


@pytest.mark.parametrize("way", [by_calendar, simulate_desk])
@pytest.mark.parametrize(
    ("law", "cv"), [(Law.SAME, 0.0), (Law.LOGNORMAL, 1.4), (Law.GAMMA, 0.5), (Law.GAMMA, 1.6)]
)
def test_mg1(law, cv, way):
    desk = Desk(60 * 0.1, 7, 1, law=law, cv=cv)
    found, theory = way(desk, 30, seed=4, days=60), mg1(0.1, 7, cv)
    assert holds(found.mean_wait, theory.mean_wait)
    assert holds(found.utilization, theory.utilization)


@pytest.mark.parametrize("law", list(Law))
def test_the_desks_recursion_is_the_calendar(law):
    # The same people wait as long in both: draws belong to tasks.
    desk = Desk(40, 6, 5, within_minutes=2, law=law, cv=1.2)
    calendar, recursion = by_calendar(desk, 3, 8, 5), simulate_desk(desk, 3, 8, 5)
    for name in ("mean_wait", "waiting_probability", "answered"):
        ours, theirs = getattr(recursion, name), getattr(calendar, name)
        assert (ours.mean, ours.low) == pytest.approx((theirs.mean, theirs.low), rel=1e-9)


def test_the_published_desk_simulated():
    # WISN 2.J: service level .888, occupancy .714, chance of waiting .174.
    found = simulate_desk(Desk(200, 3, 14, within_minutes=20 / 60), 30, seed=2, days=10)
    assert holds(found.answered, 0.8883500191794669)
    assert holds(found.utilization, 0.7142857)
    assert holds(found.waiting_probability, 0.17413193)
    assert set(found.plain()) == {"answered", "waiting_probability", "mean_wait", "utilization"}


def test_intervals_cover_as_often_as_they_say():
    # 40 studies of 10 replications: a 90 % interval misses about 4; 9 or more in 40 is a chance of 2 %.
    theory = mmc(0.4, 6, 3).mean_wait
    missed = sum(
        not holds(simulate_desk(Desk(24, 6, 3), 10, seed, days=12).mean_wait, theory, 0.9)
        for seed in range(40)
    )
    assert missed <= 8


@pytest.mark.parametrize("figures", [(0, 3, 2), (10, 0, 2), (10, 3, 0)])
def test_a_desk_without_contacts_minutes_or_officers(figures):
    with pytest.raises(ModelError):
        Desk(*figures)


def test_a_desk_is_an_office_that_never_closes():
    model = desk_model(Desk(10, 6, 2), days=3)
    assert (len(model.officers), model.is_always_open, model.horizon) == (2, True, 4)
    # 10 an hour, 24 hours, 365 days.
    assert model.duties[0].a_year == 87_600
