"""Outcomes of independent replications, their intervals, and the nation's sums."""

from __future__ import annotations

import numpy as np
import pytest

from closeout.simulation.estimates import estimate, plain, within
from closeout.simulation.expected import evenness, expected_hours
from closeout.simulation.model import Away, Comes, Duty, Law, ModelError, Officer, Overtime, Sickness
from closeout.simulation.outcome import FIELDS
from closeout.simulation.replications import simulate, simulate_nation
from tests.simulation.offices import CHECK_IN, START, make_office


def test_a_mean_with_its_t_interval():
    # 1, 2, 3: mean 2, deviation 1, t(0.95, 2) = 2.92; 2.92 / sqrt(3) = 1.686.
    found = estimate([1, 2, 3])
    assert (found.mean, found.replications) == (2, 3)
    assert (found.low, found.high) == pytest.approx((0.3141, 3.6859), abs=1e-4)
    assert found.half_width == pytest.approx(1.6859, abs=1e-4)


def test_one_replication_has_no_interval_and_none_has_no_mean():
    one = estimate([5.0])
    assert (one.low, one.high, one.half_width) == (None, None, float("inf"))
    assert within(one, 0, 1) is one
    assert estimate([float("nan")]) is None
    assert plain(None) is None


def test_a_shares_interval_ends_at_one():
    assert within(estimate([0.9, 1.0]), 0, 1).high == 1.0


def test_minutes_by_hand():
    # One officer, one case, one check-in every 10 days of just 30 minutes, always open: in 100 days 10
    # fall due and are done on the day, 5 hours in all.
    duty = Duty("check-in", 30, Comes.FIXED, law=Law.SAME, interval_days=10, window_days=0)
    office = make_office(
        officers=(Officer("D1", 60.0, {"": 1}),),
        duties=(duty,),
        days=100,
        warm_up_days=10,
        is_always_open=True,
    )
    found = simulate(office, 3)
    assert found.of("fell_due").tolist() == [10, 10, 10]
    assert found.on_time().mean == 1.0
    assert found.of("minutes").tolist() == [300, 300, 300]
    # 100 days of 60 minutes: 5 of 100 hours.
    assert found.used().tolist() == [0.05, 0.05, 0.05]
    assert found.of("backlog").tolist() == [0, 0, 0]


def test_work_that_does_not_fit_is_late_by_hand():
    # Two check-ins of 60 minutes fall due every day with 60 minutes a day: one is done, the queue grows.
    duty = Duty("check-in", 60, Comes.FIXED, law=Law.SAME, interval_days=1)
    office = make_office(
        officers=(Officer("D1", 60.0, {"": 2}),), duties=(duty,), days=40, warm_up_days=0, is_always_open=True
    )
    found = simulate(office, 2)
    assert found.of("fell_due").tolist() == [80, 80]
    assert found.of("done").tolist() == [40, 40]
    # On the first day one of two is on time; from then on the day's officer does older ones first.
    assert found.of("on_time").tolist() == [1, 1]
    assert found.of("overdue").tolist() == [40, 40]
    assert found.is_growing()


def test_every_task_is_counted_once():
    found = simulate(make_office(warm_up_days=0), 4)
    opened, done, backlog = (found.of(name) for name in ("opened", "done", "backlog"))
    assert (opened == done + backlog).all()
    for duty in found.duties:
        assert (found.of("on_time", duty.code) <= found.of("fell_due", duty.code)).all()


def test_hours_by_duty_are_hours_by_officer():
    found = simulate(make_office(cases=150, sickness=Sickness(10, 4)), 4)
    by_officer = found.hours("own") + found.hours("cover") + found.hours("office")
    assert found.of("minutes") / 60 == pytest.approx(by_officer)
    assert found.of("covered_minutes") / 60 == pytest.approx(found.hours("cover"))
    assert (found.hours("cover") > 0).all()


def test_nobody_works_more_than_there_are_hours():
    found = simulate(make_office(cases=600), 3)
    assert (found.used() <= 1 + 1e-9).all()
    with_overtime = simulate(make_office(cases=600, overtime=Overtime(60, 100_000)), 3)
    assert (with_overtime.used() > 1).all()
    assert with_overtime.on_time().mean > found.on_time().mean


def test_volumes_are_those_expected():
    # 400 cases: 4.06 check-ins a year each, 2 inquiries; within three standard errors of the mean.
    office = make_office(days=365)
    found, expected = simulate(office, 10), expected_hours(office)
    for code in ("check-in", "contact", "inquiry"):
        drawn = found.of("opened", code)
        error = 3 * max(drawn.std(ddof=1) / np.sqrt(10), 1)
        assert drawn.mean() == pytest.approx(expected.tasks[code], abs=error)
    # A review is done up to 30 days before its 180 are over, and so comes more often than expected.
    assert expected.utilization < found.used().mean() < 1.12 * expected.utilization


def test_how_evenly_cases_are_led_by_hand():
    # An inquiry of 60 minutes 10 times a year a case: 10 hours. 261 weekdays of 8 hours are 2,088: 250 cases
    # are more than that, 100 are 48 %, 150 are 72 %; a post without hours counts in neither.
    duty = Duty("inquiry", 60, Comes.ARISES, per_case={"": 10.0})
    posts = ((480.0, 250), (480.0, 100), (480.0, 150), (0.0, 40))
    officers = tuple(Officer(f"D{place}", minutes, {"": n}) for place, (minutes, n) in enumerate(posts))
    assert evenness(make_office(officers=officers, duties=(duty,), days=365)) == (1, 1)


def test_without_cover_short_windows_are_missed():
    gone = (Away(START, START.replace(month=3)),)
    officers = (Officer("D1", cases={"": 60}, away=gone), Officer("D2", cases={"": 60}))
    covered = simulate(make_office(officers=officers), 5)
    alone = simulate(make_office(officers=officers, has_cover=False), 5)
    assert covered.on_time("check-in").mean > 0.97
    assert alone.on_time("check-in").mean < 0.85


def test_sharing_helps_an_officer_with_too_many_cases():
    officers = (Officer("D1", cases={"": 900}), Officer("D2", cases={"": 10}), Officer("D3"))
    alone = simulate(make_office(officers=officers), 3)
    shared = simulate(make_office(officers=officers, shared_days=1), 3)
    assert shared.on_time().mean > alone.on_time().mean + 0.2


def test_relabeling_officers_changes_only_chances():
    # Other staff numbers draw other chances: the shares agree within both intervals.
    renamed = tuple(Officer(f"X{place}", 480.0, {"": 100}) for place in range(4))
    one, other = simulate(make_office(), 20).used(), simulate(make_office(officers=renamed), 20).used()
    assert one.mean() == pytest.approx(other.mean(), abs=3 * one.std())


def test_the_same_seed_gives_the_same_and_another_does_not():
    first, again, other = (simulate(make_office(), 2, seed) for seed in (1, 1, 2))
    assert first.plain() == again.plain()
    assert first.plain() != other.plain()


def test_a_replication_is_the_same_among_few_or_many():
    few, many = simulate(make_office(), 2), simulate(make_office(), 5)
    assert (few.counted == many.counted[:2]).all()


def test_a_precision_asks_for_more_replications():
    office = make_office(cases=460, officer_spread=0.2)
    found = simulate(office, 2, precision=0.01, most=64)
    assert found.replications in {10, 20, 40, 64}
    assert found.on_time().half_width <= 0.01 or found.replications == 64
    assert simulate(office, 2, precision=1e-9, most=15).replications == 15


def test_told_of_every_replication_and_ended_by_what_it_raises():
    heard = []
    simulate(make_office(), 3, told=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 3), (2, 3), (3, 3)]

    def stop(_done, _total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(make_office(), 3, told=stop)


def test_the_nation_is_the_sum_of_its_offices():
    north, south = make_office(), make_office(office_id="SOUTH", duties=(CHECK_IN,), cases=40)
    nation = simulate_nation((south, north), 3)
    alone = [simulate(one, 3) for one in (north, south)]
    assert [office.office_id for office in nation.offices] == ["NORTH", "SOUTH"]
    for name in ("fell_due", "on_time", "minutes"):
        assert nation.of(name) == pytest.approx(sum(one.of(name) for one in alone))
    assert nation.hours("available") == pytest.approx(sum(one.hours("available") for one in alone))
    assert nation.cases == 400 + 160
    plain_nation = nation.plain()
    assert "officers" not in plain_nation
    assert [office["office_id"] for office in plain_nation["offices"]] == ["NORTH", "SOUTH"]


def test_notes_of_one_office_name_it():
    models = (
        make_office(notes=("everywhere",)),
        make_office(office_id="SOUTH", notes=("everywhere", "only here")),
    )
    assert simulate_nation(models, 1).notes == ("everywhere", "only here (SOUTH)")


@pytest.mark.parametrize(
    ("models", "said"),
    [
        ((), "no offices"),
        ((make_office(), make_office()), "NORTH is given twice"),
        ((make_office(), make_office(office_id="SOUTH", days=9)), "days differ"),
    ],
)
def test_a_nation_that_cannot_be_added_up(models, said):
    with pytest.raises(ModelError, match=said):
        simulate_nation(models, 1)


def test_replications_and_precision_out_of_range():
    with pytest.raises(ModelError, match="0 replications"):
        simulate(make_office(), 0)
    with pytest.raises(ModelError, match="precision"):
        simulate(make_office(), 1, precision=2)


def test_an_office_without_cases_or_with_nothing_due():
    found = simulate(make_office(cases=0), 2)
    assert found.on_time() is None
    assert found.of("fell_due").tolist() == [0, 0]
    assert found.plain()["all"]["on_time"] is None
    assert found.of("fell_due", "no such duty").tolist() == [0, 0]


def test_plain_holds_what_pages_show():
    made = simulate(make_office(), 2).plain()
    assert {"office_id", "all", "duties", "officers", "used", "open_tasks", "is_growing", "notes"} <= set(
        made
    )
    duty = made["duties"][0]
    assert {"code", "title", "fell_due", "on_time", "years", "mean_days_late", "overdue", "hours"} <= set(
        duty
    )
    assert [one["officer_no"] for one in made["officers"]] == ["D00", "D01", "D02", "D03"]
    assert len(made["open_tasks"]) == 18
    assert FIELDS[:2] == ("started", "opened")
