"""The steps of a run: what is being done, and how long each took."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def silent(said: str) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Steps:
    """The steps so far, and who is told of them.

    Attributes:
        told: Called with each step as it begins; what it raises ends the run.
        clock: Seconds, only ever going up.
        seconds: Of each step that has ended, in the order of their beginning.

    """

    told: Callable[[str], None] = silent
    clock: Callable[[], float] = time.perf_counter
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, said: str) -> Iterator[None]:
        """Tell of a step and time it."""
        self.told(said)
        self.seconds.setdefault(said, 0.0)
        since = self.clock()
        try:
            yield
        finally:
            self.seconds[said] += self.clock() - since
