"""What a run and the processes that read for it say to each other.

Little is imported here: a run that only asks need not load what reads.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from closeout.reading.model import DocumentReading
from closeout.reading.sources.faults import unread

if TYPE_CHECKING:
    from closeout.reading.sources import Limits


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read."""

    path: str
    name: str
    """What to report it as."""
    limits: Limits
    sha256: str = ""
    """The hash of its bytes, where it is known."""


@dataclass(frozen=True, slots=True)
class Started:
    """The process is up and takes tasks."""


@dataclass(frozen=True, slots=True)
class Question:
    """Whether the member of an archive with this hash was read before; the answer is a boolean."""

    sha256: str
    name: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A task is done."""


Message = Started | Question | DocumentReading | Ended


def unread_file(name: str, code: str, message: str, *, sha256: str = "") -> DocumentReading:
    """Return the reading of a file that gave nothing, with the reason."""
    document = unread(name, b"", code=code, message=message, sha256=sha256)
    return DocumentReading(document=document, family="unknown", problems=document.problems)


def renamed(reading: DocumentReading, name: str) -> DocumentReading:
    """Return the same reading under another path, as for a second copy of the file."""
    return replace(reading, document=replace(reading.document, path=name))
