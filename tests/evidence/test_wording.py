"""Figures in words: rounded once, with interval and what they rest on."""

from __future__ import annotations

from datetime import date

import pytest

from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.measures.measure import Direction, Shape, Target, Verdict
from closeout.evidence.wording import interval, number, said, span, target, verdict, with_unit
from tests.evidence.made import count, measure, result, share


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.6123, "share", "61.2 %"),
        (1.0, "share", "100.0 %"),
        (1204331.0, "count", "1,204,331"),
        (12.0, "days", "12"),
        (12.54, "days", "12.5"),
        (0.01234, "per component", "0.012"),
        (41.5, "per inspection", "41.5"),
    ],
)
def test_numbers_are_rounded_by_their_unit(value, unit, words):
    assert number(value, unit) == words


def test_a_unit_stands_behind_lengths_and_rates():
    assert with_unit(12.0, "days") == "12 days"
    assert with_unit(0.5, "share") == "50.0 %"


def test_a_whole_share_is_said_with_interval_and_count():
    figure = share(737051, 1204331, 0.609, 0.615)
    assert said(figure, measure()) == "61.2 % (60.9–61.5) of 1,204,331"


def test_a_count_rests_on_nothing_else():
    assert said(count(40), measure(shape=Shape.COUNT, unit="count")) == "40 (36–44)"


def test_an_open_interval_says_or_more():
    figure = Figure(Outcome.COMPUTED, 30.0, 20.0, None, 5, 10)
    assert interval(figure, "days") == "(20 or more)"


def test_no_value_is_its_reason():
    figure = without(Outcome.INSUFFICIENT_SAMPLE, "3 of 11 rows")
    assert said(figure, measure()) == "insufficient sample: 3 of 11 rows"


@pytest.mark.parametrize(
    ("aim", "way", "words"),
    [
        (Target(0.95), Direction.UP, "95 % or more"),
        (Target(0.025), Direction.DOWN, "2.5 % or less"),
        (None, Direction.UP, "none"),
    ],
)
def test_a_target_says_which_way(aim, way, words):
    assert target(measure(target=aim, direction=way)) == words


def test_a_verdict_is_in_words_and_never_a_color():
    assert verdict(result(measure(), share(1, 2, 0, 1), Verdict.MET_NOT_ESTABLISHED)) == (
        "on target, not established"
    )
    assert verdict(result(measure(), without(Outcome.NO_RULE, "none"), Verdict.NOT_ASSESSED)) == (
        "no rule in force"
    )


def test_a_day_is_no_period():
    assert span(None, date(2026, 10, 31)) == "as of 2026-10-31"
    assert span(date(2025, 11, 1), date(2026, 10, 31)) == "2025-11-01 to 2026-10-31"
