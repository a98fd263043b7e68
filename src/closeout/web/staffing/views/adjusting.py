"""What adjustments rest on: what officers answered, and what panels estimated in their two rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from closeout.web.accounts.permissions import Permission, require
from closeout.web.staffing.queries.adjusting import answered, estimated
from closeout.workload.study.adjust import LEAST_ANSWERS, LEAST_PANEL

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest


@require_GET
def adjustment_basis(request: SignedInRequest) -> HttpResponse:
    """Show the survey and the panels' rounds, by activity."""
    require(request.user, Permission.STUDY_MANAGE)
    context = {
        "answers": answered(),
        "rounds": estimated(),
        "least_answers": LEAST_ANSWERS,
        "least_panel": LEAST_PANEL,
    }
    return render(request, "staffing/adjustment_basis.html", context)
