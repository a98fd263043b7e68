"""One office: what its duties take, what hours it has, and what fits into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from closeout.web.accounts.permissions import Permission, may
from closeout.web.casework.views.unit import office_or_404
from closeout.web.casework.wording import clauses
from closeout.web.staffing import charts, exports
from closeout.web.staffing.confidence import CHOICES, asked_confidence, need_at, officer_rows
from closeout.web.staffing.policy import check_may_see, sees_officers, sees_rows_set_aside
from closeout.web.staffing.queries.diary import diary_weeks
from closeout.web.staffing.queries.office import office_staffing, week_rows
from closeout.web.staffing.queries.runs import kinds_there_are, shown_run
from closeout.web.staffing.views.curves import curve_shown
from closeout.web.staffing.views.offices import asked_kind, is_narrow, run_or_404, sees_all

if TYPE_CHECKING:
    from closeout.web.http import SignedInRequest
    from closeout.web.staffing.models.runs import StaffingRun
    from closeout.web.staffing.queries.office import ActivityDemand, OfficeStaffing
    from closeout.workload.weights import Weight

PAGE = "staffing/office_detail.html"
DEMAND_PAGE = "staffing/demand_detail.html"
PAGE_SIZE = 50


@require_GET
def office_detail(request: SignedInRequest, office_id: str) -> HttpResponse:
    """Show an office's need and gap, demand by duty, hours by week and, to who may see them, officers."""
    check_may_see(request.user, office_id)
    office = office_or_404(office_id)
    shown = shown_run(localdate(), kind=asked_kind(request))
    confidence = asked_confidence(request)
    view = office_staffing(shown.run, office_id) if shown.run else None
    with_officers = sees_officers(request.user, office_id)
    rows = officer_rows(view.result.officers, confidence) if view else []
    if shown.run and view and "format" in request.GET:
        officers = rows if with_officers else None
        tables = exports.office_tables(view.result, shown.run.as_of, officers, confidence)
        return exports.as_file(tables, request.GET["format"], f"staffing-{office_id}")
    context = {
        "office": office,
        "shown": shown,
        "run": shown.run,
        "view": view,
        "need": need_at(view.result.need, confidence) if view else None,
        "parts": [need_at(part, confidence) for part in view.result.parts] if view else [],
        "officers": rows,
        "confidence": confidence,
        "confidences": CHOICES,
        "weeks": week_rows(view.result.weeks) if view else [],
        "sees_rows_set_aside": sees_rows_set_aside(request.user),
        "with_officers": with_officers,
        "may_list": may(request.user, Permission.CASE_READ),
        "kinds": kinds_there_are(),
        "sees_all": sees_all(request.user),
        **curve_shown(request.user, office_id, asked_kind(request)),
    }
    return render(request, PAGE, context)


@require_GET
def ledger_chart(request: SignedInRequest, pk: int, office_id: str) -> HttpResponse:
    """Send the chart of an office's hours by week in one run as SVG."""
    check_may_see(request.user, office_id)
    run = run_or_404(pk)
    view = _staffing_or_404(run, office_id)
    svg = charts.ledger_chart(view.result.weeks, as_of=run.as_of, is_narrow=is_narrow(request))
    return HttpResponse(svg, content_type="image/svg+xml")


@require_GET
def demand_detail(request: SignedInRequest, office_id: str, activity: str) -> HttpResponse:
    """Show what one activity's demand rests on: its weight, its duties, and the minutes recorded."""
    check_may_see(request.user, office_id)
    shown = shown_run(localdate(), kind=asked_kind(request))
    if shown.run is None:
        msg = "nothing has been worked out yet"
        raise Http404(msg)
    view = _staffing_or_404(shown.run, office_id)
    demand = next((one for one in view.demand if one.activity == activity), None)
    if demand is None:
        msg = f"the office has no work of the activity {activity}"
        raise Http404(msg)
    weight = _weight(view, demand)
    diary = diary_weeks(activity, office_id=office_id, studies=weight.studies if weight else ())
    page = Paginator(diary, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "run": shown.run,
        "view": view,
        "demand": demand,
        "weight": weight,
        "duties": [clause for clause in clauses().values() if clause.minutes == activity],
        "with_officers": sees_officers(request.user, office_id),
        "page": page,
        "may_list": may(request.user, Permission.CASE_READ),
    }
    return render(request, DEMAND_PAGE, context)


def _weight(view: OfficeStaffing, demand: ActivityDemand) -> Weight | None:
    """Return the weight that a demand was worked out with."""
    wanted = (demand.activity, demand.lines[0].weight_of)
    return next((one for one in view.result.weights if (one.activity, one.office_id) == wanted), None)


def _staffing_or_404(run: StaffingRun, office_id: str) -> OfficeStaffing:
    view = office_staffing(run, office_id)
    if view is None:
        msg = f"the run knows no office {office_id}"
        raise Http404(msg)
    return view
