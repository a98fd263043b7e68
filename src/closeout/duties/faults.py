"""What is wrong with a pack, all of it at once, each with file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class PackError(ValueError):
    """A pack cannot be used. `faults` holds a line for each reason: file, line, what, and what to do."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def fault(path: Path, line: int, message: str) -> str:
    """Return one fault as people and editors read it: `file:line: message`."""
    return f"{path}:{line}: {message}"


class Faults:
    """Collects the faults of a pack while it is read."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, path: Path, line: int, message: str) -> None:
        """Note one fault."""
        self.found.append(fault(path, line, message))

    def extend(self, error: PackError) -> None:
        """Note the faults of an error."""
        self.found.extend(error.faults)

    def raise_any(self) -> None:
        """Raise PackError with everything noted, in the order of files and lines; return if nothing is."""
        if self.found:
            raise PackError(sorted(set(self.found), key=_place))


def _place(line: str) -> tuple[str, int, str]:
    path, number, message = line.split(":", 2)
    return path, int(number), message
