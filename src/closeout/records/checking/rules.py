"""A table's declaration as checks over whole columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from closeout.records.checking.private import may_identify
from closeout.records.checking.values import MEANT, kind_of
from closeout.records.columns import CODE
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    import dataframely as dy

EARLIEST = date(1900, 1, 1)
FOUND = "~"
"""In front of a column's name: the cell as it was found, beside the same as its declared type."""
PRIVATE = "private"
_CONTROL = r"[\x00-\x1f\x7f]"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be true of a row.

    Attributes:
        rule: Its name, as the report calls it.
        column: The column it is about; empty for a rule across columns.
        reason: In words, for a row that fails.
        keeps: True where a row keeps it. Never null.
        is_of_text: Whether it depends on one column's text alone, so that it may be asked of each
            different text once.

    """

    rule: str
    column: str
    reason: str
    keeps: pl.Expr
    is_of_text: bool = False

    @property
    def name(self) -> str:
        """Return a name that no other check of the table has."""
        return f"{self.rule} {self.column}"


def checks_of(table: str, *, missing: frozenset[str], as_of: date) -> list[Check]:
    """Return the checks of a table.

    Args:
        table: Its name.
        missing: Declared columns that the file does not have.
        as_of: The day after which only dates that may lie in the future can lie.

    """
    declared = TABLES[table]
    checks: list[Check] = []
    for name, column in declared.columns().items():
        if name not in missing:
            checks += _checks_of_column(name, column, as_of)
        elif not column.nullable:
            reason = f"the file has no column {name}, which must be given"
            checks.append(Check("missing_column", name, reason, pl.lit(value=False)))
    checks += [
        Check(name, "", f"not so: {name.replace('_', ' ')}", expression.fill_null(value=True))
        for name, expression in declared.row_rules().items()
    ]
    return checks


def has_same_form(reference: Any, table: Any) -> bool:  # noqa: ANN401 - a column and a schema of dataframely
    """Return whether a reference is text of exactly the form that the key of its table has."""
    key = table.columns()[table.key()]
    if kind_of(reference) != "String" or kind_of(key) != "String":
        return False
    return all(getattr(reference, said) == getattr(key, said) for said in _FORM)


_FORM = ("regex", "min_length", "max_length", "check")


def _checks_of_column(name: str, column: dy.Column, as_of: date) -> list[Check]:
    kind, here, found = kind_of(column), pl.col(name), pl.col(FOUND + name)
    checks = []
    if not column.nullable:
        checks.append(Check("required", name, f"{name} is empty but must be given", found.is_not_null()))
    if kind == "String":
        checks += _checks_of_text(name, column)
    else:
        rule = "choice" if kind == "Enum" else "type"
        reason = f"{name} is not {MEANT[kind]}"
        checks.append(Check(rule, name, reason, here.is_not_null() | found.is_null()))
    if kind in {"Date", "Datetime"}:
        checks += _checks_of_date(name, column, as_of)
    for rule, expression in column.validation_rules(here).items():
        if rule != "nullability":
            reason = f"{name} {_REASONS.get(rule, 'breaks the rule ' + rule)}".format(column=column)
            keeps = expression.fill_null(value=True)
            checks.append(Check(_NAMES.get(rule, rule), name, reason, keeps, is_of_text=kind == "String"))
    return _one_a_name(checks)


_NAMES = {
    "regex": "form",
    "inf": "type",
    "nan": "type",
    "min": "least",
    "max": "most",
    "max_length": "length",
}
_REASONS = {
    "regex": "does not have the form {column.regex}",
    "min": "is below {column.min}",
    "max": "is above {column.max}",
    "max_length": "is longer than {column.max_length} bytes",
    "inf": "is not a number",
    "nan": "is not a number",
}


def _checks_of_text(name: str, column: Any) -> list[Check]:  # noqa: ANN401 - a dy.String
    """Return the checks of free labels and codes; a code's form leaves no room for control characters."""
    here, checks = pl.col(name), []
    if column.regex is None:
        reason = f"{name} holds control characters or a line break"
        printable = ~here.str.contains(_CONTROL).fill_null(value=False)
        checks.append(Check("control", name, reason, printable, is_of_text=True))
    if column.regex in {None, CODE}:
        # Narrow forms, such as a case number's, cannot hold an identifier.
        reason = f"{name} looks as if it identified a person; its value is not kept"
        checks.append(Check(PRIVATE, name, reason, ~may_identify(here), is_of_text=True))
    return checks


def _checks_of_date(name: str, column: dy.Column, as_of: date) -> list[Check]:
    day = pl.col(name).dt.date() if kind_of(column) == "Datetime" else pl.col(name)
    reason = f"{name} lies before {EARLIEST}"
    checks = [Check("too_early", name, reason, (day >= EARLIEST).fill_null(value=True))]
    if not (column.metadata or {}).get("future"):
        reason = f"{name} lies after {as_of}"
        checks.append(Check("future", name, reason, (day <= as_of).fill_null(value=True)))
    return checks


def _one_a_name(checks: list[Check]) -> list[Check]:
    """Join the checks of one name: a number that is none is no number, whichever way."""
    joined: dict[str, Check] = {}
    for check in checks:
        before = joined.get(check.name)
        keeps = before.keeps & check.keeps if before else check.keeps
        reason = before.reason if before else check.reason
        joined[check.name] = Check(check.rule, check.column, reason, keeps, is_of_text=check.is_of_text)
    return list(joined.values())
