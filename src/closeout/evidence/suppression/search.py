"""Which further cells to withhold, so that no small one can be worked out: little information lost.

A small cell is protected when what is printed also fits a table in which it holds the largest small count,
and one in which it holds the least it can (1, or of a sum as many as it has parts that are not zero): then
the sums say no more of it than the mere fact that it is withheld. Such a table may differ from the true one
only in cells that are withheld.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.suppression.cells import SuppressionError, Withheld

if TYPE_CHECKING:
    from closeout.evidence.suppression.cells import Counts, K

_MOST_EXACT = 300
"""Cells times small cells up to which the least loss is sought and proven."""


def withhold(counts: Counts[K]) -> Withheld[K]:
    """Return which cells must not be printed.

    The information lost with a cell is log2(1 + count). Small tables lose the least that is possible; in
    larger ones small cells are protected one by one, each at the least loss, and what is then not needed is
    printed after all. The same counts give the same answer on every machine.

    Args:
        counts: The cells and how they add up.

    Returns:
        The small cells, and the others that protect them. Zeros are always printed.

    Raises:
        SuppressionError: What was printed before gives a small count away.

    """
    small = frozenset(key for key in counts.small if counts.may_be_withheld(key))
    if not counts.small:
        return Withheld(small)
    try:
        return _chosen(counts, small)
    except SuppressionError:
        if counts.printed:
            raise
    return _everything(counts, small)


def _chosen(counts: Counts[K], small: frozenset[K]) -> Withheld[K]:
    if len(counts.small) * len(counts.cells) <= _MOST_EXACT:
        from closeout.evidence.suppression.exact import least  # noqa: PLC0415 - seconds to load

        proven = least(counts, counts.with_blocks(small))
        if proven is not None:
            return Withheld(small, proven - small)
    return Withheld(small, _one_by_one(counts, small) - small, is_least=False)


def _everything(counts: Counts[K], small: frozenset[K]) -> Withheld[K]:
    """Return every cell but zeros: sums may be so entangled that no table near the true one fits."""
    cells = frozenset(key for key in counts.cells if counts.may_be_withheld(key))
    return Withheld(small, cells - small, is_least=False)


def _one_by_one(counts: Counts[K], start: frozenset[K]) -> frozenset[K]:
    """Return cells that protect every small one; each of them but those at the start is needed."""
    from closeout.evidence.suppression.witnesses import Witnesses  # noqa: PLC0415 - seconds to load

    withheld = counts.with_blocks(start)
    witnesses = Witnesses(counts, withheld)
    witnesses.see_protected()
    for key in sorted(counts.small, key=lambda one: (counts.cells[one] or 0, repr(one))):
        witnesses.protect(key)
    others = witnesses.withheld - withheld
    for key in sorted(others, key=lambda one: (-(counts.cells[one] or 0), repr(one))):
        witnesses.try_to_print(key)
    return witnesses.withheld
