"""What is taken off a duty is taken off its own, and nothing falls below zero by a last digit."""

import numpy as np

from closeout.duties.compile.rate_reads import Count, How, Side
from closeout.workload.netted import netted
from closeout.workload.unfold import Block


def block(duty, rows, *, sign=1.0, side=Side.OWED):
    """Return a block of rows (holder, month, value)."""
    count = Count(duty, side, How.SPAN, ("k0",), sign=sign)
    holders, months, values = zip(*rows, strict=True)
    return Block(count, np.array(holders), np.array(months), np.array(values, dtype=np.float64))


def rows_of(made):
    return list(zip(made.holders.tolist(), made.months.tolist(), made.values.tolist(), strict=True))


def test_a_duty_less_what_another_calls_for():
    plain = block("yearly", [(0, 0, 1.0), (1, 0, 0.5), (1, 1, 0.5)])
    less = block("yearly", [(1, 0, -0.5), (1, 1, -0.125)], sign=-1.0)
    tight = block("half-yearly", [(1, 0, 1.0)])
    first, second = netted([plain, tight, less])
    assert rows_of(first) == [(0, 0, 1.0), (1, 1, 0.375)]
    assert first.count.sign == 1
    assert second is tight


def test_last_digits_are_no_work():
    plain = block("yearly", [(0, 0, 0.1), (0, 0, 0.2)])
    less = block("yearly", [(0, 0, -0.3)], sign=-1.0)
    (made,) = netted([plain, less])
    assert rows_of(made) == []


def test_what_was_done_stays_as_it_is():
    plain, less = block("yearly", [(0, 0, 1.0)]), block("yearly", [(0, 0, -1.0)], sign=-1.0)
    done = block("yearly", [(0, 0, 3.0)], side=Side.DONE)
    assert netted([plain, done, less])[1] is done


def test_nothing_taken_off_is_nothing_changed():
    blocks = [block("yearly", [(0, 0, 1.0)]), block("monthly", [(0, 0, 1.0)])]
    assert netted(blocks) == blocks
    assert netted([]) == []
