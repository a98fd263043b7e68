"""The audit log's page: who did what, filtered, and whether the chain is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from closeout.web.accounts.permissions import Permission, require
from closeout.web.audit.actions import verify_chain
from closeout.web.audit.forms import EventFilter
from closeout.web.audit.models import Event

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

PAGE = "audit/event_list.html"
PAGE_SIZE = 50
CHECKED = 2000
"""Events checked each time the page is opened; `closeout audit verify` checks all."""


@require_GET
@vary_on_headers("HX-Request")
def event_list(request: SignedInRequest) -> HttpResponse:
    """Show the events, newest first; an HTMX request gets the table alone."""
    require(request.user, Permission.AUDIT_READ)
    form = EventFilter(request.GET)
    events = form.apply(Event.objects.order_by("-seq"))
    page = Paginator(events, PAGE_SIZE).get_page(request.GET.get("page"))
    count = page.paginator.count
    caption = f"{count:,} event{'' if count == 1 else 's'}, newest first"
    context = {"form": form, "page": page, "caption": caption}
    if request.htmx:
        return render(request, f"{PAGE}#table", context)
    return render(request, PAGE, context | {"check": verify_chain(last=CHECKED)})
