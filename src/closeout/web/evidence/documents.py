"""The files of a dossier: the letter as PDF and DOCX, the plan of action as JSON, the tables as XLSX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.evidence.letters.closeout import about_dossier, closeout_letter_pdf
from closeout.evidence.letters.closeout_word import closeout_letter_docx
from closeout.evidence.letters.dossier_paper import dossier_pdf
from closeout.evidence.letters.poam import poam_json
from closeout.evidence.letters.spreadsheet import to_xlsx
from closeout.followup.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from closeout.evidence.letters.dossier import Dossier
    from closeout.followup.tables import Cell

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS = (
    ("measure", "Measure"),
    ("period", "Period"),
    ("target", "Target"),
    ("value", "Value (a share is 0-1)"),
    ("low", "Low"),
    ("high", "High"),
    ("numerator", "Numerator"),
    ("denominator", "Denominator"),
    ("verdict", "Verdict"),
    ("said", "In words"),
)
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


def _poam(dossier: Dossier) -> bytes:
    return poam_json([dossier], sources=dict(dossier.sources or {}))


def _figures(dossier: Dossier) -> bytes:
    """Return the dossier's measures and their past periods as a workbook, small counts left out."""
    columns = tuple(Column(name, title) for name, title in _COLUMNS)
    rows: list[tuple[Cell, ...]] = []
    for each in dossier.plain()["measures"]:
        for place, result in enumerate((each["total"], *each["series"])):
            period = result["when"] if place else f"{result['when']} (newest)"
            cells = (result[name] for name in ("value", "low", "high", "numerator", "denominator", "verdict"))
            rows.append((each["title"], period, each["target"], *cells, result["said"]))
    table = Table("figures", f"Figures: {dossier.name}", dossier.agency, dossier.as_of, columns, tuple(rows))
    return to_xlsx([table], title=dossier.name, notes=about_dossier(dossier))


_PLAN = "poam"
_KINDS: Mapping[str, _Kind] = {
    "pdf": _Kind("Letter, PDF", "application/pdf", "pdf", closeout_letter_pdf),
    "docx": _Kind("Letter, Word", _WORD, "docx", closeout_letter_docx),
    "dossier": _Kind("Whole dossier, PDF", "application/pdf", "pdf", dossier_pdf),
    _PLAN: _Kind("Plan of action (OSCAL)", "application/json", "json", _poam),
    "xlsx": _Kind("Figures, spreadsheet", _EXCEL, "xlsx", _figures),
}


def documents_of(dossier: Dossier) -> dict[str, str]:
    """Return the kinds of files a dossier has, and their titles: what is closed has no plan of action."""
    return {name: kind.title for name, kind in _KINDS.items() if name != _PLAN or not dossier.is_closed}


def document_of(dossier: Dossier, kind: str) -> Document:
    """Return a file of a dossier.

    Raises:
        KeyError: There is no such kind.

    """
    wanted = _KINDS[kind]
    name = _NOT_IN_NAMES.sub("-", f"{dossier.report}-{dossier.followed.entry.number or ''}").strip("-")
    return Document(
        f"{kind}-{name}-{dossier.as_of}.{wanted.ending}".lower(), wanted.media_type, wanted.write(dossier)
    )
