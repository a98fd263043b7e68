"""Give each of several recommendations the position that prose states by number or count."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from closeout.reading.statements.position import PositionClaim


def assign_positions(claims: Iterable[PositionClaim], numbers: Sequence[str]) -> Mapping[str, PositionClaim]:
    """Return the claim that holds for each numbered recommendation.

    Numbers and ordinals hold for what they name. "The remaining ones" holds for what is not named.
    A bare count ("five of the six") holds only when exactly that many are left unnamed: with it
    alone, nobody can say which five, and none gets a position. A claim without any scope holds for
    all not named. A claim with a position outweighs mere comments.

    Args:
        claims: What the prose states, in its order. The first claim on a number stands.
        numbers: Numbers of the report's recommendations, in order ("1", "1a").

    Returns:
        Claims by number; numbers with no position are absent.

    """
    strong: list[PositionClaim] = []
    weak: list[PositionClaim] = []
    for claim in claims:
        (weak if claim.is_weak else strong).append(claim)
    assigned: dict[str, PositionClaim] = {}
    for claim in strong:
        for number in numbers:
            if number not in assigned and _names(claim, number):
                assigned[number] = claim
    for claim in [*sorted(strong, key=_breadth), *weak]:
        left = [number for number in numbers if number not in assigned]
        if not claim.scope.numbers and _covers(claim, len(left), len(numbers)):
            assigned.update(dict.fromkeys(left, claim))
    return assigned


def _names(claim: PositionClaim, number: str) -> bool:
    """Say whether a claim names a number; naming 1 names its parts 1a and 1b too."""
    return any(number == named or number.rstrip("abcdefghij") == named for named in claim.scope.numbers)


def _breadth(claim: PositionClaim) -> int:
    """Order counts before claims on the rest, and those before claims on all."""
    if claim.scope.count is not None and not claim.scope.is_rest:
        return 0
    return 1 if claim.scope.is_rest else 2


def _covers(claim: PositionClaim, left: int, total: int) -> bool:
    scope = claim.scope
    if scope.count is None or scope.is_all:
        return left > 0
    if scope.total is not None and scope.total != total:
        return False
    return scope.count == left
