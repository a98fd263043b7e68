"""What the rules call for in a month: against a slow oracle, by hand, and beside the duty engine's list."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from closeout.duties.clauses import Cycle, Done, Pack, Period, Shape
from closeout.duties.compile import instances
from closeout.duties.compile.rate_reads import Months, Side
from closeout.workload.shapes import VOLUMES
from closeout.workload.volumes import count_volumes, volumes
from tests.duties.making import (
    at,
    check_in_clause,
    complaint_clause,
    contact_clause,
    day,
    days,
    months,
    opened_rows,
    table,
    text,
    version,
)
from tests.duties.random_agency import CLAUSES, FIRST, READS, records, summary_clause
from tests.workload.slow_volumes import SlowVolumes

UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
NOV, MAY = date(2023, 11, 1), date(2024, 5, 1)
JAN, MAR, DEC = date(2026, 1, 1), date(2026, 3, 1), date(2026, 12, 1)


def counted(clause, given_rows, first=JAN, last=MAR):
    """Return the rows of one clause's volumes, its activity being `work`."""
    pack = Pack("test", "Test", (replace(clause, minutes="work"),))
    needed = {"verifications": [], "offices": [{"office_id": name} for name in "ABZ"]}
    with opened_rows(needed | given_rows) as (engine, tables):
        found = volumes(engine, tables, pack, first, last)
    assert found.schema == VOLUMES
    return [row for row in found.to_pylist() if row["activity"] == "work"]


def by_key(rows, side):
    found = {
        (row["office_id"], row["officer_no"], row["docket"], row["month"]): row[side]
        for row in rows
        if row[side]
    }
    return {key: pytest.approx(value) for key, value in found.items()}


def no_office(said):
    """Return the oracle's keys with the words that stand for an office nobody names."""
    return {(key[0] or "(no office)", *key[1:]): value for key, value in said.items()}


@pytest.mark.parametrize("name", sorted(CLAUSES))
@settings(max_examples=2, phases=UNSHRUNK, deadline=None)
@given(seed=st.integers(0, 1_000_000), size=st.integers(1, 40))
def test_the_rates_and_the_oracle_agree(name, seed, size):
    made = records(seed, size)
    found = counted(CLAUSES[name], made, NOV, MAY)
    plain = {one: table(one, rows).to_pylist() for one, rows in made.items()}
    slow = SlowVolumes(CLAUSES[name], plain, NOV, date(2024, 6, 1), reads=READS)
    assert by_key(found, "owed") == no_office(slow.owed())
    assert by_key(found, "done") == no_office(slow.done())


@pytest.mark.parametrize("name", ["on", "rolling-held", "within-days", "quarter", "fiscal-year"])
def test_counted_as_one_stretch_the_months_come_to_the_same(name):
    made = records(11, 40)
    pack = Pack("test", "Test", (replace(CLAUSES[name], minutes="work"),))
    with opened_rows(made) as (engine, tables):
        whole, monthly = (
            count_volumes(engine, tables, pack, NOV, MAY, is_whole=flag) for flag in (True, False)
        )
    for side in Side:
        names = ["work", "case-management", "case-management-detained"]
        one, other = (each.totals(names, side) for each in (whole, monthly))
        assert one.sum(axis=0)[0] == pytest.approx(other.sum(axis=0)[0])
    # Case-months: days over the mean month, so near and not equal to the sum over months.
    assert one.sum() == pytest.approx(other.sum(), rel=0.02)


CASE = {
    "case_no": "C-1",
    "office_id": "A",
    "officer_no": "S-1",
    "docket": "family",
    "opened_on": day("2020-05-05"),
}


def test_a_rolling_duty_is_called_for_by_the_days_in_scope():
    # Every six months of 182.62 days: January has 31, so 31 / 182.62 = 0.1697 of a verification.
    found = counted(contact_clause(versions=(version(period=months(6)),)), {"cases": [CASE]}, JAN, JAN)
    assert [row["owed"] for row in found] == [pytest.approx(31 / (6 * 365.2425 / 12))]
    assert found[0]["office_id"] == "A"
    assert found[0]["docket"] == "family"


def test_a_duty_neglected_for_years_is_called_for_as_often_as_one_that_is_kept():
    kept = [
        {"case_no": "C-1", "kind": "contact", "verified_on": day(f"2025-{month:02}-01")} for month in (1, 7)
    ]
    clause = contact_clause()
    without, with_events = (
        counted(clause, {"cases": [CASE], "verifications": rows}, date(2025, 1, 1), date(2025, 12, 1))
        for rows in ([], kept)
    )
    assert (
        sum(row["owed"] for row in without)
        == sum(row["owed"] for row in with_events)
        == pytest.approx(2, abs=0.01)
    )
    assert sum(row["done"] for row in with_events) == 2
    assert sum(row["done"] for row in without) == 0


def test_where_no_rule_is_in_force_nothing_is_called_for():
    # In force to 15 January, and again from March: of the quarter 15 + 31 days of 90 count.
    gap = (version(day("2000-01-01"), day("2026-01-15"), period=days(10)), version(MAR, period=days(10)))
    rows = {"cases": [CASE], "check_ins": [{"case_no": "C-1", "due_on": day("2026-02-10")}]}
    rolling = counted(contact_clause(versions=gap), rows)
    assert {row["month"]: row["owed"] for row in rolling} == {
        JAN: pytest.approx(1.5),
        MAR: pytest.approx(3.1),
    }
    assert counted(check_in_clause(versions=gap), rows) == []


def test_a_row_excused_by_its_due_date_is_no_work_and_one_excused_later_is():
    # The office moved the first; the second came to nothing only after its day.
    rows = [
        {
            "case_no": "C-1",
            "due_on": day("2026-01-10"),
            "outcome": "service_issue",
            "outcome_on": day("2026-01-09"),
        },
        {
            "case_no": "C-1",
            "due_on": day("2026-01-20"),
            "outcome": "service_issue",
            "outcome_on": day("2026-01-21"),
        },
    ]
    clause = check_in_clause(excused=text("outcome = 'service_issue'"), excused_on=text("outcome_on"))
    found = counted(clause, {"cases": [CASE], "check_ins": rows})
    assert [(row["month"], row["owed"]) for row in found] == [(JAN, 1)]


def test_each_period_of_a_cycle_is_called_for_in_the_month_it_ends():
    # Two agreements by the quarter; the second ended in January, inside the first quarter: it owes that one.
    agreements = [
        {"agreement_id": "G-1", "office_id": "A", "operational_on": day("2020-01-01")},
        {
            "agreement_id": "G-2",
            "office_id": "A",
            "operational_on": day("2020-01-01"),
            "ended_on": day("2026-01-20"),
        },
    ]
    rows = {"agreements": agreements, "partner_summaries": []}
    found = counted(summary_clause(Cycle.QUARTER), rows, JAN, DEC)
    assert [(row["month"].month, row["owed"]) for row in found] == [(3, 2), (6, 1), (9, 1), (12, 1)]
    assert {row["officer_no"] for row in found} == {None}


def test_a_case_of_two_months_is_two_case_months():
    rows = {"cases": [{**CASE, "opened_on": day("2026-02-01"), "docket": "detained"}]}
    pack = Pack("test", "Test", (replace(contact_clause(), minutes="work"),))
    with opened_rows(rows | {"verifications": []}) as (engine, tables):
        found = volumes(engine, tables, pack, JAN, MAR).to_pylist()
    stock = {row["month"]: row["owed"] for row in found if row["activity"] == "case-management-detained"}
    assert stock == {date(2026, 2, 1): 1, MAR: 1}


def test_one_act_that_discharges_two_duties_is_done_once():
    again = replace(contact_clause(), duty="verify-again", minutes="work")
    pack = Pack("test", "Test", (replace(contact_clause(), minutes="work"), again))
    events = [{"case_no": "C-1", "kind": "contact", "verified_on": day("2026-01-05")}]
    with opened_rows({"cases": [CASE], "verifications": events}) as (engine, tables):
        found = volumes(engine, tables, pack, JAN, JAN).to_pylist()
    assert sum(row["done"] for row in found if row["activity"] == "work") == 1


def test_a_clause_that_lacks_a_table_is_named_and_the_rest_is_counted():
    pack = Pack(
        "test", "Test", (replace(contact_clause(), minutes="work"), complaint_clause(minutes="complaint"))
    )
    with opened_rows({"complaints": [{"office_id": "A", "received_at": at("2026-01-05T09:00")}]}) as (
        engine,
        tables,
    ):
        made = count_volumes(engine, tables, pack, JAN, JAN)
    assert made.lacking == {"verify-contact": ("verifications",)}
    assert [row["owed"] for row in made.table().to_pylist()] == [1]


@pytest.mark.parametrize(
    ("first", "last"), [(day("2026-01-02"), MAR), (MAR, JAN), (date(2010, 1, 1), date(2026, 1, 1))]
)
def test_months_that_are_none_are_refused(first, last):
    with pytest.raises(ValueError, match="month"):
        Months(first, last)


@settings(max_examples=6, phases=UNSHRUNK, deadline=None)
@given(seed=st.integers(0, 1_000_000), period=st.sampled_from([months(1), months(6), Period(days=45)]))
def test_of_a_punctual_office_the_engine_lists_as_many_as_are_called_for(seed, period):
    """Within one for each subject: the engine's instances fall on days, the rate is spread over them."""
    clause = contact_clause(versions=(version(period=period),))
    made = records(seed, 20)
    made["verifications"] = [
        event for case in made["cases"] for event in _punctual(case, period, date(2024, 6, 1))
    ]
    owed = defaultdict(float)
    for row in counted(clause, made, NOV, MAY):
        owed[row["office_id"], row["officer_no"], row["docket"]] += row["owed"]
    with opened_rows(made) as (engine, tables):
        listed = engine.to_arrow(instances(clause, tables, as_of=date(2024, 6, 1))).to_pylist()
    cases = {case["case_no"]: case for case in made["cases"]}
    due, subjects = defaultdict(int), defaultdict(set)
    for case in made["cases"]:
        subjects[case["office_id"], case["officer_no"], case["docket"]].add(case["case_no"])
    for row in listed:
        case = cases[row["case_no"]]
        key = case["office_id"], case["officer_no"], case["docket"]
        due[key] += NOV <= row["due_on"] < date(2024, 6, 1) and row["state"] != "excused"
    for key, owners in subjects.items():
        # And what calendar months are shorter than mean ones: three days in 181, or 0.05 over these months.
        assert abs(due[key] - owed[key]) <= len(owners) * 1.05


def _punctual(case, period, until):
    """Yield verifications on the very day each falls due."""
    from closeout.duties.periods import add  # noqa: PLC0415 - only here

    on = case["reopened_on"] or case["opened_on"]
    while on < until:
        on = add(period, on, frozenset())
        if on < until and (case["closed_on"] is None or on < case["closed_on"]):
            yield {"case_no": case["case_no"], "kind": "contact", "verified_on": on}


def test_the_first_day_of_the_random_agency_lies_in_the_months_counted():
    assert NOV <= FIRST < MAY + timedelta(days=31)


def test_a_case_duty_of_another_office_is_counted_there_and_keeps_its_docket():
    # The row's own office owes; the case stays with its holder.
    clause = check_in_clause(office=text("office_id"), done=Done("check_ins", "outcome_on"))
    found = counted(
        clause, {"cases": [CASE], "check_ins": [{"case_no": "C-1", "office_id": "B", "due_on": JAN}]}
    )
    assert [(row["office_id"], row["officer_no"], row["docket"]) for row in found] == [("B", "S-1", "family")]


def test_a_row_of_a_case_that_is_not_there_is_nobodys_work():
    assert counted(check_in_clause(), {"check_ins": [{"case_no": "C-9", "due_on": JAN}]}) == []


def test_triggers_are_called_for_in_the_month_they_come():
    clause = complaint_clause(shape=Shape.WITHIN)
    rows = [{"office_id": "A", "received_at": at("2026-01-31T23:00"), "notified_at": at("2026-02-02T08:00")}]
    found = counted(clause, {"complaints": rows})
    assert [(row["month"].month, row["owed"], row["done"]) for row in found] == [(1, 1, 0), (2, 0, 1)]


def test_an_office_that_is_not_in_the_records_is_shown_as_none():
    clause = check_in_clause(office=text("office_id"))
    rows = {"cases": [CASE], "check_ins": [{"case_no": "C-1", "office_id": "Q", "due_on": JAN}]}
    assert [row["office_id"] for row in counted(clause, rows)] == ["(no office)"]


@pytest.mark.parametrize(
    ("more", "is_open"),
    [
        ({}, True),
        ({"closed_on": day("2026-06-30")}, False),
        ({"closed_on": day("2026-07-01")}, True),
        ({"opened_on": day("2026-06-30")}, True),
        ({"opened_on": day("2026-07-01")}, False),
        ({"reopened_on": day("2026-06-30")}, True),
        ({"opened_on": day("2020-05-05"), "closed_on": day("2026-06-29")}, False),
    ],
)
def test_a_case_counts_as_open_by_the_day_and_not_by_what_came_later(more, is_open):
    pack = Pack("test", "Test", (replace(contact_clause(), minutes="work"),))
    made = {"cases": [CASE | more], "verifications": [], "offices": [{"office_id": "A"}]}
    with opened_rows(made) as (engine, tables):
        counted = count_volumes(engine, tables, pack, JAN, MAR, as_of=date(2026, 6, 30))
    assert counted.holders["cases"].sum() == int(is_open)
