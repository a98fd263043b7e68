"""What `closeout analyze` writes to a file: one table with its notes, or everything as JSON."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from closeout.cli.analyze_show import Shown
    from closeout.followup.tables import Cell

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(shown: Shown) -> str:
    """Return the table as CSV; lines that begin with # say the day, what stands out, and what cannot be said.

    Text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    text = io.StringIO()
    for line in (shown.headline, *shown.signals, *shown.cannot, *shown.caveats, *shown.notes):
        text.write(f"# {line}\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in shown.table.columns])
    writer.writerows([[_cell(value) for value in row] for row in shown.table.rows])
    return text.getvalue()


def as_text(plain: dict[str, Any]) -> str:
    """Return plain values as JSON text."""
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def _cell(value: Cell) -> str | float:
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text
