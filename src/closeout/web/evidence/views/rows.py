"""The rows behind a figure: keys and days, in the order of days, for those who may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from closeout.web.accounts.permissions import Permission, require
from closeout.web.evidence.actions.listings import PAGE_SIZE, ask_rows
from closeout.web.evidence.models import AssessedMeasure, MeasureResult
from closeout.web.evidence.policy import rows_office
from closeout.web.evidence.queries.listings import shown_rows
from closeout.web.evidence.queries.measure import office_labels
from closeout.web.evidence.queries.runs import shown_run
from closeout.web.jobs.actions import check_sees
from closeout.web.recommendations.actions.errors import ActionRefusedError

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from closeout.web.evidence.queries.listings import Shown
    from closeout.web.http import SignedInRequest

PAGE = "evidence/measure_rows.html"


@require_GET
@vary_on_headers("HX-Request")
def measure_rows(request: SignedInRequest, code: str) -> HttpResponse:
    """Show the rows of a figure's denominator and which count; who is first asks for them."""
    require(request.user, Permission.MEASURE_ROWS)
    office = _office(request, request.GET)
    measure = _measure(code)
    after, number = request.GET.get("after", ""), _number(request.GET.get("page", ""))
    shown = shown_rows(measure, office, after, number)
    if shown.listing is not None and number > 1 and not shown.rows:
        msg = f"no page {number} of the rows"
        raise Http404(msg)
    context = {
        "run": measure.run,
        "measure": measure,
        "office": office_labels().get(office, office),
        "office_id": office,
        "after": after,
        "shown": shown,
        "number": number,
        "caption": _caption(shown, number, is_first=not after),
        "pages": -(-shown.listing.rows // PAGE_SIZE) if shown.listing else 0,
        "result": MeasureResult.objects.filter(
            measure=measure, is_newest=True, is_total=not office, office_id=office
        ).first(),
        "sees_job": _sees_job(request, shown),
    }
    return render(request, f"{PAGE}#rows" if request.htmx else PAGE, context)


@require_POST
def rows_start(request: SignedInRequest, code: str) -> HttpResponse:
    """Put looking the rows up in the queue; the page of the rows shows how far it is, and then the rows."""
    require(request.user, Permission.MEASURE_ROWS)
    office = _office(request, request.POST)
    after = request.POST.get("after", "")
    measure = _measure(code)
    try:
        ask_rows(by=request.user, measure=measure, office=office, after=after)
    except ActionRefusedError as refusal:
        messages.error(request, f"{str(refusal)[:1].upper()}{str(refusal)[1:]}.")
    asked = urlencode({name: value for name, value in (("office", office), ("after", after)) if value})
    return redirect(f"{reverse('evidence:measure-rows', args=[code])}{'?' if asked else ''}{asked}")


def _office(request: SignedInRequest, asked: QueryDict) -> str:
    office = rows_office(request.user, asked.get("office", ""))
    if office is None:
        msg = "the rows of another office"
        raise PermissionDenied(msg)
    return office


def _measure(code: str) -> AssessedMeasure:
    run = shown_run(localdate()).run
    measure = (
        AssessedMeasure.objects.filter(run=run, code=code).select_related("run").first() if run else None
    )
    if measure is None:
        msg = f"the newest assessment has no measure {code}"
        raise Http404(msg)
    return measure


def _number(said: str) -> int:
    """Return a page's number; 1 for what is none."""
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 7 else 1  # noqa: PLR2004


def _caption(shown: Shown, number: int, *, is_first: bool) -> str:
    first = (number - 1) * PAGE_SIZE + 1
    total = shown.listing.rows if shown.listing else 0
    more = " looked up here" if shown.listing and (shown.listing.then or not is_first) else ""
    return f"Rows {first:,}–{first + len(shown.rows) - 1:,} of {total:,}{more}, by day"


def _sees_job(request: SignedInRequest, shown: Shown) -> bool:
    """Say whether somebody may open the job that looks the rows up; the page says the rest."""
    if shown.job is None:
        return False
    try:
        check_sees(request.user, shown.job)
    except PermissionDenied:
        return False
    return True
