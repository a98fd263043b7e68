"""The index of an assessment's papers: which file is what, of which day and source, and what is withheld."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.kinds import FORMS

if TYPE_CHECKING:
    from pathlib import Path

INDEX = "papers.json"
FORMAT = "closeout-papers/1"


@dataclass(frozen=True, slots=True)
class PaperFile:
    """One file.

    Attributes:
        path: Where it lies, from the folder of the index, with `/`.
        kind: What it is (`kinds.KINDS`).
        title: What a list calls it.
        subject: The key of the recommendation it is of; empty for one of the whole agency.
        media_type: Of what type it is.
        bytes: How long it is.
        sha256: Its digest.
        as_of: The day its figures stand on.
        source: What it rests on, a sentence.
        suppression: What is withheld in it, a sentence or two.

    """

    path: str
    kind: str
    title: str
    subject: str
    media_type: str
    bytes: int
    sha256: str
    as_of: date
    source: str
    suppression: str

    @property
    def form(self) -> str:
        """Return what kind of file it is, in a word: `PDF`."""
        return FORMS.get(self.path.rpartition(".")[2], "file")


@dataclass(frozen=True, slots=True)
class NotWritten:
    """A paper that was not written, and why.

    Attributes:
        kind: What it would have been.
        title: What a list calls it.
        why: Why it was not, in words.
        is_failure: Whether it ought to be there: a template that is wrong, and not a table that is missing.

    """

    kind: str
    title: str
    why: str
    is_failure: bool = False


@dataclass(frozen=True, slots=True)
class PaperIndex:
    """All papers of an assessment, in the order of a list: those of the whole agency first."""

    agency: str
    as_of: date
    papers: tuple[PaperFile, ...] = ()
    not_written: tuple[NotWritten, ...] = ()

    def of(self, subject: str) -> tuple[PaperFile, ...]:
        """Return the papers of one recommendation, by its key."""
        return tuple(each for each in self.papers if each.subject == subject)

    @property
    def failures(self) -> tuple[str, ...]:
        """Return what ought to have been written and was not, a sentence each."""
        return tuple(f"{each.title}: not written, {each.why}" for each in self.not_written if each.is_failure)

    def beside(self, first: PaperFile) -> PaperIndex:
        """Return the index with one more paper before all others."""
        return replace(self, papers=(first, *self.papers))

    def plain(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "format": FORMAT,
            "agency": self.agency,
            "as_of": self.as_of.isoformat(),
            "papers": [asdict(each) | {"as_of": each.as_of.isoformat()} for each in self.papers],
            "not_written": [asdict(each) for each in self.not_written],
        }


def write_index(index: PaperIndex, folder: Path) -> None:
    """Write an index into the folder that its paths begin at.

    Raises:
        LetterError: It cannot be written.

    """
    text = json.dumps(index.plain(), ensure_ascii=False, indent=1) + "\n"
    try:
        (folder / INDEX).write_text(text, encoding="utf-8")
    except OSError as error:
        msg = f"{folder / INDEX} cannot be written: {error.strerror}"
        raise LetterError(msg) from error


def read_index(folder: Path) -> PaperIndex:
    """Return the index in a folder.

    Raises:
        LetterError: It cannot be read, is none, or names a file outside its folder.

    """
    path = folder / INDEX
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        if plain["format"] != FORMAT:
            raise ValueError(plain["format"])  # noqa: TRY301 - said in one place, below
        return PaperIndex(
            plain["agency"],
            date.fromisoformat(plain["as_of"]),
            tuple(_paper(each) for each in plain["papers"]),
            tuple(NotWritten(**each) for each in plain["not_written"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        msg = f"{path} is no index of papers ({FORMAT}): {error}; write the assessment anew"
        raise LetterError(msg) from error


def _paper(plain: dict[str, Any]) -> PaperFile:
    path = PurePosixPath(plain["path"])
    if path.is_absolute() or ".." in path.parts:
        msg = f"{path} lies outside the folder"
        raise ValueError(msg)
    return PaperFile(**plain | {"as_of": date.fromisoformat(plain["as_of"])})
