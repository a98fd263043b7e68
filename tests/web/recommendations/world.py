"""A small register with one recommendation to act on, and people in every role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from closeout.reading.model import AuditorStatus, Position, Problem, Span, StatementKind
from closeout.web.accounts.models import Role
from closeout.web.recommendations import actions
from closeout.web.recommendations.models import Capture, Mention, Recommendation, ReviewItem, Statement
from tests.reading.factories import make_promise, make_record, make_statement
from tests.web.recommendations.arrivals import reading_of, take_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.web.accounts.models import User
    from closeout.web.recommendations.models import EvidenceRevision

LAMPS = "The Director should trim the lamps of every lighthouse each evening."
WORDS = (
    "Lamps Go Out. ZIG-26-07. Recommendation 1: The Director should trim the lamps of every lighthouse each "
    "evening. The office concurred. We consider this recommendation resolved and open. "
    "It will be closed when "
    "the office sends the lamp log. Recommendation closed. " + "." * 600
)
NEED = "The office needs to send the lamp log."
DAY = date(2026, 4, 1)
PDF = b"%PDF-1.7 the lamp log"


@dataclass(slots=True)
class World:
    """The rows an action can be tried on, and whoever may try."""

    make_user: Callable[..., User]
    rec: Recommendation
    mention: Mention
    capture: Capture
    need: Statement
    question: ReviewItem
    liaison: User
    approver: User

    def fresh(self) -> Recommendation:
        """Return the recommendation as it stands in the store."""
        return Recommendation.objects.get(pk=self.rec.pk)

    def evidence(self, **fields: object) -> EvidenceRevision:
        """Return a revision of evidence that the liaison added."""
        given = {"title": "The lamp log", "filename": "log.pdf", "data": PDF, "need_ids": [self.need.pk]}
        return actions.add_evidence(by=self.liaison, recommendation_id=self.rec.pk, **{**given, **fields})

    def cover(self) -> None:
        """Cover the auditor's need with accepted evidence."""
        actions.review_evidence(by=self.approver, revision_id=self.evidence().pk, accept=True)


def make_world(make_user: Callable[..., User], **fields: object) -> World:
    """Return a register of one report with one recommendation, in doubt, with a need and a promise."""
    record = make_record(
        LAMPS,
        **{
            "number": "1",
            "text_span": Span(44, 44 + len(LAMPS)),
            "status": AuditorStatus.RESOLVED_OPEN,
            "status_printed": "resolved and open",
            "status_span": Span(170, 187),
            "position": Position.CONCUR,
            "position_printed": "concurred",
            "position_by": "Harbor Office",
            "promises": (make_promise("2026-02-28", said_on="2026-01-01"),),
            "statements": (make_statement(StatementKind.NEED, text=NEED),),
            "doubts": (Problem("text-cut", "The text seems to break off.", Span(44, 60)),),
            **fields,
        },
    )
    take_in(
        reading_of(
            record, text=WORDS, title="Lamps Go Out", report_number="ZIG-26-07", report_date="2026-01-01"
        )
    )
    rec = Recommendation.objects.get()
    return World(
        make_user=make_user,
        rec=rec,
        mention=Mention.objects.get(),
        capture=Capture.objects.get(),
        need=Statement.objects.get(kind="need"),
        question=ReviewItem.objects.get(),
        liaison=make_user(Role.AUDIT_LIAISON),
        approver=make_user(Role.APPROVER),
    )
