"""Bars of a chart that is a table: each row carries its number and, for the eye, its bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar table.

    Attributes:
        label: What the row is about.
        value: The number, as it is printed.
        percent: Length of the bar, 0-100, of the longest one.
        is_late: Whether the row is drawn in the color of "late"; its label must say so too.
        href: Where the rows under the figure are; empty when there is nothing to open.

    """

    label: str
    value: str
    percent: float
    is_late: bool = False
    href: str = ""


def bars(rows: Iterable[tuple[str, float]], *, late: frozenset[str] = frozenset()) -> list[Bar]:
    """Return the bars for labels and their numbers, from zero to the largest.

    Args:
        rows: Labels and numbers, zero or more, in the order to be shown.
        late: Labels of the rows that say "late".

    """
    kept = list(rows)
    largest = max((number for _, number in kept), default=0) or 1
    return [
        Bar(label, f"{number:,.10g}", round(100 * number / largest, 2), is_late=label in late)
        for label, number in kept
    ]
