"""Where a year begins: with what is overdue today; and every task is somewhere at the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from closeout.simulation.curve import curve
from closeout.simulation.expected import expected_hours
from closeout.simulation.model import Away, Comes, Duty, Escorts, Law, ModelError, Officer, Overdue, Sickness
from closeout.simulation.overdue import of_duties
from closeout.simulation.replications import simulate, simulate_nation
from tests.simulation.offices import CHECK_IN, DUTIES, REVIEW, make_office

BACKLOG = (
    Overdue("check-in", "D00", days=3, count=8),
    Overdue("review", "D01", days=90, count=25),
    Overdue("inquiry", days=10, count=6),
)


def check_conserved(found):
    """Tasks in = done + open + withdrawn, of each duty in each replication."""
    for duty in found.duties:
        came = found.of("started", duty.code) + found.of("opened", duty.code)
        gone = found.of("done", duty.code) + found.of("withdrawn", duty.code)
        assert (came == gone + found.of("backlog", duty.code)).all()
    assert (found.of("backlog") == found.by_day("open")[:, -1]).all()
    assert (found.by_day("fell_due").sum(axis=1) == found.of("fell_due")).all()
    assert (found.by_day("on_time").sum(axis=1) == found.of("on_time")).all()
    assert (found.by_day("overdue")[:, -1] == found.of("overdue")).all()
    assert (found.by_day("overdue") >= 0).all()
    assert (found.by_day("overdue") <= found.by_day("open")).all()


@pytest.mark.parametrize("backlog", [None, (), BACKLOG])
@pytest.mark.parametrize("warm_up", [0, 45])
@pytest.mark.parametrize("cases", [60, 2_500])
def test_every_task_is_done_or_open_or_withdrawn(backlog, warm_up, cases):
    office = make_office(cases=cases, backlog=backlog, warm_up_days=warm_up)
    found = simulate(office, 3)
    check_conserved(found)
    assert set(found.of("brought")) == {39.0 if backlog else 0.0}


def test_it_holds_with_absences_sharing_trips_and_lateness():
    gone = (Away(date(2026, 1, 1), date(2026, 1, 20)),)
    office = make_office(cases=700, backlog=BACKLOG, sickness=Sickness(20, 5), escorts=Escorts(30, 1, 3))
    officers = (replace(office.officers[0], away=gone), *office.officers[1:])
    for days in (None, 0, 3):
        check_conserved(simulate(replace(office, officers=officers, shared_days=days), 3))


def test_it_holds_for_the_nation():
    offices = [make_office(office_id=name, backlog=BACKLOG, cases=500) for name in ("NORTH", "SOUTH")]
    found = simulate_nation(offices, 2)
    check_conserved(found)
    assert set(found.of("brought")) == {78.0}


def test_what_the_records_say_takes_the_place_of_what_the_warm_up_leaves():
    # Far more work than hours: after the warm-up hundreds are overdue. The records know of none, or of 39.
    busy = make_office(cases=2_500, days=20)
    left, none, some = (
        simulate(replace(busy, backlog=backlog), 4) for backlog in (None, (), BACKLOG)
    )  # fmt: skip
    assert (left.by_day("overdue")[:, 0] > 100).all()
    assert (none.of("withdrawn") > 100).all()
    assert (none.by_day("overdue")[:, 0] < left.by_day("overdue")[:, 0] / 3).all()
    assert (some.of("withdrawn") == none.of("withdrawn")).all()
    assert (some.by_day("overdue")[:, 0] > none.by_day("overdue")[:, 0]).all()


def test_a_review_that_was_withdrawn_comes_again():
    # 40 reviews, none of which is ever done: nobody is there. All are withdrawn once, and come again.
    office = make_office(
        officers=(Officer("D1", 480.0, {"": 40}, away=(Away(date(2020, 1, 1), date(2030, 1, 1)),)),),
        duties=(replace(REVIEW, interval_days=40, lead_days=0, window_days=0),),
        days=60,
        warm_up_days=60,
        backlog=(),
    )
    found = simulate(office, 2)
    assert found.of("withdrawn").tolist() == [40, 40]
    assert found.of("opened").tolist() == [40, 40]
    check_conserved(found)


def test_todays_backlog_makes_the_first_month_late_by_hand():
    # A task a day can be done, every other day one falls due. Ten that are overdue are done first, on days 1
    # to 10; five that fell due meanwhile, and five that do until those are done, end by day 20. Then none is
    # late. January has 27 days from the 5th, with 13 or 14 due.
    duty = Duty("check-in", 60, Comes.FIXED, law=Law.SAME, interval_days=2)
    office = make_office(
        officers=(Officer("D1", 60.0, {"": 1}),),
        duties=(duty,),
        days=80,
        warm_up_days=0,
        is_always_open=True,
        backlog=(Overdue("check-in", "D1", days=5, count=10),),
    )
    found = simulate(office, 4)
    overdue = found.by_day("overdue")
    assert set(overdue[:, 0]) <= {9.0, 10.0}
    assert (overdue[:, 20:] == 0).all()
    months = found.plain()["months"]
    assert [month["on"] for month in months] == ["2026-01-05", "2026-02-01", "2026-03-01"]
    assert months[0]["on_time"]["mean"] < 0.5
    assert [month["on_time"]["mean"] for month in months[1:]] == [1.0, 1.0]
    assert months[0]["fell_due"] + months[1]["fell_due"] + months[2]["fell_due"] == 40
    check_conserved(found)


def test_a_backlog_of_one_desk_takes_its_minutes_to_clear():
    # 200 tasks of 60 minutes (exponential) by one officer day and night: 200 * 60 / 1,440 = 8.33 days, with a
    # deviation of 60 * sqrt(200) / 1,440 = 0.59. What comes later is due later and waits.
    office = make_office(
        officers=(Officer("D1", 1440.0),),
        duties=(
            Duty(
                "call", 60, Comes.ARISES, law=Law.EXPONENTIAL, a_year=12 * 365, is_office=True, window_days=90
            ),
        ),
        days=30,
        warm_up_days=0,
        open_minutes=1440.0,
        is_always_open=True,
        backlog=(Overdue("call", days=1, count=200),),
    )
    found = simulate(office, 40)
    cleared = (found.by_day("overdue") > 0).sum(axis=1) + 0.5
    assert cleared.mean() == pytest.approx(8.33, abs=3 * 0.59 / np.sqrt(40) + 0.05)


def test_an_officers_own_tasks_come_at_their_rate():
    training = Duty("training", 30, Comes.ARISES, per_case={}, per_officer=12.0, window_days=30)
    posts = (*make_office().officers, Officer("(nobody)", 0.0, {"": 5}))
    office = make_office(officers=posts, duties=(*DUTIES, training), days=365)
    # 4 officers with hours, 12 a year each: 48, with a deviation of the mean of sqrt(48 / 40).
    assert expected_hours(office).tasks["training"] == 48.0
    found = simulate(office, 40)
    assert found.of("opened", "training").mean() == pytest.approx(48, abs=3 * np.sqrt(48 / 40))
    # Nobody else does them.
    assert found.of("covered", "training").sum() < found.of("done", "training").sum() / 10


def test_the_curve_is_of_a_caseload_that_is_kept():
    office = make_office(cases=100)
    late = replace(office, backlog=(Overdue("check-in", days=30, count=4_000),))
    kept, same = (curve(one, caseloads=(100,), replications=2) for one in (late, office))
    assert kept.plain() == same.plain()


@pytest.mark.parametrize(("values", "said"), [({"days": 0}, "at least a day"), ({"count": -1}, "at least 0")])
def test_an_overdue_task_that_cannot_be(values, said):
    with pytest.raises(ModelError, match=said):
        Overdue("check-in", **values)


def test_what_is_overdue_of_duties_left_out_is_named():
    kept, notes = of_duties((*BACKLOG, Overdue("serve-notice", count=7)), DUTIES)
    assert kept == BACKLOG
    assert notes == (
        "39 tasks that are overdue in the records lie on the desks on the first day counted",
        "not simulated: 7 overdue tasks of duties that are left out: serve-notice",
    )
    assert of_duties((), (CHECK_IN,))[0] == ()
