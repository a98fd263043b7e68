"""Work moves out from the site's records as they are, and keep them as a proposal; accept a whole one."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from closeout.assignment.asking import Asked, Ground, answered
from closeout.assignment.rules import Rules
from closeout.duties.pack import load_pack
from closeout.duties.run import open_tables
from closeout.engines import connect
from closeout.web.audit import actions as audit
from closeout.web.casework.load.plan import digest_of
from closeout.web.casework.snapshot import write_snapshot
from closeout.web.staffing.actions.moves import MOST_AT_ONCE, Origin, accept_moves, keep_proposal
from closeout.web.staffing.models.moves import MoveProposal, MoveState, ProposalKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from closeout.web.accounts.models import User
    from closeout.web.jobs.models import Job


def propose_and_keep(
    params: dict[str, Any],
    *,
    today: date,
    job: Job | None = None,
    told: Callable[[str], None] = lambda _said: None,
) -> MoveProposal:
    """Write the records down as of one moment, work the moves out from them, and keep them.

    Args:
        params: `office_id`, `kind`, `leaving`, `max_moves` and `seed`, as `ask_moves` wrote them.
        today: The day the records stand as of.
        job: The job that does it, for who asked.
        told: Is told what is being done; what it raises ends the work, and nothing is kept.

    Raises:
        SnapshotError: The records are not whole: a load was broken off.
        LookupError: The office has neither officers nor cases, or no case has minutes.
        LoadsError: The records contradict themselves.

    """
    by = job.requested_by if job else None
    told("writing down the records as they are")
    with tempfile.TemporaryDirectory(prefix="closeout-moves-") as folder:
        snapshot = write_snapshot(Path(folder, "records"), as_of=today, by=by or audit.SYSTEM)
        engine = connect()
        try:
            told("working out the minutes of each case, and the hours of each officer")
            ground = Ground(engine, open_tables(engine, snapshot), load_pack(), today)
            answer = answered(ground, _asked(params), told=lambda office, at, of: told(_step(office, at, of)))
        finally:
            engine.close()
        digest = digest_of(snapshot)
    told("keeping the proposal")
    origin = Origin(today, digest, by, job.pk if job else None)
    return keep_proposal(answer, kind=params["kind"], office_id=params["office_id"], origin=origin)


def _asked(params: dict[str, Any]) -> Asked:
    return Asked(
        office=params["office_id"],
        is_rebalance=params["kind"] == ProposalKind.REBALANCE,
        leaving=tuple(params["leaving"]),
        seed=params["seed"],
        rules=Rules(max_moves=params["max_moves"]),
    )


def _step(office: str, at: int, of: int) -> str:
    return f"sharing cases out at {office}: group {at + 1} of {of}"


@dataclass(frozen=True, slots=True)
class Settled:
    """How a whole proposal was settled."""

    accepted: int
    overtaken: int
    said: tuple[str, ...]
    """What was said of moves that could not be accepted."""


def accept_whole(proposal: MoveProposal, by: User, advance: Callable[[int, int], None]) -> Settled:
    """Accept every open move of a proposal, some at a time, so that a stop in between loses nothing."""
    keys = list(
        proposal.moves.filter(state=MoveState.PROPOSED).order_by("case_no").values_list("pk", flat=True)
    )
    states: list[str] = []
    said: dict[str, None] = {}
    for start in range(0, len(keys), MOST_AT_ONCE):
        advance(start, len(keys))
        done, refusals = accept_moves(by=by, move_ids=keys[start : start + MOST_AT_ONCE])
        states += [one.state for one in done]
        said |= dict.fromkeys(refusals)
    accepted = states.count(MoveState.ACCEPTED)
    return Settled(accepted, len(states) - accepted, tuple(said))
