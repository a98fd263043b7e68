"""Two exports beside each other."""

from __future__ import annotations

import pytest

from closeout.evidence.suppression import (
    Counts,
    Sum,
    SuppressionError,
    Withheld,
    exposed,
    given_away,
    withhold,
    withhold_beside,
)

BY_OFFICE = Counts({"A": 4, "B": 30, "C": 50, "all": 84}, (Sum("all", ("A", "B", "C")),))
BY_REGION = Counts({"A and B": 34, "C": 50, "all": 84}, (Sum("all", ("A and B", "C")),))
A_AND_B = Sum("A and B", ("A", "B"))


def test_two_tables_that_withhold_the_same_may_stand_beside_each_other():
    first = (BY_OFFICE, withhold(BY_OFFICE))
    assert first[1].cells == {"A", "B"}
    assert given_away(first, (BY_REGION, withhold(BY_REGION)), [A_AND_B]) == {}


def test_what_one_table_tells_another_need_not_have_withheld():
    # The first withholds A and B, the second prints B: 84 less 50 less 30 is A.
    second = Counts({"B": 30, "C": 50})
    found = given_away((BY_OFFICE, withhold(BY_OFFICE)), (second, withhold(second)))
    assert {key: (known.low, known.high) for key, known in found.items()} == {"A": (4, 4)}


def test_all_offices_and_all_but_one_differ_by_a_small_count():
    # 84 and 80 are large, and their difference is the 4 that the first withholds.
    second = Counts({"all but A": 80})
    also = [Sum("all", ("all but A", "A"))]
    found = given_away((BY_OFFICE, withhold(BY_OFFICE)), (second, withhold(second)), also)
    assert list(found) == ["A"]
    with pytest.raises(SuppressionError, match="cells that are not there"):
        given_away((second, withhold(second)), (Counts({"C": 50}), Withheld(frozenset())), also)


def test_a_later_table_withholds_what_would_tell():
    first = (BY_OFFICE, withhold(BY_OFFICE))
    second = Counts({"B": 30, "C": 50})
    found = withhold_beside(second, first)
    assert found.cells == {"B"}
    assert given_away(first, (second, found)) == {}


def test_a_later_table_withholds_the_total_that_differs_by_a_small_count():
    second = Counts({"all but A": 80})
    found = withhold_beside(second, (BY_OFFICE, withhold(BY_OFFICE)), [Sum("all", ("all but A", "A"))])
    assert found.cells == {"all but A"}


def test_an_earlier_table_that_told_too_much_cannot_be_mended():
    told = (BY_OFFICE, Withheld(frozenset({"A"})))
    with pytest.raises(SuppressionError, match="printed before"):
        withhold_beside(Counts({"A": 4, "D": 20}), told)


def test_tables_that_disagree_are_refused():
    with pytest.raises(SuppressionError, match="B is 30 in one table and 31 in the other"):
        given_away((BY_OFFICE, withhold(BY_OFFICE)), (Counts({"B": 31}), Withheld(frozenset())))


def test_exposed_agrees_for_a_table_beside_itself():
    both = given_away((BY_OFFICE, Withheld(frozenset({"A"}))), (BY_OFFICE, Withheld(frozenset({"A"}))))
    assert both == exposed(BY_OFFICE, Withheld(frozenset({"A"})))
