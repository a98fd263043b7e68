"""The steps of a repair: which two cases to exchange so that work above caps goes down most.

An officer is `over` the cap; another has `room`. Exchanging cases whose work differs by d takes d from the
one and gives it to the other: the work above caps falls by min(d, over) - max(0, d - room), which is most
for d between the smaller and the larger of the two. Lists of cases are sorted, the heaviest first, so that
the nearest to a wanted weight is found by halving.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from closeout.assignment.compiled import Whole, compiled

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NEAR = 6
"""Cases looked at on each side of the wanted weight."""
_NOBODY = -1


class Board(NamedTuple):
    """A plan while it is repaired: arrays by case, by officer, and lists of the cases that came to each."""

    holder: NDArray[np.int64]
    kind: NDArray[np.int64]
    work: NDArray[np.int64]
    may: NDArray[np.bool_]
    cap: NDArray[np.int64]
    tier: NDArray[np.int64]
    segments: NDArray[np.int64]
    """Where the cases of each holder and class start, heaviest first."""
    to: NDArray[np.int64]
    load: NDArray[np.int64]
    offset: NDArray[np.int64]
    filled: NDArray[np.int64]
    arrived: NDArray[np.int64]
    """From `offset`, `filled` cases an officer: those that came, heaviest first."""
    order: NDArray[np.int64]
    """Whom to try first."""


class Step(NamedTuple):
    """One exchange: how much it helps; the case given, the case taken for it (-1: none), with whom."""

    gain: Whole
    give: Whole
    take: Whole
    other: Whole


@compiled
def none() -> Step:
    """Return the step that does nothing."""
    return Step(0, _NOBODY, _NOBODY, _NOBODY)


@compiled
def room_with(b: Board, i: Whole, other: Whole) -> Whole:
    """Return how much work may pass from one officer to another: never up to a tighter level."""
    return b.cap[other] - b.load[other] if other != i and b.tier[other] >= b.tier[i] else 0


@compiled
def _lowered(d: Whole, over: Whole, room: Whole) -> Whole:
    return min(d, over) - max(0, d - room)


@compiled
def kept_for(
    b: Board, owner: Whole, user: Whole, weight: Whole, over: Whole, room: Whole
) -> tuple[Whole, Whole]:
    """Return the best case that its owner kept and a user may have, to exchange for one of a given weight.

    With `over` and `room` above 0 the owner has the room: the case should be lighter by what passes. Below 0,
    the owner is over by `-over` and the user has room `-room`: it should be heavier.

    Returns:
        How much the work above caps falls, and the case; 0 and -1 if none helps.

    """
    best: Whole = 0
    case: Whole = _NOBODY
    kinds = b.may.shape[1]
    for k in range(kinds):
        first, last = b.segments[owner * kinds + k], b.segments[owner * kinds + k + 1]
        if b.may[user, k] and first < last:
            gain, found = _kept_between(b, owner, first, last, weight, over, room)
            if gain > best:
                best, case = gain, found
    return best, case


@compiled
def _kept_between(
    b: Board, owner: Whole, first: Whole, last: Whole, weight: Whole, over: Whole, room: Whole
) -> tuple[Whole, Whole]:
    sign = 1 if over > 0 else -1
    over, room = over * sign, room * sign
    wanted = weight - sign * min(over, room)
    low, high = first, last
    while low < high:
        middle = (low + high) // 2
        if b.work[middle] > wanted:
            low = middle + 1
        else:
            high = middle
    best: Whole = 0
    case: Whole = _NOBODY
    for step in (-1, 1):
        at = low - 1 if step < 0 else low
        seen = 0
        while first <= at < last and seen < _NEAR and abs(b.work[at] - wanted) <= over + room:
            if b.to[at] == owner:
                seen += 1
                gain = _lowered(sign * (weight - b.work[at]), over, room)
                if gain > best:
                    best, case = gain, at
            at += step
    return best, case


@compiled
def best_relocation(b: Board, i: Whole, r: Whole, over: Whole, room: Whole) -> Step:
    """Return the best step that sends a case that came to `i` to `r` instead."""
    best = none()
    if b.filled[r] >= b.offset[r + 1] - b.offset[r]:
        return best
    for at in range(b.offset[i] + b.filled[i] - 1, b.offset[i] - 1, -1):
        a = b.arrived[at]
        if b.work[a] >= over + room:
            break
        if b.may[r, b.kind[a]]:
            gain = _lowered(b.work[a], over, room)
            if gain > best.gain:
                best = Step(gain, a, _NOBODY, r)
    return best


@compiled
def best_swap(b: Board, i: Whole, r: Whole, over: Whole, room: Whole) -> Step:
    """Return the best exchange of a case that came to `i` for one that came to `r`."""
    best = none()
    top, end = b.offset[r], b.offset[r] + b.filled[r]
    low = top
    for at in range(b.offset[i], b.offset[i] + b.filled[i]):
        a = b.arrived[at]
        wanted = b.work[a] - min(over, room)
        if wanted < 0 or best.gain == over:
            break
        while low < end and b.work[b.arrived[low]] > wanted:
            low += 1
        if b.may[r, b.kind[a]]:
            best = _nearest(b, i, r, a, max(top, low - _NEAR), min(end, low + _NEAR), over, room, best)
    return best


@compiled
def _nearest(  # noqa: PLR0913, PLR0917 - numba inlines it
    b: Board, i: Whole, r: Whole, a: Whole, first: Whole, last: Whole, over: Whole, room: Whole, best: Step
) -> Step:
    for at in range(first, last):
        c = b.arrived[at]
        if b.may[i, b.kind[c]]:
            gain = _lowered(b.work[a] - b.work[c], over, room)
            if gain > best.gain:
                best = Step(gain, a, c, r)
    return best


@compiled
def exchange(b: Board, i: Whole, step: Step) -> None:
    """Carry a step of officer `i` out."""
    _pass(b, i, step.other, step.give)
    if step.take >= 0:
        _pass(b, step.other, i, step.take)


@compiled
def _pass(b: Board, giver: Whole, taker: Whole, case: Whole) -> None:
    if b.holder[case] != giver:
        _leave(b, giver, case)
    b.load[giver] -= b.work[case]
    b.load[taker] += b.work[case]
    b.to[case] = taker
    if b.holder[case] != taker:
        _come(b, taker, case)


@compiled
def _leave(b: Board, i: Whole, case: Whole) -> None:
    at = b.offset[i]
    while b.arrived[at] != case:
        at += 1
    for later in range(at, b.offset[i] + b.filled[i] - 1):
        b.arrived[later] = b.arrived[later + 1]
    b.filled[i] -= 1


@compiled
def _come(b: Board, i: Whole, case: Whole) -> None:
    at = b.offset[i] + b.filled[i]
    while at > b.offset[i] and b.work[b.arrived[at - 1]] < b.work[case]:
        b.arrived[at] = b.arrived[at - 1]
        at -= 1
    b.arrived[at] = case
    b.filled[i] += 1
