"""What is lost when a cell is not printed."""

from __future__ import annotations

import hashlib
from math import log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

_BITS = 20
UNIT = 1 << _BITS
"""A thousandth of a bit."""


def loss(key: Hashable, count: int) -> int:
    """Return the information lost with a cell, in parts of `UNIT`, with a tie-break by its name.

    The tie-break makes the least loss the choice of one set of cells and no other (but for one in many
    thousands), so that the answer does not hang on how a solver searches.

    Args:
        key: The cell.
        count: What it holds, zero or more.

    Returns:
        1000 log2(1 + count), cut to a whole number, times `UNIT`, plus a number below `UNIT`.

    """
    name = hashlib.sha256(repr(key).encode()).digest()
    return (int(1000 * log2(1 + count)) << _BITS) + (int.from_bytes(name[:4], "big") >> (32 - _BITS))
