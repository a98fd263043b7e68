"""What changed between two days."""

from closeout.duties.compare import changes
from tests.duties.answers.agency import agency
from tests.duties.making import day


def rows_of(found):
    return [
        (row["duty"], row["change"], row["was"], row["state"], row["instances"]) for row in found["counts"]
    ]


def test_changes_say_what_appeared_changed_and_closed():
    # From 21 January to 1 March. Check-ins: 2 was done late on 10 February; 3 became overdue; 4 became due.
    # Contact: C-000001's first instance was done and its second appeared; C-000002's opened.
    with agency() as (engine, asked):
        found = changes(engine, asked, day("2026-01-21"))
    assert (found["from"], found["to"]) == (day("2026-01-21"), day("2026-03-01"))
    assert rows_of(found) == [
        ("check-in", "changed", "due", "overdue", 1),
        ("check-in", "changed", "upcoming", "due", 1),
        ("check-in", "closed", "due", "done_late", 1),
        ("verify-contact", "appeared", None, "upcoming", 2),
        ("verify-contact", "closed", "upcoming", "done", 1),
    ]


def test_the_order_of_the_two_days_does_not_matter():
    with agency() as (engine, asked), agency(day("2026-01-21")) as (other_engine, other):
        assert changes(engine, asked, other.as_of) == changes(other_engine, other, asked.as_of)


def test_a_day_beside_itself_has_no_changes():
    with agency() as (engine, asked):
        assert changes(engine, asked, asked.as_of, limit=5)["counts"] == []


def test_changed_instances_are_listed_by_due_date():
    with agency() as (engine, asked):
        found = changes(engine, asked, day("2026-01-21"), limit=3)
    assert [row["subject"] for row in found["instances"]] == ["2", "C-000001", "3"]


def test_a_filter_on_the_state_holds_at_the_later_day():
    with agency(states=("overdue",)) as (engine, asked):
        assert rows_of(changes(engine, asked, day("2026-01-21"))) == [
            ("check-in", "changed", "due", "overdue", 1)
        ]
