"""The hours ledger: each paid hour once, what cannot be set aside, days to come known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from closeout.duties.clauses import Pack
from closeout.workload.hour_rows import LedgerError
from closeout.workload.hours import PARTS, keep_hours, ledger
from closeout.workload.parameters import ParameterError, Parameters
from closeout.workload.shapes import LEDGER
from tests.duties.making import day, opened_rows

PACK = Pack("test", "Test", ())
MONDAY, SUNDAY = date(2026, 3, 2), date(2026, 3, 8)
"""A week without a holiday."""
PLAIN = Parameters(support_share=0.25)


def officer(number="S-1", **said):
    return {
        "officer_no": number,
        "office_id": "A",
        "role": "deportation_officer",
        "entered_on": day("2015-01-01"),
        "active_from": day("2015-01-01"),
        "contracted_hours": 40.0,
    } | said


def away(since, until, hours=8.0, number="S-1", key=1):
    return {
        "absence_id": key,
        "officer_no": number,
        "from_on": day(since),
        "to_on": day(until),
        "hours_a_day": hours,
    }


def lent(since, until, key=1):
    return {"detail_id": key, "officer_no": "S-1", "from_on": day(since), "to_on": day(until)}


def task(hours, since="2026-01-01", until=None, key=1):
    return {
        "collateral_id": key,
        "officer_no": "S-1",
        "hours_a_week": hours,
        "from_on": day(since),
        "to_on": day(until) if until else None,
    }


def kept(first=MONDAY, last=SUNDAY, parameters=PLAIN, *, is_strict=False, **tables):
    with opened_rows({"officers": [officer()]} | tables) as (engine, made):
        return keep_hours(engine, made, PACK, first, last, parameters, is_strict=is_strict)


def week(hours, place=0, number=0):
    return {name: float(hours.parts[name][number, place]) for name in PARTS}


def test_a_plain_week_is_support_and_case():
    # 40 hours, a quarter of them support.
    found = kept()
    assert found.paid.tolist() == [[40]]
    assert week(found) == {"absent": 0, "detailed": 0, "collateral": 0, "support": 10, "case": 30}


def test_each_part_takes_what_the_ones_before_it_left():
    # Monday on leave (8), Tuesday and Wednesday lent (16); 10 hours a week of tasks are 2 a day, and only on
    # Thursday and Friday is there anything left of the day: 4. Of the other 12, a quarter is support.
    found = kept(
        absences=[away("2026-03-02", "2026-03-02")],
        details=[lent("2026-03-03", "2026-03-04")],
        collateral_duties=[task(10)],
    )
    assert week(found) == {"absent": 8, "detailed": 16, "collateral": 4, "support": 3, "case": 9}


def test_a_holiday_is_an_absence_and_leave_on_it_is_the_same_one():
    # 4 July 2025 was a Friday; nobody paid works.
    found = kept(date(2025, 6, 30), date(2025, 7, 6), absences=[away("2025-07-03", "2025-07-04")])
    assert week(found)["absent"] == 16


def test_leave_of_longer_days_than_the_contract_is_the_contracted_day():
    found = kept(officers=[officer(contracted_hours=20.0)], absences=[away("2026-03-02", "2026-03-02", 8)])
    assert week(found)["absent"] == 4
    assert not found.faults


def test_hours_begin_and_end_with_the_service():
    found = kept(officers=[officer(active_from=day("2026-03-04"), active_to=day("2026-03-05"))])
    assert found.paid.tolist() == [[16]]


def test_a_detail_of_45_days_is_known_beforehand_by_week():
    first = MONDAY + timedelta(weeks=2)
    found = kept(
        MONDAY, MONDAY + timedelta(weeks=12), details=[lent(str(first), str(first + timedelta(days=44)))]
    )
    case = found.parts["case"][0]
    # Six whole weeks and three days of the seventh are gone.
    assert case[:2].tolist() == [30, 30]
    assert case[2:8].tolist() == [0] * 6
    assert case[8] == pytest.approx(30 * 2 / 5)


def test_two_absences_of_one_day_are_counted_twice_and_the_later_is_set_aside():
    found = kept(absences=[away("2026-03-02", "2026-03-03"), away("2026-03-03", "2026-03-03", 4, key=2)])
    assert week(found)["absent"] == 16
    said = "overlaps another absence, and the two come to more than the contracted day: hours counted twice"
    assert [str(fault) for fault in found.faults] == [f"absences 2: {said} (officer S-1)"]


def test_two_half_days_are_one_day_and_legitimate():
    found = kept(absences=[away("2026-03-02", "2026-03-02", 4), away("2026-03-02", "2026-03-02", 4, key=2)])
    assert week(found)["absent"] == 8
    assert not found.faults


def test_collateral_duties_above_the_contract_are_set_aside():
    found = kept(collateral_duties=[task(30), task(12, key=2)])
    assert week(found)["collateral"] == 30
    assert "over 100 %" in str(found.faults[0])


def test_collateral_duties_one_after_another_are_not_added():
    tasks = [task(30, until="2026-03-03"), task(30, since="2026-03-04", key=2)]
    assert not kept(collateral_duties=tasks).faults


def test_two_details_at_once_are_set_aside():
    found = kept(details=[lent("2026-03-02", "2026-03-04"), lent("2026-03-04", "2026-03-06", key=2)])
    assert week(found)["detailed"] == 24
    assert "lent to one place at a time" in str(found.faults[0])


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"absences": [away("2026-03-02", "2026-03-02", 30)]}, "a day has from 0 to 24 hours"),
        ({"absences": [away("2026-03-02", "2026-03-02", -3)]}, "a day has from 0 to 24 hours"),
        ({"absences": [away("2026-03-03", "2026-03-02")]}, "ends before it begins"),
        ({"absences": [away("2026-03-02", "2026-03-02", number="S-9")]}, "not in the records"),
        ({"collateral_duties": [task(-1)]}, "0 to 168 hours"),
        ({"officers": [officer(), officer("S-2", contracted_hours=150.0)]}, "between 0 and 120 a week"),
        ({"officers": [officer(), officer("S-2", contracted_hours=-5.0)]}, "between 0 and 120 a week"),
        ({"officers": [officer(), officer(office_id="B")]}, "stands twice; an officer has one home office"),
    ],
)
def test_what_cannot_be_is_set_aside_with_its_row_and_the_rest_goes_on(rows, said):
    found = kept(**rows)
    assert len(found.faults) == 1
    assert said in str(found.faults[0])
    assert week(found)["case"] == 30
    with pytest.raises(LedgerError, match=found.faults[0].table):
        kept(is_strict=True, **rows)


def test_many_faults_are_named_up_to_five():
    rows = [away("2026-03-02", "2026-03-02", 30, key=number) for number in range(1, 8)]
    with pytest.raises(LedgerError, match="and 2 more"):
        kept(is_strict=True, absences=rows)


def test_an_officer_without_hours_has_none_and_no_row():
    with opened_rows({"officers": [officer(contracted_hours=0.0)]}) as (engine, tables):
        found = ledger(engine, tables, PACK, MONDAY, SUNDAY, PLAIN)
    assert found.num_rows == 0
    assert found.schema == LEDGER


def test_no_officers_are_no_hours():
    assert kept(officers=[]).paid.shape == (0, 1)


def test_the_table_has_a_row_an_officer_and_week_in_order():
    officers = [officer("S-2"), officer("S-1", role="supervisor")]
    parameters = Parameters(support_share=0.25, support_by_role=(("supervisor", 0.5),))
    with opened_rows({"officers": officers}) as (engine, tables):
        rows = ledger(engine, tables, PACK, MONDAY, SUNDAY + timedelta(days=7), parameters).to_pylist()
    assert [(row["officer_no"], row["week"]) for row in rows] == [
        (name, MONDAY + timedelta(weeks=number)) for name in ("S-1", "S-2") for number in range(2)
    ]
    assert {row["officer_no"]: row["support"] for row in rows} == {"S-1": 20, "S-2": 10}


def test_a_ledger_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before it begins"):
        kept(SUNDAY, MONDAY)


@pytest.mark.parametrize(("months", "share"), [(0, 0.25), (4, 0.5), (7, 0.75), (10, 1.0), (60, 1.0)])
def test_a_new_officer_brings_more_from_quarter_to_quarter(months, share):
    entered = MONDAY - timedelta(days=round(months * 30.4))
    found = kept(officers=[officer(entered_on=entered)])
    assert found.ramp(PLAIN, MONDAY).tolist() == [share]


@pytest.mark.parametrize(
    "said",
    [
        {"support_share": 1.0},
        {"support_share": 1.2},
        {"support_share": -0.1},
        {"support_by_role": (("supervisor", 1.0),)},
        {"occupancy": 0.0},
        {"occupancy": 1.01},
        {"hours_a_week": 0.0},
        {"months": 0},
        {"workdays_a_week": 8},
        {"ramp": (1.5,)},
    ],
)
def test_parameters_that_leave_no_hours_are_refused(said):
    with pytest.raises(ParameterError):
        Parameters(**said)


SPANS = st.tuples(st.integers(0, 40), st.integers(0, 20), st.floats(0, 24))


@settings(max_examples=12, phases=(Phase.explicit, Phase.generate), deadline=None)
@given(
    absences=st.lists(SPANS, max_size=4),
    details=st.lists(SPANS, max_size=3),
    tasks=st.lists(SPANS, max_size=3),
    hours=st.floats(0, 60),
    share=st.floats(0, 0.95),
)
def test_whatever_the_rows_each_paid_hour_is_in_exactly_one_place(absences, details, tasks, hours, share):
    def days(start, length):
        return str(MONDAY + timedelta(days=start)), str(MONDAY + timedelta(days=start + length))

    found = kept(
        MONDAY,
        MONDAY + timedelta(days=60),
        Parameters(support_share=share),
        officers=[officer(contracted_hours=hours)],
        absences=[away(*days(a, b), c, key=n) for n, (a, b, c) in enumerate(absences, 1)],
        details=[lent(*days(a, b), key=n) for n, (a, b, _) in enumerate(details, 1)],
        collateral_duties=[task(c, *days(a, b), key=n) for n, (a, b, c) in enumerate(tasks, 1)],
    )
    assert sum(found.parts.values()) == pytest.approx(found.paid)
    assert all((part >= 0).all() for part in found.parts.values())
