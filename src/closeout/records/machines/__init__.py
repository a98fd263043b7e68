"""Every state machine, by name: rules as data, with the words for a refusal.

move = check_move(CHECK_IN, row.state, "attend", by={Actor.WORKER}, facts={"on": today})
row.state = move.then
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from closeout.records.machines.casework import CASE, CHECK_IN, CLOSURE_PROPOSAL, EXCEPTION, TRANSFER
from closeout.records.machines.guards import GUARDS, Guard
from closeout.records.machines.machine import (
    Actor,
    Machine,
    Move,
    MoveNotAllowedError,
    check_move,
    may_move,
    missing_for,
)
from closeout.records.machines.oversight import (
    CORRECTIVE_ACTION,
    DEFICIENCY,
    INSPECTION,
    STANDARD_ASSESSMENT,
    WAIVER,
)
from closeout.records.machines.policies import POLICY_VERSION, TRAINING_ASSIGNMENT
from closeout.records.machines.safeguards import PARENTAL_DECISION
from closeout.records.machines.travel import TRAVEL_DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Mapping

MACHINES: Mapping[str, Machine] = MappingProxyType(
    {
        one.name: one
        for one in (
            CASE,
            CHECK_IN,
            EXCEPTION,
            TRANSFER,
            CLOSURE_PROPOSAL,
            TRAVEL_DOCUMENT,
            PARENTAL_DECISION,
            POLICY_VERSION,
            TRAINING_ASSIGNMENT,
            INSPECTION,
            DEFICIENCY,
            CORRECTIVE_ACTION,
            STANDARD_ASSESSMENT,
            WAIVER,
        )
    }
)

__all__ = [
    "CASE",
    "CHECK_IN",
    "CLOSURE_PROPOSAL",
    "CORRECTIVE_ACTION",
    "DEFICIENCY",
    "EXCEPTION",
    "GUARDS",
    "INSPECTION",
    "MACHINES",
    "PARENTAL_DECISION",
    "POLICY_VERSION",
    "STANDARD_ASSESSMENT",
    "TRAINING_ASSIGNMENT",
    "TRANSFER",
    "TRAVEL_DOCUMENT",
    "WAIVER",
    "Actor",
    "Guard",
    "Machine",
    "Move",
    "MoveNotAllowedError",
    "check_move",
    "may_move",
    "missing_for",
]
