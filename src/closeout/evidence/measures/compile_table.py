"""From a measure over a table to one expression that counts its rows by office and span.

What happened after the as-of date is not known: such days are empty before any predicate sees them. Due
dates stay: they are known long before they come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir
import sqlglot
from sqlglot import exp

from closeout.duties.compile.scope import as_day
from closeout.duties.compile.tallies import age_band
from closeout.duties.joins import joined, projected, sides, where, with_columns
from closeout.duties.predicates import build
from closeout.evidence.measures.compile_windows import cut_for, windows
from closeout.evidence.measures.declared import AGE, AS_OF
from closeout.evidence.measures.measure import Shape
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from closeout.duties.clauses import Text
    from closeout.evidence.measures.declared import Events, OverTable, Step
    from closeout.evidence.measures.measure import Measure

_MINUTES_A_DAY, _MINUTES = 1440, 60


def counted(measure: Measure, over: OverTable, tables: Mapping[str, ir.Table], as_of: date) -> ir.Table:
    """Return a measure's counts as one expression.

    Args:
        measure: The measure.
        over: What it counts.
        tables: The tables by name; at least those that the measure reads.
        as_of: The day to stand on.

    Returns:
        `office_id` (null without one), `numerator` and `denominator` (whole numbers); of a measure with a
        period `span`, of its own cut; `cluster` where rows depend; `by_0`, `by_1` ... of what it is broken
        down by, as text; of lengths `length` (whole days, or hours of whole minutes) and `has_ended`, with
        both counts the number of rows.

    """
    rows = counted_rows(over, measure.shape, tables, as_of, unit=measure.unit)
    grouping: dict[str, Any] = {"office_id": rows.its_office}
    if measure.period is not None:
        days = windows(measure, as_of)
        rows = where(rows, rows.its_day >= ibis.literal(days[0].since, type="date"))
        grouping = {"office_id": rows.its_office, "span": cut_for(days).span(rows.its_day)}
    if over.cluster:
        grouping["cluster"] = rows.its_cluster
    grouping |= {name: rows[f"its_{name}"].cast("string") for name in by_columns(over)}
    if over.begins:
        grouping |= {"length": rows.its_length, "has_ended": rows.has_ended}
    denominator = rows.its_denominator.sum() if over.exposure else rows.count()
    return rows.group_by(**grouping).agg(numerator=rows.its_numerator.sum(), denominator=denominator)


def counted_rows(
    over: OverTable,
    shape: Shape,
    tables: Mapping[str, ir.Table],
    as_of: date,
    *,
    unit: str = "days",
    is_listing: bool = False,
) -> ir.Table:
    """Return the rows that a measure counts, each with what it adds.

    Returns:
        `its_office` (null where there is none), `its_numerator`; `its_day` (what places it in time) where
        something does, `its_denominator` where it is not 1; of lengths `its_length` and `has_ended`;
        `its_cluster` where rows depend, `its_by_0` ... of a breakdown. For a listing besides `its_key`,
        `its_case`, and of lengths `its_begin` and `its_end`.

    """
    today = ibis.literal(as_of, type="date")
    rows = _eligible(over, tables, today, as_of)
    if over.events is not None:
        rows = _with_events(rows, over.events, TABLES[over.table].key(), tables, as_of)
    added = _added(rows, over, as_of, unit)
    rows = projected(rows, added | (_named(rows, over) if is_listing else {}))
    for step in over.office[1:]:
        rows = _stepped(rows, tables[step.table], step, "its_office")
    for name, one in zip(by_columns(over), over.by, strict=True):
        for step in one.steps[1:]:
            rows = _stepped(rows, tables[step.table], step, f"its_{name}")
    if over.begins:
        rows = where(rows, rows.its_length >= 0)
        return rows if shape is Shape.SURVIVAL else where(rows, rows.has_ended)
    return where(rows, rows.its_numerator == 1) if shape is Shape.COUNT else rows


def _eligible(over: OverTable, tables: Mapping[str, ir.Table], today: ir.DateScalar, as_of: date) -> ir.Table:
    """Return the rows of the denominator, with the columns that the measure needs."""
    rows = known(tables[over.table], over.table, _columns(over), as_of)
    kept = [] if over.where is None else [build(over.where, rows, TABLES[over.table])]
    if placed := over.on or over.begins:
        kept.append(as_day(rows[placed]) <= today)
    kept += [rows[column].notnull() for column in (over.begins, over.sums, over.exposure) if column]
    rows = where(rows, *kept) if kept else rows
    return _latest(rows, over) if over.latest else rows


def known(table: ir.Table, name: str, columns: tuple[str, ...], as_of: date) -> ir.Table:
    """Return some columns of a table as they were known at the end of a day: later days are empty."""
    made = {}
    for column in columns:
        found = table[column]
        declared = TABLES[name].columns()[column]
        is_moment = found.type().is_date() or found.type().is_timestamp()
        if is_moment and not (declared.metadata or {}).get("future"):
            found = (as_day(found) <= ibis.literal(as_of, type="date")).ifelse(found, ibis.null(found.type()))
        made[column] = found
    return projected(table, made)


def columns_in(text: Text | None) -> list[str]:
    """Return the columns that an expression of the pack names, each once."""
    if text is None:
        return []
    found = sqlglot.parse_one(text.sql, dialect="duckdb").find_all(exp.Column)
    return list(dict.fromkeys(column.name for column in found))


def _columns(over: OverTable) -> tuple[str, ...]:
    declared = TABLES[over.table]
    named = [declared.key(), *_case_of(over), *columns_in(over.where), *columns_in(over.counts)]
    named += [over.on, over.begins, over.ends, over.sums, over.exposure, over.cluster, over.latest]
    named += [step.column for way in (over.office, *(one.steps for one in over.by)) for step in way[:1]]
    return tuple(dict.fromkeys(name for name in named if name and name != AS_OF))


def _case_of(over: OverTable) -> list[str]:
    """Return the column with the case, in a list; an empty list if there is none."""
    declared = TABLES[over.table]
    if over.table == "cases":
        return [declared.key()]
    return ["case_no"] if declared.references().get("case_no") == "cases" else []


def _added(rows: ir.Table, over: OverTable, as_of: date, unit: str) -> dict[str, Any]:
    """Return what each row adds to the counts, and whose and when it is."""
    one = ibis.literal(1, type="int64")
    amount = rows[over.sums] if over.sums else (rows.its_events if over.events is not None else one)
    made: dict[str, Any] = {
        "its_office": rows[over.office[0].column] if over.office else ibis.null("string"),
        "its_numerator": amount,
    }
    if over.counts is not None:
        is_counted = build(over.counts, rows, TABLES[over.table]).fill_null(False)
        made["its_numerator"] = is_counted.ifelse(amount, ibis.literal(0, type="int64"))
    if over.on or over.begins:
        made["its_day"] = as_day(rows[over.on or over.begins])
    if over.exposure:
        made["its_denominator"] = rows[over.exposure]
    if over.cluster:
        made["its_cluster"] = rows[over.cluster].cast("string")
    for name, one in zip(by_columns(over), over.by, strict=True):
        day = rows[over.on or over.begins] if one.name == AGE and not one.steps else None
        made[f"its_{name}"] = rows[one.steps[0].column] if day is None else age_band(as_of, as_day(day))
    if over.begins:
        made |= _length(rows, over, ibis.literal(as_of, type="date"), unit)
    return made


def _named(rows: ir.Table, over: OverTable) -> dict[str, Any]:
    """Return what a row is listed by: its key, its case, and where its length of time begins and ends."""
    case = _case_of(over)
    made: dict[str, Any] = {
        "its_key": rows[TABLES[over.table].key()].cast("string"),
        "its_case": rows[case[0]] if case else ibis.null("string"),
    }
    if over.begins:
        made["its_begin"] = as_day(rows[over.begins])
        made["its_end"] = ibis.null("date") if over.ends == AS_OF else as_day(rows[over.ends])
    return made


def _length(rows: ir.Table, over: OverTable, today: ir.DateScalar, unit: str) -> dict[str, Any]:
    """Return how long a row's length of time is, of open ones until today, and whether it has ended."""
    begin = rows[over.begins]
    end = today if over.ends == AS_OF else rows[over.ends]
    if over.ends == AS_OF:
        has_ended: Any = ibis.literal(True)
    else:
        has_ended = end.notnull()
    if unit == "hours":
        last = today.epoch_days().cast("int64") * _MINUTES_A_DAY + _MINUTES_A_DAY
        minutes = has_ended.ifelse(_minutes(end), last) - _minutes(begin)
        length = (minutes - minutes % _MINUTES) // _MINUTES
    else:
        until = as_day(end) if over.ends == AS_OF else as_day(end).fill_null(today)
        length = until.epoch_days().cast("int64") - as_day(begin).epoch_days().cast("int64")
    return {"its_length": length.cast("int64"), "has_ended": has_ended}


def _minutes(moment: ir.TimestampValue | ir.DateValue) -> ir.IntegerValue:
    """Return the whole minutes from 1970 to an instant, or to the midnight at which a day begins."""
    if isinstance(moment, ir.DateValue):
        return moment.epoch_days().cast("int64") * _MINUTES_A_DAY
    day = moment.date().epoch_days().cast("int64")
    return day * _MINUTES_A_DAY + moment.hour().cast("int64") * _MINUTES + moment.minute().cast("int64")


def _latest(rows: ir.Table, over: OverTable) -> ir.Table:
    """Return of the rows of each thing the one that begins last; of one day the one with the last key."""
    key = TABLES[over.table].key()
    order = [rows[over.begins].desc(nulls_first=False), rows[key].desc(nulls_first=False)]
    place = ibis.row_number().over(group_by=over.latest, order_by=order)
    rows = with_columns(rows, {"its_place": place.cast("int64")})
    return where(rows, rows.its_place == 0).drop("its_place")


def _with_events(
    rows: ir.Table, events: Events, key: str, tables: Mapping[str, ir.Table], as_of: date
) -> ir.Table:
    """Return the rows, each with how many rows of another table belong to it."""
    columns = tuple(dict.fromkeys([events.match, *columns_in(events.where)]))
    found = known(tables[events.table], events.table, columns, as_of)
    if events.where is not None:
        found = where(found, build(events.where, found, TABLES[events.table]))
    each = found.group_by(event_of=found[events.match]).agg(events=found.count())
    one, its = sides(rows, each)
    counted = {"its_events": its["events"].fill_null(0).cast("int64")}
    return joined("left", one, its, [one[key] == its["event_of"]], one.columns() | counted)


def _stepped(rows: ir.Table, table: ir.Table, step: Step, name: str) -> ir.Table:
    """Return the rows with one of their columns one step further on its way."""
    one, its = sides(rows, table)
    columns = one.columns(but=[name]) | {name: its[step.column]}
    return joined("left", one, its, [one[name] == its[TABLES[step.table].key()]], columns)


def by_columns(over: OverTable) -> tuple[str, ...]:
    """Return the names of the columns of counts that hold what a measure is broken down by."""
    return tuple(f"by_{place}" for place in range(len(over.by)))
