"""The review queue: what the reader was not sure of, one question at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from closeout.web.recommendations.models import ReviewItem, ReviewState
from closeout.web.recommendations.queries.source import Passage, source_view

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Question:
    """One review item with the source it is about and its neighbors in the queue."""

    item: ReviewItem
    passage: Passage
    start: int
    end: int
    page: int | None
    place_in_queue: int
    waiting: int
    next_pk: int | None


def queue() -> QuerySet[ReviewItem]:
    """Return the open questions, oldest first."""
    return (
        ReviewItem.objects.filter(state=ReviewState.OPEN, is_current=True)
        .select_related("capture__document", "mention", "recommendation__report")
        .defer("capture__text", "capture__reading")
        .order_by("pk")
    )


def question(pk: int) -> Question:
    """Return one question opened at the words it is about; 404 when there is none."""
    items = ReviewItem.objects.select_related("capture__document", "mention", "recommendation__report")
    item = get_object_or_404(items, pk=pk)
    start, end = _span(item)
    view = source_view(item.capture_id, start=start, end=end)
    waiting = list(queue().values_list("pk", flat=True))
    later = [each for each in waiting if each > pk]
    return Question(
        item=item,
        passage=view.passage,
        start=view.start,
        end=view.end,
        page=view.page,
        place_in_queue=waiting.index(pk) + 1 if pk in waiting else 0,
        waiting=len(waiting),
        next_pk=next((each for each in [*later, *waiting] if each != pk), None),
    )


def _span(item: ReviewItem) -> tuple[int | None, int | None]:
    span = item.detail.get("span")
    if span:
        return int(span[0]), int(span[1])
    if item.mention is not None:
        return item.mention.text_start, item.mention.text_end
    return None, None
