"""Group 22: words in the records that identify a person, and what only a site can tell of its log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis

from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.measures.special_figures import counted, shared
from closeout.records.privacy import find_identifiers
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import ibis.expr.types as ir

    from closeout.engines import Engine

_ONLY_THE_SITE = "only a site knows; a snapshot of records does not hold it"
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Site:
    """What a site tells of its own log.

    Attributes:
        break_glass: Emergency accesses in the last 12 months.
        reviewed: Of these, reviewed by somebody else.
        verifications: Verifications of the log's chain in the last 12 months.
        whole: Of these, that found it whole.

    """

    break_glass: int
    reviewed: int
    verifications: int
    whole: int


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """Values of one column that look as if they identified a person; the values themselves are not kept."""

    table: str
    column: str
    values: int


def text_columns() -> tuple[tuple[str, str], ...]:
    """Return the columns, with their tables, in which somebody could have written such words.

    Those are labels and codes that refer to no other table. Choices, numbers of cases and officers, and
    digests have forms of their own that no identifier has.
    """
    return tuple(
        (table, name)
        for table, declared in TABLES.items()
        for name, column in declared.columns().items()
        if type(column).__name__ == "String" and _is_text(column)
    )


def _is_text(column: object) -> bool:
    pattern, metadata = getattr(column, "regex", None), getattr(column, "metadata", None) or {}
    refers = "references" in metadata
    return not refers and (pattern is None or " " in pattern)


def look_for_leaks(engine: Engine, tables: Mapping[str, ir.Table]) -> tuple[Leak, ...] | None:
    """Return the columns with values that look as if they identified a person, in order of their names.

    None where there is no value in which they could stand.

    Args:
        engine: Where the tables are.
        tables: The tables by name.

    """
    parts = list(_values(tables))
    if not parts:
        return None
    rows = parts[0] if len(parts) == 1 else ibis.union(*parts)
    found: dict[tuple[str, str], int] = {}
    values = engine.to_arrow(rows).to_pylist()
    if not values:
        return None
    for row in values:
        if find_identifiers(row["text"]):
            key = (row["in_table"], row["in_column"])
            found[key] = found.get(key, 0) + 1
    return tuple(Leak(table, column, found[table, column]) for table, column in sorted(found))


def _values(tables: Mapping[str, ir.Table]) -> Iterator[ir.Table]:
    """Yield the different values of each text column, with where they stand."""
    for table, column in text_columns():
        if table in tables and column in tables[table].columns:
            rows = tables[table]
            rows = rows.filter(rows[column].notnull()).select(text=rows[column]).distinct()
            yield rows.mutate(in_table=ibis.literal(table), in_column=ibis.literal(column))


def site_figure(code: str, leaks: Sequence[Leak] | None, site: Site | None) -> Figure:
    """Return the figure of one measure of privacy and the log.

    Args:
        code: The measure's code.
        leaks: What the scan of the records found; None if nobody looked.
        site: What the site tells of itself; None where there is none, as with files.

    """
    if code == "identifiers-found":
        return _leaked(leaks)
    if site is None:
        return without(Outcome.NOT_ASSESSED, _ONLY_THE_SITE)
    if code == "break-glass-reviewed":
        nothing = "there was no emergency access in 12 months"
        return shared(site.reviewed, site.break_glass, nothing=nothing)
    if code == "audit-chain-whole":
        nothing = "nobody has verified the chain of the log in 12 months"
        return shared(site.whole, site.verifications, nothing=nothing)
    return without(Outcome.NOT_ASSESSED, f"no figure of a site is called {code}")


def _leaked(leaks: Sequence[Leak] | None) -> Figure:
    if leaks is None:
        return without(Outcome.NO_DATA, "there is no table with words to look through")
    places = [f"{leak.table}.{leak.column}" for leak in leaks]
    more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
    note = f"in {', '.join(places[:_SHOWN])}{more}" if places else ""
    return counted(sum(leak.values for leak in leaks), note=note)
