"""What changed between two captures of one page, as events; nothing here ever closes anything."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from closeout.followup.matching import Match, match_records, narrative
from closeout.followup.sentences import gained_sentences
from closeout.reading.fold import fold_key
from closeout.reading.model import Position, PromiseKind, StatusBasis
from closeout.reading.speakers import one_speaker_each

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from closeout.reading.model import DocumentReading, Promise, Record, Span


class Difference(StrEnum):
    """The kinds of change between two captures."""

    ADDED = "added"
    MISSING = "missing"
    STATUS_CHANGED = "status-changed"
    READING_CHANGED = "reading-changed"
    POSITION_CHANGED = "position-changed"
    PRIORITY_CHANGED = "priority-changed"
    NARRATIVE_GREW = "narrative-grew"
    PROMISE_ADDED = "promise-added"
    PROMISE_MOVED = "promise-moved"
    PROMISE_PASSED = "promise-passed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        kind: What changed. Only `status-changed` tells of the auditor's printed word.
        older: Index of the record in the older capture; None for an added one.
        newer: Index of the record in the newer capture; None for a missing one.
        before, after: The values, in normal form where they have one; empty when there is none.
        span: Where the newer capture says it; for a missing one, where the older did.
        sentences: Of a narrative that grew, the sentences it gained.
        needs_review: The records were matched by likeness only.

    """

    kind: Difference
    older: int | None
    newer: int | None
    before: str = ""
    after: str = ""
    span: Span | None = None
    sentences: tuple[str, ...] = ()
    needs_review: bool = False


@dataclass(frozen=True, slots=True)
class _Pair:
    """The same recommendation in both captures."""

    match: Match
    readings: tuple[DocumentReading, DocumentReading]
    older: Record
    newer: Record

    def change(self, kind: Difference, **values: object) -> Change:
        return Change(
            kind,
            self.match.older,
            self.match.newer,
            needs_review=self.match.needs_review,
            **values,  # type: ignore[arg-type]
        )


def differences(older: DocumentReading, newer: DocumentReading) -> tuple[Change, ...]:
    """Return what changed from an older to a newer capture of one page.

    The order of the records makes no difference, and captures of the same bytes, or the same
    words, differ in nothing. A recommendation that is gone is `missing`, and only when the
    newer capture is known to be complete: it may have been closed, renumbered or moved, which
    the page does not say. A promise has passed when its last day lies between the dates the
    two pages say they are current at.
    """
    if older.document.sha256 == newer.document.sha256 or _same_words(older, newer):
        return ()
    found: list[Change] = []
    for match in match_records(older, newer):
        found.extend(_changes(match, older, newer))
    return tuple(sorted(found, key=_order))


def _same_words(older: DocumentReading, newer: DocumentReading) -> bool:
    text = older.document.text
    return bool(text) and fold_key(text) == fold_key(newer.document.text)


def _order(change: Change) -> tuple[object, ...]:
    last = 10**9
    newer = last if change.newer is None else change.newer
    older = last if change.older is None else change.older
    return (newer, older, change.kind.value, change.before, change.after)


def _changes(match: Match, older: DocumentReading, newer: DocumentReading) -> Iterator[Change]:
    if match.older is None and match.newer is not None:
        record = newer.records[match.newer]
        yield Change(Difference.ADDED, None, match.newer, span=record.text_span or record.status_span)
    elif match.newer is None and match.older is not None and newer.complete is True:
        record = older.records[match.older]
        yield Change(Difference.MISSING, match.older, None, span=record.text_span or record.status_span)
    elif match.older is not None and match.newer is not None:
        pair = _Pair(match, (older, newer), older.records[match.older], newer.records[match.newer])
        yield from _status_changes(pair)
        yield from _position_changes(pair)
        yield from _narrative_changes(pair)
        yield from _promise_changes(pair)
        yield from _passed_promises(pair)


def _status_changes(pair: _Pair) -> Iterator[Change]:
    older, newer = pair.older, pair.newer
    if newer.status is not None and newer.status is not older.status:
        is_printed = newer.status_basis is StatusBasis.PRINTED and not pair.readings[1].is_secondary
        kind = Difference.STATUS_CHANGED if is_printed else Difference.READING_CHANGED
        before = older.status.value if older.status else ""
        yield pair.change(kind, before=before, after=newer.status.value, span=newer.status_span)
    if newer.is_priority is not older.is_priority:
        before, after = ("yes" if each.is_priority else "no" for each in (older, newer))
        yield pair.change(Difference.PRIORITY_CHANGED, before=before, after=after, span=newer.text_span)


def _position_changes(pair: _Pair) -> Iterator[Change]:
    before, after = pair.older.position, pair.newer.position
    # A page that no longer tells the position does not take it back.
    if after is not None and before is not after and {before, after} != {Position.AGREE, Position.CONCUR}:
        said = before.value if before else ""
        yield pair.change(
            Difference.POSITION_CHANGED, before=said, after=after.value, span=pair.newer.position_span
        )


def _narrative_changes(pair: _Pair) -> Iterator[Change]:
    gained = gained_sentences(
        narrative(pair.readings[0], pair.older), narrative(pair.readings[1], pair.newer)
    )
    if gained:
        yield pair.change(Difference.NARRATIVE_GREW, span=pair.newer.narrative_span, sentences=gained)


def _promise_changes(pair: _Pair) -> Iterator[Change]:
    speakers = one_speaker_each(each.by for each in (*pair.older.promises, *pair.newer.promises))
    known = {(_subject(each, speakers), each.due.edtf) for each in pair.older.promises}
    for promise in pair.newer.promises:
        subject = _subject(promise, speakers)
        if (subject, promise.due.edtf) in known:
            continue
        known.add((subject, promise.due.edtf))
        before = [each for each in pair.older.promises if _subject(each, speakers) == subject]
        if before:
            last = max(before, key=_newness)
            yield pair.change(
                Difference.PROMISE_MOVED, before=last.due.edtf, after=promise.due.edtf, span=promise.span
            )
        else:
            yield pair.change(Difference.PROMISE_ADDED, after=promise.due.edtf, span=promise.span)


def _passed_promises(pair: _Pair) -> Iterator[Change]:
    since, until = (reading.as_of for reading in pair.readings)
    if since is None or until is None:
        return
    for due, promise in sorted({each.due.edtf: each for each in pair.newer.promises}.items()):
        if since.latest <= promise.due.latest < until.earliest:
            yield pair.change(Difference.PROMISE_PASSED, before=due, span=promise.span)


def _subject(promise: Promise, speakers: Mapping[str, str]) -> tuple[str, str, str]:
    """Return what a promise is about: its kind, who made it, and of a milestone which step."""
    step = ""
    if promise.kind is PromiseKind.MILESTONE:
        step = fold_key(promise.what) if promise.share is None else f"{promise.share:.4f}"
    return (promise.kind, speakers[promise.by], step)


def _newness(promise: Promise) -> tuple[date | int, ...]:
    said = promise.said_on.latest.toordinal() if promise.said_on else 0
    return (said, promise.span.start, promise.due.latest.toordinal())
