"""Bad loads are refused with their rows; what cannot be met is told, with the rest done."""

from __future__ import annotations

import pytest

from closeout.assignment.certificate import CertificateError
from closeout.assignment.faults import LoadsError
from closeout.assignment.rebalance import rebalance, replay_rebalance
from closeout.assignment.rules import Rules
from closeout.assignment.shapes import Loads
from tests.assignment.making import case, held, loads, officer


def test_an_officer_in_two_offices_is_named() -> None:
    with pytest.raises(LoadsError, match=r"officer S-1 is in offices F01, F02: give the home office only"):
        rebalance(loads([officer("S-1"), officer("S-1", office="F02")], []))


def test_an_officer_given_twice_is_named() -> None:
    with pytest.raises(LoadsError, match="given twice: officer S-1; leave one row each"):
        rebalance(loads([officer("S-1"), officer("S-1")], []))


@pytest.mark.parametrize("hours", [-1.0, 745.0, float("nan")])
def test_hours_that_no_month_has_are_named(hours: float) -> None:
    with pytest.raises(LoadsError, match="hours a month outside 0 to 744: officer S-1"):
        rebalance(loads([officer("S-1", hours)], []))


@pytest.mark.parametrize("hours", [-1.0, 745.0, float("nan")])
def test_minutes_that_no_case_takes_are_named(hours: float) -> None:
    with pytest.raises(LoadsError, match="minutes a month outside 0 to 44640: case C-001"):
        rebalance(loads([officer("S-1")], [case(1, "S-1", hours)]))


def test_a_case_given_twice_is_named() -> None:
    with pytest.raises(LoadsError, match="given twice: case C-001"):
        rebalance(loads([officer("S-1")], [case(1, "S-1"), case(2, "S-1"), case(1, "S-1")]))


def test_a_leader_who_is_not_among_the_officers_is_named() -> None:
    with pytest.raises(LoadsError, match="cases are led by S-9, who is not among the officers"):
        rebalance(loads([officer("S-1")], [case(1, "S-9")]))


def test_a_missing_column_is_named() -> None:
    given = loads([officer("S-1")], [case(1, "S-1")])
    with pytest.raises(LoadsError, match="the cases lack the columns site_id"):
        rebalance(Loads(given.officers, given.cases.drop_columns(["site_id"])))


def test_no_cases_need_no_moves() -> None:
    plan = rebalance(loads([officer("S-1")], []))
    assert (plan.moves, plan.unmet, plan.busiest_after) == ((), (), 0.0)


def test_an_office_without_officers_is_told_and_the_rest_is_done() -> None:
    cases = [case(0, None, office_id="F02"), *held(1, 10, "S-1")]
    plan = rebalance(loads([officer("S-1"), officer("S-2")], cases))
    assert len(plan.moves) == 5
    (part,) = plan.unmet
    assert (part.kind, part.office_id, part.cases) == ("no_officer", "F02", 1)
    assert part.sentence == (
        "Nobody with case hours is there for 1 case of office F02 (1.0 h a month). "
        "Add or detail officers, or allow transfers; until then it stays as it is."
    )


def test_cases_of_one_office_without_hours_are_one_part_whatever_they_need() -> None:
    cases = [case(0, None, language="es"), case(1, None, is_child=True), case(2, None)]
    plan = rebalance(loads([officer("S-1", 0)], cases))
    (part,) = plan.unmet
    assert (part.cases, part.case_nos) == (3, ("C-000", "C-001", "C-002"))
    assert part.sentence.endswith("until then they stay as they are.")


def test_records_without_a_single_officer_are_no_even_shares() -> None:
    plan = rebalance(loads([], [case(0, None)]))
    assert plan.sentence == "No case can move: no officer has case hours."


def test_zero_hours_everywhere_is_told() -> None:
    plan = rebalance(loads([officer("S-1", 0), officer("S-2", 0)], held(0, 4, "S-1")))
    assert plan.moves == ()
    assert plan.sentence == "No case can move: no officer has case hours."
    assert [part.kind for part in plan.unmet] == ["no_officer"]


def test_zero_hours_with_somebody_recused_is_told_as_without() -> None:
    # No case can move and one has a recusal: this once ended in an error of numpy.
    plan = rebalance(loads([officer("S-1", 0), officer("S-2", 0)], held(0, 7, "S-1"), ("S-2", "C-003")))
    assert (plan.moves, plan.sentence) == ((), "No case can move: no officer has case hours.")
    assert sum(part.cases for part in plan.unmet) == 7
    assert plan.unmet[0].case_nos == ("C-000", "C-001", "C-002", "C-003", "C-004")
    assert "C-000" not in plan.unmet[0].sentence


def test_cases_that_their_holders_may_not_have_move_even_if_the_busiest_gets_busier() -> None:
    # S-1 may not have the children's 20 h; only S-2, with 30 h on hand, may: 30 + 20 = 50 of 100 h.
    people = [officer("S-1"), officer("S-2", 100, "juvenile")]
    cases = [
        *held(0, 2, "S-1", 10, is_child=True),
        *held(10, 3, "S-2", 10, is_child=True),
    ]
    plan = rebalance(loads(people, cases))
    assert len(plan.moves) == 2
    assert plan.sentence.startswith(
        "Moving 2 of 5 cases gives cases to officers who may have them; the busiest goes from 30 % to 50 %"
    )


def test_a_credential_nobody_has_leaves_the_case_where_it_is() -> None:
    # The child's 10 h stay with S-1 and count: 30 h in all, 15 each, so 5 of S-1's 10 others move.
    cases = [case(0, "S-1", 10, is_child=True), *held(1, 10, "S-1"), *held(20, 10, "S-2")]
    plan = rebalance(loads([officer("S-1"), officer("S-2")], cases))
    assert len(plan.moves) == 5
    assert {one.after for one in plan.standings} == {0.15}
    (part,) = plan.unmet
    assert (part.kind, part.needs, part.cases) == ("no_skill", ("juvenile",), 1)
    assert part.sentence == (
        "No officer with hours may have 1 case of office F01 (10.0 h a month): needed is juvenile. "
        "Left with an officer who has hours: 1; without: 0."
    )


def test_more_fixed_work_than_is_fair_makes_a_level_of_its_own() -> None:
    cases = [case(0, "S-1", 50, is_child=True), *held(1, 10, "S-1"), *held(20, 10, "S-2")]
    plan = rebalance(loads([officer("S-1"), officer("S-2")], cases))
    assert [one.after for one in plan.standings] == [0.5, 0.2]
    assert len(plan.moves) == 10


def test_a_limit_that_cannot_be_met_is_proven_so_and_the_fairest_plan_given() -> None:
    people = [officer("S-1", 100, "juvenile"), officer("S-2")]
    plan = rebalance(
        loads(people, [*held(0, 120, "S-1", is_child=True), *held(120, 20, "S-1")]), Rules(limit=1.0)
    )
    assert len(plan.moves) == 20
    (part,) = plan.unmet
    assert (part.kind, part.officers, part.needs) == ("limit", ("S-1",), ("juvenile",))
    assert part.hours == pytest.approx(20)
    assert part.sentence == (
        "Office F01: nobody above 100 % cannot be met: cases that need juvenile take 120.0 h a month "
        "and can only be with S-1, who have 100.0 h; 20.0 h are over, and 120 % is the lowest that the "
        "busiest of them can be at."
    )


def test_cases_too_large_to_divide_are_proven_so() -> None:
    # Three cases of 10 h on two officers: 20 and 10 is the best there is.
    plan = rebalance(loads([officer("S-1"), officer("S-2")], held(0, 3, "S-1", 10.0)))
    assert sorted(one.load_after for one in plan.standings) == [10.0, 20.0]
    (part,) = plan.unmet
    assert part.kind == "grain"
    assert "this is proven" in part.sentence


def test_moves_that_must_be_are_made_beyond_the_limit_and_told() -> None:
    plan = rebalance(loads([officer("S-1", 0), officer("S-2")], held(0, 4, "S-1")), Rules(max_moves=2))
    assert len(plan.moves) == 4
    assert [part.kind for part in plan.unmet] == ["max_moves"]


@pytest.mark.parametrize("damage", [{"kind": "new_case"}, {"form": 0}, {"rules": {}}, {"seed": "x"}])
def test_what_is_no_certificate_is_refused(damage: dict[str, object]) -> None:
    given = loads([officer("S-1")], [case(1, "S-1")])
    certificate = {**rebalance(given).certificate, **damage}
    with pytest.raises(CertificateError):
        replay_rebalance(certificate, given)
