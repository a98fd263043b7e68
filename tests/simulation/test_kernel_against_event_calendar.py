"""Path for path: the kernel and a textbook event calendar do the same tasks at the same instants."""

from __future__ import annotations

from datetime import date

import pytest

from closeout.simulation.model import (
    Away,
    Comes,
    Duty,
    Escorts,
    Law,
    OfficeModel,
    Officer,
    Overdue,
    Overtime,
    Sickness,
)
from closeout.simulation.prepare import prepare, run_once
from closeout.simulation.world import Count
from tests.simulation.event_calendar import Calendar

START = date(2026, 1, 5)
DUTIES = (
    Duty("check-in", 30, Comes.FIXED, interval_days=20, window_days=3, jitter_days=4),
    Duty("record", 6, Comes.FOLLOWS, after="check-in", window_days=1, is_business=True),
    Duty("contact", 25, Comes.FOLLOWS, after="check-in", probability=0.3, delay_days=2, window_days=3),
    Duty("review", 90, Comes.ROLLING, interval_days=40, lead_days=15, window_days=5, law=Law.SAME),
    Duty("inquiry", 20, Comes.ARISES, per_case={"": 6.0}, window_days=2, is_business=True, cv=1.5),
    Duty("window", 12, Comes.ARISES, a_year=500, is_office=True, law=Law.EXPONENTIAL),
    Duty("letter", 5, Comes.FOLLOWS, after="window", probability=0.5, is_office=True, window_days=4),
)


def make_office(**changes):
    officers = tuple(
        Officer(f"D{number}", 480.0 - 60 * (number == 2), {"": 24 + number}) for number in range(4)
    )
    given = {"officers": officers, "duties": DUTIES, "days": 90, "warm_up_days": 0} | changes
    return OfficeModel("NORTH", start_on=START, **given)


def paths(office, seed=7, replication=0):
    """Return what the kernel did and what the event calendar did: (duty, leader, doer, start, end)."""
    prepared = prepare(office)
    world = run_once(prepared, seed, replication, logged=100_000)
    done = world.log[: world.counts[Count.LOGGED]]
    ours = [
        (int(row["duty"]), int(row["leader"]), int(row["doer"]), float(row["start"]), float(row["end"]))
        for row in done
    ]
    names = ("uid", "duty", "leader", "pace", "next_at")
    streams, backlog = (
        [
            {name: row[name].item() for name in names}
            | {"leader": None if row["leader"] < 0 else int(row["leader"])}
            for row in rows
        ]
        for rows in (world.streams, world.backlog)
    )
    calendar = Calendar(
        office,
        list(office.duties),
        streams,
        world.minutes.tolist(),
        world.present.tolist(),
        [int(key) for key in world.keys],
        world.officers["effect"].tolist(),
        backlog,
    )
    calendar.names = [int(row["uid"]) for row in prepared.duties]
    # The kernel's names for whoever is free, and for each role.
    roles = sorted({role for duty in office.duties for role in duty.done_by})
    known = {None: -1} | {role: -2 - place for place, role in enumerate(roles)}
    theirs = [(duty, known.get(leader, leader), *rest) for duty, leader, *rest in calendar.run()]
    return ours, theirs


def check_same(office, **kwargs):
    ours, theirs = paths(office, **kwargs)
    assert len(ours) == len(theirs) > 50
    # Who does which duty of whom, in which order: exactly. The instants: to rounding of the logarithms.
    assert [task[:3] for task in ours] == [task[:3] for task in theirs]
    for column in (3, 4):
        assert [task[column] for task in ours] == pytest.approx(
            [task[column] for task in theirs], rel=1e-12, abs=1e-6
        )


@pytest.mark.parametrize("replication", range(6))
def test_a_whole_office(replication):
    check_same(make_office(), replication=replication)


@pytest.mark.parametrize("seed", range(4))
def test_an_office_with_more_work_than_hours(seed):
    officers = tuple(Officer(f"D{number}", 300.0, {"": 70}) for number in range(3))
    check_same(make_office(officers=officers), seed=seed)


@pytest.mark.parametrize("has_cover", [True, False])
def test_absences_with_and_without_cover(has_cover):
    gone = (Away(date(2026, 1, 19), date(2026, 2, 13)), Away(date(2026, 3, 2), date(2026, 3, 6)))
    ill = (Away(date(2026, 1, 28), date(2026, 1, 28)),)
    officers = (
        Officer("D1", 420.0, {"": 30}, away=gone),
        Officer("D2", 420.0, {"": 30}, away=ill),
        Officer("D3", 420.0, {"": 30}),
    )
    check_same(make_office(officers=officers, has_cover=has_cover))


def test_a_post_that_is_vacant_all_the_time():
    vacant = (Away(date(2025, 1, 1), date(2027, 1, 1), "vacant"),)
    officers = (
        Officer("D1", 480.0, {"": 20}, away=vacant),
        Officer("D2", 480.0, {"": 20}),
        Officer("D3", 480.0, {"": 20}),
    )
    check_same(make_office(officers=officers))


@pytest.mark.parametrize("seed", range(3))
def test_sickness_escorts_and_officers_who_differ(seed):
    office = make_office(
        sickness=Sickness(20, 3), escorts=Escorts(60, 1, 2), officer_spread=0.3, support_share=0.1
    )
    check_same(office, seed=seed)


@pytest.mark.parametrize("budget", [100.0, 10_000.0])
def test_overtime_within_a_budget_and_without_end(budget):
    officers = tuple(Officer(f"D{number}", 300.0, {"": 50}) for number in range(3))
    check_same(make_office(officers=officers, overtime=Overtime(90.0, budget)))


def test_dockets_with_intervals_of_their_own():
    duties = (
        Duty("check-in", 30, Comes.FIXED, interval_days=60, intervals={"juvenile": 15}, window_days=3),
        Duty("review", 60, Comes.ROLLING, per_case={"juvenile": 1.0, "": 0.5}, interval_days=50, lead_days=9),
        Duty("hearing", 20, Comes.ARISES, per_case={"juvenile": 9.0}, window_days=2),
    )
    officers = tuple(Officer(f"D{number}", 300.0, {"": 40, "juvenile": 8}) for number in range(3))
    check_same(make_office(officers=officers, duties=duties))


def test_dates_that_are_set_lie_on_open_days():
    duties = (
        Duty("check-in", 30, Comes.FIXED, interval_days=17, is_set=True, jitter_days=2),
        Duty("reminder", 5, Comes.FIXED, interval_days=17, is_set=True, lead_days=7),
        Duty("visit", 45, Comes.ROLLING, interval_days=30, is_set=True, window_days=1),
    )
    holidays = frozenset({date(2026, 1, 19), date(2026, 2, 16)})
    check_same(make_office(duties=duties, holidays=holidays, stock={"": 30.0}))


@pytest.mark.parametrize("days", [0, 2])
def test_urgent_tasks_that_are_shared(days):
    officers = (
        Officer("D1", 420.0, {"": 70}, away=(Away(date(2026, 1, 19), date(2026, 1, 30)),)),
        Officer("D2", 420.0, {"": 5}),
        Officer("D3", 420.0, {"": 5}),
    )
    check_same(make_office(officers=officers, shared_days=days))


def test_an_officer_whose_open_cases_take_the_whole_day():
    officers = (Officer("D1", 120.0, {"": 60}), Officer("D2", 420.0, {"": 40}))
    check_same(make_office(officers=officers, stock={"": 60.0}))


def test_posts_that_are_filled_late_and_officers_who_leave():
    officers = (
        Officer("D1", 480.0, {"": 20}),
        Officer("D2", 480.0, {"": 20}),
        Officer("D3", 480.0, {"": 20}, lead_days=30, lead_cv=0.5, ramp=(0.25, 0.5)),
    )
    check_same(make_office(officers=officers, attrition_a_year=0.6))


BACKLOG = (
    Overdue("review", "D1", days=40, count=9),
    Overdue("review", "D2", days=1, count=3),
    Overdue("contact", "D9", days=5, count=2),
    Overdue("window", days=3, count=3),
)


@pytest.mark.parametrize("warm_up", [0, 25])
def test_a_backlog_at_the_start(warm_up):
    check_same(make_office(backlog=BACKLOG, warm_up_days=warm_up))


@pytest.mark.parametrize("backlog", [(), BACKLOG])
@pytest.mark.parametrize("seed", range(3))
def test_a_backlog_in_place_of_what_an_overloaded_warm_up_left(seed, backlog):
    gone = (Away(date(2025, 12, 29), date(2026, 1, 14)),)
    officers = (
        Officer("D1", 240.0, {"": 80}),
        Officer("D2", 300.0, {"": 60}, away=gone),
        Officer("D3", 300.0, {"": 60}),
    )
    check_same(make_office(officers=officers, backlog=backlog, warm_up_days=60), seed=seed)


def test_tasks_that_each_officer_has_for_herself():
    training = Duty("training", 90, Comes.ARISES, per_officer=30.0, window_days=20)
    check_same(make_office(duties=(*DUTIES, training)))


def test_an_office_that_is_always_open():
    check_same(make_office(is_always_open=True, open_minutes=1440.0))


def test_holidays_and_a_warm_up():
    check_same(make_office(holidays=frozenset({date(2026, 1, 19), date(2026, 2, 16)}), warm_up_days=30))


def test_two_runs_of_one_replication_are_the_same():
    ours, _ = paths(make_office())
    again, _ = paths(make_office())
    assert ours == again
    assert ours != paths(make_office(), replication=1)[0]


def of_roles(**shares):
    return {"is_office": True, "done_by": shares}


ROLES = (
    *DUTIES[:5],
    Duty(
        "inspection", 240, Comes.FIXED, a_year=9, interval_days=30, window_days=5, **of_roles(inspector=1.0)
    ),
    Duty(
        "complaint", 45, Comes.ARISES, a_year=400, window_days=4, **of_roles(inspector=0.25, supervisor=0.75)
    ),
    Duty("answer", 30, Comes.FOLLOWS, after="complaint", **of_roles(clerk=0.5, supervisor=0.5)),
    Duty(
        "second", 15, Comes.FOLLOWS, after="review", delay_days=1, window_days=2, **of_roles(supervisor=1.0)
    ),
    Duty("letter", 8, Comes.ARISES, a_year=300, is_office=True, window_days=3),
)


def with_roles(**changes):
    """Return an office of three who lead, one of them a supervisor, a clerk who covers, and two others."""
    gone = (Away(date(2026, 1, 20), date(2026, 2, 6)),)
    officers = (
        Officer("D1", 420.0, {"": 26}),
        Officer("D2", 420.0, {"": 26}, away=gone),
        Officer("D3", 420.0, {"": 9}, role="supervisor"),
        Officer("D4", 200.0, role="clerk"),
        Officer("I1", 300.0, role="inspector", is_covering=False, away=gone),
        Officer("S1", 180.0, role="supervisor", is_covering=False),
    )
    return make_office(**({"officers": officers, "duties": ROLES} | changes))


@pytest.mark.parametrize("seed", range(4))
def test_roles_that_do_what_nobody_leads(seed):
    check_same(with_roles(), seed=seed)


def test_roles_with_sickness_overtime_sharing_and_a_backlog():
    backlog = (Overdue("complaint", days=9, count=5), Overdue("review", "D2", days=3, count=4))
    office = with_roles(
        sickness=Sickness(12, 3),
        overtime=Overtime(60.0, 900.0),
        shared_days=1,
        backlog=backlog,
        warm_up_days=20,
    )
    check_same(office)


def test_only_who_has_the_role_does_its_duties():
    ours, _ = paths(with_roles())
    doers = {duty.code: set() for duty in ROLES}
    for duty, _, doer, *_ in ours:
        doers[ROLES[duty].code].add(doer)
    assert doers["inspection"] == {4}
    assert doers["second"] == {2, 5}
    assert doers["complaint"] == {2, 4, 5}
    assert doers["answer"] == {2, 3, 5}
    # Cases, and what no role does, are for those who cover.
    for code in ("check-in", "record", "review", "inquiry", "letter"):
        assert doers[code] <= {0, 1, 2, 3}
