"""Corrective action plans and their milestones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from closeout.followup.statuses import Progress
from closeout.web.accounts.permissions import Permission, require
from closeout.web.audit import actions as audit
from closeout.web.recommendations.actions.errors import NotNowError, UnfitValueError
from closeout.web.recommendations.actions.held import held_open, past, words
from closeout.web.recommendations.actions.progress import put_progress
from closeout.web.recommendations.models import Milestone, Plan
from closeout.web.recommendations.state import refresh

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from closeout.web.accounts.models import User

_BEFORE_A_PLAN = frozenset({"", Progress.NOT_STARTED})


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone of a plan to be: what, and by which day."""

    text: str
    due_on: date


@transaction.atomic
def set_plan(
    *, by: User, recommendation_id: int, owner_office: str, summary: str, steps: Sequence[Step]
) -> Plan:
    """Set the corrective action plan; the plan before it is kept and marked superseded.

    The first plan moves the agency's own axis to "plan made".

    Args:
        by: Who sets it.
        recommendation_id: For what.
        owner_office: The office that owns it.
        summary: What will be done.
        steps: Its milestones, at least one: a plan without a date is no plan.

    """
    require(by, Permission.PLAN_EDIT)
    rec = held_open(recommendation_id)
    if not steps:
        msg = "a plan needs at least one milestone with its day"
        raise UnfitValueError(msg)
    now = timezone.now()
    last = rec.plans.filter(superseded_by__isnull=True).order_by("-at", "-pk").first()
    plan = Plan.objects.create(
        recommendation=rec,
        owner_office=words("the office", owner_office, most=120),
        summary=words("the summary", summary),
        by=by,
        at=now,
        supersedes=last,
    )
    Milestone.objects.bulk_create(
        Milestone(plan=plan, order=order, text=words("the milestone", step.text), due_on=step.due_on)
        for order, step in enumerate(steps, start=1)
    )
    if rec.progress in _BEFORE_A_PLAN:
        put_progress(rec, state=Progress.PLANNED, note="", on=timezone.localdate(now), by=by)
    audit.record(
        by=by,
        action="plan.set",
        target=rec,
        before={"plan": last.pk if last else None, "owner": rec.owner_office},
        after={"plan": plan.pk, "owner": plan.owner_office, "milestones": [step.due_on for step in steps]},
    )
    refresh([rec.pk])
    return plan


@transaction.atomic
def complete_milestone(*, by: User, milestone_id: int, done_on: date, note: str = "") -> Milestone:
    """Say that a milestone of the present plan is done, once.

    Raises:
        NotNowError: It is done already, or its plan was superseded.

    """
    require(by, Permission.PLAN_EDIT)
    milestone = (
        Milestone.objects.select_for_update(of=("self",))
        .select_related("plan__recommendation")
        .get(pk=milestone_id)
    )
    rec = held_open(milestone.plan.recommendation_id)
    if milestone.done_on is not None:
        msg = f"it was done on {milestone.done_on}"
        raise NotNowError(msg)
    if Plan.objects.filter(supersedes=milestone.plan_id).exists():
        msg = "its plan was superseded by a newer one"
        raise NotNowError(msg)
    milestone.done_on = past("the day", done_on)
    milestone.done_by = by
    milestone.note = words("the note", note, required=False)
    milestone.save(update_fields=["done_on", "done_by", "note"])
    audit.record(
        by=by,
        action="milestone.complete",
        target=milestone,
        before={"done_on": None},
        after={"done_on": milestone.done_on, "recommendation": rec.pk},
        reason=milestone.note,
    )
    refresh([rec.pk])
    return milestone
