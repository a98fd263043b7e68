"""The demonstration's hiring plan: brought as evidence, accepted, and asked for on the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from closeout.assess.sealing import FROZEN
from closeout.evidence.freezing.folder import read_frozen, read_index
from closeout.evidence.freezing.hiring import HIRING
from closeout.web.accounts.models import Role, User
from closeout.web.evidence.actions.frozen import keep_frozen
from closeout.web.evidence.queries.plans import texts_of
from closeout.web.recommendations.actions import review_evidence
from closeout.web.staffing.actions.plans import AskedPlan, ask_plan
from closeout.workload.read_hiring import read_hiring

if TYPE_CHECKING:
    from pathlib import Path

    from closeout.web.evidence.models import AssessmentRun


@transaction.atomic
def bring_plan(run: AssessmentRun, folder: Path) -> int:
    """Put the hiring plan of an assessment forward where a need asks for one, and let it be accepted.

    Args:
        run: The assessment as the site keeps it.
        folder: The same as the command wrote it, with what it froze.

    Returns:
        For how many recommendations.

    """
    manager, approver = _somebody(Role.PROGRAM_MANAGER), _somebody(Role.APPROVER)
    frozen = [
        read_frozen(folder / FROZEN / entry.file)
        for entry in read_index(folder / FROZEN).entries
        if entry.code == HIRING
    ]
    rows = [row for row in run.assessed.select_related("run").order_by("place") if texts_of(row)]
    for row in rows:
        for one in frozen:
            figure = keep_frozen(by=manager, row=row, frozen=one, needs=texts_of(row))
            review_evidence(by=approver, revision_id=figure.revision_id, accept=True)
    return len(rows) if frozen else 0


def ask_hiring(planner: User, file: Path) -> None:
    """Put the plan of all offices in the queue, with the figures that the example agency states.

    Args:
        planner: Who asks.
        file: The example's hiring assumptions.

    """
    asked = read_hiring(file)
    limits = asked.limits
    own = {
        "lead": [[months, chance] for months, chance in limits.flow.lead],
        "completion": limits.flow.completion,
        "ramp": list(limits.flow.ramp),
        "leaving": None if limits.leaving is None else limits.leaving.mean,
        "basis": asked.basis,
    }
    first, second = limits.classes[:2]
    ask_plan(
        by=planner,
        asked=AskedPlan(
            asked.office_id,
            limits.by,
            probability=limits.probability,
            ceiling=limits.ceiling,
            seats=first.seats,
            every_months=second.month - first.month,
            draws=asked.draws,
            seed=asked.seed,
            own=own,
        ),
    )


def _somebody(role: Role) -> User:
    return User.objects.filter(role=role).order_by("pk")[0]
