"""Dates, counts and figures as a letter says them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from closeout.evidence.figures import OUTCOME_WORDS, Outcome
from closeout.evidence.wording import said, verdict
from closeout.reading.datewords import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from closeout.evidence.figures import Figure
    from closeout.evidence.measures.measure import Measure, Result
    from closeout.reading.dates import FuzzyDate

_UNSEEN = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ud800-\\udfff"
    "\\ufeff\\ufff9-\\uffff]"
)
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_QUARTERS = {"33": "first", "34": "second", "35": "third", "36": "fourth"}
_HALVES = {"40": "first", "41": "second"}
_METHODS = {
    "wilson": "Wilson",
    "exact": "exact (Clopper–Pearson)",
    "poisson": "exact Poisson",
    "kaplan-meier": "Kaplan–Meier",
    "newcombe": "Newcombe",
}


def day_words(day: date) -> str:
    """Return a date as a sentence has it: `March 4, 2026`."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def fuzzy_words(day: FuzzyDate | None) -> str:
    """Return a date as precisely as it is known: `December 2017`, `about May 2024`, `fiscal year 2026`."""
    if day is None:
        return "date not given"
    about = "about " if day.is_approximate else ""
    return about + _precise(day)


def _precise(day: FuzzyDate) -> str:
    edtf, year, part = day.edtf.replace("~", ""), day.earliest.year, day.edtf[5:7]
    said_by_precision = {
        "day": lambda: day_words(day.earliest),
        "month": lambda: f"{MONTHS[day.earliest.month - 1]} {year}",
        "quarter": lambda: f"the {_QUARTERS.get(part, 'unknown')} quarter of {year}",
        "season": lambda: f"{_SEASONS.get(part, 'a season of')} {edtf[:4]}",
        "half": lambda: f"the {_HALVES.get(part, 'unknown')} half of {year}",
        "year": lambda: f"{year}",
        "fiscal-year": lambda: f"fiscal year {day.latest.year}",
    }
    words = said_by_precision.get(day.precision)
    return words() if words else f"{day_words(day.earliest)} to {day_words(day.latest)}"


def seen(text: str) -> str:
    """Return text without controls and without marks that turn the order of the letters round them.

    Neither shows anything, a Word file cannot hold the former, and the latter can make one word look
    like another. Scripts that run from right to left need no such mark.
    """
    return _UNSEEN.sub("", text)


def sentence(text: str) -> str:
    """Return words with a capital in front and a full stop behind, where they lack them."""
    text = " ".join(text.split())
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?:”" else ".")


def figure_words(figure: Figure, measure: Measure) -> str:
    """Return a figure as the report says it; of one that is withheld, that it is, without the rule again."""
    if figure.outcome is Outcome.SUPPRESSED:
        return OUTCOME_WORDS[figure.outcome]
    return said(figure, measure)


def verdict_words(result: Result) -> str:
    """Return a verdict in a word or two; of a figure that is withheld, that it is not shown."""
    return "not shown" if result.figure.outcome is Outcome.SUPPRESSED else verdict(result)


def method_words(figures: Iterable[Figure]) -> str:
    """Return how the intervals of some figures were made, each way once, in the order of first use."""
    ways = dict.fromkeys(each.method for each in figures if each.method and each.value is not None)
    return ", ".join(_METHODS.get(way, way) for way in ways)
