"""Reading: the list, one recommendation, counts, captures, words at a span."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - ninja reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate
from ninja import Query, Router, Schema
from pydantic import Field

from closeout.api.schemas import (
    MOST_ID,
    CapturesOut,
    CountsOut,
    Id,
    ListingOut,
    PassageOut,
    Refusal,
    StoryOut,
)
from closeout.api.telling import capture_out, story_out
from closeout.web.accounts.permissions import Permission, require
from closeout.web.http import SignedInRequest  # noqa: TC001 - ninja reads the annotations
from closeout.web.recommendations.models import Capture
from closeout.web.recommendations.queries.listing import Filters, Group, Order, counts, listing
from closeout.web.recommendations.queries.source import source_view
from closeout.web.recommendations.queries.story import find, story

if TYPE_CHECKING:
    from closeout.web.recommendations.queries.listing import Counts, Listing

router = Router(tags=["recommendations"])
REFUSALS = {401: Refusal, 403: Refusal, 404: Refusal, 422: Refusal}


class ListQuery(Schema):
    """What narrows and orders the list."""

    words: Annotated[str, Field(max_length=200)] = ""
    report: Id | None = None
    agency: Id | None = None
    status: Annotated[str, Field(max_length=40)] = ""
    progress: Annotated[str, Field(max_length=40)] = ""
    group: Group | None = None
    overdue: bool = False
    incomplete: bool = False
    priority: bool = False
    order: Order = Order.REPORT
    descending: bool = False
    page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    size: Annotated[int, Field(ge=1, le=200)] = 50
    as_of: date | None = None


@router.get("/recommendations", response={200: ListingOut, **REFUSALS})
def list_recommendations(request: SignedInRequest, asked: Query[ListQuery]) -> Listing:
    """Return one page of the recommendations under the filters."""
    require(request.user, Permission.RECOMMENDATION_READ)
    filters = Filters(
        words=asked.words,
        report=asked.report,
        agency=asked.agency,
        status=asked.status,
        progress=asked.progress,
        group=asked.group.value if asked.group else "",
        is_overdue=asked.overdue,
        is_incomplete=asked.incomplete,
        is_priority=asked.priority,
    )
    return listing(
        filters,
        as_of=_day(asked.as_of),
        order=asked.order,
        is_descending=asked.descending,
        page=asked.page,
        size=asked.size,
    )


@router.get("/counts", response={200: CountsOut, **REFUSALS})
def get_counts(request: SignedInRequest, as_of: date | None = None) -> Counts:
    """Return the register's counts as of a day (today, and never a later one, by default)."""
    require(request.user, Permission.RECOMMENDATION_READ)
    return counts(as_of=_day(as_of))


@router.get("/recommendations/{recommendation_id}", response={200: StoryOut, **REFUSALS})
def get_recommendation(
    request: SignedInRequest, recommendation_id: Id, as_of: date | None = None
) -> dict[str, Any]:
    """Return one recommendation's whole story as it was known on a day."""
    require(request.user, Permission.RECOMMENDATION_READ)
    return story_out(story(find(recommendation_id), as_of=_day(as_of)))


@router.get("/captures", response={200: CapturesOut, **REFUSALS}, tags=["documents"])
def list_captures(
    request: SignedInRequest, page: Annotated[int, Field(ge=1, le=1_000_000)] = 1
) -> dict[str, Any]:
    """Return the captures of all documents, newest first, 50 a page."""
    require(request.user, Permission.RECOMMENDATION_READ)
    captures = Capture.objects.select_related("document").defer("text", "reading").order_by("-got_at", "-pk")
    shown = Paginator(captures, 50).get_page(page)
    rows = [capture_out(each) for each in shown]
    return {"total": shown.paginator.count, "page": shown.number, "rows": rows}


@router.get("/captures/{capture_id}/words", response={200: PassageOut, **REFUSALS}, tags=["documents"])
def get_words(
    request: SignedInRequest,
    capture_id: Id,
    start: Annotated[int, Field(ge=0, le=MOST_ID)],
    end: Annotated[int, Field(ge=0, le=MOST_ID)],
) -> dict[str, Any]:
    """Return the words at [start, end) of a capture's text; a span past its end is cut there."""
    require(request.user, Permission.RECOMMENDATION_READ)
    get_object_or_404(Capture.objects.only("pk"), pk=capture_id)
    view = source_view(capture_id, start=start, end=end)
    return {
        "capture": capture_id,
        "start": view.start,
        "end": view.end,
        "page": view.page,
        "words": view.passage.words,
    }


def _day(asked: date | None) -> date:
    today = localdate()
    return min(asked, today) if asked else today
