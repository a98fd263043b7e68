"""Sharing cases out in a made-up nation, beside solvers and simple rules; and one new case in a large office.

Each plan is counted here from its moves: utilization against the exact fair one, moves against the proven
bound. Peers get our caps and run where they end in the time allowed. Compilation is timed apart, once.
`CLOSEOUT_BENCH_SIZE=large` adds 7.6 million cases. `CLOSEOUT_BENCH_PEER_SECONDS` limits each solver:
60 if not set; at 0 the solvers are left out.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import date
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self

import numpy as np

from benchmarks._assignment_data import national
from benchmarks._assignment_peers import PEERS
from closeout.assignment.new_case import assign_written
from closeout.assignment.office import NewCase, Office, Place
from closeout.assignment.rebalance import rebalance
from closeout.assignment.shapes import Officer

if TYPE_CHECKING:
    from closeout.assignment.shapes import Loads, Proposal

SIZES = ((10_000, 27, 1), (100_000, 270, 2), (2_200_000, 6_000, 25))
DATA = {"even skills": {}, "scarce skill": {"scarce": True}, "own minutes": {"fine": True}}
DATA: dict[str, dict[str, bool]] = {
    "even skills": {},
    "scarce skill": {"scarce": True},
    "own minutes": {"fine": True},
}
LARGE = (7_600_000, 6_000, 25)
SECONDS, MOVES, BAND, MILLISECONDS = 8.0, 1.02, 0.001, 50.0
_FIRST = "--first"
_BAR_CASES = 2_200_000


@dataclass(frozen=True, slots=True)
class Counted:
    """What a plan brings, counted from its moves."""

    above: float
    """Largest share by which an officer ends above the fair utilization."""
    out: int
    """Officers above the band."""
    moves: int


class _Clock:
    """Seconds by the clock and of the processor; on a busy machine they differ."""

    def __enter__(self) -> Self:
        self._began = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._began[0]
        self.told = f"{self.seconds:.2f} | {time.process_time() - self._began[1]:.2f}"


def main() -> None:
    """Measure, and print the tables."""
    if _FIRST in sys.argv:
        _first()
        return
    print(f"\n## Assignment\n\nA first run of 1,000 cases, compilation included: {_compiling():.1f} s\n")
    _first()
    print(
        "| data | cases | officers | by | seconds | CPU s | above the fair | out of band | moves | of bound |"
    )
    print("|---|--:|--:|---|--:|--:|--:|--:|--:|--:|")
    sizes = (*SIZES, LARGE) if os.environ.get("CLOSEOUT_BENCH_SIZE") == "large" else SIZES
    for cases, officers, offices in sizes:
        for name, marks in DATA.items():
            _measure(name, national(cases, officers, offices=offices, **marks))
    _new_case()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(f"\nPeak memory of all runs: {peak:,.0f} MB")


def _first() -> None:
    rebalance(national(1_000, 9, offices=1))


def _compiling() -> float:
    """Return the seconds of a first run with nothing compiled before, in a process of its own."""
    with TemporaryDirectory() as folder:
        began = time.perf_counter()
        command = [sys.executable, "-m", "benchmarks.assignment", _FIRST]
        subprocess.run(command, check=True, env=os.environ | {"NUMBA_CACHE_DIR": folder})
        return time.perf_counter() - began


def _measure(name: str, loads: Loads) -> None:
    with _Clock() as took:
        plan = rebalance(loads)
    found = counted(loads, plan, {move.case_no: move.to_officer for move in plan.moves})
    met = took.seconds <= SECONDS and found.out == 0 and found.moves <= MOVES * plan.moves_bound
    told = ("met" if met else "NOT met") if len(loads.cases) == _BAR_CASES else ""
    _row(name, loads, f"Closeout {told}", took, found, plan)
    if name == "own minutes":
        return
    for peer, (most, solve) in PEERS.items():
        if len(loads.cases) <= most:
            with _Clock() as took:
                to = solve(loads, plan)
            if to is None:
                print(f"{_start(name, loads, f'*{peer}*')} | {took.told} | no plan | | | |", flush=True)
            else:
                _row(name, loads, f"*{peer}*", took, counted(loads, plan, to), plan)


def _row(name: str, loads: Loads, by: str, took: _Clock, found: Counted, plan: Proposal) -> None:
    print(
        f"{_start(name, loads, by)} | {took.told} | {found.above:.2%} | {found.out:,} "
        f"| {found.moves:,} | {found.moves / max(1, plan.moves_bound):.3f} |",
        flush=True,
    )


def _start(name: str, loads: Loads, by: str) -> str:
    return f"| {name} | {len(loads.cases):,} | {len(loads.officers):,} | {by.strip()}"


def counted(loads: Loads, plan: Proposal, to: dict[str, str]) -> Counted:
    """Count a plan from the cases and who has each afterwards; cases left out stay."""
    fair = {one.officer_no: one.fair * one.hours for one in plan.standings}
    load = dict.fromkeys(fair, 0.0)
    columns = (loads.cases[name].to_pylist() for name in ("case_no", "officer_no", "minutes_a_month"))
    moves = 0
    for number, holder, minutes in zip(*columns, strict=True):
        who = to.get(number, holder)
        load[who] += minutes / 60
        moves += who != holder
    above = np.array([load[who] / fair[who] - 1 for who in fair if fair[who]])
    return Counted(float(above.max()), int((above > BAND * 1.0001).sum()), moves)


def _new_case() -> None:
    rng = np.random.default_rng(7)
    places = tuple(
        Place(
            Officer(
                f"S-{n:03}", "F01", float(rng.integers(80, 150)), frozenset({"lang-es"} if n % 3 else ())
            ),
            float(rng.uniform(40, 140)),
            received_minutes=float(rng.integers(0, 600)),
        )
        for n in range(300)
    )
    # The office's 100,000 cases are in the officers' loads: none is read again for a new one.
    office = Office("F01", date(2026, 9, 30), places)
    took = []
    since = time.perf_counter()
    for n in range(200):
        case = NewCase(f"C-{n:03}", "F01", float(rng.integers(10, 300)), date(2026, 9, 30), language="es")
        began = time.perf_counter()
        assign_written(case, office, seed=n)
        took.append((time.perf_counter() - began) * 1000)
    each = (time.perf_counter() - since) * 1000 / len(took)
    median, worst = float(np.median(took)), max(took)
    met = "met" if worst <= MILLISECONDS else "NOT met"
    print(
        f"\nOne new case among 300 officers, certificate written as JSON: median {median:.1f} ms, "
        f"worst {worst:.1f} ms (bar {MILLISECONDS:.0f} ms: {met}); "
        f"{each:.1f} ms each with all between the answers"
    )


if __name__ == "__main__":
    main()
