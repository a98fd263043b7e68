"""The background work of staffing. `apps.py` imports this module in `ready()`, so that the worker knows it.

`staffing.need`          works demand, hours, need and gap out from the records as they are, and keeps them
`staffing.moves`         works out which cases of an office should move, and keeps the proposal
`staffing.accept_moves`  accepts every open move of a proposal in the name of the supervisor who said so
`staffing.scenario`      runs a scenario beside its office as it is, and keeps the paired differences
`staffing.curve`         works out the share on time at each caseload of an office, and keeps the curve
`staffing.plan`          searches for the cheapest hiring path, and keeps the plan

The engines are imported when the work starts: they take seconds that most commands can do without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from closeout.web.accounts.permissions import Permission
from closeout.web.jobs.kinds import job_kind
from closeout.web.jobs.models import Job
from closeout.web.staffing.actions import moves, plans, scenarios
from closeout.web.staffing.actions.runs import KIND
from closeout.web.staffing.models import MoveProposal
from closeout.workload.weights import Kind

if TYPE_CHECKING:
    from closeout.web.jobs.progress import Progress


@job_kind(KIND, permission=Permission.STAFFING_PLAN)
def run_need(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Work the need out as of today, and keep it."""
    from closeout.web.staffing.work import work_out_and_keep  # noqa: PLC0415 - brings the engines

    run = work_out_and_keep(
        today=timezone.localdate(),
        draws=params["draws"],
        seed=params["seed"],
        kind=Kind(params["weights"]),
        job=Job.objects.select_related("requested_by").get(pk=progress.job_id),
        told=progress.tell,
    )
    return {
        "Offices": run.offices.count(),
        "Draws": run.draws,
        "As of": run.as_of.isoformat(),
        "link": reverse("staffing:office-list"),
        "link_text": "See the offices",
    }


@job_kind(moves.KIND, permission=Permission.MOVES_REQUEST)
def run_moves(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Work moves out as of today, and keep the proposal."""
    from closeout.web.staffing.work_moves import propose_and_keep  # noqa: PLC0415 - brings the engines

    job = Job.objects.select_related("requested_by").get(pk=progress.job_id)
    proposal = propose_and_keep(params, today=timezone.localdate(), job=job, told=progress.tell)
    return {
        "Moves": proposal.moves.count(),
        "As of": proposal.as_of.isoformat(),
        "link": reverse("staffing:move-proposal", args=[proposal.pk]),
        "link_text": "See the proposal",
    }


@job_kind(moves.ACCEPT_KIND, permission=Permission.MOVES_ACCEPT)
def run_accept_moves(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Accept every open move of a proposal."""
    from closeout.web.staffing.work_moves import accept_whole  # noqa: PLC0415 - brings the engines

    job = Job.objects.select_related("requested_by").get(pk=progress.job_id)
    proposal = MoveProposal.objects.get(pk=params["proposal_id"])
    settled = accept_whole(proposal, job.requested_by, progress.advance)
    for one in settled.said:
        progress.tell(one)
    return {
        "Accepted": settled.accepted,
        "Overtaken": settled.overtaken,
        "link": reverse("staffing:move-proposal", args=[proposal.pk]),
        "link_text": "See the proposal",
    }


@job_kind(scenarios.KIND, permission=Permission.STAFFING_PLAN)
def run_scenario(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Run a scenario as of today, and keep what differs."""
    from closeout.web.staffing.work_scenarios import run_and_keep  # noqa: PLC0415 - brings the engines

    run = run_and_keep(params, today=timezone.localdate(), **_told(progress))
    return {
        "Replications": run.replications,
        "As of": run.as_of.isoformat(),
        "link": reverse("staffing:scenario-detail", args=[run.scenario_id]),
        "link_text": "See the scenario",
    }


@job_kind(scenarios.CURVE_KIND, permission=Permission.STAFFING_PLAN)
def run_curve(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Work out an office's curve as of today, and keep it."""
    from closeout.web.staffing.work_scenarios import draw_and_keep  # noqa: PLC0415 - brings the engines

    made = draw_and_keep(params, today=timezone.localdate(), **_told(progress))
    return {
        "Caseloads tried": len(made.result["points"]),
        "As of": made.as_of.isoformat(),
        "link": reverse("staffing:office-detail", args=[made.office_id]) + "#on-time",
        "link_text": "See the office",
    }


@job_kind(plans.KIND, permission=Permission.STAFFING_PLAN)
def run_plan(progress: Progress, params: dict[str, Any]) -> dict[str, Any]:
    """Search for the cheapest hiring path as of today, and keep the plan."""
    from closeout.web.staffing.work_scenarios import plan_and_keep  # noqa: PLC0415 - brings the engines

    made = plan_and_keep(params, today=timezone.localdate(), **_told(progress))
    return {
        "Draws": made.result["plan"]["draws"],
        "As of": made.as_of.isoformat(),
        "link": reverse("staffing:plan-detail", args=[made.pk]),
        "link_text": "See the plan",
    }


def _told(progress: Progress) -> dict[str, Any]:
    """Return the job and who is told of it, as the work of scenarios and plans takes them."""
    from closeout.web.staffing.work_scenarios import Told  # noqa: PLC0415 - brings the engines

    job = Job.objects.select_related("requested_by").get(pk=progress.job_id)
    return {"job": job, "told": Told(progress.tell, progress.advance)}
