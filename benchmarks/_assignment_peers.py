"""Other ways to share cases out, given the same caps: simple rules, and solvers over cases or counts."""

from __future__ import annotations

import heapq
import os
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.assignment.shapes import Loads, Officer, Proposal

_BAND = 0.001
LIMIT = float(os.environ.get("CLOSEOUT_BENCH_PEER_SECONDS", "60"))
"""Seconds for each solver; 0 leaves them out."""


def _eligible(loads: Loads, office: str, site: str | None, *, is_child: bool) -> list[Officer]:
    return [
        who
        for who in loads.officers
        if who.office_id == office
        and who.hours > 0
        and (who.sites is None or site is None or site in who.sites)
        and (not is_child or "juvenile" in who.skills)
    ]


def _kinds(loads: Loads) -> dict[tuple[str, str | None, bool], list[Officer]]:
    found = {}
    for row in (
        loads.cases.select(["office_id", "site_id", "is_child"])
        .group_by(["office_id", "site_id", "is_child"])
        .aggregate([])
        .to_pylist()
    ):
        key = row["office_id"], row["site_id"], row["is_child"]
        found[key] = _eligible(loads, key[0], key[1], is_child=key[2])
    return found


def round_robin(loads: Loads, plan: Proposal) -> dict[str, str]:
    """Deal each case to the next officer who may have it."""
    del plan
    kinds, turn, to = _kinds(loads), defaultdict(int), {}
    for row in loads.cases.to_pylist():
        key = row["office_id"], row["site_id"], row["is_child"]
        to[row["case_no"]] = kinds[key][turn[key] % len(kinds[key])].officer_no
        turn[key] += 1
    return to


def longest_first(loads: Loads, plan: Proposal) -> dict[str, str]:
    """Deal from scratch, the scarcest class and heaviest case first, to the least utilized (Graham's LPT)."""
    del plan
    kinds, load, to = _kinds(loads), defaultdict(float), {}
    hours = {who.officer_no: who.hours for who in loads.officers}
    rows = defaultdict(list)
    for row in loads.cases.to_pylist():
        rows[row["office_id"], row["site_id"], row["is_child"]].append(
            (row["minutes_a_month"] / 60, row["case_no"])
        )
    for key in sorted(rows, key=lambda one: len(kinds[one])):
        heap = [(load[who.officer_no] / who.hours, who.officer_no) for who in kinds[key]]
        heapq.heapify(heap)
        for work, number in sorted(rows[key], reverse=True):
            used, who = heapq.heappop(heap)
            to[number] = who
            load[who] += work
            heapq.heappush(heap, (used + work / hours[who], who))
    return to


def _cells(loads: Loads, *, is_by_case: bool) -> dict[tuple, list[str]]:  # type: ignore[type-arg]
    cells = defaultdict(list)
    for row in loads.cases.to_pylist():
        kind = row["office_id"], row["site_id"], row["is_child"]
        own = row["case_no"] if is_by_case else ""
        cells[row["officer_no"], kind, round(row["minutes_a_month"] * 100), own].append(row["case_no"])
    return cells


def _caps(plan: Proposal) -> dict[str, int]:
    return {one.officer_no: int(one.fair * one.hours * 6000 * (1 + _BAND)) for one in plan.standings}


def cp_sat(loads: Loads, plan: Proposal, *, is_by_case: bool) -> dict[str, str] | None:
    """Minimize moves under the caps by CP-SAT, deciding each case or counts of like cases."""
    cells, kinds, caps = _cells(loads, is_by_case=is_by_case), _kinds(loads), _caps(plan)
    model, given, on, stays = cp_model.CpModel(), {}, defaultdict(list), []
    for at, ((holder, kind, work, _), numbers) in enumerate(cells.items()):
        mine = []
        for who in kinds[kind]:
            x = model.new_int_var(0, len(numbers), "")
            given[at, who.officer_no] = x
            on[who.officer_no].append(work * x)
            mine.append(x)
            if who.officer_no == holder:
                stays.append(x)
        model.add(sum(mine) == len(numbers))
    for who, loads_on in on.items():
        model.add(sum(loads_on) <= caps[who])
    model.maximize(sum(stays))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = LIMIT, 2
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return None
    left = {at: list(numbers) for at, numbers in enumerate(cells.values())}
    return {left[at].pop(): who for (at, who), x in given.items() for _ in range(solver.value(x))}


def highs(loads: Loads, plan: Proposal) -> dict[str, str] | None:
    """Minimize moves under the caps by HiGHS, one 0-1 choice a case and officer; work in hours."""
    cells, kinds, caps = _cells(loads, is_by_case=True), _kinds(loads), _caps(plan)
    place = {number: at for at, number in enumerate(caps)}
    rows, columns, values, cost, choice = [], [], [], [], []
    for at, ((holder, kind, work, _), numbers) in enumerate(cells.items()):
        for who in kinds[kind]:
            column = len(cost)
            rows += [at, len(cells) + place[who.officer_no]]
            columns += [column, column]
            values += [1.0, work / 6000]
            cost.append(float(who.officer_no != holder))
            choice.append((numbers[0], who.officer_no))
    matrix = coo_matrix((values, (rows, columns)), shape=(len(cells) + len(caps), len(cost)))
    low = np.concatenate([np.ones(len(cells)), np.full(len(caps), -np.inf)])
    high = np.concatenate([np.ones(len(cells)), np.array(list(caps.values())) / 6000])
    found = milp(
        np.array(cost),
        constraints=LinearConstraint(matrix.tocsr(), low, high),
        integrality=np.ones(len(cost)),
        bounds=Bounds(0, 1),
        options={"time_limit": LIMIT},
    )
    if found.x is None:
        return None
    return {number: who for (number, who), x in zip(choice, found.x, strict=True) if x > 0.5}  # noqa: PLR2004 - 0 or 1


_SOLVERS: dict[str, tuple[int, Callable[[Loads, Proposal], dict[str, str] | None]]] = {
    "CP-SAT, counts of like cases": (100_000, lambda loads, plan: cp_sat(loads, plan, is_by_case=False)),
    "CP-SAT, each case": (10_000, lambda loads, plan: cp_sat(loads, plan, is_by_case=True)),
    "HiGHS, each case": (10_000, highs),
}
PEERS: dict[str, tuple[int, Callable[[Loads, Proposal], dict[str, str] | None]]] = {
    "round robin": (2_200_000, round_robin),
    "longest first, from scratch": (2_200_000, longest_first),
} | (_SOLVERS if LIMIT else {})
"""By name: up to how many cases it is run, and the way."""
