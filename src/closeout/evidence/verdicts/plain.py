"""Dataclasses as what JSON takes."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from math import isfinite
from typing import Any


def as_plain(value: Any) -> Any:  # noqa: ANN401 - whatever a verdict holds
    """Return a value as JSON takes it: dataclasses as objects, days as ISO text, choices as their words.

    Raises:
        TypeError: It has no such form.

    """
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: as_plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict):
        return {str(as_plain(key)): as_plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_plain(one) for one in value]
    return _single(value)


def _single(value: object) -> str | float | None:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not isfinite(value):
        return None
    if value is None or isinstance(value, (str, int, float)):
        return value
    msg = f"{type(value).__name__} has no JSON form"
    raise TypeError(msg)
