"""Hours of an office's posts, which a room above works out and the page Unit shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Post:
    """One officer's hours for cases, and the share of them that the duties of the officer's cases take.

    `utilization`, `low` and `high` are shares: 1 is all hours. None where there is no figure; orphaned: there
    are cases and no hours for them, which is never 0.
    """

    hours_available: float
    utilization: float | None
    low: float | None
    high: float | None
    is_orphaned: bool


@dataclass(frozen=True, slots=True)
class Posts:
    """The posts of an office by staff number, as of when they were worked out, and where to read more."""

    as_of: date
    href: str
    by_officer: Mapping[str, Post] = field(default_factory=dict)


_PROVIDERS: list[Callable[[str], Posts | None]] = []


def register_posts(provider: Callable[[str], Posts | None]) -> None:
    """Let a room above say what it worked out for an office; the newest to register is asked."""
    _PROVIDERS.append(provider)


def posts_of(office_id: str) -> Posts | None:
    """Return the hours of an office's posts; None where nothing has been worked out."""
    return _PROVIDERS[-1](office_id) if _PROVIDERS else None
