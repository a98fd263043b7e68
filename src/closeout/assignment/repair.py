"""Bring rounded loads under their caps by exchanges that cost no further move.

A case that moves already may go to another officer instead, or change places with another moving case, or
with one its holder kept: none of these adds a move. Each step lowers the work above caps. Only an officer
whom no such step helps sheds one more case. At the end, cases go back to their holders where there is room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from closeout.assignment.compiled import Whole, compiled
from closeout.assignment.search import (
    Board,
    Step,
    best_relocation,
    best_swap,
    exchange,
    kept_for,
    none,
    room_with,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from closeout.assignment.flow import Group

_SPARE = 24
"""Places kept free in each officer's list of cases that came."""
_ROUNDS = 60
_NOBODY = -1


def repaired(group: Group, to: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """Return a plan under the caps, if one is found; else the one with least work above them.

    Args:
        group: The officers and cases.
        to: Who has each case so far.
        seed: Decides whom to try first.

    """
    n, kinds = group.may.shape
    key = group.holder.astype(np.int64) * kinds + group.kind
    load = group.fixed + np.bincount(to, weights=group.work, minlength=n).astype(np.int64)
    came = np.flatnonzero(to != group.holder)
    came = came[np.lexsort((-group.work[came], to[came]))]
    count = np.bincount(to[came], minlength=n).astype(np.int64)
    offset = np.concatenate([[0], np.cumsum(count + _SPARE)]).astype(np.int64)
    arrived = np.full(int(offset[-1]), -1, dtype=np.int64)
    arrived[offset[to[came]] + np.arange(came.size) - np.repeat(np.cumsum(count) - count, count)] = came
    board = Board(
        holder=group.holder,
        kind=group.kind,
        work=group.work,
        may=np.ascontiguousarray(group.may),
        cap=group.cap,
        tier=group.tier,
        segments=np.searchsorted(key, np.arange(n * kinds + 1)).astype(np.int64),
        to=to.astype(np.int64),
        load=load,
        offset=offset,
        filled=count,
        arrived=arrived,
        order=np.random.default_rng(seed).permutation(n).astype(np.int64),
    )
    _repair(board)
    return board.to


@compiled
def _repair(b: Board) -> None:
    for _ in range(_ROUNDS):
        is_hot, has_moved = False, False
        for i in b.order:
            is_hot = is_hot or b.load[i] > b.cap[i]
            while b.load[i] > b.cap[i] and _relieve(b, i):
                has_moved = True
        if not is_hot or not (has_moved or _shed_one(b)):
            break
    _send_back(b)


@compiled
def _relieve(b: Board, i: Whole) -> bool:
    """Carry out the best step that adds no move; say whether there was one."""
    over = b.load[i] - b.cap[i]
    best = _with_holders(b, i, over, none())
    if best.gain < over:
        best = _with_takers(b, i, over, best)
    if best.gain < over:
        best = _with_anyone(b, i, over, best)
    if best.gain > 0:
        exchange(b, i, best)
    return bool(best.gain > 0)


@compiled
def _with_holders(b: Board, i: Whole, over: Whole, best: Step) -> Step:
    """Return the best step with a holder whose case came to `i`: another of the holder's cases for it."""
    for at in range(b.offset[i], b.offset[i] + b.filled[i]):
        a = b.arrived[at]
        h = b.holder[a]
        if best.gain == over or h < 0 or not b.may[h, b.kind[a]]:
            continue
        room = room_with(b, i, h)
        if room > 0:
            gain, c = kept_for(b, h, i, b.work[a], over, room)
            if gain > best.gain:
                best = Step(gain, a, c, h)
    return best


@compiled
def _with_takers(b: Board, i: Whole, over: Whole, best: Step) -> Step:
    """Return the best step with one who has a case from `i`: a heavier one for it."""
    kinds = b.may.shape[1]
    for a in range(b.segments[i * kinds], b.segments[(i + 1) * kinds]):
        r = b.to[a]
        if best.gain == over or r == i or not b.may[i, b.kind[a]]:
            continue
        room = room_with(b, i, r)
        if room > 0:
            gain, c = kept_for(b, i, r, b.work[a], -over, -room)
            if gain > best.gain:
                best = Step(gain, c, a, r)
    return best


@compiled
def _with_anyone(b: Board, i: Whole, over: Whole, best: Step) -> Step:
    """Return the best step with any officer: a case that came, sent on or exchanged."""
    for r in b.order:
        room = room_with(b, i, r)
        if room <= 0 or best.gain == over:
            continue
        found = best_relocation(b, i, r, over, room)
        if found.gain > best.gain:
            best = found
        if best.gain < over:
            found = best_swap(b, i, r, over, room)
            if found.gain > best.gain:
                best = found
    return best


@compiled
def _shed_one(b: Board) -> bool:
    """Let each officer above the cap shed one more case, where it helps; say whether one did."""
    is_done = False
    for i in b.order:
        over = b.load[i] - b.cap[i]
        best = none()
        for r in b.order:
            room = room_with(b, i, r) if best.gain < over else 0
            if room > 0 and b.filled[r] < b.offset[r + 1] - b.offset[r]:
                gain, c = kept_for(b, i, r, 0, -over, -room)
                if gain > best.gain:
                    best = Step(gain, c, _NOBODY, r)
        if best.gain > 0:
            exchange(b, i, best)
            is_done = True
    return is_done


@compiled
def _send_back(b: Board) -> None:
    """Leave cases with their holders where there is room: moves that can be undone without loss."""
    for a in range(b.work.size):
        h, r = b.holder[a], b.to[a]
        if h >= 0 and r != h and b.may[h, b.kind[a]] and b.load[h] + b.work[a] <= b.cap[h]:
            exchange(b, r, Step(b.work[a], a, _NOBODY, h))
