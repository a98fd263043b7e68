"""The list page with 6,000 reports and 30,000 recommendations, in SQLite and in PostgreSQL.

Each store is filled with made-up rows, then every filter, order and kind of page is asked for
several times, as the queries alone and as the whole page over Django's test client. The peer is the
same fifty rows by one hand-written SQL statement, which counts nothing and knows no filter. The bar
is 100 ms for the slowest page, by the clock on the wall and by the processor's: on a busy machine
only the second tells of the code. PostgreSQL runs in a cluster of its own in a temporary folder.
"""

# ruff: noqa: PLC0415 - Django is set up for the store that is measured
from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

    from closeout.web.recommendations.queries.listing import Filters

REPORTS = 6_000
RECOMMENDATIONS = 30_000
AGENCIES = 60
TIMES = 7
BAR_MS = 100.0
AS_OF = date(2026, 6, 1)
SYLLABLES = [
    "bea",
    "con",
    "dor",
    "fen",
    "gal",
    "har",
    "kip",
    "lum",
    "mar",
    "nel",
    "por",
    "quil",
    "rud",
    "sol",
]
WORDS = [f"{one}{two}{three}" for one in SYLLABLES for two in SYLLABLES for three in SYLLABLES]
COMMONNESS = [1 / (place + 100) for place in range(len(WORDS))]
"""The commonest word stands in about two of five recommendations, as a report's favorite words do."""
COMMON, OTHER, RARE = WORDS[5], WORDS[40], WORDS[1500]
_STORE = "--store"
_PEER = """
    SELECT rec.id, rec.text, rec.auditor_status, rec.promise_latest, report.number, report.title
    FROM recommendations_recommendation rec JOIN recommendations_report report ON report.id = rec.report_id
    WHERE NOT rec.is_retired ORDER BY rec.sort_key LIMIT 50
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """One way the list is asked for: its name, and the query string of its page."""

    name: str
    query: str


PAGES = (
    Asked("first page", ""),
    Asked("page 300", "page=300"),
    Asked("last page", "page=9999"),
    Asked("open", "status=open"),
    Asked("closed, page 40", "status=closed&page=40"),
    Asked("resolved-open", "status=resolved-open"),
    Asked("no status printed", "status=not-printed"),
    Asked("in progress", "progress=in-progress"),
    Asked("promise missed", "overdue=on"),
    Asked("source incomplete", "incomplete=on"),
    Asked("priority", "priority=on"),
    Asked("in conflict", "group=conflict"),
    Asked("in review", "group=review"),
    Asked("one report", "report=ZIG-00042"),
    Asked("one agency", "agency={agency}"),
    Asked("a common word", f"words={COMMON}"),
    Asked("a rare word", f"words={RARE}"),
    Asked("three words", f"words={COMMON}+{OTHER}+{WORDS[9]}"),
    Asked("a phrase", f"words=%22{COMMON}+{OTHER}%22"),
    Asked("by promise", "order=promise"),
    Asked("by promise, downwards", "order=-promise&page=20"),
    Asked("by status", "order=status&page=100"),
    Asked("by progress", "order=progress&page=100"),
    Asked("by owner", "order=-owner"),
    Asked("open, by promise", "status=open&order=promise"),
    Asked("agency, word, by status", f"agency={{agency}}&words={COMMON}&order=status"),
)


def main() -> None:
    """Print the timings in both databases; PostgreSQL is left out where no server is installed."""
    print(f"## The list page: {REPORTS:,} reports, {RECOMMENDATIONS:,} recommendations\n")
    with tempfile.TemporaryDirectory() as folder:
        run_in_own_process(f"sqlite:///{Path(folder, 'bench.sqlite3')}")
    from tests.conftest_postgres import PostgresServer, server_binaries

    binaries = server_binaries()
    if binaries is None:
        print("PostgreSQL: no server is installed, not measured")
        return
    server = PostgresServer(binaries, Path(tempfile.mkdtemp(prefix="closeout-pg-")))
    server.start()
    try:
        run_in_own_process(server.url)
    finally:
        server.stop()


def run_in_own_process(url: str) -> None:
    """Measure one store in a process of its own: a process serves one store."""
    subprocess.run([sys.executable, "-m", "benchmarks.list_page", _STORE, url], check=True)


def measure(url: str) -> None:
    """Fill a store and print its table of timings."""
    # A folder of its own for what the site keeps beside its store.
    files = Path(tempfile.mkdtemp(prefix="closeout-bench-"))
    (files / "static").mkdir()
    os.environ["CLOSEOUT_FILES"] = str(files)
    from closeout.project import configure

    configure(url)
    from django.db import connection
    from django.test.utils import override_settings

    fill()
    name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    print(f"### {name}\n\n| asked for | rows | queries, ms (processor) | whole page, ms (processor) |")
    print("|---|---:|---:|---:|")
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        slowest = max((timed(asked) for asked in PAGES), key=lambda each: each.wall_ms)
    print(f"| *the first fifty rows by plain SQL (peer)* | 50 | {taken(peer).wall_ms:.1f} | |")
    met = "met" if slowest.wall_ms < BAR_MS else "MISSED"
    told = f"{slowest.wall_ms:.0f} ms, {slowest.cpu_ms:.0f} of them processor time"
    print(f"\n{name}: the slowest page took {told}; bar {BAR_MS:.0f} ms: {met}\n")


def timed(asked: Asked) -> Taken:
    """Print one line of the table; return what the whole page took."""
    from django.http import QueryDict

    from closeout.web.recommendations.forms import FilterForm
    from closeout.web.recommendations.models import Agency
    from closeout.web.recommendations.queries.listing import Listing, counts, listing

    client = signed_in()
    agency = Agency.objects.order_by("pk").first()
    query = asked.query.format(agency=agency.pk if agency else 0)
    form = FilterForm(QueryDict(query))
    filters: Filters = form.filters()
    order, is_descending = form.order()

    def ask() -> Listing:
        counts(as_of=AS_OF)
        return listing(filters, as_of=AS_OF, order=order, is_descending=is_descending, page=form.page())

    rows = ask().total
    queries, page = taken(ask), taken(lambda: client.get(f"/recommendations/?{query}"))
    told = f"{queries.wall_ms:.0f} ({queries.cpu_ms:.0f}) | {page.wall_ms:.0f} ({page.cpu_ms:.0f})"
    print(f"| {asked.name} | {rows:,} | {told} |", flush=True)
    return page


@dataclass(frozen=True, slots=True)
class Taken:
    """Medians of several runs, in milliseconds: by the wall's clock and by this process's processor time."""

    wall_ms: float
    cpu_ms: float


def taken(act: Callable[[], Any]) -> Taken:
    """Return how long something takes, after one run that warms up."""
    act()
    wall, cpu = [], []
    for _ in range(TIMES):
        clock, processor = time.perf_counter(), time.process_time()
        act()
        wall.append(time.perf_counter() - clock)
        cpu.append(time.process_time() - processor)
    return Taken(1000 * statistics.median(wall), 1000 * statistics.median(cpu))


def peer() -> None:
    """Fetch the first fifty rows by plain SQL."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_PEER)
        cursor.fetchall()


def signed_in() -> Client:
    """Return a client signed in as a reader."""
    from django.test import Client

    from closeout.web.accounts.models import User

    reader = User.objects.filter(username="reader").first() or User.objects.create_user(
        "reader", role="reader"
    )
    client = Client()
    client.force_login(reader)
    answer = client.get("/recommendations/")
    if answer.status_code != HTTPStatus.OK:
        msg = f"the list page answers {answer.status_code}"
        raise RuntimeError(msg)
    return client


def fill() -> None:
    """Write the made-up register: the same rows in every run."""
    from django.db import connection, transaction

    from closeout.web.recommendations.models import Agency, Recommendation, Report, SearchEntry

    chance = random.Random(2026)  # noqa: S311 - made-up rows, the same each time
    with transaction.atomic():
        agencies = Agency.objects.bulk_create(
            [Agency(name=f"Office of {_some(chance, 2)} {number}") for number in range(AGENCIES)]
        )
        reports = Report.objects.bulk_create(list(_reports(chance)), batch_size=500)
        recs = Recommendation.objects.bulk_create(list(_recommendations(chance, reports)), batch_size=300)
        links = Recommendation.agencies.through
        links.objects.bulk_create(
            [links(recommendation_id=rec.pk, agency_id=chance.choice(agencies).pk) for rec in recs],
            batch_size=5000,
        )
        SearchEntry.objects.bulk_create(
            [
                SearchEntry(
                    recommendation=rec, names=rec.report.number, asked=rec.text, said=_some(chance, 120)
                )
                for rec in recs
            ],
            batch_size=500,
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _reports(chance: random.Random) -> Iterator[Any]:
    from closeout.web.recommendations.models import Report

    for number in range(REPORTS):
        day = AS_OF - timedelta(days=chance.randrange(4000))
        yield Report(
            key=f"zephyr-oig/ZIG-{number:05}",
            issuer="Zephyr OIG",
            number=f"ZIG-{number:05}",
            title=_some(chance, 9).capitalize(),
            issued_edtf=day.isoformat(),
            issued_earliest=day,
            issued_latest=day,
        )


def _recommendations(chance: random.Random, reports: list[Any]) -> Iterator[Any]:
    from closeout.web.recommendations.models import Recommendation

    closed = ["closed-implemented"] * 2
    statuses = [*["resolved-open"] * 5, "unresolved-open", "open-unknown", *closed, ""]
    for place in range(RECOMMENDATIONS):
        report, number = reports[place % len(reports)], place // len(reports) + 1
        status = chance.choice(statuses)
        due = AS_OF + timedelta(days=chance.randrange(-900, 700)) if chance.random() < 0.6 else None  # noqa: PLR2004
        yield Recommendation(
            report=report,
            key=f"{report.key}/{number}",
            sort_key=f"{report.number}/{number:05}",
            number=str(number),
            order=number,
            text=f"The Director should {_some(chance, 45)}.",
            auditor_status=status,
            auditor_status_basis="printed" if status else "",
            auditor_status_printed=status.replace("-", " "),
            is_open=not status.startswith("closed"),
            progress=chance.choice(["", "", "planned", "in-progress", "evidence-ready", "done"]),
            owner_office=chance.choice(["", "", "Lamps", "Keys", "Tides", "Charts"]),
            promise_edtf=due.isoformat() if due else "",
            promise_earliest=due,
            promise_latest=due,
            is_priority=chance.random() < 0.1,  # noqa: PLR2004
            has_conflict=chance.random() < 0.02,  # noqa: PLR2004
            in_review=chance.random() < 0.03,  # noqa: PLR2004
            has_incomplete_source=chance.random() < 0.2,  # noqa: PLR2004
        )


def _some(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, COMMONNESS, k=count))


if __name__ == "__main__":
    if sys.argv[1:2] == [_STORE]:
        measure(sys.argv[2])
    else:
        main()
