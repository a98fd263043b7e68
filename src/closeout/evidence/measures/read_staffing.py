"""Which tables a staffing run reads: those of the duties, and those that tell hours and minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.duties.compile import needed_tables

if TYPE_CHECKING:
    from closeout.duties.clauses import Pack

_BESIDE_DUTIES = (
    "absences",
    "activity_changes",
    "collateral_duties",
    "delphi_estimates",
    "departures",
    "desk_contacts",
    "details",
    "officers",
    "offices",
    "study_moments",
    "study_samples",
    "sufficiency_answers",
    "time_entries",
    "time_studies",
    "weight_adjustments",
)
"""What tells officers' hours and the minutes of duties."""


def tables_of_staffing(pack: Pack) -> tuple[str, ...]:
    """Return the tables that a staffing run over a pack reads, each once."""
    of_duties = (name for clause in pack.clauses for name in needed_tables(clause))
    return tuple(dict.fromkeys((*of_duties, *_BESIDE_DUTIES)))
