"""Lists and summaries."""

import pytest

from closeout.duties.listing import CursorError, page, summary
from tests.duties.answers.agency import agency
from tests.duties.making import day


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


@pytest.mark.parametrize("filters", [{"office": "A"}, {"case": "C-000001"}, {"states": ("done", "upcoming")}])
def test_a_summary_counts_what_the_list_shows(filters):
    with agency(**filters) as (engine, asked):
        counted = sum(row["total"] for row in summary(engine, asked, asked.computed()))
        assert counted == len(page(engine, asked, limit=100).rows)


def test_a_duty_whose_table_is_missing_is_left_out():
    with agency() as (_, asked):
        kept = {name: rows for name, rows in asked.tables.items() if name != "verifications"}
        tables = type(asked)(asked.clauses, kept, asked.as_of)
    assert [clause.duty for clause in tables.computed()] == ["check-in"]


def test_before_the_records_begin_nothing_is_owed_by_a_subject():
    with agency(day("2025-01-01"), kinds=("verify-contact",)) as (engine, asked):
        assert page(engine, asked, limit=10).rows == []
