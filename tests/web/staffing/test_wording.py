"""How figures read, and what activity somebody means."""

from datetime import UTC, date, datetime

import pytest

from closeout.web.casework.models import Office
from closeout.web.staffing.activities import activities, activity_title, find_activity
from closeout.web.staffing.policy import day_at
from closeout.web.staffing.templatetags.staffing import around, around_percent, grade_words, unit_words
from closeout.web.staffing.wording import clock, flag_words, number, percent, problem_words, spread
from closeout.workload.intervals import Interval


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 min"), (59, "59 min"), (60, "1 h 0 min"), (95.4, "1 h 35 min")]
)
def test_minutes_read_as_hours_and_minutes(minutes, said):
    assert clock(minutes) == said


@pytest.mark.parametrize(
    ("value", "places", "said"),
    [
        (None, 1, "no figure"),
        (1234.56, 1, "1,234.6"),
        (-3.25, 1, "−3.2"),
        (-0.04, 1, "0.0"),
        (0.0, 0, "0"),
        (2.5, 2, "2.50"),
    ],
)
def test_numbers_are_rounded_at_the_edge_and_zero_has_no_sign(value, places, said):
    assert number(value, places) == said


def test_an_interval_reads_with_to_where_it_is_below_zero():
    assert spread(Interval(36.2, 41, 46.1)) == "36.2–46.1"
    assert spread(Interval(-0.5, 1, 4.5)) == "−0.5 to 4.5"
    assert spread(None) == ""


def test_a_figure_stands_with_its_interval_or_says_that_there_is_none():
    assert around(41.0, Interval(36.2, 41, 46.1)) == '41.0 <span class="interval">(36.2–46.1)</span>'
    assert around(41.0, "") == "41.0"
    assert around(None) == '<span class="note">no figure</span>'
    assert around_percent(0.921) == "92 %"
    assert around_percent(None) == '<span class="note">no figure</span>'
    assert around_percent(0.92, Interval(0.81, 0.92, 1.04)) == ('92 <span class="interval">(81–104)</span> %')


def test_shares_grades_units_and_flags_in_words():
    assert (percent(0.934), percent(None), percent(0.125, 1)) == ("93 %", "no figure", "12.5 %")
    assert grade_words("D") == "D: experts' estimate only"
    assert unit_words("case_month") == "an open case and month"
    assert (grade_words("Z"), unit_words("yard")) == ("Z", "yard")
    assert flag_words("ORPHANED: 2 officers without hours") == "2 officers without hours"
    assert flag_words("2 officers: no hours") == "2 officers: no hours"


def test_every_activity_is_found_by_code_and_by_title():
    for code, one in activities().items():
        assert find_activity(code) is not None
        assert find_activity(code).code == code
        assert find_activity(f" {one.title.upper()} ") is not None


@pytest.mark.parametrize("typed", ["", "   ", "zzz", "v", "%", "\x00"])
def test_what_fits_none_or_several_is_no_activity(typed):
    assert find_activity(typed) is None


def test_an_unknown_activity_is_called_by_its_code():
    assert activity_title("gossip") == "gossip"


def test_a_day_is_the_offices_own_and_a_wrong_zone_stops_nobody():
    late = datetime(2026, 6, 2, 3, 30, tzinfo=UTC)
    assert day_at(Office(time_zone="America/New_York"), late) == date(2026, 6, 1)
    assert day_at(Office(time_zone="Asia/Tokyo"), late) == date(2026, 6, 2)
    assert day_at(Office(time_zone="no-such-zone"), late) == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("ModelError: office F09 has 7", "Office F09 has 7."),
        ("scenario x: ModelError: none", "Scenario x: ModelError: none."),
        ("The worker was lost.", "The worker was lost."),
        ("", ""),
    ],
)
def test_a_problem_is_told_without_the_name_of_the_error(problem, said):
    assert problem_words(problem) == said
