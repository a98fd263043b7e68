"""Charts as SVG whose text keeps its size at any width: positions are percentages, and nothing is scaled.

A hundred charts made by Vega-Lite take eight seconds and weigh 2 MB. These three shapes need no such
library; each stands beside its table, which says the same in words and numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.evidence.report.markup import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LEFT, _RIGHT = 17.0, 96.0
"""Where the plot begins and ends, in percent of the width; names stand left of it."""
_ROW, _TOP, _FOOT = 20, 26, 26
_PLOT = 190
_TICKS = 4
_HUNDRED = 100.0


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis: which values its ends stand for."""

    low: float
    high: float

    def share(self, value: float) -> float:
        """Return where a value lies between the ends, 0-1; a value beyond an end lies at it."""
        if self.high <= self.low:
            return 0.5
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    def ticks(self) -> list[float]:
        """Return some even steps from end to end."""
        return [self.low + (self.high - self.low) * step / _TICKS for step in range(_TICKS + 1)]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a dot chart. `value` is None where there is none: `said` stands in its place."""

    name: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A dot of a plot over two axes; `name` is written beside it if there is one."""

    x: float
    y: float
    name: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A value to mark by a dashed line, and what it is."""

    value: float
    said: str
    kind: str = "target"
    """The line's class: `target`, or `middle` for the value of all."""


def scale_of(values: Iterable[float | None], *, most: float | None = None) -> Scale:
    """Return a scale from 0 to the largest value, or to `most` where none is larger."""
    largest = max((value for value in values if value is not None), default=0.0)
    if most is not None and largest <= most:
        return Scale(0.0, most)
    return Scale(0.0, _round_up(largest) or 1.0)


def _round_up(value: float) -> float:
    """Return the next of 1, 2, 4, 5, 8, 10 times a power of ten."""
    if value <= 0:
        return 0.0
    power = 1.0
    while power * 10 <= value:
        power *= 10
    while power > value:
        power /= 10
    return next(step * power for step in (1, 2, 4, 5, 8, 10) if step * power >= value * (1 - 1e-12))


def dots(
    title: str, rows: Sequence[Row], scale: Scale, ticks: Sequence[str], marked: Marked | None = None
) -> str:
    """Return a dot and its interval for each row, in the order given.

    Args:
        title: What the chart shows, for those who cannot see it.
        rows: The rows.
        scale: Of the values.
        ticks: What to write at the scale's steps.
        marked: A value to mark, such as a target.

    """
    height = _TOP + _ROW * len(rows) + _FOOT
    parts = [_mark_down(marked, scale, height)] if marked else []
    for number, row in enumerate(rows):
        middle = _TOP + _ROW * number + _ROW // 2
        parts.append(_label("0", middle + 4, row.name))
        parts.append(_dot_row(row, scale, middle))
    parts.append(_axis_below(scale, ticks, height - _FOOT))
    return _svg(title, height, parts)


def plot(
    title: str,
    points: Sequence[Point],
    across: tuple[Scale, Sequence[str]],
    up: tuple[Scale, Sequence[str]],
    *,
    lines: Sequence[tuple[str, Sequence[tuple[float, float]]]] = (),
    marked: Marked | None = None,
    is_joined: bool = False,
) -> str:
    """Return points over two axes, with lines behind them.

    Args:
        title: What the chart shows, for those who cannot see it.
        points: The points, with an interval where they have one.
        across: The axis below: its scale, and what to write at its steps.
        up: The axis at the left, likewise.
        lines: Each line's class (`limit`, `outer`) and points.
        marked: A value of the upward axis to mark.
        is_joined: Whether a line joins the points.

    """
    height = _TOP + _PLOT + _FOOT
    drawn = [*lines, *([("series", [(one.x, one.y) for one in points])] if is_joined else [])]
    parts = [_curves(drawn, across[0], up[0])] if drawn else []
    if marked:
        parts.append(_mark_across(marked, up[0]))
    parts += [_point(one, across[0], up[0]) for one in points]
    parts.append(_axis_below(across[0], across[1], _TOP + _PLOT))
    for value, said in zip(up[0].ticks(), up[1], strict=True):
        parts.append(_label("0", _down(value, up[0]) + 4, said, "tick"))
    return _svg(title, height, parts)


def _svg(title: str, height: int, parts: Iterable[str]) -> str:
    inner = "".join(parts)
    return f'<svg role="img" width="100%" height="{height}" aria-label="{text(title)}">{inner}</svg>\n'


def _across(value: float, scale: Scale) -> str:
    return f"{_LEFT + (_RIGHT - _LEFT) * scale.share(value):.2f}%"


def _down(value: float, scale: Scale) -> int:
    return round(_TOP + _PLOT * (1 - scale.share(value)))


def _label(x: str, y: int, said: str, kind: str = "name", end: str = "start") -> str:
    return f'<text x="{x}" y="{y}" class="{kind}" text-anchor="{end}">{text(said)}</text>'


def _dot_row(row: Row, scale: Scale, middle: int) -> str:
    if row.value is None:
        return _label(f"{_LEFT}%", middle + 4, row.said, "none")
    low = row.low if row.low is not None else row.value
    high = row.high if row.high is not None else (scale.high if row.low is not None else row.value)
    line = (
        f'<line x1="{_across(low, scale)}" x2="{_across(high, scale)}" y1="{middle}" y2="{middle}"'
        ' class="interval"/>'
    )
    return f'{line}<circle cx="{_across(row.value, scale)}" cy="{middle}" r="4" class="dot"/>'


def _point(one: Point, across: Scale, up: Scale) -> str:
    x, y = _across(one.x, across), _down(one.y, up)
    made = ""
    if one.low is not None:
        top = _down(one.high if one.high is not None else up.high, up)
        made = f'<line x1="{x}" x2="{x}" y1="{top}" y2="{_down(one.low, up)}" class="interval"/>'
    made += (
        f'<circle cx="{x}" cy="{y}" r="4" class="{"dot" if one.name or one.low is not None else "faint"}"/>'
    )
    if one.name:
        is_right = across.share(one.x) > 0.8  # noqa: PLR2004 - there is no room to the right of it
        made += f'<svg x="{x}" y="{y}" overflow="visible">{_beside(one.name, is_right=is_right)}</svg>'
    return made


def _beside(said: str, *, is_right: bool) -> str:
    return _label("-7" if is_right else "7", -5, said, "name", "end" if is_right else "start")


def _curves(lines: Iterable[tuple[str, Sequence[tuple[float, float]]]], across: Scale, up: Scale) -> str:
    """Return lines in a box that is stretched over the plot, their strokes left as they are."""
    made = []
    for kind, points in lines:
        places = " ".join(
            f"{across.share(x) * _HUNDRED:.2f},{(1 - up.share(y)) * _HUNDRED:.2f}" for x, y in points
        )
        made.append(f'<polyline points="{places}" class="{kind}" vector-effect="non-scaling-stroke"/>')
    width = _RIGHT - _LEFT
    return (
        f'<svg x="{_LEFT}%" y="{_TOP}" width="{width}%" height="{_PLOT}" viewBox="0 0 100 100"'
        f' preserveAspectRatio="none">{"".join(made)}</svg>'
    )


def _mark_down(marked: Marked, scale: Scale, height: int) -> str:
    x = _across(marked.value, scale)
    line = f'<line x1="{x}" x2="{x}" y1="{_TOP - 6}" y2="{height - _FOOT}" class="{marked.kind}"/>'
    end = "end" if scale.share(marked.value) > 0.5 else "start"  # noqa: PLR2004 - the half with more room
    return line + _label(x, _TOP - 10, marked.said, "name", end)


def _mark_across(marked: Marked, up: Scale) -> str:
    y = _down(marked.value, up)
    line = f'<line x1="{_LEFT}%" x2="{_RIGHT}%" y1="{y}" y2="{y}" class="{marked.kind}"/>'
    return line + _label(f"{_RIGHT}%", max(y - 5, 12), marked.said, "name", "end")


def _axis_below(scale: Scale, ticks: Sequence[str], y: int) -> str:
    line = f'<line x1="{_LEFT}%" x2="{_RIGHT}%" y1="{y}" y2="{y}" class="axis"/>'
    ends = ["start", *["middle"] * (len(ticks) - 2), "end"] if len(ticks) > 1 else ["middle"]
    steps = zip(scale.ticks(), ticks, ends, strict=True)
    return line + "".join(
        _label(_across(value, scale), y + 18, said, "tick", end) for value, said, end in steps
    )
