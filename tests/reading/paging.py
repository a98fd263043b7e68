"""Reports with pages, written here, to see whether page furniture comes off and nothing else."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from closeout.reading.model import Document, Medium, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADER = ("OFFICE OF HARBOR REVIEW", "Department of Ports")
FOOTER = "www.harbor-review.example"
NUMBER = "HR-21-07"

PROSE = (
    "Keepers of the eastern light told us that they write the log by hand each night.",
    "The log is read once a month, and nobody compares it with the tide tables.",
    "Without such a check the bureau cannot say how often the light was out.",
    "Two of the four stations we visited had no spare lamp, and one had no keeper.",
    "The bureau pays for twelve inspections a year but could show us only five.",
    "An inspector said that the boat was under repair for most of the spring.",
    "We compared the payroll with the watch list and found nine names on neither.",
    "The handbook was last revised when the stations still burned oil.",
    "Harbor masters rely on the light list, which the bureau prints every other year.",
    "Several masters said that they had stopped reading it, because it is never right.",
)


def make_document(text: str, pages: Sequence[Page] = (), path: str = "report.txt") -> Document:
    """Return a document of plain text."""
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(path, digest, Medium.TEXT, text, tuple(pages))


def page_lines(number: int, lines: int = 24) -> list[str]:
    """Return the prose of one page, one sentence a line, each page in another order."""
    return [PROSE[(number * 3 + line * 7) % len(PROSE)] for line in range(lines)]


def make_report(bodies: Sequence[Sequence[str]], *, first: int = 1) -> str:
    """Return pages as machine-read text has them: footer, number, report number, header, next page."""
    parts: list[str] = []
    for number, body in enumerate(bodies, first):
        parts.extend([*HEADER, *body, "", FOOTER, "", str(number), "", NUMBER, ""])
    return "\n".join(parts)


def make_feed_report(bodies: Sequence[Sequence[str]]) -> str:
    """Return pages divided by form feeds, with a header above and `Page n` below each."""
    return "\f".join(
        "\n".join([HEADER[0], *body, f"Page {number}  {NUMBER}  Harbor Lights"])
        for number, body in enumerate(bodies, 1)
    )


def make_mapped_report(bodies: Sequence[Sequence[str]]) -> Document:
    """Return a document with a page map, as PDF files give it, and furniture on every page."""
    text, pages = "", []
    for number, body in enumerate(bodies, 1):
        start = len(text)
        text += "\n".join([*HEADER, *body, f"{NUMBER}   {number}", ""])
        pages.append(Page(number, start, len(text)))
    return make_document(text, pages)
