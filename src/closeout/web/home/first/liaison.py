"""The audit liaison's first screen: what needs an answer, and what can be closed?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from closeout.evidence.assessment import Standing
from closeout.reading.countwords import counted
from closeout.web.evidence.models import RecommendationAssessment
from closeout.web.evidence.queries.runs import shown_run
from closeout.web.home.first.recommendations import dossier_of, listed, name_of
from closeout.web.home.panels import MOST, Panel, Row, Screen
from closeout.web.recommendations.models import ClosureRequest, ClosureState, EvidenceRevision, EvidenceState
from closeout.web.recommendations.queries.listing import Filters, Group, counts

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User
    from closeout.web.recommendations.queries.listing import Row as Listed


def liaison(user: User, today: date) -> Screen:
    """Return what the audit liaison has to do next."""
    del user
    found = counts(as_of=today)
    answer = (
        f"{found.open:,} open of {found.total:,}; {counted(found.missed, 'promise')} missed; "
        f"{found.clocks:,} owed by rule within 30 days or late; "
        f"{counted(found.waiting, 'closure request')} waiting 30 days or more."
    )
    return Screen(
        "Recommendations",
        "What needs an answer, and what can be closed?",
        answer,
        (
            listed(
                "clocks",
                "Owed by rule",
                Filters(group=Group.CLOCK),
                _clock,
                today=today,
                query="group=clock",
                nothing="No rule asks for an answer within 30 days.",
            ),
            listed(
                "missed",
                "Promises missed",
                Filters(group=Group.MISSED),
                _missed,
                today=today,
                query="group=missed",
                nothing="No promised date has passed.",
            ),
            _done(today),
            _returned(),
            _to_send(),
        ),
    )


def _clock(row: Listed) -> Row:
    href = reverse("recommendations:recommendation-detail", args=[row.pk])
    due = f"answer due {row.clock_due_on}" if row.clock_due_on else ""
    return Row(f"{row.report}, {row.label}", href, due)


def _missed(row: Listed) -> Row:
    href = reverse("recommendations:recommendation-detail", args=[row.pk])
    late = f"{counted(row.days_late, 'day')} late" if row.days_late else ""
    return Row(f"{row.report}, {row.label}", href, late, is_late=True)


def _done(today: date) -> Panel:
    run = shown_run(today).run
    rows = RecommendationAssessment.objects.filter(
        run=run, standing=Standing.DONE, recommendation__is_open=True
    ).select_related("recommendation__report")
    return Panel(
        "ready",
        "The records show it is being done",
        tuple(
            Row(name_of(row.recommendation), dossier_of(row.recommendation_id), "see what is still missing")
            for row in rows.order_by("place")[:MOST]
        ),
        rows.count(),
        "Of no open recommendation do the records show it yet."
        if run
        else "Nothing has been assessed yet; ask for an assessment under Evidence.",
        href=reverse("evidence:assessment") + f"?standing={Standing.DONE}&open=on",
        more="See all",
    )


def _returned() -> Panel:
    rows = EvidenceRevision.objects.filter(
        state=EvidenceState.RETURNED, evidence__recommendation__is_open=True
    ).select_related("evidence__recommendation__report")
    newest = [row for row in rows.order_by("-reviewed_at", "-pk") if _is_newest(row)]
    return Panel(
        "returned",
        "Evidence returned, to be made better",
        tuple(
            Row(row.evidence.title, dossier_of(row.evidence.recommendation_id), row.review_note[:80])
            for row in newest[:MOST]
        ),
        len(newest),
        "Nothing was returned.",
    )


def _is_newest(row: EvidenceRevision) -> bool:
    return not row.evidence.revisions.filter(number__gt=row.number).exists()


def _to_send() -> Panel:
    rows = ClosureRequest.objects.filter(state=ClosureState.APPROVED).select_related("recommendation__report")
    return Panel(
        "send",
        "Approved, to be sent",
        tuple(
            Row(
                name_of(row.recommendation),
                dossier_of(row.recommendation_id),
                f"approved {row.decided_at:%Y-%m-%d}" if row.decided_at else "",
            )
            for row in rows.order_by("decided_at")[:MOST]
        ),
        rows.count(),
        "No approved letter waits to be sent.",
    )
