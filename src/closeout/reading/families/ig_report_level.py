"""What a report says of all its recommendations: how many, who concurs, what the auditor thinks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from closeout.reading.families.ig_positions import Stance, read_stances
from closeout.reading.families.ig_sentences import paragraph_end
from closeout.reading.model import Statement, StatementKind
from closeout.reading.statements.counts import COUNT, parse_count
from closeout.reading.statements.sentences import split_sentences
from closeout.reading.statements.status import StatusClaim, read_statuses

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from closeout.reading.clean import CleanText
    from closeout.reading.families.ig_items import Range
    from closeout.reading.model import Span

_TALKS = re.compile(r"\brecommendations?\b", re.IGNORECASE)
_DECLARED = re.compile(
    rf"\b(?:made|makes?|making|contains?|issued|offers?|includes?|following|all|our"
    rf"|the(?= \w+ recommendations? (?:in|to|aimed|contained)))"
    rf"\s+(?P<words>(?P<count>{COUNT})\s+(?:\w+\s+)?recommendations?)\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"\b(?:contains?|makes?|made|making|made|have|has|are making|includes?) no (?:new "
    r"|formal )?recommendations\b",
    re.IGNORECASE,
)
_CLOSEOUT = re.compile(r"\bclose-?out (?:letter|memorandum|request)\b", re.IGNORECASE)
_CLOSEOUT_GOES_ON = re.compile(
    r"clos(?:e|ing|ure|eout)|evidence\s+of\s+completion|accompanied\s+by|\w@\w|\[email", re.IGNORECASE
)
_BEFORE = 400
_PARAGRAPH_REACH = 2_000
_AFTER = 500


def declared_count(
    clean: CleanText, start: int = 0, end: int | None = None
) -> tuple[int | None, Span | None]:
    """Return how many recommendations the document says it makes, and the words.

    "Contains no recommendations" is a declared zero; silence is None.
    """
    stop = len(clean.text) if end is None else end
    for found in _DECLARED.finditer(clean.text, start, stop):
        count = parse_count(found["count"])
        if count:
            return count, clean.original(found.start("words"), found.end("words"))
    none = _NONE.search(clean.text, start, stop)
    return (0, clean.original(none.start(), none.end())) if none else (None, None)


def said_of_all(
    clean: CleanText, aside: Sequence[Range]
) -> tuple[tuple[Stance, ...], tuple[tuple[StatusClaim, int], ...]]:
    """Return the positions and statuses stated outside the items, with where their sentences start.

    Args:
        clean: The text.
        aside: Ranges of the items' answers and analyses, left out.

    """
    stances: list[Stance] = []
    claims: list[tuple[StatusClaim, int]] = []
    for first, stop in _sentences(clean.text, aside):
        stances.extend(
            stance
            for stance in read_stances(clean.text, first, stop)
            if _is_on_recommendations(clean.text, stance)
        )
        claims.extend((claim, first) for claim in read_statuses(clean.text[first:stop]))
    return tuple(stances), tuple(claims)


def status_statements(clean: CleanText, claims: Sequence[tuple[StatusClaim, int]]) -> tuple[Statement, ...]:
    """Return the statuses as statements of the whole document; the span is the telling words'."""
    return tuple(
        Statement(
            StatementKind.STATUS,
            clean.original(offset + claim.value_start, offset + claim.end),
            clean.words(offset + claim.value_start, offset + claim.end),
            value=claim.status.value,
            printed=claim.printed,
            scope=claim.scope.numbers,
        )
        for claim, offset in claims
    )


def status_of(claims: Sequence[tuple[StatusClaim, int]], number: str) -> tuple[StatusClaim, int] | None:
    """Return the status that holds for a number: one that names it, else one on all."""
    named = [found for found in claims if number in found[0].scope.numbers]
    if named:
        return named[-1]
    every = [found for found in claims if _is_on_all(found[0])]
    return every[-1] if len({claim.status for claim, _ in every}) == 1 else None


def closeout_rule(clean: CleanText, by: str) -> Statement | None:
    """Return what the auditor wants sent once everything is implemented, mailbox included."""
    text = clean.text
    found = _CLOSEOUT.search(text)
    if found is None:
        return None
    left = text.rfind("\n\n", max(0, found.start() - _PARAGRAPH_REACH), found.start()) + 1
    paragraph = paragraph_end(text, found.start(), len(text))
    told = split_sentences(text, max(left, found.start() - _PARAGRAPH_REACH), paragraph)
    first = next(index for index, sentence in enumerate(told) if found.start() < sentence.end)
    last = first
    while last + 1 < len(told) and _CLOSEOUT_GOES_ON.search(text, *told[last + 1]):
        last += 1
    start, stop = told[first].start, told[last].end
    return Statement(
        StatementKind.NEED, clean.original(start, stop), clean.words(start, stop), value="closeout", by=by
    )


def _sentences(text: str, aside: Sequence[Range]) -> Iterator[tuple[int, int]]:
    """Yield each sentence outside `aside` that speaks of recommendations, once."""
    reached = 0
    for found in _TALKS.finditer(text):
        if found.start() < reached or any(start <= found.start() < end for start, end in aside):
            continue
        left = max(
            reached,
            text.rfind("\n\n", max(0, found.start() - _BEFORE), found.start()),
            found.start() - _BEFORE,
        )
        for first, stop in split_sentences(text, left, min(len(text), found.end() + _AFTER)):
            if first <= found.start() < stop:
                reached = stop
                yield first, stop
                break


def _is_on_all(claim: StatusClaim) -> bool:
    scope = claim.scope
    return not scope.numbers and not scope.is_rest and (scope.is_all or scope.count is None)


def _is_on_recommendations(text: str, stance: Stance) -> bool:
    return "ecommendation" in text[stance.start : stance.end]
