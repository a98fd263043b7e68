"""What the demonstration's people have done, through the same actions as the pages use.

The story has one recommendation in each situation that a liaison meets: a missed date with a new
one and a plan, evidence half accepted, a request waiting for the auditor, one closed by the
auditor's word, a risk accepted with its reason.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from closeout.cli.demo_documents import DEMO
from closeout.followup.clock_rules import EventKind
from closeout.followup.statuses import Progress
from closeout.reading.model import AuditorStatus
from closeout.web.accounts.models import Role
from closeout.web.recommendations import actions
from closeout.web.recommendations.models import Recommendation
from closeout.web.recommendations.needs import needs_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.cli.demo_people import SignIn
    from closeout.web.accounts.models import User

_LONG_AGO = timedelta(days=34)
"""Longer than the 30 days in which an auditor's answer is looked for."""


def live(people: Sequence[SignIn]) -> None:
    """Let the people act on the register as it was read."""
    by = {person.role: person.user for person in people}
    liaison, manager, approver = by[Role.AUDIT_LIAISON], by[Role.PROGRAM_MANAGER], by[Role.APPROVER]
    _promise_anew(manager, _find("OIG-24-951", "2"))
    _bring_half(manager, approver, _find("OIG-24-951", "4"))
    _ask_and_wait(liaison, manager, approver, _find("OIG-24-951", "5"))
    _ask_and_close(liaison, approver, _find("OIG-25-957", "1"))
    _plan_inspections(liaison, _find("GAO-23-990104", "2"))
    _accept_the_risk(approver, _find("GAO-23-990104", "4"))
    _answer_congress(liaison, _find("GAO-26-990412", "1"))


def _find(report: str, number: str) -> Recommendation:
    return Recommendation.objects.listed().get(report__number=report, number=number, kind="recommendation")


def _today() -> date:
    return timezone.localdate()


def _not_after_today(day: date) -> date:
    """Return a day of the story, or today where this machine's clock is behind it."""
    return min(day, _today())


def _promise_anew(by: User, rec: Recommendation) -> None:
    """A date was missed: a plan with milestones, one of them done, and a new date."""
    plan = actions.set_plan(
        by=by,
        recommendation_id=rec.pk,
        owner_office="Field Operations",
        summary="Write the staffing rule with the union, then list each unit with what it has and needs.",
        steps=(
            actions.Step("The rule is drafted", date(2026, 9, 30)),
            actions.Step("The union has answered", date(2027, 1, 31)),
            actions.Step("The list of units is published", date(2027, 3, 31)),
        ),
    )
    first = plan.milestones.order_by("order")[0]
    actions.complete_milestone(by=by, milestone_id=first.pk, done_on=_not_after_today(date(2026, 9, 24)))
    actions.add_progress(
        by=by,
        recommendation_id=rec.pk,
        state=Progress.IN_PROGRESS,
        note="The draft rule is with the union.",
        on=_today(),
    )
    actions.record_promise(
        by=by,
        recommendation_id=rec.pk,
        due="March 31, 2027",
        what="the staffing rule and the list of units",
        promised_by="BCS",
        said_on=_not_after_today(date(2026, 10, 1)),
    )


def _bring_half(by: User, reviewer: User, rec: Recommendation) -> None:
    """Two needs: evidence for one is accepted, for the other it waits for a second person."""
    needs = [need.statement.pk for need in needs_of([rec.pk])[rec.pk]]
    counted = actions.add_evidence(
        by=by,
        recommendation_id=rec.pk,
        title="Reviews due and held, two quarters",
        filename="file-reviews-2025-q4-2026-q1.csv",
        data=_file("file-reviews-2025-q4-2026-q1.csv"),
        need_ids=needs[:1],
    )
    actions.review_evidence(by=reviewer, revision_id=counted.pk, accept=True, note="Complete.")
    actions.add_evidence(
        by=by,
        recommendation_id=rec.pk,
        title="Who took part in the reviews, by unit",
        filename="reviewers-by-unit.txt",
        data=_file("reviewers-by-unit.txt"),
        need_ids=needs[1:],
    )


def _ask_and_wait(liaison: User, manager: User, approver: User, rec: Recommendation) -> None:
    """Every need is covered; the letter went out more than 30 days ago and has no answer."""
    needs = [need.statement.pk for need in needs_of([rec.pk])[rec.pk]]
    brought = (
        ("The agreement with the Department of Schools", "agreement-with-schools.txt", needs[:1]),
        ("The instruction to all officers", "instruction-to-officers.txt", needs[1:]),
    )
    for title, name, covers in brought:
        revision = actions.add_evidence(
            by=manager,
            recommendation_id=rec.pk,
            title=title,
            filename=name,
            data=_file(name),
            need_ids=covers,
        )
        actions.review_evidence(by=approver, revision_id=revision.pk, accept=True)
    actions.add_progress(
        by=manager, recommendation_id=rec.pk, state=Progress.EVIDENCE_READY, note="", on=_today() - _LONG_AGO
    )
    _send(liaison, approver, rec, sent_on=_today() - _LONG_AGO)


def _send(liaison: User, approver: User, rec: Recommendation, *, sent_on: date) -> None:
    request = actions.request_closure(
        by=liaison,
        recommendation_id=rec.pk,
        letter="The agreed actions are complete. The evidence is enclosed. Please close this recommendation.",
        uncovered_reason="" if rec.needs else "The auditor's memorandum names no evidence.",
    )
    actions.decide_closure(by=approver, request_id=request.pk, approve=True)
    actions.record_sent(by=liaison, request_id=request.pk, sent_on=sent_on)


def _ask_and_close(liaison: User, approver: User, rec: Recommendation) -> None:
    """The auditor has answered a request: the recommendation is closed, by the auditor's own words."""
    _send(liaison, approver, rec, sent_on=_today() - 2 * _LONG_AGO)
    decision = actions.record_auditor_decision(
        by=liaison,
        recommendation_id=rec.pk,
        status=AuditorStatus.CLOSED_IMPLEMENTED,
        printed="Recommendation 1 is closed.",
        on=_today() - _LONG_AGO,
    )
    actions.confirm_auditor_decision(by=approver, decision_id=decision.pk)


def _plan_inspections(by: User, rec: Recommendation) -> None:
    actions.set_plan(
        by=by,
        recommendation_id=rec.pk,
        owner_office="Contracts and Partners",
        summary="Inspect the nine centers that are left, one a week.",
        steps=(actions.Step("All 22 centers are inspected", date(2026, 12, 31)),),
    )


def _accept_the_risk(by: User, rec: Recommendation) -> None:
    actions.add_progress(
        by=by,
        recommendation_id=rec.pk,
        state=Progress.RISK_ACCEPTED,
        note="The Department reports on closed centers in its budget documents and will add no other report.",
        on=_today(),
    )


def _answer_congress(by: User, rec: Recommendation) -> None:
    """The statement on the report's recommendations was sent, which stops its clock."""
    actions.record_event(
        by=by,
        kind=EventKind.STATEMENT_TO_CONGRESS,
        on=_not_after_today(date(2026, 7, 30)),
        report_id=rec.report_id,
        note="Sent to all recipients the law names.",
    )


def _file(name: str) -> bytes:
    return (DEMO / "evidence" / name).read_bytes()
