"""Readings as plain JSON values and back, without loss.

Field names are those of the model. A value equal to its default is left out, so a field that is
added to the model later does not make stored readings unreadable. Spans and pages, which are
many, are written as arrays. The functions for a class are made once, from its type hints.
"""

from __future__ import annotations

import dataclasses
from datetime import date
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, cast, get_args, get_origin, get_type_hints

from closeout.reading import model
from closeout.reading.dates import FuzzyDate
from closeout.reading.model import DocumentReading, Page, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    Convert = Callable[[Any], Any]
    """Any, because it takes and gives values of whatever class it was made for."""

_NAMES = {**vars(model), "FuzzyDate": FuzzyDate, "date": date}
_AS_ARRAYS = (Span, Page)
_ALWAYS = frozenset({"extractor_version"})
"""Fields whose default changes over time: a stored value must not follow it."""


class NotAReadingError(ValueError):
    """The JSON values are not those of a reading; the message says what is wrong."""


def to_json(reading: DocumentReading, *, with_text: bool = True) -> dict[str, Any]:
    """Return a reading as JSON values (objects, arrays, strings, numbers, booleans, null).

    Args:
        reading: What was read.
        with_text: Whether to keep the document's text. Leave it out where the text is stored
            beside the reading; `from_json` then needs it back.

    """
    values = cast("dict[str, Any]", _encoder(DocumentReading)(reading))
    if not with_text:
        del values["document"]["text"]
    return values


def from_json(data: dict[str, Any], *, text: str | None = None) -> DocumentReading:
    """Return the reading that `to_json` was given.

    Args:
        data: What `to_json` returned.
        text: The document's text, where it was left out.

    Raises:
        NotAReadingError: A field is unknown or missing, or its value cannot be converted.

    """
    try:
        if text is not None:
            data = {**data, "document": {**data["document"], "text": text}}
        return cast("DocumentReading", _decoder(DocumentReading)(data))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        msg = f"these values are no reading: {error}"
        raise NotAReadingError(msg) from error


@cache
def _encoder(hint: object) -> Convert:
    """Return the function that turns values of a type into JSON values."""
    if get_origin(hint) is tuple:
        each = _encoder(get_args(hint)[0])
        return list if each is _same else lambda values: [each(value) for value in values]
    kind = _class_of(hint)
    if kind in _AS_ARRAYS:
        return _array_encoder(kind)
    if dataclasses.is_dataclass(kind):
        return _object_encoder(kind)
    if kind is date:
        return cast("Convert", date.isoformat)
    return str if issubclass(kind, Enum) else _same


def _array_encoder(kind: type) -> Convert:
    names = [field.name for field in dataclasses.fields(kind)]
    return lambda value: [getattr(value, name) for name in names]


def _object_encoder(kind: type) -> Convert:
    hints = _hints(kind)
    fields = [
        (field.name, _default(field), _encoder(hints[field.name])) for field in dataclasses.fields(kind)
    ]

    def encode(value: object) -> dict[str, Any]:
        values = {}
        for name, default, convert in fields:
            part = getattr(value, name)
            if part != default:
                values[name] = None if part is None else convert(part)
        return values

    return encode


@cache
def _decoder(hint: object) -> Convert:
    """Return the function that makes values of a type from JSON values."""
    if get_origin(hint) is tuple:
        each = _decoder(get_args(hint)[0])
        return tuple if each is _same else lambda values: tuple([each(value) for value in values])
    kind = _class_of(hint)
    if kind in _AS_ARRAYS:
        return lambda values: kind(*values)
    if dataclasses.is_dataclass(kind):
        return _object_decoder(kind)
    if kind is date:
        return date.fromisoformat
    return kind if issubclass(kind, Enum) else _same


def _object_decoder(kind: type) -> Convert:
    hints = _hints(kind)
    fields = {field.name: _decoder(hints[field.name]) for field in dataclasses.fields(kind)}
    return lambda values: kind(
        **{name: None if value is None else fields[name](value) for name, value in values.items()}
    )


def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind, globalns=_NAMES)


def _default(field: dataclasses.Field[Any]) -> object:
    """Return the value a field may be left out for; one equal to nothing where it never may."""
    is_required = field.default is dataclasses.MISSING or field.name in _ALWAYS
    return object() if is_required else field.default


def _class_of(hint: object) -> type:
    """Return the class a hint names, beside None or alone; None itself is a default everywhere."""
    parts = [part for part in get_args(hint) if part is not type(None)]
    return cast("type", parts[0] if parts else hint)


def _same(value: object) -> object:
    return value
