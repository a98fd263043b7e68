"""Asking for the rows behind a figure, and keeping what was looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from closeout.web.accounts.permissions import Permission, require
from closeout.web.evidence.models import ListingPage, RowListing
from closeout.web.evidence.policy import rows_office
from closeout.web.evidence.queries.listings import KIND, job_of, listing_of
from closeout.web.jobs.actions import start_job
from closeout.web.recommendations.actions.errors import NotNowError, UnfitValueError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from closeout.web.accounts.models import User
    from closeout.web.evidence.models import AssessedMeasure
    from closeout.web.jobs.models import Job

PAGE_SIZE = 50
_LONGEST_PLACE = 300
_TITLE = 200


@transaction.atomic
def ask_rows(*, by: User, measure: AssessedMeasure, office: str = "", after: str = "") -> Job:
    """Put looking up the rows behind a figure in the queue, and return its job.

    Args:
        by: Who wants them.
        measure: The measure of the newest run.
        office: Whose rows; of all offices if empty.
        after: The place to begin behind; empty for the first rows.

    Raises:
        PermissionDenied: The office is not theirs to see.
        NotNowError: They are being looked up, or are there already.
        UnfitValueError: `after` is no place in a listing.

    """
    require(by, Permission.MEASURE_ROWS)
    if rows_office(by, office) != office:
        msg = "the rows of another office"
        raise PermissionDenied(msg)
    if after and not _is_place(after):
        msg = "that is no place in a listing; begin with the first rows"
        raise UnfitValueError(msg)
    if job_of(measure, office, after) is not None:
        msg = "the rows are being looked up already"
        raise NotNowError(msg)
    if listing_of(measure, office, after) is not None:
        msg = "the rows have been looked up already"
        raise NotNowError(msg)
    params = {"measure": measure.pk, "office": office, "after": after}
    return start_job(by=by, kind=KIND, title=f"Rows: {measure.title}"[:_TITLE], params=params)


def _is_place(said: str) -> bool:
    from closeout.duties.listing import CursorError, read_cursor  # noqa: PLC0415 - brings the engines

    try:
        read_cursor(said)
    except CursorError:
        return False
    return len(said) <= _LONGEST_PLACE


@transaction.atomic
def keep_listing(
    measure: AssessedMeasure,
    *,
    office: str,
    after: str,
    rows: Sequence[Mapping[str, Any]],
    then: str = "",
    why: str = "",
    job: Job | None = None,
) -> RowListing:
    """Keep rows that were looked up, in place of any kept before; those of older runs go.

    The event of the job tells of it.

    Args:
        measure: Of which measure of which run.
        office: Whose rows; empty for all offices.
        after: The place they begin behind.
        rows: The rows as plain data, in order.
        then: Where the next ones begin.
        why: Why there are none.
        job: The job that did it.

    """
    RowListing.objects.filter(measure__run__lt=measure.run_id).delete()
    RowListing.objects.filter(measure=measure, office_id=office, after=after).delete()
    kept = RowListing.objects.create(
        measure=measure, office_id=office, after=after, then=then, rows=len(rows), why=why, job=job
    )
    ListingPage.objects.bulk_create(
        ListingPage(listing=kept, number=number, rows=list(rows[start : start + PAGE_SIZE]))
        for number, start in enumerate(range(0, len(rows), PAGE_SIZE), 1)
    )
    return kept
