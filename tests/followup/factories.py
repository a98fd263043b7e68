"""Events and sightings made by hand."""

from __future__ import annotations

from itertools import count
from typing import Any

from closeout.followup.followed import Followed
from closeout.followup.history import Axis, Event, state_on
from closeout.followup.ledger import ledger
from closeout.followup.promises import Sighting
from closeout.reading.model import Money, PromiseKind, RecommendationKind, Span
from closeout.reading.register import RegisterEntry, RegisterReport
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


def make_followed(
    number: str = "1",
    *,
    report: str = "dhs-oig/OIG-24-901",
    issued: str | None = "2024-01-31",
    status: str | None = "resolved-open",
    as_of: str = "2025-06-30",
    sightings: Any = (),
    events: Any = (),
    **overrides: Any,
) -> Followed:
    """Return a recommendation followed to a day; money is a mapping from kinds to dollars."""
    day = make_day(as_of).latest
    told = [*([make_event(status, "2024-02-01")] if status else []), *events]
    money = tuple(Money(kind, amount, Span(1, 2)) for kind, amount in overrides.pop("money", {}).items())
    issuer, _, report_number = report.partition("/")
    key = f"{report}/{number}"
    return Followed(
        entry=RegisterEntry(
            key, report, number, "Count the keys.", RecommendationKind.RECOMMENDATION, ("Bureau",)
        ),
        report=RegisterReport(
            report, issuer.upper(), report_number, "Keys", issued=make_day(issued) if issued else None
        ),
        state=state_on(told, day),
        ledger=ledger(sightings, told, as_of=day),
        money=money,
        **overrides,
    )
