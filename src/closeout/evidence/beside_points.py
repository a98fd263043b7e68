"""The names written beside the points of a chart: joined where one would be written over another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_NAMES = 2
_HIGH, _WIDE = 0.07, 0.15
"""What a name takes of a chart's height and width, about."""


def names_beside(points: Sequence[tuple[float, float, str]], width: float, height: float) -> list[str]:
    """Return what is written beside each point.

    Args:
        points: Across, up, and the name; empty for a point that is not named.
        width: What the chart spans across, in the points' own numbers.
        height: What it spans upwards.

    Returns:
        A text for each point, in order. Points whose names would overlap have one text, at the lowest of
        them: two names in order, or of more the first and how many are left, as "FAC-029 +3".

    """
    said = [""] * len(points)
    left = sorted(
        (place for place, one in enumerate(points) if one[2]), key=lambda place: points[place][1::-1]
    )
    while left:
        first, *others = left
        together = [first]
        for place in others:
            across = abs(points[place][0] - points[first][0])
            up = points[place][1] - points[together[-1]][1]
            if across <= _WIDE * width and up <= _HIGH * height:
                together.append(place)
        left = [place for place in left if place not in together]
        said[first] = _joined(sorted(points[place][2] for place in together))
    return said


def _joined(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= _MOST_NAMES else f"{names[0]} +{len(names) - 1}"
