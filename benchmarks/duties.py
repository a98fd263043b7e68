"""All clauses of the pack on DuckDB, and three of them beside the same in SQL and pandas written by hand.

All clauses are asked for in three ways: counted as `closeout duties` counts them, counted by office, and with
every column of every instance worked out. The bars hold for each way. With `CLOSEOUT_BENCH_LARGER=1` the same
is asked of an agency of 7.6 million cases, which takes some minutes more: memory must not grow faster than
the rows.

The three clauses are the heaviest that read the tables most rows are in: a check-in (a row that carries its
due date), a file review (a rolling interval) and the recording of a status (a trigger). Each way gives totals
by state and office, which must be the same. Each run is a process of its own, reading included.
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
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow.compute as pc

from benchmarks._duty_peers import DUTIES, READS, by_pandas, by_sql, frames_of
from benchmarks._records import IS_LARGER_ASKED, WORKER, larger_records, records
from closeout.duties.compile import counts, instances, needed_tables
from closeout.duties.listing import Asked, summary
from closeout.duties.pack import load_pack
from closeout.duties.run import open_tables
from closeout.engines import connect
from closeout.records.snapshot import arrow_schema, open_snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine

SECONDS, GIGABYTES = 40, 6
MEMORY_GB = float(os.environ.get("CLOSEOUT_BENCH_MEMORY_GB", "4"))
WAYS = {
    "counts": "counts by duty, state and whether missed, as `closeout duties` prints them",
    "offices": "counts by duty, office, state and whether missed",
    "columns": "every column of every instance worked out, officers too",
}
_SUMMED = ("duty", "state", "is_missed")


@dataclass(frozen=True, slots=True)
class Ran:
    """One run: seconds by the clock and of all processors, peak memory in MB, and what was counted."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    totals: Any


def main() -> None:
    """Measure every clause, then the peers, and print the tables."""
    if WORKER in sys.argv:
        _work(*sys.argv[sys.argv.index(WORKER) + 1 :])
        return
    with records() as folder:
        rows, ran = _all_clauses(folder, has_bar=True)
        print(
            "| duty | Closeout s | SQL by hand s | pandas s | of SQL (bar 1.5) | pandas is slower (bar 5) |"
        )
        print("|---|--:|--:|--:|--:|--:|")
        for duty in DUTIES:
            _compare(duty, folder)
    if IS_LARGER_ASKED:
        with larger_records() as folder:
            more_rows, more = _all_clauses(folder, has_bar=False)
        for way, one in ran.items():
            growth, bar = more[way].peak_mb / one.peak_mb, more_rows / rows
            said = "no faster than the rows" if growth <= bar else "FASTER than the rows"
            print(f"{WAYS[way]}: {bar:.2f} times the rows, {growth:.2f} times the memory: {said}")


def _all_clauses(folder: Path, *, has_bar: bool) -> tuple[int, dict[str, Ran]]:
    """Measure all clauses each way over a snapshot; return its rows and what each way took."""
    manifest = open_snapshot(folder).manifest
    rows = sum(map(manifest.rows, manifest.tables))
    print(f"\n## Duties: {manifest.rows('cases'):,} cases, {rows:,} rows\n")
    print(f"| all clauses | seconds | CPU seconds | peak MB | bar {SECONDS} s, {GIGABYTES} GB |")
    print("|---|--:|--:|--:|---|")
    ran = {}
    for way, said in WAYS.items():
        one = ran[way] = _ran("all", way, folder)
        is_met = one.seconds < SECONDS and one.peak_mb < GIGABYTES * 1000
        met = ("met" if is_met else "NOT met") if has_bar else ""
        figures = f"{one.seconds:.1f} | {one.cpu_seconds:.1f} | {one.peak_mb:,.0f}"
        print(f"| {said} | {figures} | {met} |", flush=True)
    counted = {one.totals["instances"] for one in ran.values()}
    if len(counted) != 1:
        message = f"the ways do not count the same: {counted}"
        raise AssertionError(message)
    print(f"\n{ran['counts'].totals['clauses']} clauses, {counted.pop():,} instances\n", flush=True)
    return rows, ran


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
    started, cpu = time.perf_counter(), time.process_time()
    if way == "pandas":
        totals: Any = by_pandas(frames_of(snapshot), duty, snapshot.as_of)
    else:
        totals = _on_duckdb(duty, way, snapshot)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps([seconds, time.process_time() - cpu, peak, totals]))


def _on_duckdb(duty: str, way: str, snapshot: Any) -> Any:  # noqa: ANN401 - totals of either form
    engine = connect(memory_gb=MEMORY_GB)
    try:
        if way == "sql":
            return _by_hand(duty, snapshot)
        pack = load_pack()
        if duty == "all":
            counted = _counted(engine, open_tables(engine, snapshot), pack, way, snapshot.as_of)
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


def _counted(engine: Engine, tables: Mapping[str, ir.Table], pack: Pack, way: str, as_of: date) -> list[int]:
    """Return how many instances each clause has, asked for in one of the ways."""
    asked = Asked(pack.clauses, tables, as_of, pack.holidays)
    clauses = asked.computed()
    if way == "counts":
        found = summary(engine, asked, clauses)
        return [sum(duty["states"].values()) for duty in found]
    ready = asked.made_ready(engine)
    if way == "offices":
        by = (*_SUMMED, "office_id")
        made = (counts(c, ready.tables, as_of=as_of, holidays=pack.holidays, by=by) for c in clauses)
        return [pc.sum(rows["instances"]).as_py() or 0 for rows in engine.results(made)]
    whole = (_digest(ready.rows(clause)) for clause in clauses)
    return [rows["n"][0].as_py() for rows in engine.results(whole)]


def _digest(rows: ir.Table) -> ir.Table:
    """Return how many instances there are and a digest of all their columns, so that each is worked out."""
    each = ibis.struct({name: rows[name] for name in rows.columns}).hash()
    return rows.agg(n=rows.count(), digest=each.bit_xor())


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
