"""Read many files: in several processes, in a stable order, with bounded memory, nothing lost."""

from __future__ import annotations

import hashlib
import os
from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from closeout.reading.crew import Bounds, Crew, Slot
from closeout.reading.messages import Task, renamed
from closeout.reading.model import EXTRACTOR_VERSION
from closeout.reading.sources import DEFAULT_LIMITS, Limits
from closeout.reading.sources.archive import INSIDE
from closeout.reading.walk import files_under

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from pathlib import Path

    from closeout.reading.model import DocumentReading

    Known = Callable[[str], DocumentReading | None]

_MOST_BY_DEFAULT = 2


class Outcome(StrEnum):
    """What became of a file."""

    READ = "read"
    KNOWN = "known"
    """Its bytes were read in an earlier run."""
    COPY = "copy"
    """Its bytes are those of an earlier file of this run."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: `done` of `total` files, the last of them `name`."""

    done: int
    total: int
    name: str
    outcome: Outcome


@dataclass(slots=True, eq=False)
class _File(Slot):
    """A file of the run."""

    name: str = ""
    sha256: str = ""
    outcome: Outcome = Outcome.READ


def default_workers() -> int:
    """Return how many processes read when nobody says: one a core, two at most."""
    return min(_MOST_BY_DEFAULT, os.cpu_count() or 1)


def read_paths(
    paths: Sequence[Path],
    *,
    workers: int | None = None,
    known: Known | None = None,
    progress: Callable[[Progress], None] | None = None,
    limits: Limits = DEFAULT_LIMITS,
    bounds: Bounds | None = None,
) -> Generator[DocumentReading, None, None]:
    """Yield what is read from files and folders, in a stable order, one reading a document.

    A file that cannot be read gives a reading with a fatal problem. A second copy of the same
    bytes is not read again but given under its own name; so is a file that `known` knows.

    Args:
        paths: Files and folders.
        workers: Reading processes; 0 reads in this process, without protection against a
            document that crashes or never ends. None chooses by the machine.
        known: Returns the reading of the bytes with a SHA-256, when they were read before.
        progress: Called after each file.
        limits: What one input may cost before it is refused.
        bounds: Time and memory one document may take, with processes.

    Raises:
        WorkersFailedError: The processes cannot be started.

    """
    run = _Run(list(files_under(paths)), known, limits)
    count = min(default_workers() if workers is None else workers, max(1, len(run.files)))
    if count:
        crew: Crew[_File] = Crew(count, bounds=bounds or Bounds(), known=run.known_member)
        results = crew.results(run.slots())
    else:
        results = run.results_here()
    done = 0
    for file, reading in results:
        if reading is not None:
            run.keep(file, reading)
            yield reading
            continue
        done += 1
        run.end(file)
        if progress:
            progress(Progress(done, len(run.files), file.name, file.outcome))


class _Run:
    """The files of one run, and the readings that copies of a file still wait for."""

    def __init__(self, files: list[Path], known: Known | None, limits: Limits) -> None:
        self.files = files
        self._known = known
        self._limits = limits
        self._same_size: defaultdict[int, list[Path]] = defaultdict(list)
        for path in files:
            self._same_size[_size(path)].append(path)
        self._hashes: dict[Path, str] = {}
        self._left: Counter[str] = Counter()
        self._kept: dict[str, list[DocumentReading]] = {}

    def slots(self) -> Iterator[_File]:
        """Yield the files in order, those that need no reading with their result."""
        for path in self.files:
            name = path.as_posix()
            file = _File(None, name=name, sha256=self._hash(path))
            if (reading := self._known_reading(file.sha256)) is not None:
                file.outcome = Outcome.KNOWN
                file.results.append(renamed(reading, name))
            elif file.sha256 in self._kept:
                file.outcome = Outcome.COPY
                file.results.append(_copies(self._kept[file.sha256], name))
            else:
                file.task = Task(str(path), name, self._limits, file.sha256)
                if file.sha256 and self._left[file.sha256] > 1:
                    self._kept[file.sha256] = []
            yield file

    def results_here(self) -> Iterator[tuple[_File, DocumentReading | None]]:
        """Yield what a crew would, read in this process."""
        for file in self.slots():
            for result in file.results:
                for reading in result() if callable(result) else (result,):
                    yield file, reading
            if file.task:
                for reading in self._read_here(file.task):
                    yield file, reading
            yield file, None

    def known_member(self, sha256: str, name: str) -> DocumentReading | None:
        """Return the reading of an archive's member, when it was read in an earlier run."""
        reading = self._known_reading(sha256)
        return reading and renamed(reading, name)

    def keep(self, file: _File, reading: DocumentReading) -> None:
        """Keep a reading while copies of its file may follow."""
        if file.outcome is Outcome.READ and file.sha256 in self._kept:
            self._kept[file.sha256].append(reading)

    def end(self, file: _File) -> None:
        """Forget the readings kept for copies after the last of them."""
        self._left[file.sha256] -= 1
        if self._left[file.sha256] <= 0:
            del self._left[file.sha256]
            self._kept.pop(file.sha256, None)

    def _hash(self, path: Path) -> str:
        """Return a file's hash; the first of equal size hashes them all, to tell which have copies."""
        if path not in self._hashes:
            for other in self._same_size.pop(_size(path), [path]):
                self._hashes[other] = sha256 = _sha256(other, self._limits)
                self._left[sha256] += 1
        return self._hashes.pop(path)

    def _read_here(self, task: Task) -> Iterator[DocumentReading]:
        from closeout.reading.worker import read_file  # noqa: PLC0415 - most runs have it read elsewhere

        found: list[DocumentReading] = []

        def is_known(sha256: str, name: str) -> bool:
            reading = self.known_member(sha256, name)
            found.extend([reading] if reading else [])
            return reading is not None

        for reading in read_file(task, is_known):
            yield from found
            found.clear()
            yield reading
        yield from found

    def _known_reading(self, sha256: str) -> DocumentReading | None:
        """Return an earlier reading if it still holds: same readers, and not one that failed."""
        reading = self._known(sha256) if self._known and sha256 else None
        if reading is None or reading.extractor_version != EXTRACTOR_VERSION:
            return None
        return None if any(problem.fatal for problem in reading.problems) else reading


def _copies(firsts: list[DocumentReading], name: str) -> Callable[[], list[DocumentReading]]:
    """Return a function that gives the readings of a file under the name of its copy."""

    def copies() -> list[DocumentReading]:
        first = firsts[0].document.path.partition(INSIDE)[0] if firsts else ""
        return [renamed(reading, name + reading.document.path[len(first) :]) for reading in firsts]

    return copies


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _sha256(path: Path, limits: Limits) -> str:
    """Return the hash of a file's bytes; nothing for one that will be refused or cannot be read."""
    if not 0 <= _size(path) <= limits.file_bytes:
        return ""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
