"""Settling what the reader was not sure of: accept, correct, or reject; every correction is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from closeout.reading.fold import fold_key
from closeout.web.accounts.permissions import Permission, require
from closeout.web.audit import actions as audit
from closeout.web.recommendations.actions.errors import NotNowError, UnfitValueError
from closeout.web.recommendations.actions.held import words
from closeout.web.recommendations.ingest import join_waiting
from closeout.web.recommendations.ingest.captures import reading_of
from closeout.web.recommendations.ingest.corrections import (
    PROMISE,
    CorrectionError,
    checked,
    stated_date,
)
from closeout.web.recommendations.models import (
    Capture,
    Correction,
    Mention,
    ReviewItem,
    ReviewKind,
    ReviewState,
)
from closeout.web.recommendations.state import refresh

if TYPE_CHECKING:
    from collections.abc import Mapping

    from closeout.web.accounts.models import User

_PRINTED = frozenset({"status_printed", "position_printed"})


@transaction.atomic
def accept_item(*, by: User, item_id: int, note: str = "") -> ReviewItem:
    """Settle a question: what was read is right, or the document is as it is.

    Raises:
        NotNowError: It was settled, or asks about a join, which takes a decision.

    """
    require(by, Permission.READING_REVIEW)
    item = _open_item(item_id)
    if item.kind == ReviewKind.DOUBTFUL_JOIN:
        msg = "say whether they are the same"
        raise NotNowError(msg)
    settle(item, ReviewState.ACCEPTED, by=by)
    audit.record(
        by=by,
        action="reading.accept",
        target=item,
        before={"state": ReviewState.OPEN.value},
        after={"state": item.state, "mention": item.mention_id},
        reason=words("the note", note, required=False),
    )
    _refresh_of(item)
    return item


@transaction.atomic
def correct_mention(
    *, by: User, mention_id: int, changes: Mapping[str, Any], reason: str, item_id: int | None = None
) -> Mention:
    """Set fields of a reading right. The correction outlives every later reading of the document.

    A printed word that is put in must stand in the document: nobody can give the auditor
    words that the auditor did not print.

    Args:
        by: Who corrects.
        mention_id: The reading.
        changes: The right values, by field (`corrections.FIELDS`); those that are right already are left out.
        reason: Why.
        item_id: The question that is settled by it.

    Raises:
        UnfitValueError: A field or value is none, or printed words do not stand in the document.

    """
    require(by, Permission.READING_REVIEW)
    mention = _held_mention(mention_id)
    why = words("the reason", reason)
    changed = _checked_changes(mention, changes)
    item = _open_item(item_id) if item_id is not None else None
    now = timezone.now()
    Correction.objects.bulk_create(
        Correction(mention=mention, field=name, old=old, new=new, reason=why, by=by, at=now)
        for name, (old, new) in changed.items()
    )
    if item:
        settle(item, ReviewState.CORRECTED, by=by)
    audit.record(
        by=by,
        action="reading.correct",
        target=mention,
        before={name: old for name, (old, _) in changed.items()},
        after={name: new for name, (_, new) in changed.items()},
        reason=why,
    )
    _read_again(mention)
    return Mention.objects.get(pk=mention.pk)


@transaction.atomic
def correct_promise(
    *, by: User, mention_id: int, start: int, end: int, due: str | None, reason: str
) -> Mention:
    """Set a promise's date right, or take out what is no promise.

    Args:
        by: Who corrects.
        mention_id: The reading.
        start: Where the promise's words begin.
        end: Where they end.
        due: The right date in words; None when it is no promise.
        reason: Why.

    Raises:
        UnfitValueError: There is no promise there, or the words are no date.

    """
    require(by, Permission.READING_REVIEW)
    mention = _held_mention(mention_id)
    old = next(
        (each for each in mention.record["promises"] if (each["start"], each["end"]) == (start, end)), None
    )
    if old is None:
        msg = "there is no promise at that place"
        raise UnfitValueError(msg)
    new = None if due is None else {"due": due, "edtf": _date(due)}
    why = words("the reason", reason)
    Correction.objects.create(
        mention=mention, field=PROMISE, old=old, new=new, reason=why, by=by, at=timezone.now()
    )
    audit.record(
        by=by, action="reading.correct", target=mention, before={"due": old["due"]}, after=new, reason=why
    )
    _read_again(mention)
    return Mention.objects.get(pk=mention.pk)


@transaction.atomic
def reject_mention(*, by: User, mention_id: int, reason: str, item_id: int | None = None) -> Mention:
    """Say that what was read is no recommendation. It is left out of the register from then on.

    Raises:
        NotNowError: It is rejected already.

    """
    require(by, Permission.READING_REVIEW)
    mention = _held_mention(mention_id)
    if mention.is_rejected:
        msg = "it is rejected already"
        raise NotNowError(msg)
    why = words("the reason", reason)
    item = _open_item(item_id) if item_id is not None else None
    before = mention.recommendation_id
    mention.is_rejected, mention.recommendation = True, None
    mention.save(update_fields=["is_rejected", "recommendation"])
    if item:
        settle(item, ReviewState.REJECTED, by=by)
    audit.record(
        by=by,
        action="reading.reject",
        target=mention,
        before={"recommendation": before},
        after={"recommendation": None},
        reason=why,
    )
    _read_again(mention, before)
    return mention


@transaction.atomic
def restore_mention(*, by: User, mention_id: int, reason: str) -> Mention:
    """Take back that a reading is no recommendation.

    Raises:
        NotNowError: It is not rejected.

    """
    require(by, Permission.READING_REVIEW)
    mention = _held_mention(mention_id)
    if not mention.is_rejected:
        msg = "it is not rejected"
        raise NotNowError(msg)
    mention.is_rejected = False
    mention.save(update_fields=["is_rejected"])
    audit.record(by=by, action="reading.restore", target=mention, reason=words("the reason", reason))
    _read_again(mention)
    return Mention.objects.get(pk=mention.pk)


@transaction.atomic
def reject_item(*, by: User, item_id: int, reason: str) -> ReviewItem:
    """Settle a question about a whole document: it is none that belongs here.

    Raises:
        NotNowError: It was settled, or is about a reading or a join.

    """
    require(by, Permission.READING_REVIEW)
    item = _open_item(item_id)
    if item.mention_id is not None or item.kind == ReviewKind.DOUBTFUL_JOIN:
        msg = "reject the reading, or say whether they are the same"
        raise NotNowError(msg)
    settle(item, ReviewState.REJECTED, by=by)
    audit.record(
        by=by,
        action="document.reject",
        target=item,
        before={"state": ReviewState.OPEN.value},
        after={"state": item.state, "capture": item.capture_id},
        reason=words("the reason", reason),
    )
    _refresh_of(item)
    return item


def settle(item: ReviewItem, state: ReviewState, *, by: User) -> None:
    """Write who settled a question and how, as part of an action that logs it."""
    item.state, item.decided_by, item.decided_at = state, by, timezone.now()
    item.save(update_fields=["state", "decided_by", "decided_at"])


def _open_item(item_id: int) -> ReviewItem:
    item = ReviewItem.objects.select_for_update().get(pk=item_id)
    if item.state != ReviewState.OPEN:
        msg = f"it was settled: {item.state}"
        raise NotNowError(msg)
    return item


def _held_mention(mention_id: int) -> Mention:
    return Mention.objects.select_for_update().get(pk=mention_id)


def _refresh_of(item: ReviewItem) -> None:
    ids = {item.recommendation_id, item.mention.recommendation_id if item.mention else None}
    refresh(pk for pk in ids if pk is not None)


def _read_again(mention: Mention, *also: int | None) -> None:
    """Let the capture be joined anew, now with what people said."""
    Capture.objects.filter(pk=mention.capture_id).update(is_joined=False)
    touched = {mention.recommendation_id, *also}
    join_waiting(also=[pk for pk in touched if pk is not None])


def _checked_changes(mention: Mention, changes: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return the old and new plain value of each field that changes."""
    record = reading_of(Capture.objects.get(pk=mention.capture_id)).records[mention.index]
    found = {}
    for name, value in changes.items():
        try:
            new = checked(name, value)
        except CorrectionError as error:
            raise UnfitValueError(str(error)) from error
        plain = getattr(new, "value", new)
        if plain != mention.record.get(name):
            found[name] = (mention.record.get(name), plain)
    if not found:
        msg = "nothing is changed by that"
        raise UnfitValueError(msg)
    printed = {"status_printed": record.status_printed, **{name: new for name, (_, new) in found.items()}}
    if found.get("status", (None, None))[1] and not printed["status_printed"]:
        msg = "a status takes the words the auditor printed"
        raise UnfitValueError(msg)
    _check_printed(mention, found)
    return found


def _check_printed(mention: Mention, changed: Mapping[str, tuple[Any, Any]]) -> None:
    told = [changed[name][1] for name in sorted(_PRINTED & changed.keys()) if changed[name][1]]
    if not told:
        return
    text = fold_key(Capture.objects.only("text").get(pk=mention.capture_id).text)
    for said in told:
        if fold_key(said) not in text:
            msg = f"“{said}” does not stand in the document"
            raise UnfitValueError(msg)


def _date(due: str) -> str:
    try:
        return stated_date(due).edtf
    except CorrectionError as error:
        raise UnfitValueError(str(error)) from error
