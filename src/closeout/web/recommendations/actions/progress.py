"""The agency's own axis: progress, promises, and events that stand in no document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from closeout.followup.statuses import Progress
from closeout.reading.model import PromiseKind
from closeout.web.accounts.permissions import Permission, require
from closeout.web.audit import actions as audit
from closeout.web.recommendations.actions.errors import NotNowError, UnfitValueError
from closeout.web.recommendations.actions.held import held, held_open, past, words
from closeout.web.recommendations.ingest.corrections import CorrectionError, stated_date
from closeout.web.recommendations.models import (
    AgencyProgress,
    PromiseObservation,
    Recommendation,
    RecordedEvent,
    Report,
)
from closeout.web.recommendations.models.rules import fuzzy_columns
from closeout.web.recommendations.state import refresh

if TYPE_CHECKING:
    from datetime import date

    from closeout.followup.clock_rules import EventKind
    from closeout.web.accounts.models import User

_BY_OTHER_ACTIONS = frozenset({Progress.CLOSURE_REQUESTED})


@transaction.atomic
def add_progress(*, by: User, recommendation_id: int, state: Progress, note: str, on: date) -> AgencyProgress:
    """Say how far the agency is. The auditor's status stays what it is.

    "Evidence ready" takes every need covered, or a note that says why not. Accepting the risk
    of not acting takes a justification and the approving official.

    Args:
        by: Who says so.
        recommendation_id: Of what.
        state: How far it is; "closure requested" comes with sending the request.
        note: In a person's words.
        on: Since when; not in the future.

    """
    is_acceptance = state is Progress.RISK_ACCEPTED
    require(by, Permission.CLOSURE_APPROVE if is_acceptance else Permission.PROGRESS_ADD)
    rec = held_open(recommendation_id)
    if state in _BY_OTHER_ACTIONS:
        msg = "a closure is requested by sending the request"
        raise NotNowError(msg)
    is_bare = state is Progress.EVIDENCE_READY and rec.needs_covered < rec.needs
    if is_bare and not note.strip():
        msg = f"{rec.needs - rec.needs_covered} of {rec.needs} needs are not covered; say in the note why"
        raise NotNowError(msg)
    row = put_progress(
        rec, state=state, note=words("the justification", note, required=is_acceptance), on=on, by=by
    )
    audit.record(
        by=by,
        action="progress.add",
        target=rec,
        before={"progress": rec.progress},
        after={"progress": state.value, "on": row.on},
        reason=row.note,
    )
    refresh([rec.pk])
    return row


def put_progress(rec: Recommendation, *, state: Progress, note: str, on: date, by: User) -> AgencyProgress:
    """Write one step on the agency's axis, as part of an action that logs it."""
    return AgencyProgress.objects.create(
        recommendation=rec,
        state=state.value,
        note=note,
        on=past("the day", on),
        by=by,
        at=timezone.now(),
    )


@transaction.atomic
def record_promise(
    *,
    by: User,
    recommendation_id: int,
    due: str,
    kind: PromiseKind = PromiseKind.COMPLETION,
    what: str = "",
    promised_by: str = "",
    said_on: date | None = None,
) -> PromiseObservation:
    """Record a date the agency promised outside the documents, in its own precision.

    Args:
        by: Who records it.
        recommendation_id: Of what.
        due: The date as said: "March 31, 2027", "March 2027", "the second quarter of fiscal year 2027".
        kind: What the date is for.
        what: The promised thing.
        promised_by: Who promised.
        said_on: When; today when left out, not in the future.

    Raises:
        UnfitValueError: The words give no date.

    """
    require(by, Permission.PROGRESS_ADD)
    rec = held_open(recommendation_id)
    try:
        day = stated_date(due)
    except CorrectionError as error:
        raise UnfitValueError(str(error)) from error
    said = past("the day it was said", said_on or timezone.localdate())
    row = PromiseObservation.objects.create(
        recommendation=rec,
        kind=kind.value,
        what=words("the thing promised", what, required=False),
        printed=words("the date", due),
        by=words("who promised", promised_by, required=False, most=200),
        recorded_by=by,
        at=timezone.now(),
        said_on_edtf=said.isoformat(),
        said_on_earliest=said,
        said_on_latest=said,
        **fuzzy_columns("due", day),
    )
    audit.record(
        by=by,
        action="promise.record",
        target=rec,
        before={"promise": rec.promise_edtf},
        after={"promise": row.due_edtf, "kind": row.kind, "said_on": said},
    )
    refresh([rec.pk])
    return row


@transaction.atomic
def record_event(
    *,
    by: User,
    kind: EventKind,
    on: date,
    report_id: int,
    recommendation_id: int | None = None,
    note: str = "",
) -> RecordedEvent:
    """Record what starts or stops a clock and stands in no document, such as a statement sent.

    Args:
        by: Who records it.
        kind: What happened.
        on: When; not in the future.
        report_id: Of which report.
        recommendation_id: Of which recommendation of it; None for all.
        note: In a person's words.

    """
    require(by, Permission.PROGRESS_ADD)
    report = Report.objects.select_for_update().get(pk=report_id)
    rec = held(recommendation_id) if recommendation_id is not None else None
    if rec is not None and rec.report_id != report.pk:
        msg = f"{rec} is no recommendation of {report}"
        raise UnfitValueError(msg)
    row = RecordedEvent.objects.create(
        report=report,
        recommendation=rec,
        kind=kind.value,
        on=past("the day", on),
        note=words("the note", note, required=False),
        by=by,
        at=timezone.now(),
    )
    audit.record(
        by=by,
        action="event.record",
        target=rec or report,
        after={"kind": row.kind, "on": row.on},
        reason=row.note,
    )
    refresh([rec.pk] if rec else report.recommendations.listed().values_list("pk", flat=True))
    return row
