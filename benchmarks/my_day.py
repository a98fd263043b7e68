"""My day of the busiest officer, with a national snapshot and all its open duties in PostgreSQL.

The snapshot is loaded and its duties worked out as in production; then the queries of My day, Unit, Office
and one case are timed, and a case's duties worked out anew as after an action. The peer is the officer's open
duties fetched by one plain SQL statement, which sorts and counts nothing. The bar is 100 ms for My day, by
the clock on the wall. `CLOSEOUT_BENCH_DATABASE` names a database that is loaded already.
"""

# ruff: noqa: PLC0415 - Django is set up for the store that is measured
from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks._records import WORKER, in_own_process, records, server

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

LOADED = os.environ.get("CLOSEOUT_BENCH_DATABASE", "")
TIMES = 9
BAR_MS = 100.0
_PEER = "SELECT id, case_no, duty, due_on FROM casework_duty WHERE is_open AND officer_no = %s"


def main() -> None:
    """Print the timings."""
    print("## My day at national size, PostgreSQL\n")
    if LOADED:
        in_own_process("benchmarks.my_day", LOADED, "")
        return
    with records() as folder, server() as url:
        if url:
            in_own_process("benchmarks.my_day", url, str(folder))


def measure(url: str, folder: str) -> None:
    """Load, work out, and print the timings."""
    os.environ["CLOSEOUT_FILES"] = tempfile.mkdtemp(prefix="closeout-bench-")
    from closeout.project import configure

    configure(url)
    from closeout.web.casework.duties import refresh_all
    from closeout.web.casework.load import load
    from closeout.web.casework.models import Load

    if folder:
        load(Path(folder))
        as_of = Load.objects.get(is_current=True).as_of
        started = time.perf_counter()
        done = refresh_all(today=as_of)
        print(f"{done.duties:,} duties worked out and written in {time.perf_counter() - started:.0f} s\n")
    ask(Load.objects.get(is_current=True).as_of)


def ask(today: date) -> None:
    """Print the table of timings."""
    from django.db import connection
    from django.db.models import Count

    from closeout.web.casework.duties import refresh_case
    from closeout.web.casework.models import Case, Duty
    from closeout.web.casework.queries.case import case
    from closeout.web.casework.queries.day import my_day
    from closeout.web.casework.queries.office import office
    from closeout.web.casework.queries.unit import unit

    busiest: Any = (
        Case.objects.filter(closed_on=None, officer__isnull=False)
        .values("officer_id", "office_id")
        .annotate(cases=Count("pk"))
        .order_by("-cases", "officer_id")
        .first()
    )
    officer, where = busiest["officer_id"], busiest["office_id"]
    case_no = (
        Case.objects.filter(officer_id=officer, closed_on=None).order_by("pk").values_list("pk", flat=True)[0]
    )
    owed = Duty.objects.filter(is_open=True, officer_no=officer).count()
    print(f"The busiest officer has {busiest['cases']:,} open cases and {owed:,} open duties;")
    print(f"the table of duties has {Duty.objects.count():,} rows.\n")
    print("| asked for | median ms | worst ms | queries |\n|---|---:|---:|---:|")

    def peer() -> None:
        with connection.cursor() as cursor:
            cursor.execute(_PEER, [officer])
            cursor.fetchall()

    day = timed("My day", lambda: my_day(officer, today))
    timed("Unit", lambda: unit(where, today))
    timed("Office", lambda: office(where, today))
    timed("one case", lambda: case(case_no, today))
    timed("one case's duties worked out anew", lambda: refresh_case(case_no, today=today))
    timed("*the officer's open duties by plain SQL (peer)*", peer)
    print(f"\nMy day takes {day:.0f} ms; bar {BAR_MS:.0f} ms: {'met' if day < BAR_MS else 'MISSED'}\n")


def timed(name: str, act: Callable[[], Any]) -> float:
    """Print one line; return the median in milliseconds, after one run that warms up."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        act()
    took = []
    for _ in range(TIMES):
        started = time.perf_counter()
        act()
        took.append(1000 * (time.perf_counter() - started))
    median = statistics.median(took)
    print(f"| {name} | {median:.0f} | {max(took):.0f} | {len(asked)} |", flush=True)
    return median


if __name__ == "__main__":
    if sys.argv[1:2] == [WORKER]:
        measure(sys.argv[2], sys.argv[3])
    else:
        main()
