"""The kinds of papers that an assessment writes: what each is called, what it rests on, what it withholds."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from closeout.evidence.letters.about import NO_PERSONS, SUPPRESSION
from closeout.evidence.letters.words import sentence
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

ASSESSMENT, LETTER, DOSSIER, WORDS = "assessment", "closeout-letter", "dossier", "letter-words"
GAO_IG_ACT, SEMIANNUAL, POAM, PARENTS = "gao-ig-act", "semiannual", "poam", "parents-report"
MEMO, ANALYSIS, PARTNERS = "determination-memo", "deficiency-analysis", "partner-summaries"
REGISTER_ONLY = (
    "Suppression: none is needed. These tables count recommendations and dollars of published reports, and "
    "no people or cases."
)
MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "json": "application/json",
        "html": "text/html",
    }
)
"""By the ending of a file's name."""
FORMS: Mapping[str, str] = MappingProxyType(
    {"pdf": "PDF", "docx": "Word", "xlsx": "Excel", "json": "JSON", "html": "HTML"}
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper.

    Attributes:
        title: What it is called where it is of the whole agency.
        suppression: What is withheld in it.
        has_documents: Whether reports that were read are a source of it.
        has_records: Whether the agency's records are.

    """

    title: str
    suppression: str = SUPPRESSION
    has_documents: bool = True
    has_records: bool = True


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        ASSESSMENT: Kind("Assessment"),
        GAO_IG_ACT: Kind("GAO-IG Act report", REGISTER_ONLY, has_records=False),
        SEMIANNUAL: Kind("Semiannual report tables", REGISTER_ONLY, has_records=False),
        POAM: Kind("Plan of action and milestones (OSCAL)"),
        PARENTS: Kind("Report on parents"),
        MEMO: Kind("Determination of contract standards", NO_PERSONS, has_documents=False),
        ANALYSIS: Kind("Quarterly analysis of inspection deficiencies", NO_PERSONS, has_documents=False),
        PARTNERS: Kind("Annual summaries of partners", has_documents=False),
        LETTER: Kind("Closeout letter"),
        DOSSIER: Kind("Dossier"),
        WORDS: Kind("Words of the closeout letter, to be written anew from another template"),
    }
)
"""In the order of a list."""


def source_of(kind: Kind, sources: Mapping[str, Any]) -> str:
    """Return in a sentence what a paper rests on; its end has it with digests."""
    documents, records = sources.get("documents") or (), sources.get("records") or {}
    said = []
    if kind.has_documents:
        said.append(counted(len(documents), "document"))
    if kind.has_records:
        named = f"records of {records['source']}, as of {records['as_of']}" if records else "no records"
        said.append(named)
    return sentence(f"Source: {' and '.join(said)}")
