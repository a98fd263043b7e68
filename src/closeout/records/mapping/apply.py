"""A source's rows, made into rows of declared tables; nothing is lost without being counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from closeout.records.mapping.lines import wrong
from closeout.records.mapping.values import KEY_PARTS
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from closeout.records.mapping.lines import Place
    from closeout.records.mapping.spec import ColumnMap, LeftOut, Source, TableMap, Unpivot

ROW = "_row"
UNMAPPED = "_unmapped"
_FITS = "_fits:"
_TEXT, _OK, _ROWS, _WEIGHT = "_text", "_ok", "_rows", "_weight"
SHOWN_LENGTH = 80


class Rate(NamedTuple):
    """How many values of a column were brought to a code: by rows, and by weight where one is named."""

    column: str
    resolved: int
    of: int
    weight: float | None = None
    of_weight: float | None = None


@dataclass(frozen=True, slots=True)
class Mapped:
    """Rows of one declared table that a source, or a chunk of it, gave.

    Attributes:
        table: The declared table.
        frame: Its columns as text in canonical form, empty cells null; `_row`, the source's row from 1; and
            `_unmapped`, the row's columns whose value no rule fitted, null where all did.
        unmapped: Column, value and rows of each value that no rule fitted; it stands in the frame as it was.
        left_out: Reason and rows of what was left out on purpose.
        dropped: Source columns that were not taken, with the reason.
        rates: For each column brought to codes, how much of it was.
        is_one_each: Rows that repeat a key of an earlier chunk or file are the same thing, not duplicates.
        rows: The rows this was made of: what is in the frame and what was left out.

    """

    table: str
    frame: pl.DataFrame
    unmapped: list[tuple[str, str, int]] = field(default_factory=list)
    left_out: list[tuple[str, int]] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    rates: list[Rate] = field(default_factory=list)
    is_one_each: bool = False
    rows: int = 0


def apply_source(source: Source, file_name: str, frame: pl.DataFrame) -> list[Mapped]:
    """Return what a source's rows become, one entry for each table the mapping names.

    Args:
        source: What the mapping says of the file.
        file_name: The file, for messages.
        frame: Its rows as text; `_row` is counted from 1 where it is missing.

    Raises:
        MappingError: The file lacks a column that the mapping uses.

    """
    if ROW not in frame.columns:
        frame = frame.with_row_index(ROW, offset=1).with_columns(pl.col(ROW).cast(pl.Int64))
    dropped = _dropped(source, frame)
    cells = [name for name in frame.columns if name != ROW]
    frame = frame.with_columns(pl.col(cells).cast(pl.String).str.strip_chars().replace("", None))
    for derived in source.derived:
        made = _made(derived, frame, file_name)
        frame = frame.with_columns(made[_TEXT].alias(derived.name), made[_OK].alias(_FITS + derived.name))
    return [_table(one, source, file_name, frame, dropped) for one in source.tables]


def _table(
    table: TableMap, source: Source, file_name: str, frame: pl.DataFrame, dropped: list[tuple[str, str]]
) -> Mapped:
    if table.unpivot:
        frame = _unpivoted(frame, table.unpivot, file_name)
    rows = frame.height
    left_out: list[tuple[str, int]] = []
    for rule in table.left_out:
        keep = frame.filter(_keeps(rule, frame, file_name))
        left_out.append((rule.reason, frame.height - keep.height))
        frame = keep
    made = {one.name: _made(one, frame, file_name) for one in table.columns}
    given = pl.DataFrame([frame[ROW], *(made[one.name][_TEXT].alias(one.name) for one in table.columns)])
    given = given.with_columns(_refused(table, source, made, frame))
    if table.one_each:
        kept = _one_each(given, frame, table, file_name)
        left_out.append((table.one_each.reason, given.height - kept.height))
        given = kept
    return Mapped(
        table=table.table,
        frame=given,
        unmapped=list(_unmapped(table.columns, source.derived, made, frame)),
        left_out=[(reason, count) for reason, count in left_out if count],
        dropped=dropped,
        rates=[_rate(one, made[one.name]) for one in table.columns if one.codes],
        is_one_each=table.one_each is not None,
        rows=rows,
    )


def _made(column: ColumnMap, frame: pl.DataFrame, file_name: str) -> pl.DataFrame:
    """Return a column's text, whether a rule fitted, and its weight, one row for each of the frame's."""
    wanted = [*column.inputs, column.weigh_by] if column.weigh_by else [*column.inputs]
    _check_columns(wanted, frame, column.place, file_name)
    weight = (
        frame[column.weigh_by].cast(pl.Float64, strict=False).alias(_WEIGHT)
        if column.weigh_by
        else pl.Series(_WEIGHT, [None] * frame.height, dtype=pl.Float64)
    )
    if column.rule is None:
        text = frame[column.inputs[0]].alias(_TEXT)
        return pl.DataFrame([text, pl.Series(_OK, [True] * frame.height, dtype=pl.Boolean), weight])
    if not column.inputs:
        constant = column.rule(())
        return pl.DataFrame([pl.Series(_TEXT, [constant.text] * frame.height, dtype=pl.String)]).with_columns(
            pl.lit(constant.is_resolved).alias(_OK), weight
        )
    keys = [f"_in{index}" for index in range(len(column.inputs))]
    inputs = pl.DataFrame([frame[name].alias(key) for name, key in zip(column.inputs, keys, strict=True)])
    each = _each(column, inputs.unique())
    joined = inputs.join(each, on=keys, how="left", nulls_equal=True, maintain_order="left")
    return joined.select(_TEXT, _OK).with_columns(weight)


def _each(column: ColumnMap, inputs: pl.DataFrame) -> pl.DataFrame:
    """Return what each different value becomes; those already in form are not looked at one by one."""
    first = inputs.columns[0]
    is_plain = pl.col(first).str.contains(f"^(?:{column.as_is})$").fill_null(value=False)
    plain = inputs.filter(is_plain) if column.as_is else inputs[:0]
    rest = inputs.filter(~is_plain) if column.as_is else inputs
    found = [column.rule(row) for row in rest.iter_rows()] if column.rule else []
    made = rest.with_columns(
        pl.Series(_TEXT, [one.text for one in found], dtype=pl.String),
        pl.Series(_OK, [one.is_resolved for one in found], dtype=pl.Boolean),
    )
    return pl.concat([made, plain.with_columns(pl.col(first).alias(_TEXT), pl.lit(value=True).alias(_OK))])


def _refused(
    table: TableMap, source: Source, made: dict[str, pl.DataFrame], frame: pl.DataFrame
) -> pl.Series:
    """Return for each row the columns whose value no rule fitted and that still hold it."""
    derived = {one.name: frame[_FITS + one.name] for one in source.derived}
    marks = []
    for column in table.columns:
        fits = made[column.name][_OK]
        for name in column.inputs:
            fits = fits & derived[name] if name in derived else fits
        holds = ~fits & made[column.name][_TEXT].is_not_null()
        marks.append(pl.select(pl.when(holds).then(pl.lit(column.name))).to_series().alias(column.name))
    joined = pl.DataFrame(marks).select(pl.concat_str(pl.all(), separator=", ", ignore_nulls=True))
    return joined.to_series().replace("", None).alias(UNMAPPED)


def _unmapped(
    columns: tuple[ColumnMap, ...],
    derived: tuple[ColumnMap, ...],
    made: dict[str, pl.DataFrame],
    frame: pl.DataFrame,
) -> Iterable[tuple[str, str, int]]:
    """Yield column, value as it stood and rows of what no rule fitted, most rows first."""
    used = {name for one in columns for name in one.inputs}
    checks = [(one, made[one.name][_OK]) for one in columns if one.rule]
    checks += [(one, frame[_FITS + one.name]) for one in derived if one.name in used]
    for column, fits in checks:
        bad = frame.filter(~fits)
        if bad.is_empty() or not column.inputs:
            continue
        counted = (
            bad.group_by(column.inputs)
            .len(_ROWS)
            .sort([_ROWS, *column.inputs], descending=[True, *[False] * len(column.inputs)])
        )
        for *parts, count in counted.iter_rows():
            shown = ", ".join(part for part in parts if part).replace(KEY_PARTS, ", ")
            yield column.name, shown[:SHOWN_LENGTH], count


def _rate(column: ColumnMap, made: pl.DataFrame) -> Rate:
    fits = made.filter(pl.col(_OK) & pl.col(_TEXT).is_not_null())
    if not column.weigh_by:
        return Rate(column.name, fits.height, made.height)
    return Rate(column.name, fits.height, made.height, float(fits[_WEIGHT].sum()), float(made[_WEIGHT].sum()))


def _one_each(given: pl.DataFrame, frame: pl.DataFrame, table: TableMap, file_name: str) -> pl.DataFrame:
    """Return one row for each key: the first, or the last by another column; rows keep their order."""
    key = TABLES[table.table].key()
    order = table.one_each.order if table.one_each else ""
    spread = [(one.name, one.among) for one in table.columns if one.among]
    given = given.with_columns(
        (pl.col(name).min() if among == "least" else pl.col(name).max()).over(key) for name, among in spread
    )
    if not order:
        return given.unique(key, keep="first", maintain_order=True)
    _check_columns([order], frame, table.place, file_name)
    by = given.with_columns(frame[order].alias(_TEXT))
    last = by.sort(_TEXT, ROW, nulls_last=False).unique(key, keep="last", maintain_order=True)
    return last.sort(ROW).drop(_TEXT)


def _keeps(rule: LeftOut, frame: pl.DataFrame, file_name: str) -> pl.Expr:
    _check_columns([column for column, _ in rule.where], frame, rule.place, file_name)
    conditions = [pl.col(column).fill_null("").is_in(list(words)) for column, words in rule.where]
    holds = pl.all_horizontal(conditions)
    return holds if rule.is_unless else ~holds


def _unpivoted(frame: pl.DataFrame, unpivot: Unpivot, file_name: str) -> pl.DataFrame:
    _check_columns(unpivot.columns, frame, unpivot.place, file_name)
    rest = [name for name in frame.columns if name not in unpivot.columns]
    return frame.unpivot(
        list(unpivot.columns), index=rest, variable_name=unpivot.into, value_name=unpivot.values
    )


def _check_columns(names: Iterable[str], frame: pl.DataFrame, place: Place, file_name: str) -> None:
    for name in names:
        if name not in frame.columns:
            there = ", ".join(one for one in frame.columns if not one.startswith("_"))
            raise wrong(place, f"{file_name} has no column {name!r}; it has {there}")


def _dropped(source: Source, frame: pl.DataFrame) -> list[tuple[str, str]]:
    declared = [(column, reason) for column, reason in source.dropped if column in frame.columns]
    named = {column for column, _ in declared} | used_columns(source) | {ROW}
    rest = [name for name in frame.columns if name not in named]
    return declared + [(name, "the mapping does not name it") for name in rest]


def used_columns(source: Source) -> set[str]:
    """Return the source's columns that the mapping uses."""
    columns = [*source.derived, *(one for table in source.tables for one in table.columns)]
    used = {name for one in columns for name in (*one.inputs, one.weigh_by)}
    for table in source.tables:
        used |= {column for rule in table.left_out for column, _ in rule.where}
        used |= set(table.unpivot.columns) if table.unpivot else set()
        used |= {table.one_each.order} if table.one_each else set()
    return used
