"""Tallies say what counting the listing says, clause by clause."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closeout.duties.compile import Cut, Standing, instances, tallies
from closeout.engines import connect
from tests.duties.making import check_in_clause, contact_clause, day, opened, opened_rows, table
from tests.duties.random_agency import CLAUSES, FIRST, SPAN, records

OPEN = {"upcoming", "due", "on_hold", "overdue"}
QUARTERS = Cut((date(2023, 10, 1), date(2024, 1, 1), date(2024, 4, 1), date(2024, 7, 1)), 3)
ANY_DAYS = Cut((date(2023, 12, 30), date(2024, 1, 31), date(2024, 6, 7)))


def span_of(cut, due_on):
    return 0 if due_on is None else sum(one <= due_on for one in cut.days)


def standing_of(row):
    """Return an instance's standing from its state and whether it was missed."""
    if row["state"] in {"no_basis", "done", "overdue"}:
        found = {"no_basis": Standing.NO_BASIS, "done": Standing.IN_TIME, "overdue": Standing.OVERDUE}
        return found[row["state"]]
    if row["is_missed"]:
        return Standing.MISSED
    return Standing.OPEN if row["state"] in OPEN else Standing.EXCUSED


def age_of(row, as_of):
    """Return the band of an overdue instance: to 30 days, 90, 180, a year, and longer."""
    if row["state"] != "overdue" or row["due_on"] is None:
        return None
    return sum((as_of - row["due_on"]).days >= least for least in (31, 91, 181, 366))


def counted(rows, cut, dockets, as_of):
    """Return how many instances, and how many subjects with an open one, by all that tallies go by."""
    found = Counter(
        (
            row["office_id"],
            dockets.get(row["case_no"]),
            span_of(cut, row["due_on"]),
            standing_of(row),
            age_of(row, as_of),
        )
        for row in rows
    )
    late = {row["subject"]: row["state"] == "overdue" for row in rows if row["state"] in OPEN}
    late |= {row["subject"]: True for row in rows if row["state"] == "overdue"}
    return found, Counter(late.values())


@pytest.mark.parametrize(("seed", "cut", "first"), [(11, QUARTERS, 0), (12, ANY_DAYS, 1)])
def test_tallies_are_the_listing_counted(seed, cut, first):
    as_of = FIRST + timedelta(days=SPAN)
    with opened_rows(records(seed, 30)) as (engine, tables):
        cases = engine.to_arrow(tables["cases"]).to_pylist()
        dockets = {case["case_no"]: case["docket"] for case in cases}
        for name in sorted(CLAUSES)[first::2]:
            clause = CLAUSES[name]
            listed = engine.to_arrow(instances(clause, tables, as_of=as_of)).to_pylist()
            rows = engine.to_arrow(tallies(clause, tables, cut, as_of=as_of)).to_pylist()
            found = {
                (row["office_id"], row["docket"], row["span"], row["standing"], row["age"]): row["instances"]
                for row in rows
            }
            expected, late = counted(listed, cut, dockets, as_of)
            assert found == expected, name
            for is_late, standing in ((True, Standing.OVERDUE), (False, Standing.OPEN)):
                subjects = sum(row["subjects"] for row in rows if row["standing"] == standing)
                assert subjects == late[is_late], name
            overdue = Counter(row["case_no"] for row in listed if row["state"] == "overdue" and clause.case)
            assert Counter(one for row in rows for one in row.get("late_cases") or ()) == overdue, name


def test_by_hand():
    # By 1 March 2026: one held in time, one late, one overdue since January, one still to come.
    case = {"case_no": "C-000001", "office_id": "A", "officer_no": "S-1", "opened_on": day("2025-01-01")}
    case["docket"] = "juvenile"
    said = [
        ("2026-01-10", "2026-01-10"),
        ("2026-01-12", "2026-01-20"),
        ("2026-01-20", None),
        ("2026-05-10", None),
    ]
    check_ins = [
        {
            "case_no": "C-000001",
            "due_on": day(due),
            "outcome": held and "attended",
            "outcome_on": day(held) if held else None,
        }
        for due, held in said
    ]
    cut = Cut((day("2026-01-01"), day("2026-02-01")), 1)
    with opened(cases=[case], check_ins=check_ins) as (engine, tables):
        rows = engine.to_arrow(tallies(check_in_clause(), tables, cut, as_of=day("2026-03-01"))).to_pylist()
    found = {
        (row["office_id"], row["span"], Standing(row["standing"]), row["age"]): row["instances"]
        for row in rows
    }
    # Due on 20 January, 40 days before: the second band, from 31 to 90 days.
    assert found == {
        ("A", 1, Standing.IN_TIME, None): 1,
        ("A", 1, Standing.MISSED, None): 1,
        ("A", 1, Standing.OVERDUE, 1): 1,
        ("A", 2, Standing.OPEN, None): 1,
    }
    assert {row["docket"] for row in rows} == {"juvenile"}
    assert [row["late_cases"] for row in rows if row["standing"] == Standing.OVERDUE] == [["C-000001"]]
    assert not any(row["late_cases"] for row in rows if row["standing"] != Standing.OVERDUE)


def test_an_open_subject_is_counted_once():
    case = {"case_no": "C-000001", "office_id": "A", "officer_no": "S-1", "opened_on": day("2025-01-01")}
    verified = [{"case_no": "C-000001", "verified_on": day("2025-01-20")}]
    with opened(cases=[case], verifications=verified) as (engine, tables):
        made = tallies(contact_clause(), tables, QUARTERS, as_of=day("2026-03-01"))
        rows = engine.to_arrow(made).to_pylist()
    still_open = [row for row in rows if row["standing"] in {Standing.OVERDUE, Standing.OPEN}]
    assert [(row["standing"], row["subjects"]) for row in still_open] == [(Standing.OVERDUE, 1)]


@given(
    days=st.lists(st.dates(date(2010, 1, 1), date(2030, 12, 31)), min_size=1, max_size=20),
    step=st.sampled_from([1, 3, 12]),
    since=st.dates(date(2015, 1, 1), date(2025, 12, 28)).filter(lambda one: one.day <= 28),
    number=st.integers(1, 8),
)
def test_counting_months_places_a_day_as_comparing_days_does(shared_engine, days, step, since, number):
    months = [since.year * 12 + since.month - 1 + step * at for at in range(number)]
    cut = Cut(tuple(date(month // 12, month % 12 + 1, since.day) for month in months), step)
    shared_engine.refill("days", table("cases", [{"opened_on": one} for one in days]))
    rows = shared_engine.tables()["days"]
    made = rows.select(by_month=cut.span(rows.opened_on), by_day=Cut(cut.days).span(rows.opened_on))
    found = shared_engine.to_arrow(made).to_pylist()
    assert [row["by_month"] for row in found] == [span_of(cut, one) for one in days]
    assert all(row["by_month"] == row["by_day"] for row in found)


@pytest.fixture(scope="module")
def shared_engine():
    engine = connect(threads=1)
    engine.from_arrow("days", table("cases", [{"opened_on": date(2024, 1, 1)}]))
    yield engine
    engine.close()


def test_the_spans_of_a_period():
    # Two quarters from January: spans 2 and 3 of four cuts; all of it from October: 1 to 3.
    assert QUARTERS.spans(date(2024, 1, 1), date(2024, 6, 30)) == range(2, 4)
    assert QUARTERS.spans(date(2023, 10, 1), date(2024, 6, 30)) == range(1, 4)
