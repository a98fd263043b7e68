"""Keep each record as a mention of its recommendation."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from closeout.web.recommendations.ingest.captures import storable
from closeout.web.recommendations.ingest.records import anchor, plain_record
from closeout.web.recommendations.models import Mention
from closeout.web.recommendations.rows import assign, save_changed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from closeout.reading.register import Register
    from closeout.web.recommendations.ingest.joinables import Joinable
    from closeout.web.recommendations.models import Recommendation

_COLUMNS = ("index", "record", "text_start", "text_end", "page", "recommendation", "is_current")


def sync_mentions(
    register: Register, joinables: Sequence[Joinable], stored: Mapping[str, Recommendation]
) -> dict[int, set[int]]:
    """Store the mentions of every record; return those that moved, by the recommendation they moved to.

    Afterwards each `Joinable.mentions` is full.
    """
    home = {place: stored[entry.key].pk for entry in register.entries for place in entry.records}
    _clear_places(joinables)
    changed, moved = [], defaultdict(set)
    fresh: list[tuple[Joinable, int, Mention]] = []
    for document, each in enumerate(joinables):
        for record, mention in enumerate(each.mentions):
            columns = _columns(each, record, home[document, record])
            if mention is None:
                fresh.append((each, record, Mention(capture=each.capture, **columns)))
                continue
            before = mention.recommendation_id
            if assign(mention, columns):
                changed.append(mention)
            if mention.recommendation_id != before:
                moved[home[document, record]].add(mention.pk)
    save_changed(changed, _COLUMNS)
    Mention.objects.bulk_create([mention for _, _, mention in fresh], batch_size=500)
    for each, record, mention in fresh:
        each.mentions[record] = mention
    return moved


def _clear_places(joinables: Sequence[Joinable]) -> None:
    """Free the places of mentions that are gone or shift, for a place may be taken only once."""
    for each in joinables:
        shifting = [
            mention.pk
            for record, mention in enumerate(each.mentions)
            if mention is not None and mention.is_current and mention.index != each.indexes[record]
        ]
        gone = [mention.pk for mention in each.gone]
        if shifting or gone:
            Mention.objects.filter(pk__in=[*shifting, *gone]).update(is_current=False)
            for mention in each.mentions:
                if mention is not None and mention.pk in shifting:
                    mention.is_current = False


def _columns(each: Joinable, record: int, recommendation_id: int) -> dict[str, Any]:
    read = each.reading.records[record]
    span = anchor(read)
    return {
        "index": each.indexes[record],
        "record": storable(plain_record(read)),
        "text_start": span.start if span else None,
        "text_end": span.end if span else None,
        "page": each.capture.page_of(span.start) if span else None,
        "recommendation_id": recommendation_id,
        "is_current": True,
    }
