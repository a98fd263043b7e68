"""A whole staffing run at national size, and seven duties' demand beside SQL, Polars and pandas by hand.

The whole run is demand of all clauses, the hours ledger, need and achievable caseloads, from the snapshot;
then the same with 2,000 draws. Peers give hours a month by office, officer and docket: the same digits.
Each run is a process of its own, reading included; imports are not. `CLOSEOUT_BENCH_SNAPSHOT` may name
a snapshot that is there already.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import numpy as np
import polars as pl

from benchmarks._draw_peers import by_closeout, by_numpy
from benchmarks._records import IS_LARGER_ASKED, WORKER, larger_records, records, server
from benchmarks._staffing_peers import (
    MINUTES,
    Found,
    by_pandas,
    by_polars,
    by_postgresql,
    by_sql,
    load_postgresql,
)
from closeout.duties.compile.rate_reads import Side
from closeout.duties.pack import load_pack
from closeout.engines import connect
from closeout.records.snapshot import open_snapshot
from closeout.workload import drawn
from closeout.workload.staffing import work_out
from closeout.workload.volumes import count_volumes, months_before
from closeout.workload.weights import Grade, Kind, Unit, Weight

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from closeout.duties.clauses import Pack
    from closeout.workload.figures import Staffing
    from closeout.workload.office_rows import Ground
    from closeout.workload.volumes import Counted

SECONDS, DRAWN_SECONDS, GIGABYTES, OF_POLARS = 2.5, 60, 6, 2.0
OF_NATIONAL = 3.5
DRAWS = 2_000
RUNS = 3
_BY_CHANCE = 0.02
"""Within this share of each other the quantiles of two sets of 2,000 draws lie."""
PEERS = {"DuckDB, SQL by hand": by_sql, "Polars, streaming": by_polars, "pandas": by_pandas}


@dataclass(frozen=True, slots=True)
class Ran:
    """One run: seconds by the clock and of the processor, peak memory in MB, and what was found."""

    seconds: float
    cpu: float
    peak_mb: float
    found: Any


def main() -> None:
    """Measure the whole run, the run with draws, and the peers; print the tables."""
    if WORKER in sys.argv:
        _work(*sys.argv[sys.argv.index(WORKER) + 1 :])
        return
    with records() as folder:
        snapshot = open_snapshot(folder)
        manifest = snapshot.manifest
        rows = sum(map(manifest.rows, manifest.tables))
        print(
            f"\n## Staffing: {manifest.rows('cases'):,} cases, {rows:,} rows, load {os.getloadavg()[0]:.1f}\n"
        )
        print("| run | seconds | processor s | peak MB | bar |\n|---|--:|--:|--:|---|")
        seven = _best("seven", folder)
        name = "demand, hours, need, caseloads by the peers' seven duties"
        _row(name, seven, f"{SECONDS} s", is_met=seven.seconds <= SECONDS)
        whole = _best("whole", folder)
        _row("the same by all clauses, weights from diaries", whole, "", is_met=True)
        for step, seconds in whole.found.items():
            print(f"| … {step} | {seconds:.2f} | | | |")
        drawn = _ran("drawn", folder)
        is_met = drawn.seconds <= DRAWN_SECONDS and drawn.peak_mb <= GIGABYTES * 1000
        _row(f"the same with {DRAWS:,} draws", drawn, f"{DRAWN_SECONDS} s, {GIGABYTES} GB", is_met=is_met)
        _compare_draws(folder)
        _compare(folder)
    if IS_LARGER_ASKED:
        with larger_records() as folder:
            _larger(whole, _ran("whole", folder))


def _larger(whole: Ran, larger: Ran) -> None:
    """Print the run over 7.6 million cases: its time and memory beside those at national size."""
    print("\n7.6 million cases, 40 million events:\n")
    print("| run | seconds | processor s | peak MB | bar |\n|---|--:|--:|--:|---|")
    is_met = larger.seconds <= OF_NATIONAL * whole.seconds
    _row("demand, hours, need, caseloads", larger, f"{OF_NATIONAL} x the national time", is_met=is_met)
    times, more = larger.seconds / whole.seconds, larger.peak_mb / whole.peak_mb
    print(f"\n{times:.1f} times the national time, {more:.1f} times its memory")


def _row(name: str, ran: Ran, bar: str, *, is_met: bool) -> None:
    said = f"{bar}: {'met' if is_met else 'NOT met'}" if bar else ""
    print(f"| {name} | {ran.seconds:.2f} | {ran.cpu:.2f} | {ran.peak_mb:,.0f} | {said} |")


def _compare_draws(folder: Path) -> None:
    """Print the draws of the nation's need alone, ours and those of numpy one by one."""
    way = f"{DRAWS:,} draws of the nation's need"
    print(f"\n{way}, volumes and diaries ready:\n")
    print("| way | seconds | processor s | quantiles 5, 50, 95 % |\n|---|--:|--:|---|")
    found = _ran("draws", folder).found
    for name, (seconds, cpu, quantiles) in found.items():
        print(f"| {name} | {seconds:.2f} | {cpu:.2f} | {', '.join(f'{one:,.0f}' for one in quantiles)} |")
    (_, _, ours), (_, _, peer) = found.values()
    if not np.allclose(ours, peer, rtol=_BY_CHANCE):
        message = f"numpy draws another need: {peer}, not {ours}"
        raise AssertionError(message)


def _draws(snapshot: Any) -> dict[str, tuple[float, float, list[float]]]:  # noqa: ANN401 - a snapshot
    """Return seconds, processor seconds and quantiles of need by way, all drawn from the same ground."""
    kept: list[drawn.Drawing] = []

    def keep(made: Staffing, ground: Ground, counted: Counted, diary: pa.Table, **_: int) -> Staffing:
        kept.append(drawn.Drawing(ground, counted, diary, DRAWS))
        return made

    with mock.patch.object(drawn, "with_draws", keep):
        work_out(connect(), snapshot, load_pack(), snapshot.as_of, draws=DRAWS)
    found, _ = by_closeout(kept[0], 7)
    made: dict[str, tuple[float, float, list[float]]] = {}
    for name, draw in (
        ("Closeout", lambda: by_closeout(kept[0], 7)[1]),
        ("*numpy, one draw after the other*", lambda: by_numpy(kept[0], found, 7)),
    ):
        seconds, cpu, need = _timed(draw)
        made[name] = seconds, cpu, np.quantile(need, (0.05, 0.5, 0.95)).tolist()
    return made


def _timed(run: Callable[[], Any]) -> tuple[float, float, Any]:
    started, cpu = time.perf_counter(), time.process_time()
    found = run()
    return time.perf_counter() - started, time.process_time() - cpu, found


def _compare(folder: Path) -> None:
    ours = _best("ours", folder)
    print("\nSeven duties' demand by office, officer and docket, the same in all:\n")
    print("| way | seconds | processor s | peak MB | bar |\n|---|--:|--:|--:|---|")
    peers = {name: _best(name, folder) for name in PEERS} | _postgresql(folder)
    for name, peer in peers.items():
        if peer.found.keys() != ours.found.keys() or not np.allclose(
            [peer.found[office] for office in ours.found], list(ours.found.values()), rtol=1e-9
        ):
            message = f"{name}: other hours than ours"
            raise AssertionError(message)
    polars = peers["Polars, streaming"].seconds
    bar = f"{OF_POLARS:g} x Polars, {ours.seconds / polars:.2f} x"
    _row("Closeout", ours, bar, is_met=ours.seconds <= OF_POLARS * polars)
    for name, peer in peers.items():
        _row(f"*{name}*", peer, "", is_met=True)


def _postgresql(folder: Path) -> dict[str, Ran]:
    """Return PostgreSQL's run, over tables loaded beforehand; nothing where no server is installed."""
    with server() as url:
        if url is None:
            return {}
        load_postgresql(url, open_snapshot(folder))
        return {"PostgreSQL, the same SQL, loaded beforehand": _best(url, folder)}


def _best(way: str, folder: Path) -> Ran:
    return min((_ran(way, folder) for _ in range(RUNS)), key=lambda one: one.seconds)


def _ran(way: str, folder: Path) -> Ran:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.staffing", WORKER, way, str(folder)]
    return Ran(*json.loads(subprocess.run(command, check=True, capture_output=True).stdout))


def _work(way: str, folder: str) -> None:
    snapshot = open_snapshot(Path(folder))
    before = resource.getrusage(resource.RUSAGE_SELF)
    started = time.perf_counter()
    first, last = months_before(snapshot.as_of, 12)
    end = (last + timedelta(days=32)).replace(day=1)
    if way in PEERS:
        found: Any = PEERS[way](snapshot, first, end)
    elif "://" in way:
        found = by_postgresql(way, first, end)
    else:
        found = OWN[way](snapshot)
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps([seconds, cpu, after.ru_maxrss / 1000, found]))


def _whole(snapshot: Any, draws: int) -> dict[str, float]:  # noqa: ANN401 - a snapshot
    """Work the nation out, and return the seconds of each step; counting goes on beside hours and weights."""
    steps: dict[str, float] = {}
    since, doing = time.perf_counter(), "Opening and the rules"

    def told(said: str) -> None:
        nonlocal since, doing
        steps[doing] = time.perf_counter() - since
        since, doing = time.perf_counter(), said

    work_out(connect(), snapshot, load_pack(), snapshot.as_of, draws=draws, told=told)
    told("")
    return steps


class _Given:
    """The minutes that the peers take: a duty each, the same in every office."""

    @staticmethod
    def get(activity: str, office_id: str | None, kind: Kind) -> Weight:
        """Return the minutes of a duty; of open cases, which no peer counts, none."""
        minutes = MINUTES.get(activity, 0.0)
        return Weight(activity, Unit.DUTY, minutes, minutes, minutes, Grade.A, kind, office_id)


def _seven() -> Pack:
    """Return the pack with the peers' seven duties alone, each an activity and an act of its own.

    The peers count each duty by itself: an act that says nothing of its kind is no act of another duty.
    """
    pack = load_pack()
    clauses = (replace(pack.clause(duty), minutes=duty, holds=()) for duty in MINUTES)
    alone = (
        replace(one, done=replace(one.done, where=None)) if one.duty == "hearing-verification" else one
        for one in clauses
    )
    return replace(pack, clauses=tuple(alone))


def _whole_of_seven(snapshot: Any) -> float | None:  # noqa: ANN401 - as above
    """Work the nation out by the peers' duties and minutes, and return the officers needed."""
    return work_out(connect(), snapshot, _seven(), snapshot.as_of, weights=_Given()).nation.need_fte


def _ours(snapshot: Any) -> Found:  # noqa: ANN401 - as above
    """Return hours a month of the peers' seven duties."""
    first, last = months_before(snapshot.as_of, 12)
    counted = count_volumes(connect(), snapshot, _seven(), first, last, is_whole=True)
    minutes = counted.totals(list(MINUTES), Side.OWED) @ np.array(list(MINUTES.values()))
    held = counted.holders.select("office_id", "officer_no", "docket").with_columns(hours=minutes / 60 / 12)
    summed = held.group_by("office_id", "officer_no", "docket").agg(pl.col("hours").sum())
    squares = (pl.col("hours") ** 2).sum().alias("squares")
    found = summed.group_by("office_id").agg(pl.col("hours").sum(), squares).sort("office_id")
    return {office: (hours, square) for office, hours, square in found.iter_rows()}


OWN: dict[str, Callable[[Any], Any]] = {
    "whole": lambda snapshot: _whole(snapshot, 0),
    "drawn": lambda snapshot: _whole(snapshot, DRAWS),
    "ours": _ours,
    "seven": _whole_of_seven,
    "draws": _draws,
}

if __name__ == "__main__":
    main()
