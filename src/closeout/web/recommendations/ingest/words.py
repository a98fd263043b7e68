"""The words each recommendation is found by."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from closeout.web.recommendations.facts import homes
from closeout.web.recommendations.models import Recommendation, SearchEntry, Statement
from closeout.web.recommendations.rows import save_changed
from closeout.web.recommendations.search import searchable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_AT_ONCE = 400
_MOST_SAID = 40_000


def index(recommendation_ids: Iterable[int]) -> None:
    """Bring the search entries of these recommendations up to date, writing only what differs."""
    ids = sorted(set(recommendation_ids))
    for start in range(0, len(ids), _AT_ONCE):
        _index_some(ids[start : start + _AT_ONCE])


def _index_some(ids: Sequence[int]) -> None:
    present = {entry.pk: entry for entry in SearchEntry.objects.filter(pk__in=ids)}
    said = _said(ids)
    fresh, changed = [], []
    rows = Recommendation.objects.filter(pk__in=ids).select_related("report").prefetch_related("agencies")
    for row in rows:
        entry = SearchEntry(
            recommendation=row,
            names=searchable(
                [row.report.number, row.report.title, *(agency.name for agency in row.agencies.all())]
            ),
            asked=searchable([row.text]),
            said=searchable(said[row.pk])[:_MOST_SAID],
        )
        old = present.get(row.pk)
        if old is None:
            fresh.append(entry)
        elif (old.names, old.asked, old.said) != (entry.names, entry.asked, entry.said):
            changed.append(entry)
    SearchEntry.objects.bulk_create(fresh, batch_size=200)
    save_changed(changed, ["names", "asked", "said"])


def _said(ids: Sequence[int]) -> defaultdict[int, dict[str, None]]:
    """Return the different things said about each recommendation, in order."""
    home = homes(ids)
    found: defaultdict[int, dict[str, None]] = defaultdict(dict)
    rows = Statement.objects.filter(recommendation__in=list(home), is_current=True).order_by("pk")
    for recommendation_id, text in rows.values_list("recommendation", "text"):
        found[home[recommendation_id]][text] = None
    return found
