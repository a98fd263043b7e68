"""Write to the log, and check it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from closeout.web.audit.chain import ChainCheck, check_chain, event_hash, plain
from closeout.web.audit.models import GENESIS, Event
from closeout.web.middleware import current_request_id

if TYPE_CHECKING:
    from django.db.models import Model

    from closeout.web.accounts.models import User

# Any constant does, so long as nothing else in the database takes the same lock.
_CHAIN_LOCK = 0x636C6F73656F7574
SYSTEM = "system"
"""The actor of what a command or a job does by itself."""


class NoTransactionError(RuntimeError):
    """An event was to be written outside the transaction of what it tells of."""


def record(
    *,
    by: User | str,
    action: str,
    target: Model | None = None,
    before: Any = None,  # noqa: ANN401 - JSON
    after: Any = None,  # noqa: ANN401 - JSON
    reason: str = "",
) -> Event:
    """Append one event inside the transaction of the change it tells of.

    If the change is rolled back, so is the event: the log never tells of what did not happen.

    Args:
        by: Who did it: a user, or `SYSTEM`, or a staff number that is not (yet) a user's.
        action: What was done, subject.verb, as in the permission table where it has an entry.
        target: The object it was done to, already saved; None for the site as a whole.
        before: Values before, as plain data (`chain.plain`); ids and codes, not free text about people.
        after: Values after.
        reason: Why, in the person's words.

    Returns:
        The event as written.

    Raises:
        NoTransactionError: There is no open transaction.
        NotPlainError: `before` or `after` holds something without a plain form.

    """
    if not connection.in_atomic_block:
        msg = "record() belongs inside the action's transaction.atomic()"
        raise NoTransactionError(msg)
    _hold_the_end()
    last = Event.objects.order_by("-seq").values_list("seq", "hash").first() or (0, GENESIS)
    event = Event(
        seq=last[0] + 1,
        prev_hash=last[1],
        at=timezone.now(),
        actor=plain(getattr(by, "username", by)),
        action=action,
        object_type=target._meta.label_lower if target else "",  # noqa: SLF001 - Django's public _meta
        object_id=str(target.pk) if target else "",
        before=plain(before),
        after=plain(after),
        reason=plain(reason),
        request_id=current_request_id.get(),
    )
    event.hash = event_hash(event)
    event.save(force_insert=True)
    return event


def _hold_the_end() -> None:
    """Make other writers wait until this transaction ends, so that two events never follow one.

    SQLite already admits one writer at a time (`transaction_mode` is IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN_LOCK])


@transaction.atomic
def verify_chain(*, last: int | None = None) -> ChainCheck:
    """Return whether every event is as it was written and follows the one before it.

    Args:
        last: How many events at the end to check; None for all. About 20,000 a second are checked.

    """
    events = Event.objects.order_by("seq")
    if last is None:
        return check_chain(events.iterator(chunk_size=2000))
    start = Event.objects.order_by("-seq").values_list("seq", "hash")[last : last + 1].first() or (0, GENESIS)
    return check_chain(
        events.filter(seq__gt=start[0]).iterator(chunk_size=2000), after=start[0], head=start[1]
    )


def holds_head(head: str) -> bool:
    """Say whether the log holds an event noted earlier as `SEQ:HASH`; a note of an empty log always holds."""
    seq, _, digest = head.partition(":")
    if not seq.isdecimal():
        return False
    return digest == GENESIS if int(seq) == 0 else Event.objects.filter(seq=int(seq), hash=digest).exists()
