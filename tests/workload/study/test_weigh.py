"""Grades, expiry and what weights rest on: the rules of the method, and published figures."""

from __future__ import annotations

from datetime import date

import pytest

from closeout.workload.study.weigh import Frame, grade_of, observed
from closeout.workload.weights import Grade, Unit
from tests.workload.study.making import AS_OF, LIST, diary, responses

GOOD = Frame(responses(("F01", 10, 9), ("F02", 10, 6), ("F03", 10, 4)))


def _rows(office, officers=4, minutes=120, tasks=10, activity="check-in", week=0):
    return [(office, f"S-{office}{n}", week, activity, minutes + n, tasks) for n in range(officers)]


def _weights(rows, frame=GOOD, as_of=AS_OF):
    return {(one.activity, one.office_id): one for one in observed(diary(rows), frame, LIST, as_of)}


@pytest.mark.parametrize(
    ("response", "until", "grade"),
    [
        (0.80, date(2026, 3, 15), Grade.A),
        (0.80, date(2023, 9, 30), Grade.A),
        (0.80, date(2023, 9, 29), Grade.B),
        (0.79, date(2026, 3, 15), Grade.B),
        (0.50, date(2026, 3, 15), Grade.B),
        (0.50, date(2021, 9, 30), Grade.B),
        (0.95, date(2021, 9, 29), Grade.NONE),
        (0.49, date(2026, 3, 15), Grade.C),
        (None, date(2026, 3, 15), Grade.B),
    ],
)
def test_a_grade_is_by_response_and_age(response, until, grade):
    assert grade_of(response, until, AS_OF)[0] is grade


def test_only_the_best_grade_needs_no_reason():
    said = {grade: grade_of(response, date(2026, 3, 15), AS_OF)[1] for grade, response in
            ((Grade.A, 0.9), (Grade.B, 0.6), (Grade.C, 0.3), (Grade.NONE, None))}  # fmt: skip
    assert said[Grade.A] == ""
    assert said[Grade.B] == "60 % of the officer-weeks asked for were recorded"
    assert said[Grade.C].startswith("only 30 %")
    assert said[Grade.NONE] == "the response is not known"


def test_each_office_with_enough_response_has_its_own_and_the_nation_has_one():
    found = _weights([*_rows("F01"), *_rows("F02", minutes=240), *_rows("F03", minutes=600)])
    assert {office: one.grade for (_, office), one in found.items()} == {
        None: Grade.B,
        "F01": Grade.A,
        "F02": Grade.B,
    }


def test_a_weight_says_what_it_rests_on():
    found = _weights(_rows("F01"))["check-in", "F01"]
    # 120 + 121 + 122 + 123 minutes for 40 check-ins.
    assert found.minutes == pytest.approx(486 / 40)
    assert found.low < found.minutes < found.high
    assert (found.officers, found.entries, found.tasks, found.response) == (4, 4, 40, 0.9)
    assert (found.observed_from, found.observed_to) == (date(2026, 3, 2), date(2026, 3, 8))
    assert found.expires_on == date(2031, 3, 8)
    assert (found.studies, found.unit) == (("STUDY-1",), Unit.DUTY)


def test_untouched_cases_bring_the_minutes_a_case_month_down():
    # 4 officers with 10 case-months each, two of whom touched none: 240 minutes over 40.
    rows = [("F01", f"S-{n}", 0, "look-after", 120 * (n < 2), 10) for n in range(4)]
    found = _weights(rows)["look-after", "F01"]
    assert (found.minutes, found.unit) == (6, Unit.CASE_MONTH)


@pytest.mark.parametrize(("officers", "tasks"), [(2, 10), (4, 2)])
def test_an_office_with_too_few_officers_or_tasks_has_no_weight_of_its_own(officers, tasks):
    found = _weights([*_rows("F01", officers, tasks=tasks), *_rows("F02")])
    assert ("check-in", "F01") not in found
    assert ("check-in", "F02") in found


def test_expired_diaries_give_no_figure_and_say_why():
    found = _weights(_rows("F01"), as_of=date(2031, 3, 3))["check-in", None]
    assert (found.minutes, found.grade) == (None, Grade.NONE)
    assert found.reason == "expired: last recorded until 2026-03-08, more than 5 years ago; study it anew"


def test_diaries_of_before_the_activity_changed_give_no_figure_and_say_why():
    frame = Frame(GOOD.responses, {"check-in": date(2026, 6, 1)})
    found = _weights(_rows("F01"), frame)["check-in", None]
    assert (found.minutes, found.grade) == (None, Grade.NONE)
    assert found.reason.startswith("the activity is another since 2026-06-01")


def test_diaries_of_after_the_change_count_alone():
    # Before the change 120 minutes for ten, after it 240.
    frame = Frame(GOOD.responses, {"check-in": date(2026, 3, 9)})
    rows = [*_rows("F01"), *_rows("F01", minutes=240, week=1)]
    assert _weights(rows, frame)["check-in", "F01"].minutes == pytest.approx((240 * 4 + 6) / 40)


def test_diaries_of_the_last_three_years_come_before_older_ones():
    rows = [*_rows("F01", minutes=600, week=-160), *_rows("F01")]
    found = _weights(rows)["check-in", "F01"]
    assert found.minutes == pytest.approx(486 / 40)
    assert found.observed_from == date(2026, 3, 2)


def test_where_the_last_three_years_have_too_few_older_ones_are_taken_too():
    rows = [*_rows("F01", week=-160), ("F01", "S-9", 0, "check-in", 120, 10)]
    found = _weights(rows)["check-in", "F01"]
    assert found.officers == 5
    assert found.observed_from < date(2023, 9, 30)


def test_support_and_unlisted_activities_have_no_weight():
    rows = [*_rows("F01", activity="meeting"), *_rows("F01", activity="lunch")]
    assert _weights(rows) == {}


def test_without_a_known_response_the_grade_is_b():
    found = _weights(_rows("F01"), Frame(responses()))["check-in", "F01"]
    assert (found.grade, found.response) == (Grade.B, None)


def test_relabeling_the_officers_changes_nothing():
    rows = _rows("F01")
    other = [(office, f"S-Z{9 - n}", *rest) for n, (office, _, *rest) in enumerate(rows)]
    assert _weights(rows) == pytest.approx(_weights(other))


def test_indianas_felony_weight_is_minutes_times_frequency():
    """Indiana's weighted caseload of 2007: 8.77 minutes, 5.82 times a case, published as 51 minutes."""
    # A case-month of every case in which the event happened 5.82 times at 8.77 minutes: 100 cases an officer.
    rows = [("F01", f"S-{n}", 0, "look-after", 8.77 * 582, 100) for n in range(3)]
    found = _weights(rows)["look-after", "F01"]
    assert found.minutes == pytest.approx(8.77 * 5.82) == pytest.approx(51.04, abs=0.005)
    assert round(found.minutes) == 51
