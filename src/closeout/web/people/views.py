"""People and roles: who may do what, and who is who."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

if TYPE_CHECKING:
    from django.http import HttpResponse

    from closeout.web.http import SignedInRequest


@require_GET
def person_list(request: SignedInRequest) -> HttpResponse:
    """Show the permission table to everybody and the people to those who may see them."""
    return render(request, "people/person_list.html")
