"""Rows about recommendations that several first screens show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from closeout.web.home.panels import MOST, Panel, Row
from closeout.web.recommendations.queries.listing import Filters, Order, listing

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from closeout.web.recommendations.models import Recommendation
    from closeout.web.recommendations.queries.listing import Row as Listed

LIST = "recommendations:recommendation-list"


def name_of(rec: Recommendation) -> str:
    """Return a recommendation as a list names it: "OIG-17-51, recommendation 2"."""
    return f"{rec.report}, {rec.label}"


def dossier_of(rec_id: int) -> str:
    """Return where a recommendation's dossier is."""
    return reverse("evidence:dossier", args=[rec_id])


def listed(
    name: str,
    title: str,
    filters: Filters,
    said: Callable[[Listed], Row],
    *,
    today: date,
    query: str,
    nothing: str,
) -> Panel:
    """Return the first recommendations of the list under filters, by the date that was promised.

    Args:
        name: The panel's id.
        title: Its heading.
        filters: As the list has them.
        said: A row of the list as a row of the panel.
        today: The day.
        query: The filters as the list's address has them.
        nothing: What stands there when there is none.

    """
    found = listing(filters, as_of=today, order=Order.PROMISE, size=MOST)
    return Panel(
        name,
        title,
        tuple(map(said, found.rows)),
        found.total,
        nothing,
        href=f"{reverse(LIST)}?{query}",
        more="See all",
    )
