"""Group 12: how many trainings that the rules ask for on a day are current, whoever owes what when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.evidence.figures import Figure, Outcome, without
from closeout.evidence.measures.special_figures import shared
from closeout.evidence.verdicts.training import training

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.engines import Engine

NEEDED = ("officers", "training_requirements", "training_assignments")


@dataclass(frozen=True, slots=True)
class Current:
    """Trainings of one office as of a day.

    Attributes:
        office_id: The office.
        required: Officers that a requirement in force holds for, added up over requirements.
        current: Of these, with a completion on record that still holds.

    """

    office_id: str
    required: int
    current: int


def look_at_current(
    engine: Engine, tables: Mapping[str, ir.Table], as_of: date
) -> tuple[Current, ...] | None:
    """Return required and current trainings of each office, in order; None without the tables.

    Args:
        engine: Where the tables are.
        tables: The tables by name.
        as_of: The day to stand on.

    """
    if any(name not in tables for name in NEEDED):
        return None
    sums: dict[str, tuple[int, int]] = {}
    for one in training(engine, tables, as_of).requirements:
        for office in one.offices if one.in_force else ():
            required, current = sums.get(office.office_id, (0, 0))
            sums[office.office_id] = required + office.audience, current + office.recorded
    return tuple(Current(office, *sums[office]) for office in sorted(sums))


def current_figure(found: Sequence[Current] | None, office: str | None = None) -> Figure:
    """Return the share of required trainings that are current.

    Args:
        found: What was counted; None where the tables are missing.
        office: One office; None for all.

    """
    if found is None:
        return without(Outcome.NO_DATA, f"the records lack {', '.join(NEEDED)} or one of them")
    mine = [one for one in found if office is None or one.office_id == office]
    return shared(
        sum(one.current for one in mine),
        sum(one.required for one in mine),
        nothing="no requirement in force holds for anybody",
    )
