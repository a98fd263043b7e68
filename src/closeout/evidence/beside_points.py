"""The names written beside the points of a chart: joined where one would be written over another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_NAMES = 2
_HIGH, _WIDE = 0.07, 0.15
"""What a name takes of a chart's height and width, about."""
_AWAY = 1
"""How many letters away from its point a name begins."""


def names_beside(
    points: Sequence[tuple[float, float, str]], width: float, height: float, *, letter: float | None = None
) -> list[str]:
    """Return what is written beside each point.

    Args:
        points: Across, up, and the name; empty for a point that is not named.
        width: What the chart spans across, in the points' own numbers.
        height: What it spans upwards.
        letter: What a letter takes of the width, 0-1, where names grow from their points towards the middle;
            None where it is not known, and a name takes about a seventh.

    Returns:
        A text for each point, in order. Points whose names would overlap have one text, at the lowest of
        them: two names in order, or of more the first and how many are left, as "FAC-029 +3".

    """
    named = [one[0] for one in points]
    middle = (min(named) + max(named)) / 2 if named else 0.0

    def span(place: int, text: str) -> tuple[float, float]:
        across = points[place][0]
        if letter is None:
            return across, across + _WIDE * width
        wide = (len(text) + _AWAY) * letter * width
        return (across, across + wide) if across <= middle else (across - wide, across)

    said = [""] * len(points)
    left = sorted(
        (place for place, one in enumerate(points) if one[2]), key=lambda place: points[place][1::-1]
    )
    while left:
        first, *others = left
        together = [first]
        for place in others:
            low, high = span(first, _joined(sorted(points[each][2] for each in together)))
            begins, ends = span(place, points[place][2])
            up = points[place][1] - points[together[-1]][1]
            if begins <= high and low <= ends and up <= _HIGH * height:
                together.append(place)
        left = [place for place in left if place not in together]
        said[first] = _joined(sorted(points[place][2] for place in together))
    return said


def _joined(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= _MOST_NAMES else f"{names[0]} +{len(names) - 1}"
