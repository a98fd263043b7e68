"""Differences between two captures of a page, in words and with the place that shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.followup.statuses import POSITION_LABELS, STATUS_LABELS
from closeout.web.recommendations.models import CaptureEvent
from closeout.web.recommendations.queries.places import Place, place_of

if TYPE_CHECKING:
    from closeout.web.recommendations.models import Document, Recommendation

_LABELS = {
    str(value): label for labels in (STATUS_LABELS, POSITION_LABELS) for value, label in labels.items()
}


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: its kind, the recommendation, words, and where the newer capture shows it."""

    kind: str
    rec: Recommendation | None
    words: str
    place: Place


def changes_of(document: Document) -> list[Change]:
    """Return what changed from each capture of a document to the next, newest captures first."""
    events = (
        CaptureEvent.objects.filter(newer__document=document)
        .select_related("recommendation__report", "newer__document")
        .defer("newer__text", "newer__reading", "recommendation__text")
        .order_by("-newer__got_at", "pk")
    )
    return [change_of(event) for event in events]


def change_of(event: CaptureEvent) -> Change:
    """Return one difference in words; the event's newer capture and its document must be loaded."""
    start, end = event.detail.get("span") or (None, None)
    return Change(
        kind=event.kind.replace("-", " ").capitalize(),
        rec=event.recommendation,
        words=_words(event.detail),
        place=place_of(event.newer, start, end),
    )


def _words(detail: dict[str, object]) -> str:
    before, after = _label(detail.get("before")), _label(detail.get("after"))
    if before and after:
        return f"{before} became {after}"
    if after or before:
        return after or f"no longer: {before}"
    sentences = detail.get("sentences")
    return " ".join(map(str, sentences)) if isinstance(sentences, list) else str(detail.get("words") or "")


def _label(value: object) -> str:
    return _LABELS.get(str(value), str(value)) if value else ""
