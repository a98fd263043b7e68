"""Charts as SVG, drawn on the server from Vega-Lite; each stands beside its table."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

import vl_convert

from closeout.web.components.fitting import fit

INK, LATE, GRAY = "#1a4480", "#b50909", "#71767a"
"""The one hue of charts, the color of "late", and the gray of what is context."""
_FONT = "Source Sans Pro Web, Helvetica Neue, Helvetica, Arial, sans-serif"
_CONFIG = {
    "font": _FONT,
    "background": None,
    "view": {"stroke": None},
    "axis": {"labelFontSize": 13, "titleFontSize": 13, "grid": False, "domainColor": GRAY, "tickColor": GRAY},
}
_STYLE = re.compile(r'\sstyle="[^"]*"')


def draw(spec: dict[str, Any]) -> str:
    """Return a Vega-Lite chart as SVG; the same chart is drawn once."""
    return _svg(json.dumps({"config": _CONFIG, **spec}, sort_keys=True))


@lru_cache(maxsize=64)
def _svg(spec: str) -> str:
    """Return the SVG without style attributes, which the site's content policy forbids, wide enough."""
    return fit(_STYLE.sub("", vl_convert.vegalite_to_svg(spec)))
