"""One measure: what is it, how does it stand, by office, and down to rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from closeout.web.accounts.permissions import Permission, require
from closeout.web.evidence import charts, exports
from closeout.web.evidence.funnels import funnel_of, signals
from closeout.web.evidence.policy import LEADS, rows_office, sees_small
from closeout.web.evidence.queries.measure import MeasureView, measure_view
from closeout.web.evidence.queries.results import measured_of
from closeout.web.evidence.queries.runs import shown_run
from closeout.web.evidence.wording import SHAPE_WORDS, interval_words

if TYPE_CHECKING:
    from closeout.web.evidence.models import AssessmentRun
    from closeout.web.http import SignedInRequest

PAGE = "evidence/measure_detail.html"
LIST = "evidence/measure_list.html"
SVG = "image/svg+xml"
MOST_QUERY = 8_000
"""Characters of a statement that the page shows; one over all duties has many times that, and is a file."""


@require_GET
def measure_list(request: SignedInRequest) -> HttpResponse:
    """Show every measure with its target and newest figure, in the order of the pack."""
    require(request.user, Permission.ASSESSMENT_READ)
    shown = shown_run(localdate())
    if shown.run and "format" in request.GET:
        require(request.user, Permission.RECOMMENDATION_EXPORT)
        return exports.as_file([exports.measures_table(shown.run)], request.GET["format"], "measures")
    safe = not sees_small(request.user)
    measured = list(measured_of(shown.run, safe=safe).values()) if shown.run else []
    return render(request, LIST, {"shown": shown, "run": shown.run, "measured": measured})


@require_GET
def measure_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """Show a measure's definition, its past periods, and the offices beside each other."""
    require(request.user, Permission.ASSESSMENT_READ)
    run, view = _view_or_404(request, code)
    if "format" in request.GET:
        require(request.user, Permission.RECOMMENDATION_EXPORT)
        tables = exports.measure_tables(view, run)
        return exports.as_file(tables, request.GET["format"], code)
    funnel = funnel_of(view.row.shape, view.offices)
    context = {
        "run": run,
        "view": view,
        "measured": view.measured,
        "measure": view.measured.measure,
        "shape_words": SHAPE_WORDS[view.row.shape],
        "interval": interval_words(view.measured.total.figure),
        "definition": sorted(view.row.definition.items()),
        "funnel": funnel,
        "signals": signals(funnel, view.labels) if funnel else [],
        "query": view.row.query[:MOST_QUERY],
        "is_cut": len(view.row.query) > MOST_QUERY,
        "rows_office": rows_office(request.user, ""),
        "is_lead": request.user.role in LEADS,
        "sees_small": sees_small(request.user),
    }
    return render(request, PAGE, context)


@require_GET
def measure_chart(request: SignedInRequest, code: str, name: str) -> HttpResponse:
    """Send one of a measure's charts as SVG: its past periods, the offices, or the offices' funnel."""
    require(request.user, Permission.ASSESSMENT_READ)
    _, view = _view_or_404(request, code)
    narrow = request.GET.get("width") == "narrow"
    if name == "series":
        svg = charts.series_chart(view.measured, is_narrow=narrow)
    elif name == "offices":
        results = [each.result for each in view.offices]
        svg = charts.offices_chart(view.measured, view.labels, results, is_narrow=narrow)
    else:
        funnel = funnel_of(view.row.shape, view.offices)
        if name != "funnel" or funnel is None:
            msg = f"no chart {name!r} of {code}"
            raise Http404(msg)
        y_title = charts.axis_title(view.row.unit)
        svg = charts.funnel_chart(
            funnel, view.labels, x_title=view.row.denominator, y_title=y_title, is_narrow=narrow
        )
    return HttpResponse(svg, content_type=SVG)


@require_GET
def measure_query(request: SignedInRequest, code: str) -> HttpResponse:
    """Send the statement that gave a measure's figures, as text."""
    require(request.user, Permission.ASSESSMENT_READ)
    run, view = _view_or_404(request, code)
    if not view.row.query:
        msg = f"no statement gives {code}"
        raise Http404(msg)
    answer = HttpResponse(view.row.query, content_type="text/plain; charset=utf-8")
    name = f"{code}-{run.as_of}.sql"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _view_or_404(request: SignedInRequest, code: str) -> tuple[AssessmentRun, MeasureView]:
    shown = shown_run(localdate())
    view = measure_view(shown.run, code, request.user) if shown.run else None
    if shown.run is None or view is None:
        msg = f"the newest assessment has no measure {code}"
        raise Http404(msg)
    return shown.run, view
