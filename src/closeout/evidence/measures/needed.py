"""Which columns and tables the duties and measures of a pack cannot do without.

Where such a column is empty in every row, no row is chosen, placed in time or counted. Columns that are
rightly empty as long as nothing has happened are none of these: the day a case is closed, for instance,
where a measure wants the cases that are open, or an end, or what excuses a duty.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp

from closeout.evidence.measures.declared import AS_OF, OverTable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from closeout.duties.clauses import Clause, Pack, Text
    from closeout.evidence.measures.measure import Measure

_OTHER_WAYS = (exp.Or, exp.Coalesce, exp.Case, exp.If)
"""What an expression is made of that may hold although a column of it is empty."""


def who_needs(
    pack: Pack, measures: Sequence[Measure], table: str, columns: Sequence[str] = ()
) -> tuple[list[str], list[str], list[str]]:
    """Return what of a pack has nothing to go by where a table, or columns of it, are empty.

    Args:
        pack: The rules.
        measures: The measures.
        table: A table.
        columns: The columns of it that are empty in every row; the whole table is empty if none is named.

    Returns:
        The duties; the codes of the measures, also of those over these duties; and which of the columns are
        needed.

    """
    duties, codes, needed = [], [], set()
    for clause in pack.clauses:
        if found := set(columns) & _of_clause(clause, table, columns):
            needed |= found
        if found or (not columns and table in {clause.owes, clause.done.table}):
            duties.append(clause.duty)
    for measure in measures:
        if found := set(columns) & _of_measure(measure, table, columns):
            needed |= found
        is_over = not columns and measure.table == table
        if found or is_over or set(measure.duties) & set(duties):
            codes.append(measure.code)
    return duties, codes, [name for name in columns if name in needed]


def _of_clause(clause: Clause, table: str, columns: Sequence[str]) -> set[str]:
    """Return the columns of a table that a clause needs; of its expressions only those among `columns`."""
    done = clause.done
    found: set[str] = set()
    if clause.owes == table:
        found |= {clause.case, done.subject}
        for text in (clause.when, clause.starts, clause.opened, clause.due):
            found |= set(_of_text(text, columns))
    if done.table == table:
        found |= {done.column, done.match, done.year, done.period, *_of_text(done.where, columns)}
    return found


def _of_measure(measure: Measure, table: str, columns: Sequence[str]) -> set[str]:
    """Return the columns of a table that a measure over a table needs, as of a clause."""
    over = measure.over
    if not isinstance(over, OverTable):
        return set()
    found: set[str] = set()
    if over.table == table:
        found |= {over.on, over.begins, over.ends, over.sums, over.exposure} - {AS_OF}
        found |= {*_of_text(over.where, columns), *_of_text(over.counts, columns)}
    if over.events and over.events.table == table:
        found |= {over.events.match, *_of_text(over.events.where, columns)}
    return found


def _of_text(text: Text | None, columns: Sequence[str]) -> Iterator[str]:
    """Yield those of the columns without which an expression is never true, or gives nothing."""
    if text is None or not any(re.search(rf"\b{re.escape(name)}\b", text.sql) for name in columns):
        return
    for part in _parts(sqlglot.parse_one(text.sql, dialect="duckdb")):
        if not part.find(*_OTHER_WAYS) and not _wants_empty(part):
            yield from (column.name for column in part.find_all(exp.Column))


def _parts(node: exp.Expression) -> Iterator[exp.Expression]:
    """Yield what an `and` is made of."""
    node = node.unnest()  # type: ignore[no-untyped-call]
    if isinstance(node, exp.And):
        yield from _parts(node.left)
        yield from _parts(node.right)
    else:
        yield node


def _wants_empty(part: exp.Expression) -> bool:
    """Say whether an expression may hold where a column is empty: `closed_on is null`, not its opposite."""
    return any(not isinstance(one.parent, exp.Not) for one in part.find_all(exp.Is))
