"""Plans of middling size: what must hold whatever the loads are."""

from __future__ import annotations

import numpy as np
import pytest

from closeout.assignment.rebalance import rebalance
from closeout.assignment.rules import Rules
from closeout.assignment.shapes import Loads, Proposal
from tests.assignment.making import case, loads, officer

OFFICERS, CASES = 12, 900


def _nation(seed: int) -> Loads:
    """Two offices, a scarce credential, sites, some cases nobody leads, one officer away."""
    rng = np.random.default_rng(seed)
    people = []
    for n in range(OFFICERS):
        office = f"F{n % 2 + 1:02}"
        sites = frozenset({f"{office}-A"}) if n % 3 == 2 else None
        skills = ("juvenile",) if n % 6 < 2 else ()
        hours = 0.0 if n == 5 else float(rng.integers(40, 150))
        people.append(officer(f"S-{n:02}", hours, *skills, office=office, sites=sites))
    cases = []
    for n in range(CASES):
        holder = people[int(rng.integers(0, OFFICERS) ** 2 / OFFICERS)]
        is_child = bool(rng.random() < 0.15)
        cases.append(
            case(
                n,
                None if n % 97 == 0 else holder.officer_no,
                float(rng.integers(5, 200)) / 60,
                office_id=holder.office_id,
                is_child=is_child,
                site_id=[None, f"{holder.office_id}-A", f"{holder.office_id}-B"][int(rng.integers(0, 3))],
                attachment=float(rng.integers(0, 9)),
            )
        )
    return loads(people, cases, ("S-00", "C-001"), ("S-01", "C-002"), ("S-02", "C-002"))


@pytest.fixture(scope="module", params=[1, 2, 3])
def planned(request: pytest.FixtureRequest) -> tuple[Loads, Proposal]:
    given = _nation(request.param)
    return given, rebalance(given)


def _after(given: Loads, plan: Proposal) -> dict[str, str | None]:
    to = {move.case_no: move.to_officer for move in plan.moves}
    rows = given.cases.to_pylist()
    return {row["case_no"]: to.get(row["case_no"], row["officer_no"]) for row in rows}


def test_each_case_moves_at_most_once_and_none_is_lost(planned: tuple[Loads, Proposal]) -> None:
    _, plan = planned
    assert len({move.case_no for move in plan.moves}) == len(plan.moves)
    assert sum(one.cases_after for one in plan.standings) == CASES
    assert all(move.from_officer != move.to_officer for move in plan.moves)


def test_nobody_gets_a_case_that_is_not_allowed(planned: tuple[Loads, Proposal]) -> None:
    given, plan = planned
    people = {who.officer_no: who for who in given.officers}
    rows = {row["case_no"]: row for row in given.cases.to_pylist()}
    for move in plan.moves:
        who, row = people[move.to_officer], rows[move.case_no]
        assert who.hours > 0
        assert who.office_id == row["office_id"]
        assert not row["is_child"] or "juvenile" in who.skills
        assert row["site_id"] is None or who.sites is None or row["site_id"] in who.sites
        assert (who.officer_no, row["case_no"]) not in given.recusals


def test_loads_are_what_the_moves_make_them(planned: tuple[Loads, Proposal]) -> None:
    given, plan = planned
    after = _after(given, plan)
    work = {row["case_no"]: row["minutes_a_month"] / 60 for row in given.cases.to_pylist()}
    for one in plan.standings:
        mine = sum(work[number] for number, who in after.items() if who == one.officer_no)
        # Each case is rounded to a hundredth of a minute.
        assert one.load_after == pytest.approx(mine, abs=0.01 / 60 * CASES)


def test_nobody_ends_above_the_band(planned: tuple[Loads, Proposal]) -> None:
    _, plan = planned
    assert plan.unmet == ()
    assert all(one.is_in_band for one in plan.standings)
    assert plan.above_fair <= 0.001
    assert plan.busiest_bound <= plan.busiest_after <= plan.busiest_bound * 1.001


def test_moves_are_within_a_few_of_the_bound(planned: tuple[Loads, Proposal]) -> None:
    _, plan = planned
    assert plan.moves_bound <= len(plan.moves) <= plan.moves_bound * 1.05 + 3


def test_no_move_can_be_undone_without_loss(planned: tuple[Loads, Proposal]) -> None:
    given, plan = planned
    standing = {one.officer_no: one for one in plan.standings}
    people = {who.officer_no: who for who in given.officers}
    rows = {row["case_no"]: row for row in given.cases.to_pylist()}
    for move in plan.moves:
        if move.reason not in {"over_load", "makes_room"} or move.from_officer is None:
            continue
        back = standing[move.from_officer]
        cap = back.fair * people[move.from_officer].hours * 1.001
        assert back.load_after + rows[move.case_no]["minutes_a_month"] / 60 > cap - 1e-6


def test_what_is_fair_adds_up_to_the_work(planned: tuple[Loads, Proposal]) -> None:
    given, plan = planned
    work = sum(row["minutes_a_month"] for row in given.cases.to_pylist()) / 60
    assert sum(one.fair * one.hours for one in plan.standings) == pytest.approx(work, rel=1e-6)


def test_the_same_seed_gives_the_same_plan_and_the_order_of_officers_none_other() -> None:
    given = _nation(4)
    turned = Loads(tuple(reversed(given.officers)), given.cases, given.recusals)
    assert rebalance(given, seed=1).moves == rebalance(turned, seed=1).moves


def test_transfer_between_offices_never_makes_the_busiest_busier() -> None:
    given = _nation(5)
    apart, together = rebalance(given), rebalance(given, Rules(allow_transfer=True))
    assert together.busiest_bound <= apart.busiest_bound + 1e-9


def test_fewer_moves_leave_the_busiest_no_lower() -> None:
    given = _nation(6)
    free = rebalance(given)
    forced = sum(move.reason in {"nobody_leads", "not_available", "not_eligible"} for move in free.moves)
    few = rebalance(given, Rules(max_moves=forced + 20))
    assert len(few.moves) <= forced + 20
    assert free.busiest_bound <= few.busiest_bound <= few.busiest_after
