"""What is called for, less what a tighter duty of the same act calls for already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from closeout.duties.compile.rate_reads import Side
from closeout.workload.unfold import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOTHING = 1e-9


def netted(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks in which what is taken off a duty is taken off its own, by holder and month.

    Args:
        blocks: As unfolded; those of a count with a negative sign, or of a third duty's, hold what is taken
            off, or put back.

    Returns:
        The blocks of duties that nothing is taken off as they are; one for each other duty, without zeros.

    """
    less = {block.count.duty for block in blocks if block.count.side is Side.OWED and block.count.sign < 0}
    made: list[Block] = []
    done: set[str] = set()
    for block in blocks:
        duty = block.count.duty
        if duty not in less or block.count.side is not Side.OWED:
            made.append(block)
        elif duty not in done:
            done.add(duty)
            own = [one for one in blocks if one.count.duty == duty and one.count.side is Side.OWED]
            made.append(_summed(own))
    return made


def _summed(blocks: Sequence[Block]) -> Block:
    columns = {
        "holder": np.concatenate([one.holders for one in blocks]),
        "month": np.concatenate([one.months for one in blocks]),
        "value": np.concatenate([one.values for one in blocks]),
    }
    by = ["holder", "month"]
    rows = pl.DataFrame(columns).group_by(by).agg(pl.col("value").sum()).sort(by)
    rows = rows.filter(pl.col("value").abs() > _NOTHING)
    first = next((one.count for one in blocks if one.count.sign > 0), blocks[0].count)
    return Block(first, *(rows[name].to_numpy() for name in ("holder", "month", "value")))
