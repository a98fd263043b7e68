"""The edges of a chart, moved out as far as its text may reach in the reader's own font."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_SVG = "{http://www.w3.org/2000/svg}"
_MOVED = re.compile(r"translate\(([-\d.e]+)(?:,([-\d.e]+))?\)")
_NARROW, _WIDE = frozenset("iljtfrI.,:;'|!()[]/ -–"), frozenset("mwMW%@…—")
_EMS = {True: 0.38, False: 0.61}
_WIDEST, _CAPITAL, _BOLD = 1.0, 0.72, 1.13


def fit(svg: str) -> str:
    """Return a chart that is as wide as its text may need.

    A picture has no web font: it is written in whatever sans serif the reader has. The chart was measured in
    another one, so that in a wide font a name may begin left of the picture's edge and is cut there.

    Args:
        svg: A chart whose texts lie in groups that are moved, and only turned by a quarter or an eighth.

    """
    root = ET.fromstring(svg)  # noqa: S314 - our own drawing, never a file that somebody brought
    _, top, width, height = (float(part) for part in root.get("viewBox", "0 0 0 0").split())
    spans = list(_spans(root, 0.0))
    left = min((low for low, _ in spans), default=0.0)
    right = max((high for _, high in spans), default=0.0)
    before, after = max(0, round(-left)), max(0, round(right - width))
    if not before and not after:
        return svg
    wide = round(before + width + after)
    head, _, rest = svg.partition(">")
    head = re.sub(r' width="[^"]*"', f' width="{wide}"', head, count=1)
    head = re.sub(r' viewBox="[^"]*"', f' viewBox="{-before} {top:g} {wide} {height:g}"', head, count=1)
    return f"{head}>{rest}"


def text_width(text: str, size: float, *, is_bold: bool = False) -> float:
    """Return how wide a text may be, in the widest of the usual sans serifs.

    Args:
        text: One line.
        size: Of the letters, in pixels.
        is_bold: Whether they are bold.

    Returns:
        Pixels, on the high side.

    """
    ems = sum(
        _WIDEST if letter in _WIDE else _CAPITAL if letter.isupper() else _EMS[letter in _NARROW]
        for letter in text
    )
    return ems * size * (_BOLD if is_bold else 1.0)


def _spans(element: Element, at: float) -> Iterator[tuple[float, float]]:
    """Yield from where to where each level text reaches across."""
    turned = element.get("transform", "")
    moved = _MOVED.search(turned)
    at += float(moved.group(1)) if moved else 0.0
    if element.tag == f"{_SVG}text" and "rotate" not in turned:
        size = float(element.get("font-size", "11px").removesuffix("px"))
        is_bold = element.get("font-weight") == "bold"
        lines = [line.text or "" for line in element] or [element.text or ""]
        wide = max(text_width(line, size, is_bold=is_bold) for line in lines)
        begins = at - {"middle": wide / 2, "end": wide}.get(element.get("text-anchor", "start"), 0.0)
        yield begins, begins + wide
    else:
        for child in element:
            yield from _spans(child, at)
