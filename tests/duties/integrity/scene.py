"""A few rows of a few tables, and what one rule says about them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from closeout.duties.integrity import RULES, run_integrity
from closeout.engines import connect
from closeout.records.snapshot import arrow_schema
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.engines import Engine

AS_OF = date(2026, 9, 30)
Row = dict[str, Any]


def ago(days: int) -> date:
    """Return the day so many days before the as-of date; negative for later ones."""
    return AS_OF - timedelta(days=days)


def case(case_no: str = "C-1", **said: Any) -> Row:
    """Return an open case of office F01."""
    usual = {"office_id": "F01", "state": "open", "docket": "non_detained_pre_order", "opened_on": ago(500)}
    return {"case_no": case_no, **usual, **said}


def closed(case_no: str = "C-1", days: int = 50, **said: Any) -> Row:
    """Return a case closed so many days ago."""
    return case(case_no, state="closed", closed_on=ago(days), closure_reason="relief_granted", **said)


def whole(table: str, rows: list[Row]) -> pa.Table:
    """Return rows with every column of a table; what was not said is empty where it may be."""
    schema = arrow_schema(table)
    unknown = {name for row in rows for name in row} - set(schema.names)
    assert not unknown, f"{table} has no {unknown}"
    return pa.Table.from_pylist(
        [{one.name: row.get(one.name, _usual(table, one)) for one in schema} for row in rows], schema=schema
    )


def _usual(table: str, column: pa.Field) -> object:
    declared = TABLES[table].columns()[column.name]
    if column.nullable:
        return None
    if pa.types.is_string(column.type):
        return declared.categories[0] if hasattr(declared, "categories") else "X"
    usual: dict[pa.DataType, object] = {
        pa.int64(): 1,
        pa.float64(): 40.0,
        pa.bool_(): False,
        pa.date32(): ago(400),
        pa.timestamp("us"): datetime(2026, 1, 1),  # noqa: DTZ001 - records hold local time
    }
    return usual[column.type]


def findings(rule: str, **tables: list[Row]) -> list[Row]:
    """Return what a rule finds, by subject. It gets the tables that it says it reads and no other."""
    opened = connect(threads=1)
    try:
        return _findings(opened, rule, tables)
    finally:
        opened.close()


def _findings(opened: Engine, rule: str, tables: dict[str, list[Row]]) -> list[Row]:
    assert set(tables) <= set(RULES[rule].reads)
    given: dict[str, ir.Table] = {
        name: opened.from_arrow(name, whole(name, tables.get(name, []))) for name in RULES[rule].reads
    }
    ((_, expression),) = run_integrity(given, AS_OF, rules=[rule])
    return opened.to_arrow(expression).sort_by("subject").to_pylist()


def found(rule: str, **tables: list[Row]) -> list[str]:
    """Return the subjects a rule finds, in order."""
    return [row["subject"] for row in findings(rule, **tables)]
