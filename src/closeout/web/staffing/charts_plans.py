"""Charts of scenarios and hiring plans as SVG, each beside its table: one hue, gray for context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from closeout.web.components.drawing import GRAY, INK, draw
from closeout.web.staffing.charts import MIDDLE, PALE
from closeout.web.staffing.paired import signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.web.staffing.queries.plans import MonthRow
    from closeout.web.staffing.queries.scenarios import DutyDifference

_TEXT = 13


def difference_chart(duties: Sequence[DutyDifference], *, is_narrow: bool = False) -> str:
    """Return a dot with its two intervals for the change of each duty's share on time; zero is marked.

    Args:
        duties: In the order given; those whose share stays the same are left out.
        is_narrow: Whether it is for a narrow screen.

    """
    rows = [
        {
            "duty": one.title,
            "mean": one.on_time.mean,
            "low": _else(one.on_time.low, one.on_time.mean),
            "high": _else(one.on_time.high, one.on_time.mean),
            "low80": _else(one.on_time.low_80, one.on_time.mean),
            "high80": _else(one.on_time.high_80, one.on_time.mean),
            "said": signed(one.on_time.mean),
        }
        for one in duties
        if one.on_time is not None and (not one.code or one.on_time.is_seen())
    ]
    width = 100 if is_narrow else 330
    duty = {
        "field": "duty",
        "type": "nominal",
        "sort": [row["duty"] for row in rows],
        "title": None,
        "axis": {"labelLimit": 150 if is_narrow else 250, "ticks": False, "domain": False, "labelPadding": 8},
    }
    words = ["Less on time (left of 0)", "or more, points"]
    points = {
        "field": "mean",
        "type": "quantitative",
        "title": words if is_narrow else "Percentage points on time: fewer left of 0, more right",
        "axis": {"tickCount": 3 if is_narrow else 6},
    }
    wide, narrow = (("low", "high", 2), ("low80", "high80", 6))
    bars = [
        {
            "mark": {"type": "rule", "color": MIDDLE, "strokeWidth": stroke},
            "encoding": {"x": {**points, "field": low}, "x2": {"field": high}},
        }
        for low, high, stroke in (wide, narrow)
    ]
    text = {
        "mark": {"type": "text", "align": "right", "fontSize": _TEXT},
        "encoding": {"x": {"value": width + 60}, "text": {"field": "said"}},
    }
    zero = {"mark": {"type": "rule", "color": GRAY}, "encoding": {"x": {"datum": 0}, "y": None}}
    dot = {"mark": {"type": "point", "filled": True, "size": 60, "color": INK}, "encoding": {"x": points}}
    layers = [zero, *bars, dot, text]
    return draw(
        {
            "width": width,
            "height": {"step": 26},
            "data": {"values": rows},
            "encoding": {"y": duty},
            "layer": layers,
        }
    )


def _else(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value


def plan_chart(months: Sequence[MonthRow], *, need: float | None, is_narrow: bool = False) -> str:
    """Return full-time officers by month with their band, and a rule at the need.

    Args:
        months: In order.
        need: Full-time officers needed at the date on average, or None.
        is_narrow: Whether it is for a narrow screen.

    """
    rows = [
        {
            "month": row.month,
            "low": row.effective_fte.low,
            "middle": row.effective_fte.middle,
            "high": row.effective_fte.high,
        }
        for row in months
    ]
    month = {
        "field": "month",
        "type": "ordinal",
        "title": "Month",
        "axis": {"labelAngle": -45, "labelOverlap": "greedy"},
    }
    fte = {"type": "quantitative", "title": "Full-time officers", "scale": {"zero": True}}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "area", "color": PALE},
            "encoding": {"x": month, "y": {**fte, "field": "low"}, "y2": {"field": "high"}},
        },
        {
            "mark": {"type": "line", "color": INK, "point": {"color": INK}},
            "encoding": {"x": month, "y": {**fte, "field": "middle"}},
        },
    ]
    if need is not None:
        place = {"y": {**fte, "datum": need}}
        # A row of its own: drawn once, not once a month.
        once = {"data": {"values": [{}]}, "encoding": place}
        layers.append({**once, "mark": {"type": "rule", "color": GRAY, "strokeDash": [4, 3]}})
        words = {"type": "text", "text": "need at the date", "align": "left", "x": 4, "dy": -7}
        layers.append({**once, "mark": {**words, "fontSize": _TEXT}})
    width = 250 if is_narrow else 460
    return draw({"width": width, "height": 240, "data": {"values": rows}, "layer": layers})
