"""What a figure says beside its target, worked by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.measures.measure import Direction, Measure, Shape, Target, Verdict
from closeout.evidence.measures.targets import VERDICT_WORDS, verdict

SHARE = Measure(
    code="m",
    group=1,
    title="M",
    section="A1",
    shape=Shape.SHARE,
    unit="share",
    numerator="n",
    denominator="d",
    direction=Direction.UP,
    owner="director",
    closes_when="c",
    target=Target(0.9),
)
COUNT = replace(SHARE, shape=Shape.COUNT, unit="count", direction=Direction.DOWN, target=Target(5))


def figure(value, low, high, method="wilson"):
    return Figure(Outcome.COMPUTED, value, low, high, method=method)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (figure(0.95, 0.92, 0.97), Verdict.MET),
        (figure(0.95, 0.90, 0.97), Verdict.MET),
        (figure(0.95, 0.85, 0.97), Verdict.MET_NOT_ESTABLISHED),
        (figure(0.90, 0.85, 0.94), Verdict.MET_NOT_ESTABLISHED),
        (figure(0.85, 0.80, 0.92), Verdict.NOT_MET_NOT_ESTABLISHED),
        (figure(0.85, 0.80, 0.90), Verdict.NOT_MET_NOT_ESTABLISHED),
        (figure(0.85, 0.80, 0.89), Verdict.NOT_MET),
        (figure(0.95, None, None), Verdict.MET_NOT_ESTABLISHED),
        (figure(0.85, None, None), Verdict.NOT_MET_NOT_ESTABLISHED),
        (figure(0.85, None, None, ""), Verdict.NOT_MET),
        (figure(0.90, None, None, ""), Verdict.MET),
        (without(Outcome.NO_DATA, "none"), Verdict.NOT_ASSESSED),
    ],
)
def test_a_share_that_should_be_high(found, expected):
    assert verdict(found, SHARE) is expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (figure(2, 0.2, 4.9), Verdict.MET),
        (figure(4, 1.1, 10.2), Verdict.MET_NOT_ESTABLISHED),
        (figure(8, 3.5, 15.8), Verdict.NOT_MET_NOT_ESTABLISHED),
        (figure(20, 12.2, 30.9), Verdict.NOT_MET),
        (figure(20, 12.2, None), Verdict.NOT_MET),
        (figure(3, 1, None), Verdict.MET_NOT_ESTABLISHED),
    ],
)
def test_a_count_that_should_be_low(found, expected):
    assert verdict(found, COUNT) is expected


def test_all_of_all_and_none_at_all_are_met_although_no_interval_ends_there():
    assert verdict(figure(1.0, 0.97, 1.0), replace(SHARE, target=Target(1))) is Verdict.MET
    assert verdict(figure(0.0, 0.0, 3.7), replace(COUNT, target=Target(0))) is Verdict.MET
    assert (
        verdict(figure(0.99, 0.97, 1.0), replace(SHARE, target=Target(1))) is Verdict.NOT_MET_NOT_ESTABLISHED
    )
    days = replace(COUNT, shape=Shape.MEDIAN, direction=Direction.UP, target=Target(1))
    assert verdict(figure(1.0, 0.5, 2.0), days) is Verdict.MET_NOT_ESTABLISHED


def test_without_a_target_there_is_no_verdict():
    assert verdict(figure(0.9, 0.8, 0.95), replace(SHARE, target=None)) is Verdict.NO_TARGET


def test_every_verdict_has_words():
    assert set(VERDICT_WORDS) == set(Verdict)


@given(value=st.floats(0, 1), half=st.floats(0, 0.2), aim=st.floats(0.01, 0.99))
def test_the_two_directions_mirror_each_other(value, half, aim):
    up = verdict(figure(value, value - half, value + half), replace(SHARE, target=Target(aim)))
    mirrored = replace(SHARE, direction=Direction.DOWN, target=Target(-aim))
    assert verdict(figure(-value, -value - half, -value + half), mirrored) is up
