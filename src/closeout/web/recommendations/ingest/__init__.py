"""Take readings into the register: bytes and readings first, then the join, then what follows from it.

Taking in the same readings again writes nothing. What people decided (corrections, rejected
mentions, joins, resolved conflicts) holds through every later reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from closeout.web.audit import actions as audit
from closeout.web.recommendations.ingest.captures import Arrival, keep, known
from closeout.web.recommendations.ingest.joins import JoinOutcome, join_waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from closeout.web.accounts.models import User

__all__ = ["Arrival", "Ingested", "JoinOutcome", "ingest", "join_waiting", "known"]

_MOST_AT_ONCE = 50
_MOST_BYTES_AT_ONCE = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of the documents taken in.

    `new`, `reread` and `unchanged` count captures; `with_problems` those of which nothing
    could be read; `changed` the recommendations whose state changed.
    """

    new: int = 0
    reread: int = 0
    unchanged: int = 0
    with_problems: int = 0
    changed: int = 0


def ingest(
    arrivals: Iterable[Arrival],
    *,
    by: User | str,
    got_at: datetime | None = None,
    progress: Callable[[int], None] | None = None,
) -> Ingested:
    """Take readings into the register and write one audit event, unless nothing was new.

    The captures are stored batch by batch as they arrive, each batch whole or not at all; the
    join at the end is one transaction. A run that was broken off is taken up by the next one.

    Args:
        arrivals: Readings with their bytes; consumed lazily.
        by: Who takes them in: a user, or `audit.SYSTEM`.
        got_at: When the documents were fetched; now when left out.
        progress: Called with the number of documents stored, after each batch.

    """
    got_at = got_at or timezone.now()
    new = reread = unchanged = failed = done = 0
    for batch in _batches(arrivals):
        with transaction.atomic():
            kept = keep(batch, got_at=got_at)
        new, reread, unchanged = (
            new + len(kept.new),
            reread + len(kept.reread),
            unchanged + len(kept.unchanged),
        )
        failed += sum(_is_unread(arrival) for arrival in batch)
        done += len(batch)
        if progress:
            progress(done)
    with transaction.atomic():
        outcome = join_waiting()
        if outcome.captures:
            counts = {"new": new, "reread": reread, "unchanged": unchanged, "changed": outcome.changed}
            audit.record(by=by, action="document.read", after=counts)
    return Ingested(new, reread, unchanged, failed, outcome.changed)


def _batches(arrivals: Iterable[Arrival]) -> Iterator[list[Arrival]]:
    """Yield the arrivals in lists bounded in number and in bytes, whatever the size of the folder."""
    batch: list[Arrival] = []
    size = 0
    for arrival in arrivals:
        batch.append(arrival)
        size += len(arrival.data)
        if len(batch) >= _MOST_AT_ONCE or size >= _MOST_BYTES_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _is_unread(arrival: Arrival) -> bool:
    reading = arrival.reading
    return any(problem.fatal for problem in (*reading.document.problems, *reading.problems))
