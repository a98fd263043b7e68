"""What of a document may have gone unread, as against what a reader should merely know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.reading.model import Problem

if TYPE_CHECKING:
    from closeout.reading.model import DocumentReading

_LOSSES = frozenset(
    {
        "guessed-encoding",
        "damaged-text",
        "cut-text",
        "cut-page",
        "cut-table",
        "cut-pdf",
        "damaged-pages",
        "pages-without-text",
        "changed-header",
        "reader-failed",
        "count-differs",
        "count-mismatch",
    }
)
"""Codes of problems that are not fatal but may mean that words were lost or misread.

A listing that shows fewer recommendations than it declares is not among them: what it shows is
read, and the register says that it is incomplete.
"""


def problems_of(reading: DocumentReading) -> tuple[Problem, ...]:
    """Return every problem of a document once, and one more when recommendations in it are cut off."""
    problems = list(dict.fromkeys((*reading.document.problems, *reading.problems)))
    cut = sum(record.is_truncated for record in reading.records)
    if cut and not any(problem.code.startswith("cut-") for problem in problems):
        what = "a recommendation stops" if cut == 1 else f"{cut} recommendations stop"
        message = f"{what} at the end of the document; get the whole document again"
        problems.append(Problem("cut-text", message))
    return tuple(problems)


def is_loss(problem: Problem) -> bool:
    """Say whether a problem means that part of a document may be unread or misread."""
    return problem.fatal or problem.code in _LOSSES
