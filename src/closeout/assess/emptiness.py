"""What is said of records that hold nothing where duties and measures look for something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.measures.needed import who_needs
from closeout.reading.countwords import agreeing, counted
from closeout.records.emptiness import empty_columns, empty_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from closeout.duties.clauses import Pack
    from closeout.evidence.measures.measure import Measure
    from closeout.records.snapshot import Snapshot

NO_ROW = (
    "The records hold no row: every table is empty, and nothing can be measured; "
    "check what was exported, and take the snapshot anew"
)
_TO_DO = "if the agency keeps {it}, check the export and its mapping"


def emptiness(snapshot: Snapshot, pack: Pack, measures: Sequence[Measure]) -> list[str]:
    """Return a sentence for each empty table, and each table with columns empty in all its rows.

    Only what duties and measures cannot do without is named. That something is empty is no fault: the
    other figures stand, and those that need it say themselves that they have no data.

    Args:
        snapshot: The records.
        pack: The rules.
        measures: The measures.

    """
    tables = empty_tables(snapshot)
    if len(tables) == len(snapshot.manifest.tables):
        return [NO_ROW]
    return [*_tables(tables, pack, measures), *_columns(snapshot, pack, measures)]


def _tables(tables: Sequence[str], pack: Pack, measures: Sequence[Measure]) -> Iterator[str]:
    for table in tables:
        duties, codes, _ = who_needs(pack, measures, table)
        if duties or codes:
            looked = _look(duties, codes, "in it")
            yield f"{table}: the table holds no row; {looked}; {_TO_DO.format(it='it')}"


def _columns(snapshot: Snapshot, pack: Pack, measures: Sequence[Measure]) -> Iterator[str]:
    for table, columns in empty_columns(snapshot).items():
        duties, codes, needed = who_needs(pack, measures, table, columns)
        if needed:
            are = agreeing(len(needed), "is", "are")
            rows = snapshot.manifest.rows(table)
            where = agreeing(rows, "its only row", f"all {rows:,} rows")
            said = f"{table}: {', '.join(needed)} {are} empty in {where}"
            it = agreeing(len(needed), "it", "them")
            yield f"{said}; {_look(duties, codes, f'for {it}')}; {_TO_DO.format(it=it)}"


def _look(duties: Sequence[str], codes: Sequence[str], where: str) -> str:
    """Return who finds nothing: `2 duties and 1 measure look for it and find nothing`."""
    told = [counted(len(duties), "duty", "duties")] if duties else []
    told += [counted(len(codes), "measure")] if codes else []
    count = len(duties) + len(codes)
    look, find = agreeing(count, "looks", "look"), agreeing(count, "finds", "find")
    return f"{' and '.join(told)} {look} {where} and {find} nothing"
