"""The files of a dossier: the letter as PDF and DOCX, the plan of action as JSON, the tables as XLSX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.evidence.letters.closeout import closeout_letter_pdf
from closeout.evidence.letters.paper import Grid, Points

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from closeout.evidence.letters.dossier import Dossier
    from closeout.evidence.letters.paper import Paper

_DIGEST = re.compile(r"\b[0-9a-f]{16,}\b")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Document:
    """One file."""

    filename: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Kind:
    title: str
    media_type: str
    ending: str
    write: Callable[[Dossier], bytes]


_KINDS: Mapping[str, _Kind] = {
    "pdf": _Kind("Letter, PDF", "application/pdf", "pdf", closeout_letter_pdf),
}
DOCUMENTS: Mapping[str, str] = {name: kind.title for name, kind in _KINDS.items()}
"""The kinds of files there are, and their titles."""


def document_of(dossier: Dossier, kind: str) -> Document:
    """Return a file of a dossier.

    Raises:
        KeyError: There is no such kind.

    """
    wanted = _KINDS[kind]
    name = _NOT_IN_NAMES.sub("-", f"{dossier.report}-{dossier.followed.entry.number or ''}").strip("-")
    return Document(
        f"dossier-{name}-{dossier.as_of}.{wanted.ending}".lower(), wanted.media_type, wanted.write(dossier)
    )


def letter_text(paper: Paper) -> str:
    """Return a letter's words as plain text: headings, paragraphs, points and rows of tables, a line each."""
    lines = [paper.title, f"{paper.agency}, figures as of {paper.as_of}", ""]
    for block in paper.blocks:
        if isinstance(block, Grid):
            rows = (" | ".join(row) for row in (block.columns, *block.rows))
            lines += [f"{block.caption}:", *(_DIGEST.sub("[digest]", row) for row in rows), ""]
        elif isinstance(block, Points):
            lines += [*(f"- {item}" for item in block.items), ""]
        else:
            lines += [block.text, ""]
    return "\n".join(lines).strip()
