"""The approving official's first screen: what waits for approval?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from closeout.reading.countwords import counted
from closeout.web.home.first.recommendations import dossier_of, name_of
from closeout.web.home.panels import MOST, Panel, Row, Screen
from closeout.web.recommendations.models import ClosureRequest, ClosureState, EvidenceRevision, EvidenceState

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User


def approver(user: User, today: date) -> Screen:
    """Return what waits for somebody's approval, longest waiting first; never what is their own."""
    evidence, closures = _evidence(user, today), _closures(user, today)
    answer = (
        f"{counted(evidence.total, 'piece')} of evidence to review, and "
        f"{counted(closures.total, 'dossier')} to approve."
    )
    return Screen("Approvals", "What waits for your approval?", answer, (closures, evidence))


def _closures(user: User, today: date) -> Panel:
    rows = (
        ClosureRequest.objects.filter(state=ClosureState.REQUESTED)
        .exclude(requested_by=user)
        .select_related("recommendation__report", "requested_by")
        .order_by("requested_at", "pk")
    )
    return Panel(
        "closures",
        "Dossiers to approve",
        tuple(
            Row(
                name_of(row.recommendation),
                f"{dossier_of(row.recommendation_id)}#closure",
                f"submitted by {row.requested_by}, {_ago(row.requested_at.date(), today)}",
            )
            for row in rows[:MOST]
        ),
        rows.count(),
        "No dossier waits.",
    )


def _evidence(user: User, today: date) -> Panel:
    newer = EvidenceRevision.objects.filter(evidence=OuterRef("evidence"), number__gt=OuterRef("number"))
    rows = (
        EvidenceRevision.objects.filter(~Exists(newer), state=EvidenceState.SUBMITTED)
        .filter(evidence__recommendation__is_open=True)
        .exclude(submitted_by=user)
        .select_related("evidence__recommendation__report", "submitted_by")
        .order_by("submitted_at", "pk")
    )
    return Panel(
        "evidence",
        "Evidence to review",
        tuple(
            Row(
                f"{row.evidence.title}: {name_of(row.evidence.recommendation)}",
                f"{dossier_of(row.evidence.recommendation_id)}#attachments",
                f"submitted by {row.submitted_by}, {_ago(row.submitted_at.date(), today)}",
            )
            for row in rows[:MOST]
        ),
        rows.count(),
        "No evidence waits.",
    )


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    return "today" if days <= 0 else f"{counted(days, 'day')} ago"
