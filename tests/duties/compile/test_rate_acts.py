"""Which duties one act can discharge."""

from __future__ import annotations

from dataclasses import replace

import pytest

from closeout.duties.clauses import Done
from closeout.duties.compile.rate_acts import act_of, can_be_one, together
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
