"""What `closeout read` shows a person: the documents, the register, and each problem on one line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.table import Table

from closeout.followup.followed import follow
from closeout.reading.losses import problems_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from rich.console import Console

    from closeout.reading.joining import Register
    from closeout.reading.model import DocumentReading


def problem_lines(reading: DocumentReading) -> Iterator[str]:
    """Yield one line for each problem of a document: file, what is wrong, what to do."""
    for problem in problems_of(reading):
        yield f"{reading.document.path}: {' '.join(problem.message.split())} [{problem.code}]"


def print_summary(
    console: Console, readings: Sequence[DocumentReading], register: Register, *, as_of: date
) -> None:
    """Print how many documents and recommendations each family gave, and what the register holds."""
    console.print(_families(readings))
    console.print()
    for name, count in register_counts(readings, register, as_of=as_of):
        console.print(f"{count:>7,}  {name}", highlight=False)


def register_counts(
    readings: Sequence[DocumentReading], register: Register, *, as_of: date
) -> tuple[tuple[str, int], ...]:
    """Return what a register holds, each count with its name.

    Reports that are only cited are not counted. A promise is overdue when the newest completion
    date that stands has wholly passed on `as_of` and the auditor's last word is an open status.
    """
    declared = sum(entry.is_declared_only for entry in register.entries)
    followed = follow(register, readings, as_of=as_of)
    conflicts = sum(len(entry.conflicts) for entry in register.entries)
    conflicts += sum(len(report.conflicts) for report in register.reports)
    reports = [report for report in register.reports if not (report.is_cited_only or report.is_unidentified)]
    return (
        ("reports", len(reports)),
        ("recommendations with text", len(register.entries) - declared),
        ("recommendations only declared", declared),
        ("contradictions between documents", conflicts),
        ("joins a person should decide", len(register.doubts)),
        (f"recommendations overdue as of {as_of}", sum(each.ledger.overdue is not None for each in followed)),
    )


def _families(readings: Sequence[DocumentReading]) -> Table:
    documents = Counter(reading.family for reading in readings)
    records: Counter[str] = Counter()
    incomplete: Counter[str] = Counter()
    for reading in readings:
        records[reading.family] += reading.shown
        incomplete[reading.family] += reading.complete is False
    table = Table("family", box=None, pad_edge=False, show_footer=True)
    for title, counts in (("documents", documents), ("recommendations", records), ("incomplete", incomplete)):
        table.add_column(title, justify="right", footer=f"{counts.total():,}")
    table.columns[0].footer = "all"
    for family in sorted(documents):
        table.add_row(family, f"{documents[family]:,}", f"{records[family]:,}", f"{incomplete[family]:,}")
    return table
