"""How far two reviewers of the same files agree beyond chance."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from closeout.evidence.statistics.distributions import z_of

if TYPE_CHECKING:
    from collections.abc import Mapping

Word = TypeVar("Word")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cohen's kappa of a set of files that two people reviewed apart.

    Attributes:
        n: Files.
        agreed: How many of them got the same answer.
        kappa: (agreed share - share by chance) / (1 - share by chance), at most 1; None where both gave one
            and the same answer throughout, so that chance alone would agree.
        low, high: Normal interval; None without a kappa.
        level: Confidence, 0-1.

    """

    n: int
    agreed: int
    kappa: float | None
    low: float | None
    high: float | None
    level: float = 0.95


def cohen_kappa(answers: Mapping[tuple[Word, Word], int], *, level: float = 0.95) -> Agreement:
    """Return Cohen's kappa with its large-sample interval (Cohen 1960; Fleiss, Cohen & Everitt 1969).

    Args:
        answers: How many files got each pair of answers, the first reviewer's first.
        level: Confidence, above 0 and below 1.

    Raises:
        ValueError: No file, or a negative count.

    """
    if not any(answers.values()) or min(answers.values()) < 0:
        msg = "no files that two people reviewed"
        raise ValueError(msg)
    words = sorted({word for pair in answers for word in pair}, key=str)
    table = np.array([[answers.get((one, other), 0) for other in words] for one in words], dtype=np.float64)
    n = int(table.sum())
    p = table / n
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, chance = float(np.trace(p)), float(rows @ columns)
    agreed = int(np.trace(table))
    if chance >= 1 - 1e-12:
        return Agreement(n, agreed, None, None, None, level)
    kappa = (observed - chance) / (1 - chance)
    both = rows[None, :] + columns[:, None]  # of cell (i, j): row share of j and column share of i
    on = float((np.diag(p) * (1 - np.diag(both) * (1 - kappa)) ** 2).sum())
    off = (1 - kappa) ** 2 * float((p * both**2 * (1 - np.eye(len(words)))).sum())
    rest = (kappa - chance * (1 - kappa)) ** 2
    error = sqrt(max(0.0, on + off - rest) / n) / (1 - chance)
    half = z_of(level) * error
    return Agreement(n, agreed, kappa, kappa - half, min(1.0, kappa + half), level)
