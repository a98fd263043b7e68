"""What agencies answer to a report's draft, and which recommendation each answer is about.

The comments section speaks of all recommendations at once, of some by number or by agency, and
of others by their subject only. An answer goes to a recommendation by number first, then by
agency, then to all; a promise goes by number, else to the recommendation whose words it shares.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from closeout.reading.families.gao_addressees import expand, is_same_body
from closeout.reading.families.gao_subjects import closest
from closeout.reading.model import Position, RecommendationKind, StatementKind
from closeout.reading.statements.counts import read_scope
from closeout.reading.statements.narrative import read_narrative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.reading.clean import CleanText
    from closeout.reading.families.gao_passages import Passage
    from closeout.reading.model import Promise, Record, Span, Statement

_POSITIONS = frozenset(Position)
_NAMES_ONE = re.compile(
    r"\b(?:(?:first|second|third|fourth|fifth|sixth|last)\s+(?:\w+\s+){0,2}recommendations?"
    r"|recommendations?\s+\d)",
    re.IGNORECASE,
)
_RANK = {Position.NO_COMMENT: 1, Position.NOT_INDICATED: 1}


@dataclass(frozen=True, slots=True)
class Answers:
    """The comments on a draft.

    Attributes:
        statements: What they say, in order.
        promises: What they promise.
        position: The position on all recommendations, where one sentence takes it.
        position_span: That sentence's words.

    """

    statements: tuple[Statement, ...] = ()
    promises: tuple[Promise, ...] = ()
    position: Position | None = None
    position_span: Span | None = None


def read_answers(clean: CleanText, passage: Passage | None) -> Answers:
    """Return what the comments behind a passage of recommendations say."""
    if passage is None or passage.comments_end <= passage.end:
        return Answers()
    told = read_narrative(clean, passage.end, passage.comments_end)
    return Answers(told.statements, told.promises, told.position, told.position_span)


def with_answers(clean: CleanText, records: Sequence[Record], answers: Answers) -> list[Record]:
    """Return the records, each with the position, statements and promises that are about it."""
    asked = [record for record in records if record.kind is RecommendationKind.RECOMMENDATION]
    if not asked:
        return list(records)
    return [
        record
        if record.kind is not RecommendationKind.RECOMMENDATION
        else _answered(clean, record, asked, answers)
        for record in records
    ]


def _answered(clean: CleanText, record: Record, asked: Sequence[Record], answers: Answers) -> Record:
    positions = [
        said
        for said in answers.statements
        if said.kind is StatementKind.POSITION and said.value in _POSITIONS
    ]
    chosen = _chosen(clean, record, asked, positions)
    promises = tuple(promise for promise in answers.promises if _is_about(clean, promise, record, asked))
    spans = {promise.span for promise in promises}
    about = tuple(
        said
        for said in answers.statements
        if said is chosen
        or (said.scope and record.number in said.scope)
        or any(span in said.span for span in spans)
    )
    record = replace(record, promises=promises, statements=about)
    if chosen is None:
        return record
    return replace(
        record,
        position=Position(chosen.value),
        position_printed=chosen.printed or None,
        position_span=chosen.span,
        position_by=chosen.by,
    )


def _chosen(
    clean: CleanText, record: Record, asked: Sequence[Record], positions: Sequence[Statement]
) -> Statement | None:
    """Return the statement that takes the position on this recommendation; None when none does."""
    number = record.number or str(asked.index(record) + 1)
    numbered = [said for said in positions if number in said.scope]
    if numbered:
        return _strongest(numbered)
    general = [said for said in positions if not said.scope]
    own = [said for said in general if said.by and is_same_body(_full(clean, said.by), record.agency)]
    if own:
        return _strongest(own)
    others = [other.agency for other in asked if record.agency and other.agency != record.agency]
    free = [
        said
        for said in general
        if not any(is_same_body(_full(clean, said.by), agency) for agency in others if said.by)
    ]
    return _strongest([said for said in free if _RANK.get(Position(said.value), 0) == 0])


def _strongest(positions: Sequence[Statement]) -> Statement | None:
    """Return the first statement that takes a stand, else the first at all."""
    ranked = sorted(positions, key=lambda said: _RANK.get(Position(said.value), 0))
    return ranked[0] if ranked else None


def _full(clean: CleanText, by: str) -> str:
    words = re.sub(r"^(?:the|officials? (?:from|of))\s+", "", by, flags=re.IGNORECASE)
    return expand(words, clean.text) if words.isupper() else words


def _is_about(clean: CleanText, promise: Promise, record: Record, asked: Sequence[Record]) -> bool:
    if len(asked) == 1:
        return True
    around = _sentence_words(clean, promise)
    scope = read_scope(around).numbers if _NAMES_ONE.search(around) else ()
    if scope:
        return (record.number or str(asked.index(record) + 1)) in scope
    return closest(around, [other.text or "" for other in asked]) == asked.index(record)


def _sentence_words(clean: CleanText, promise: Promise) -> str:
    """Return the words around a promise, from the sentence's begin to its end."""
    text = clean.document.text
    start = max(
        text.rfind(". ", 0, promise.span.start),
        text.rfind(".\n", 0, promise.span.start),
        promise.span.start - 600,
    )
    end = text.find(".", promise.span.end)
    return text[max(0, start) : end if end >= 0 else len(text)]
