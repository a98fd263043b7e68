"""Taking a paper of an assessment out: it is written down who took which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from closeout.records.snapshot import sha256_of
from closeout.web.accounts.permissions import Permission, require
from closeout.web.audit import actions as audit
from closeout.web.evidence.papers import folder_of, index_of
from closeout.web.recommendations.actions.errors import NotNowError

if TYPE_CHECKING:
    from pathlib import Path

    from closeout.evidence.letters.index import PaperFile
    from closeout.web.accounts.models import User
    from closeout.web.evidence.models import AssessmentRun

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Taken:
    """A paper to be sent: where it lies, and under which name it goes out."""

    path: Path
    filename: str
    media_type: str


@transaction.atomic
def take_paper(*, by: User, run: AssessmentRun, path: str) -> Taken:
    """Return a paper of a run to be sent, and write down that it was taken.

    Args:
        by: Who takes it.
        run: The run.
        path: Its path as the index has it; no other file of the folder can be taken.

    Raises:
        LookupError: The index has no such paper.
        NotNowError: The file is missing, or is not the one that was written.

    """
    require(by, Permission.ASSESSMENT_READ)
    require(by, Permission.RECOMMENDATION_EXPORT)
    index = index_of(run)
    paper = next((each for each in index.papers if each.path == path), None) if index else None
    if paper is None:
        msg = f"run {run.pk} has no paper {path!r}"
        raise LookupError(msg)
    file = folder_of(run.pk) / paper.path
    if not file.is_file() or sha256_of(file) != paper.sha256:
        msg = "the file is not the one that was written; work the assessment out anew"
        raise NotNowError(msg)
    audit.record(by=by, action="paper.take", target=run, after={"path": paper.path, "sha256": paper.sha256})
    return Taken(file, name_of(paper), paper.media_type)


def name_of(paper: PaperFile) -> str:
    """Return the name under which a paper goes out: kind, recommendation and day in plain letters."""
    ending = paper.path.rpartition(".")[2]
    said = f"{paper.kind} {paper.subject} {paper.as_of}"
    return f"{_NOT_IN_NAMES.sub('-', said).strip('-').lower()}.{ending}"
