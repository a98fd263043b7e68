"""Papers written in the background, two at a time: typst works outside Python.

Those that Python alone makes go to another process where there is one: here they would take turns.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from typing import TYPE_CHECKING

from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.index import NotWritten, PaperFile, PaperIndex
from closeout.evidence.letters.kinds import KINDS, MEDIA_TYPES, source_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from closeout.evidence.assessment import Assessment

    Given = tuple[Path, Callable[[], bytes]]
    """Where a paper is written to, and what makes it."""
    Made = bytes | LetterError
    """A paper, or why it cannot be made."""

_AT_ONCE = 2
_ORDER = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper to be written.

    Attributes:
        path: Where.
        kind: Of what kind.
        make: What makes it.
        title: Its own title, where it has one.
        subject: The recommendation it is about; empty for the whole agency.
        is_apart: Whether it can be made in another process: then `make` goes through pickle.

    """

    path: str
    kind: str
    make: Callable[[], bytes]
    title: str = ""
    subject: str = ""
    is_apart: bool = False

    @property
    def name(self) -> str:
        """Return what a list calls it."""
        return self.title or KINDS[self.kind].title


class Press:
    """Writes papers while other work goes on; leaving it with an error drops those not begun."""

    def __init__(
        self,
        folder: Path,
        told: Callable[[str], None] = lambda _said: None,
        beside: Callable[[Sequence[Given]], Callable[[], Sequence[Made]]] | None = None,
    ) -> None:
        """Begin with nothing to write.

        Args:
            folder: The assessment's folder.
            told: Called with each paper that is waited for.
            beside: Begins `write_all` in another process, and returns what waits for it; None where there is
                no other process.

        """
        self._folder, self._told, self._beside = folder, told, beside
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="papers")
        self._coming: list[tuple[Draft, Callable[[], Made]]] = []
        self._waits: list[Callable[[], Sequence[Made]]] = []

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the threads."""
        self._pool.shutdown(cancel_futures=True)

    def take(self, drafts: Iterable[Draft]) -> None:
        """Have papers written."""
        apart: list[Given] = []
        for draft in drafts:
            given = self._folder / draft.path, draft.make
            if self._beside and draft.is_apart:
                self._coming.append((draft, partial(self._from_beside, len(self._waits), len(apart))))
                apart.append(given)
            else:
                self._coming.append((draft, self._pool.submit(write, given).result))
        if self._beside and apart:
            self._waits.append(cache(self._beside(apart)))

    def _from_beside(self, time: int, place: int) -> Made:
        return self._waits[time]()[place]

    def expected(self, assessment: Assessment, lacking: Iterable[NotWritten]) -> PaperIndex:
        """Return the index as it will be if nothing fails; without lengths and digests."""
        papers = (listed(draft, b"", assessment) for draft, _ in self._coming)
        return _index(assessment, papers, lacking)

    def finished(self, assessment: Assessment, lacking: Iterable[NotWritten]) -> PaperIndex:
        """Wait for every paper and return their index; what could not be made is named in it.

        Raises:
            LetterError: The folder cannot be written.

        """
        papers, failed = [], []
        for draft, coming in self._coming:
            self._told(f"Writing {draft.path}")
            data = coming()
            if isinstance(data, bytes):
                papers.append(listed(draft, data, assessment))
            else:
                failed.append(NotWritten(draft.kind, draft.name, str(data), is_failure=True))
        return _index(assessment, papers, (*failed, *lacking))


def listed(draft: Draft, data: bytes, assessment: Assessment) -> PaperFile:
    """Return a paper as the index lists it."""
    kind = KINDS[draft.kind]
    return PaperFile(
        path=draft.path,
        kind=draft.kind,
        title=draft.name,
        subject=draft.subject,
        media_type=MEDIA_TYPES[draft.path.rpartition(".")[2]],
        bytes=len(data),
        sha256=sha256(data).hexdigest(),
        as_of=assessment.as_of,
        source=source_of(kind, assessment.sources),
        suppression=kind.suppression,
    )


def _index(
    assessment: Assessment, papers: Iterable[PaperFile], not_written: Iterable[NotWritten]
) -> PaperIndex:
    """Return the index in the order of a list: papers of the whole agency by kind, then recommendations."""
    ordered = sorted(papers, key=lambda each: (1, 0) if each.subject else (0, _ORDER[each.kind]))
    return PaperIndex(assessment.agency, assessment.as_of, tuple(ordered), tuple(not_written))


def write_all(given: Sequence[Given]) -> list[Made]:
    """Write papers, and return each or why it cannot be made; for another process."""
    return [write(one) for one in given]


def write(given: Given) -> Made:
    """Write a paper and return it, or why it cannot be made."""
    path, make = given
    try:
        data = make()
    except LetterError as error:
        return error
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}"
        raise LetterError(msg) from error
    return data
