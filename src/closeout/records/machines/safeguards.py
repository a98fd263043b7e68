"""Parental decisions: the machine, what makes one valid, and what a departure needs (system F2)."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from closeout.records.machines.guards import Guard
from closeout.records.machines.machine import Actor, Machine, moves

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

PARENTAL_DECISION = Machine(
    name="parental decision",
    title="Parental decision",
    section="F2",
    table="parental_decisions",
    start=("recorded",),
    terminal=("superseded", "honored"),
    moves=(
        *moves("find_valid", "recorded", "valid", Guard.SOUND),
        *moves("find_flawed", "recorded", "flawed", Guard.FLAWED, evidence="the flaws, in the audit log"),
        *moves("supersede", "recorded valid flawed not_honored", "superseded", evidence="supersedes_id"),
        *moves("honor", "valid", "honored", evidence="honored_on"),
        *moves(
            "not_honor",
            "valid",
            "not_honored",
            Guard.REASON,
            by=Actor.APPROVER,
            evidence="exception_approved_by",
        ),
        *moves(
            "approve_exception",
            "recorded flawed",
            "",
            Guard.REASON,
            Guard.SECOND_PERSON,
            by=Actor.APPROVER,
            evidence="exception_approved_by, exception_approved_on",
        ),
    ),
    reasons=MappingProxyType(
        {
            "not_honor": ("court_order", "child_welfare", "parent_withdrew", "travel_impossible"),
            "approve_exception": ("court_order", "child_welfare", "parent_refused", "parent_unable"),
        }
    ),
)

FLAWS: Mapping[str, str] = MappingProxyType(
    {
        "blank": "no decision is recorded",
        "undecided": "the parent was undecided",
        "no_information": "what information was given, and when, is not recorded",
        "options_missing": "it is not recorded that every option was offered",
        "no_language": "neither the language nor an interpreter is recorded",
        "no_form_version": "the form's version is not recorded",
        "not_dated": "it is not dated",
        "before_information": "it is dated before the information was given",
        "after_departure": "it is dated on or after the departure",
        "not_signed": "there is neither a signature nor a documented refusal",
        "no_witness": "a refusal or inability to sign has no witness",
    }
)
"""What can be wrong with a documented decision, by code."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a decision's validity hangs on."""

    decision: str | None = None
    decided_on: date | None = None
    information_version: str | None = None
    information_on: date | None = None
    language: str | None = None
    interpreter_used: bool | None = None
    form_version: str | None = None
    signed_kind: str | None = None
    witness_role: str | None = None
    offered_reunification: bool = False
    offered_child_remains: bool = False
    offered_consultation: bool = False
    state: str = "recorded"
    exception_approved_on: date | None = None


def flaws_of(decision: Decision, *, departs_on: date | None = None) -> tuple[str, ...]:
    """Return the codes of everything wrong with a decision, in the order of `FLAWS`; none if it is valid.

    Args:
        decision: The decision as documented.
        departs_on: The day of departure; None while there is none. A decision counts only if it is earlier.

    """
    made, told, leaves = decision.decided_on, decision.information_on, departs_on
    offered = (decision.offered_reunification, decision.offered_child_remains, decision.offered_consultation)
    found = {
        "blank": not decision.decision,
        "undecided": decision.decision == "undecided",
        "no_information": not decision.information_version or told is None,
        "options_missing": not all(offered),
        "no_language": not decision.language and not decision.interpreter_used,
        "no_form_version": not decision.form_version,
        "not_dated": made is None,
        "before_information": made is not None and told is not None and made < told,
        "after_departure": made is not None and leaves is not None and made >= leaves,
        "not_signed": not decision.signed_kind,
        "no_witness": decision.signed_kind in ("refused", "unable") and not decision.witness_role,
    }
    return tuple(code for code in FLAWS if found[code])


def is_departure_cleared(*, answer: str | None, decisions: Iterable[Decision], departs_on: date) -> bool:
    """Say whether a case may be closed as departed, or a departure needs no incident.

    A parent needs a governing decision, valid and dated before the departure, or an exception approved no
    later than the departure. The latest decision that was not superseded governs: a change of mind that is
    badly documented does not let the earlier decision stand. Information given without a decision yet
    changes nothing.

    Args:
        answer: The latest answer to the parental question; None if it was never asked.
        decisions: The case's decisions, oldest first.
        departs_on: The day of departure.

    """
    if answer != "yes":
        return True
    made = [one for one in decisions if one.decision or one.exception_approved_on]
    governing = [one for one in made if one.state != "superseded"][-1:]
    return any(
        _is_excepted(one, departs_on)
        or (one.state in ("valid", "honored") and not flaws_of(one, departs_on=departs_on))
        for one in governing
    )


def _is_excepted(decision: Decision, departs_on: date) -> bool:
    approved = decision.exception_approved_on
    return approved is not None and approved <= departs_on
