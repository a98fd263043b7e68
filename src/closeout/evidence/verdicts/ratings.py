"""Ratings as they were printed: which words stood for what, and from when to when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.evidence.verdicts.reading import fiscal_year
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from closeout.evidence.verdicts.inspected import Inspected

_SETTLED = frozenset({"meets", "does_not_meet", "acceptable", "deficient", "superior", "good", "at_risk"})


@dataclass(frozen=True, slots=True)
class RatingWords:
    """One rating in our words, and how it was printed.

    Attributes:
        rating: In our words.
        printed: Its own words, by the alphabet.
        inspections: How many inspections carry it.
        first_year, last_year: The fiscal years between which it was used.

    """

    rating: str
    printed: tuple[str, ...]
    inspections: int
    first_year: int
    last_year: int


def ratings(inspections: Iterable[Inspected]) -> tuple[RatingWords, ...]:
    """Return the ratings that were given, by the alphabet of our words."""
    found: dict[str, list[Inspected]] = defaultdict(list)
    for one in inspections:
        if one.rating:
            found[one.rating].append(one)
    return tuple(
        RatingWords(
            rating,
            tuple(sorted({one.rating_as_printed for one in rows} - {""})),
            len(rows),
            min(fiscal_year(one.ended_on) for one in rows),
            max(fiscal_year(one.ended_on) for one in rows),
        )
        for rating, rows in sorted(found.items())
    )


def drift(words: Iterable[RatingWords]) -> str:
    """Return how the words of ratings changed over the years, a sentence; empty where they did not."""
    settled = [one for one in words if one.rating in _SETTLED]
    spans = {(one.first_year, one.last_year) for one in settled}
    spellings = sum(len(one.printed) for one in settled)
    if len(settled) < 2 or (len(spans) == 1 and spellings <= len(settled)):  # noqa: PLR2004 - a pair
        return ""
    used = "; ".join(
        f"{one.rating} FY{one.first_year}-{one.last_year} ({one.inspections:,})" for one in settled
    )
    forms = counted(spellings, "printed form stands", "printed forms stand")
    return (
        f"The words of ratings drift: {forms} for {len(settled)} ratings, used "
        f"in different years ({used}). A change in their shares over the years may be a change of words."
    )
