"""The kinds of background work there are; each app registers its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.web.accounts.permissions import Permission
    from closeout.web.jobs.progress import Progress

    Work = Callable[[Progress, dict[str, Any]], dict[str, Any] | None]


class UnknownKindError(LookupError):
    """No app has registered work under this name."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of work.

    `run` takes a handle for progress and the job's parameters (plain JSON) and returns what to
    keep as the result, in words a person can read: keys are labels. The keys `link` and
    `link_text` become a link to what came of it.
    """

    name: str
    permission: Permission
    run: Work


_KINDS: dict[str, Kind] = {}


def job_kind(name: str, *, permission: Permission) -> Callable[[Work], Work]:
    """Return a decorator that registers a function as a kind of work.

    Args:
        name: Stable name, kept in the database.
        permission: What somebody needs to start it.

    """

    def register(run: Work) -> Work:
        _KINDS[name] = Kind(name, permission, run)
        return run

    return register


def find_kind(name: str) -> Kind:
    """Return the kind of this name.

    Raises:
        UnknownKindError: There is none.

    """
    try:
        return _KINDS[name]
    except KeyError:
        raise UnknownKindError(name) from None
