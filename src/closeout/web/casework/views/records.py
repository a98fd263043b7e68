"""Records: which snapshot is loaded, as of when, and when were the duties last worked out?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Max, Sum
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from closeout.web.accounts.permissions import Permission, require
from closeout.web.casework.models import Duty, Finding, Load
from closeout.web.jobs.actions import start_job

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest

WORK = {
    "casework.duties": "Work all duties out anew",
    "casework.alerts": "Fire today's alerts",
    "casework.expire": "Do what the day's passing does",
}
"""The background work of casework, by kind, with what it does."""
WHY = {
    "casework.duties": "Runs the pack's clauses and the integrity checkers over all records as they are now.",
    "casework.alerts": "Tells officers of what is coming up, due and overdue; each is told once.",
    "casework.expire": "Finds check-ins not held, reminds of the next, and marks documents that ran out.",
}


@require_GET
def records_page(request: SignedInRequest) -> HttpResponse:
    """Show what is loaded and how fresh the duties are, and offer the background work."""
    require(request.user, Permission.RECORDS_MANAGE)
    load = Load.objects.filter(is_current=True).first()
    chunks = load.chunks.values("table").annotate(rows=Sum("rows")).order_by("table") if load else []
    context = {
        "load": load,
        "tables": list(chunks),
        "computed_on": Duty.objects.aggregate(day=Max("computed_on"))["day"],
        "looked_on": Finding.objects.aggregate(day=Max("found_on"))["day"],
        "work": [(kind, title, WHY[kind]) for kind, title in WORK.items()],
    }
    return render(request, "casework/records.html", context)


@require_POST
def records_work(request: SignedInRequest, kind: str) -> HttpResponse:
    """Put one kind of background work in the queue, and show its progress."""
    require(request.user, Permission.RECORDS_MANAGE)
    if kind not in WORK:
        msg = f"no work is called {kind}"
        raise Http404(msg)
    job = start_job(by=request.user, kind=kind, title=WORK[kind], params={})
    messages.success(request, f"{WORK[kind]}: in the queue.")
    return redirect("jobs:job-detail", job.pk)
