"""The papers of an assessment on this site: where they are kept, and for whom each is."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from closeout.evidence.letters import kinds
from closeout.evidence.letters.errors import LetterError
from closeout.evidence.letters.index import INDEX, read_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from closeout.evidence.letters.index import NotWritten, PaperFile, PaperIndex
    from closeout.web.evidence.models import AssessmentRun

KEPT_RUNS = 3
"""Assessments whose papers are kept, the newest ones."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom some papers are.

    Attributes:
        name: Its id on the page.
        title: The heading.
        kinds: The kinds of papers (`evidence.letters.kinds`), in order.

    """

    name: str
    title: str
    kinds: tuple[str, ...]


READERS: tuple[Reader, ...] = (
    Reader("auditor", "For the auditor", (kinds.POAM, kinds.MEMO, kinds.ANALYSIS)),
    Reader("congress", "For Congress", (kinds.GAO_IG_ACT, kinds.SEMIANNUAL)),
    Reader("partner", "For partners", (kinds.PARTNERS,)),
    Reader("parents", "For parents and their counsel", (kinds.PARENTS,)),
    Reader("public", "For the public", (kinds.ASSESSMENT,)),
)
BY_RECOMMENDATION = (kinds.LETTER, kinds.DOSSIER)
WHAT: Mapping[str, str] = {
    kinds.POAM: "What is still missing to close each open recommendation, as a plan of action that tools "
    "read (OSCAL).",
    kinds.MEMO: "For each standard of each contract: what surveillance establishes, and what was never "
    "assessed. A draft for the contracting officer's determination.",
    kinds.ANALYSIS: "Deficiencies that inspections found, by component assessed: across facilities and over "
    "time, with what cannot be concluded.",
    kinds.GAO_IG_ACT: "Public recommendations that are open or were closed in the year, with status and "
    "dates, as the Good Accounting Obligation in Government Act asks.",
    kinds.SEMIANNUAL: "Tables on recommendations with management decision, and without, for the semiannual "
    "report.",
    kinds.PARTNERS: "What each partner under an agreement did in the year: activity, supervision, training, "
    "complaints.",
    kinds.PARENTS: "How safeguards for parents were kept: inquiries, decisions and notices, as counts.",
    kinds.ASSESSMENT: "Every recommendation beside the records, on one page that opens without this site.",
    kinds.LETTER: "Asks the auditor to close, or says what is still missing.",
    kinds.DOSSIER: "History, promises, needs, measures and frozen evidence of one recommendation.",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper in all its forms.

    Attributes:
        kind: What it is.
        title: What a list calls it.
        subject: The key of the recommendation it is of; empty for one of the agency.
        what: In a sentence.
        files: One a form.

    """

    kind: str
    title: str
    subject: str
    what: str
    files: tuple[PaperFile, ...]

    @property
    def as_of(self) -> date:
        """Return the day its figures stand on."""
        return self.files[0].as_of

    @property
    def source(self) -> str:
        """Return what it rests on."""
        return self.files[0].source

    @property
    def suppression(self) -> str:
        """Return what is withheld in it."""
        return self.files[0].suppression.removeprefix("Suppression: ")


def _root() -> Path:
    return Path(settings.MEDIA_ROOT).parent / "papers"


def folder_of(run_id: int) -> Path:
    """Return the folder of a run's papers, which need not exist."""
    return _root() / str(run_id)


def index_of(run: AssessmentRun | None) -> PaperIndex | None:
    """Return the index of a run's papers; None where none are kept."""
    if run is None:
        return None
    try:
        return read_index(folder_of(run.pk))
    except LetterError:
        return None


def kept_runs() -> list[int]:
    """Return the runs whose papers are kept, newest first."""
    root = _root()
    found = [int(each.name) for each in root.iterdir() if each.name.isdigit()] if root.is_dir() else []
    return sorted(found, reverse=True)


def keep_papers(run_id: int, folder: Path) -> PaperIndex:
    """Keep the papers of a run: those that the index in a folder names, and nothing else in it.

    Papers of older runs go, but for the newest `KEPT_RUNS`.

    Args:
        run_id: The run.
        folder: Where they were written.

    Raises:
        LetterError: The folder has no index, or a paper is missing.

    """
    index = read_index(folder)
    kept = folder_of(run_id)
    coming = kept.with_name(f"{run_id}.part")
    shutil.rmtree(coming, ignore_errors=True)
    coming.mkdir(parents=True)
    for path in (INDEX, *(each.path for each in index.papers)):
        (coming / path).parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(folder / path, coming / path)
        except OSError as error:
            shutil.rmtree(coming, ignore_errors=True)
            msg = f"{path} cannot be kept: {error.strerror}"
            raise LetterError(msg) from error
    shutil.rmtree(kept, ignore_errors=True)
    coming.rename(kept)
    for old in kept_runs()[KEPT_RUNS:]:
        shutil.rmtree(folder_of(old), ignore_errors=True)
    return index


def papers_of(files: Iterable[PaperFile]) -> list[Paper]:
    """Return papers with all their forms, in the order of the index, but for what only programs read."""
    grouped: dict[tuple[str, str], list[PaperFile]] = {}
    for each in files:
        if each.kind != kinds.WORDS:
            grouped.setdefault((each.kind, each.subject), []).append(each)
    return [
        Paper(kind, files[0].title, subject, WHAT.get(kind, ""), tuple(files))
        for (kind, subject), files in grouped.items()
    ]


def for_readers(index: PaperIndex) -> list[tuple[Reader, list[Paper], list[NotWritten]]]:
    """Return the papers of the whole agency by who reads them, and those that were not written.

    A kind that no reader is named for stands with the auditor's, so that none is lost.
    """
    named = {kind for reader in READERS for kind in reader.kinds}
    papers = [one for one in papers_of(index.papers) if not one.subject]
    first = READERS[0]
    return [
        (
            reader,
            [one for one in papers if _is_for(one.kind, reader, first, named)],
            [one for one in index.not_written if _is_for(one.kind, reader, first, named)],
        )
        for reader in READERS
    ]


def _is_for(kind: str, reader: Reader, first: Reader, named: set[str]) -> bool:
    return kind in reader.kinds or (reader is first and kind not in named)
