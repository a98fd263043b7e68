"""Keep what captures say: write what is new, mark what is said no more, move what belongs elsewhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TypeAlias

from closeout.reading.claims import status_as_of
from closeout.web.recommendations.ingest.joinables import batches
from closeout.web.recommendations.ingest.observations import (
    observations_of,
    statement_row,
    statements_of,
)
from closeout.web.recommendations.models import (
    PositionObservation,
    PromiseObservation,
    Statement,
    StatusObservation,
)
from closeout.web.recommendations.rows import insert, manager

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from closeout.reading.dates import FuzzyDate
    from closeout.web.recommendations.ingest.joinables import Joinable

Row: TypeAlias = Statement | StatusObservation | PositionObservation | PromiseObservation
KINDS: tuple[type[Row], ...] = (Statement, StatusObservation, PositionObservation, PromiseObservation)
_NOT_CONTENT = {"id", "at", "is_current", "recommendation", "report"}
_AT_ONCE = 400


def move_said(moved: Mapping[int, set[int]]) -> None:
    """Let everything said in mentions that moved belong to the recommendation they moved to."""
    for recommendation_id, mention_ids in sorted(moved.items()):
        for kind in KINDS:
            manager(kind).filter(mention__in=mention_ids).update(recommendation=recommendation_id)


def sync_said(joinables: Sequence[Joinable], fresh: set[int]) -> None:
    """Bring what the `fresh` captures say up to date; what they said already is left as it is."""
    before = _statuses_before(joinables)
    wanted: list[Row] = []
    for each in joinables:
        if each.capture.pk in fresh:
            wanted.extend(_rows(each, before))
    present: defaultdict[type[Row], list[Row]] = defaultdict(list)
    for some in batches(sorted(fresh), _AT_ONCE):
        for kind in KINDS:
            rows = manager(kind).filter(capture__in=some, is_current=True)
            present[kind].extend(rows)
    for kind in KINDS:
        _sync(kind, [row for row in wanted if type(row) is kind], present[kind])


def _rows(each: Joinable, before: Mapping[int, dict[int, tuple[str, FuzzyDate | None]]]) -> list[Row]:
    rows: list[Row] = [statement_row(said, each.capture) for said in each.reading.statements]
    older = before.get(each.capture.pk, {})
    for record, mention in zip(each.reading.records, each.mentions, strict=True):
        if mention is None or mention.recommendation_id is None:
            continue
        rows.extend(statements_of(record, mention, each.capture))
        rows.extend(
            observations_of(each.reading, record, mention, each.capture, older.get(mention.recommendation_id))
        )
    return rows


def _statuses_before(
    joinables: Sequence[Joinable],
) -> dict[int, dict[int, tuple[str, FuzzyDate | None]]]:
    """Return, for each capture that follows another of its document, the statuses the other gave."""
    latest: dict[int, dict[int, tuple[str, FuzzyDate | None]]] = {}
    found = {}
    for each in sorted(joinables, key=lambda each: (each.capture.got_at, each.capture.pk)):
        document = each.capture.document_id
        found[each.capture.pk] = dict(latest.get(document, {}))
        latest.setdefault(document, {}).update(
            {
                mention.recommendation_id: (record.status.value, status_as_of(each.reading, record))
                for record, mention in zip(each.reading.records, each.mentions, strict=True)
                if record.status is not None and mention is not None and mention.recommendation_id
            }
        )
    return found


def _sync(kind: type[Row], wanted: Sequence[Row], present: Sequence[Row]) -> None:
    names = [field.attname for field in kind._meta.concrete_fields if field.name not in _NOT_CONTENT]  # noqa: SLF001

    def content(row: Row) -> tuple[object, ...]:
        return tuple(getattr(row, name) for name in names)

    left = Counter(content(row) for row in present)
    missing = []
    for row in wanted:
        if left[content(row)] > 0:
            left[content(row)] -= 1
        else:
            missing.append(row)
    stale = []
    for row in reversed(present):
        if left[content(row)] > 0:
            left[content(row)] -= 1
            stale.append(row.pk)
    insert(missing)
    for some in batches(stale, _AT_ONCE):
        manager(kind).filter(pk__in=some).update(is_current=False)
