"""A check's report as a person reads it: what to repair, and where to look."""

from typing import TYPE_CHECKING

from rich.table import Table

from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from closeout.records.checking.feeds import Leftovers
    from closeout.records.checking.reconcile import Reconciliation
    from closeout.records.checking.report import CheckReport, FileReport, TableReport
    from closeout.records.checking.tally import Place

_MOST_SUMS = 10
_MOST_VALUES = 10
KINDS = {
    "flow": "opening + in - out = closing",
    "carry": "opening = closing of the period before",
    "parts": "parts add up to the printed total",
    "members": "counts = docket memberships",
    "one_docket": "one docket at a time",
}


def print_report(out: "Console", report: "CheckReport") -> None:
    """Print a report."""
    out.print(first_line(report))
    out.print()
    out.print(_counts(report))
    for table in report.tables:
        for line in _lines(table):
            out.print(line, soft_wrap=True)
    for unread in report.unread:
        out.print(f"Not read: {unread.name} ({unread.why})", soft_wrap=True)
    for line in _sums(report):
        out.print(line, soft_wrap=True)
    if report.out:
        out.print(f"\nAccepted rows are a snapshot in {report.out}; the others are in its quarantine folder.")
    elif report.quarantined:
        out.print("\nNothing was written. --out DIR keeps accepted and quarantined rows.")


def first_line(report: "CheckReport") -> str:
    """Return what a check found in one sentence."""
    rows = (
        f"{counted(report.read, 'row')} read: {report.accepted:,} accepted, "
        f"{report.quarantined:,} quarantined."
    )
    missed, made = len(report.unreconciled), len(report.reconciliations)
    sums = f" {missed:,} of {made:,} sums do not agree." if made else ""
    return f"{rows}{sums} As of {report.as_of}."


def _counts(report: "CheckReport") -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("Table", no_wrap=True)
    for title in ("Read", "Accepted", "Quarantined", "Broken references", "Duplicates", "In the future"):
        table.add_column(title, justify="right")
    for one in report.tables:
        references = one.rows_breaking("reference", "reference_quarantined")
        figures = (one.read, one.accepted, one.quarantined, references)
        late = (one.rows_breaking("primary_key"), one.rows_breaking("future"))
        table.add_row(one.table, *(f"{figure:,}" for figure in (*figures, *late)))
    return table


def _lines(table: "TableReport") -> "Iterator[str]":
    """Yield what there is to say of a table; nothing if all is well."""
    said = [*_broken(table), *(line for file in table.files for line in _file(file))]
    if not table.read:
        said.append("  no rows")
    if table.unchecked:
        pairs = ", ".join(f"{column} (no {to} here)" for column, to in table.unchecked.items())
        said.append(f"  references not checked: {pairs}")
    if said:
        yield f"\n{table.table}"
        yield from said


def _broken(table: "TableReport") -> "Iterator[str]":
    for broken in table.broken:
        yield f"  {broken.rows:,} × {broken.rule}: {broken.reason}. {_where(broken.examples)}"


def _where(places: "list[Place] | tuple[Place, ...]") -> str:
    by_file: dict[str, list[str]] = {}
    for place in places:
        by_file.setdefault(place.file, []).append(f"{place.row:,}")
    shown = "; ".join(f"{file} row {', '.join(rows)}" for file, rows in by_file.items())
    return f"See {shown}" if shown else ""


def _file(file: "FileReport") -> "Iterator[str]":
    taken, left = file.taken, file.left
    for problem in taken.problems:
        yield f"  {taken.name}: {problem}"
    if taken.encoding not in {"utf-8", "utf-8-sig", "parquet", ""}:
        yield f"  {taken.name}: read as {taken.encoding}"
    if left.missing:
        yield f"  {taken.name}: has no column {', '.join(left.missing)}"
    if left.unknown or left.unnamed:
        others = f"{left.unnamed} whose names are not shown" if left.unnamed else ""
        names = ", ".join(part for part in (*left.unknown, others) if part)
        yield f"  {taken.name}: columns not taken: {names}"
    yield from _mapped(taken.name, left)


def _mapped(name: str, left: "Leftovers") -> "Iterator[str]":
    """Yield what a mapping left out or did not know."""
    for reason, rows in left.left_out.items():
        yield f"  {name}: {counted(rows, 'row')} left out by the mapping: {reason}"
    for column, (resolved, of, *_) in left.rates.items():
        yield f"  {name}: {column}: {resolved:,} of {of:,} values brought to a code"
    for (column, value), rows in left.unmapped.most_common(_MOST_VALUES):
        yield f"  {name}: {column}: no rule for {value!r} ({counted(rows, 'row')})"
    if len(left.unmapped) > _MOST_VALUES:
        yield f"  {name}: {counted(len(left.unmapped) - _MOST_VALUES, 'more value')}; --json lists them all"


def _sums(report: "CheckReport") -> "Iterator[str]":
    if not report.reconciliations:
        return
    yield "\nSums"
    for kind, words in KINDS.items():
        made = [one for one in report.reconciliations if one.kind == kind]
        missed = [one for one in made if not one.holds]
        if made:
            yield f"  {words}: {len(made) - len(missed):,} of {len(made):,} agree"
        yield from (_sum(one) for one in missed[:_MOST_SUMS])
        if len(missed) > _MOST_SUMS:
            yield f"    {len(missed) - _MOST_SUMS:,} more; --json lists them all"


def _sum(one: "Reconciliation") -> str:
    where = ", ".join(f"{key} {value}" for key, value in one.where.items())
    figures = f"said {one.said:,}, counted {one.counted:,}, difference {one.difference:+,}"
    return f"    {one.table}, {where}: {figures}. {_where(one.examples)}"
