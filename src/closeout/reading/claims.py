"""What single documents claim of a recommendation: a value, where it stands, and as of when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from closeout.reading.model import Position, PromiseKind, StatementKind, StatusBasis

if TYPE_CHECKING:
    from collections.abc import Iterable

    from closeout.reading.dates import FuzzyDate
    from closeout.reading.model import DocumentReading, Promise, Record, Span
    from closeout.reading.register import Place

_SAME_POSITION = {Position.AGREE: Position.CONCUR}


class Voice(NamedTuple):
    """One record, the reading it stands in, and its place in each byte-identical copy of the document.

    `agency` is the folded agency where the document has a row for each of several, else "".
    """

    reading: DocumentReading
    record: Record
    places: tuple[Place, ...]
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A value one voice gives.

    `value` is None when the voice answers by giving none. `at` is when it was said, None when
    nothing tells; `by` is the respondent as printed; `days` is the range that a date can mean.
    """

    value: str | None
    span: Span | None
    voice: Voice
    at: FuzzyDate | None = None
    by: str = ""
    days: FuzzyDate | None = None

    @property
    def agency(self) -> str:
        """Return the agency whose row it stands in, where a document has several."""
        return self.voice.agency

    @property
    def is_secondary(self) -> bool:
        """Say whether it comes from news and the like."""
        return self.voice.reading.is_secondary


def overlap(one: FuzzyDate, other: FuzzyDate) -> bool:
    """Say whether two dates can mean the same day."""
    return one.earliest <= other.latest and other.earliest <= one.latest


def is_history(one: Claim, other: Claim) -> bool:
    """Say whether one claim is known to be the later, so that it replaces the other."""
    return one.at is not None and other.at is not None and not overlap(one.at, other.at)


def status_as_of(reading: DocumentReading, record: Record) -> FuzzyDate | None:
    """Return as of when a record's status holds: the page's date, the row's, or the last update's.

    None when nothing tells; the time a page was fetched is not in the document.
    """
    said = [each.said_on for each in record.statements if each.said_on is not None]
    latest = max(said, key=lambda day: (day.latest, day.earliest), default=None)
    return reading.as_of or record.updated_on or latest or reading.report_date


def completion_claims(voices: Iterable[Voice]) -> list[Claim]:
    """Return the completion date each voice holds to: its newest one, or None where it gives none.

    A secondary source may give one date for the whole report; it then holds for every record.
    """
    claims = []
    for voice in voices:
        reading, record = voice.reading, voice.record
        promised = [each for each in record.promises if each.kind is PromiseKind.COMPLETION]
        overall = [each for each in reading.statements if each.kind is StatementKind.PROMISE and each.value]
        if promised:
            newest = max(promised, key=_newness)
            at = newest.said_on or reading.as_of or reading.report_date
            claims.append(Claim(newest.due.edtf, newest.span, voice, at, days=newest.due))
        elif overall and reading.is_secondary:
            claims.append(Claim(overall[-1].value, overall[-1].span, voice))
        elif not reading.is_secondary and record.position is not None:
            claims.append(Claim(None, record.response_span or record.narrative_span, voice))
    return claims


def promised_days(voices: Iterable[Voice]) -> frozenset[str]:
    """Return every completion date, in EDTF, that a first-hand document ever gave."""
    return frozenset(
        promise.due.edtf
        for voice in voices
        if not voice.reading.is_secondary
        for promise in voice.record.promises
        if promise.kind is PromiseKind.COMPLETION
    )


def _newness(promise: Promise) -> tuple[int, int]:
    return (promise.said_on.latest.toordinal() if promise.said_on else 0, promise.span.start)


def position_claims(voices: Iterable[Voice]) -> list[Claim]:
    """Return the position each voice gives, in normal form; "agree" and "concur" are one."""
    claims = []
    for voice in voices:
        reading, record = voice.reading, voice.record
        if record.position is None or record.position is Position.NOT_INDICATED:
            continue
        said = [
            each.said_on
            for each in record.statements
            if each.kind is StatementKind.POSITION and each.said_on is not None
        ]
        at = said[0] if said else reading.report_date
        value = _SAME_POSITION.get(record.position, record.position).value
        claims.append(Claim(value, record.position_span, voice, at, by=record.position_by))
    return claims


def status_claims(voices: Iterable[Voice]) -> list[Claim]:
    """Return the status that each auditor's document prints; a reading of the prose is none."""
    claims = []
    for voice in voices:
        reading, record = voice.reading, voice.record
        is_printed = record.status_basis is StatusBasis.PRINTED and not reading.is_secondary
        if record.status is not None and is_printed:
            at = status_as_of(reading, record)
            claims.append(Claim(record.status.value, record.status_span, voice, at))
    return claims
