"""What the memo, the analysis and the summaries have in common: they are made of the records alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.evidence.letters.about import as_of_words, source_words
from closeout.evidence.letters.paper import Paper
from closeout.evidence.letters.words import day_words, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from typing import Any

    from closeout.evidence.letters.paper import Block
    from closeout.evidence.statistics.intervals import Interval


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose records a report is made of, and what was read, as an assessment keeps it."""

    agency: str
    sources: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a report says of itself.

    Attributes:
        title: Its title.
        facts: Lines under the title, behind the day of the figures.
        signature: Lines of the signature block.
        about: Sentences on intervals and suppression, for its end.
        cannot: What cannot be concluded, a sentence each.

    """

    title: str
    facts: Sequence[tuple[str, str]]
    signature: tuple[str, ...]
    about: Sequence[str]
    cannot: Sequence[str] = ()


def records_paper(said: Said, as_of: date, blocks: Iterable[Block], whose: Whose) -> Paper:
    """Return a report that is made of the records alone; no document is a source of it.

    Args:
        said: What it says of itself.
        as_of: The day its figures stand on.
        blocks: Its body.
        whose: Whose records they are.

    """
    return Paper(
        title=said.title,
        agency=whose.agency,
        as_of=as_of,
        facts=(("Figures as of", day_words(as_of)), *said.facts),
        blocks=tuple(blocks),
        signature=said.signature,
        about=(
            as_of_words(as_of),
            *source_words(whose.sources, with_documents=False),
            *said.about,
            *(f"Not covered: {sentence(each)}" for each in said.cannot),
        ),
    )


def ends(interval: Interval | None, scale: int, digits: int) -> str:
    """Return the ends of an interval in parentheses behind a blank; empty where it has none.

    Args:
        interval: The interval.
        scale: What its ends are multiplied by; 100 for per cent.
        digits: How many digits stand behind the point.

    """
    if interval is None or interval.low is None or interval.high is None:
        return ""
    return f" ({interval.low * scale:.{digits}f}–{interval.high * scale:.{digits}f})"
