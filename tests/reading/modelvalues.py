"""Values of the reading model for property tests, made from its type hints."""

from __future__ import annotations

import dataclasses
import typing
from datetime import date
from enum import Enum

from hypothesis import strategies as st

from closeout.reading import model
from closeout.reading.dates import FuzzyDate

NAMES = {**vars(model), "FuzzyDate": FuzzyDate, "date": date}
SIMPLE = {
    str: st.text(max_size=8),
    int: st.integers(-5, 5_000),
    float: st.floats(0, 1),
    bool: st.booleans(),
    date: st.dates(),
}


def values_of(hint: object) -> st.SearchStrategy:
    """Return a strategy for the values a type hint of the model allows."""
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return st.lists(values_of(arguments[0]), max_size=2).map(tuple)
    if arguments:
        return st.none() | values_of(next(part for part in arguments if part is not type(None)))
    if dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint, globalns=NAMES)
        return st.builds(
            hint, **{name: st.deferred(lambda kind=kind: values_of(kind)) for name, kind in hints.items()}
        )
    return st.sampled_from(hint) if issubclass(hint, Enum) else SIMPLE[hint]
