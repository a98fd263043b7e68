"""What changed between two captures of one document, kept as events. Nothing here closes anything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from closeout.followup.differences import differences
from closeout.web.recommendations.ingest.captures import storable
from closeout.web.recommendations.models import Capture, CaptureEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from closeout.followup.differences import Change
    from closeout.web.recommendations.ingest.joinables import Joinable


def add_changes(joinables: Sequence[Joinable], new: set[int], now: datetime) -> None:
    """Compare each new capture with the one of the same document before it; add an event a difference."""
    for older, newer in _successions(joinables, new):
        texts = dict(
            Capture.objects.filter(pk__in=[older.capture.pk, newer.capture.pk]).values_list("pk", "text")
        )
        one, other = (
            replace(each.reading, document=replace(each.reading.document, text=texts[each.capture.pk]))
            for each in (older, newer)
        )
        CaptureEvent.objects.bulk_create(
            [_event(change, older, newer, now) for change in differences(one, other)]
        )


def _successions(joinables: Sequence[Joinable], new: set[int]) -> Iterable[tuple[Joinable, Joinable]]:
    before: dict[int, Joinable] = {}
    for each in sorted(joinables, key=lambda each: (each.capture.got_at, each.capture.pk)):
        older = before.get(each.capture.document_id)
        if older is not None and each.capture.pk in new:
            yield older, each
        before[each.capture.document_id] = each


def _event(change: Change, older: Joinable, newer: Joinable, now: datetime) -> CaptureEvent:
    mention = None
    if change.newer is not None:
        mention = newer.mentions[change.newer]
    elif change.older is not None:
        mention = older.mentions[change.older]
    detail: dict[str, Any] = {
        "before": change.before,
        "after": change.after,
        "sentences": list(change.sentences),
        "needs_review": change.needs_review,
        "span": [change.span.start, change.span.end] if change.span else None,
        "mention": mention.pk if mention else None,
    }
    return CaptureEvent(
        older=older.capture,
        newer=newer.capture,
        recommendation_id=mention.recommendation_id if mention else None,
        kind=change.kind.value,
        detail=storable(detail),
        at=now,
    )
