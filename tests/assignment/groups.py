"""Groups of officers and cases as the solver sees them, made by hand."""

from __future__ import annotations

import numpy as np

from closeout.assignment.flow import Group


def group(
    cases: list[tuple[int, int, int]], may: list[list[bool]], cap: list[int], tier: list[int] | None = None
) -> Group:
    """Return a group.

    Args:
        cases: Holder, class and work of each; put in order here.
        may: Officer by class.
        cap: By officer.
        tier: By officer; all alike if None.

    """
    rows = sorted(cases, key=lambda one: (one[0], one[1], -one[2]))
    columns = np.array(rows, dtype=np.int64).reshape(len(rows), 3)
    return Group(
        np.ascontiguousarray(columns[:, 0]),
        np.ascontiguousarray(columns[:, 1]),
        np.ascontiguousarray(columns[:, 2]),
        np.array(may, dtype=bool),
        np.array(cap, dtype=np.int64),
        np.array(tier or [0] * len(cap), dtype=np.int64),
        np.zeros(len(cap), dtype=np.int64),
    )


def load(made: Group, to: np.ndarray) -> list[int]:
    """Return each officer's work."""
    return np.bincount(to, weights=made.work, minlength=made.officers).astype(int).tolist()
