"""The one row of places in the header; each app adds its own when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from closeout.web.accounts.models import User
    from closeout.web.accounts.permissions import Permission


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the header's row; `order` sorts them."""

    order: int
    label: str
    url_name: str
    permission: Permission
    is_minor: bool = False
    """Minor places (jobs, audit, people) stand in the footer row, for the few who need them."""
    unless: Permission | None = None
    """Who has this permission reaches the place from another one, and does not need it in the row."""


@dataclass(frozen=True, slots=True)
class Link:
    """A place as one reader sees it on one page."""

    label: str
    href: str
    is_current: bool


_PLACES: set[Place] = set()
_HOMES: dict[str, str] = {}


def register(place: Place) -> None:
    """Add a place. Adding the same twice is the same as once."""
    _PLACES.add(place)


def register_home(role: str, url_name: str) -> None:
    """Say which page a role starts on; without it the first place of its row."""
    _HOMES[role] = url_name


def home_for(user: User) -> str:
    """Return the address's name a user starts on; empty where the role has no place."""
    places = places_for(user)
    return _HOMES.get(user.role) or (places[0].url_name if places else "")


def places_for(user: User | AnonymousUser) -> list[Place]:
    """Return the places this user may open, in their order."""
    from closeout.web.accounts.permissions import may  # noqa: PLC0415 - apps register before models load

    return [
        place
        for place in sorted(_PLACES, key=lambda place: (place.order, place.label))
        if may(user, place.permission) and not (place.unless and may(user, place.unless))
    ]


def links_for(user: User | AnonymousUser, path: str, *, minor: bool) -> list[Link]:
    """Return the header's links, or the minor ones, the current section marked.

    Args:
        user: Who looks.
        path: The page's path; a link is current when the path lies under its own.
        minor: Whether the minor places are wanted rather than the main ones.

    """
    found = [(place.label, reverse(place.url_name)) for place in places_for(user) if place.is_minor == minor]
    # One place may lie under another; the page belongs to the nearest.
    nearest = max((href for _, href in found if path.startswith(href)), key=len, default="")
    return [Link(label, href, href == nearest) for label, href in found]


def leads_somewhere(user: User | AnonymousUser, href: str) -> bool:
    """Say whether the place that an address lies under is open to the user; one under no place is.

    A page may ask for more than its place does: this keeps links to a whole part of the site from those
    who are not let in there at all.
    """
    from closeout.web.accounts.permissions import may  # noqa: PLC0415 - apps register before models load

    under = [(reverse(place.url_name), place) for place in _PLACES]
    found = max(
        ((start, place) for start, place in under if href.startswith(start)),
        key=lambda one: len(one[0]),
        default=None,
    )
    return found is None or may(user, found[1].permission)
