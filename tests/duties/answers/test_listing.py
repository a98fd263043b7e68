"""Lists and summaries."""

from collections import Counter

import pytest

from closeout.duties.compile import instances
from closeout.duties.compile.holders import PAST_OFFICES
from closeout.duties.listing import CursorError, page, summary
from closeout.duties.run import with_past_holders
from tests.duties.answers.agency import agency
from tests.duties.making import check_in_clause, day, opened, version


def named(rows):
    return [(row["due_on"].isoformat(), row["duty"], row["subject"]) for row in rows]


EVERYTHING = [
    ("2026-01-10", "check-in", "1"),
    ("2026-01-20", "check-in", "2"),
    ("2026-01-31", "verify-contact", "C-000001"),
    ("2026-02-03", "check-in", "3"),
    ("2026-03-10", "check-in", "4"),
    ("2026-03-22", "verify-contact", "C-000002"),
    ("2026-05-10", "check-in", "5"),
    ("2026-07-25", "verify-contact", "C-000001"),
]


def test_a_list_stands_in_the_order_of_due_date_and_duty():
    with agency() as (engine, asked):
        assert named(page(engine, asked, limit=100).rows) == EVERYTHING


@pytest.mark.parametrize("limit", [1, 3])
def test_pages_put_together_are_the_list(limit):
    found, after = [], ""
    with agency() as (engine, asked):
        while True:
            one = page(engine, asked, limit=limit, after=after)
            assert len(one.rows) <= limit
            found += one.rows
            after = one.after
            if not after:
                break
    assert named(found) == EVERYTHING


def test_a_place_that_no_page_gave_is_refused():
    with agency() as (engine, asked), pytest.raises(CursorError, match="no place in a list"):
        page(engine, asked, limit=1, after="yesterday")


@pytest.mark.parametrize(
    ("filters", "subjects"),
    [
        ({"kinds": ("verify-contact",)}, ["C-000001", "C-000002", "C-000001"]),
        ({"office": "A"}, ["1", "2", "C-000001", "C-000001"]),
        ({"officer": "S-20"}, ["3", "4", "C-000002", "5"]),
        ({"case": "C-000001"}, ["1", "2", "C-000001", "C-000001"]),
        ({"states": ("overdue", "done_late")}, ["2", "3"]),
        ({"office": "A", "states": ("overdue",)}, []),
    ],
)
def test_a_list_is_narrowed(filters, subjects):
    with agency(**filters) as (engine, asked):
        assert [row["subject"] for row in page(engine, asked, limit=100).rows] == subjects


def test_a_summary_counts_by_state():
    with agency() as (engine, asked):
        check_ins, contacts = summary(engine, asked, asked.computed())
    assert check_ins["states"] == {"done": 1, "done_late": 1, "overdue": 1, "due": 1, "upcoming": 1}
    assert (check_ins["total"], check_ins["missed"]) == (5, 2)
    assert (contacts["states"], contacts["missed"]) == ({"done": 1, "upcoming": 2}, 0)


def test_a_duty_whose_table_is_missing_is_left_out():
    with agency() as (_, asked):
        kept = {name: rows for name, rows in asked.tables.items() if name != "verifications"}
        tables = type(asked)(asked.clauses, kept, asked.as_of)
    assert [clause.duty for clause in tables.computed()] == ["check-in"]


def test_before_the_records_begin_nothing_is_owed_by_a_subject():
    with agency(day("2025-01-01"), kinds=("verify-contact",)) as (engine, asked):
        assert page(engine, asked, limit=10).rows == []


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"office": "A"},
        {"officer": "S-20"},
        {"office": "A", "states": ("done",)},
        {"case": "C-000001"},
        {"states": ("done", "upcoming")},
    ],
    ids=str,
)
def test_a_summary_counts_what_the_list_shows(filters):
    with agency(**filters) as (engine, asked):
        counted = summary(engine, asked, asked.computed())
        listed = page(engine, asked, limit=100).rows
    for duty in counted:
        rows = [row for row in listed if row["duty"] == duty["duty"]]
        assert duty["states"] == Counter(row["state"] for row in rows)
        assert duty["missed"] == sum(row["is_missed"] for row in rows)


def test_past_holders_worked_out_once_give_the_same_instances():
    """Office B sent the case on 1 March; S-10 led it until 15 January, then S-11."""
    case = {"case_no": "C-1", "office_id": "A", "officer_no": "S-11", "opened_on": day("2026-01-01")}
    dues = [{"case_no": "C-1", "due_on": day(said)} for said in ("2026-01-10", "2026-02-10", "2026-03-10")]
    done = [row | {"outcome": "attended", "outcome_on": row["due_on"]} for row in dues]
    sent = {"case_no": "C-1", "from_office_id": "B", "to_office_id": "A", "accepted_on": day("2026-03-01")}
    led = [
        {"case_no": "C-1", "role": "lead", "officer_no": "S-10", "from_on": day("2026-01-01")}
        | {"to_on": day("2026-01-15")},
        {"case_no": "C-1", "role": "lead", "officer_no": "S-11", "from_on": day("2026-01-15")},
    ]
    given = {"cases": [case], "check_ins": done, "transfers": [sent], "assignments": led}
    clause = check_in_clause(versions=(version(),))
    with opened(**given) as (engine, tables):
        ready = with_past_holders(engine, tables)
        both = [
            engine.to_arrow(instances(clause, known, as_of=day("2026-04-01"))).sort_by("due_on").to_pylist()
            for known in (tables, ready)
        ]
        assert with_past_holders(engine, ready)[PAST_OFFICES] is ready[PAST_OFFICES]
    assert both[0] == both[1]
    found = [(row["office_id"], row["officer_no"]) for row in both[1]]
    assert found == [("B", "S-10"), ("B", "S-11"), ("A", "S-11")]
