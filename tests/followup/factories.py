"""Events and sightings made by hand."""

from __future__ import annotations

from itertools import count
from typing import Any

from closeout.followup.history import Axis, Event
from closeout.followup.promises import Sighting
from closeout.reading.model import PromiseKind
from tests.reading.factories import make_day, make_promise

_numbers = count(1)


def make_event(value: str, on: str | None = None, **overrides: Any) -> Event:
    """Return an event on the auditor's axis; `on` is a day, a month, or a year."""
    values: dict[str, Any] = {
        "key": f"event-{next(_numbers):05}",
        "axis": Axis.AUDITOR,
        "on": make_day(on) if on else None,
    }
    return Event(value=str(value), **(values | overrides))


def make_sighting(due: str, said_on: str | None = None, **overrides: Any) -> Sighting:
    """Return a sighting of a promise to complete by a day, in a document of its own."""
    source = overrides.pop("source", None) or f"document-{next(_numbers):05}"
    is_second_hand = overrides.pop("is_second_hand", False)
    dated = overrides.pop("document_date", None)
    promise = make_promise(due, said_on=said_on, **({"kind": PromiseKind.COMPLETION} | overrides))
    return Sighting(promise, source, promise.said_on or (make_day(dated) if dated else None), is_second_hand)
