"""Where words stand: a capture, a span in its text, and a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from closeout.web.recommendations.models import Capture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from closeout.web.recommendations.facts import Facts


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a capture's text, and how a page names and links it.

    `label` reads "OIG-17-51, page 11"; `href` opens the text there. Without a span the whole
    document is meant.
    """

    capture: int
    label: str
    href: str
    start: int | None = None
    end: int | None = None
    page: int | None = None


def place_of(capture: Capture, start: int | None = None, end: int | None = None) -> Place:
    """Return the place of a span in a capture; the capture's document must be loaded."""
    page = capture.page_of(start)
    name = capture.report_number or capture.document.name
    is_span = start is not None and end is not None
    query = f"?start={start}&end={end}#here" if is_span else ""
    return Place(
        capture=capture.pk,
        label=f"{name}, page {page}" if page is not None else name,
        href=reverse("recommendations:source-detail", args=[capture.pk]) + query,
        start=start,
        end=end,
        page=page,
    )


def load_captures(many: Iterable[Facts]) -> None:
    """Load, in one query, the captures and documents that dated rows stand in, for `place_of`."""
    observed = [row for facts in many for row in (*facts.statuses, *facts.positions, *facts.promises)]
    ids = {row.capture_id for row in observed if row.capture_id is not None}
    captures = Capture.objects.select_related("document").defer("text", "reading").in_bulk(ids)
    for row in observed:
        if row.capture_id is not None:
            row.capture = captures[row.capture_id]


def distinct(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return the places without those that read alike: the same bytes kept under two names."""
    found: dict[tuple[str, int | None], Place] = {}
    for place in places:
        found.setdefault((place.label, place.start), place)
    return tuple(found.values())
