"""The rows of all clauses, counted by whose they are: by an engine, in three statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa

from closeout.workload.unfold import coded_cases, groups_of, no_groups

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.duties.compile.rates import Branch, Rates
    from closeout.engines.files import Reader


@dataclass(frozen=True, slots=True)
class CountedRows:
    """What the clauses of a pack were counted from."""

    groups: pl.DataFrame
    """As `unfold.groups_of`."""
    offices: tuple[str, ...]
    """What `own` stands for, from 1."""
    parts: tuple[tuple[pl.DataFrame, Branch], ...]
    """Counted rows of each table, and what their columns mean."""


def counted_by_engine(engine: Reader, made: Rates) -> CountedRows:
    """Return the rows of all clauses, counted where the tables are."""
    groups = no_groups()
    offices: tuple[str, ...] = ()
    parts: list[tuple[pl.DataFrame, Branch]] = []
    if made.has_cases:
        cases = engine.to_arrow(made.over_cases())
        groups = groups_of(cases)
        offices = office_names(groups, _offices(engine, made))
        parts.append((coded_cases(cases, groups), made.cases_branch))
        parts += _apart(engine, made.over_events(_plain(groups), offices), made.event_branches)
    parts += _apart(engine, made.over_others(), made.other_branches)
    return CountedRows(groups, offices, tuple(parts))


def _apart(
    engine: Reader, expression: ir.Table | None, branches: list[Branch]
) -> list[tuple[pl.DataFrame, Branch]]:
    """Return the counted rows of each table by itself."""
    if expression is None:
        return []
    rows = pl.DataFrame(engine.to_arrow(expression))
    return [(rows.filter(pl.col("branch") == number), branch) for number, branch in enumerate(branches)]


def office_names(groups: pl.DataFrame, listed: list[str]) -> tuple[str, ...]:
    """Return the offices that hold cases or are listed, in the order of their codes."""
    return tuple(sorted({*groups["office_id"].to_list(), *listed} - {""}))


def _offices(engine: Reader, made: Rates) -> list[str]:
    if "offices" not in made.tables:
        return []
    found: list[str] = engine.to_arrow(made.tables["offices"].select("office_id"))["office_id"].to_pylist()
    return found


def _plain(groups: pl.DataFrame) -> pa.Table:
    """Return the groups with plain strings, which every engine reads."""
    kinds = {"code": pa.int64(), "marks": pa.int64()}
    names = ("code", "office_id", "officer_no", "docket", "marks")
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in names])
    return groups.select(names).to_arrow().cast(schema)
