"""Hiring plans as evidence: worked out again from the records that were assessed, and frozen."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now

from closeout.duties.pack import load_pack
from closeout.engines import connect
from closeout.evidence.freezing import FreezeError, Frozen, Hashes, freeze
from closeout.evidence.freezing.hiring import HIRING, hiring_answer, why_not
from closeout.evidence.freezing.staffing import Runs
from closeout.evidence.needs import SEVERAL_YEARS
from closeout.web.accounts.permissions import Permission, require
from closeout.web.evidence.actions.frozen import keep_frozen
from closeout.web.evidence.freezing import ENGINE, assessed_records
from closeout.web.evidence.models import FrozenFigure
from closeout.web.evidence.queries.plans import KIND, texts_of, wanting
from closeout.web.jobs.actions import start_job
from closeout.web.jobs.models import Job
from closeout.web.recommendations.actions.errors import NotNowError, UnfitValueError
from closeout.web.recommendations.actions.held import held_open
from closeout.web.recommendations.queries.story import find
from closeout.web.staffing.actions.plans import AskedPlan
from closeout.web.staffing.models.scenarios import KeptPlan
from closeout.web.staffing.queries.plans import sees_plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.web.accounts.models import User
    from closeout.web.evidence.models import AssessmentRun, RecommendationAssessment
    from closeout.web.recommendations.models import Recommendation

_TITLE = 200


@transaction.atomic
def ask_freeze_plan(*, by: User, plan_id: int, recommendation_id: int) -> Job:
    """Put freezing a hiring plan in the queue, and return its job.

    Args:
        by: Who freezes it; another person accepts it.
        plan_id: The plan.
        recommendation_id: For which recommendation; one that asks for a hiring plan.

    Raises:
        PermissionDenied: The role may not, or it is the plan of an office that one may not see.
        NotNowError: The plan rests on figures that the agency has not stated, it is being frozen or was
            frozen of this assessment already, or the recommendation is closed.
        UnfitValueError: The recommendation does not ask for a hiring plan.

    """
    require(by, Permission.EVIDENCE_FREEZE)
    plan, rec, row = _looked_up(by, plan_id, recommendation_id)
    params = {"plan": plan.pk, "recommendation": rec.pk}
    if Job.objects.filter(kind=KIND, params=params).unfinished().exists():
        msg = "it is being frozen already"
        raise NotNowError(msg)
    _check_new(plan, rec, row.run)
    title = f"Freeze the hiring plan of {plan.office_id or 'all offices'} by {plan.by_on}"
    return start_job(by=by, kind=KIND, title=title[:_TITLE], params=params)


def freeze_plan(
    *, by: User, plan_id: int, recommendation_id: int, told: Callable[[str], None] = lambda _said: None
) -> FrozenFigure:
    """Work a hiring plan out again from the records of the newest assessment, and put it forward as evidence.

    It covers the needs that ask for a hiring plan, and counts once a second person accepts it.

    Args:
        by: Who freezes it.
        plan_id: The plan, whose assumptions are taken.
        recommendation_id: For which recommendation.
        told: Is told what is being done; what it raises ends the work.

    Raises:
        PermissionDenied, NotNowError, UnfitValueError: As for `ask_freeze_plan`; and where the pack has
            changed, the records are not kept, or the plan is not what the auditor needs.

    """
    require(by, Permission.EVIDENCE_FREEZE)
    plan, _, row = _looked_up(by, plan_id, recommendation_id)
    frozen = _frozen(plan, row.run, told)
    texts = texts_of(row)
    is_many = any(words in text.casefold() for words in SEVERAL_YEARS for text in texts)
    if why := why_not(frozen.rows, row.run.as_of, is_many_years=is_many):
        msg = f"the plan does not cover what the auditor needs: {why}"
        raise NotNowError(msg)
    told("Putting it forward")
    with transaction.atomic():
        _check_new(plan, held_open(row.recommendation_id), row.run)
        return keep_frozen(by=by, row=row, frozen=frozen, needs=texts, note=_note(plan))


def _looked_up(
    by: User, plan_id: int, recommendation_id: int
) -> tuple[KeptPlan, Recommendation, RecommendationAssessment]:
    plan = KeptPlan.objects.filter(pk=plan_id).first()
    if plan is None or not sees_plan(by, plan):
        msg = "the plan of that office"
        raise PermissionDenied(msg)
    rec = find(recommendation_id)
    row = next((one for one in wanting() if one.recommendation_id == rec.pk), None)
    if row is None:
        msg = "that recommendation does not ask for a hiring plan in the newest assessment"
        raise UnfitValueError(msg)
    AskedPlan.of(plan.asked).whole(plan.as_of)
    return plan, rec, row


def _check_new(plan: KeptPlan, rec: Recommendation, run: AssessmentRun) -> None:
    same = FrozenFigure.objects.filter(
        revision__evidence__recommendation=rec,
        revision__note=_note(plan),
        measure=HIRING,
        records_digest=run.records_digest,
    )
    if same.exists():
        msg = "it has been frozen of this assessment already; see the attachments"
        raise NotNowError(msg)


def _note(plan: KeptPlan) -> str:
    return f"Hiring plan {plan.pk}"


def _frozen(plan: KeptPlan, run: AssessmentRun, told: Callable[[str], None]) -> Frozen:
    """Return the plan, worked out again and frozen."""
    pack = load_pack()
    asked = AskedPlan.of(plan.asked).whole(run.as_of)
    try:
        snapshot = assessed_records(run, pack)
        with closing(connect()) as engine:
            answer = hiring_answer(Runs(engine, snapshot, pack, run.as_of, told), asked)
        told("Freezing it")
        return freeze(
            answer,
            snapshot=snapshot,
            hashes=Hashes(),
            engine=ENGINE,
            effective_on=run.as_of,
            frozen_at=now(),
        )
    except (FreezeError, LookupError, ValueError) as error:
        raise NotNowError(" ".join(str(error).split())) from error
