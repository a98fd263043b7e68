"""The charts of the evidence as SVG, each beside its table: one hue, gray for context, labels on marks."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from closeout.evidence.beside_points import names_beside
from closeout.evidence.statistics.funnel import Kind, Position
from closeout.evidence.wording import number, with_unit
from closeout.web.components.drawing import GRAY, INK, draw
from closeout.web.evidence.wording import SHARE, unit_heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from closeout.evidence.measures.measure import Measured, Result
    from closeout.evidence.statistics.charts import Chart
    from closeout.evidence.statistics.funnel import Funnel

PALE, MIDDLE = "#d9e8f6", "#73b3e7"
_TEXT, _LETTER = 13, 9
"""How large text is, and how wide a letter of it about, in pixels."""
_HALO = {"stroke": "white", "strokeWidth": 4}
"""Keeps a line from running through a name."""
_DASHED, _DOTTED = [4, 3], [1, 3]
_HUNDRED = 100.0
_SPARK_WIDTH, _SPARK_HEIGHT, _EDGE = 96.0, 24.0, 3.0


def spark(measured: Measured) -> str:
    """Return the points of a small trend line, "x,y x,y …" in a box of 96 by 24; empty under two values."""
    values = [each.figure.value for each in measured.series]
    known = [value for value in values if value is not None]
    if len(known) < 2:  # noqa: PLR2004 - a line has two ends
        return ""
    low, high = min(known), max(known)
    spread = (high - low) or 1.0
    step = (_SPARK_WIDTH - 2 * _EDGE) / (len(values) - 1)
    points = [
        (_EDGE + place * step, _EDGE + (1 - (value - low) / spread) * (_SPARK_HEIGHT - 2 * _EDGE))
        for place, value in enumerate(values)
        if value is not None
    ]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _scaled(value: float | None, unit: str) -> float | None:
    return value if value is None or unit != SHARE else _HUNDRED * value


def axis_title(unit: str) -> str:
    """Return what an axis of figures says: "Share, %", "Days"."""
    return "Share, %" if unit == SHARE else unit_heading(unit).capitalize()


def _values(result: Result, unit: str) -> dict[str, float | None]:
    figure = result.figure
    value = _scaled(figure.value, unit)
    low, high = _scaled(figure.low, unit), _scaled(figure.high, unit)
    return {"value": value, "low": value if low is None else low, "high": value if high is None else high}


def series_chart(measured: Measured, *, is_narrow: bool = False) -> str:
    """Return a measure over its periods with intervals, and its target; a period without a figure is a gap.

    Args:
        measured: With its past periods.
        is_narrow: Whether it is for a narrow screen, where it would else be shrunk beyond reading.

    """
    measure = measured.measure
    unit = measure.unit
    rows = [{"until": each.until.isoformat(), **_values(each, unit)} for each in measured.series]
    width = 250 if is_narrow else 460
    until = {
        "field": "until",
        "type": "ordinal",
        "title": "Period ending",
        "axis": {"labelAngle": -45, "labelOverlap": "greedy"},
    }
    value = {
        "type": "quantitative",
        "title": axis_title(unit),
        "scale": {"zero": unit != SHARE},
    }
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "rule", "color": MIDDLE, "strokeWidth": 4},
            "encoding": {"x": until, "y": {**value, "field": "low"}, "y2": {"field": "high"}},
        },
        {
            "mark": {"type": "line", "color": INK, "point": {"color": INK, "size": 50}},
            "encoding": {"x": until, "y": {**value, "field": "value"}},
        },
    ]
    if measure.target is not None:
        aimed = _scaled(measure.target.value, unit)
        once = {"data": {"values": [{}]}, "encoding": {"y": {**value, "datum": aimed}}}
        layers.append({**once, "mark": {"type": "rule", "color": GRAY, "strokeDash": _DASHED}})
        words = f"target {with_unit(measure.target.value, unit)}"
        text = {"type": "text", "text": words, "x": 4, "align": "left", "dy": -7, "fontSize": _TEXT}
        layers.append({**once, "mark": text})
    return draw({"width": width, "height": 220, "data": {"values": rows}, "layer": layers})


def offices_chart(
    measured: Measured, labels: Mapping[str, str], results: Sequence[Result], *, is_narrow: bool = False
) -> str:
    """Return a dot and its interval for each office, in the order given; all offices together are a line.

    Args:
        measured: The measure.
        labels: Offices' names by their codes.
        results: The offices' figures. One without a value has a row without a mark, which says so.
        is_narrow: Whether it is for a narrow screen.

    """
    unit = measured.measure.unit
    rows = [
        {
            "office": labels[each.office_id or ""],
            **_values(each, unit),
            "said": "–" if each.figure.value is None else number(each.figure.value, unit),
        }
        for each in results
    ]
    width = 110 if is_narrow else 380
    office = {
        "field": "office",
        "type": "nominal",
        "sort": [row["office"] for row in rows],
        "title": None,
        "axis": {"labelLimit": 140 if is_narrow else 220, "ticks": False, "domain": False, "labelPadding": 8},
    }
    value = {
        "field": "value",
        "type": "quantitative",
        "title": [axis_title(unit), "dashed: all offices"]
        if is_narrow
        else f"{axis_title(unit)}; dashed: all offices",
        "scale": {"zero": unit != SHARE},
        "axis": {"tickCount": 3 if is_narrow else 6},
    }
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "rule", "color": MIDDLE, "strokeWidth": 4},
            "encoding": {"x": {**value, "field": "low"}, "x2": {"field": "high"}},
        },
        {"mark": {"type": "point", "filled": True, "size": 70, "color": INK}, "encoding": {"x": value}},
        {
            "mark": {"type": "text", "align": "right", "fontSize": _TEXT},
            "encoding": {"x": {"value": width + (54 if is_narrow else 70)}, "text": {"field": "said"}},
        },
    ]
    total = _scaled(measured.total.figure.value, unit)
    if total is not None:
        mark = {"type": "rule", "color": GRAY, "strokeDash": _DASHED}
        layers.insert(0, {"mark": mark, "encoding": {"x": {"datum": total}, "y": None}})
    return draw(
        {
            "width": width,
            "height": {"step": 26},
            "data": {"values": rows},
            "encoding": {"y": office},
            "layer": layers,
        }
    )


def funnel_chart(
    funnel: Funnel, labels: Mapping[str, str], *, x_title: str, y_title: str, is_narrow: bool = False
) -> str:
    """Return offices or facilities by how much each rests on, inside the limits that chance alone allows.

    Args:
        funnel: As figures; shares are drawn in percent.
        labels: The units' names by their codes. Only those outside the limits are named.
        x_title: What the units' sizes are.
        y_title: The unit of the figure.
        is_narrow: Whether it is for a narrow screen.

    """
    scale = _HUNDRED if funnel.kind is Kind.SHARE else 1.0
    limits = [
        {
            "x": at.base,
            "middle": scale * funnel.target,
            **{name: scale * getattr(at, name) for name in ("low_95", "high_95", "low_998", "high_998")},
        }
        for at in funnel.curve
    ]
    bases = [one.unit.base for one in funnel.placed]
    middle = (min(bases) + max(bases)) / 2
    outside = [
        labels.get(one.unit.name, one.unit.name) if one.position is not Position.WITHIN else ""
        for one in funnel.placed
    ]
    values = [scale * one.value for one in funnel.placed]
    height = max(*values, *(each["high_998"] for each in limits)) - min(
        *values, *(each["low_998"] for each in limits)
    )
    width = 240 if is_narrow else 460
    named = list(zip(bases, values, outside, strict=True))
    names = names_beside(named, max(bases) - min(bases), height, letter=_LETTER / width)
    points = [
        {"x": base, "y": value, "label": name, "side": "left" if base <= middle else "right"}
        for base, value, name in zip(bases, values, names, strict=True)
    ]
    axis = {"tickCount": 3 if is_narrow else 6}
    title = textwrap.wrap(x_title, width // _LETTER)
    x = {"field": "x", "type": "quantitative", "title": title, "axis": axis, "scale": {"zero": False}}
    y = {"type": "quantitative", "title": y_title, "scale": {"zero": False}}
    lines = (("middle", [1, 0]), ("low_95", _DASHED), ("high_95", _DASHED), ("low_998", _DOTTED))
    layers: list[dict[str, Any]] = [
        {
            "data": {"values": limits},
            "mark": {"type": "line", "color": GRAY, "strokeDash": dash},
            "encoding": {"x": x, "y": {**y, "field": name}},
        }
        for name, dash in (*lines, ("high_998", _DOTTED))
    ]
    at = {"x": x, "y": {**y, "field": "y"}}
    layers.append({"mark": {"type": "point", "filled": True, "size": 60, "color": INK}, "encoding": at})
    for side, away in (("left", 8), ("right", -8)):  # a label grows towards the middle, away from the edges
        text = {"type": "text", "align": side, "dx": away, "dy": -8, "fontSize": _TEXT}
        layers.append(
            {
                "transform": [{"filter": f"datum.side == '{side}'"}],
                "encoding": {**at, "text": {"field": "label"}},
                "layer": [{"mark": {**text, **drawn}} for drawn in (_HALO, {})],
            }
        )
    return draw({"width": width, "height": 260, "data": {"values": points}, "layer": layers})


def survival_chart(curve: Mapping[str, Any], *, x_title: str, y_title: str, is_narrow: bool = False) -> str:
    """Return the share still open by days since the start, in steps, with its interval as a band.

    Args:
        curve: As stored (`Survival`).
        x_title: What the days are counted from.
        y_title: What the share is of.
        is_narrow: Whether it is for a narrow screen.

    """
    rows = [{"days": 0, "open": _HUNDRED, "low": _HUNDRED, "high": _HUNDRED}]
    for each in curve["moments"]:
        share = each["open_share"]
        ends = {name: share if each[name] is None else each[name] for name in ("low", "high")}
        rows.append(
            {"days": each["length"], "open": _HUNDRED * share} | {k: _HUNDRED * v for k, v in ends.items()}
        )
    x = {
        "field": "days",
        "type": "quantitative",
        "title": x_title,
        "axis": {"tickCount": 3 if is_narrow else 6, "labelOverlap": True},
    }
    y = {"type": "quantitative", "title": y_title, "scale": {"domain": [0, _HUNDRED]}}
    step = {"interpolate": "step-after"}
    band = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}
    return draw(
        {
            "width": 240 if is_narrow else 460,
            "height": 220,
            "data": {"values": rows},
            "layer": [
                {"mark": {"type": "area", "color": GRAY, "opacity": 0.3, **step}, "encoding": band},
                {
                    "mark": {"type": "line", "color": INK, **step},
                    "encoding": {"x": x, "y": {**y, "field": "open"}},
                },
            ],
        }
    )


def control_chart(chart: Chart, *, y_title: str, is_narrow: bool = False) -> str:
    """Return a figure by period between its control limits; points that are part of a signal are larger.

    Args:
        chart: As figures; shares (a p-chart) are drawn in percent.
        y_title: The unit of the figure.
        is_narrow: Whether it is for a narrow screen.

    """
    scale = _HUNDRED if chart.kind == "p" else 1.0
    rows = [
        {
            "period": point.label,
            **{name: scale * getattr(point, name) for name in ("value", "center", "low", "high")},
            "said": "signal" if point.signals else "",
        }
        for point in chart.points
    ]
    period = {
        "field": "period",
        "type": "ordinal",
        "sort": [row["period"] for row in rows],
        "title": "Inspection",
        "axis": {"labelAngle": -45, "labelOverlap": "greedy"},
    }
    y = {"type": "quantitative", "title": y_title}
    lines: list[dict[str, Any]] = [
        {
            "mark": {"type": "line", "color": GRAY, "strokeDash": dash, "interpolate": "step"},
            "encoding": {"x": period, "y": {**y, "field": name}},
        }
        for name, dash in (("center", [1, 0]), ("low", _DASHED), ("high", _DASHED))
    ]
    at = {"x": period, "y": {**y, "field": "value"}}
    lines.append(
        {"mark": {"type": "line", "color": INK, "point": {"color": INK, "size": 50}}, "encoding": at}
    )
    text = {"type": "text", "dy": -10, "fontSize": _TEXT}
    lines.append({"mark": text, "encoding": {**at, "text": {"field": "said"}}})
    width = 250 if is_narrow else 460
    return draw({"width": width, "height": 220, "data": {"values": rows}, "layer": lines})
