"""Which of an auditor's needs are covered by evidence, and which are not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.reading.fold import fold_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from closeout.evidence.assessment import NeedCovered


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One piece of evidence handed in for a recommendation.

    Attributes:
        id: Of the frozen result.
        code: The measure that it is of, or its own code where it is of none.
        effective_on: The day from which it is in effect.
        needs: The auditor's needs that it is said to cover, in the auditor's words; none: those that its
            measure covers.
        is_verified: Verifying found it equal.
        under: Measures that rest on it where it is none itself, such as those of staffing: it covers what
            they cover.

    """

    id: str
    code: str
    effective_on: date
    needs: tuple[str, ...] = ()
    is_verified: bool = True
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NeedEvidenced:
    """One need, and the evidence that covers it; no ids: nothing does, and `why` says so in words."""

    text: str
    place: str
    items: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What evidence covers of a recommendation's needs.

    Attributes:
        needs: Every need, in the auditor's order.
        loose: Evidence that covers no need, by id: it was handed in for something else.

    """

    needs: tuple[NeedEvidenced, ...]
    loose: tuple[str, ...] = ()

    @property
    def uncovered(self) -> tuple[NeedEvidenced, ...]:
        """Return the needs that nothing covers."""
        return tuple(need for need in self.needs if not need.items)


def coverage(needs: Sequence[NeedCovered], items: Sequence[EvidenceItem], as_of: date) -> Coverage:
    """Return which needs are covered on a day, and by what; what is not covered says why.

    Args:
        needs: What the auditor needs, with the measures that cover each.
        items: The evidence.
        as_of: The day. Evidence in effect later, and evidence that does not verify, covers nothing.

    Returns:
        Every need with the evidence that covers it, in the order of the evidence.

    """
    made = []
    used: set[str] = set()
    for need in needs:
        meant = [item for item in items if _is_meant(item, need)]
        valid = tuple(item.id for item in meant if item.is_verified and item.effective_on <= as_of)
        used.update(item.id for item in meant)
        made.append(NeedEvidenced(need.text, need.place, valid, "" if valid else _why(need, meant)))
    return Coverage(tuple(made), tuple(item.id for item in items if item.id not in used))


def _is_meant(item: EvidenceItem, need: NeedCovered) -> bool:
    if item.needs:
        return fold_key(need.text) in {fold_key(text) for text in item.needs}
    return not {item.code, *item.under}.isdisjoint(need.measures)


def _why(need: NeedCovered, meant: Sequence[EvidenceItem]) -> str:
    if any(not item.is_verified for item in meant):
        return "its evidence does not verify"
    if meant:
        return f"its evidence is in effect from {min(item.effective_on for item in meant)}"
    if need.measures:
        return f"no evidence was frozen of {', '.join(need.measures)}"
    return "no measure covers it"
