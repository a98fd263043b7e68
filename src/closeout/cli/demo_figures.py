"""The demonstration's counts, as the README prints them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from closeout.web.recommendations.export.tables import promise_table
from closeout.web.recommendations.models import (
    Capture,
    Conflict,
    Recommendation,
    Report,
    ReviewItem,
    ReviewState,
)
from closeout.web.recommendations.queries.listing import Filters, counts

if TYPE_CHECKING:
    from datetime import date

_WIDTH = 44


def figures(*, as_of: date) -> list[tuple[str, int]]:
    """Return the register's counts in the order in which they are printed.

    A label that begins with two spaces is part of the one above it.

    Args:
        as_of: The day that promises are judged on.

    """
    now = counts(as_of=as_of)
    listed = Recommendation.objects.listed()
    without_word = listed.filter(auditor_status="").count()
    outcomes = Counter(map(str, promise_table(Filters(), as_of=as_of).column("outcome")))
    captures = Capture.objects.all()
    return [
        ("Documents read", captures.count()),
        ("  of a layout Closeout does not know", captures.filter(family="unknown").count()),
        ("  that show less than they declare", now.incomplete_sources),
        ("Reports", Report.objects.filter(is_retired=False, is_cited_only=False).count()),
        ("Recommendations", now.total),
        ("  open in the auditor's word", now.open - without_word),
        ("  closed in the auditor's word", now.total - now.open),
        ("  without a word of the auditor", without_word),
        ("  declared by a document, shown by none", now.declared_only),
        ("Dates promised in prose", outcomes.total()),
        *((f"  {label.lower()}", outcomes[label]) for label in sorted(outcomes)),
        ("Open with a missed promise of completion", now.missed),
        ("Conflicts between documents", Conflict.objects.filter(is_current=True).count()),
        (
            "Questions for a person",
            ReviewItem.objects.filter(is_current=True, state=ReviewState.OPEN).count(),
        ),
    ]


def as_lines(rows: list[tuple[str, int]]) -> list[str]:
    """Return the counts as lines of equal width: label, dots, number."""
    return [f"{label} {'.' * (_WIDTH - len(label))} {number:>4}" for label, number in rows]
