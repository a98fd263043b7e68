"""Check each published figure against what our functions give."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from closeout.workload.reference.functions import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Figure = float | tuple[float, ...]
    Level = Callable[[Sequence[float], int], Sequence[int]]
    Target = Callable[[Sequence[float], int], int]


class Seen(StrEnum):
    """How the published figure is known to us."""

    SOURCE = "source"
    """Read in the source."""
    PART = "part"
    """Read in a part of the source."""
    RECALLED = "recalled"
    """The input is from memory; the published output confirms it."""
    DERIVED = "derived"
    """Worked out from published inputs; the source does not print it."""


@dataclass(frozen=True, slots=True)
class Check:
    """One published figure beside ours."""

    figure: str
    """Section of the workload method and number, such as `2.D-20`."""
    about: str
    source: str
    seen: Seen
    expected: Figure
    got: Figure
    tolerance: float
    """The rounding of the source; 0 where it must be exact."""

    @property
    def residual(self) -> float:
        """Return got less expected: the farthest off of several, infinite where their number differs."""
        expected, got = _numbers(self.expected), _numbers(self.got)
        if len(expected) != len(got):
            return float("inf")
        return max((mine - theirs for mine, theirs in zip(got, expected, strict=True)), key=abs)

    @property
    def is_ok(self) -> bool:
        """Say whether the residual is within the source's rounding."""
        return abs(self.residual) <= self.tolerance

    def plain(self) -> dict[str, Any]:
        """Return the check as plain values; a residual without a number is None."""
        residual = self.residual
        found = residual if residual != float("inf") else None
        return asdict(self) | {"seen": self.seen.value, "residual": found, "ok": self.is_ok}


def checks(level: Level, target: Target) -> tuple[Check, ...]:
    """Return every published figure beside ours, in the order of the method.

    Levelling belongs to a room above this one, so its functions are handed in.

    Args:
        level: Returns how many new cases each officer gets, from those each has received and the new ones.
        target: Returns the whole number that it brings officers to, from the same.

    """
    functions = FUNCTIONS | {
        "level": lambda already, new: _received(level(already, new)),
        "level_target": target,
    }
    data = _data()
    return tuple(_check(row, data["sources"], functions) for row in data["figures"])


def _received(shares: Sequence[int]) -> tuple[int, ...]:
    """Return the allocation as it is published: who got something, the most first, not by officer."""
    return tuple(sorted((share for share in shares if share), reverse=True))


def left_out() -> tuple[str, ...]:
    """Return what is published and cannot be checked, with the reason."""
    return tuple(_data()["left_out"])


@cache
def _data() -> dict[str, Any]:
    text = files("closeout.workload.reference").joinpath("figures.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def _check(
    row: Mapping[str, Any], sources: Mapping[str, str], functions: Mapping[str, Callable[..., Any]]
) -> Check:
    expected, got = row["expected"], functions[row["by"]](**row["given"])
    return Check(
        row["figure"],
        row["about"],
        sources[row["source"]],
        Seen(row["seen"]),
        tuple(expected) if isinstance(expected, list) else expected,
        tuple(got) if isinstance(got, list | tuple) else got,
        float(row.get("tolerance", 0)),
    )


def _numbers(figure: Figure) -> Sequence[float]:
    return figure if isinstance(figure, tuple) else (figure,)
