"""What documents contradict each other on, apart from what a later one merely brings up to date."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from closeout.reading.claims import (
    Claim,
    Voice,
    completion_claims,
    is_history,
    overlap,
    position_claims,
    promised_days,
    status_claims,
)
from closeout.reading.fold import fold_space
from closeout.reading.identity import is_ordinal, recommendation_number
from closeout.reading.model import AuditorStatus
from closeout.reading.outlines import solid
from closeout.reading.register import Conflict, ConflictField, ConflictValue, Source
from closeout.reading.speakers import may_be_one

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_OPEN = frozenset(
    {AuditorStatus.UNRESOLVED_OPEN, AuditorStatus.RESOLVED_OPEN, AuditorStatus.PARTIALLY_ADDRESSED}
)


def entry_conflicts(voices: Sequence[Voice]) -> tuple[Conflict, ...]:
    """Return the fields over which the documents contradict each other on one recommendation.

    A value said later than another is history, not a conflict; so is a new date for a promise.
    What is said at the same time, or at a time that nothing tells, cannot both be right.
    """
    found = (
        _completion(voices),
        _disagreement(ConflictField.POSITION, position_claims(voices), _positions_differ),
        _disagreement(ConflictField.STATUS, status_claims(voices), _statuses_differ),
        _disagreement(ConflictField.NUMBER, _number_claims(voices), _numbers_differ),
        _disagreement(ConflictField.TEXT, _text_claims(voices), texts_differ),
    )
    return tuple(conflict for conflict in found if conflict is not None)


def _completion(voices: Sequence[Voice]) -> Conflict | None:
    claims = completion_claims(voices)
    promised = promised_days(voices)

    def differ(one: Claim, other: Claim) -> bool:
        if one.is_secondary == other.is_secondary:
            return one.value is not None and other.value is not None and _days_differ(one, other)
        second, first = (one, other) if one.is_secondary else (other, one)
        if first.value is None:
            return not promised
        return second.value not in promised and _apart(one, other)

    return _disagreement(ConflictField.COMPLETION, claims, differ)


def _days_differ(one: Claim, other: Claim) -> bool:
    return not is_history(one, other) and _apart(one, other)


def _apart(one: Claim, other: Claim) -> bool:
    if one.days is None or other.days is None:
        return one.value != other.value
    return not overlap(one.days, other.days)


def _positions_differ(one: Claim, other: Claim) -> bool:
    return one.value != other.value and may_be_one(one.by, other.by) and not is_history(one, other)


def _statuses_differ(one: Claim, other: Claim) -> bool:
    values = {one.value, other.value}
    if AuditorStatus.OPEN_UNKNOWN in values and values & _OPEN:
        return False
    return len(values) > 1 and not is_history(one, other)


def _numbers_differ(one: Claim, other: Claim) -> bool:
    first, second = (recommendation_number(each.value or "") for each in (one, other))
    return first != second and is_ordinal(first) == is_ordinal(second)


def texts_differ(one: Claim, other: Claim) -> bool:
    """Say whether two printings differ in more than that one is cut short or has a lead-in."""
    first, second = solid(one.value or ""), solid(other.value or "")
    return first not in second and second not in first


def _number_claims(voices: Iterable[Voice]) -> list[Claim]:
    return [
        Claim(f"{voice.record.number}{voice.record.part}", voice.record.text_span, voice)
        for voice in voices
        if voice.record.number
    ]


def _text_claims(voices: Iterable[Voice]) -> list[Claim]:
    return [
        Claim(fold_space(voice.record.text), voice.record.text_span, voice)
        for voice in voices
        if voice.record.text and not voice.record.is_truncated and not voice.record.is_withheld
    ]


def _disagreement(
    field: ConflictField, claims: Sequence[Claim], differ: Callable[[Claim, Claim], bool]
) -> Conflict | None:
    """Return the conflict between the claims of different documents, or None when they agree."""
    # Hundreds of copies of a page say the same: compare each distinct claim once.
    distinct: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        at = claim.at.edtf if claim.at else None
        distinct[claim.value, at, claim.by, claim.agency, claim.is_secondary].append(claim)
    clashing: set[tuple[object, ...]] = set()
    for one, other in combinations(distinct, 2):
        if _may_clash(distinct[one], distinct[other]) and differ(distinct[one][0], distinct[other][0]):
            clashing.update((one, other))
    if not clashing:
        return None
    sources: dict[str | None, set[Source]] = defaultdict(set)
    for key in clashing:
        for claim in distinct[key]:
            sources[claim.value].update(_sources(claim))
    return Conflict(
        field,
        tuple(
            ConflictValue(value, tuple(sorted(sources[value], key=_source_order)))
            for value in sorted(sources, key=lambda value: (value is None, value or ""))
        ),
    )


def _may_clash(one: Sequence[Claim], other: Sequence[Claim]) -> bool:
    """Say whether two claims are of different documents and not of different agencies' rows."""
    agencies = {each for each in (one[0].agency, other[0].agency) if each}
    return len(agencies) < 2 and _documents(one) != _documents(other)  # noqa: PLR2004


def _documents(claims: Iterable[Claim]) -> set[int]:
    return {document for claim in claims for document, _ in claim.voice.places}


def _sources(claim: Claim) -> set[Source]:
    return {Source(document, claim.span) for document, _ in claim.voice.places}


def _source_order(source: Source) -> tuple[int, int]:
    return (source.document, source.span.start if source.span else -1)
