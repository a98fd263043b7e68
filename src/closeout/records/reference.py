"""The reference page of the tables, written from the declarations: `python -m closeout.records.reference`."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from closeout.records.columns import CASE_NO, CODE, DIGEST, OFFICER_NO
from closeout.records.table_schema import described
from closeout.records.tables import ROOMS, TABLES

if TYPE_CHECKING:
    from types import ModuleType

    import dataframely as dy

    from closeout.records.table import Table

TOP = """# Tables

The tables of an agency's records, {count} in all. A folder with one file a table is what `closeout check`
takes; no table is needed but those your duties rest on. `closeout template` writes files to fill in, and
their [Frictionless](../how-to/map-your-columns.md#what-other-tools-can-read) description. Other people's
column names and codes are brought to these by a [mapping file](../how-to/map-your-columns.md).

Files are CSV (UTF-8, comma, a header) or Parquet. Dates are `YYYY-MM-DD`; times are `YYYY-MM-DDTHH:MM:SS`
in the office's own time, without a zone; yes and no are `true` and `false`; an empty cell is empty. **Bold**
columns must be filled. The first column of a table is its key. No column can hold a name, an address, a
picture, a biometric or an identification number of a person, and none holds free text: see
[the boundary](../explanation/boundary.md).

This page is written from the declarations by `python -m closeout.records.reference`; a test holds it to them.
"""
_KINDS = {
    "Int64": "whole number",
    "Float64": "number",
    "Bool": "yes or no",
    "Date": "date",
    "Datetime": "time",
}
_FORMS = {
    CODE: "code",
    CASE_NO: "case number, `C-…`",
    OFFICER_NO: "staff number, `S-…`",
    DIGEST: "SHA-256",
}


def page() -> str:
    """Return the reference page in Markdown."""
    rooms = "".join(_room(room) for room in ROOMS)
    return f"{TOP.format(count=len(TABLES))}{rooms}"


def main() -> None:
    """Write the page to where the documentation has it, or to the file named."""
    default = Path(__file__).parents[3] / "docs" / "reference" / "tables.md"
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else default
    file.write_text(page(), encoding="utf-8")


def _room(room: ModuleType) -> str:
    names = [name for name, declared in TABLES.items() if declared.__module__ == room.__name__]
    title = (inspect.getdoc(room) or "").splitlines()[0].rstrip(".")
    return f"\n## {title}\n" + "".join(_table(name) for name in names)


def _table(name: str) -> str:
    declared = TABLES[name]
    rows = "".join(_column(name, column, made) for column, made in declared.columns().items())
    events = " Rows are events that keep arriving." if declared.is_event else ""
    return (
        f"\n### {name}\n\n{described(name)} Systems list: {declared.section}.{events}\n\n"
        f"| column | type | meaning |\n|---|---|---|\n{rows}{_groups(declared)}"
    )


def _groups(declared: type[Table]) -> str:
    """Return the rules that hold of several rows together, which the columns do not show."""
    rules = declared.group_rules()
    return "".join(f"\n{rule.meaning} (`{name}`)\n" for name, rule in rules.items())


def _column(table: str, name: str, column: dy.Column) -> str:
    shown = f"`{name}`" if column.nullable else f"**`{name}`**"
    return f"| {shown} | {_kind(table, name, column)} | {_escaped(column.description or '')} |\n"


def _kind(table: str, name: str, column: dy.Column) -> str:
    """Return a column's type with its unit, choices, limits or the table it refers to."""
    to = TABLES[table].references().get(name)
    if to:
        return f"key of [{to}](#{to})"
    if categories := getattr(column, "categories", None):
        return "one of " + ", ".join(f"`{word}`" for word in categories)
    if length := getattr(column, "max_length", None):
        return f"label, at most {length} characters"
    if pattern := getattr(column, "regex", None):
        return _FORMS.get(pattern, f"`{pattern}`")
    return _KINDS[type(column).__name__] + _unit(column) + _limits(column)


def _unit(column: dy.Column) -> str:
    unit = (column.metadata or {}).get("unit", "")
    return "" if unit in {"", "day", "local time"} else f", {unit}"


def _limits(column: dy.Column) -> str:
    least = getattr(column, "min", None)
    if column.primary_key or not least:
        return ""
    return f", {least} or more"


def _escaped(words: str) -> str:
    return words.replace("|", "\\|")


if __name__ == "__main__":
    main()
