"""What every action begins with: the permission, the row under lock, and words fit to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone

from closeout.web.privacy import check_free_text
from closeout.web.recommendations.actions.errors import NotNowError, PersonalWordsError, UnfitValueError
from closeout.web.recommendations.models import Recommendation

if TYPE_CHECKING:
    from datetime import date


def held(recommendation_id: int) -> Recommendation:
    """Return a recommendation under lock until the transaction ends.

    Raises:
        NotNowError: It was found to be another one, or none.

    """
    rec = (
        Recommendation.objects.select_for_update(of=("self",))
        .select_related("report")
        .get(pk=recommendation_id)
    )
    if rec.is_retired:
        msg = "this recommendation was found to be part of another one, or none; open that one instead"
        raise NotNowError(msg)
    return rec


def held_open(recommendation_id: int) -> Recommendation:
    """Return a recommendation under lock; refuse one that the auditor closed."""
    rec = held(recommendation_id)
    if not rec.is_open:
        msg = f"the auditor has closed {rec}; nothing more is owed on it"
        raise NotNowError(msg)
    return rec


def words(name: str, text: str, *, required: bool = True, most: int | None = None) -> str:
    """Return a free text fit to keep: stripped, and without anything that identifies a person.

    Args:
        name: What to call it in a refusal.
        text: What was typed.
        required: Whether it may not be empty.
        most: Characters it may have; None where the store sets no bound.

    Raises:
        UnfitValueError: It is empty though required, or too long.
        PersonalWordsError: It holds an identifier of a person; the message says where.

    """
    text = text.strip()
    if required and not text:
        msg = f"{name} is missing"
        raise UnfitValueError(msg)
    if most is not None and len(text) > most:
        msg = f"{name} has {len(text):,} characters, more than {most}"
        raise UnfitValueError(msg)
    try:
        check_free_text(text)
    except ValidationError as error:
        raise PersonalWordsError(" ".join(error.messages)) from error
    return text


def past(name: str, day: date) -> date:
    """Return a day that is not in the future.

    Raises:
        UnfitValueError: It is.

    """
    if day > timezone.localdate():
        msg = f"{name} is in the future"
        raise UnfitValueError(msg)
    return day
