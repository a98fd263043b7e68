"""Dates as documents print them, with the precision they were said with.

A date keeps its standard form (EDTF, ISO 8601-2:2019) and the earliest and latest day it can
mean, so that "by December 2017" is overdue only when December 2017 has wholly passed. What each
form of words means is set down in `docs/reference/dates.md`; in short:

- the end of a year, fiscal year or quarter is its last month, the start its first month;
- early, mid and late are thirds of the period;
- `around` adds EDTF's `~` and moves no day;
- fiscal years are federal: fiscal year 2026 is October 1, 2025 to September 30, 2026;
- a day without a year is no date; a year alone is one only after a word such as `in` or `by`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.reading import datewords, periods
from closeout.reading.model import Problem, Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_EDTF_KINDS = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "day"),
    (re.compile(r"\d{4}-[01]\d"), "month"),
    (re.compile(r"\d{4}-2\d"), "season"),
    (re.compile(r"\d{4}-3\d"), "quarter"),
    (re.compile(r"\d{4}-4\d"), "half"),
    (re.compile(r"\d{4}"), "year"),
)


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A date with the precision it was printed with.

    Attributes:
        edtf: Standard form: `2018-01-31`, `2017-12`, `2026`, `2023-34` (second quarter),
            `2025-10/2026-09` (fiscal year 2026), `2024-12~` (around the end of 2024).
        earliest: The first day it can mean.
        latest: The last day it can mean.
        printed: The words it was read from.
        span: Where they stand; None when computed.

    """

    edtf: str
    earliest: date
    latest: date
    printed: str = ""
    span: Span | None = None

    @property
    def is_approximate(self) -> bool:
        """Say whether the document itself calls the date approximate ("around the end of 2024")."""
        return "~" in self.edtf

    @property
    def precision(self) -> str:
        """Return `day`, `month`, `quarter`, `season`, `half`, `year`, `fiscal-year` or `interval`."""
        edtf = self.edtf.replace("~", "")
        for form, kind in _EDTF_KINDS:
            if form.fullmatch(edtf):
                return kind
        starts_october, ends_september = edtf[4:8] == "-10/", edtf.endswith("-09")
        is_one_year = (self.latest - self.earliest).days in {364, 365}
        return "fiscal-year" if starts_october and ends_september and is_one_year else "interval"


def find_dates(text: str, offset: int = 0) -> tuple[FuzzyDate, ...]:
    """Return every date printed in a text, in order, not overlapping.

    Both ends of a range are dates of their own ("June 2016 to October 2016"); an end without its
    year ("July to October 2016") is not a date. `find_ranges` returns ranges whole.

    Args:
        text: The text to search.
        offset: Added to every span, for a text that is part of a longer one.

    """
    return tuple(found for found in _scan(text, offset) if isinstance(found, FuzzyDate))


def find_date_doubts(text: str, offset: int = 0) -> tuple[Problem, ...]:
    """Return what looks like a date but is no day of the calendar ("April 31, 2006").

    Each is a problem with code `impossible-date` and the span of the words.
    """
    return tuple(found for found in _scan(text, offset) if isinstance(found, Problem))


def scan_dates(text: str, offset: int = 0) -> tuple[tuple[FuzzyDate, ...], tuple[Problem, ...]]:
    """Return what `find_dates` and `find_date_doubts` return, for the price of one."""
    found = list(_scan(text, offset))
    dates = tuple(item for item in found if isinstance(item, FuzzyDate))
    return dates, tuple(item for item in found if isinstance(item, Problem))


def find_ranges(text: str, offset: int = 0) -> tuple[FuzzyDate, ...]:
    """Return every stretch from one date to another: "July through October 2016"."""
    ranges = []
    for match in datewords.RANGE.finditer(text):
        if datewords.is_of_fiscal_years(text[max(0, match.start() - 20) : match.start()]):
            continue
        ends = [_only(datewords.whole_side(match, side)) for side in ("from", "to")]
        if ends[0] and ends[1] and ends[0].earliest <= ends[1].latest:
            found = periods.Period(f"{ends[0].edtf}/{ends[1].edtf}", ends[0].earliest, ends[1].latest)
            ranges.append(_dated(found, match[0], Span(offset + match.start(), offset + match.end())))
    return tuple(ranges)


def parse_date(words: str) -> FuzzyDate | Problem | None:
    """Return the date or range some words give.

    Returns:
        The date, its span counting in `words`; a problem with code `impossible-date` when the
        calendar has no such day; None when the words hold no date, or several.

    """
    ranges = find_ranges(words)
    if len(ranges) == 1:
        return ranges[0]
    found = list(_scan(words, 0))
    return found[0] if len(found) == 1 else None


def _only(words: str) -> FuzzyDate | None:
    found = find_dates(words)
    return found[0] if len(found) == 1 else None


def _scan(text: str, offset: int) -> Iterator[FuzzyDate | Problem]:
    at = 0
    for match in datewords.CORE.finditer(text):
        start = max(at, match.start() - datewords.QUALIFIER_LENGTH)
        qualifier = datewords.qualify(text[start : match.start()])
        try:
            found = datewords.period_of(match)
        except ValueError:
            span = Span(offset + match.start(), offset + match.end())
            message = f"“{match[0]}” is no day of the calendar; it was not read as a date."
            yield Problem("impossible-date", " ".join(message.split()), span)
            at = match.end()
            continue
        if match.lastgroup == "bare_year" and not qualifier.allows_bare_year:
            continue
        found = qualifier.apply(found)
        begin = match.start() - qualifier.length
        yield _dated(found, text[begin : match.end()], Span(offset + begin, offset + match.end()))
        at = match.end()


def _dated(found: periods.Period, printed: str, span: Span) -> FuzzyDate:
    return FuzzyDate(found.edtf, found.earliest, found.latest, " ".join(printed.split()), span)
