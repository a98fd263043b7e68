"""What is wrong with a pack, all of it at once, each with file and line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong, and where. As text: `file:line: what, and what to do`."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class PackError(ValueError):
    """A pack cannot be used. `faults` says why, in the order of files and lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(one) for one in self.faults))

    def __reduce__(self) -> tuple[type[PackError], tuple[tuple[Fault, ...]]]:
        """Come whole out of another process, where it is made anew."""
        return PackError, (self.faults,)


class Faults:
    """Collects the faults of a pack while it is read."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, path: Path, line: int, message: str) -> None:
        """Note one fault."""
        self.found.append(Fault(path, line, message))

    def extend(self, error: PackError) -> None:
        """Note the faults of an error."""
        self.found.extend(error.faults)

    def has(self, path: Path) -> bool:
        """Tell whether a fault of a file is noted."""
        return any(one.path == path for one in self.found)

    def raise_any(self) -> None:
        """Raise PackError with everything noted; return if nothing is."""
        if self.found:
            raise PackError(self.found)
