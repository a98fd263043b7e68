"""The captures that take part in a join: their readings with corrections, and their mentions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from closeout.web.recommendations.ingest.captures import reading_of
from closeout.web.recommendations.ingest.corrections import corrected
from closeout.web.recommendations.ingest.records import anchor
from closeout.web.recommendations.models import Capture, Correction, JoinKey, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from closeout.reading.model import DocumentReading, Record

Item = TypeVar("Item")
_AT_ONCE = 500


@dataclass(slots=True)
class Joinable:
    """One capture in a join.

    Attributes:
        capture: Its row, without text and reading.
        reading: What was read, without the document's text; corrected, and without the records
            that a person said are no recommendations.
        indexes: Of each record of `reading`, its place among all records the reader found.
        mentions: The mention kept for each record of `reading`; None for one not kept yet.
        rejected: The mentions a person rejected, by place.
        gone: Mentions that this reading no longer yields.

    """

    capture: Capture
    reading: DocumentReading
    indexes: list[int]
    mentions: list[Mention | None]
    rejected: dict[int, Mention]
    gone: list[Mention]


def hanging_together(capture_ids: Iterable[int]) -> set[int]:
    """Return these captures and all that share a join key with them, directly or through others."""
    found = frontier = set(capture_ids)
    while frontier:
        keys: set[str] = set()
        for some in batches(sorted(frontier), _AT_ONCE):
            keys.update(JoinKey.objects.filter(capture__in=some).values_list("key", flat=True))
        reached: set[int] = set()
        for batch in batches(sorted(keys), _AT_ONCE):
            reached.update(JoinKey.objects.filter(key__in=batch).values_list("capture", flat=True))
        frontier = reached - found
        found = found | frontier
    return found


def batches(items: Sequence[Item], size: int) -> Iterator[list[Item]]:
    """Yield the items in lists of at most `size`: databases limit the parameters of a query."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def load(capture_ids: Iterable[int]) -> list[Joinable]:
    """Return the captures as they take part in a join, in the order of their ids."""
    ids = sorted(capture_ids)
    mentions: defaultdict[int, list[Mention]] = defaultdict(list)
    corrections: defaultdict[int, list[Correction]] = defaultdict(list)
    joinables = []
    for some in batches(ids, _AT_ONCE):
        for mention in Mention.objects.filter(capture__in=some).order_by("pk"):
            mentions[mention.capture_id].append(mention)
        for correction in Correction.objects.filter(mention__capture__in=some).order_by("at", "pk"):
            corrections[correction.mention_id].append(correction)
        for capture in Capture.objects.filter(pk__in=some).defer("text").order_by("pk"):
            joinables.append(_joinable(capture, mentions[capture.pk], corrections))
            # The JSON is large and parsed now; thousands of captures are loaded at once.
            del capture.reading
    return joinables


def _joinable(
    capture: Capture, mentions: Sequence[Mention], corrections: defaultdict[int, list[Correction]]
) -> Joinable:
    reading = reading_of(capture)
    places = _places(reading.records, mentions)
    rejected = {index: mention for index, mention in places.items() if mention.is_rejected}
    indexes = [index for index in range(len(reading.records)) if index not in rejected]
    records, kept = [], []
    for index in indexes:
        mention = places.get(index)
        record = reading.records[index]
        records.append(corrected(record, corrections[mention.pk]) if mention else record)
        kept.append(mention)
    placed = {mention.pk for mention in places.values()}
    return Joinable(
        capture=capture,
        reading=replace(reading, records=tuple(records)),
        indexes=indexes,
        mentions=kept,
        rejected=rejected,
        gone=[mention for mention in mentions if mention.pk not in placed and mention.is_current],
    )


def _places(records: Sequence[Record], mentions: Sequence[Mention]) -> dict[int, Mention]:
    """Return the mention of each record: by where it stands, else by its number, else by its place.

    A newer extractor may find more or fewer records, or draw a span a little otherwise; what
    people decided about a mention must stay with it.
    """
    places: dict[int, Mention] = {}
    left = list(mentions)
    for is_same in (_same_span, _overlapping, _same_number):
        for index, record in enumerate(records):
            if index in places:
                continue
            if found := next((each for each in left if is_same(record, each, index)), None):
                places[index] = found
                left.remove(found)
    return places


def _same_span(record: Record, mention: Mention, _index: int) -> bool:
    span = anchor(record)
    return span is not None and (mention.text_start, mention.text_end) == (span.start, span.end)


def _overlapping(record: Record, mention: Mention, _index: int) -> bool:
    span = anchor(record)
    if span is None or mention.text_start is None or mention.text_end is None:
        return False
    shared = min(span.end, mention.text_end) - max(span.start, mention.text_start)
    return 2 * shared > min(span.end - span.start, mention.text_end - mention.text_start)


def _same_number(record: Record, mention: Mention, index: int) -> bool:
    if record.number:
        return bool(mention.record.get("number") == record.number and mention.text_start is None)
    return mention.text_start is None and mention.index == index
