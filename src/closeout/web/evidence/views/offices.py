"""Offices side by side: is what is owed done in time, and how sure is that?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from closeout.web.accounts.permissions import Permission, require
from closeout.web.evidence import exports
from closeout.web.evidence.forms import DutyForm
from closeout.web.evidence.policy import LEADS, sees_small
from closeout.web.evidence.queries.measure import beside, timeliness_of
from closeout.web.evidence.queries.runs import shown_run

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

PAGE = "evidence/office_list.html"
PAGE_SIZE = 5


@require_GET
@vary_on_headers("HX-Request")
def office_list(request: SignedInRequest) -> HttpResponse:
    """Show each duty's timeliness by office, offices by name; an HTMX request gets the tables alone."""
    require(request.user, Permission.ASSESSMENT_READ)
    shown = shown_run(localdate())
    duties = timeliness_of(shown.run) if shown.run else []
    form = DutyForm(request.GET, choices=duties)
    form.is_valid()
    wanted = form.cleaned_data.get("measure", "")
    codes = [code for code, _ in duties if wanted in ("", code)]
    if shown.run and "format" in request.GET:
        require(request.user, Permission.RECOMMENDATION_EXPORT)
        table = exports.offices_table(beside(shown.run, codes, request.user), shown.run)
        return exports.as_file([table], request.GET["format"], "offices")
    page = Paginator(codes, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "shown": shown,
        "run": shown.run,
        "form": form,
        "page": page,
        "duties": beside(shown.run, list(page.object_list), request.user) if shown.run else [],
        "is_lead": request.user.role in LEADS,
        "sees_small": sees_small(request.user),
    }
    return render(request, f"{PAGE}#tables" if request.htmx else PAGE, context)
