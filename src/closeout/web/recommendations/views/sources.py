"""The words in their source: a document's text at a span, and its page as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from closeout.reading.model import Medium
from closeout.reading.sources.pdfium import page_picture as draw
from closeout.web.accounts.permissions import Permission, require
from closeout.web.recommendations.models import Capture
from closeout.web.recommendations.queries.source import source_view

if TYPE_CHECKING:
    from closeout.web.http import SignedInRequest


@require_GET
def source_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a document's text with the span of `?start=&end=` marked."""
    require(request.user, Permission.RECOMMENDATION_READ)
    view = source_view(pk, start=_number(request, "start"), end=_number(request, "end"))
    has_pictures = view.capture.medium == Medium.PDF and view.page is not None
    return render(request, "recommendations/source_detail.html", {"view": view, "has_pictures": has_pictures})


@require_GET
@cache_control(private=True, max_age=86_400, immutable=True)
def page_picture(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """Send one page of a PDF as a picture; bytes of a capture never change."""
    require(request.user, Permission.RECOMMENDATION_READ)
    captures = Capture.objects.select_related("blob").defer("text", "reading")
    capture = get_object_or_404(captures, pk=pk, medium=Medium.PDF)
    numbers = {int(page[0]) for page in capture.pages}
    if number not in numbers:
        raise Http404
    return HttpResponse(draw(bytes(capture.blob.data), number), content_type="image/png")


def _number(request: SignedInRequest, name: str) -> int | None:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 12 else None  # noqa: PLR2004
