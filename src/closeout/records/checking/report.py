"""What a check found, as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from closeout.records.checking.chunks import FileFacts
    from closeout.records.checking.feeds import Leftovers
    from closeout.records.checking.reconcile import Reconciliation
    from closeout.records.checking.sources import Unread
    from closeout.records.checking.tally import Broken


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file as one table's source. `taken` is what it gave, `left` what it holds besides."""

    taken: FileFacts
    left: Leftovers


@dataclass(frozen=True, slots=True)
class TableReport:
    """One table.

    Attributes:
        table: Its name.
        read: Rows read; always `accepted` + `quarantined`.
        accepted: Rows that keep every rule.
        quarantined: Rows kept apart.
        duplicates: Rows whose key is on another row, too.
        broken: The rules that rows broke; a row may break several.
        unchecked: Referring columns whose table is not there, by column.
        files: Its files.

    """

    table: str
    read: int
    accepted: int
    quarantined: int
    broken: tuple[Broken, ...]
    unchecked: dict[str, str]
    files: tuple[FileReport, ...]

    def rows_breaking(self, *rules: str) -> int:
        """Return how often these rules were broken, a row once for each column."""
        return sum(broken.rows for broken in self.broken if broken.rule in rules)

    @property
    def problems(self) -> list[str]:
        """Return what is wrong with its files, each with the file's name."""
        return [f"{file.taken.name}: {said}" for file in self.files for said in file.taken.problems]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Everything a check found."""

    source: str
    as_of: date
    tables: tuple[TableReport, ...]
    unread: tuple[Unread, ...]
    reconciliations: tuple[Reconciliation, ...]
    out: str | None = None

    @property
    def read(self) -> int:
        """Return rows read."""
        return sum(table.read for table in self.tables)

    @property
    def accepted(self) -> int:
        """Return rows accepted."""
        return sum(table.accepted for table in self.tables)

    @property
    def quarantined(self) -> int:
        """Return rows kept apart."""
        return sum(table.quarantined for table in self.tables)

    @property
    def unreconciled(self) -> list[Reconciliation]:
        """Return the reconciliations that miss."""
        return [one for one in self.reconciliations if not one.holds]

    @property
    def is_clean(self) -> bool:
        """Return whether every row is accepted, every file readable and every sum right."""
        has_problems = any(table.problems for table in self.tables)
        return not (self.quarantined or has_problems or self.unreconciled)


def as_plain(report: CheckReport) -> dict[str, Any]:
    """Return a report as JSON takes it."""
    by_kind: dict[str, dict[str, int]] = {}
    for one in report.reconciliations:
        counts = by_kind.setdefault(one.kind, {"checked": 0, "missed": 0})
        counts["checked"] += 1
        counts["missed"] += not one.holds
    return {
        "source": report.source,
        "as_of": report.as_of.isoformat(),
        "is_clean": report.is_clean,
        "read": report.read,
        "accepted": report.accepted,
        "quarantined": report.quarantined,
        "tables": [_table(table) for table in report.tables],
        "unread": [asdict(unread) for unread in report.unread],
        "reconciliations": {"by_kind": by_kind, "missed": [_sum(one) for one in report.unreconciled]},
        "out": report.out,
    }


def _table(table: TableReport) -> dict[str, Any]:
    return {
        "table": table.table,
        "read": table.read,
        "accepted": table.accepted,
        "quarantined": table.quarantined,
        "duplicates": table.rows_breaking("primary_key"),
        "broken_references": table.rows_breaking("reference", "reference_quarantined"),
        "in_the_future": table.rows_breaking("future"),
        "ragged": table.rows_breaking("ragged"),
        "by_rule": [asdict(broken) for broken in table.broken],
        "references_not_checked": table.unchecked,
        "files": [_file(file) for file in table.files],
    }


def _file(file: FileReport) -> dict[str, Any]:
    taken, left = file.taken, file.left
    return {
        "file": taken.name,
        "rows": taken.rows,
        "encoding": taken.encoding,
        "delimiter": taken.delimiter,
        "problems": taken.problems,
        "unknown_columns": left.unknown,
        "unnamed_columns": left.unnamed,
        "missing_columns": left.missing,
        "left_out": [{"reason": reason, "rows": rows} for reason, rows in left.left_out.items()],
        "unmapped": [
            {"column": column, "value": value, "rows": rows}
            for (column, value), rows in left.unmapped.most_common()
        ],
        "mapped_rates": [
            {"column": column, "resolved": rate[0], "of": rate[1], "weight": rate[2], "of_weight": rate[3]}
            for column, rate in left.rates.items()
        ],
    }


def _sum(one: Reconciliation) -> dict[str, Any]:
    return asdict(one) | {"difference": one.difference}
