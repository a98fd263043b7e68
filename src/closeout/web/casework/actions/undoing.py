"""Taking back a step within ten minutes: a correcting event that tells of it; the first one stays."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from closeout.records.machines import GUARDS, Guard
from closeout.web.audit.models import Event
from closeout.web.casework.actions.errors import NotNowError, SamePersonError
from closeout.web.casework.actions.held import take_case, take_desk
from closeout.web.casework.actions.terms import UNDO_MINUTES
from closeout.web.casework.actions.writing import VERSION, Writing
from closeout.web.casework.models import Record

if TYPE_CHECKING:
    from closeout.web.accounts.models import User

UNDOABLE = (
    "check_in.schedule",
    "check_in.record",
    "check_in.reschedule",
    "check_in.cancel",
    "exception.attempt",
    "exception.notice",
    "exception.explain",
    "exception.dispose",
    "exception.propose_referral",
    "verification.record",
    "verification.correct",
    "file_review.record",
    "file_review.correct",
    "custody_review.decide",
    "inquiry.receive",
    "inquiry.answer",
    "desk.log",
    "travel_document.include",
    "travel_document.follow_up",
    "travel_document.set_delay_cause",
    "time.record",
    "time.change",
)
"""What one person does alone and nothing rests on yet. What two people did is reversed, not undone."""


@transaction.atomic
def undo(*, by: User, event_seq: int) -> Event:
    """Take back what an event tells of, and return the event that tells of that.

    Rows are put back as they were; a row that the step made is removed. Both stay in the log.

    Args:
        by: Who took the step; nobody else takes it back.
        event_seq: The step's event.

    Raises:
        NotNowError: It is no step that can be undone, ten minutes are over, it is undone already, or
            something has been done with its rows since.
        SamePersonError: It was another person's step.

    """
    event = Event.objects.filter(pk=event_seq, action__in=UNDOABLE).first()
    if event is None:
        msg = "this cannot be undone; a step that two people took is reversed, others are corrected"
        raise NotNowError(msg)
    if event.actor != by.username:
        msg = "only whoever took a step takes it back"
        raise SamePersonError(msg)
    case_no = _after(event).get("case")
    today = take_case(case_no, by=by, on=None).today if case_no else take_desk(by=by, on=None).today
    _check_time(event)
    rows = _rows_of(event)
    writing = Writing(case_no)
    writing.after["undoes"] = event.seq
    target = next(iter(rows.values()))
    key = target.pk
    _put_back(event, rows, writing)
    # A row that was removed has lost its key, which the event is to name.
    target.pk = key
    return writing.tell("case.undo", target, by=by, today=today, reason=event.action)


def undoable_events(by: User) -> list[Event]:
    """Return the events of the last ten minutes that somebody may still take back, newest first."""
    since = timezone.now() - timedelta(minutes=UNDO_MINUTES)
    own = list(Event.objects.filter(actor=by.username, at__gte=since).order_by("-seq"))
    undone = {_after(event).get("undoes") for event in own if event.action == "case.undo"}
    return [event for event in own if event.action in UNDOABLE and event.seq not in undone]


def _after(event: Event) -> dict[str, Any]:
    return event.after or {}


def _check_time(event: Event) -> None:
    minutes = (timezone.now() - event.at).total_seconds() / 60
    facts = {"minutes_since": minutes, "most_minutes": UNDO_MINUTES}
    if not GUARDS[Guard.IN_TIME].holds(facts):
        msg = f"{UNDO_MINUTES} minutes are over; correct it by a new entry"
        raise NotNowError(msg)


def _rows_of(event: Event) -> dict[str, Record]:
    """Return the rows an event wrote, under lock, by `table/key`; refuse if one has changed since."""
    rows = {}
    for name, version in _after(event).items():
        path, _, column = name.rpartition("/")
        if column != VERSION:
            continue
        table, _, key = path.partition("/")
        row = _model_of(table)._default_manager.select_for_update().filter(pk=key).first()  # noqa: SLF001 - public name
        if row is None or row.row_version != version:
            msg = "it has been undone, or something has been done with it since; correct it by a new entry"
            raise NotNowError(msg)
        rows[path] = row
    return rows


def _model_of(table: str) -> type[Record]:
    return next(model for model in apps.get_models() if issubclass(model, Record) and model.table == table)


def _put_back(event: Event, rows: dict[str, Record], writing: Writing) -> None:
    before = event.before or {}
    # Rows made later may refer to rows made earlier: the last one goes first.
    for path, row in reversed(rows.items()):
        if f"{path}/{VERSION}" not in before:
            writing.remove(row)
            continue
        columns = {
            name.rpartition("/")[2]: value
            for name, value in before.items()
            if name.rpartition("/")[0] == path
        }
        del columns[VERSION]
        writing.change(row, **{name: _field_value(row, name, value) for name, value in columns.items()})


def _field_value(row: Record, column: str, value: object) -> object:
    return row._meta.get_field(column).to_python(value)  # type: ignore[union-attr]  # noqa: SLF001 - Django's public _meta
