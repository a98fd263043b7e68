"""The day a page is asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

if TYPE_CHECKING:
    from django.http import HttpRequest


def asked_day(request: HttpRequest) -> date:
    """Return the day of `?as_of=`, or today when it is missing, malformed or later than today."""
    today = localdate()
    try:
        asked = date.fromisoformat(request.GET.get("as_of", ""))
    except ValueError:
        return today
    return min(asked, today)
