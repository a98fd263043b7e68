"""Signs that a document was cut off before its end: by a download, a copy, or a limit on its size."""

from __future__ import annotations

import re

from closeout.reading.model import Problem

_MIN_WORDS = 6
_MIN_LOWER_SHARE = 0.5
_TAIL = 4_096
_END_OF_PAGE = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_PARAGRAPH_END = re.compile(r"\n[ \t\r]*\n|\f")
_SENTENCE_END = re.compile(r"[.!?:]\s")
_ADVICE = "what was there is read; get the whole document again"


def cut_text(text: str) -> tuple[Problem, ...]:
    """Return a problem when prose stops within a sentence; headings, lists and addresses may end anyhow."""
    paragraph = _PARAGRAPH_END.split(text[-_TAIL:].rstrip())[-1]
    pieces = _SENTENCE_END.split(paragraph)[-1], paragraph.rpartition("\n")[2]
    if not any(_is_prose(piece) for piece in pieces) or not (paragraph[-1].islower() or paragraph[-1] == ","):
        return ()
    return (Problem("cut-text", f"the text stops in the middle of a sentence; {_ADVICE}"),)


def _is_prose(piece: str) -> bool:
    words = piece.split()
    lower = sum(1 for word in words if word[0].islower())
    return len(words) >= _MIN_WORDS and lower >= _MIN_LOWER_SHARE * len(words)


def cut_page(source: str) -> tuple[Problem, ...]:
    """Return a problem when the source of a web page stops before the page is closed."""
    tail = source[-_TAIL:].rstrip()
    if "<html" not in source[:_TAIL].lower() or tail.endswith(">") or _END_OF_PAGE.search(tail):
        return ()
    return (Problem("cut-page", f"the web page is cut off; {_ADVICE}"),)


def cut_table(text: str) -> tuple[Problem, ...]:
    """Return a problem when a table stops within a quoted value."""
    if text.count('"') % 2 == 0:
        return ()
    return (Problem("cut-table", f"the table stops in the middle of a value; {_ADVICE}"),)
