"""Which duties one act can discharge."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from closeout.duties.clauses import Done, Shape
from closeout.duties.compile.done import is_own_row
from closeout.duties.compile.rate_acts import (
    act_of,
    always_meets,
    can_be_one,
    planned_for,
    subject_of,
    together,
)
from closeout.duties.pack import load_pack
from tests.duties.making import contact_clause, text


def asking(where):
    done = Done("verifications", "verified_on", "case_no", "case_no", text(where) if where else None)
    return contact_clause(done=done)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kind = 'day_90'", "kind = 'day_180'"),
        ("kind = 'a'", "kind in ('b', 'c')"),
        ("kind = 'a'", "kind <> 'a'"),
        ("kind in ('a', 'b')", "kind not in ('a', 'b', 'c')"),
        ("kind is null", "kind is not null"),
        ("is_child", "not is_child"),
        ("result = 'ok' and (kind = 'a')", "kind = 'b' and result = 'ok'"),
    ],
)
def test_conditions_that_fix_a_column_to_other_values_exclude_each_other(one, other):
    assert not can_be_one(asking(one), asking(other))
    assert not can_be_one(asking(other), asking(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (None, None),
        (None, "kind = 'a'"),
        ("kind = 'a'", "kind in ('a', 'b')"),
        ("kind = 'a'", "result = 'b'"),
        ("kind <> 'a'", "kind <> 'b'"),
        ("is_child", "is_child"),
        # Not told from the text: a sum, an alternative, another column.
        ("kind = 'a' or result = 'x'", "kind = 'b'"),
        ("kind = result", "kind = 'b'"),
        ("length(kind) > 3", "kind = 'b'"),
    ],
)
def test_conditions_that_one_act_may_meet_do_not(one, other):
    assert can_be_one(asking(one), asking(other))
    assert can_be_one(asking(other), asking(one))


def test_duties_of_one_activity_and_one_column_stand_together():
    first = contact_clause(minutes="call")
    second = replace(first, duty="verify-again")
    other = replace(first, duty="another-activity", minutes="visit")
    column = replace(first, duty="another-column", done=replace(first.done, column="recorded_on"))
    found = together([first, second, other, column])
    assert found["verify-contact"] == found["verify-again"] == (first, second)
    assert found["another-activity"] == (other,)
    assert found["another-column"] == (column,)


def test_a_duty_that_names_no_activity_stands_alone():
    first = contact_clause()
    assert act_of(first)[0] == "verify-contact"
    assert together([first, replace(first, duty="again")])["again"] == (replace(first, duty="again"),)


def test_the_pack_has_four_pairs_whose_acts_may_be_one():
    """Juvenile reviews, packages and closures overlap; standards and partners' inspections share a column
    and are of different rows; reviews of custody and analyses name different kinds."""
    clauses = load_pack().clauses
    found = {
        frozenset((one.duty, other.duty))
        for group in together(clauses).values()
        for one in group
        for other in group
        if one.duty < other.duty and can_be_one(one, other)
    }
    standards = ("contract-standard-monthly", "contract-standard-quarterly", "contract-standard-yearly")
    assert found == {
        frozenset(("file-review", "file-review-juvenile")),
        frozenset(("custody-travel-package", "travel-package")),
        frozenset(("closure-proposal", "departure-closure")),
        frozenset(("partner-inspection", "partner-inspection-jail")),
        *(frozenset((one, other)) for one in standards for other in standards if one < other),
    }


@pytest.mark.parametrize(
    ("plan", "every"),
    [
        ("kind = 'a'", None),
        ("kind = 'a'", "kind = 'a'"),
        ("kind = 'a' and result = 'ok'", "kind = 'a'"),
        ("kind = 'a'", "kind in ('a', 'b')"),
        ("kind = 'a'", "kind <> 'b'"),
        ("kind not in ('a', 'b')", "kind <> 'b'"),
        ("length(kind) > 2 and (result = 'ok')", "result = 'ok' and length(kind) > 2"),
    ],
)
def test_an_act_that_meets_more_than_is_asked_always_meets_it(plan, every):
    assert always_meets(asking(plan), asking(every))


@pytest.mark.parametrize(
    ("plan", "every"),
    [
        (None, "kind = 'a'"),
        ("kind = 'b'", "kind = 'a'"),
        ("kind in ('a', 'b')", "kind = 'a'"),
        ("kind <> 'b'", "kind = 'a'"),
        ("kind <> 'a'", "kind not in ('a', 'b')"),
        ("kind = 'a'", "kind <> 'a'"),
        ("kind = 'a'", "kind = 'a' and result = 'ok'"),
    ],
)
def test_an_act_that_may_be_another_does_not_always_meet_it(plan, every):
    assert not always_meets(asking(plan), asking(every))


def test_an_act_in_another_column_meets_nothing():
    one = asking(None)
    assert not always_meets(one, replace(one, done=replace(one.done, column="corrected_on")))


def test_of_the_pack_hearings_meet_the_verification_of_proceedings_and_nothing_else_is_met():
    found = planned_for(load_pack().clauses)
    met = {duty: [plan.duty for plan in plans] for duty, plans in found.items() if plans}
    assert met == {"proceeding-verification": ["hearing-verification"]}


def test_a_plan_names_the_subject_by_its_case_or_is_about_the_same_rows():
    every = asking(None)
    of_hearing = Done("verifications", "verified_on", "hearing_id", "hearing_id")
    hearing = replace(every, shape=Shape.ON, owes="hearings", done=of_hearing)
    assert subject_of(hearing, every) == "case_no"
    assert not subject_of(replace(hearing, case=""), every)
    assert subject_of(replace(every, shape=Shape.WITHIN), every) == "case_no"
    # Partners have no cases: only what is about the same agreement meets an agreement's interval.
    of_agreement = Done("partner_inspections", "held_on", "agreement_id", "agreement_id")
    partner = replace(every, owes="agreements", case="", done=of_agreement)
    assert subject_of(replace(partner, shape=Shape.WITHIN), partner) == "agreement_id"
    assert not subject_of(hearing, partner)


def test_no_two_duties_of_the_pack_wait_for_rows_of_a_third_table():
    # Such acts cannot be told apart before they are done, and would be called for twice.
    clauses = [one for one in load_pack().clauses if one.shape is not Shape.EVERY and not is_own_row(one)]
    alike = [
        (one.duty, other.duty)
        for one, other in combinations(clauses, 2)
        if act_of(one) == act_of(other) and one.owes != other.owes and can_be_one(one, other)
    ]
    assert not alike
    # Nor does a plan fall into periods of the calendar.
    assert not [duty for duty, plans in planned_for(load_pack().clauses).items() if plans and cycle_of(duty)]


def cycle_of(duty):
    return load_pack().clause(duty).cycle
