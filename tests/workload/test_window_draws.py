"""What the windows take, drawn: by weeks resampled, each draw sized anew by its queue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from closeout.workload.erlang import DeskTarget, desk
from closeout.workload.figures import DeskHours
from closeout.workload.parameters import WEEKS_A_MONTH, Parameters
from closeout.workload.window import Arrivals, arrivals, windows, windows_of
from closeout.workload.window_draws import LEAST_WEEKS, fewest_officers, window_draws
from tests.duties.making import opened_rows
from tests.workload.test_window import MONDAY, contact

TARGET = Parameters().desk
SUMS = ("contacts", "minutes", "timed", "odd", "check_ins")
SLOT = ("office_id", "weekday", "hour")


def came(counts, minutes, check_ins=0, office="A", *, weekday=0):
    """Return arrivals at an office, so many in each week's nine o'clock of one weekday."""
    n = len(counts)
    days = [MONDAY + timedelta(weeks=week, days=weekday) for week in range(n)]
    daily = pl.DataFrame(
        {
            "office_id": [office] * n,
            "day": days,
            "hour": [9] * n,
            "contacts": counts,
            "minutes": [float(each * minutes) for each in counts],
            "timed": counts if minutes else [0] * n,
            "odd": [0] * n,
            "check_ins": [check_ins] * n,
            "weekday": [weekday] * n,
        }
    )
    return laid(daily, 7 * n)


def laid(daily, days):
    rows = daily.group_by(SLOT).agg(pl.col(SUMS).sum()).sort(SLOT)
    return Arrivals(rows, MONDAY, days, daily)


def together(*each):
    return laid(pl.concat([one.daily for one in each]), each[0].days)


def desks_of(found, *, counts_check_ins=False):
    """Return what the windows take in a month without draws."""
    made = {}
    for one in windows_of(found, TARGET):
        check_ins = one.check_in_hours_a_week * WEEKS_A_MONTH * counts_check_ins
        sized = one.hours_a_week * WEEKS_A_MONTH
        made[one.office_id] = DeskHours(9.0, sized, 1.0, check_ins, 0.0, sized - check_ins)
    return made


def drawn(found, *, n=400, seed=7, counts_check_ins=False, offices=None):
    desks = desks_of(found, counts_check_ins=counts_check_ins)
    return window_draws(found, desks, offices or sorted(desks), TARGET, n=n, seed=seed)


@pytest.mark.parametrize(
    "target",
    [TARGET, DeskTarget(0, 0.95, 1.0, 0.0), DeskTarget(5, 0.5, 0.6, 0.0), DeskTarget(20, 0.0, 0.9, 0.0)],
)
def test_many_desks_at_once_are_each_the_desk_alone(target):
    generator = np.random.default_rng(3)
    contacts, minutes = generator.uniform(0, 60, 200), generator.uniform(1, 40, 200)
    contacts[:3] = 0
    found = fewest_officers(contacts / 60 * minutes, target.within_minutes / minutes, target)
    alone = [
        desk(float(each), float(long), 60, target).officers
        for each, long in zip(contacts, minutes, strict=True)
    ]
    assert found.tolist() == alone


def test_the_shape_is_kept_and_nobody_takes_nobody():
    found = fewest_officers(np.array([[0.0, 0.5], [3.2, 0.0]]), np.ones((2, 2)), TARGET)
    assert found.shape == (2, 2)
    assert found[0, 0] == found[1, 1] == 0
    # 0.5 erlangs: one officer would be half busy and 1 - 0.5 exp(-0.5) = 70 % served in time; two it takes.
    assert found[0, 1] == 2


def test_past_five_hundred_erlangs_occupancy_alone_says_how_many():
    assert fewest_officers(np.array([850.0]), np.array([2.0]), TARGET).tolist() == [1000.0]


def test_the_mean_of_the_draws_is_what_is_expected():
    found = drawn(came([4, 12] * 26, 12))
    assert found.expected[0] == desks_of(came([4, 12] * 26, 12))["A"].need_hours
    assert found.hours[:, 0].mean() == pytest.approx(found.expected[0], rel=0.01)
    assert found.hours[:, 0].std() > 0
    assert (found.beyond == found.hours - found.expected).all()
    assert (found.of("A") == found.hours[:, 0]).all()


def test_weeks_that_are_all_alike_leave_nothing_open():
    found = drawn(came([6] * 52, 12))
    assert found.hours[:, 0] == pytest.approx(np.full(400, found.expected[0]))


def test_the_more_weeks_differ_the_less_sure_are_the_hours():
    calm, wild = drawn(came([9, 11] * 26, 12)), drawn(came([2, 18] * 26, 12))
    assert wild.hours.std() > 1.5 * calm.hours.std()


def test_one_contact_in_a_year_keeps_its_hour_open_in_every_draw():
    # A third of the resamples of 52 weeks hold no week with it; somebody stands at the window all the same.
    busy, rare = came([8] * 52, 12), came([1] + [0] * 51, 12, weekday=2)
    rare = laid(rare.daily.filter(pl.col("contacts") > 0), rare.days)
    found = drawn(together(busy, rare))
    assert found.hours[:, 0] == pytest.approx(np.full(400, found.expected[0]), rel=1e-6)


def test_check_ins_that_a_duty_counts_come_off_in_each_draw():
    both = came([9] * 52, 12, check_ins=3)
    without, less = drawn(both), drawn(both, counts_check_ins=True)
    # Three of nine a week, twelve minutes each: 0.6 hours a week less.
    assert without.expected[0] - less.expected[0] == pytest.approx(0.6 * WEEKS_A_MONTH)
    assert less.hours.mean() == pytest.approx(less.expected[0])


def test_no_draw_is_below_nothing():
    # Three weeks, so that arrivals vary by hundreds of percent when the year is added: nobody owes hours.
    found = drawn(came([40, 1, 1, 1], 12, check_ins=1), counts_check_ins=True)
    assert (found.hours >= 0).all()


def test_offices_without_minutes_take_everybody_s():
    timed, untimed = came([4, 12] * 26, 12), came([4, 12] * 26, 0, office="B")
    found = drawn(together(timed, untimed))
    assert (found.hours[:, 0] == found.hours[:, 1]).all()


def test_what_rises_together_stays_together():
    # The same weeks for all: two offices that fill in the same weeks are unsure together.
    def filled(even, odd, office):
        # Five hours of the week, each nearer to another step.
        return [came([even + day, odd + day] * 26, 12, office=office, weekday=day) for day in range(5)]

    alike = drawn(together(*filled(4, 14, "A"), *filled(4, 14, "B")))
    against = drawn(together(*filled(4, 14, "A"), *filled(14, 4, "B")))
    assert np.corrcoef(alike.hours.T)[0, 1] == pytest.approx(1)
    assert np.corrcoef(against.hours.T)[0, 1] < -0.5


@pytest.mark.parametrize("weeks", [2, 26])
def test_another_office_changes_no_number_of_the_first(weeks):
    first, other = came([4, 12] * weeks, 12), came([5, 6] * weeks, 9, office="B")
    alone, beside = drawn(first), drawn(together(first, other))
    assert (alone.hours[:, 0] == beside.hours[:, 0]).all()


def test_the_same_seed_draws_the_same_and_another_does_not():
    found = came([4, 12] * 26, 12)
    assert (drawn(found).hours == drawn(found).hours).all()
    assert (drawn(found).hours != drawn(found, seed=8).hours).any()


def test_too_few_weeks_vary_as_volumes_of_few_months_do():
    # Three weeks of one number tell of no variance; a year's arrivals have one all the same.
    few, enough = drawn(came([30] * (LEAST_WEEKS - 1), 12)), drawn(came([30] * LEAST_WEEKS, 12))
    assert few.hours.std() > 0
    assert enough.hours.std() == pytest.approx(0, abs=1e-9)


def test_where_nobody_is_known_to_have_come_the_rota_stands_in_every_draw():
    desks = {"A": DeskHours(0.0, None, 0.0, 0.0, 40.0, 40.0, "no contact")}
    found = window_draws(None, desks, ["A", "B"], TARGET, n=3)
    assert found.hours.tolist() == [[40.0, 0.0]] * 3
    assert found.beyond.tolist() == [[0.0, 0.0]] * 3
    # An office without minutes anywhere has no sized hours, and is not drawn either.
    untimed = came([4, 12] * 26, 0)
    assert window_draws(untimed, desks, ["A"], TARGET, n=2).hours.tolist() == [[40.0]] * 2


def test_arrivals_not_kept_by_day_are_not_drawn_from():
    found = came([4, 12] * 26, 12)
    made = window_draws(replace(found, daily=None), desks_of(found), ["A"], TARGET, n=2)
    assert (made.hours == made.expected).all()


# -- read from contacts


def test_days_kept_apart_add_up_to_the_hours_of_the_week():
    rows = [contact("NOR", day, 9 + day, 10 + week, week=week) for week in range(4) for day in range(7)]
    rows += [contact("SOU", 2, 11, 9_999), contact("SOU", 2, 11, None) | {"category": "check_in"}]
    last = MONDAY + timedelta(days=27)
    with opened_rows({"desk_contacts": rows}) as (engine, tables):
        by_week, by_day = (arrivals(engine, tables, MONDAY, last, is_daily=each) for each in (False, True))
        plain = windows(engine, tables, MONDAY, last, TARGET)
    assert by_week.daily is None
    assert by_week.rows.select(*SLOT, *SUMS).rows() == by_day.rows.select(*SLOT, *SUMS).rows()
    assert windows_of(by_week, TARGET) == windows_of(by_day, TARGET) == plain
    assert by_day.daily.height == 4 * 7 + 1
    assert (by_day.since, by_day.days, by_day.weeks) == (MONDAY, 28, 4.0)


# -- the truth is within


def a_year(generator, rate, weeks):
    """Return a year's arrivals: five days of eight hours, weeks that differ by a seventh, Poisson within."""
    week = np.exp(generator.normal(-(0.15**2) / 2, 0.15, (weeks, 1, 1)))
    counts = generator.poisson(rate * week)
    minutes = generator.gamma(np.maximum(counts, 1e-9) * 2, 5.0)
    week, day, hour = np.nonzero(counts)
    known = counts[week, day, hour]
    daily = pl.DataFrame(
        {
            "office_id": pl.repeat("A", len(known), eager=True),
            "day": pl.Series((np.datetime64(MONDAY) + 7 * week + day).astype("datetime64[D]")),
            "hour": hour + 8,
            "contacts": known,
            "minutes": minutes[week, day, hour],
            "timed": known,
            "odd": 0 * known,
            "check_ins": generator.binomial(known, 0.3),
            "weekday": day,
        }
    )
    return laid(daily, 7 * weeks)


@pytest.mark.parametrize(("weeks", "studies"), [(52, 80), (8, 80)])
def test_the_interval_holds_what_the_next_year_s_queue_takes_as_often_as_it_says(weeks, studies):
    # 12 contacts an hour at most, of ten minutes. 300 studies of 52 weeks gave 0.92, of 6 and 12 weeks 0.90.
    generator, held = np.random.default_rng(20_260_301), []
    for study in range(studies):
        rate = generator.uniform(0.5, 12, (5, 8))
        found = a_year(generator, rate, weeks)
        draws = drawn(found, n=200, seed=study, counts_check_ins=True).hours[:, 0]
        low, high = np.quantile(draws, [0.05, 0.95])
        true = desks_of(a_year(generator, rate, 52), counts_check_ins=True)["A"].need_hours
        held.append(low <= true <= high)
    assert 0.85 <= np.mean(held) <= 0.95


def test_a_day_of_the_last_days_that_make_no_week_counts_in_the_last_one():
    # 30 days are four weeks and two days: nothing is lost, and the rate is over all thirty.
    found = came([7] * 5, 12)
    found = Arrivals(found.rows, MONDAY, 30, found.daily)
    desks = desks_of(found)
    made = window_draws(found, desks, ["A"], TARGET, n=50)
    assert made.hours.mean() == pytest.approx(desks["A"].need_hours)
    assert date(2026, 3, 30) in found.daily["day"].to_list()
