"""What a first screen is made of: a question with its answer, and short lists that lead to the work."""

from __future__ import annotations

from dataclasses import dataclass

from closeout.reading.countwords import agreeing, some_of

MOST = 6
"""Rows of a list on a first screen; the rest is a link away."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of a list.

    Attributes:
        label: What it is.
        href: Where the work on it is.
        said: Beside it: a date, a figure.
        is_late: Whether `said` stands in the color of "late"; the words say so too.

    """

    label: str
    href: str
    said: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One list of a first screen.

    Attributes:
        name: Its id on the page.
        title: Its heading.
        rows: At most `MOST` of them.
        total: How many there are in all.
        nothing: What stands in its place when there is none.
        href, more: Where all of them are, and what that link says.

    """

    name: str
    title: str
    rows: tuple[Row, ...]
    total: int
    nothing: str
    href: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """A first screen: its heading, the question with its answer, and its lists."""

    title: str
    question: str
    answer: str
    panels: tuple[Panel, ...]


def off_target_words(off: int, total: int, whose: str) -> str:
    """Return how many of some measures are off target: "1 of 9 measures of Boston is off target"."""
    return f"{some_of(off, total, 'measure')} {whose} {agreeing(off, 'is', 'are')} off target"
