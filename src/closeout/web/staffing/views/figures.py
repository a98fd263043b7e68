"""The published staffing figures, worked out here and now by the functions that a run uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from closeout.assignment.levelling import level, target
from closeout.web.accounts.permissions import Permission, require
from closeout.workload.reference import checks, left_out
from closeout.workload.reference.page import said

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest


@require_GET
def published_figures(request: SignedInRequest) -> HttpResponse:
    """Show each published figure with its source, what was expected, what we got, and the residual."""
    require(request.user, Permission.STAFFING_READ)
    found = checks(level, target)
    rows = [
        {
            "check": one,
            "expected": said(one.expected),
            "got": said(one.got),
            "residual": f"{one.residual:.2g}",
        }
        for one in found
    ]
    reproduced = sum(one.is_ok for one in found)
    context = {"rows": rows, "reproduced": reproduced, "total": len(found), "left_out": left_out()}
    return render(request, "staffing/published_figures.html", context)
