"""A text as a table of lines with offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

_DIGITS = re.compile(r"[0-9][0-9]*")  # not `[0-9]+`: a set in front lets the search skip other letters
_LONG_LINE = 140
"""Characters from which on a line is no header, footer or label."""


_SENTENCE = re.compile(r"\S+(?:\s+\S+){2,}[.!?;,][\"”’)]{0,2}|[a-z]\w*\s+\S.*")


def is_sentence(line: str) -> bool:
    """Say whether a line is of running prose: it ends like a sentence, or goes on with one."""
    return bool(_SENTENCE.fullmatch(line))


class LineTable:
    """The lines of a text.

    Attributes:
        text: The text.
        stripped: Each line without white space at its ends.
        starts: Where each line starts; one more entry than lines, the last being past the end.
        filled: Indexes of the lines that are not blank.
        keys: Each line with numbers as `#`, so that numbered headers are equal; "" for a long one.

    """

    __slots__ = ("filled", "keys", "starts", "stripped", "text")

    def __init__(self, text: str) -> None:
        """Split the text at line feeds and form feeds (a form feed ends a line as well)."""
        raw = text.replace("\f", "\n").split("\n")
        self.text = text
        self.stripped = [line.strip() for line in raw]
        self.starts = [0, *accumulate(len(line) + 1 for line in raw)]
        self.filled = [index for index, line in enumerate(self.stripped) if line]
        # All digits at once: one pass in C instead of one call a line.
        forms = _DIGITS.sub("#", text).replace("\f", "\n").split("\n")
        self.keys = [form.strip() if len(form) < _LONG_LINE else "" for form in forms]

    def __len__(self) -> int:
        """Return the number of lines."""
        return len(self.stripped)

    def line_of(self, offset: int) -> int:
        """Return the index of the line that holds a character."""
        return min(bisect_right(self.starts, offset) - 1, len(self.stripped) - 1)
