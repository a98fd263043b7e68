"""Taking back what one recorded, within ten minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from closeout.web.accounts.permissions import Permission, require
from closeout.web.audit.models import Event
from closeout.web.casework.actions.errors import ActionRefusedError
from closeout.web.casework.actions.undoing import undo

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest


@require_POST
def undo_step(request: SignedInRequest, seq: int) -> HttpResponse:
    """Take back the step that an event tells of, and return to the day."""
    require(request.user, Permission.CASE_WORK)
    try:
        undo(by=request.user, event_seq=seq)
    except (ActionRefusedError, PermissionDenied, Event.DoesNotExist) as refusal:
        messages.error(request, str(refusal) or "that cannot be taken back")
    else:
        messages.success(request, "Taken back. Both the step and its undoing stay in the log.")
    return redirect("casework:my-day")
