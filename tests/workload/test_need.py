"""Need, bands and grades as formulas, and how many cases fit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.workload.caseload import YARDSTICKS, at_mix, by_type, with_probability
from closeout.workload.need import Standard, band, need_fte, weeks_in_a_row, worst_grade
from closeout.workload.weights import Grade
from closeout.workload.yardsticks import achievable


def test_need_is_demand_over_hours_with_support_and_slack():
    # 1,200 hours over 120 an officer are 10; a fifth of support makes 12.5; planned to nine tenths, 13.89.
    standard = Standard(120, 0.2, 0.9)
    assert need_fte(1_200, standard) == pytest.approx(10 / 0.8 / 0.9)
    assert need_fte(1_200, standard, collateral_fte=2) == pytest.approx(10 / 0.8 / 0.9 + 2)


def test_without_support_and_slack_need_is_the_published_plain_quotient():
    # 540 felonies of 30 hours, 1,800 hours a lawyer: 9 (NCSC for New Mexico, workload method 2.H).
    assert need_fte(540 * 30, Standard(1_800, 0, 1)) == pytest.approx(9)


@given(st.floats(0, 1e6), st.floats(0, 1e5), st.floats(1, 200), st.floats(0, 0.9), st.floats(0.1, 1))
def test_more_work_never_needs_fewer_officers(demand, more, hours, share, occupancy):
    standard = Standard(hours, share, occupancy)
    assert need_fte(demand + more, standard) >= need_fte(demand, standard)


@pytest.mark.parametrize(
    ("utilization", "weeks", "word"),
    [
        (None, 9, ""),
        (0.0, 0, "green"),
        (0.90, 0, "green"),
        (0.95, 0, "watch"),
        (1.0, 3, "watch"),
        (1.01, 0, "over"),
        (1.5, 4, "excessive"),
    ],
)
def test_the_word_for_a_utilization(utilization, weeks, word):
    assert band(utilization, weeks) == word


def test_weeks_in_a_row_above_110_percent():
    # 33 hours of work: over where fewer than 30 are there; the week away neither counts nor breaks.
    assert weeks_in_a_row(33, [29, 29, 0, 29, 31, 29]) == 3
    assert weeks_in_a_row(33, [30, 40]) == 0


def test_weeks_in_a_row_are_those_of_each_officer():
    # 33 hours against 29, 22 against 20 (over 110 % only below 20), no hours at all, and no work.
    hours = np.array([[29, 0, 29, 31], [20, 19, 19, 19], [0, 0, 0, 0], [1, 1, 1, 1]])
    assert weeks_in_a_row([33, 22, 5, 0], hours).tolist() == [2, 3, 0, 0]
    assert weeks_in_a_row([33, 22], np.zeros((2, 0))).tolist() == [0, 0]


def test_the_grade_is_what_nine_tenths_of_the_hours_have_or_better():
    assert worst_grade({Grade.A: 90, Grade.D: 10}) is Grade.A
    assert worst_grade({Grade.A: 80, Grade.C: 12, Grade.D: 8}) is Grade.C
    assert worst_grade({Grade.A: 80, Grade.NONE: 20}) is Grade.NONE
    assert worst_grade({}) is Grade.NONE


def test_cases_that_fit_at_the_present_mix_are_rounded_down():
    assert at_mix(60, 1.2) == 50
    assert at_mix(59, 1.2) == 49
    assert at_mix(0, 1.2) is None
    assert at_mix(60, None) is None
    assert at_mix(60, 0) is None


def test_cases_of_one_docket_alone_give_the_published_30_60_and_120():
    # APPA: 120 hours a month at 4, 2 and 1 hour a case.
    assert by_type([120], {"intensive": 4, "moderate": 2, "low": 1}) == [
        {"intensive": 30, "low": 120, "moderate": 60}
    ]
    assert by_type([-5, 2], {"low": 1}) == [{"low": 0}, {"low": 2}]
    assert by_type([10], {"none": 0}) == [{}]
    assert by_type([], {"low": 1}) == []


@given(st.lists(st.floats(0, 500), max_size=4), st.lists(st.floats(0.01, 50), max_size=4))
def test_the_cases_that_fit_are_those_of_the_published_formula(hours, each):
    kinds = {f"kind {place}": one for place, one in enumerate(each)}
    assert by_type(hours, kinds) == [
        {kind: achievable(there, one) for kind, one in kinds.items()} for there in hours
    ]


def test_the_yardsticks_are_what_their_words_say():
    appa = [one for one in YARDSTICKS if one.name.startswith("APPA")]
    assert [one.cases * int(one.says[0]) for one in appa] == [120, 120, 120]


def test_a_caseload_holds_with_the_probability_it_is_given_for():
    draws = np.array([0.5, 0.8, 1.0, 1.25, 2.0])
    found = {one.probability: one.cases for one in with_probability(100, draws)}
    # In 80 % of the draws 100 cases take at most 1.25 of the hours, so 80 cases at most all of them.
    assert found == {0.5: 100, 0.8: 80, 0.9: 50, 0.95: 50}
    for share, cases in found.items():
        assert (draws * cases / 100 <= 1).mean() >= share


def test_without_draws_or_cases_no_caseload_is_promised():
    assert with_probability(10, np.array([])) == ()
    assert with_probability(0, np.array([1.0])) == ()
    assert with_probability(5, np.array([0.0, 1.0])) == ()
