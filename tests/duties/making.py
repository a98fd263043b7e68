"""Small tables and clauses for the tests of the duty engine."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa

from closeout.duties.clauses import Basis, Clause, Done, Period, Shape, Text, Version
from closeout.duties.compile import instances
from closeout.engines import connect
from closeout.records.snapshot import arrow_schema
from closeout.records.tables import TABLES

HERE = Path("pack.yaml")
ALWAYS = date(2000, 1, 1)
_EMPTY = {pa.string(): "x", pa.int64(): 1, pa.bool_(): False, pa.float64(): 0.0}


def day(said):
    """Return the day that an ISO date says."""
    return date.fromisoformat(said)


def at(said):
    """Return the instant that an ISO date and time says."""
    return datetime.fromisoformat(said)


def text(sql):
    return Text(sql, HERE, 1)


def version(since=ALWAYS, to=None, *, clause="c", **said):
    return Version(basis=Basis("POL", clause), in_force_from=since, in_force_to=to, **said)


def days(number):
    return Period(days=number)


def months(number):
    return Period(months=number)


def table(name, rows):
    """Return rows as a table: columns not given are empty, or hold something harmless where they must."""
    schema = arrow_schema(name)
    key = TABLES[name].key()
    made = []
    for number, row in enumerate(rows, 1):
        full = {
            field.name: None if field.nullable else _EMPTY.get(field.type, date(2000, 1, 1))
            for field in schema
        }
        if pa.types.is_integer(schema.field(key).type):
            full[key] = number
        made.append(full | row)
    return pa.Table.from_pylist(made, schema=pa.schema([field.with_nullable(True) for field in schema]))


@contextmanager
def opened_rows(given):
    """Yield an engine and its tables; those that most clauses need are empty if not given."""
    engine = connect(threads=1)
    try:
        for name in sorted({"cases", "transfers", "assignments", "holds", *given}):
            engine.from_arrow(name, table(name, given.get(name, [])))
        yield engine, engine.tables()
    finally:
        engine.close()


def opened(**given):
    """Yield an engine and its tables, by name."""
    return opened_rows(given)


def listed(clause, as_of, **given):
    """Return the instances of a clause over small tables, as dicts in order of subject and sequence."""
    with opened(**given) as (engine, tables):
        rows = engine.to_arrow(instances(clause, tables, as_of=as_of)).to_pylist()
    return sorted(rows, key=lambda row: (row["subject"], row["sequence"]))


def check_in_clause(**changed):
    """Return the duty of a check-in, which is in `check_ins` itself."""
    said = {
        "duty": "check-in",
        "title": "Hold the check-in",
        "section": "A3",
        "shape": Shape.ON,
        "owes": "check_ins",
        "due": text("due_on"),
        "done": Done("check_ins", "outcome_on", where=text("outcome = 'attended'")),
        "versions": (version(),),
        "case": "case_no",
    }
    return Clause(**(said | changed))


def contact_clause(**changed):
    """Return the duty to verify contact data every six months, the first time after 30 days."""
    said = {
        "duty": "verify-contact",
        "title": "Verify contact data",
        "section": "A6",
        "shape": Shape.EVERY,
        "owes": "cases",
        "starts": text("coalesce(reopened_on, opened_on)"),
        "ends": text("closed_on"),
        "done": Done("verifications", "verified_on", "case_no", "case_no"),
        "versions": (version(period=months(6), first=days(30)),),
        "case": "case_no",
    }
    return Clause(**(said | changed))


def complaint_clause(**changed):
    """Return the duty to notify of a complaint within 48 hours, weekends left out."""
    said = {
        "duty": "notify-complaint",
        "title": "Notify of the complaint",
        "section": "C7",
        "shape": Shape.WITHIN,
        "owes": "complaints",
        "starts": text("received_at"),
        "done": Done("complaints", "notified_at"),
        "versions": (version(period=Period(hours=48)),),
        "office": text("office_id"),
    }
    return Clause(**(said | changed))
