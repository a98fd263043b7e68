"""Counts by office and in total: which of them may not be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.suppression.cells import Counts, Sum
from closeout.evidence.suppression.offices import Block, blocks_to_withhold

if TYPE_CHECKING:
    from collections.abc import Mapping


def offices_to_withhold(counts: Mapping[str | None, int]) -> frozenset[str | None]:
    """Return the offices whose count may not be shown; None among them where the total may not.

    Args:
        counts: The count of each office, and under None their total.

    Raises:
        SuppressionError: The offices do not add up to the total.

    """
    blocks = {office: Block(office, "", "") for office in counts}
    parts = tuple(office for office in counts if office is not None)
    found = blocks_to_withhold(Counts(counts, (Sum(None, parts),) if parts else (), blocks=blocks))
    return frozenset(block.office for block in found)
