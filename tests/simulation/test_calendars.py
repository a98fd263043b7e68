"""Hours by day, who is away and until when, worked by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from closeout.simulation.calendars import escort, fall_ill, open_days, planned, returns, stock_minutes
from closeout.simulation.chance import identity, keys
from closeout.simulation.model import Away, Officer, Taken
from closeout.simulation.prepare import prepare, run_once
from closeout.simulation.world import NEVER, PRESENT
from tests.simulation.offices import make_office


def days_of(officer, **changes):
    """Return the minutes of one officer in the week of Monday 5 January 2026 and the one after."""
    office = make_office(officers=(officer,), days=14, warm_up_days=0, **changes)
    return planned(office, open_days(office, 14))[0].tolist()


def test_weekends_and_holidays_are_closed():
    office = make_office(days=14, warm_up_days=0, holidays=frozenset({date(2026, 1, 7)}))
    assert np.flatnonzero(~open_days(office, 14)).tolist() == [2, 5, 6, 12, 13]


def test_what_is_taken_support_and_absence_by_hand():
    # 480 less 60 at the window are 420; less a tenth for support 378. Away on Tuesday and Wednesday.
    officer = Officer(
        "D1",
        480.0,
        away=(Away(date(2026, 1, 6), date(2026, 1, 7)),),
        taken=(Taken(60, date(2026, 1, 5), date(2026, 1, 9)),),
    )
    week = [378, 0, 0, 378, 378, 0, 0, 432, 432, 432, 432, 432, 0, 0]
    assert days_of(officer, support_share=0.1) == pytest.approx(week)


def test_more_taken_than_there_is_leaves_nothing():
    officer = Officer("D1", 100.0, taken=(Taken(300, date(2026, 1, 5), date(2026, 1, 5)),))
    assert days_of(officer)[:2] == [0, 100]


def test_a_learner_grows_month_by_month():
    # Half of the output in the first month from the second Monday on; full before, as for anyone.
    officer = Officer("D1", 480.0, ramp=(0.5,), ramp_from=date(2026, 1, 12))
    assert days_of(officer)[3:10] == [480, 480, 0, 0, 240, 240, 240]


def test_open_cases_take_their_minutes_from_each_day():
    # 65 cases at 10 minutes a month are 650; a month has 260 / 12 = 21.67 working days: 30 a day.
    office = make_office(officers=(Officer("D1", cases={"a": 65}),), stock={"a": 10.0})
    assert stock_minutes(office, office.officers[0]) == pytest.approx(30)
    world = run_once(prepare(office), 1, 0)
    assert world.present.max() - world.minutes.max() == pytest.approx(30)


def test_who_is_away_returns_on_the_next_day_with_hours():
    # Thursday and Friday away: away over the weekend too, back on Monday (day 7). The next weekend is none.
    minutes = np.array([[5.0, 5, 5, 0, 0, 0, 0, 5, 5, 5, 5, 5, 0, 0]])
    is_open = np.array([True] * 5 + [False] * 2 + [True] * 5 + [False] * 2)
    assert returns(minutes, is_open)[0].tolist() == [PRESENT] * 3 + [7] * 4 + [PRESENT] * 7


def test_who_never_returns_is_back_after_every_due_date():
    minutes = np.array([[5.0, 0, 0]])
    assert returns(minutes, np.ones(3, dtype=bool))[0].tolist() == [PRESENT, NEVER - 1, NEVER - 1]


def test_sickness_takes_the_share_of_days_it_should():
    minutes = np.full((200, 260), 480.0)
    numbers = np.array([identity("officer", str(place)) for place in range(200)])
    fall_ill(minutes, numbers, keys(1, 0, "NORTH"), 739_000, 10.0, 4.0)
    # On days present a spell begins with 10 / 260, and lasts 4 on average: 0.0385 x 4 / (1 + 0.0385 x 4).
    assert (minutes == 0).mean() == pytest.approx(0.133, abs=0.01)


def test_a_days_illness_does_not_hang_on_where_the_run_begins():
    numbers = np.array([identity("officer", "D1")])
    long, short = np.full((1, 400), 480.0), np.full((1, 300), 480.0)
    fall_ill(long, numbers, keys(1, 0, "NORTH"), 739_000, 20.0, 2.0)
    fall_ill(short, numbers, keys(1, 0, "NORTH"), 739_100, 20.0, 2.0)
    # From the first day on which both are well the two are the same.
    both = np.flatnonzero((long[0, 100:] > 0) & (short[0] > 0))[0]
    assert (long[0, 100 + both :] == short[0, both:]).all()


def test_trips_take_officers_in_turn():
    minutes = np.full((6, 520), 480.0)
    escort(minutes, keys(1, 0, "NORTH"), 739_000, 52.0, 2, 1)
    gone = (minutes == 0).sum(axis=1)
    # 104 trips of two officers for a day in two years of working days; by turns each has a sixth.
    assert gone.sum() == pytest.approx(208, abs=45)
    assert gone.max() - gone.min() <= 1


def test_more_officers_on_trips_than_there_are():
    minutes = np.full((2, 100), 480.0)
    escort(minutes, keys(1, 0, "NORTH"), 739_000, 2_000.0, 5, 1)
    assert minutes.min() == 0
