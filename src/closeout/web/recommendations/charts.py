"""The register's charts as SVG, drawn on the server from Vega-Lite; each stands beside its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.web.components.drawing import INK, LATE, draw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.web.recommendations.queries.figures import AgeBand, Quarter


def aging_chart(bands: Sequence[AgeBand]) -> str:
    """Return bars of open recommendations by age, each with its number beside it."""
    rows = [{"age": band.label, "open": band.count} for band in bands]
    order = [band.label for band in bands]
    bar = {
        "y": {"field": "age", "type": "nominal", "sort": order, "title": None, "axis": {"labelLimit": 200}},
        "x": {"field": "open", "type": "quantitative", "axis": None, "scale": {"zero": True}},
    }
    return draw(
        {
            "width": 320,
            "height": {"step": 34},
            "data": {"values": rows},
            "encoding": bar,
            "layer": [
                {"mark": {"type": "bar", "color": INK, "height": 20}},
                {
                    "mark": {"type": "text", "align": "left", "dx": 6, "fontSize": 13},
                    "encoding": {"text": {"field": "open", "type": "quantitative"}},
                },
            ],
        }
    )


def promise_chart(quarters: Sequence[Quarter]) -> str:
    """Return stacked columns of newest completion promises by quarter and what became of them."""
    kinds = ("missed, still open", "not due yet", "closed")
    rows = [
        {"quarter": each.label, "state": kind, "promises": count, "place": place}
        for each in quarters
        for place, (kind, count) in enumerate(
            zip(kinds, (each.overdue, each.upcoming, each.closed), strict=True)
        )
        if count
    ]
    return draw(
        {
            "width": max(320, 44 * len(quarters)),
            "height": 220,
            "data": {"values": rows},
            "mark": {"type": "bar", "width": 26},
            "encoding": {
                "x": {
                    "field": "quarter",
                    "type": "nominal",
                    "sort": [each.label for each in quarters],
                    "title": None,
                    "axis": {"labelAngle": -45},
                },
                "y": {
                    "field": "promises",
                    "type": "quantitative",
                    "title": "Promised completions",
                    "axis": {"tickMinStep": 1},
                },
                "color": {
                    "field": "state",
                    "type": "nominal",
                    "scale": {"domain": list(kinds), "range": [LATE, INK, "#a9aeb1"]},
                    "legend": {
                        "title": None,
                        "orient": "top",
                        "direction": "vertical",
                        "labelFontSize": 13,
                        "labelLimit": 240,
                    },
                },
                "order": {"field": "place"},
            },
        }
    )
