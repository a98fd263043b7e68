"""`check`: every table at a path, those that others point into first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.records.checking.columnar import Columnar
from closeout.records.checking.delimited import Delimited
from closeout.records.checking.feeds import PlainFeed
from closeout.records.checking.folder import OutFolder
from closeout.records.checking.kept import Kept
from closeout.records.checking.mapped import MappedFeed
from closeout.records.checking.order import in_order
from closeout.records.checking.reconcile import reconcile
from closeout.records.checking.report import CheckReport, FileReport, TableReport
from closeout.records.checking.sources import find_sources
from closeout.records.checking.table_run import TableRun
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from closeout.records.checking.feeds import Feed
    from closeout.records.checking.keys import KnownKeys
    from closeout.records.checking.sources import Found, Source
    from closeout.records.checking.table_run import Sink
    from closeout.records.mapping import Mapping


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a check is: the table it is at, and how many rows it has read in all."""

    table: str
    rows: int
    tables_done: int
    tables: int


def check(
    path: Path,
    *,
    as_of: date,
    mapping: Mapping | None = None,
    out: Path | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> CheckReport:
    """Check the tables at a path and return what was found.

    Every row read is accepted or quarantined. A reference to a row that is not accepted breaks the row it
    stands in, and so on down; a reference to a table that is not there cannot be checked, and is said.

    Args:
        path: A folder of tables, or one file.
        as_of: The day the records stand as of.
        mapping: How other people's columns and codes become ours.
        out: Where to write the accepted rows as a snapshot and the others as a quarantine; nothing is
            written where it is None.
        progress: Told how far the check is.

    Returns:
        The report.

    Raises:
        NothingToCheckError: There is no table at the path.
        CannotWriteError: `out` is not empty or cannot be written; nothing of it is left behind.
        MappingError: A file lacks a column that the mapping uses.

    """
    found = find_sources(path, mapping)
    folder = OutFolder(out) if out else None
    try:
        report = _checked(found, path, as_of, mapping, folder, progress)
        if folder:
            notes = {"checked": {"read": report.read, "quarantined": report.quarantined}}
            folder.finish(as_of=as_of, source=path.name, notes=notes)
    except BaseException:
        if folder:
            folder.abandon()
        raise
    return report


def _checked(
    found: Found,
    path: Path,
    as_of: date,
    mapping: Mapping | None,
    folder: OutFolder | None,
    progress: Callable[[Progress], None],
) -> CheckReport:
    kept, feeds = Kept(), _Feeds(found, mapping)
    sinks: tuple[Sink, ...] = (kept, folder) if folder else (kept,)
    known: dict[str, KnownKeys] = {}
    reports: list[TableReport] = []
    order = in_order(feeds.tables())
    read = 0

    for place, table in enumerate(order):

        def moved(rows: int, table: str = table, place: int = place) -> None:
            nonlocal read
            read += rows
            progress(Progress(table, read, place, len(order)))

        run = TableRun(table, as_of, known, sinks)
        files = []
        for feed in feeds.of(table):
            run.take(feed, moved)
            files.append(FileReport(feed.facts, feed.leftovers))
        known[table] = run.close()
        reports.append(_report(run, tuple(files), known))
    out = str(folder.out) if folder else None
    return CheckReport(path.name, as_of, tuple(reports), found.unread, tuple(reconcile(kept)), out)


def _report(run: TableRun, files: tuple[FileReport, ...], known: dict[str, KnownKeys]) -> TableReport:
    references = TABLES[run.table].references()
    return TableReport(
        table=run.table,
        read=run.read,
        accepted=run.read - run.quarantined,
        quarantined=run.quarantined,
        broken=tuple(run.tally.broken()),
        unchecked={column: to for column, to in references.items() if to not in known},
        files=files,
    )


class _Feeds:
    """The files of each table."""

    def __init__(self, found: Found, mapping: Mapping | None) -> None:
        self._found, self._mapping = found, mapping
        self._seen: dict[str, set[object]] = {}

    def tables(self) -> set[str]:
        """Return the tables that any file feeds."""
        return {table for source in self._found.sources for table in self._fed_by(source)}

    def of(self, table: str) -> Iterator[Feed]:
        """Yield the feeds of a table, each opened when it is its turn."""
        for source in self._found.sources:
            if table not in self._fed_by(source):
                continue
            if source.table is None and self._mapping:
                yield MappedFeed(table, source, self._mapping, self._seen.setdefault(table, set()))
            else:
                reader = (Columnar if source.is_columnar else Delimited)(source.path, source.name)
                yield PlainFeed(table, reader)

    def _fed_by(self, source: Source) -> tuple[str, ...]:
        if source.table is not None or self._mapping is None:
            return (source.table,) if source.table else ()
        return self._mapping.tables(source.name)
