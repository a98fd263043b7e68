"""Why an instance stands as it does."""

from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from closeout.duties.clauses import DayKind, Period
from closeout.duties.compile import instances
from closeout.duties.explain import Asking, NoInstanceError, columns_in, explain
from tests.duties.answers.agency import CASES, CLAUSES, agency
from tests.duties.making import (
    at,
    complaint_clause,
    contact_clause,
    day,
    days,
    opened,
    opened_rows,
    text,
    version,
)
from tests.duties.random_agency import CLAUSES as MANY
from tests.duties.random_agency import FIRST, records

UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)


def explained(clause, subject, sequence=None):
    with agency() as (engine, asked):
        return explain(Asking(engine, asked.tables, clause, asked.as_of), subject, sequence)


def lines(found):
    return [f"{step.what}{'' if step.result is None else f': {step.result}'}" for step in found.steps]


def test_a_check_in_is_explained_step_by_step():
    found = explained(CLAUSES[0], "3")
    assert lines(found) == [
        "the row's due date: 2026-02-03",
        "plus 0 days: due: 2026-02-03",
        "plus grace of 3 days: last day: 2026-02-06",
        "less lead of 14 days: due from: 2026-01-20",
        "on 2026-03-01: overdue",
    ]
    assert (found.rows[0].table, found.rows[0].key) == ("check_ins", "3")
    assert ("cases", "C-000002") in [(row.table, row.key) for row in found.rows]


def test_a_day_of_opening_is_told_where_the_rows_hold_one():
    asked = replace(CLAUSES[0], opened=text("due_on - interval 3 day"))
    assert lines(explained(asked, "3"))[:2] == ["came to be: 2026-01-31", "the row's due date: 2026-02-03"]


def test_the_event_that_closed_an_instance_is_among_the_rows():
    found = explained(CLAUSES[1], "C-000001", 1)
    assert "plus 30 days (first time): due: 2026-01-31" in lines(found)
    assert [
        (row.table, row.columns["verified_on"]) for row in found.rows if row.table == "verifications"
    ] == [("verifications", day("2026-01-25"))]


def test_the_latest_instance_is_explained_if_none_is_named():
    assert explained(CLAUSES[1], "C-000001").instance["sequence"] == 2


@pytest.mark.parametrize(
    ("subject", "sequence", "said"), [("99", None, "no instance 99"), ("3", 2, "3#2.*it has 1")]
)
def test_an_instance_that_is_not_there_is_refused(subject, sequence, said):
    with pytest.raises(NoInstanceError, match=said):
        explained(CLAUSES[0], subject, sequence)


def test_days_that_do_not_count_are_named():
    clause = complaint_clause(versions=(version(period=Period(hours=48, counts=DayKind.WEEKDAY)),))
    with opened(complaints=[{"received_at": at("2026-03-06T15:00")}]) as (engine, tables):
        found = explain(Asking(engine, tables, clause, day("2026-03-09")), "1")
    assert "days that do not count: Sat 2026-03-07, Sun 2026-03-08" in lines(found)
    assert "plus 48 hours of weekdays: due: 2026-03-10 15:00:00" in lines(found)


def test_holds_are_named_with_their_days():
    clause = contact_clause(versions=(version(period=days(30)),), holds=("appeal",))
    hold = {"case_no": "C-000001", "kind": "appeal", "from_on": day("2026-01-10"), "to_on": day("2026-01-20")}
    with opened(cases=CASES, verifications=[], holds=[hold]) as (engine, tables):
        found = explain(Asking(engine, tables, clause, day("2026-03-01")), "C-000001")
    assert "held by appeal (hold 1) from 2026-01-10 to 2026-01-20: 10 days; due: 2026-02-10" in lines(found)
    assert [row.key for row in found.rows if row.table == "holds"] == ["1"]


def test_without_a_rule_there_is_no_arithmetic():
    clause = contact_clause(versions=(version(day("2026-06-01"), period=days(30)),))
    found = explained(clause, "C-000001", 1)
    assert found.version is None
    assert lines(found)[-1].startswith("No version of the rule was in force on 2026-01-01")


def test_the_columns_of_an_expression_are_found_once():
    assert columns_in(text("coalesce(a, b) = a"), None, text("b > c")) == ["a", "b", "c"]


@pytest.mark.parametrize("name", ["month", "on-opened", "rolling-held", "within-hours-new-rule"])
@settings(max_examples=2, phases=UNSHRUNK, deadline=None)
@given(seed=st.integers(0, 1_000_000), later=st.integers(60, 250))
def test_the_arithmetic_ends_where_the_engine_does(name, seed, later):
    clause, as_of = MANY[name], FIRST.fromordinal(FIRST.toordinal() + later)
    with opened_rows(records(seed, 12)) as (engine, tables):
        rows = engine.to_arrow(instances(clause, tables, as_of=as_of)).to_pylist()
        for row in rows[:3]:
            asking = Asking(engine, tables, clause, as_of)
            said = lines(explain(asking, row["subject"], row["sequence"]))
            assert not [line for line in said if "otherwise" in line]
