"""One way to write values down, so that equal values have equal digests on every machine.

JSON with sorted keys and no spaces, UTF-8. Whole numbers exactly; floats as the shortest decimal that reads
back as the same float; days and instants as ISO 8601; enums as their values. Rows of a result are a set: they
are sorted by what they are written as.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"

_AS_THEY_ARE = frozenset({str, int, bool, type(None)})


class NotPlainError(TypeError):
    """A value has no one way to be written down."""


def plain(value: object) -> Plain:
    """Return a value as JSON has it.

    Raises:
        NotPlainError: It is none that JSON has, or a float that is no number.

    """
    if type(value) in _AS_THEY_ARE:  # most are, and asking for their kind one by one takes half of the time
        return value  # type: ignore[return-value] # one of those
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return _several(value)


def plain_mapping(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping as JSON has it."""
    return {str(key): plain(one) for key, one in value.items()}


def _several(value: object) -> Plain:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else _number(float(value))
    if isinstance(value, Mapping):
        return dict(plain_mapping(value))
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    msg = f"{type(value).__name__} cannot be written down: {value!r}"
    raise NotPlainError(msg)


def _number(value: float) -> float:
    if not math.isfinite(value):
        msg = f"{value} is no number that can be written down"
        raise NotPlainError(msg)
    return value + 0.0  # -0.0 is 0.0


def text(value: object) -> str:
    """Return the one way to write a value down."""
    return written(plain(value))


def written(value: Plain) -> str:
    """Return the one way to write down a value as JSON has it (`plain`)."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: object) -> str:
    """Return the SHA-256 of a value, in hexadecimal."""
    return digest_of_plain(plain(value))


def digest_of_plain(value: Plain) -> str:
    """Return the SHA-256 of a value as JSON has it (`plain`), in hexadecimal."""
    return hashlib.sha256(written(value).encode()).hexdigest()


def digest_of_rows(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the SHA-256 of rows in no particular order, in hexadecimal."""
    return digest_of_plain_rows(plain_mapping(row) for row in rows)


def digest_of_plain_rows(rows: Iterable[dict[str, Plain]]) -> str:
    """Return the SHA-256 of rows as JSON has them (`plain`), in no particular order, in hexadecimal."""
    made = hashlib.sha256()
    for line in sorted(map(written, rows)):
        made.update(line.encode() + b"\n")
    return made.hexdigest()
