"""Random numbers by name: two scenarios that ask for the same name draw the same numbers."""

from __future__ import annotations

from hashlib import sha256

import numpy as np

_BETWEEN = "\x1f"


def stream(seed: int, *names: str) -> np.random.Generator:
    """Return the generator of a name.

    What is drawn depends on the seed and the names only, not on which other streams were asked for
    before. So the office that a scenario adds changes no other office's numbers, and the difference of two
    scenarios is a difference of their inputs (common random numbers).

    Args:
        seed: The run's seed, zero or more.
        names: What the numbers are for, such as `"weights", "check-in", "NOR"`.

    """
    digest = sha256(_BETWEEN.join(names).encode()).digest()
    words = np.frombuffer(digest[:16], dtype="<u4")
    return np.random.Generator(np.random.Philox(np.random.SeedSequence([seed, *words.tolist()])))
