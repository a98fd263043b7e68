"""Contract standards and inspection deficiencies: what was assessed, and what the signals are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from closeout.web.accounts.permissions import Permission, require
from closeout.web.evidence import charts, exports
from closeout.web.evidence.queries.curves import open_after
from closeout.web.evidence.queries.runs import shown_run
from closeout.web.evidence.verdicts import chart_from, funnel_from

if TYPE_CHECKING:
    from closeout.web.http import SignedInRequest

SVG = "image/svg+xml"


@require_GET
def standards(request: SignedInRequest) -> HttpResponse:
    """Show the matrix of contract standards by period: a word and a count in each cell."""
    require(request.user, Permission.ASSESSMENT_READ)
    shown = shown_run(localdate())
    matrix = shown.run.standards if shown.run else {}
    if shown.run and matrix and "format" in request.GET:
        require(request.user, Permission.RECOMMENDATION_EXPORT)
        table = exports.standards_table(matrix, shown.run.as_of)
        return exports.as_file([table], request.GET["format"], "standards")
    context = {"shown": shown, "run": shown.run, "matrix": matrix}
    return render(request, "evidence/standards.html", context)


@require_GET
def deficiencies(request: SignedInRequest) -> HttpResponse:
    """Show deficiencies per component assessed: funnel and control charts with their tables."""
    require(request.user, Permission.ASSESSMENT_READ)
    shown = shown_run(localdate())
    found = shown.run.deficiencies if shown.run else {}
    if shown.run and found and "format" in request.GET:
        require(request.user, Permission.RECOMMENDATION_EXPORT)
        tables = exports.deficiency_tables(found, shown.run.as_of)
        return exports.as_file(tables, request.GET["format"], "deficiencies")
    context = {
        "shown": shown,
        "run": shown.run,
        "found": found,
        "facility": _facility(found, request.GET.get("facility", "")),
        "fixes": open_after(_fixes(found)),
    }
    return render(request, "evidence/deficiencies.html", context)


@require_GET
def deficiency_chart(request: SignedInRequest, name: str) -> HttpResponse:
    """Send a chart of the deficiencies as SVG: the facilities' funnel, or one facility's control chart."""
    require(request.user, Permission.ASSESSMENT_READ)
    run = shown_run(localdate()).run
    found = run.deficiencies if run else {}
    narrow = request.GET.get("width") == "narrow"
    facility = _facility(found, request.GET.get("facility", ""))
    if name == "funnel" and found.get("funnel"):
        svg = charts.funnel_chart(
            funnel_from(found["funnel"]),
            {},
            x_title="Deficiencies expected",
            y_title="Found over expected",
            is_narrow=narrow,
        )
    elif name == "control" and facility and facility["chart"]["points"]:
        svg = charts.control_chart(
            chart_from(facility["chart"]), y_title="Deficiencies per component", is_narrow=narrow
        )
    elif name == "fixes" and _fixes(found):
        svg = charts.survival_chart(
            _fixes(found),
            x_title="Days since the citation",
            y_title="% without a verified fix",
            is_narrow=narrow,
        )
    else:
        msg = f"no chart {name!r}"
        raise Http404(msg)
    return HttpResponse(svg, content_type=SVG)


def _fixes(found: dict[str, Any]) -> dict[str, Any]:
    """Return the curve of days to a verified fix; empty where they cannot be followed."""
    return found.get("verified", {}).get("curve") or {}


def _facility(found: dict[str, Any], code: str) -> dict[str, Any] | None:
    """Return a facility of the analysis by its code; without a code the first that has a chart."""
    facilities: list[dict[str, Any]] = found.get("facilities", [])
    if code:
        return next((each for each in facilities if each["facility_id"] == code), None)
    return next((each for each in facilities if each["chart"]["points"]), None)
