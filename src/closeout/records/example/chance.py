"""Chance that is the same for the same seed: a generator of its own for every table and chunk."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.records.example.arrays import Claims, Ints


class Chance:
    """A seeded generator and the draws the example needs."""

    def __init__(self, *path: int | str) -> None:
        """Start from a path such as seed, chunk, table: another path, another sequence."""
        numbers = [crc32(one.encode()) if isinstance(one, str) else one for one in path]
        self.generator = np.random.Generator(np.random.PCG64(np.random.SeedSequence(numbers)))

    def claims(self, share: float, rows: int) -> Claims:
        """Return `rows` claims, each true with probability `share`."""
        return self.generator.random(rows, dtype=np.float32) < share

    def whole(self, least: int, most: int, rows: int) -> Ints:
        """Return `rows` whole numbers from `least` to `most`, both included."""
        return self.generator.integers(least, most, rows, endpoint=True, dtype=np.int64)

    def below(self, bounds: Ints) -> Ints:
        """Return for each bound a whole number from 0 to one less than it; 0 for bounds below 1."""
        return (self.generator.random(len(bounds)) * np.maximum(bounds, 0)).astype(np.int64)

    def waiting(self, mean: float, most: int, rows: int) -> Ints:
        """Return `rows` days, exponential with a mean, cut off at `most`."""
        return np.minimum(self.generator.exponential(mean, rows), most).astype(np.int64)

    def among(self, shares: Sequence[float], rows: int) -> Ints:
        """Return `rows` places, each drawn with its share; shares are scaled to sum to 1."""
        edges = np.cumsum(np.asarray(shares, dtype=np.float64))
        drawn = self.generator.random(rows) * edges[-1]
        places: Ints = np.searchsorted(edges, drawn, side="right").astype(np.int64)
        return np.minimum(places, len(edges) - 1)
