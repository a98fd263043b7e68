"""Which status prose amounts to when no status is printed, with how sure that is and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from closeout.reading.model import AuditorStatus, Position, Statement, StatementKind
from closeout.reading.statements import benefit, update

if TYPE_CHECKING:
    from collections.abc import Sequence

_STATED = 0.95
_MONITORED = 0.8
_NEEDED = 0.75
_MET = 0.75
_UNFINISHED = 0.65
_BENEFIT_CLOSES = 0.6
_LAST = 2
"""Sentences from the end in which the auditor says whether it keeps watching."""

_AGREEING = frozenset({Position.CONCUR, Position.AGREE, Position.GENERALLY_AGREE, Position.PARTIAL})


class Inference(NamedTuple):
    """A status read from prose: which (None when the prose does not say), how sure (0-1), why."""

    status: AuditorStatus | None
    confidence: float | None
    reasons: tuple[str, ...]


def infer_status(
    statements: Sequence[Statement], sentences: Sequence[str], position: Position | None
) -> Inference:
    """Return the status that the statements of a narrative amount to.

    Rules, the first that holds: the auditor says a status; it says the intent was met; it keeps
    monitoring, or has no update yet; it names what is still needed; the last report says that
    work goes on; the prose ends on the benefit of an action taken, with dated reports before it
    and nothing left to do. An open recommendation is resolved when the agency agreed, unresolved
    when it did not.

    Args:
        statements: What was said, in order.
        sentences: The sentences of the narrative, in order.
        position: The respondent's position, if any.

    """
    said = [statement for statement in statements if statement.kind is StatementKind.STATUS]
    if said:
        return Inference(AuditorStatus(said[-1].value), _STATED, ("the auditor states a status",))
    open_status = _open(position)
    kinds = {statement.kind for statement in statements}
    if StatementKind.PLACEHOLDER in kinds:
        return Inference(open_status, _MONITORED, ("the auditor has no update yet",))
    last = sentences[-_LAST:]
    ends_watching = StatementKind.MONITORING in _kinds_of_last(statements, last)
    if ends_watching:
        return Inference(open_status, _MONITORED, ("the auditor says it keeps monitoring",))
    if any(benefit.meets_intent(sentence) for sentence in last):
        return Inference(AuditorStatus.CLOSED_IMPLEMENTED, _MET, ("the auditor says the intent was met",))
    if StatementKind.NEED in kinds:
        return Inference(open_status, _NEEDED, ("the auditor names what is still needed",))
    return _from_ending(statements, sentences, open_status)


def _from_ending(
    statements: Sequence[Statement], sentences: Sequence[str], open_status: AuditorStatus
) -> Inference:
    updates = [statement for statement in statements if statement.kind is StatementKind.UPDATE]
    if not updates or not sentences:
        return Inference(None, None, ())
    if benefit.is_gained(sentences[-1]) and not update.is_ongoing(sentences[-1]):
        reasons = ("it ends on the benefit of the finished action", "nothing says that monitoring continues")
        return Inference(AuditorStatus.CLOSED_IMPLEMENTED, _BENEFIT_CLOSES, reasons)
    if update.is_ongoing(updates[-1].text) or update.is_ongoing(sentences[-1]):
        return Inference(open_status, _UNFINISHED, ("the last report says that work goes on",))
    return Inference(None, None, ())


def _kinds_of_last(statements: Sequence[Statement], last: Sequence[str]) -> set[StatementKind]:
    return {statement.kind for statement in statements if statement.text in last}


def _open(position: Position | None) -> AuditorStatus:
    if position is Position.NON_CONCUR:
        return AuditorStatus.UNRESOLVED_OPEN
    return AuditorStatus.RESOLVED_OPEN if position in _AGREEING else AuditorStatus.OPEN_UNKNOWN
