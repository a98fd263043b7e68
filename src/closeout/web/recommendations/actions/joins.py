"""Deciding what the documents leave open: which recommendations are one, and which source is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from closeout.web.accounts.permissions import Permission, require
from closeout.web.audit import actions as audit
from closeout.web.recommendations.actions.errors import NotNowError, UnfitValueError
from closeout.web.recommendations.actions.held import words
from closeout.web.recommendations.actions.review import settle
from closeout.web.recommendations.ingest import join_waiting
from closeout.web.recommendations.ingest.joinables import hanging_together
from closeout.web.recommendations.models import (
    Capture,
    Conflict,
    JoinDecision,
    Mention,
    Report,
    ReviewItem,
    ReviewKind,
    ReviewState,
)
from closeout.web.recommendations.state import refresh

if TYPE_CHECKING:
    from closeout.web.accounts.models import User


@transaction.atomic
def decide_join(*, by: User, item_id: int, is_same: bool, reason: str = "") -> ReviewItem:
    """Answer a question about a join: the same, or not. The answer holds for every later reading.

    Raises:
        NotNowError: It was settled, or asks about something else.

    """
    require(by, Permission.READING_REVIEW)
    item = ReviewItem.objects.select_for_update().get(pk=item_id)
    if item.kind != ReviewKind.DOUBTFUL_JOIN or item.state != ReviewState.OPEN:
        msg = "it was settled, or asks about something else"
        raise NotNowError(msg)
    why = words("the reason", reason, required=False)
    decisions = _of_reports(item) if "reports" in item.detail else _of_mentions(item, is_same=is_same)
    for decision in decisions:
        decision.is_same, decision.reason = is_same, why
        decision.by, decision.at = by, timezone.now()
    made = JoinDecision.objects.bulk_create(decisions)
    settle(item, ReviewState.ACCEPTED if is_same else ReviewState.REJECTED, by=by)
    audit.record(
        by=by,
        action="join.decide",
        target=item,
        after={"is_same": is_same, "decisions": [decision.pk for decision in made]},
        reason=why,
    )
    _join_again(item)
    return item


@transaction.atomic
def join_by_hand(*, by: User, mention_id: int, other_id: int, is_same: bool, reason: str) -> JoinDecision:
    """Say of two readings that nobody asked about whether they are the same recommendation.

    Raises:
        UnfitValueError: They are one reading, or of one capture.

    """
    require(by, Permission.READING_REVIEW)
    pair = sorted((mention_id, other_id))
    mentions = list(Mention.objects.filter(pk__in=pair))
    if len({mention.capture_id for mention in mentions}) != len(pair):
        msg = "two readings of one document are never the same recommendation"
        raise UnfitValueError(msg)
    decision = JoinDecision.objects.create(
        one_id=pair[0],
        other_id=pair[1],
        is_same=is_same,
        reason=words("the reason", reason),
        by=by,
        at=timezone.now(),
    )
    audit.record(
        by=by, action="join.decide", target=decision, after={"is_same": is_same}, reason=decision.reason
    )
    Capture.objects.filter(pk__in=[mention.capture_id for mention in mentions]).update(is_joined=False)
    join_waiting(also=[mention.recommendation_id for mention in mentions if mention.recommendation_id])
    return decision


def _of_reports(item: ReviewItem) -> list[JoinDecision]:
    ids = sorted(item.detail["reports"])
    return [JoinDecision(one_report_id=ids[0], other_report_id=other) for other in ids[1:]]


def _of_mentions(item: ReviewItem, *, is_same: bool) -> list[JoinDecision]:
    """Return a decision for each further recommendation in question, by one reading of each.

    When the question is whether records under one number are one, "no" parts the readings
    whose words differ from the first.
    """
    mentions = list(
        Mention.objects.filter(pk__in=item.detail["mentions"], recommendation__isnull=False).order_by("pk")
    )
    if not mentions:
        return []
    first = mentions[0]
    others: dict[object, Mention] = {}
    for mention in mentions[1:]:
        is_other = mention.recommendation_id != first.recommendation_id
        if is_other or (not is_same and mention.record.get("text") != first.record.get("text")):
            others.setdefault(mention.recommendation_id if is_other else mention.record.get("text"), mention)
    return [JoinDecision(one=first, other=other) for other in others.values()]


def _join_again(item: ReviewItem) -> None:
    """Join anew everything the question is about."""
    captures = set(
        Mention.objects.filter(pk__in=item.detail.get("mentions", [])).values_list("capture", flat=True)
    )
    reports = Report.objects.filter(pk__in=item.detail.get("reports", []))
    captures |= set(reports.exclude(captures__isnull=True).values_list("captures", flat=True))
    Capture.objects.filter(pk__in=hanging_together(captures)).update(is_joined=False)
    ids = {item.recommendation_id, *item.detail.get("recommendations", [])}
    join_waiting(also=[pk for pk in ids if pk is not None])


@transaction.atomic
def resolve_conflict(*, by: User, conflict_id: int, resolution: str) -> Conflict:
    """Say which of the contradicting sources is right, and why. The sources stay as they are.

    Raises:
        NotNowError: It was resolved, or the sources no longer contradict each other.

    """
    require(by, Permission.READING_REVIEW)
    conflict = Conflict.objects.select_for_update().get(pk=conflict_id)
    if conflict.resolved_by_id is not None or not conflict.is_current:
        msg = "it was resolved, or the sources no longer contradict each other"
        raise NotNowError(msg)
    conflict.resolution = words("which source is right", resolution)
    conflict.resolved_by, conflict.resolved_at = by, timezone.now()
    conflict.save(update_fields=["resolution", "resolved_by", "resolved_at"])
    audit.record(
        by=by,
        action="conflict.resolve",
        target=conflict,
        after={"field": conflict.field, "recommendation": conflict.recommendation_id},
        reason=conflict.resolution,
    )
    if conflict.recommendation_id is not None:
        refresh([conflict.recommendation_id])
    return conflict
