"""The curve of an office: asked for on the office's page, and its chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from closeout.web.accounts.permissions import Permission, require
from closeout.web.casework.actions.errors import ActionRefusedError
from closeout.web.casework.views.unit import office_or_404
from closeout.web.staffing import charts
from closeout.web.staffing.actions.answers import may_ask
from closeout.web.staffing.actions.scenarios import CURVE_KIND, ask_curve
from closeout.web.staffing.forms_plans import CurveForm
from closeout.web.staffing.models.scenarios import OfficeCurve
from closeout.web.staffing.policy import sees_office
from closeout.web.staffing.queries.scenarios import curve_points, newest_curve, unfinished
from closeout.web.staffing.views.offices import is_narrow
from closeout.web.staffing.wording import sentence

if TYPE_CHECKING:
    from closeout.web.accounts.models import User
    from closeout.web.http import SignedInRequest


def curve_shown(user: User, office_id: str, kind: str) -> dict[str, Any]:
    """Return what an office's page shows of its curve: the newest one, its job, and a form to ask for one."""
    can_ask = may_ask(user, office_id)
    return {
        "curve": newest_curve(office_id, kind),
        "curve_job": unfinished(CURVE_KIND, office_id=office_id),
        "curve_form": CurveForm(initial={"kind": kind}) if can_ask else None,
    }


@require_POST
def curve_start(request: SignedInRequest, office_id: str) -> HttpResponse:
    """Put the working out of an office's curve in the queue, and show its progress."""
    require(request.user, Permission.STAFFING_PLAN)
    office_or_404(office_id)
    back = reverse("staffing:office-detail", args=[office_id]) + "#on-time"
    form = CurveForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(back)
    try:
        job = ask_curve(by=request.user, office_id=office_id, **form.asked())
    except ActionRefusedError as refusal:
        messages.error(request, sentence(refusal))
        return redirect(back)
    messages.success(request, "In the queue. The office's page shows the curve when it is done.")
    return redirect("jobs:job-detail", job.pk)


@require_GET
def curve_chart(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the chart of a curve as SVG."""
    require(request.user, Permission.STAFFING_READ)
    curve = OfficeCurve.objects.filter(pk=pk).first()
    if curve is None or not sees_office(request.user, curve.office_id):
        msg = f"no curve {pk}"
        raise Http404(msg)
    target, now = curve.result["target"]["share"], curve.result["now"]
    svg = charts.curve_chart(curve_points(curve), target=target, at=now, is_narrow=is_narrow(request))
    return HttpResponse(svg, content_type="image/svg+xml")
