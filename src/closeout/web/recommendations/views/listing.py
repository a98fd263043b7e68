"""The list: which recommendations are open, and which need me now?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from closeout.web.accounts.permissions import Permission, require
from closeout.web.recommendations.forms import FilterForm
from closeout.web.recommendations.queries.listing import PAGE_SIZE, Counts, Group, counts, listing
from closeout.web.recommendations.views.days import asked_day

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

PAGE = "recommendations/recommendation_list.html"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A group of the list as a link with its count."""

    label: str
    count: int
    query: str
    is_current: bool


@require_GET
@vary_on_headers("HX-Request")
def recommendation_list(request: SignedInRequest) -> HttpResponse:
    """Show the recommendations under the filters; an HTMX request gets the table alone."""
    require(request.user, Permission.RECOMMENDATION_READ)
    as_of = asked_day(request)
    form = FilterForm(request.GET)
    filters = form.filters()
    order, is_descending = form.order()
    shown = listing(filters, as_of=as_of, order=order, is_descending=is_descending, page=form.page())
    plural = "" if shown.total == 1 else "s"
    context = {
        "form": form,
        "filters": filters,
        "listing": shown,
        "page": _page(shown.total, shown.page),
        "caption": f"{shown.total:,} recommendation{plural}" + (" under these filters" if filters else ""),
        "as_of": as_of,
        "query": request.GET.urlencode(),
    }
    if request.htmx:
        return render(request, f"{PAGE}#table", context)
    summary = counts(as_of=as_of)
    return render(
        request, PAGE, context | {"counts": summary, "shortcuts": _shortcuts(summary, filters.group)}
    )


def _page(total: int, number: int) -> object:
    """Return a page for the pagination component; the rows themselves come from the query."""
    return Paginator(range(total), PAGE_SIZE).get_page(number)


def _shortcuts(summary: Counts, current: str) -> list[Shortcut]:
    found = (
        (Group.CLOCK, "Owed by rule within 30 days or late", summary.clocks),
        (Group.MISSED, "Promise missed", summary.missed),
        (Group.EVIDENCE, "Evidence ready", summary.evidence),
        (Group.CONFLICT, "Sources disagree", summary.conflicts),
        (Group.REVIEW, "Reading in doubt", summary.in_review),
    )
    return [
        Shortcut(label, count, urlencode({"group": group.value}), group == current)
        for group, label, count in found
    ]
