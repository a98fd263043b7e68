"""Share out one group: fair utilizations, caps, and a plan with few moves under them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from closeout.assignment.bound import fewest_moves
from closeout.assignment.exact import exactly, is_small
from closeout.assignment.flow import Group, cheapest
from closeout.assignment.profile import Level, fair_levels
from closeout.assignment.repair import repaired
from closeout.assignment.rounding import rounded
from closeout.assignment.settling import settled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from closeout.assignment.grouping import Share

_PARTS = (0.7, 0.4, 0.1, 0.0)
"""Parts of the band that a plan is first made with: what it leaves is room to round cases in."""
_TURNS = 3
"""Orders of officers that a repair is tried in while somebody is above the cap."""
_CLOSE = 0.01
"""A plan under the caps with this share of moves above the bound ends the search."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A group, its fair levels, and the cases that nobody may have."""

    share: Share
    levels: tuple[Level, ...]
    """Officers are places in the share; classes too, those above the last being work fixed to an officer."""
    fair: tuple[Fraction, ...]
    """The fair utilization, by officer."""
    movable: NDArray[np.int64]
    """The cases that somebody may have, by their place in the share."""
    stuck: NDArray[np.int64]
    """The rest."""
    fixed: NDArray[np.int64]
    """Work of stuck cases that stays with an officer who has hours."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A plan for a group."""

    ready: Ready
    to: NDArray[np.int64]
    """By case of the share: the officer's place; cases that nobody may have stay where they are."""
    cap: NDArray[np.int64]
    """Highest load by officer: the fair one and the band."""
    load: NDArray[np.int64]
    bound: int
    """No plan under the caps has fewer moves."""
    is_optimal: bool
    is_best_band: bool
    """Where loads are above the caps: whether it is proven that no plan comes closer."""

    @property
    def moves(self) -> int:
        """Return how many cases change hands."""
        return int((self.to != self.ready.share.holder).sum())


def prepared(share: Share) -> Ready:
    """Return a group with the utilization that the fairest plan gives each officer."""
    n, kinds = share.may.shape
    somebody = np.asarray(share.may.any(axis=0))
    is_movable = np.asarray(somebody[share.kind])
    stuck = np.flatnonzero(~is_movable)
    kept = stuck[share.has_hours(stuck)]
    fixed = np.bincount(share.holder[kept], weights=share.work[kept], minlength=n).astype(np.int64)
    total = np.bincount(share.kind[is_movable], weights=share.work[is_movable], minlength=kinds)
    active, used = np.flatnonzero(share.hours > 0), np.flatnonzero(total > 0)
    burdened = np.flatnonzero(fixed)
    own = np.zeros((burdened.size, active.size), dtype=bool)
    own[np.arange(burdened.size), np.searchsorted(active, burdened)] = True
    may = np.vstack([share.may[np.ix_(active, used)].T, own])
    work = [*(int(total[k]) for k in used), *(int(fixed[i]) for i in burdened)]
    found = fair_levels(work, [int(share.hours[i]) for i in active], may)
    fair = [Fraction(0)] * n
    levels = []
    for level in found:
        officers = tuple(int(active[i]) for i in level.officers)
        classes = tuple(int(used[k]) if k < used.size else kinds for k in level.classes)
        levels.append(replace(level, officers=officers, classes=classes))
        for i in officers:
            fair[i] = level.utilization
    return Ready(share, tuple(levels), tuple(fair), np.flatnonzero(is_movable), stuck, fixed)


def solved(ready: Ready, *, band: float, ceiling: Fraction | None = None, seed: int = 0) -> Solved:
    """Return a plan that keeps everyone within a band above the fair utilization, with few moves.

    Args:
        ready: The group.
        band: How far above the fair utilization anyone may end, as a share of it.
        ceiling: A utilization up to which loads may stay as they are; none if None.
        seed: Decides whom a repair tries first.

    """
    share = ready.share
    level = [max(u, ceiling) if ceiling and h else u for u, h in zip(ready.fair, share.hours, strict=True)]
    exact = [u * int(h) for u, h in zip(level, share.hours, strict=True)]
    base = np.array([int(load) for load in exact], dtype=np.int64)
    cap = np.array([int(load * (1 + Fraction(band))) for load in exact], dtype=np.int64)
    steps = {u: at for at, u in enumerate(sorted(set(level), reverse=True))}
    kinds = share.may.shape[1]
    group = Group(
        share.holder[ready.movable],
        share.kind[ready.movable].astype(np.int64),
        share.work[ready.movable],
        share.may,
        cap,
        np.array([steps[u] for u in level], dtype=np.int64),
        ready.fixed,
    )
    if not ready.movable.size:
        return Solved(ready, share.holder.copy(), cap, ready.fixed, 0, is_optimal=True, is_best_band=False)
    flow = cheapest(group)
    bound = fewest_moves(group, np.zeros(kinds) if flow is None else flow.price)
    to = _planned(group, base, bound, seed)
    is_best_band = False
    if is_small(group) and (_excess(group, to).any() or _moves(group, to) > bound):
        answer = exactly(group, to, base, seed)
        to, is_best_band = answer.to, answer.is_best_band
        group = replace(group, cap=answer.cap)
        bound = max(answer.bound, fewest_moves(group, np.zeros(kinds)))
    to = settled(group, to)
    whole = share.holder.copy()
    whole[ready.movable] = to
    return Solved(ready, whole, cap, _load(group, to), bound, _moves(group, to) <= bound, is_best_band)


def _planned(group: Group, base: NDArray[np.int64], bound: int, seed: int) -> NDArray[np.int64]:
    """Return the best of a few plans, each made with less of the band."""
    best: tuple[int, int, NDArray[np.int64]] | None = None
    for part in _PARTS:
        narrower = np.floor(base + part * (group.cap - base)).astype(np.int64)
        flow = cheapest(replace(group, cap=narrower))
        if flow is None:
            continue
        found = _best_repair(group, rounded(group, flow), seed)
        if best is None or found[:2] < best[:2]:
            best = found
        if not best[0] and best[1] <= bound * (1 + _CLOSE):
            break
    return best[2] if best else _with_wider_caps(group, seed)


def _best_repair(group: Group, start: NDArray[np.int64], seed: int) -> tuple[int, int, NDArray[np.int64]]:
    """Return work above the caps, moves and plan of the best of some repairs."""
    found = []
    for turn in range(_TURNS):
        to = repaired(group, start, seed + turn)
        found.append((int(_excess(group, to).sum()), _moves(group, to), to))
        if not found[-1][0]:
            break
    return min(found, key=lambda one: one[:2])


def _with_wider_caps(group: Group, seed: int) -> NDArray[np.int64]:
    """Return a plan where rounding down the caps left less room than there is work, by a hair."""
    wider = group.cap + np.where(group.may.any(axis=1), group.may.shape[0], 0)
    flow = cheapest(replace(group, cap=wider))
    if flow is None:
        msg = "the fairest caps leave no room for the work; this is a fault of the program"
        raise RuntimeError(msg)
    return repaired(group, rounded(group, flow), seed)


def _moves(group: Group, to: NDArray[np.int64]) -> int:
    return int((to != group.holder).sum())


def _load(group: Group, to: NDArray[np.int64]) -> NDArray[np.int64]:
    on = np.bincount(to, weights=group.work, minlength=group.officers)
    return group.fixed + on.astype(np.int64)


def _excess(group: Group, to: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.asarray(np.maximum(_load(group, to) - group.cap, 0))
