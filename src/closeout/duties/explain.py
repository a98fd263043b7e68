"""Why an instance stands as it does: the clause, the rule, the arithmetic step by step, the rows used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlglot
from sqlglot import exp

from closeout.duties.arithmetic import steps
from closeout.duties.compile import instances
from closeout.duties.compile.scope import value
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.arithmetic import Step
    from closeout.duties.clauses import Clause, Text, Version
    from closeout.engines import Engine


class NoInstanceError(LookupError):
    """There is no such instance on that day; the message says what there is."""


@dataclass(frozen=True, slots=True)
class Used:
    """A row that was used: its table, its key, and the columns that were looked at."""

    table: str
    key: str
    columns: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that leads to one instance's state."""

    clause: Clause
    instance: Mapping[str, Any]
    version: Version | None
    steps: list[Step] = field(default_factory=list)
    rows: list[Used] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asking:
    """Where an explanation looks: the engine, its tables, the clause, the day."""

    engine: Engine
    tables: Mapping[str, ir.Table]
    clause: Clause
    as_of: date
    holidays: str = "US"

    def rows(self, table: ir.Table) -> list[dict[str, Any]]:
        """Return rows as dicts."""
        found: list[dict[str, Any]] = self.engine.to_arrow(table).to_pylist()
        return found


def explain(asking: Asking, subject: str, sequence: int | None = None) -> Explanation:
    """Explain one instance.

    Args:
        asking: Where to look.
        subject: The key of the row that owes, as text.
        sequence: Which of its instances; the latest if None.

    Returns:
        The explanation.

    Raises:
        NoInstanceError: There is none on that day.

    """
    clause = asking.clause
    made = instances(clause, asking.tables, as_of=asking.as_of, holidays=asking.holidays)
    found = sorted(asking.rows(made.filter(made.subject == subject)), key=lambda row: int(row["sequence"]))
    wanted = [row for row in found if sequence in {None, row["sequence"]}]
    if not wanted:
        has = f"; it has {len(found)}" if found else ""
        number = "" if sequence is None else f"#{sequence}"
        msg = f"{clause.duty} has no instance {subject}{number} on {asking.as_of}{has}"
        raise NoInstanceError(msg)
    instance = wanted[-1]
    version = next((one for one in clause.versions if rule_name(one) == instance["rule"]), None)
    owing = _owing(asking, subject)
    holds = _holds(asking, instance)
    start = _start(asking, subject, instance)
    done = steps(
        clause, version, instance, start=start, holds=holds, as_of=asking.as_of, country=asking.holidays
    )
    used = [owing, *_done_rows(asking, instance, owing), *[_used("holds", row) for row in holds]]
    return Explanation(clause, instance, version, done, [*used, *_holder_rows(asking, instance)])


def rule_name(version: Version) -> str:
    """Return a version as an instance's `rule` names it."""
    return f"{version.basis.policy}/{version.basis.clause}@{version.in_force_from.isoformat()}"


def columns_in(*texts: Text | None) -> list[str]:
    """Return the columns that expressions name, each once, in order."""
    found: dict[str, None] = {}
    for text in texts:
        if text is not None:
            tree = sqlglot.parse_one(text.sql, dialect="duckdb")
            found |= dict.fromkeys(column.name for column in tree.find_all(exp.Column))
    return list(found)


def _used(table: str, row: Mapping[str, Any]) -> Used:
    key = TABLES[table].key()
    return Used(table, str(row[key]), {name: cell for name, cell in row.items() if name != key})


def _subject_row(asking: Asking, subject: str) -> ir.Table:
    table = asking.tables[asking.clause.owes]
    return table.filter(table[TABLES[asking.clause.owes].key()].cast("string") == subject)


def _owing(asking: Asking, subject: str) -> Used:
    clause = asking.clause
    texts = (
        clause.when,
        clause.starts,
        clause.opened,
        clause.due,
        clause.ends,
        clause.office,
        clause.officer,
    )
    names = [TABLES[clause.owes].key(), *columns_in(*texts)]
    names += [name for name in (clause.case, clause.done.subject) if name]
    if clause.done.table == clause.owes:
        names += [clause.done.column, *columns_in(clause.done.where)]
    if clause.shape != "every":
        names += columns_in(clause.excused, clause.excused_on)
    rows = asking.rows(_subject_row(asking, subject).select(*dict.fromkeys(names)))
    return _used(clause.owes, rows[0])


def _start(asking: Asking, subject: str, instance: Mapping[str, Any]) -> Any:  # noqa: ANN401 - day or instant
    """Return what the period counts from."""
    clause = asking.clause
    if clause.shape == "every":
        return instance["opened_on"]
    rows = _subject_row(asking, subject)
    text = clause.due or clause.starts
    if text is None:
        return instance["opened_on"]
    return asking.rows(rows.select(start=value(text, rows, clause.owes)))[0]["start"]


def _done_rows(asking: Asking, instance: Mapping[str, Any], owing: Used) -> list[Used]:
    clause, done = asking.clause, asking.clause.done
    closed_on = instance["done_on"] or (instance["ended_on"] if clause.shape == "every" else None)
    if not done.match or closed_on is None or instance["reason"] == "subject_ended":
        return []
    table = asking.tables[done.table]
    subject = owing.columns.get(done.subject, owing.key)
    names = [TABLES[done.table].key(), done.match, done.column, *columns_in(done.where)]
    names += [done.year] if done.year else []
    if clause.shape == "every":
        names += columns_in(clause.excused, clause.excused_on)
    found = table.filter((table[done.match] == subject) & (table[done.column].cast("date") == closed_on))
    return [_used(done.table, row) for row in asking.rows(found.select(*dict.fromkeys(names)))]


def _holds(asking: Asking, instance: Mapping[str, Any]) -> list[dict[str, Any]]:
    clause = asking.clause
    if not clause.holds or instance["case_no"] is None:
        return []
    holds = asking.tables["holds"]
    found = holds.filter(
        (holds.case_no == instance["case_no"])
        & holds.kind.isin(clause.holds)
        & (holds.from_on <= asking.as_of)
    )
    rows = asking.rows(found.select("hold_id", "case_no", "kind", "from_on", "to_on"))
    return sorted(rows, key=lambda row: (row["from_on"], row["hold_id"]))


def _holder_rows(asking: Asking, instance: Mapping[str, Any]) -> list[Used]:
    """Return the case and its moves, where they say whose duty it is."""
    clause, case_no = asking.clause, instance["case_no"]
    made: list[Used] = []
    if not clause.case or case_no is None or (clause.office is not None and clause.officer is not None):
        return made
    if clause.owes != "cases":
        made += _of_case(asking, "cases", ["case_no", "office_id", "officer_no"], case_no)
    if clause.office is None:
        names = ["transfer_id", "from_office_id", "to_office_id", "accepted_on"]
        made += _of_case(asking, "transfers", names, case_no)
    if clause.officer is None:
        names = ["assignment_id", "officer_no", "role", "from_on", "to_on"]
        made += _of_case(asking, "assignments", names, case_no)
    return made


def _of_case(asking: Asking, name: str, columns: list[str], case_no: str) -> list[Used]:
    table = asking.tables[name]
    rows = asking.rows(table.filter(table.case_no == case_no).select(*columns))
    return [_used(name, row) for row in sorted(rows, key=lambda row: str(row[columns[0]]))]
