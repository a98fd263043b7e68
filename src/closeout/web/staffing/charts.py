"""The charts of staffing as SVG, each beside its table: one hue, gray for context, labels on the marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from closeout.web.components.drawing import GRAY, INK, draw
from closeout.web.staffing.wording import number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from closeout.web.staffing.queries.offices import OfficeLine
    from closeout.workload.figures import Week

PALE, MIDDLE, DARK = "#d9e8f6", "#73b3e7", INK
_TEXT = 13
PARTS = (
    ("case", "Case", DARK),
    ("support", "Support", "#2378c3"),
    ("collateral", "Collateral", MIDDLE),
    ("detailed", "Detailed", "#a9aeb1"),
    ("absent", "Absent", "#dfe1e2"),
)
"""The parts of a paid hour from the axis up, with their words and shades."""


def gap_chart(lines: Sequence[OfficeLine], *, is_narrow: bool = False) -> str:
    """Return a dot and its interval for the gap of each office, in the order given; zero is marked.

    Args:
        lines: The offices. One without a figure has a row without a mark, which says so.
        is_narrow: Whether it is for a narrow screen, where it would else be shrunk beyond reading.

    """
    rows = [
        {
            "office": line.label,
            "gap": line.gap_fte,
            "low": line.gap.low if line.gap else line.gap_fte,
            "high": line.gap.high if line.gap else line.gap_fte,
            "said": number(line.gap_fte),
        }
        for line in lines
    ]
    width = 110 if is_narrow else 400
    beside = width + (54 if is_narrow else 70)
    office = {
        "field": "office",
        "type": "nominal",
        "sort": [line.label for line in lines],
        "title": None,
        "axis": {"labelLimit": 146 if is_narrow else 220, "ticks": False, "domain": False, "labelPadding": 8},
    }
    words = ("Officers to spare (left of 0)", "or short (right)")
    title = list(words) if is_narrow else " ".join(words)
    axis = {"tickCount": 3 if is_narrow else 6}
    gap = {"field": "gap", "type": "quantitative", "title": title, "axis": axis}
    return draw(
        {
            "width": width,
            "height": {"step": 26},
            "data": {"values": rows},
            "encoding": {"y": office},
            "layer": [
                {"mark": {"type": "rule", "color": GRAY}, "encoding": {"x": {"datum": 0}, "y": None}},
                {
                    "mark": {"type": "rule", "color": MIDDLE, "strokeWidth": 4},
                    "encoding": {"x": {**gap, "field": "low"}, "x2": {"field": "high"}},
                },
                {"mark": {"type": "point", "filled": True, "size": 70, "color": INK}, "encoding": {"x": gap}},
                {
                    "mark": {"type": "text", "align": "right", "fontSize": _TEXT},
                    "encoding": {"x": {"value": beside}, "text": {"field": "said"}},
                },
            ],
        }
    )


def ledger_chart(weeks: Sequence[Week], *, as_of: date, is_narrow: bool = False) -> str:
    """Return stacked columns of an office's hours by week, and a rule at the as-of date.

    Args:
        weeks: The weeks, in order.
        as_of: The day after which hours are what is planned.
        is_narrow: Whether it is for a narrow screen.

    """
    rows = [
        {"week": each.week.isoformat(), "part": words, "hours": getattr(each, name), "place": place}
        for each in weeks
        for place, (name, words, _) in enumerate(PARTS)
    ]
    width = 270 if is_narrow else 500
    week = {
        "field": "week",
        "type": "temporal",
        # Days are days wherever the server is.
        "scale": {"type": "utc"},
        "title": "Week from; the line is the as-of date",
        "axis": {"format": "%b %Y", "tickCount": 3 if is_narrow else 6},
    }
    hours = {"field": "hours", "type": "quantitative", "title": "Hours", "stack": "zero"}
    legend = {
        "title": None,
        "orient": "top",
        "columns": 3 if is_narrow else 5,
        "labelFontSize": _TEXT,
        "symbolStrokeColor": GRAY,
        "symbolStrokeWidth": 1,
    }
    shades = {"domain": [words for _, words, _ in PARTS], "range": [shade for *_, shade in PARTS]}
    columns = {
        "mark": {"type": "bar", "width": max(2, width // max(1, len(weeks)) - 1)},
        "encoding": {
            "x": week,
            "y": hours,
            "color": {"field": "part", "type": "nominal", "scale": shades, "legend": legend},
            "order": {"field": "place"},
        },
    }
    now = {
        "data": {"values": [{"week": as_of.isoformat()}]},
        "mark": {"type": "rule", "color": "#1b1b1b", "strokeDash": [4, 3]},
        "encoding": {"x": week},
    }
    return draw({"width": width, "height": 240, "data": {"values": rows}, "layer": [columns, now]})


def curve_chart(
    points: Sequence[dict[str, Any]], *, target: float | None, at: float | None, is_narrow: bool = False
) -> str:
    """Return the share of duties done on time against the caseload, with its interval and the target.

    Args:
        points: One a caseload: `caseload` (cases an officer) and shares `low`, `middle`, `high`, 0-1.
        target: The share aimed at, 0-1.
        at: The caseload there is.
        is_narrow: Whether it is for a narrow screen.

    """
    width = 250 if is_narrow else 420
    share = {
        "type": "quantitative",
        "title": "Duties done on time",
        "scale": {"domain": [0, 1]},
        "axis": {"format": ".0%"},
    }
    cases = {
        "field": "caseload",
        "type": "quantitative",
        "title": "Cases an officer",
        "scale": {"zero": False},
        "axis": {"tickCount": 3 if is_narrow else 6},
    }
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "area", "color": PALE},
            "encoding": {"x": cases, "y": {**share, "field": "low"}, "y2": {"field": "high"}},
        },
        {
            "mark": {"type": "line", "color": INK, "point": {"color": INK}},
            "encoding": {"x": cases, "y": {**share, "field": "middle"}},
        },
    ]
    marks = ((target, "y", f"target {100 * target:.0f} %" if target else ""), (at, "x", "now"))
    for value, side, words in marks:
        if value is not None:
            place = {side: {**(share if side == "y" else cases), "datum": value}}
            place[side].pop("field", None)
            # A row of its own: drawn once, not once a caseload.
            once = {"data": {"values": [{}]}, "encoding": place}
            layers.append({**once, "mark": {"type": "rule", "color": GRAY, "strokeDash": [4, 3]}})
            text = {"type": "text", "text": words, "align": "left", "dx": 4, "dy": -6, "fontSize": _TEXT}
            if side == "y":
                # Below the line at its right end, where the curve has fallen away.
                text |= {"x": width - 4, "align": "right", "dy": 14}
            else:
                text |= {"y": 230}
            layers.append({**once, "mark": text})
    return draw({"width": width, "height": 240, "data": {"values": list(points)}, "layer": layers})
