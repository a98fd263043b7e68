"""The one place where actions have a case's duties worked out anew, so that tests can do without."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from closeout.web.casework import duties

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_put_off: ContextVar[set[str] | None] = ContextVar("casework_refresh_put_off", default=None)


def refresh(case_no: str, *, today: date) -> None:
    """Bring the duties of a case up to date, inside the action's transaction."""
    put_off = _put_off.get()
    if put_off is None:
        duties.refresh_case(case_no, today=today)
    else:
        put_off.add(case_no)


@contextmanager
def putting_off() -> Iterator[set[str]]:
    """Put the refreshing off and give the cases whose turn is owed: for the night's work on thousands.

    Whoever uses it brings those cases up to date afterwards, one by one or all at once.
    """
    cases: set[str] = set()
    token = _put_off.set(cases)
    try:
        yield cases
    finally:
        _put_off.reset(token)
