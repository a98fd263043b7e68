"""Inspectors general's layouts with words of our own, read as any document is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from closeout.reading.clean import CleanText, clean
from closeout.reading.model import Document, DocumentReading, Medium
from closeout.reading.read import read_document

CASES = Path(__file__).resolve().parents[1] / "cases" / "ig"


def make_clean(text: str, *, title: str = "") -> CleanText:
    """Return a text cleaned as a document's is."""
    return clean(Document(path="case.txt", sha256="0" * 64, medium=Medium.TEXT, text=text, title=title))


def read_text(text: str, *, title: str = "") -> DocumentReading:
    """Return the reading of a text by whichever family is surest."""
    document = Document(path="case.txt", sha256="0" * 64, medium=Medium.TEXT, text=text, title=title)
    return read_document(document)


def case_text(name: str) -> str:
    """Return the text of a case."""
    return (CASES / f"{name}.txt").read_text(encoding="utf-8")


@cache
def read_case(name: str) -> DocumentReading:
    """Return the reading of a case."""
    return read_text(case_text(name))


def folded(words: str) -> str:
    """Return words with white space folded."""
    return " ".join(words.split())


def place(span):
    """Return a span as the truth writes it."""
    return [span.start, span.end] if span else None


def value(member):
    """Return an enum member's value, or None."""
    return member.value if member is not None else None
