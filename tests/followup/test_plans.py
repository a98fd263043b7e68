"""A plan's steps as of a day: ahead, done, or missed."""

from __future__ import annotations

from datetime import date

import pytest

from closeout.followup.plans import Plan, PlannedStep

DAY = date(2026, 3, 31)
DUE = PlannedStep("First count", DAY)
DONE = PlannedStep("First count", DAY, done_on=date(2026, 4, 2))


@pytest.mark.parametrize(
    ("step", "day", "words"),
    [
        (DUE, date(2026, 3, 30), "First count (by 2026-03-31)"),
        (DUE, DAY, "First count (by 2026-03-31)"),  # its own day has not passed
        (DUE, date(2026, 4, 1), "First count (was due 2026-03-31, not done)"),
        (DONE, DAY, "First count (by 2026-03-31)"),  # what was done later is not known yet
        (DONE, date(2026, 4, 1), "First count (was due 2026-03-31, not done)"),
        (DONE, date(2026, 4, 2), "First count (done 2026-04-02)"),
    ],
)
def test_a_step_says_what_became_of_it_by_the_day(step, day, words):
    assert step.in_words(day) == words
    assert step.is_ahead(day) is ("(by " in words)


def test_a_plan_is_ahead_while_one_step_is():
    plan = Plan("Count them.", (PlannedStep("First count", DAY), PlannedStep("Second", date(2026, 6, 30))))
    said = "Count them. First count (was due 2026-03-31, not done); Second (by 2026-06-30)"
    assert plan.in_words(date(2026, 6, 30)) == said
    assert plan.is_ahead(date(2026, 6, 30))
    assert not plan.is_ahead(date(2026, 7, 1))


def test_a_plan_whose_steps_are_all_done_has_nothing_ahead():
    plan = Plan("Count them.", (PlannedStep("First count", date(2026, 12, 31), done_on=DAY),))
    assert plan.in_words(DAY) == "Count them. First count (done 2026-03-31)"
    assert not plan.is_ahead(DAY)


def test_words_without_a_day_are_no_day_ahead():
    assert Plan("Count them.").in_words(DAY) == "Count them."
    assert not Plan("Count them.").is_ahead(DAY)
