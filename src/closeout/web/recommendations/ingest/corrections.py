"""What a person set right in a record, applied whenever the record is read again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from closeout.reading.dates import FuzzyDate, parse_date
from closeout.reading.model import (
    AuditorStatus,
    Position,
    PromiseKind,
    RecommendationKind,
    StatusBasis,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from closeout.reading.model import Promise, Record, Span
    from closeout.web.recommendations.models import Correction


class CorrectionError(ValueError):
    """A correction cannot be made: the field or the value is not one a record has."""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _text_or_none(value: object) -> str | None:
    return _text(value) or None


def _flag(value: object) -> bool:
    return value is True


FIELDS: Mapping[str, Callable[[Any], Any]] = {
    "text": _text_or_none,
    "number": _text_or_none,
    "part": _text,
    "kind": RecommendationKind,
    "report_title": _text,
    "report_number": _text,
    "agency": _text,
    "addressee": _text,
    "is_priority": _flag,
    "status": lambda value: AuditorStatus(value) if value else None,
    "status_printed": _text_or_none,
    "position": lambda value: Position(value) if value else None,
    "position_printed": _text_or_none,
    "position_by": _text,
}
"""The fields of a record that a person may set, and how its plain value becomes the record's."""

PROMISE = "promise"
"""A correction of one promise: `old` names it by `start` and `end`, `new` is null to drop it."""


def checked(field: str, value: object) -> Any:  # noqa: ANN401 - whatever type the field has
    """Return the value a record takes for a field.

    Raises:
        CorrectionError: There is no such field, or the value is none of its values.

    """
    if field not in FIELDS:
        msg = f"{field} is not a field that can be corrected"
        raise CorrectionError(msg)
    try:
        return FIELDS[field](value)
    except ValueError as error:
        msg = f"{value!r} is not a {field}"
        raise CorrectionError(msg) from error


def corrected(record: Record, corrections: Iterable[Correction]) -> Record:
    """Return the record with a person's corrections applied, oldest first.

    A status that carries printed words is a printed one; without a status nothing is inferred
    either, since the person looked and found none.
    """
    changes: dict[str, Any] = {}
    promises = record.promises
    for correction in corrections:
        if correction.field == PROMISE:
            promises = tuple(_promises(promises, correction.old or {}, correction.new))
        else:
            changes[correction.field] = checked(correction.field, correction.new)
    if promises != record.promises:
        changes["promises"] = promises
    if changes.keys() & {"status", "status_printed"}:
        changes.update(_basis({"status": record.status, "status_printed": record.status_printed} | changes))
    return replace(record, **changes) if changes else record


def _basis(values: Mapping[str, Any]) -> dict[str, Any]:
    if values["status"] is None or not values["status_printed"]:
        return {"status": None, "status_printed": None, "status_basis": None, "status_confidence": None}
    return {"status_basis": StatusBasis.PRINTED, "status_confidence": None}


def _promises(
    promises: Iterable[Promise], old: Mapping[str, Any], new: Mapping[str, Any] | None
) -> Iterable[Promise]:
    for promise in promises:
        if not _is_at(promise.span, old):
            yield promise
        elif new is not None:
            due = stated_date(new["due"])
            yield replace(promise, kind=PromiseKind(new.get("kind", promise.kind)), due=due)


def _is_at(span: Span, place: Mapping[str, Any]) -> bool:
    return (span.start, span.end) == (place["start"], place["end"])


def stated_date(words: str) -> FuzzyDate:
    """Return the date that a person typed, as a document would print it ("March 2027", "2027-03-31").

    Raises:
        CorrectionError: The words are no date, or more than one.

    """
    # A year alone is a date only after a preposition.
    found = parse_date(words.strip()) or parse_date(f"by {words.strip()}")
    if not isinstance(found, FuzzyDate):
        msg = f"{words!r} is not a date"
        raise CorrectionError(msg)
    return replace(found, span=None)
