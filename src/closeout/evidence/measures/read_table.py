"""Read what a measure counts in a table: which rows, when, how long, over what, and whose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.duties.compile import needed_tables
from closeout.duties.fields import Fields
from closeout.duties.integrity import RULES
from closeout.duties.terms import Kind, columns_of, near
from closeout.evidence.measures.declared import (
    AS_OF,
    Events,
    OverDuties,
    OverSource,
    OverTable,
    Source,
    Statistic,
    Step,
)
from closeout.evidence.measures.measure import Shape
from closeout.evidence.measures.read_by import read_by_of_table, tables_by
from closeout.evidence.measures.read_staffing import tables_of_staffing
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from closeout.duties.clauses import Pack, Text

_MOMENT = (Kind.DATE, Kind.INSTANT)
_LENGTHS = (Shape.MEDIAN, Shape.SURVIVAL)
_SUMMED = (Shape.SHARE, Shape.RATE)
_FOR = {
    "counts": (Shape.SHARE, Shape.COUNT, Shape.RATE),
    "from": _LENGTHS,
    "to": _LENGTHS,
    "events": (Shape.RATE,),
    "sum": _SUMMED,
    "exposure": _SUMMED,
    "cluster": _SUMMED,
    "quantile": (Shape.MEDIAN,),
    "latest": (Shape.MEDIAN,),
}


def read_table(fields: Fields, shape: Shape) -> OverTable | None:
    """Return what a measure counts in a table; None where the table is not known."""
    table = fields.one_of("over", list(TABLES), needed=True)
    if not table:
        return None
    declared = TABLES[table]
    for key, shapes in _FOR.items():
        if key in fields and shape not in shapes:
            fields.wrong(key, f"`{key}` is not for a {shape}; it is for {' and '.join(shapes)}")
    begins, ends = _length(fields, shape, table)
    over = OverTable(
        table=table,
        where=fields.expression("where", declared, "boolean"),
        counts=fields.expression("counts", declared, "boolean"),
        on=_column(fields, "on", table, _MOMENT),
        begins=begins,
        ends=ends,
        events=_events(fields, table),
        sums=_summed(fields, "sum", table),
        exposure=_summed(fields, "exposure", table),
        cluster=_column(fields, "cluster", table, tuple(Kind)),
        quantile=_quantile(fields),
        latest=_latest(fields, table, ends),
        office=_office(fields, table),
        by=read_by_of_table(fields, shape, table),
    )
    _check_numerator(fields, shape, over)
    return over


def tables_read(over: OverDuties | OverTable | OverSource | None, pack: Pack) -> tuple[str, ...]:
    """Return every table that a measure reads, each once."""
    read: list[str] = []
    if isinstance(over, OverTable):
        read = [over.table, *([over.events.table] if over.events else [])]
        read += [step.table for step in over.office[1:]]
        read += [table for one in over.by for table in tables_by(one)]
    elif over is not None:
        is_by_case = isinstance(over, OverDuties) and over.statistic is Statistic.CASES
        read = ["cases"] if is_by_case else []
        read += [name for duty in over.duties for name in needed_tables(pack.clause(duty))]
    if isinstance(over, OverSource) and over.source is Source.INTEGRITY:
        read += [table for name in over.rules or RULES for table in RULES[name].reads]
    if isinstance(over, OverSource) and over.source is Source.STAFFING:
        read += tables_of_staffing(pack)
    return tuple(dict.fromkeys(read))


def _check_numerator(fields: Fields, shape: Shape, over: OverTable) -> None:
    if shape is Shape.SHARE and over.counts is None and not over.sums:
        fields.wrong("measure", "a share needs `counts`: which rows are its numerator")
    if shape is Shape.SHARE and bool(over.sums) != bool(over.exposure):
        fields.wrong("sum", "a share of sums needs both `sum` and `exposure`")
    if shape is not Shape.RATE:
        return
    given = [name for name in ("events", "sum", "counts") if name in fields]
    if not given:
        fields.wrong("measure", "a rate needs `events`, `sum` or `counts`: what is counted")
    if "events" in given and len(given) > 1:
        fields.wrong("events", f"`events` counts rows of another table; leave {' and '.join(given[1:])} out")
    if not over.exposure and "counts" in given:
        fields.wrong("measure", "a rate needs `exposure`; rows out of rows are a share")


def _length(fields: Fields, shape: Shape, table: str) -> tuple[str, str]:
    if shape not in _LENGTHS:
        return "", ""
    begins = _column(fields, "from", table, _MOMENT, needed=True)
    if fields.word("to") == AS_OF and shape is Shape.MEDIAN:
        ends, kinds = AS_OF, {Kind.DATE}
    else:
        ends = _column(fields, "to", table, _MOMENT, needed=True)
        kinds = {columns_of(TABLES[table])[ends].kind} if ends else set()
    if begins and ends and fields.word("unit") == "hours" and kinds != {Kind.INSTANT}:
        message = "hours need a `to` that is an instant; this is a day: write `unit: days`"
        fields.wrong("unit", message)
    return begins, ends


def _column(fields: Fields, key: str, table: str, kinds: tuple[Kind, ...], *, needed: bool = False) -> str:
    name = fields.word(key, needed=needed)
    return name if name and _check_column(fields, key, name, table, kinds) else ""


def _check_column(fields: Fields, key: str, name: str, table: str, kinds: tuple[Kind, ...]) -> bool:
    columns = columns_of(TABLES[table])
    if name not in columns:
        hint = near(name, list(columns)) or f" It has {', '.join(columns)}."
        fields.wrong(key, f"`{name}` is no column of {table}.{hint}")
        return False
    if columns[name].kind not in kinds:
        wanted = " or ".join(kinds)
        fields.wrong(key, f"{table}.{name} is a {columns[name].kind}, where a {wanted} is needed")
        return False
    return True


def _summed(fields: Fields, key: str, table: str) -> str:
    name = _column(fields, key, table, (Kind.NUMBER,))
    if name and type(TABLES[table].columns()[name]).__name__ != "Int64":
        fields.wrong(key, f"{table}.{name} is no whole number; only whole numbers are summed up")
        return ""
    return name


def _events(fields: Fields, table: str) -> Events | None:
    marked = fields.raw("events")
    if marked is None:
        return None
    inner = Fields(marked, fields.path, fields.faults, known="table match where", what="`events`")
    name = inner.one_of("table", list(TABLES), needed=True)
    if not name:
        return None
    match = _column(inner, "match", name, tuple(Kind), needed=True)
    if match and TABLES[name].references().get(match) != table:
        inner.wrong("match", f"{name}.{match} does not hold the key of {table}")
    where: Text | None = inner.expression("where", TABLES[name], "boolean")
    return Events(name, match, where)


def _latest(fields: Fields, table: str, ends: str) -> str:
    name = _column(fields, "latest", table, tuple(Kind))
    if name and ends != AS_OF:
        fields.wrong("latest", "`latest` is for an age: it needs `to: as_of`")
    return name


def _quantile(fields: Fields) -> float:
    said = fields.word("quantile", r"0\.\d{1,4}")
    if said and not 0 < float(said) < 1:
        fields.wrong("quantile", f"`quantile: {said}` must lie above 0 and below 1, such as 0.9")
    return float(said or 0.5) or 0.5


def _office(fields: Fields, table: str) -> tuple[Step, ...]:
    """Return the way to a row's office: the row's own column, or that of the row it belongs to."""
    said = fields.word("office", r"[a-z_]+(\.[a-z_]+)*")
    if not said:
        return ()
    steps: list[Step] = []
    for name in said.split("."):
        if not _check_column(fields, "office", name, table, tuple(Kind)):
            return ()
        steps.append(Step(name, table))
        table = TABLES[table].references().get(name, "offices" if name == "office_id" else "")
        if not table:
            message = f"`{said}`: {steps[-1].table}.{name} refers to no table, so that it leads to no office"
            fields.wrong("office", message)
            return ()
    if table != "offices":
        if "office_id" not in TABLES[table].columns():
            fields.wrong(
                "office", f"`{said}` ends in {table}, which has no office; go on with a dot and a column"
            )
            return ()
        steps.append(Step("office_id", table))
    return tuple(steps)
