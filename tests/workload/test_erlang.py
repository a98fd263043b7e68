"""The window desk as a queue."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeout.workload.erlang import DeskTarget, desk, served_within, waiting_probability


def test_one_officer_is_the_plain_queue():
    # M/M/1: the chance of waiting is the load itself; within t: 1 - rho exp(-(1 - rho) t).
    assert waiting_probability(1, 0.6) == pytest.approx(0.6)
    assert served_within(1, 0.6, 2.0) == pytest.approx(1 - 0.6 * math.exp(-0.8))


def test_two_officers_by_hand():
    # Erlang C for c = 2, a = 1: (a^2/2) (2/(2-a)) / (1 + a + (a^2/2) 2/(2-a)) = 1/3.
    assert waiting_probability(2, 1.0) == pytest.approx(1 / 3)


def test_by_the_textbook_sum():
    officers, load = 12, 9.5
    terms = [load**k / math.factorial(k) for k in range(officers)]
    last = load**officers / math.factorial(officers) * officers / (officers - load)
    assert waiting_probability(officers, load) == pytest.approx(last / (sum(terms) + last), rel=1e-12)


def test_a_desk_with_too_much_to_do_makes_everybody_wait():
    assert waiting_probability(3, 3.0) == 1
    assert served_within(3, 3.5, 100) == 0


def test_nobody_expected_takes_nobody():
    found = desk(0, 10, 60, DeskTarget())
    assert (found.officers, found.rostered, found.served_within) == (0, 0, 1.0)


def test_many_hundred_officers_do_not_overflow():
    assert 0 < waiting_probability(1500, 1450.0) < 1


def test_breaks_are_rostered_on_top():
    target = DeskTarget(within_minutes=20 / 60, share_within=0.8, occupancy=0.85, shrinkage=0.3)
    found = desk(100, 3, 30, target)
    assert (found.officers, found.rostered) == (14, 20)


@settings(max_examples=60, deadline=None)
@given(st.floats(0.1, 200), st.floats(1, 60), st.floats(0.5, 0.95), st.floats(0.3, 1.0))
def test_the_desk_keeps_to_its_target_and_one_fewer_would_not(contacts, minutes, share, occupancy):
    target = DeskTarget(20.0, share, occupancy)
    found = desk(contacts, minutes, 60, target)
    load = contacts / 60 * minutes
    assert found.served_within >= share
    assert found.occupancy <= occupancy + 1e-6
    fewer = found.officers - 1
    broken = fewer <= load or load / fewer > occupancy or served_within(fewer, load, 20 / minutes) < share
    assert fewer < 1 or broken


@pytest.mark.parametrize(
    ("contacts", "minutes", "target", "said"),
    [
        (-1, 10, DeskTarget(), "0 or more"),
        (5, 0, DeskTarget(), "above 0"),
        (5, 10, DeskTarget(within_minutes=-1), "0 or more"),
        (5, 10, DeskTarget(share_within=1.0), "less than all"),
        (5, 10, DeskTarget(occupancy=0.0), "shares"),
        (5, 10, DeskTarget(shrinkage=1.0), "shares"),
        (1e9, 10, DeskTarget(), "past what"),
    ],
)
def test_figures_that_cannot_be_are_refused(contacts, minutes, target, said):
    with pytest.raises(ValueError, match=said):
        desk(contacts, minutes, 60, target)


def test_nobody_waits_where_nobody_comes():
    assert waiting_probability(3, 0.0) == 0


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.floats(0.05, 0.95))
def test_one_more_officer_never_makes_anybody_wait_longer(officers, share):
    load = officers * share
    assert waiting_probability(officers + 1, load) <= waiting_probability(officers, load)
    assert served_within(officers + 1, load, 1.0) >= served_within(officers, load, 1.0)


def test_a_longer_patience_is_served_more_often():
    assert served_within(5, 4.0, 2.0) > served_within(5, 4.0, 0.5) > served_within(5, 4.0, 0.0)


def test_with_no_patience_only_those_who_need_not_wait_count():
    assert served_within(5, 4.0, 0.0) == pytest.approx(1 - waiting_probability(5, 4.0))
