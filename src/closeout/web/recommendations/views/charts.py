"""How old what is open is, and whether promised dates were kept: each chart beside its table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from closeout.web.accounts.permissions import Permission, require
from closeout.web.recommendations import charts
from closeout.web.recommendations.models import Recommendation
from closeout.web.recommendations.queries.figures import aging as age_bands
from closeout.web.recommendations.queries.figures import promise_quarters
from closeout.web.recommendations.queries.listing import Filters, select
from closeout.web.recommendations.queries.promises import register_promises
from closeout.web.recommendations.views.days import asked_day

if TYPE_CHECKING:
    from closeout.web.http import SignedInRequest

PAGE_SIZE = 40


@require_GET
def aging(request: SignedInRequest) -> HttpResponse:
    """Show the open recommendations by age of their report."""
    require(request.user, Permission.RECOMMENDATION_READ)
    as_of = asked_day(request)
    bands = age_bands(Recommendation.objects.listed(), as_of=as_of)
    context = {"bands": bands, "total": sum(band.count for band in bands), "as_of": as_of}
    return render(request, "recommendations/aging.html", context)


@require_GET
def promise_list(request: SignedInRequest) -> HttpResponse:
    """Show every promised date with what became of it, and the completions by quarter."""
    require(request.user, Permission.RECOMMENDATION_READ)
    as_of = asked_day(request)
    found = select(Filters(is_overdue=request.GET.get("missed") == "1"), as_of=as_of)
    promising = (
        found.filter(promises_made__gt=0).select_related("report").order_by("promise_latest", "sort_key")
    )
    page = Paginator(promising, PAGE_SIZE).get_page(request.GET.get("page"))
    quarters = promise_quarters(Recommendation.objects.listed(), as_of=as_of)
    context = {
        "as_of": as_of,
        "page": page,
        "promises": register_promises(list(page), as_of=as_of),
        "quarters": quarters,
        "missed": sum(each.overdue for each in quarters),
        "standing": sum(each.total for each in quarters),
        "only_missed": request.GET.get("missed") == "1",
    }
    return render(request, "recommendations/promise_list.html", context)


@require_GET
def chart(request: SignedInRequest, name: str) -> HttpResponse:
    """Send one chart as SVG."""
    require(request.user, Permission.RECOMMENDATION_READ)
    as_of, found = asked_day(request), Recommendation.objects.listed()
    if name == "aging":
        svg = charts.aging_chart(age_bands(found, as_of=as_of))
    elif name == "promises":
        svg = charts.promise_chart(promise_quarters(found, as_of=as_of))
    else:
        raise Http404
    return HttpResponse(svg, content_type="image/svg+xml")
