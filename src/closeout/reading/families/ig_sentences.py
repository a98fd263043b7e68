"""Ends of sentences and paragraphs in the clean text."""

from __future__ import annotations

import re

from closeout.reading.statements.sentences import split_sentences

_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_REACH = 3_000
"""Characters within which a sentence is taken to end."""


def sentence_end(text: str, start: int, end: int) -> int:
    """Return the offset just past the sentence that holds `text[start]`, at most `end`.

    A blank line ends a sentence, full stop or not.
    """
    limit = min(paragraph_end(text, start, end), start + _REACH)
    found = split_sentences(text, start, limit)
    return found[0].end if found else limit


def paragraph_end(text: str, start: int, end: int) -> int:
    """Return where the paragraph that holds `text[start]` ends: at a blank line, or at `end`."""
    blank = _PARAGRAPH.search(text, start, end)
    return blank.start() if blank else end


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
