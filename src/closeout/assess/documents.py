"""The reports of a run, read beside the records, and joined into recommendations."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from closeout.followup.followed import follow
from closeout.reading.folder import read_paths
from closeout.reading.joining import join
from closeout.reading.losses import is_loss, problems_of
from closeout.reading.register import Register

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future
    from datetime import date
    from pathlib import Path

    from closeout.followup.followed import Followed
    from closeout.reading.model import DocumentReading

_MANY = 50
"""So many files are worth a second process."""


@dataclass(frozen=True, slots=True)
class Documents:
    """What the reports say.

    Attributes:
        readings: Of each document, in a stable order.
        register: Reports and recommendations.
        followed: Each recommendation as of the day.
        notes: What could not be read, a sentence each.
        is_whole: Whether nothing of them was lost.

    """

    readings: tuple[DocumentReading, ...] = ()
    register: Register = field(default_factory=Register)
    followed: tuple[Followed, ...] = ()
    notes: tuple[str, ...] = ()
    is_whole: bool = True

    def facts(self) -> list[dict[str, Any]]:
        """Return each document with its digest and how many recommendations it shows."""
        return [
            {
                "path": each.document.path.rpartition("/")[2],
                "sha256": each.document.sha256,
                "family": each.family,
                "title": each.title or each.document.title,
                "recommendations": each.shown,
            }
            for each in self.readings
        ]


def read_documents(folder: Path, *, as_of: date, workers: int | None = None) -> Documents:
    """Return what the reports in a folder say as of a day.

    A folder that is missing or empty gives no recommendations, and a note.

    Args:
        folder: A folder of reports, or one file.
        as_of: The day that promises and statuses are judged on.
        workers: Reading processes; by the number of files if None.

    """
    if not folder.exists():
        return Documents(notes=(f"there is no folder {folder} of reports",), is_whole=False)
    if workers is None:
        workers = 1 if sum(1 for _ in folder.rglob("*")) < _MANY else 2
    with closing(read_paths([folder], workers=workers)) as found:
        readings = tuple(found)
    if not readings:
        return Documents(notes=(f"{folder} has no report in it",), is_whole=False)
    register = join(readings)
    problems = [(each.document.path, problem) for each in readings for problem in problems_of(each)]
    return Documents(
        readings=readings,
        register=register,
        followed=follow(register, readings, as_of=as_of),
        notes=tuple(
            f"{path.rpartition('/')[2]}: {' '.join(problem.message.split())}" for path, problem in problems
        ),
        is_whole=not any(is_loss(problem) for _, problem in problems),
    )


@contextmanager
def reading_beside(folder: Path, *, as_of: date) -> Iterator[Future[Documents]]:
    """Read reports in a process of their own while the records are worked on."""
    with ThreadPoolExecutor(1, thread_name_prefix="reports") as runner:
        yield runner.submit(read_documents, folder, as_of=as_of)
