"""Background jobs: how far they are and what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from closeout.web.accounts.permissions import Permission, require

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest


@require_GET
def job_list(request: SignedInRequest) -> HttpResponse:
    """Show the jobs, newest first."""
    require(request.user, Permission.JOB_READ)
    return render(request, "jobs/job_list.html")
