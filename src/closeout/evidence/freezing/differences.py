"""What differs between the rows that were frozen and those worked out again."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from closeout.evidence.freezing.canonical import plain_mapping, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_CLOSE = 1e-9
"""Relative. Another processor or library may round the last digits of an interval otherwise."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that is another, or a row that is new or gone.

    Attributes:
        row: What names the row: its key columns and their values.
        column: The column; empty where the whole row is new or gone.
        before: What was frozen; None where the row is new.
        after: What was worked out now; None where the row is gone.

    """

    row: Mapping[str, Any]
    column: str
    before: Any
    after: Any

    def __str__(self) -> str:
        """Return it in words."""
        named = ", ".join(_names(self.row)) or "as a whole"
        if not self.column:
            return f"{named}: {'the row is new' if self.before is None else 'the row is gone'}"
        return f"{named}: {self.column} was {_said(self.before)}, is {_said(self.after)}"


def compared(
    keys: Sequence[str], before: Iterable[Mapping[str, Any]], after: Iterable[Mapping[str, Any]]
) -> tuple[tuple[Difference, ...], str]:
    """Return what differs, in the order of rows, and a line where floats differ in their last digits only.

    Args:
        keys: The columns that name a row.
        before: The rows that were frozen.
        after: The rows worked out now.

    """
    then, now = _by_key(keys, before), _by_key(keys, after)
    found: list[Difference] = []
    close = 0
    for key in sorted(then.keys() | now.keys()):
        row = then.get(key) or now[key]
        named = {name: row.get(name) for name in keys}
        if key not in now or key not in then:
            found.append(Difference(named, "", then.get(key), now.get(key)))
            continue
        for column in sorted(then[key].keys() | now[key].keys()):
            one, other = then[key].get(column), now[key].get(column)
            if text(one) == text(other):
                continue
            if _is_close(one, other):
                close += 1
            else:
                found.append(Difference(named, column, one, other))
    said = f"{close} figures differ in their last digits only, as libraries round them" if close else ""
    return tuple(found), said


def _by_key(keys: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    plain = [plain_mapping(row) for row in rows]
    return {text([row.get(name) for name in keys]): row for row in plain}


def _is_close(one: object, other: object) -> bool:
    if not (isinstance(one, float) and isinstance(other, float)):
        return False
    return math.isclose(one, other, rel_tol=_CLOSE, abs_tol=_CLOSE * _CLOSE)


def _names(row: Mapping[str, Any]) -> Iterator[str]:
    """Yield what names a row: a part without the office that it has not, others without a category."""
    is_part = row.get("by") is not None
    left_out = ("office_id",) if is_part else ("by", "category")
    for key, value in row.items():
        if key == "category" and value == "":
            yield f"{key} (none)"
        elif value != "" and key not in left_out:
            yield f"{key} {_said(value)}"


def _said(value: object) -> str:
    return "none" if value is None else str(value) or "''"
