"""The semiannual tables: lines that add up, and nothing counted that is not known."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from closeout.followup.clocks import Period
from closeout.followup.plans import Plan, PlannedStep
from closeout.followup.semiannual_tables import (
    better_use,
    no_final_action,
    outstanding,
    questioned_costs,
    undecided,
)
from tests.followup.factories import make_followed

HALF = Period(date(2024, 10, 1), date(2025, 3, 31), date(2025, 4, 30))
END = date(2025, 3, 31)
LOCKS = (PlannedStep("Locks", date(2024, 5, 31)),)


def owing(number, issued, questioned, **overrides):
    money = {"questioned": questioned, "unsupported": overrides.pop("unsupported", 0)}
    return make_followed(number, issued=issued, money=money, **overrides)


def test_what_waited_and_came_less_what_was_decided_still_waits():
    followed = [
        owing("1", "2024-01-31", 100, unsupported=30),
        owing("2", "2024-01-31", 50, decided_on=date(2024, 12, 1), agreed_amount=40),
        owing("3", "2024-11-15", 10, report="va-oig/24-1"),
        owing("4", "2024-11-15", 5, decided_on=date(2025, 3, 31), agreed_amount=5),
        owing("5", "2024-01-31", 70, decided_on=date(2024, 9, 30)),  # decided before: not of this period
        owing("6", "2025-04-01", 80),  # issued after
        owing("7", None, 90),
    ]
    found = questioned_costs(followed, HALF)
    # Reports, recommendations, amount, of it unsupported, of it agreed. 1 has 100 + 30 = 130.
    assert [row[1:] for row in found.rows] == [
        (1, 2, 180, 30, 40),
        (2, 2, 15, 0, 5),
        (1, 2, 55, 0, 45),
        (2, 2, 140, 30, 0),
    ]
    assert (found.figures[0].numerator, found.figures[0].denominator) == (2, 4)
    assert found.figures[0].note == "1 more have no issue date"


def test_funds_to_better_use_are_counted_apart_from_questioned_costs():
    followed = [make_followed(issued="2024-11-15", money={"better-use": 700, "questioned": 9})]
    assert better_use(followed, HALF).column("amount") == (0, 700, 0, 700)


def test_gaos_recommendations_are_not_an_inspectors():
    followed = [make_followed(report="gao/GAO-24-99001", money={"questioned": 9})]
    assert questioned_costs(followed, HALF).column("count") == (0, 0, 0, 0)
    assert outstanding(followed, as_of=END).rows == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from((None, "2023-01-31", "2024-10-01", "2024-12", "2025-03-31", "2025-04-01")),
            st.integers(0, 1000),
            st.one_of(st.none(), st.dates(date(2024, 1, 1), date(2025, 12, 31))),
        ),
        max_size=8,
    )
)
def test_the_lines_always_add_up(rows):
    followed = [
        owing(str(number), issued, amount, decided_on=decided)
        for number, (issued, amount, decided) in enumerate(rows)
    ]
    found = questioned_costs(followed, HALF)
    for name in ("count", "amount"):
        began, came, decided, left = found.column(name)
        assert began + came - decided == left


def test_what_has_no_decision_after_six_months_is_listed():
    followed = [
        make_followed("1", issued="2024-09-29"),
        make_followed("2", issued="2024-09-30"),  # due on March 30, one day late on the 31st
        make_followed("3", issued="2024-10-01"),
        make_followed("4", issued="2024-01-31", decided_on=date(2025, 3, 1)),
        make_followed("5", issued="2024-01-31", status="closed-implemented"),
        make_followed("6", issued=None),
    ]
    found = undecided(followed, as_of=END)
    assert found.column("number") == ("1", "2")
    assert (found.figures[0].numerator, found.figures[0].denominator) == (2, 5)


def test_what_was_decided_over_a_year_ago_without_final_action_is_listed_with_its_reason():
    followed = [
        make_followed("1", decided_on=date(2024, 3, 30), plan=Plan("Locks come in May.", LOCKS)),
        make_followed("2", decided_on=date(2024, 3, 31)),
        make_followed("3", decided_on=date(2023, 3, 30), final_action_on=date(2024, 1, 1)),
        make_followed("4"),
    ]
    found = no_final_action(followed, as_of=END)
    assert [(row["number"], row["decided_on"], row["reason"]) for row in found.records()] == [
        ("1", date(2024, 3, 30), "Locks come in May. Locks (was due 2024-05-31, not done)")
    ]
    assert (found.figures[0].numerator, found.figures[0].denominator) == (1, 3)


def test_outstanding_recommendations_are_summed_by_report():
    followed = [
        make_followed("1", money={"savings": 500}),
        make_followed("2", money={"questioned": 20}),
        make_followed("1", report="va-oig/24-1", issued=None),
        make_followed("3", status="closed-implemented", money={"savings": 900}),
    ]
    found = outstanding(followed, as_of=END)
    assert found.rows == (
        ("OIG-24-901", "Keys", "2024-01-31", 2, 520),
        ("24-1", "Keys", None, 1, 0),
    )
    assert (found.figures[0].numerator, found.figures[0].denominator) == (2, 3)
