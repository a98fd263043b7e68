"""Documents that could not be read: no text, and one line saying what is wrong and what to do."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from closeout.reading.model import Document, Medium, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of the bytes as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def unread(
    path: str,
    data: bytes,
    *,
    code: str,
    message: str,
    medium: Medium = Medium.TEXT,
    title: str = "",
    sha256: str = "",
) -> Document:
    """Return a document without text whose one problem says why nothing was read.

    Args:
        path: The name the document is reported under.
        data: Its bytes, for the hash; empty when they could not be had.
        code: Short stable word for the problem.
        message: What is wrong and what to do, on one line, without the file's name.
        medium: What kind of bytes it came as, as far as that is known.
        title: The title the file declares, when it has one.
        sha256: The hash, where it is known and the bytes are not at hand.

    Returns:
        A `Document` with empty text and one fatal `Problem`.

    """
    problem = Problem(code=code, message=one_line(message), fatal=True)
    known = sha256 or sha256_of(data)
    return Document(path=path, sha256=known, medium=medium, text="", problems=(problem,), title=title)


def one_line(message: str) -> str:
    """Return the message with line breaks and runs of white space folded to one space."""
    return " ".join(message.split())


def page_list(numbers: Sequence[int]) -> str:
    """Return "page 3 is" or "pages 1-4, 9 are" for page numbers in rising order."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    listed = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return f"page {listed} is" if len(numbers) == 1 else f"pages {listed} are"
