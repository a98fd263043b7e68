"""Steps are told and timed."""

from __future__ import annotations

from itertools import count

import pytest

from closeout.assess import Steps


def test_each_step_is_told_and_timed():
    told: list[str] = []
    ticks = count(0, 2)
    steps = Steps(told=told.append, clock=lambda: float(next(ticks)))
    with steps.step("one"):
        pass
    with steps.step("two"):
        pass
    assert told == ["one", "two"]
    assert steps.seconds == {"one": 2.0, "two": 2.0}


def test_a_step_done_twice_adds_up():
    ticks = count(0, 3)
    steps = Steps(clock=lambda: float(next(ticks)))
    for _ in range(2):
        with steps.step("one"):
            pass
    assert steps.seconds == {"one": 6.0}


def test_a_step_that_fails_is_timed_too():
    steps = Steps()
    with pytest.raises(KeyError), steps.step("one"):
        raise KeyError
    assert list(steps.seconds) == ["one"]
