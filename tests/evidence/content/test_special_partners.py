"""Until when every partner is inspected: remaining over the pace of a month."""

import pytest

from closeout.evidence.figures import Outcome
from closeout.evidence.measures.special_partners import (
    Coverage,
    Inspected,
    coverage_figure,
    coverage_of,
    projected,
)


def test_22_in_nine_months_is_about_2_4_a_month_and_150_take_61_months():
    """The list of systems, group 13: 22 / 9 = 2.44; 150 / 2.44 = 61.4; 150 / 24 = 6.25."""
    coverage = Coverage(remaining=150, subjects=150, inspected=22, months=9)
    assert round(coverage.pace, 1) == 2.4
    assert round(coverage.months_left) == 61
    assert coverage.pace_needed() == 6.25


def test_the_figure_is_months_with_the_interval_of_the_pace():
    """Poisson, 95 %, of 22: 13.8 to 33.3 (Garwood); 150 x 9 / 33.3 = 40.5 and 150 x 9 / 13.8 = 97.9."""
    figure = projected(Coverage(remaining=150, subjects=150, inspected=22, months=9))
    assert figure.value == pytest.approx(61.36, abs=0.01)
    assert (figure.low, figure.high) == (pytest.approx(40.53, abs=0.05), pytest.approx(97.9, abs=0.1))
    assert (figure.numerator, figure.denominator) == (150, 22 / 9)
    assert "6.2 a month" in figure.reason


def test_without_an_inspection_there_is_no_pace_and_no_month():
    figure = projected(Coverage(remaining=10, subjects=10, inspected=0, months=12))
    assert figure.outcome is Outcome.INSUFFICIENT_SAMPLE
    assert "no inspection was held in 12 months" in figure.reason


def test_where_all_were_inspected_no_month_is_left():
    figure = projected(Coverage(remaining=0, subjects=10, inspected=5, months=12))
    assert (figure.value, figure.low) == (0.0, 0.0)


def test_without_subjects_there_is_no_data():
    assert projected(Coverage(0, 0, 3, 12)).outcome is Outcome.NO_DATA
    assert coverage_figure(None).outcome is Outcome.NO_DATA
    assert coverage_figure(()).outcome is Outcome.NO_DATA


def test_offices_add_up():
    two = (Inspected("A", 5, 3, 2), Inspected("B", 7, 1, 4))
    assert coverage_of(two) == Coverage(4, 12, 6, 12)
    assert coverage_of(two, "B") == Coverage(1, 7, 4, 12)
    assert coverage_figure(two, "B").value == 3.0
