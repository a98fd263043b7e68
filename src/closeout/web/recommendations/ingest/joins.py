"""Join the captures that wait for it with those they hang together with, and store what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from closeout.reading.joining import join
from closeout.web.recommendations.ingest.alike import sync_like_titles
from closeout.web.recommendations.ingest.changes import add_changes
from closeout.web.recommendations.ingest.conflicts import sync_conflicts
from closeout.web.recommendations.ingest.decisions import with_decisions
from closeout.web.recommendations.ingest.entries import sync_entries
from closeout.web.recommendations.ingest.joinables import batches, hanging_together, load
from closeout.web.recommendations.ingest.mentions import sync_mentions
from closeout.web.recommendations.ingest.reports import sync_reports
from closeout.web.recommendations.ingest.reviews import sync_reviews
from closeout.web.recommendations.ingest.said import move_said, sync_said
from closeout.web.recommendations.ingest.words import index
from closeout.web.recommendations.models import Capture, CaptureEvent, Mention, Report, SupersededReading
from closeout.web.recommendations.state import refresh

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from closeout.web.recommendations.ingest.joinables import Joinable

_JOIN_LOCK = 0x636C6F73656A6F69
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class JoinOutcome:
    """How much a join took in and changed."""

    captures: int = 0
    recommendations: int = 0
    changed: int = 0


@transaction.atomic
def join_waiting(*, also: Iterable[int] = ()) -> JoinOutcome:
    """Join every capture that waits, and bring the register up to date.

    Args:
        also: Recommendations whose state is to be refreshed besides (what a correction touched).

    Returns:
        How many captures were joined, recommendations looked at, and of these changed. All
        zero when nothing waited.

    """
    _hold_the_join()
    waiting = set(Capture.objects.filter(is_joined=False).values_list("pk", flat=True))
    touched, written = set(also), set[int]()
    if waiting:
        new = _never_joined(waiting)
        joinables = load(hanging_together(waiting))
        stored, written = _store(joinables, waiting, new)
        touched |= stored
        for some in batches(sorted(waiting), _AT_ONCE):
            Capture.objects.filter(pk__in=some).update(is_joined=True)
    changed = refresh(touched) | written
    index(touched)
    return JoinOutcome(len(waiting), len(touched), len(changed))


def _hold_the_join() -> None:
    """Let one join run at a time; SQLite already admits one writer."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_JOIN_LOCK])


def _never_joined(waiting: set[int]) -> set[int]:
    known: set[int] = set()
    for some in batches(sorted(waiting), _AT_ONCE):
        known.update(Mention.objects.filter(capture__in=some).values_list("capture", flat=True))
        known.update(SupersededReading.objects.filter(capture__in=some).values_list("capture", flat=True))
        known.update(CaptureEvent.objects.filter(newer__in=some).values_list("newer", flat=True))
    return waiting - known


def _store(joinables: Sequence[Joinable], waiting: set[int], new: set[int]) -> tuple[set[int], set[int]]:
    """Store the register these captures make.

    Returns:
        The recommendations whose state may have changed, and those whose own row was written.

    """
    register = with_decisions(join([each.reading for each in joinables]), joinables)
    reports = sync_reports(register, joinables)
    synced = sync_entries(register, joinables, reports)
    moved = sync_mentions(register, joinables, synced.by_key)
    move_said(moved)
    # All captures of a document: what an older one says can give a newer one's word its day.
    documents = {each.capture.document_id for each in joinables if each.capture.pk in waiting}
    sync_said(joinables, {each.capture.pk for each in joinables if each.capture.document_id in documents})
    touched = synced.touched | set(moved)
    touched |= sync_conflicts(register, joinables, synced.by_key, reports)
    touched |= sync_reviews(register, joinables, synced.by_key, reports)
    sync_like_titles()
    add_changes(joinables, new, timezone.now())
    _mark_incomplete(reports.values())
    for each in joinables:
        if each.capture.document_id in documents:
            mentions = [*each.mentions, *each.gone]
            homes = {mention.recommendation_id for mention in mentions if mention is not None}
            touched.update(pk for pk in homes if pk is not None)
    return touched, synced.touched


def _mark_incomplete(reports: Iterable[Report]) -> None:
    ids = sorted(report.pk for report in reports)
    for some in batches(ids, _AT_ONCE):
        rows = Report.objects.filter(pk__in=some)
        lacking = rows.filter(captures__is_newest=True, captures__is_complete=False).values("pk")
        rows.filter(pk__in=lacking, has_incomplete_source=False).update(has_incomplete_source=True)
        rows.exclude(pk__in=lacking).filter(has_incomplete_source=True).update(has_incomplete_source=False)
