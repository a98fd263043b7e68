"""Taking in a new case at an office (A13): it gets a random number, and waits for whoever leads it."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from closeout.records.columns import CODE
from closeout.web.casework.actions.errors import UnfitValueError
from closeout.web.casework.actions.held import one_of, past, take_desk
from closeout.web.casework.actions.writing import Writing
from closeout.web.casework.models import Case, DocketMembership

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User

DOCKETS = ("detained", "non_detained_pre_order", "non_detained_post_order", "juvenile", "family")
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No sign that is read as another one when it is spoken or written by hand."""
_DIGITS = 10
_LANGUAGE = r"[a-z]{2,3}"


@transaction.atomic
def take_in_case(  # noqa: PLR0913 - one form's fields
    *,
    by: User,
    docket: str,
    is_detained: bool = False,
    is_child: bool = False,
    has_representation: bool = False,
    language: str | None = None,
    status_code: str | None = None,
    final_order_on: date | None = None,
    on: date | None = None,
) -> Case:
    """Open the record of a new case at the user's office, in intake and on a docket, led by nobody yet.

    Its number is drawn at random and says nothing about anybody. `assign_lead` opens the case.

    Args:
        by: Who takes it in.
        docket: One of `DOCKETS`.
        is_detained: Whether the person is held in custody; always so on the detained docket.
        is_child: Whether it belongs to the duties owed to children.
        has_representation: Whether an entry of appearance is on file.
        language: The language needed, as an ISO 639 code; None if none is.
        status_code: The status by the agency's codebook; None if not known.
        final_order_on: When the order became final; None without one.
        on: The day it came; today when left out.

    Raises:
        UnfitValueError: A code is none of those, a day is in the future, or docket and order do not agree.

    """
    one_of("the docket", docket, DOCKETS)
    if language and not re.fullmatch(_LANGUAGE, language):
        msg = "a language is its ISO 639 code, two or three small letters"
        raise UnfitValueError(msg)
    if status_code and not re.fullmatch(CODE, status_code):
        msg = "a status is a code of the agency's codebook, at most 64 letters, digits and signs"
        raise UnfitValueError(msg)
    desk = take_desk(by=by, on=on)
    ordered_on = (
        past("the day of the final order", final_order_on, today=desk.today) if final_order_on else None
    )
    if (docket == "non_detained_post_order") != (ordered_on is not None) and docket.startswith(
        "non_detained"
    ):
        msg = "a case is on the docket after the order once it has a final order, and not before"
        raise UnfitValueError(msg)
    held = is_detained or docket == "detained"
    writing = Writing(None)
    case = writing.create(
        Case,
        case_no=_new_number(),
        office=desk.office,
        docket=docket,
        is_detained=held,
        state="intake",
        status_code=status_code or None,
        opened_on=desk.on,
        detained_on=desk.on if held else None,
        final_order_on=ordered_on,
        language=language or None,
        has_representation=has_representation,
        is_child=is_child,
    )
    writing.case_no = writing.after["case"] = case.pk
    writing.create(
        DocketMembership,
        case=case,
        office=desk.office,
        docket=docket,
        is_detained=held,
        from_on=desk.on,
        reason="opened",
    )
    writing.tell("case.take_in", case, by=by, today=desk.today)
    return case


def _new_number() -> str:
    while True:
        number = "C-" + "".join(secrets.choice(ALPHABET) for _ in range(_DIGITS))
        if not Case.objects.filter(pk=number).exists():
            return number
