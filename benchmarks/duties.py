"""All clauses of the pack on DuckDB, and three of them beside the same in SQL and pandas written by hand.

The three are the heaviest that read the tables most rows are in: a check-in (a row that carries its due
date), a file review (a rolling interval) and the recording of a status (a trigger). Each way gives totals by
state and office, which must be the same. Each run is a process of its own, reading included.
`CLOSEOUT_BENCH_SNAPSHOT` names a snapshot that is there already, `CLOSEOUT_BENCH_SIZE` another size.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis

from benchmarks._duty_peers import DUTIES, READS, by_pandas, by_sql, frames_of
from benchmarks._records import WORKER, records
from closeout.duties.compile import instances, needed_tables
from closeout.duties.pack import load_pack
from closeout.duties.run import open_tables, run_pack
from closeout.engines import connect
from closeout.records.snapshot import arrow_schema, open_snapshot

SECONDS, GIGABYTES = 40, 6
MEMORY_GB = float(os.environ.get("CLOSEOUT_BENCH_MEMORY_GB", "4"))


@dataclass(frozen=True, slots=True)
class Ran:
    """One run: seconds by the clock, peak memory in MB, and what was counted."""

    seconds: float
    peak_mb: float
    totals: Any


def main() -> None:
    """Measure every clause, then the peers, and print the tables."""
    if WORKER in sys.argv:
        _work(*sys.argv[sys.argv.index(WORKER) + 1 :])
        return
    with records() as folder:
        snapshot = open_snapshot(folder)
        cases, events = (
            snapshot.manifest.rows("cases"),
            sum(map(snapshot.manifest.rows, snapshot.manifest.tables)),
        )
        print(f"\n## Duties: {cases:,} cases, {events:,} rows\n")
        whole = _ran("all", "closeout", folder)
        met = whole.seconds < SECONDS and whole.peak_mb < GIGABYTES * 1000
        print(
            f"All {whole.totals['clauses']} clauses, {whole.totals['instances']:,} instances, on DuckDB: ",
            end="",
        )
        print(f"{whole.seconds:.1f} s, {whole.peak_mb:,.0f} MB (bar {SECONDS} s, {GIGABYTES} GB: ", end="")
        print("met)\n" if met else "NOT met)\n")
        print(
            "| duty | Closeout s | SQL by hand s | pandas s | of SQL (bar 1.5) | pandas is slower (bar 5) |"
        )
        print("|---|--:|--:|--:|--:|--:|")
        for duty in DUTIES:
            _compare(duty, folder)


def _compare(duty: str, folder: Path) -> None:
    ours, sql, frames = (_ran(duty, way, folder) for way in ("closeout", "sql", "pandas"))
    if not ours.totals == sql.totals == frames.totals:
        message = f"{duty}: the totals differ"
        raise AssertionError(message)
    times = f"{ours.seconds:.2f} | {sql.seconds:.2f} | {frames.seconds:.2f}"
    print(f"| {duty} | {times} | {ours.seconds / sql.seconds:.2f} | {frames.seconds / ours.seconds:.1f} |")


def _ran(duty: str, way: str, folder: Path) -> Ran:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.duties", WORKER, duty, way, str(folder)]
    return Ran(*json.loads(subprocess.run(command, check=True, capture_output=True).stdout))


def _work(duty: str, way: str, folder: str) -> None:
    snapshot = open_snapshot(Path(folder))
    started = time.perf_counter()
    if way == "pandas":
        totals: Any = by_pandas(frames_of(snapshot), duty, snapshot.as_of)
    else:
        totals = _on_duckdb(duty, way, snapshot)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps([seconds, peak, totals]))


def _on_duckdb(duty: str, way: str, snapshot: Any) -> Any:  # noqa: ANN401 - totals of either form
    engine = connect(memory_gb=MEMORY_GB)
    try:
        if way == "sql":
            return _by_hand(duty, snapshot)
        pack = load_pack()
        if duty == "all":
            tables = open_tables(engine, snapshot)
            counted = [_count(engine, rows) for _, rows in run_pack(engine, tables, pack, snapshot.as_of)]
            return {"clauses": len(counted), "instances": sum(counted)}
        clause = pack.clause(duty)
        tables = {
            name: engine.read_parquet(name, snapshot.files(name), arrow_schema(name))
            for name in needed_tables(clause)
        }
        rows = instances(clause, tables, as_of=snapshot.as_of, holidays=pack.holidays)
        return _totals(engine, rows)
    finally:
        engine.close()


def _by_hand(duty: str, snapshot: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - as above
    import duckdb  # noqa: PLC0415 - the peer's own

    con = duckdb.connect(config={"memory_limit": f"{MEMORY_GB}GB"})
    for table in READS:
        con.read_parquet([str(path) for path in snapshot.files(table)]).create_view(table)
    return by_sql(con, duty, snapshot.as_of)


def _count(engine: Any, rows: Any) -> int:  # noqa: ANN401 - an engine, an expression
    """Work out every column of every instance, and return how many there are."""
    hashed = rows.mutate(digest=ibis.literal(0) + sum(rows[name].hash() % 1000 for name in rows.columns))
    return int(engine.to_arrow(hashed.agg(n=hashed.count(), d=hashed.digest.sum())).column("n")[0].as_py())


def _totals(engine: Any, rows: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - as above
    days = rows.due_on.delta(ibis.date("1970-01-01"), unit="day").fill_null(0)
    found = rows.mutate(days=days).group_by(["state", "office_id"])
    totals = found.agg(
        n=ibis._.count(),
        due_days=ibis._.days.sum(),
        missed=ibis._.is_missed.cast("int64").sum(),
        officers=ibis._.officer_no.nunique(),
    )
    return sorted(tuple(row.values()) for row in engine.to_arrow(totals).to_pylist())


if __name__ == "__main__":
    main()
