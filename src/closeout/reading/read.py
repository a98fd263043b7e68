"""Read one document: clean it once, let the surest family read it, never raise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.reading.clean import CleanText, clean
from closeout.reading.families import ALL_FAMILIES, unknown
from closeout.reading.model import Document, DocumentReading, Problem
from closeout.reading.printedpages import printed_pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.reading.families.base import Family

LEAST_CERTAINTY = 0.5
"""A family below this does not read; the document is then of an unknown family."""


def read_document(document: Document, families: Sequence[Family] = ALL_FAMILIES) -> DocumentReading:
    """Return what is read from a document.

    Never raises for what a document holds: a family that fails becomes a problem with code
    `reader-failed`, so that one bad file does not stop a folder.

    Args:
        document: The document; one with a fatal problem is passed on unread.
        families: The families to choose from; the surest reads.

    """
    if any(problem.fatal for problem in document.problems):
        return DocumentReading(document=document, family="unknown", problems=document.problems)
    try:
        cleaned = clean(document)
    except Exception as error:  # noqa: BLE001 - a reader must outlive any document
        failure = _failure(document, "cleaning", error)
        return DocumentReading(document=document, family="unknown", problems=(*document.problems, failure))
    family, problems = choose_family(cleaned, families)
    try:
        reading = family.read(cleaned)
    except Exception as error:  # noqa: BLE001 - as above
        problems = (*problems, _failure(document, family.name, error))
        reading = unknown.FAMILY.read(cleaned)
    return _with_problems(_with_pages(reading, cleaned), (*document.problems, *problems))


def _with_pages(reading: DocumentReading, cleaned: CleanText) -> DocumentReading:
    """Return the reading with the pages its document's printed page numbers tell, if any."""
    pages = printed_pages(cleaned)
    return replace(reading, document=replace(reading.document, pages=pages)) if pages else reading


def choose_family(cleaned: CleanText, families: Sequence[Family]) -> tuple[Family, tuple[Problem, ...]]:
    """Return the surest family, and a problem for each that failed to say.

    Of equally sure families the first in the sequence is taken.
    """
    best: Family = unknown.FAMILY
    certainty = LEAST_CERTAINTY
    problems: list[Problem] = []
    for family in families:
        try:
            score = family.recognize(cleaned)
        except Exception as error:  # noqa: BLE001 - as above
            problems.append(_failure(cleaned.document, family.name, error))
            continue
        if score > certainty or (score == certainty and best is unknown.FAMILY):
            best, certainty = family, score
    return best, tuple(problems)


def _failure(document: Document, reader: str, error: Exception) -> Problem:
    kind = type(error).__name__
    return Problem(
        "reader-failed",
        f"{document.path}: the {reader} reader failed ({kind}: {error}); please report this file.",
    )


def _with_problems(reading: DocumentReading, problems: Sequence[Problem]) -> DocumentReading:
    missing = tuple(problem for problem in problems if problem not in reading.problems)
    if not missing:
        return reading
    return replace(reading, problems=(*missing, *reading.problems))
