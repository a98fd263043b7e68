"""Rows checked a second: ours beside the same checks in pandas and in DuckDB's SQL, on the same files.

The table is `time_entries`, ten columns, as CSV and as Parquet, with the offices, officers and cases it
refers to. One row in a thousand is broken in one of seven ways. All three count the same: rows
kept apart, and rows that break each rule. Each run is a process of its own; time is by the clock of the
whole run, reading included. Our own check does more than the peers': it keeps where each broken row
stands, sets ragged rows apart and says the reasons. A last line checks four times the rows and writes
snapshot and quarantine, to show what memory and writing take.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from closeout.records.checking.check import check
from closeout.records.checking.private import MAY_IDENTIFY
from closeout.records.columns import CASE_NO, CODE, OFFICER_NO

ROWS = 5_000_000
CASES, OFFICERS, OFFICES = 200_000, 6_000, 24
BROKEN_SHARE = 0.001
BAR = 2_000_000
AS_OF = date(2026, 6, 30)
RULES = ("form", "type", "least", "future", "reference", "primary_key", "private")
_ONE = "--one"


@dataclass(frozen=True, slots=True)
class Ran:
    """One run: seconds by the clock, seconds of all processors, peak memory in MB, and what was counted."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    counts: dict[str, int]


def main() -> None:
    """Write the files, run each way over each, print the table."""
    print(f"\n## Checking: {ROWS:,} rows of ten columns\n")
    with tempfile.TemporaryDirectory(prefix="closeout-bench-") as name:
        root = Path(name)
        write_files(root)
        print("| checked by | file | rows | seconds | CPU seconds | rows/s | peak MB | bar |")
        print("|---|---|--:|--:|--:|--:|--:|---|")
        for ending in ("csv", "parquet"):
            ours = ran("closeout", root, ending)
            rate = ROWS / ours.seconds
            met = f"{BAR:,} rows/s: {'met' if rate >= BAR else 'missed'}"
            show("closeout", ending, ROWS, ours, met)
            for peer in ("duckdb", "pandas"):
                theirs = ran(peer, root, ending)
                same = "same counts" if theirs.counts == ours.counts else f"OTHER COUNTS {theirs.counts}"
                show(f"*{peer}*", ending, ROWS, theirs, f"{same}; {theirs.seconds / ours.seconds:.1f} × ours")
        show("closeout, written with --out", "parquet", 4 * ROWS, ran("closeout-out", root, "parts"), "")
    print(f"\nRows that break each rule, alike in all: {ours.counts}")


def show(what: str, ending: str, rows: int, run: Ran, bar: str) -> None:
    """Print one line of the table."""
    figures = f"{run.seconds:.1f} | {run.cpu_seconds:.1f} | {rows / run.seconds:,.0f} | {run.peak_mb:,.0f}"
    print(f"| {what} | {ending} | {rows:,} | {figures} | {bar} |", flush=True)


def ran(who: str, root: Path, ending: str) -> Ran:
    """Run one way in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.checking", _ONE, who, str(root), ending]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Ran(**json.loads(done.stdout.splitlines()[-1]))


def one(who: str, root: Path, ending: str) -> None:
    """Check once and print what it took as JSON."""
    ways = {
        "closeout": by_closeout,
        "closeout-out": by_closeout_out,
        "duckdb": by_duckdb,
        "pandas": by_pandas,
    }
    start, cpu = time.perf_counter(), time.process_time()
    counts = ways[who](root / ending)
    seconds = time.perf_counter() - start
    run = Ran(seconds, time.process_time() - cpu, peak_mb(), counts)
    print(json.dumps({name: getattr(run, name) for name in Ran.__slots__}))


def peak_mb() -> float:
    """Return this process's peak memory; getrusage would give that of the process it was started from."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


# --- the files ---------------------------------------------------------------------------------------


def write_files(root: Path) -> None:
    """Write the tables: `csv`, `parquet`, and `parts` with four times the rows."""
    for folder in ("csv", "parquet", "parts/time_entries"):
        (root / folder).mkdir(parents=True)
    parents = {"offices": offices(), "officers": officers(), "cases": cases()}
    for folder in ("csv", "parquet", "parts"):
        for table, frame in parents.items():
            frame.write_parquet(root / folder / f"{table}.parquet")
    for part in range(4):
        frame = time_entries(part)
        frame.write_parquet(root / f"parts/time_entries/part-{part:03}.parquet")
        if part == 0:
            frame.write_parquet(root / "parquet/time_entries.parquet")
            frame.write_csv(root / "csv/time_entries.csv")


def offices() -> pl.DataFrame:
    """Return the offices."""
    ids = pl.DataFrame({"office_id": numbered("OFF-", np.arange(OFFICES), 2)})
    return ids.with_columns(label=pl.col("office_id"), kind=pl.lit("field"), time_zone=pl.lit("UTC"))


def officers() -> pl.DataFrame:
    """Return the officers."""
    day = pl.lit("2020-01-06")
    return pl.DataFrame({"officer_no": numbered("S-", np.arange(OFFICERS), 5)}).with_columns(
        office_id=pl.lit("OFF-01"),
        role=pl.lit("deportation_officer"),
        entered_on=day,
        active_from=day,
        contracted_hours=pl.lit("40"),
        is_converted=pl.lit("false"),
    )


def cases() -> pl.DataFrame:
    """Return the cases."""
    no = pl.lit("false")
    return pl.DataFrame({"case_no": numbered("C-", np.arange(CASES), 8)}).with_columns(
        office_id=pl.lit("OFF-01"),
        docket=pl.lit("juvenile"),
        is_detained=no,
        state=pl.lit("open"),
        opened_on=pl.lit("2024-01-08"),
        has_representation=no,
        is_child=no,
    )


def time_entries(part: int) -> pl.DataFrame:
    """Return time entries as text, one in a thousand broken; the same for the same part."""
    chance = np.random.default_rng(part)
    way = pl.Series(np.where(chance.random(ROWS) < BROKEN_SHARE, chance.integers(1, len(RULES) + 1, ROWS), 0))
    days = pl.Series(chance.integers(0, 540, ROWS))
    frame = pl.DataFrame({
        "entry_id": np.arange(part * ROWS + 1, (part + 1) * ROWS + 1),
        "officer_no": numbered("S-", np.sort(chance.integers(0, OFFICERS, ROWS)), 5),
        "office_id": numbered("OFF-", chance.integers(0, OFFICES, ROWS), 2),
        "worked_on": pl.select(pl.date(2025, 1, 1) + pl.duration(days=days)).to_series().cast(pl.String),
        "activity": numbered("activity-", chance.integers(0, 30, ROWS), 1),
        "minutes": pl.Series(chance.integers(1, 480, ROWS)).cast(pl.String),
        "case_no": numbered("C-", chance.integers(0, CASES, ROWS), 8),
        "tasks": pl.Series(chance.integers(1, 9, ROWS)).cast(pl.String),
        "study": numbered("study-", chance.integers(0, 3, ROWS), 1),
        "is_overtime": pl.Series(chance.random(ROWS) < 0.05).cast(pl.String),  # noqa: PLR2004
        "way": way,
    })  # fmt: skip
    return broken(frame).drop("way")


def broken(frame: pl.DataFrame) -> pl.DataFrame:
    """Break rows, each in its way; an eighth of the entries is for no case."""
    is_for_case = pl.col("entry_id") % 8 != 0
    bad = {
        "form": ("officer_no", pl.lit("Officer")),
        "type": ("minutes", pl.lit("many")),
        "least": ("minutes", pl.lit("-5")),
        "future": ("worked_on", pl.lit("2031-01-01")),
        "reference": ("case_no", pl.lit("C-NOWHERE")),
        "primary_key": ("entry_id", pl.col("entry_id") // 20_000 + 1_000_000_000),
        "private": ("study", pl.lit("A123456789")),
    }
    frame = frame.with_columns(pl.when(is_for_case).then("case_no").alias("case_no"))
    for way, rule in enumerate(RULES, start=1):
        column, cell = bad[rule]
        frame = frame.with_columns(pl.when(pl.col("way") == way).then(cell).otherwise(column).alias(column))
    return frame


def numbered(prefix: str, numbers: Any, width: int) -> pl.Series:  # noqa: ANN401 - an array of whole numbers
    """Return codes of a prefix and a number."""
    text = pl.Series(numbers).cast(pl.String).str.zfill(width)
    return pl.select(pl.lit(prefix) + text).to_series()


# --- the ways ----------------------------------------------------------------------------------------


def by_closeout(folder: Path, out: Path | None = None) -> dict[str, int]:
    """Return the counts of our own check."""
    report = check(folder, as_of=AS_OF, out=out)
    table = next(table for table in report.tables if table.table == "time_entries")
    counts = Counter({rule: table.rows_breaking(rule) for rule in RULES})
    return {"quarantined": table.quarantined} | dict(counts)


def by_closeout_out(folder: Path) -> dict[str, int]:
    """Return the counts of our own check that writes the snapshot and the quarantine."""
    return by_closeout(folder, folder.with_name("out"))


def by_duckdb(folder: Path) -> dict[str, int]:
    """Return the counts of one SQL statement."""
    import duckdb  # noqa: PLC0415 - only in its own process

    duckdb.execute("SET threads = 2")
    found = next(folder.glob("time_entries.*"))
    source = f"read_csv('{found}', all_varchar = true)" if found.suffix == ".csv" else f"'{found}'"
    keys = {table: f"'{folder / table}.parquet'" for table in ("offices", "officers", "cases")}
    names = ("quarantined", *RULES)
    statement = SQL
    for name, text in (keys | {"source": source, "private": MAY_IDENTIFY.replace("'", "''")}).items():
        statement = statement.replace(f"{{{name}}}", text)
    row = duckdb.execute(statement).fetchone()
    return dict(zip(names, row or (), strict=True))


SQL = (
    """
WITH typed AS (
    SELECT *, TRY_CAST(entry_id AS BIGINT) AS key, TRY_CAST(worked_on AS DATE) AS day,
        TRY_CAST(minutes AS BIGINT) AS mins, TRY_CAST(tasks AS BIGINT) AS n,
        TRY_CAST(is_overtime AS BOOLEAN) AS extra
    FROM {source}
), twice AS (SELECT key FROM typed GROUP BY key HAVING count(*) > 1),
marked AS (
    SELECT
        NOT regexp_full_match(officer_no, '"""
    + OFFICER_NO
    + """')
            OR NOT regexp_full_match(office_id, '"""
    + CODE
    + """')
            OR NOT regexp_full_match(activity, '"""
    + CODE
    + """')
            OR coalesce(NOT regexp_full_match(case_no, '"""
    + CASE_NO
    + """'), false)
            OR coalesce(NOT regexp_full_match(study, '"""
    + CODE
    + """'), false) AS form,
        key IS NULL OR day IS NULL OR mins IS NULL OR extra IS NULL
            OR (n IS NULL AND tasks IS NOT NULL) AS type,
        coalesce(mins < 0, false) OR coalesce(n < 0, false) OR coalesce(key < 1, false) AS least,
        coalesce(day > DATE '2026-06-30', false) AS future,
        officer_no NOT IN (SELECT officer_no FROM {officers}) AS lost_officer,
        office_id NOT IN (SELECT office_id FROM {offices}) AS lost_office,
        case_no IS NOT NULL AND case_no NOT IN (SELECT case_no FROM {cases}) AS lost_case,
        key IN (SELECT key FROM twice) AS primary_key,
        regexp_matches(office_id, '{private}') OR regexp_matches(activity, '{private}')
            OR coalesce(regexp_matches(study, '{private}'), false) AS private
    FROM typed
)
SELECT count(*) FILTER (form OR type OR least OR future OR lost_officer OR lost_office OR lost_case
        OR primary_key OR private),
    count(*) FILTER (form), count(*) FILTER (type), count(*) FILTER (least), count(*) FILTER (future),
    count(*) FILTER (lost_officer) + count(*) FILTER (lost_office) + count(*) FILTER (lost_case),
    count(*) FILTER (primary_key), count(*) FILTER (private)
FROM marked
"""
)


def by_pandas(folder: Path) -> dict[str, int]:
    """Return the counts of pandas with Arrow's strings, its quickest way."""
    import pandas as pd  # noqa: PLC0415 - only in its own process

    found = next(folder.glob("time_entries.*"))
    if found.suffix == ".csv":
        rows = pd.read_csv(found, dtype="string[pyarrow]", engine="pyarrow")
    else:
        rows = pd.read_parquet(found, dtype_backend="pyarrow")
    keys = {
        column: pd.read_parquet(folder / f"{table}.parquet", columns=[column])[column]
        for column, table in (("officer_no", "officers"), ("office_id", "offices"), ("case_no", "cases"))
    }
    numbers = {
        name: pd.to_numeric(rows[name], errors="coerce").astype("float64")
        for name in ("entry_id", "minutes", "tasks")
    }
    day = pd.to_datetime(rows["worked_on"], format="%Y-%m-%d", errors="coerce")
    forms = {"officer_no": OFFICER_NO, "office_id": CODE, "activity": CODE, "case_no": CASE_NO, "study": CODE}
    fails: dict[str, Any] = dict.fromkeys(RULES, False)
    for name, form in forms.items():
        fails["form"] |= ~rows[name].str.match(form).fillna(value=True).astype(bool)
    fails["type"] |= day.isna() | ~rows["is_overtime"].isin(["true", "false"])
    for name, number in numbers.items():
        fails["type"] |= (number.isna() & rows[name].notna()).astype(bool)
        fails["least"] |= (number < (1 if name == "entry_id" else 0)).fillna(value=False).astype(bool)
    fails["future"] |= day > pd.Timestamp(AS_OF)
    lost = [~rows[name].isin(key) & rows[name].notna() for name, key in keys.items()]
    fails["primary_key"] |= numbers["entry_id"].duplicated(keep=False)
    for name in ("office_id", "activity", "study"):
        fails["private"] |= rows[name].str.contains(MAY_IDENTIFY, regex=True).fillna(value=False).astype(bool)
    is_refused = sum((each for each in (*fails.values(), *lost)), start=pd.Series(0, index=rows.index)) > 0
    counts = {name: int(each.sum()) for name, each in fails.items() if name != "reference"}
    counts["reference"] = sum(int(each.sum()) for each in lost)
    return {"quarantined": int(is_refused.sum())} | {name: counts[name] for name in RULES}


if __name__ == "__main__":
    if sys.argv[1:2] == [_ONE]:
        one(sys.argv[2], Path(sys.argv[3]), sys.argv[4])
    else:
        main()
