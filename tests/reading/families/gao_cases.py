"""GAO layouts with words of our own, read as any document is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from closeout.reading.model import Document, DocumentReading, Medium, RecommendationKind, Record, Span
from closeout.reading.read import read_document

CASES = Path(__file__).resolve().parents[1] / "cases" / "gao"
BODY = "\n\n".join(
    f"The harbor has lights. In year {number}, keepers told us that they tend lamps, and officials of the\n"
    f"bureau said that {number} of the lights were lit. The bureau agreed that lamps should be lit at dusk,\n"
    "but rules differ. For more than a century, visitors have counted the lights from the pier."
    for number in range(1, 31)
)
"""Pages of prose in which nothing is recommended."""


def case_text(name: str) -> str:
    """Return the text of a case, its body filled in."""
    return (CASES / name).read_text(encoding="utf-8").replace("{body}", BODY)


def read_text(text: str, name: str = "case.txt", *, medium: Medium = Medium.TEXT) -> DocumentReading:
    """Return the reading of a text by whichever family is surest."""
    return read_document(Document(path=name, sha256="0" * 64, medium=medium, text=text))


@cache
def read_case(name: str) -> DocumentReading:
    """Return the reading of a case."""
    medium = Medium.CSV if name.endswith(".csv") else Medium.TEXT
    return read_text(case_text(name), name, medium=medium)


def words(reading: DocumentReading, span: Span | None) -> str | None:
    """Return the words at a span, white space folded; None without a span."""
    return " ".join(span.of(reading.document.text).split()) if span else None


def asked(reading: DocumentReading) -> list[Record]:
    """Return the recommendations to agencies, matters for Congress left out."""
    return [record for record in reading.records if record.kind is RecommendationKind.RECOMMENDATION]


def codes(reading: DocumentReading) -> list[str]:
    """Return the codes of a reading's problems."""
    return [problem.code for problem in reading.problems]
