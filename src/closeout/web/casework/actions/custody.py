"""Reviews of custody after a final order: notice, decision, and the next one (A9)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.db import transaction

from closeout.web.casework.actions.errors import NotNowError, UnfitValueError
from closeout.web.casework.actions.held import one_of, take_case, take_row
from closeout.web.casework.models import CustodyReview

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User

KINDS = ("day_90", "day_180", "annual")
DECISIONS = ("continue", "release", "supervise", "refer_headquarters")
DECIDERS = ("field_director", "headquarters")
_DAYS = {"day_90": 90, "day_180": 180}
_ENDS_REVIEWS = ("release", "supervise")


def review_due(kind: str, period_from: date) -> date:
    """Return when a review is due: 90 or 180 days, or 180 days and a year, after the period began."""
    if kind == "annual":
        return period_from + timedelta(days=_DAYS["day_180"]) + relativedelta(years=1)
    return period_from + timedelta(days=_DAYS[kind])


@transaction.atomic
def begin_custody_reviews(
    *, by: User, case_no: str, period_from: date, on: date | None = None, expected_version: int | None = None
) -> CustodyReview:
    """Begin the clock of a removal period: the first review is due on its 90th day.

    Raises:
        NotNowError: A review of the case waits for its decision.
        UnfitValueError: The period begins in the future.

    """
    hand = take_case(case_no, by=by, on=on, expected_version=expected_version)
    if period_from > hand.on:
        msg = "the removal period does not begin in the future"
        raise UnfitValueError(msg)
    if CustodyReview.objects.filter(case=hand.case, decided_on__isnull=True).exists():
        msg = "a review of this case waits for its decision"
        raise NotNowError(msg)
    writing = hand.writing()
    row = writing.create(
        CustodyReview,
        case=hand.case,
        kind="day_90",
        period_from=period_from,
        due_on=review_due("day_90", period_from),
    )
    hand.tell(writing, "custody_review.begin", row)
    return row


@transaction.atomic
def serve_custody_notice(
    *, by: User, custody_review_id: int, on: date | None = None, expected_version: int | None = None
) -> CustodyReview:
    """Record that notice of a review was served.

    Raises:
        NotNowError: The review is decided, or its notice was served.

    """
    row, hand = take_row(CustodyReview, custody_review_id, by=by, on=on, expected_version=expected_version)
    if row.decided_on is not None or row.notice_served_on is not None:
        msg = "the review is decided, or its notice has been served"
        raise NotNowError(msg)
    writing = hand.writing()
    writing.change(row, notice_served_on=hand.on)
    hand.tell(writing, "custody_review.notice", row)
    return row


@transaction.atomic
def record_custody_review(
    *,
    by: User,
    custody_review_id: int,
    decision: str,
    decider_role: str,
    on: date | None = None,
    expected_version: int | None = None,
) -> CustodyReview:
    """Record the decision of a review; where custody goes on, the next review is put on the calendar.

    Args:
        by: Who records it.
        custody_review_id: Which review.
        decision: One of `DECISIONS`.
        decider_role: Who decided, by role.
        on: When it was decided; today when left out.
        expected_version: The review's version as it was shown.

    Raises:
        NotNowError: It is decided.
        UnfitValueError: A code is none of those.

    """
    one_of("the decision", decision, DECISIONS)
    one_of("who decided", decider_role, DECIDERS)
    row, hand = take_row(CustodyReview, custody_review_id, by=by, on=on, expected_version=expected_version)
    if row.decided_on is not None:
        msg = "the review is decided"
        raise NotNowError(msg)
    writing = hand.writing()
    writing.change(row, decided_on=hand.on, decision=decision, decider_role=decider_role)
    if decision not in _ENDS_REVIEWS:
        kind = "day_180" if row.kind == "day_90" else "annual"
        is_again = row.kind == "annual"
        due_on = row.due_on + relativedelta(years=1) if is_again else review_due(kind, row.period_from)
        writing.create(CustodyReview, case=hand.case, kind=kind, period_from=row.period_from, due_on=due_on)
    hand.tell(writing, "custody_review.decide", row, reason=decision)
    return row
