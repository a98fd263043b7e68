"""A year of duty calendars beside SimPy and Ciw on the same model, in the same run.

The peers run a window desk of 20 officers at 90 % (M/M/20), with the tasks a second of each; the same
mean wait must come out, within the noise. We run it twice: by the desk's own recursion, which
`simulate_desk` uses, and by the whole calendar. Then a year of the nation (25 offices, 6,000 officers,
20 million tasks) and 30 replications of one office of 240 officers. Compilation is measured by itself, in a
process without compiled code; seconds by the clock, and by the processors, which a busy machine does not
stretch.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from benchmarks._records import WORKER

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.simulation.model import OfficeModel

OFFICERS, LOAD, MINUTES = 20, 0.9, 1.0
PEER_TASKS = 200_000
OUR_DAYS, OUR_TASKS = 100, 2_592_000
NATION_BAR, OFFICE_BAR, FASTER_BAR = 4.0, 5.0, 150
NATION_OFFICES, NATION_STAFF = 25, 240
THEORY = 0.27539
"""Mean wait of M/M/20 at 90 %: Erlang C 0.55078 over 20 x 0.1."""
SLACK = 0.12


@dataclass(frozen=True, slots=True)
class Ran:
    """What one worker measured."""

    tasks: int
    seconds: float
    processor: float
    figure: float


def main() -> None:
    """Measure ourselves and the peers, and print the tables."""
    if WORKER in sys.argv:
        name = sys.argv[sys.argv.index(WORKER) + 1]
        print(json.dumps(_WORKERS[name]()))
        return
    print("\n## Simulation\n")
    _compiling()
    _desk()
    _years()


def _compiling() -> None:
    with tempfile.TemporaryDirectory(prefix="closeout-numba-") as cache:
        cold, warm = (_ran("first", cache) for _ in range(2))
    print(
        f"The kernel is compiled once an installation: the first replication takes {cold.processor:.1f} s of "
        f"the processor with compiling, {warm.processor:.2f} s in a later process with the compiled code. "
        "The figures below are without it.\n"
    )


def _desk() -> None:
    ours, calendar, simpy, ciw = (_ran(name) for name in ("desk", "calendar", "simpy", "ciw"))
    for found in (ours, calendar, simpy, ciw):
        if abs(found.figure - THEORY) > SLACK * THEORY:
            message = f"a mean wait of {found.figure:.4f}, Erlang C says {THEORY}"
            raise AssertionError(message)
    print(
        "| M/M/20 at 90 %, one thread | tasks | seconds | tasks a second | mean wait | Closeout is faster |"
    )
    print("|---|--:|--:|--:|--:|--:|")
    for name, found in (
        ("Closeout, the desk's recursion", ours),
        ("Closeout, the whole calendar", calendar),
        ("SimPy", simpy),
        ("Ciw", ciw),
    ):
        times = found.processor / found.tasks / (ours.processor / ours.tasks)
        is_peer = found in {simpy, ciw}
        shown = f"{times:,.0f} × (bar {FASTER_BAR}: {_met(times >= FASTER_BAR)})" if is_peer else ""
        speed = found.tasks / found.processor
        row = f"{found.tasks:,} | {found.processor:.2f} | {speed:,.0f} | {found.figure:.3f} | {shown}"
        print(f"| {name} | {row} |")
    print(f"\nErlang C gives a mean wait of {THEORY:.3f}. Seconds are the processor's.\n")


def _years() -> None:
    print("| a year, two threads | tasks | seconds | processor seconds | on time | bar |")
    print("|---|--:|--:|--:|--:|---|")
    for name, what, bar in (
        ("nation", "the nation, one replication (6,000 officers)", NATION_BAR),
        ("office", "one office, 30 replications (240 officers)", OFFICE_BAR),
    ):
        found = _ran(name)
        print(
            f"| {what} | {found.tasks:,} | {found.seconds:.2f} | {found.processor:.2f} | {found.figure:.1%} "
            f"| {bar:g} s: {_met(found.seconds <= bar)} |"
        )


def _met(is_met: bool) -> str:
    return "met" if is_met else "NOT met"


def _ran(name: str, cache: str = "") -> Ran:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.simulation", WORKER, name]
    environment = os.environ | ({"NUMBA_CACHE_DIR": cache} if cache else {})
    done = subprocess.run(command, check=True, capture_output=True, env=environment)
    return Ran(*json.loads(done.stdout))


def _timed(work: Callable[[], tuple[int, float]]) -> tuple[int, float, float, float]:
    started, used = time.perf_counter(), time.process_time()
    tasks, figure = work()
    return tasks, time.perf_counter() - started, time.process_time() - used, figure


def _calendar() -> tuple[int, float, float, float]:
    from closeout.simulation.desk import Desk, desk_model  # noqa: PLC0415 - not in the peers' processes
    from closeout.simulation.prepare import prepare, run_once  # noqa: PLC0415

    desk = Desk(LOAD * OFFICERS / MINUTES * 60, MINUTES, OFFICERS)
    run_once(prepare(desk_model(desk, 1)), 1, 0)
    prepared = prepare(desk_model(desk, OUR_DAYS, 0))

    def work() -> tuple[int, float]:
        world = run_once(prepared, 1, 0)
        return int(world.counts[6]), float(world.tally["wait"][0] / world.tally["begun"][0])

    return _timed(work)


def _desk_alone() -> tuple[int, float, float, float]:
    from closeout.simulation.desk import Desk, simulate_desk  # noqa: PLC0415 - as above

    desk = Desk(LOAD * OFFICERS / MINUTES * 60, MINUTES, OFFICERS)
    simulate_desk(desk, 1, 1, 1)

    def work() -> tuple[int, float]:
        found = simulate_desk(desk, 1, 1, OUR_DAYS, 0)
        return OUR_TASKS, found.mean_wait.mean if found.mean_wait else 0.0

    return _timed(work)


def _simpy() -> tuple[int, float, float, float]:
    import simpy  # noqa: PLC0415 - the peer's own

    chance, waits = random.Random(1), [0.0, 0]  # noqa: S311 - a simulation

    def task(env: Any, officers: Any) -> Any:  # noqa: ANN401 - the peer's types
        came = env.now
        with officers.request() as request:
            yield request
            waits[0] += env.now - came
            waits[1] += 1
            yield env.timeout(chance.expovariate(1 / MINUTES))

    def arrivals(env: Any, officers: Any) -> Any:  # noqa: ANN401 - as above
        for _ in range(PEER_TASKS):
            yield env.timeout(chance.expovariate(LOAD * OFFICERS / MINUTES))
            env.process(task(env, officers))

    def work() -> tuple[int, float]:
        env = simpy.Environment()
        env.process(arrivals(env, simpy.Resource(env, OFFICERS)))
        env.run()
        return int(waits[1]), waits[0] / waits[1]

    return _timed(work)


def _ciw() -> tuple[int, float, float, float]:
    import ciw  # noqa: PLC0415 - the peer's own

    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=LOAD * OFFICERS / MINUTES)],
        service_distributions=[ciw.dists.Exponential(rate=1 / MINUTES)],
        number_of_servers=[OFFICERS],
    )

    def work() -> tuple[int, float]:
        ciw.seed(1)
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_customers(PEER_TASKS, method="Finish")
        waits = [record.waiting_time for record in simulation.get_all_records()]
        return len(waits), sum(waits) / len(waits)

    return _timed(work)


def _first() -> tuple[int, float, float, float]:
    def work() -> tuple[int, float]:
        from closeout.simulation.replications import simulate  # noqa: PLC0415 - its loading is measured

        found = simulate(_office("F01", staff=4), 1)
        return found.tasks, float(found.shares().mean())

    return _timed(work)


def _office(name: str, staff: int = NATION_STAFF) -> OfficeModel:
    """Return an office of which each officer has some 3,300 tasks a year, nine tenths of the hours."""
    from closeout.simulation.model import (  # noqa: PLC0415 - not in the peers' processes
        Comes,
        Duty,
        OfficeModel,
        Officer,
        Overtime,
        Sickness,
    )

    duties = (
        Duty("check-in", 41, Comes.FIXED, interval_days=91, window_days=3, is_set=True),
        Duty("reminder", 10, Comes.FIXED, interval_days=91, lead_days=7, is_set=True),
        Duty("outcome", 10, Comes.FOLLOWS, after="check-in", window_days=1, is_business=True),
        Duty(
            "contact", 50, Comes.FOLLOWS, after="check-in", probability=0.1, window_days=3, is_business=True
        ),
        Duty("disposition", 75, Comes.FOLLOWS, after="contact", delay_days=5, window_days=30),
        Duty("review", 120, Comes.ROLLING, interval_days=365, lead_days=60, window_days=30),
        Duty("verification", 26, Comes.ROLLING, interval_days=182, lead_days=30, window_days=14),
        Duty("status", 17, Comes.ARISES, per_case={"": 2.0}, window_days=7),
        Duty("inquiry", 43, Comes.ARISES, per_case={"": 1.0}, window_days=5, is_business=True),
    )
    return OfficeModel(
        name,
        tuple(Officer(f"{name}-{place:03}", 480.0, {"": 177}) for place in range(staff)),
        duties,
        date(2026, 1, 1),
        support_share=0.1,
        warm_up_days=0,
        sickness=Sickness(5, 4),
        overtime=Overtime(60, 3_000),
        officer_spread=0.2,
    )


def _nation() -> tuple[int, float, float, float]:
    from closeout.simulation.replications import simulate, simulate_nation  # noqa: PLC0415 - as above

    simulate(_office("warm", staff=4), 1)
    offices = [_office(f"F{place:02}") for place in range(1, NATION_OFFICES + 1)]

    def work() -> tuple[int, float]:
        found = simulate_nation(offices, 1)
        return found.tasks, float(found.shares().mean())

    return _timed(work)


def _thirty() -> tuple[int, float, float, float]:
    from closeout.simulation.replications import simulate  # noqa: PLC0415 - as above

    simulate(_office("warm", staff=4), 1)
    office = replace(_office("F01"), warm_up_days=0)

    def work() -> tuple[int, float]:
        found = simulate(office, 30)
        return found.tasks, float(found.shares().mean())

    return _timed(work)


_WORKERS: dict[str, Callable[[], tuple[int, float, float, float]]] = {
    "first": _first,
    "desk": _desk_alone,
    "calendar": _calendar,
    "simpy": _simpy,
    "ciw": _ciw,
    "nation": _nation,
    "office": _thirty,
}

if __name__ == "__main__":
    main()
