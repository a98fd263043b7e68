"""Which record of a newer capture is which of an older one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.reading.fold import fold_key
from closeout.reading.joining import DoubtKind, Register, join

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from closeout.reading.model import DocumentReading, Record


@dataclass(frozen=True, slots=True)
class Match:
    """A record of the older capture and the same one of the newer; None where it has no partner."""

    older: int | None
    newer: int | None
    needs_review: bool = False


class _Unmatched:
    """The records of both captures that have no partner yet, and the pairs found."""

    def __init__(self, older: DocumentReading, newer: DocumentReading) -> None:
        self.readings = (older, newer)
        self.left = (set(range(len(older.records))), set(range(len(newer.records))))
        self.found: list[Match] = []

    def pair(self, older: int, newer: int, *, needs_review: bool = False) -> None:
        self.left[0].discard(older)
        self.left[1].discard(newer)
        self.found.append(Match(older, newer, needs_review))

    def pair_by(
        self,
        key: Callable[[DocumentReading, Record], Hashable],
        among: Sequence[Iterable[int]] | None = None,
    ) -> None:
        """Pair what has equal keys, where both captures have as many of a key."""
        sides: list[defaultdict[Hashable, list[int]]] = [defaultdict(list), defaultdict(list)]
        for side, reading in enumerate(self.readings):
            chosen = self.left[side] if among is None else self.left[side] & set(among[side])
            for index in sorted(chosen):
                sides[side][key(reading, reading.records[index])].append(index)
        for value, olds in sides[0].items():
            news = sides[1].get(value, [])
            if len(olds) == len(news):
                for one, other in zip(olds, news, strict=True):
                    self.pair(one, other)


def match_records(older: DocumentReading, newer: DocumentReading) -> tuple[Match, ...]:
    """Return every record of both captures, each once, in pairs or alone.

    What is wholly alike is paired first; then what joining finds to be one recommendation (by
    report and number, else by report and words, rows of several agencies by the agency); then
    what shares all but its statements; and last, marked for review, what only reads alike.
    """
    unmatched = _Unmatched(older, newer)
    unmatched.pair_by(_whole)
    register = join((older, newer))
    for entry in register.entries:
        among = [[record for document, record in entry.records if document == side] for side in (0, 1)]
        unmatched.pair_by(_agency, among)
        unmatched.pair_by(lambda _reading, _record: None, among)
    unmatched.pair_by(_asked)
    _pair_alike(unmatched, register)
    alone_before = [Match(index, None) for index in sorted(unmatched.left[0])]
    alone_after = [Match(None, index) for index in sorted(unmatched.left[1])]
    return (*unmatched.found, *alone_before, *alone_after)


def _pair_alike(unmatched: _Unmatched, register: Register) -> None:
    records = {entry.key: entry.records for entry in register.entries}
    doubts = [doubt for doubt in register.doubts if doubt.kind is DoubtKind.LIKE_TEXTS]
    for doubt in sorted(doubts, key=lambda doubt: (-(doubt.likeness or 0), doubt.keys)):
        places = [place for key in doubt.keys for place in records[key]]
        olds = [record for side, record in places if side == 0 and record in unmatched.left[0]]
        news = [record for side, record in places if side == 1 and record in unmatched.left[1]]
        if len(olds) == 1 and len(news) == 1:
            unmatched.pair(olds[0], news[0], needs_review=True)


def narrative(reading: DocumentReading, record: Record) -> str:
    """Return what a document tells about a recommendation, as it stands in its text."""
    span = record.narrative_span
    return span.of(reading.document.text) if span else ""


def _agency(_reading: DocumentReading, record: Record) -> str:
    return fold_key(record.agency)


def _asked(_reading: DocumentReading, record: Record) -> tuple[str, ...]:
    words = (record.report_number, record.report_title, record.number or "", record.text or "", record.agency)
    return tuple(fold_key(each) for each in words)


def _whole(reading: DocumentReading, record: Record) -> tuple[object, ...]:
    promised = tuple(sorted((each.kind.value, each.due.edtf, each.by) for each in record.promises))
    said = fold_key(narrative(reading, record))
    return (_asked(reading, record), record.status, record.position, record.is_priority, promised, said)
