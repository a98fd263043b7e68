"""Which stages a recommendation passes through, which moves are allowed, and what each one needs.

The stage is where the work stands. It is not the auditor's status: the agency may walk all the
way to "closure requested" while the auditor's word stays what it was, and only the auditor's
word ends the walk.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from closeout.followup.statuses import CLOSED_STATUSES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from closeout.reading.model import AuditorStatus


class MoveNotAllowedError(Exception):
    """A recommendation cannot go from its present stage or status to the one asked."""


class Stage(StrEnum):
    """Where the work on a recommendation stands."""

    ISSUED = "issued"
    AWAITING_RESPONSE = "awaiting-response"
    UNRESOLVED_OPEN = "unresolved-open"
    IN_DISPUTE = "in-dispute"
    RESOLVED_OPEN = "resolved-open"
    IN_CORRECTIVE_ACTION = "in-corrective-action"
    EVIDENCE_READY = "evidence-ready"
    CLOSURE_REQUESTED = "closure-requested"
    RISK_ACCEPTED = "risk-accepted"
    CLOSED_IMPLEMENTED = "closed-implemented"
    CLOSED_NOT_IMPLEMENTED = "closed-not-implemented"
    CLOSED_NO_LONGER_VALID = "closed-no-longer-valid"


class Actor(StrEnum):
    """Who makes a move."""

    SOURCE = "source"
    """A document of the auditor, observed or recorded with its words and date."""
    AUDITOR = "auditor"
    AGENCY = "agency"
    SYSTEM = "system"


class Guard(StrEnum):
    """Something that must be there before a move."""

    REPORT_DATE = "report-date"
    POSITION = "position"
    ACTION = "action"
    TARGET_DATE = "target-date"
    NON_CONCURRENCE = "non-concurrence"
    FOLLOWUP_DECISION = "followup-decision"
    PLAN = "plan"
    OWNER = "owner"
    EVERY_NEED_COVERED = "every-need-covered"
    LETTER = "letter"
    SECOND_PERSON = "second-person"
    JUSTIFICATION = "justification"
    REASON = "reason"
    AUDITORS_WORD = "auditors-word"


GUARD_WORDS: Mapping[Guard, str] = MappingProxyType(
    {
        Guard.REPORT_DATE: "the date of the final report, which starts the response clock",
        Guard.POSITION: "the agency's position",
        Guard.ACTION: "the corrective action decided on",
        Guard.TARGET_DATE: "a target date",
        Guard.NON_CONCURRENCE: "a non-concurrence or partial concurrence",
        Guard.FOLLOWUP_DECISION: "the audit followup official's decision",
        Guard.PLAN: "a corrective action plan",
        Guard.OWNER: "an owner",
        Guard.EVERY_NEED_COVERED: "evidence for everything the auditor needs",
        Guard.LETTER: "the closeout letter",
        Guard.SECOND_PERSON: "approval by another person than the requester",
        Guard.JUSTIFICATION: "a detailed justification",
        Guard.REASON: "a reason",
        Guard.AUDITORS_WORD: "the auditor's own word with its date",
    }
)

AUDITORS = frozenset({Actor.SOURCE, Actor.AUDITOR})
_AGENCY = frozenset({Actor.AGENCY})
_EVERYONE_BUT_SYSTEM = AUDITORS | _AGENCY

MANAGEMENT_DECISION = frozenset({Guard.POSITION, Guard.ACTION, Guard.TARGET_DATE})
"""A management decision is the position, the action and the date together (5 USC 405(a))."""


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move: who may make it and what it needs."""

    now: Stage
    then: Stage
    by: frozenset[Actor]
    needs: frozenset[Guard] = frozenset()


CLOSED_STAGES = frozenset(
    {Stage.CLOSED_IMPLEMENTED, Stage.CLOSED_NOT_IMPLEMENTED, Stage.CLOSED_NO_LONGER_VALID}
)
OPEN_STAGES = frozenset(Stage) - CLOSED_STAGES

_WORD = frozenset({Guard.AUDITORS_WORD})

_AGENCY_MOVES = (
    Move(Stage.ISSUED, Stage.AWAITING_RESPONSE, frozenset(Actor), frozenset({Guard.REPORT_DATE})),
    Move(Stage.AWAITING_RESPONSE, Stage.RESOLVED_OPEN, _EVERYONE_BUT_SYSTEM, MANAGEMENT_DECISION),
    Move(Stage.AWAITING_RESPONSE, Stage.UNRESOLVED_OPEN, frozenset(Actor)),
    Move(Stage.UNRESOLVED_OPEN, Stage.RESOLVED_OPEN, _EVERYONE_BUT_SYSTEM, MANAGEMENT_DECISION),
    Move(Stage.UNRESOLVED_OPEN, Stage.IN_DISPUTE, _AGENCY, frozenset({Guard.NON_CONCURRENCE})),
    Move(Stage.IN_DISPUTE, Stage.UNRESOLVED_OPEN, _AGENCY, frozenset({Guard.FOLLOWUP_DECISION})),
    Move(Stage.IN_DISPUTE, Stage.RESOLVED_OPEN, _AGENCY, MANAGEMENT_DECISION | {Guard.FOLLOWUP_DECISION}),
    Move(Stage.RESOLVED_OPEN, Stage.UNRESOLVED_OPEN, _EVERYONE_BUT_SYSTEM, frozenset({Guard.REASON})),
    Move(
        Stage.RESOLVED_OPEN,
        Stage.IN_CORRECTIVE_ACTION,
        _AGENCY,
        frozenset({Guard.PLAN, Guard.OWNER, Guard.TARGET_DATE}),
    ),
    Move(Stage.IN_CORRECTIVE_ACTION, Stage.EVIDENCE_READY, _AGENCY, frozenset({Guard.EVERY_NEED_COVERED})),
    Move(Stage.EVIDENCE_READY, Stage.IN_CORRECTIVE_ACTION, _AGENCY, frozenset({Guard.REASON})),
    Move(
        Stage.EVIDENCE_READY,
        Stage.CLOSURE_REQUESTED,
        _AGENCY,
        frozenset({Guard.EVERY_NEED_COVERED, Guard.LETTER, Guard.SECOND_PERSON}),
    ),
    # A refusal, or a request withdrawn: the work goes on.
    Move(
        Stage.CLOSURE_REQUESTED,
        Stage.IN_CORRECTIVE_ACTION,
        _EVERYONE_BUT_SYSTEM,
        frozenset({Guard.REASON}),
    ),
    *(
        Move(stage, Stage.RISK_ACCEPTED, _AGENCY, frozenset({Guard.JUSTIFICATION, Guard.SECOND_PERSON}))
        for stage in (
            Stage.UNRESOLVED_OPEN,
            Stage.IN_DISPUTE,
            Stage.RESOLVED_OPEN,
            Stage.IN_CORRECTIVE_ACTION,
        )
    ),
    Move(Stage.RISK_ACCEPTED, Stage.UNRESOLVED_OPEN, _EVERYONE_BUT_SYSTEM, frozenset({Guard.REASON})),
    Move(Stage.RISK_ACCEPTED, Stage.RESOLVED_OPEN, _EVERYONE_BUT_SYSTEM, MANAGEMENT_DECISION),
)

# The auditor's word ends the walk from wherever it stands, and may begin it again.
_CLOSINGS = tuple(
    Move(now, then, AUDITORS, _WORD) for now in sorted(OPEN_STAGES) for then in sorted(CLOSED_STAGES)
)
_REOPENINGS = tuple(
    Move(now, then, AUDITORS, _WORD | {Guard.REASON})
    for now in sorted(CLOSED_STAGES)
    for then in (Stage.UNRESOLVED_OPEN, Stage.RESOLVED_OPEN)
)
_RECLASSIFICATIONS = tuple(
    Move(now, then, AUDITORS, _WORD)
    for now in sorted(CLOSED_STAGES)
    for then in sorted(CLOSED_STAGES)
    if now is not then
)
MOVES: tuple[Move, ...] = (*_AGENCY_MOVES, *_CLOSINGS, *_REOPENINGS, *_RECLASSIFICATIONS)
_BY_ENDS = MappingProxyType({(move.now, move.then): move for move in MOVES})


def check_move(now: Stage, then: Stage, *, by: Actor, having: Collection[Guard] = ()) -> Move:
    """Return the move from one stage to another.

    Args:
        now: The present stage.
        then: The stage asked for.
        by: Who moves it.
        having: What is there of the things a move may need.

    Raises:
        MoveNotAllowedError: There is no such move, not for this actor, or something is missing;
            the message says what.

    """
    move = _BY_ENDS.get((now, then))
    if move is None:
        msg = f"{now.value} cannot become {then.value}"
        raise MoveNotAllowedError(msg)
    if by not in move.by:
        msg = f"only {_listed(sorted(move.by))} may move {now.value} to {then.value}, not the {by.value}"
        raise MoveNotAllowedError(msg)
    if missing := sorted(move.needs - set(having)):
        msg = f"{then.value} needs {_listed([GUARD_WORDS[guard] for guard in missing])}"
        raise MoveNotAllowedError(msg)
    return move


def may_move(now: Stage, then: Stage, *, by: Actor, having: Collection[Guard] = ()) -> bool:
    """Say whether `check_move` would let the move pass."""
    try:
        check_move(now, then, by=by, having=having)
    except MoveNotAllowedError:
        return False
    return True


def moves_from(now: Stage, *, by: Actor) -> tuple[Move, ...]:
    """Return the moves an actor may make from a stage, whatever else they need."""
    return tuple(move for move in MOVES if move.now is now and by in move.by)


def check_status(now: AuditorStatus | None, then: AuditorStatus, *, by: Actor) -> None:
    """Pass when an actor may set the auditor's status.

    Only a document of the auditor or the auditor may set one at all; the agency has its own
    axis, and what the system reads from prose has the third.

    Raises:
        MoveNotAllowedError: Somebody else tries, or the status is already that.

    """
    if by not in AUDITORS:
        kind = "close" if then in CLOSED_STATUSES else "set the auditor's status of"
        msg = f"only the auditor's own word may {kind} a recommendation, not the {by.value}"
        raise MoveNotAllowedError(msg)
    if now is then:
        msg = f"the auditor's status is {then.value} already"
        raise MoveNotAllowedError(msg)


def _listed(words: Collection[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
