"""Which of several texts a sentence is about, by the words they share and others do not."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"[A-Za-z]{4,}")
# fmt: off
_COMMON = frozenset(
    {
        "that", "this", "these", "those", "with", "from", "into", "have", "will", "should",
        "would", "could", "their", "there", "which", "while", "when", "where", "also", "such",
        "said", "stated", "plans", "plan", "planned", "recommendation", "recommendations",
        "report", "agency", "agencies", "officials", "department", "secretary", "director",
        "administrator", "commissioner", "assistant", "comments", "written", "complete",
        "completed", "ensure", "including", "other", "more", "than", "been", "being", "about",
        "year", "fiscal", "calendar", "additionally", "further",
    }
)
# fmt: on
_STEM = 6


def closest(sentence: str, texts: Sequence[str]) -> int | None:
    """Return the index of the text the sentence is about; None when no text or several stand out.

    Words weigh less the more of the texts use them. The best text must beat the next one.
    """
    stems = [frozenset(_stems(text)) for text in texts]
    spread = Counter(stem for text in stems for stem in text)
    said = frozenset(_stems(sentence))
    scores = [sum(1 / spread[stem] for stem in said & text) for text in stems]
    ranked = sorted(range(len(texts)), key=lambda index: -scores[index])
    if not ranked or scores[ranked[0]] <= 0:
        return None
    is_alone = len(ranked) == 1 or scores[ranked[0]] > scores[ranked[1]]
    return ranked[0] if is_alone else None


def _stems(text: str) -> list[str]:
    words = (word.casefold() for word in _WORD.findall(text))
    return [word[:_STEM] for word in words if word not in _COMMON]
