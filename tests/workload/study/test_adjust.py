"""Whether time suffices, and two rounds of estimates: medians, quartiles, small counts kept back."""

from __future__ import annotations

from datetime import date

import pytest

from closeout.workload.study.adjust import State, agreed, rounds, state_of, sufficiency
from tests.workload.study.making import frame


def _answers(enough, short, **more):
    rows = []
    for number in range(enough + short):
        is_enough = number < enough
        said = {} if is_enough else {"suggested_minutes": 10.0 + number, "reason": "interrupted"} | more
        rows.append(
            {
                "answer_id": number + 1,
                "activity": "check-in",
                "officer_no": f"S-{number}",
                "is_enough": is_enough,
                "answered_on": date(2026, 4, 1),
            }
            | said
        )
    return frame("sufficiency_answers", rows)


def test_the_share_that_finds_its_time_too_short_and_the_median_they_suggest():
    (found,) = sufficiency(_answers(6, 4))
    # Suggested 16, 17, 18, 19.
    assert (found.answers, found.too_short, found.suggested) == (10, 0.4, 17.5)
    assert found.reasons == {"interrupted": 4}


def test_below_ten_answers_nothing_but_their_number_is_said():
    (found,) = sufficiency(_answers(5, 4))
    assert (found.answers, found.too_short, found.suggested, found.reasons) == (9, None, None, {})


def test_who_suggests_nothing_gives_no_median():
    (found,) = sufficiency(_answers(6, 4, suggested_minutes=None, reason=None))
    assert (found.too_short, found.suggested, found.reasons) == (0.4, None, {})


def test_if_the_time_suffices_all_nothing_is_too_short():
    (found,) = sufficiency(_answers(12, 0))
    assert (found.too_short, found.suggested) == (0, None)


def test_no_answers_are_no_activity():
    assert sufficiency(_answers(0, 0)) == ()


def _estimates(turn, *likely, first=1, **more):
    return [
        {
            "estimate_id": first + number,
            "panel": "PANEL-1",
            "activity": "check-in",
            "round": turn,
            "officer_no": f"S-{number}",
            "low_minutes": minutes - 2.0,
            "likely_minutes": float(minutes),
            "high_minutes": minutes + 4.0,
            "estimated_on": date(2026, 4, 1),
        }
        | more
        for number, minutes in enumerate(likely)
    ]


def test_a_round_is_its_medians_and_quartiles():
    (found,) = rounds(frame("delphi_estimates", _estimates("first", 10, 12, 14, 20, 30)))
    assert (found.low, found.likely, found.high) == (12, 14, 18)
    assert (found.quartiles, found.spread, found.panelists) == ((12, 20), 8, 5)


def test_one_loud_panelist_moves_a_median_little():
    (found,) = rounds(frame("delphi_estimates", _estimates("first", 10, 12, 14, 20, 9000)))
    assert found.likely == 14


def test_the_second_round_is_what_the_panel_ended_with_and_whether_it_came_together():
    both = _estimates("first", 10, 12, 14, 20, 30) + _estimates("second", 13, 14, 15, 16, 17, first=10)
    (found,) = agreed(frame("delphi_estimates", both))
    assert (found.last.round, found.last.likely) == ("second", 15)
    assert (found.first.spread, found.last.spread, found.is_narrower) == (8, 2, True)


def test_a_second_round_that_lies_further_apart_says_so():
    both = _estimates("first", 13, 14, 15, 16, 17) + _estimates("second", 5, 10, 15, 20, 25, first=10)
    (found,) = agreed(frame("delphi_estimates", both))
    assert not found.is_narrower


def test_one_round_alone_has_not_come_together():
    (found,) = agreed(frame("delphi_estimates", _estimates("first", 13, 14, 15, 16, 17)))
    assert (found.first, found.last.round, found.is_narrower) == (found.last, "first", False)


def test_a_panel_of_four_estimates_nothing():
    assert rounds(frame("delphi_estimates", _estimates("first", 13, 14, 15, 16))) == ()


def test_a_panelists_last_word_counts():
    changed = _estimates("first", 13, 14, 15, 16, 17)
    changed += _estimates("first", 99, first=20, estimated_on=date(2026, 4, 2))
    (found,) = rounds(frame("delphi_estimates", changed))
    assert found.panelists == 5
    assert found.likely == 16


@pytest.mark.parametrize("column", ["panel", "activity"])
def test_panels_and_activities_are_apart(column):
    other = _estimates("first", 23, 24, 25, 26, 27, first=10, **{column: "other"})
    found = rounds(frame("delphi_estimates", _estimates("first", 13, 14, 15, 16, 17) + other))
    assert sorted(one.likely for one in found) == [15, 25]


@pytest.mark.parametrize(
    ("approved_on", "expires_on", "state"),
    [
        (None, None, State.WAITS),
        (date(2026, 9, 2), None, State.WAITS),
        (date(2026, 9, 1), None, State.HOLDS),
        (date(2026, 8, 1), date(2026, 9, 1), State.HOLDS),
        (date(2026, 8, 1), date(2026, 8, 31), State.EXPIRED),
    ],
)
def test_an_adjustment_waits_holds_or_has_expired(approved_on, expires_on, state):
    assert state_of(approved_on, expires_on, date(2026, 9, 1)) is state
