"""What the window of an office takes in its need, and what its rota takes from cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from closeout.duties.clauses import Pack
from closeout.workload.desk_hours import UNKNOWN, desk_hours, together
from closeout.workload.erlang import Desk
from closeout.workload.figures import DeskHours
from closeout.workload.hours import keep_hours
from closeout.workload.parameters import WEEKS_A_MONTH, ParameterError, Parameters
from closeout.workload.staffing import work_out
from closeout.workload.supply import Supply, supply
from closeout.workload.weights import Grade, Kind, Unit, Weight
from closeout.workload.window import Slot, Window
from tests.duties.making import at, check_in_clause, contact_clause, day, opened_rows

JULY_31 = date(2026, 7, 31)
HELD = Pack("test", "Test", (check_in_clause(minutes="check-in"),))
OTHER = Pack("test", "Test", (contact_clause(minutes="verify"),))


def rota(**hours):
    """Return a supply in which each office has one officer with so many hours a month at the window."""
    officers = pl.DataFrame({"officer_no": [f"S-{name}" for name in hours], "office_id": list(hours)})
    nothing = pl.Series([0.0] * len(hours)).to_numpy()
    window = pl.Series(list(hours.values()), dtype=pl.Float64).to_numpy()
    return Supply(officers, *[nothing] * 7, 100.0, nothing[:, None], *[nothing] * 3, window, nothing, nothing)


def sized(office, hours, *, serving=2.0, check_ins=1.0):
    slot = Slot(office, 0, 9, 4.0, 10.0, Desk(1, 1, 1.0, 0.5, 0.5))
    return Window(office, (slot,), hours, serving, check_ins, 4.0)


def test_the_need_is_the_queue_s_less_the_check_ins_that_a_duty_counts():
    found = desk_hours([sized("A", 40.0)], rota(A=10.0), HELD)["A"]
    assert found.sized_hours == pytest.approx(40 * WEEKS_A_MONTH)
    assert found.need_hours == pytest.approx(39 * WEEKS_A_MONTH)
    assert found.contacts == pytest.approx(4 * WEEKS_A_MONTH)
    assert (found.rota_hours, found.reason) == (10.0, "")


def test_where_no_duty_counts_check_ins_the_whole_queue_is_the_window_s():
    found = desk_hours([sized("A", 40.0)], rota(A=10.0), OTHER)["A"]
    assert found.check_in_hours == 0
    assert found.need_hours == found.sized_hours


def test_without_arrivals_the_rota_stands_and_says_why():
    found = desk_hours([], rota(A=12.0, B=0.0), HELD)
    assert list(found) == ["A"]
    assert found["A"].sized_hours is None
    assert found["A"].need_hours == 12.0
    assert found["A"].reason == f"{UNKNOWN}; the rota's 12 hours a month stand in the need"


def test_contacts_without_minutes_give_their_own_reason():
    untimed = Window(
        "A", (), 0.0, 0.0, 0.0, 8.0, "no contact has its minutes recorded; no hours can be given"
    )
    found = desk_hours([untimed], rota(A=0.0), HELD)["A"]
    assert found.reason == untimed.reason
    assert found.contacts == pytest.approx(8 * WEEKS_A_MONTH)
    assert found.need_hours == 0


def test_offices_are_added_up_and_those_without_arrivals_are_said():
    known = DeskHours(10, 100.0, 30, 5, 20, 95.0)
    unknown = DeskHours(0, None, 0, 0, 7, 7.0, "why")
    assert together([]) is None
    assert together([known]) == known
    made = together([known, unknown])
    assert (made.sized_hours, made.rota_hours, made.need_hours) == (100.0, 27, 102.0)
    assert made.reason == "arrivals are not known at the window of 1 office, whose rota stands"
    assert "2 offices" in together([unknown, unknown]).reason
    assert together([unknown]).sized_hours is None


# -- within a run


def officer(number, office="A", **said):
    return {
        "officer_no": f"S-{number}", "office_id": office, "role": "deportation_officer",
        "contracted_hours": 40.0, "entered_on": day("2015-01-05"), "active_from": day("2015-01-05"), **said,
    }  # fmt: skip


def at_window(number, hours, kind="window"):
    return {"officer_no": f"S-{number}", "kind": kind, "hours_a_week": hours, "from_on": day("2015-01-05")}


def contacts(office, a_day, *, minutes=15, category="question"):
    """Return contacts at nine on each working day of July 2026."""
    days = [date(2026, 7, 1) + timedelta(number) for number in range(31)]
    return [
        {
            "office_id": office,
            "received_at": at(f"{one}T09:10"),
            "channel": "walk_in",
            "category": category,
            "minutes": minutes,
        }
        for one in days
        if one.weekday() < 5
        for _ in range(a_day)
    ]


class Hourly:
    """Weights of an hour for everything."""

    def get(self, activity, office_id, kind):
        return Weight(activity, Unit.DUTY, 60.0, 50.0, 70.0, Grade.A, kind or Kind.OBSERVED, office_id)


def run(officers, draws=0, **rows):
    given = {"officers": officers, "offices": [{"office_id": "A"}, {"office_id": "B"}], "check_ins": []}
    case = {
        "case_no": "C-1",
        "office_id": "A",
        "officer_no": "S-1",
        "docket": "family",
        "opened_on": day("2020-01-01"),
    }
    with opened_rows(given | {"cases": [case]} | rows) as (engine, tables):
        return work_out(engine, tables, HELD, JULY_31, Parameters(months=1), weights=Hourly(), draws=draws)


def test_the_need_holds_the_queue_in_place_of_the_rota():
    # At nine o'clock on each working day 2 come, of 10 minutes: one officer keeps the target, 5 hours a week
    # and a tenth for breaks. The rota's 20 hours a week are the ledger's, not the need's.
    office = run(
        [officer(1), officer(2)],
        collateral_duties=[at_window(1, 20)],
        desk_contacts=contacts("A", 2, minutes=10),
    ).offices[0]
    assert office.desk.sized_hours == pytest.approx(5 / 0.9 * WEEKS_A_MONTH)
    assert office.desk.need_hours == office.desk.sized_hours
    awt = 40 * WEEKS_A_MONTH * (1 - 8 / (23 * 8))  # 3 July, observed, is the only absence of both
    assert office.need_fte == pytest.approx(office.desk.sized_hours / awt)


def test_other_named_duties_stand_beside_the_window():
    rows = {"desk_contacts": contacts("A", 2)}
    plain = run([officer(1)], collateral_duties=[at_window(1, 10)], **rows).offices[0]
    both = run([officer(1)], collateral_duties=[at_window(1, 10), at_window(1, 4, "escort")], **rows).offices[
        0
    ]
    # Four hours of forty, escorts: a tenth of a full-time officer, whoever is away.
    assert both.need_fte - plain.need_fte == pytest.approx(4 / 40)
    assert both.desk == plain.desk


def test_an_office_without_a_rota_needs_its_window_too():
    made = run([officer(1), officer(2, "B")], desk_contacts=contacts("B", 3))
    north, south = made.offices
    assert north.desk is None
    assert south.desk.rota_hours == 0
    assert south.need_fte == pytest.approx(south.desk.need_hours / (40 * WEEKS_A_MONTH * 22 / 23))
    assert sum(row.need_fte for row in made.parts if row.office_id == "B") == pytest.approx(south.need_fte)


def test_check_ins_at_the_window_are_needed_once():
    question, check_in = (
        run([officer(1)], desk_contacts=contacts("A", 2, category=category)).offices[0].desk
        for category in ("question", "check_in")
    )
    assert question.sized_hours == check_in.sized_hours
    # 46 contacts of a quarter of an hour in 31 days, and so 11.5 hours x 30.44 / 31 a month.
    assert check_in.check_in_hours == pytest.approx(11.5 * 365.2425 / 12 / 31)
    assert question.need_hours - check_in.need_hours == pytest.approx(check_in.check_in_hours)


def test_without_contacts_the_need_is_as_by_the_rota():
    rows = {"collateral_duties": [at_window(1, 20)]}
    office = run([officer(1)], **rows).offices[0]
    assert office.need_fte == pytest.approx(20 / 40)
    assert UNKNOWN in office.desk.reason


def test_with_draws_the_need_is_as_unsure_as_its_window():
    # Nothing is called for but the window of A: ten a day in the first weeks of July, hundreds on its last
    # days. B's rota stands in every draw, and without draws nothing is drawn.
    few, many = contacts("A", 10), contacts("A", 300)[-900:]
    rows = {"desk_contacts": [*few, *many], "collateral_duties": [at_window(2, 8)]}
    made = run([officer(1), officer(2, "B")], draws=200, **rows)
    north, south = made.offices
    hours, need = (one.intervals["need_" + name] for one, name in ((north.desk, "hours"), (north, "fte")))
    awt = 40 * WEEKS_A_MONTH * 22 / 23
    assert hours.high - hours.low > 0.2 * north.desk.need_hours
    assert (need.low, need.high) == pytest.approx((hours.low / awt, hours.high / awt))
    assert set(north.desk.intervals) == {"need_hours", "need_hours_80", "need_hours_95"}
    assert south.desk.intervals == {}
    assert (
        south.intervals["need_fte"].low == south.intervals["need_fte"].high == pytest.approx(south.need_fte)
    )
    assert made.nation.desk.intervals["need_hours"].high == pytest.approx(hours.high + south.desk.need_hours)
    assert made.shares["windows"] == pytest.approx(1)


def test_without_draws_the_window_has_no_interval():
    made = run([officer(1)], desk_contacts=contacts("A", 2))
    assert made.offices[0].desk.intervals == made.nation.desk.intervals == {}


def test_the_nation_adds_up_its_windows():
    made = run(
        [officer(1), officer(2, "B")],
        desk_contacts=[*contacts("A", 2), *contacts("B", 3)],
        collateral_duties=[at_window(2, 8)],
    )
    assert made.nation.desk.need_hours == pytest.approx(sum(one.desk.need_hours for one in made.offices))
    assert made.nation.need_fte == pytest.approx(sum(one.need_fte for one in made.offices))


# -- in the ledger


def ledger(officers, **rows):
    with opened_rows({"officers": officers} | rows) as (engine, tables):
        pack = Pack("test", "Test", ())
        return keep_hours(engine, tables, pack, date(2026, 7, 6), date(2026, 7, 12), Parameters())


def test_hours_on_the_rota_are_collateral_and_told_apart():
    kept = ledger([officer(1)], collateral_duties=[at_window(1, 10), at_window(1, 5, "union")])
    assert kept.parts["collateral"][0, 0] == pytest.approx(15)
    assert kept.window[0, 0] == pytest.approx(10)
    assert sum(part[0, 0] for part in kept.parts.values()) == pytest.approx(40)


def test_a_day_away_is_no_day_at_the_window():
    # Monday sick, Tuesday an hour: of 8 hours a week by day 1.6, four whole days; an hour leaves room for it.
    away = [
        {
            "officer_no": "S-1",
            "kind": "sick",
            "from_on": day("2026-07-06"),
            "to_on": day("2026-07-06"),
            "hours_a_day": 8.0,
        },
        {
            "officer_no": "S-1",
            "kind": "annual",
            "from_on": day("2026-07-07"),
            "to_on": day("2026-07-07"),
            "hours_a_day": 1.0,
        },
    ]
    kept = ledger([officer(1)], collateral_duties=[at_window(1, 8)], absences=away)
    assert kept.window[0, 0] == pytest.approx(4 * 1.6)
    assert kept.sick[0, 0] == pytest.approx(8)
    assert kept.parts["absent"][0, 0] == pytest.approx(9)


def test_an_officer_not_seen_yet_is_at_the_window_as_often_as_others():
    new = officer(2, active_from=day("2026-07-08"), entered_on=day("2026-07-08"))
    rows = [at_window(1, 10), at_window(1, 10, "union")]
    kept = ledger([officer(1), new], collateral_duties=rows)
    there = supply(kept, date(2026, 7, 12), Parameters())
    # Half of what the nation's officers give to named duties is the window.
    assert there.window[1] == pytest.approx(there.collateral[1] / 2)
    assert there.collateral_fte[0] == pytest.approx(
        (there.collateral[0] - there.window[0]) / there.standard_hours
    )


@pytest.mark.parametrize(
    "said", [{"desk_share": 1.0}, {"desk_occupancy": 0.0}, {"desk_breaks": 1.0}, {"desk_minutes": -1.0}]
)
def test_a_target_that_no_desk_can_keep_to_is_refused(said):
    with pytest.raises(ParameterError, match="desk's target"):
        replace(Parameters(), **said)
