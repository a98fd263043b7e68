"""What an assignment is worked out from, and what it gives."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from closeout.assignment.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Mapping

CASES = pa.schema(
    [
        # One row an open case.
        pa.field("case_no", pa.string(), nullable=False),
        pa.field("office_id", pa.string(), nullable=False),
        # Null while nobody leads it.
        pa.field("officer_no", pa.string()),
        # The officer minutes it takes in a month; 0 or more.
        pa.field("minutes_a_month", pa.float64(), nullable=False),
        pa.field("language", pa.string()),
        pa.field("is_child", pa.bool_(), nullable=False),
        # The site where it reports; null where any will do.
        pa.field("site_id", pa.string()),
        # What a change of officer costs beside the move itself: earlier changes, months with the present
        # officer, how far the case has come. Of plans with equally many moves, less of it is better.
        pa.field("attachment", pa.float64()),
    ]
)
"""The cases of a rebalancing."""


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer, as cases can be given to."""

    officer_no: str
    office_id: str
    hours: float
    """Case hours a month; 0 while on leave, detailed or gone."""
    skills: frozenset[str] = frozenset()
    """Skills valid on the day: `juvenile`, `lang-es` and so on."""
    sites: frozenset[str] | None = None
    """The sites the officer works at; None: all of the office."""
    is_new: bool = False
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Loads:
    """Who has which case, and how many hours each officer has: what a rebalancing starts from."""

    officers: tuple[Officer, ...]
    cases: pa.Table
    """With the columns of `CASES`."""
    recusals: frozenset[tuple[str, str]] = frozenset()
    """Officer and case that must not come together."""
    set_aside: tuple[str, ...] = ()
    """Rows of officers and hours that were left out, each with its reason and what to do."""


@dataclass(frozen=True, slots=True)
class Move:
    """One case that changes hands."""

    case_no: str
    from_officer: str | None
    """None: nobody leads it now."""
    to_officer: str
    minutes_a_month: float
    reason: str
    """`over_load`, `not_available`, `not_eligible`, `makes_room` or `nobody_leads`."""
    sentence: str


@dataclass(frozen=True, slots=True)
class Standing:
    """An officer's load before and after."""

    officer_no: str
    office_id: str
    hours: float
    cases_before: int
    cases_after: int
    load_before: float
    load_after: float
    """Hours a month."""
    fair: float
    """The utilization that the fairest plan, with cases divisible at will, gives the officer."""
    before: float | None
    after: float | None
    """Utilization; None: cases without hours to do them in (orphaned), or neither."""
    is_in_band: bool
    """Whether the load afterwards is at most the fair one and the band."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """What a plan could not do, and the proof that none can."""

    kind: str
    """`no_officer`, `no_skill`, `limit`, `grain`, `max_moves` or `search` (the last without proof)."""
    office_id: str
    cases: int
    hours: float
    """Hours a month that found no place, or that are above what was asked for."""
    officers: tuple[str, ...]
    needs: tuple[str, ...]
    sentence: str
    case_nos: tuple[str, ...] = ()
    """The first of the cases; not in the sentence, which those who may not see single cases read too."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan of moves, what it brings, and how much better any plan could be."""

    moves: tuple[Move, ...]
    standings: tuple[Standing, ...]
    """By officer number."""
    cases: int
    moves_bound: int
    """No plan that keeps everyone in the band has fewer moves."""
    busiest_before: float | None
    """Highest utilization; None: someone has cases and no hours."""
    busiest_after: float
    busiest_bound: float
    """No plan has a lower highest utilization, even with cases divisible at will."""
    above_fair: float
    """Largest share by which an officer ends above the fair utilization."""
    is_optimal: bool
    """Whether the moves are proven to be as few as can be."""
    unmet: tuple[Unmet, ...]
    sentence: str
    certificate: Mapping[str, Any] = field(default_factory=dict)
    """Parameters, seed, digests of inputs and of the answer, exclusions: what `replay` checks."""

    def plain(self) -> dict[str, Any]:
        """Return the proposal as JSON takes it; numbers unrounded."""
        return asdict(self) | {"certificate": dict(self.certificate)}


__all__ = ["CASES", "Loads", "Move", "Officer", "Proposal", "Rules", "Standing", "Unmet"]
