"""Moves of cases: asking for a proposal, keeping it, and deciding each. Who asked never decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from closeout.web.accounts.permissions import Permission, may, require
from closeout.web.audit import actions as audit
from closeout.web.casework.actions import assign_lead
from closeout.web.casework.actions.errors import (
    ActionRefusedError,
    NotNowError,
    SamePersonError,
    UnfitValueError,
)
from closeout.web.casework.models import Case, Office, Officer
from closeout.web.jobs.actions import start_job
from closeout.web.jobs.models import Job
from closeout.web.staffing.models.moves import MoveProposal, MoveState, ProposalKind, ProposedMove
from closeout.web.staffing.policy import LEADS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from closeout.web.accounts.models import User

KIND = "staffing.moves"
ACCEPT_KIND = "staffing.accept_moves"
ASSIGNED_AS: dict[str, str] = {ProposalKind.REBALANCE: "rebalanced", ProposalKind.WAITING: "new"}
"""Why a case changed hands, as its history says."""
MOST_AT_ONCE = 50
"""Moves accepted while somebody waits; more are accepted in the background."""
OVERRIDES = (
    "officer_knows_case",
    "appointment_near",
    "absence_not_recorded",
    "skill_not_recorded",
    "conflict",
    "other_plan",
)
"""Why a supervisor refuses a move."""


@transaction.atomic
def ask_moves(
    *,
    by: User,
    office_id: str,
    kind: str = ProposalKind.REBALANCE,
    leaving: Sequence[str] = (),
    max_moves: int | None = None,
    seed: int = 0,
) -> Job:
    """Put the working out of a proposal for an office in the queue, and return its job.

    Args:
        by: Who asks; leading an office, only for that one.
        office_id: The office whose cases are to be shared out evenly.
        kind: Even loads, or officers for the cases that nobody leads.
        leaving: Officers to count without hours: they leave or are lent.
        max_moves: The most cases that may change hands; None: as many as evenness takes.
        seed: Decides between plans that are as good.

    Raises:
        PermissionDenied: The role may not, or it is another office than one's own.
        UnfitValueError: There is no such office, or an officer is none of it, or a number is none.
        NotNowError: A proposal for the office is being worked out already.

    """
    require(by, Permission.MOVES_REQUEST)
    check_office(by, office_id)
    if not Office.objects.filter(pk=office_id).exists():
        msg = f"there is no office {office_id}"
        raise UnfitValueError(msg)
    known = set(Officer.objects.filter(pk__in=leaving, office_id=office_id).values_list("pk", flat=True))
    strangers = sorted(set(leaving) - known)
    if strangers:
        msg = f"{', '.join(strangers)}: no officer of {office_id} has that staff number"
        raise UnfitValueError(msg)
    if max_moves is not None and max_moves < 0:
        msg = "the most moves are 0 or more"
        raise UnfitValueError(msg)
    if Job.objects.filter(kind=KIND, params__office_id=office_id).unfinished().exists():
        msg = f"a proposal for {office_id} is being worked out already; see its job"
        raise NotNowError(msg)
    if kind not in ProposalKind.values:
        msg = "a proposal is for even loads or for the cases that nobody leads"
        raise UnfitValueError(msg)
    params = {
        "office_id": office_id,
        "kind": str(kind),
        "leaving": sorted(known),
        "max_moves": max_moves,
        "seed": seed,
    }
    return start_job(by=by, kind=KIND, title=f"Propose moves at {office_id}", params=params)


def check_office(user: User, office_id: str) -> None:
    """Pass when somebody may see an office's moves: who leads an office, that one; planners all.

    Raises:
        PermissionDenied: It is another office.

    """
    if not sees_moves(user, office_id):
        msg = "the moves of another office"
        raise PermissionDenied(msg)


def sees_moves(user: User, office_id: str) -> bool:
    """Say whether somebody may see an office's proposals."""
    if not (may(user, Permission.MOVES_REQUEST) or may(user, Permission.MOVES_ACCEPT)):
        return False
    return user.role not in LEADS or user.office == office_id


def sees_cases(user: User, office_id: str) -> bool:
    """Say whether somebody may see the single cases of a proposal: who leads the office."""
    return user.role in LEADS and sees_moves(user, office_id)


@dataclass(frozen=True, slots=True)
class Origin:
    """What a proposal was worked out from, and for whom."""

    as_of: date
    records_digest: str
    requested_by: User | None = None
    job_id: int | None = None


@transaction.atomic
def keep_proposal(answer: dict[str, Any], *, kind: str, office_id: str, origin: Origin) -> MoveProposal:
    """Write a proposal down with its moves, and the event that tells of it.

    Args:
        answer: What `closeout.assignment.asking.answered` gave.
        kind: One of `ProposalKind`.
        office_id: The office.
        origin: What it was worked out from.

    """
    said = {name: value for name, value in answer.items() if name != "moves"}
    proposal = MoveProposal.objects.create(
        kind=kind,
        office_id=office_id,
        as_of=origin.as_of,
        records_digest=origin.records_digest,
        job_id=origin.job_id,
        requested_by=origin.requested_by,
        sentence=said.get("sentence") or _told(said["counts"]),
        result=said,
    )
    rows = [{**move, "from_officer": move["from_officer"] or ""} for move in answer["moves"]]
    ProposedMove.objects.bulk_create(
        [ProposedMove(proposal=proposal, **row) for row in rows], batch_size=1_000
    )
    audit.record(
        by=origin.requested_by or audit.SYSTEM,
        action="staffing.propose_moves",
        target=proposal,
        after={"kind": kind, "office_id": office_id, "as_of": origin.as_of, "moves": len(rows)},
    )
    return proposal


def _told(counts: dict[str, int]) -> str:
    alone = counts["waiting"] + counts["undistributable"]
    if not alone:
        return "No case waits: somebody leads each."
    return (
        f"Of {alone:,} case{'s' if alone > 1 else ''} that nobody leads, "
        f"{counts['assigned']:,} can be given to somebody, {counts['held']:,} wait for room, and "
        f"{counts['undistributable']:,} can go to nobody of the office."
    )


@transaction.atomic
def accept_move(*, by: User, move_id: int) -> ProposedMove:
    """Accept a move: the case changes hands, and its history says why.

    A case that changed hands, closed or left since is not moved; the move is then overtaken.

    Raises:
        PermissionDenied: The role may not, or it is another office.
        SamePersonError: One asked for the proposal oneself.
        NotNowError: It was decided already, or is overtaken.

    """
    move = _take(by, move_id)
    case = Case.objects.select_for_update().filter(pk=move.case_no).first()
    if not _still_holds(move, case):
        return _decide(move, by, MoveState.OVERTAKEN)
    assign_lead(
        by=by, case_no=move.case_no, officer_no=move.to_officer, reason=ASSIGNED_AS[move.proposal.kind]
    )
    return _decide(move, by, MoveState.ACCEPTED)


@transaction.atomic
def refuse_move(*, by: User, move_id: int, reason: str) -> ProposedMove:
    """Refuse a move, with a reason: the case stays where it is.

    Raises:
        PermissionDenied: As `accept_move`.
        SamePersonError: As `accept_move`.
        NotNowError: It was decided already.
        UnfitValueError: The reason is none of `OVERRIDES`.

    """
    if reason not in OVERRIDES:
        msg = "a refusal needs one of the reasons listed"
        raise UnfitValueError(msg)
    return _decide(_take(by, move_id), by, MoveState.REFUSED, override_reason=reason)


def accept_moves(*, by: User, move_ids: Collection[int]) -> tuple[list[ProposedMove], list[str]]:
    """Accept several moves, each on its own: one that is refused does not stop the others.

    Returns:
        The moves decided, and what was said of those that could not be.

    """
    done, said = [], []
    for move_id in sorted(move_ids):
        try:
            done.append(accept_move(by=by, move_id=move_id))
        except ActionRefusedError as refusal:
            said.append(str(refusal))
    return done, said


@transaction.atomic
def ask_accept_all(*, by: User, proposal_id: int) -> Job:
    """Put the acceptance of all open moves of a proposal in the queue, in the name of whoever asks.

    Raises:
        PermissionDenied: As `accept_move`.
        SamePersonError: As `accept_move`.

    """
    proposal = MoveProposal.objects.select_for_update().filter(pk=proposal_id).first()
    _check_decides(by, proposal)
    title = f"Accept the moves at {proposal.office_id}" if proposal else ""
    return start_job(by=by, kind=ACCEPT_KIND, title=title, params={"proposal_id": proposal_id})


def may_decide(user: User, proposal: MoveProposal) -> bool:
    """Say whether somebody may accept and refuse the moves of a proposal."""
    return (
        may(user, Permission.MOVES_ACCEPT)
        and sees_moves(user, proposal.office_id)
        and proposal.requested_by_id != user.pk
    )


def _check_decides(by: User, proposal: MoveProposal | None) -> None:
    require(by, Permission.MOVES_ACCEPT)
    if proposal is None or by.office != proposal.office_id:
        msg = "there is no such move at your office"
        raise PermissionDenied(msg)
    if proposal.requested_by_id == by.pk:
        msg = "you asked for these moves; another supervisor decides on them"
        raise SamePersonError(msg)


def _take(by: User, move_id: int) -> ProposedMove:
    require(by, Permission.MOVES_ACCEPT)
    move = ProposedMove.objects.select_for_update().filter(pk=move_id).first()
    _check_decides(by, move.proposal if move else None)
    if move is None or move.state != MoveState.PROPOSED:
        msg = f"the move of case {move.case_no if move else ''} is {move.state if move else 'gone'} already"
        raise NotNowError(msg)
    return move


def _still_holds(move: ProposedMove, case: Case | None) -> bool:
    if case is None or case.state == "closed" or case.office_id != move.proposal.office_id:
        return False
    return (case.officer_id or "") == move.from_officer


def _decide(move: ProposedMove, by: User, state: MoveState, *, override_reason: str = "") -> ProposedMove:
    move.state, move.override_reason = state, override_reason
    move.decided_by, move.decided_at = by, timezone.now()
    move.save(update_fields=["state", "override_reason", "decided_by", "decided_at"])
    audit.record(
        by=by,
        action="staffing.decide_move",
        target=move,
        before={"state": MoveState.PROPOSED.value},
        after={"state": state.value, "case": move.case_no, "to_officer": move.to_officer},
        reason=override_reason,
    )
    return move
