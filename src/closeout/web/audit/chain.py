"""How events are chained: each hash covers the event's words and the hash before it."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from closeout.web.audit.models import GENESIS, Event

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIELDS = ("seq", "actor", "action", "object_type", "object_id", "before", "after", "reason", "request_id")


class NotPlainError(TypeError):
    """A value cannot be written to the log in a form that comes back the same."""


def plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a value as JSON that a database gives back unchanged.

    Dates become ISO text. A number that is whole becomes an int, since PostgreSQL would not
    tell 1e16 from 10000000000000000. NUL, which PostgreSQL cannot store, becomes U+FFFD.

    Raises:
        NotPlainError: The value has no such form (a model, a NaN …).

    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value).replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(value, float) and math.isfinite(value):
        return int(value) if value.is_integer() else value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {plain(str(key)): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [plain(item) for item in items]
    msg = f"{type(value).__name__} cannot be written to the audit log"
    raise NotPlainError(msg)


def event_hash(event: Event) -> str:
    """Return the SHA-256, in hex, of an event's words and the hash before it."""
    words = {name: getattr(event, name) for name in _FIELDS}
    words["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps([event.prev_hash, words], sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What checking the chain found.

    Attributes:
        events: How many events the log holds, as far as it was read.
        checked: How many of them were checked: all, or the last ones.
        head_seq, head_hash: The last good event; keep them outside the database to notice a cut tail.
        broken_at: The first event that does not fit, or None.
        problem: What is wrong with it, in words; empty when nothing is.

    """

    events: int
    checked: int
    head_seq: int
    head_hash: str
    broken_at: int | None = None
    problem: str = ""

    @property
    def is_whole(self) -> bool:
        """Say whether every event fits the one before it."""
        return self.broken_at is None


def check_chain(events: Iterable[Event], *, after: int = 0, head: str = GENESIS) -> ChainCheck:
    """Return what is wrong with a chain of events given in order.

    Args:
        events: The events, from the one behind `after`.
        after: Number of the event before the first one given; 0 when all are given.
        head: That event's hash.

    """
    count = after
    for event in events:
        expected = count + 1
        if problem := _problem(event, expected, head):
            return ChainCheck(count, count - after, count, head, broken_at=expected, problem=problem)
        count, head = expected, event.hash
    return ChainCheck(count, count - after, count, head)


def _problem(event: Event, expected: int, head: str) -> str:
    if event.seq != expected:
        return f"event {expected} is missing"
    if event.prev_hash != head:
        return f"event {expected} does not follow the event before it"
    if event.hash != event_hash(event):
        return f"event {expected} was changed"
    return ""
