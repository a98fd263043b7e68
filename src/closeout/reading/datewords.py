"""The words dates are printed in: one pattern for the date, one for what qualifies it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.reading import periods

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.reading.periods import Period

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
_CENTURY_TURN = 69
"""Two-digit years below stand for 20xx, others for 19xx (the POSIX rule)."""
_FULL_YEAR_DIGITS = 4

_YEAR = r"(?:19|20)\d\d(?!\d)"
_SHORT_MONTHS = "|".join(
    f"{name}|{name.upper()}|(?:{name[:3]}|{name[:3].upper()})\\b\\.?" for name in MONTHS if name != "May"
)
_MONTH = rf"(?:{_SHORT_MONTHS}|May|MAY|Sept\b\.?|SEPT\b\.?)"
_ORDINAL = r"(?:first|second|third|fourth|last|final|1st|2nd|3rd|4th|First|Second|Third|Fourth|Last|Final)"
_FISCAL = rf"(?:[Ff]iscal\s+[Yy]ears?|FYs?)[\s'’-]{{0,3}}(?:{_YEAR}|\d\d(?!\d))"
_CALENDAR = rf"(?:[Cc]alendar\s+[Yy]ears?|CYs?)[\s'’-]{{0,3}}(?:{_YEAR}|\d\d(?!\d))"
_YEAR_WORDS = rf"(?:{_FISCAL}|{_CALENDAR}|{_YEAR}(?:\s+(?:fiscal|calendar)\s+year)?)"
_QUARTER = rf"(?:{_ORDINAL}\s+[Qq]uarter|Q[1-4]|(?<!\d)[1-4]Q|[Qq]uarter\s+[1-4])"
_LINK = r"\s*(?:,|of|in|for|-)?\s*(?:the\s+)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"

CORE = re.compile(
    rf"""(?<![\w/])(?<!\d[.-])(?<![A-Z]-)(?:
      (?P<quarter>{_QUARTER}{_LINK}{_YEAR_WORDS})
    | (?P<year_quarter>(?:{_FISCAL}|{_CALENDAR})\s*(?:,|-)?\s*{_QUARTER})
    | (?P<fiscal>{_FISCAL}(?:\s*(?:through|to|and|-|–)\s*(?:FY\s*)?{_YEAR})? | {_YEAR}\s+fiscal\s+year)
    | (?P<calendar>{_CALENDAR}(?:\s*(?:through|to|and|-|–)\s*{_YEAR})? | {_YEAR}\s+calendar\s+year)
    | (?P<season>(?:[Ss]pring|[Ss]ummer|[Ff]all|[Aa]utumn|[Ww]inter)(?:\s*,|\s+of)?\s+{_YEAR})
    | (?P<month_day>{_MONTH}\s*{_DAY}(?:\s*(?:-|–|to|through|and)\s*\d{{1,2}})?(?:\s*,\s*|\s+){_YEAR})
    | (?P<day_month>{_DAY}\s+(?:of\s+)?{_MONTH}\s*,?\s+{_YEAR})
    | (?P<month>{_MONTH}\s*,?\s+(?:of\s+)?{_YEAR})
    | (?P<iso>{_YEAR}-\d\d-\d\d(?![\w-]))
    | (?P<us>\d{{1,2}}(?:/\d{{1,2}}/(?:{_YEAR}|\d\d(?!\d))|-\d{{1,2}}-{_YEAR})(?![\w/-]))
    | (?P<bare_year>{_YEAR}(?![\w/–-]))
    )""",
    re.VERBOSE,
)
"""A date without the words that qualify it. Every repetition is bounded, so matching is linear."""

_RANGE_SIDE = rf"{_MONTH}(?:\s+{_DAY})?(?:\s*,?\s+{_YEAR})?"
RANGE = re.compile(
    rf"(?<![\w-])(?P<from>{_RANGE_SIDE}|{_YEAR}(?=\s+(?:to|through)\b))"
    rf"(?:\s+(?:to|through|until|and)\s+|\s*[–-]\s*)"
    rf"(?P<to>{_MONTH}(?:\s+{_DAY})?\s*,?\s+{_YEAR}|{_YEAR}(?![\w–-]))"
)
_FISCAL_BEFORE = re.compile(r"(?:fiscal\s+years?|FYs?)\s+\Z", re.IGNORECASE)

_ABOUT = re.compile(
    r"(?:\b(?:around|about|approximately|roughly|circa|sometime\s+(?:in|around|during))\s+)(?:the\s+)?\Z",
    re.IGNORECASE,
)
_PARTS = {
    "end": "end",
    "close": "end",
    "year-end": "end",
    "end-of-year": "end",
    "eoy": "end",
    "beginning": "start",
    "start": "start",
    "early": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "first half": "first half",
    "second half": "second half",
    "latter half": "second half",
    "latter part": "second half",
    "later part": "second half",
    "early part": "early",
}
_PART = re.compile(
    r"\b(?P<part>end-of-year|year-end|EOY|end|close|beginning|start|early\s+part|early|middle|mid|late|"
    r"(?:first|second|latter)\s+half|latt?er\s+part)"
    r"(?:\s+of\s+(?:the\s+)?|\s+in\s+|\s*-\s*|\s+)(?:year\s+|month\s+of\s+)?\Z",
    re.IGNORECASE,
)
_YEAR_CUE = re.compile(
    r"\b(?:in|by|during|since|until|till|before|after|through|throughout|from|than|to|into|beyond|calendar)\s+\Z",
    re.IGNORECASE,
)
QUALIFIER_LENGTH = 60
"""Characters before a date in which the words that qualify it are looked for."""


@dataclass(frozen=True, slots=True)
class Qualifier:
    """What the words before a date make of it.

    Attributes:
        part: Part of the period named (`end`, `early` …), or empty.
        is_about: Whether the date is said to be approximate.
        length: Characters of the words, counted back from the date.
        allows_bare_year: Whether a year alone is a date after these words.

    """

    part: str = ""
    is_about: bool = False
    length: int = 0
    allows_bare_year: bool = False

    def apply(self, period: Period) -> Period:
        """Return the period these words leave of a whole one."""
        found = periods.part(self.part, period) if self.part else period
        return periods.about(found) if self.is_about else found


def qualify(before: str) -> Qualifier:
    """Return what the words that end right before a date make of it."""
    rest = before
    part = _PART.search(rest)
    if part:
        rest = rest[: part.start()]
    about = _ABOUT.search(rest)
    if about:
        rest = rest[: about.start()]
    name = _PARTS[" ".join(part["part"].lower().split())] if part else ""
    is_cued = bool(part or about or _YEAR_CUE.search(before))
    return Qualifier(name, about is not None, len(before) - len(rest), is_cued)


def period_of(match: re.Match[str]) -> Period:
    """Return the period a match of `CORE` names. Raises ValueError when there is none."""
    kind = match.lastgroup or ""
    return _READERS[kind](match[0])


def whole_side(match: re.Match[str], side: str) -> str:
    """Return one side of a match of `RANGE`, with the year of the other side when it has none."""
    words = match[side]
    if re.search(_YEAR, words):
        return words if words[0].isalpha() else f"in {words}"
    return f"{words}, {re.findall(_YEAR, match['to'])[-1]}"


def is_of_fiscal_years(before: str) -> bool:
    """Say whether the words before a range of years make them fiscal years."""
    return bool(_FISCAL_BEFORE.search(before))


def _numbers(words: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", words)]


def _full_year(number: int) -> int:
    if number >= 10 ** (_FULL_YEAR_DIGITS - 1):
        return number
    return number + (2000 if number < _CENTURY_TURN else 1900)


def _month_number(words: str) -> int:
    name = re.search(_MONTH, words)
    return _MONTH_NUMBERS[name[0][:3].lower()] if name else 0


def _quarter(words: str) -> Period:
    found = re.search(_QUARTER, words)
    name = found[0] if found else ""
    digit = re.search(r"\d", name)
    number = int(digit[0]) if digit else _ORDINALS[name.split()[0].lower()]
    rest = words.replace(name, " ", 1)
    year = _full_year(_numbers(rest)[-1])
    is_fiscal = re.search(r"fiscal|FY", rest, re.IGNORECASE)
    return periods.fiscal_quarter(year, number) if is_fiscal else periods.quarter(year, number)


def _fiscal(words: str) -> Period:
    found = [_full_year(number) for number in _numbers(words)]
    return periods.fiscal_year(found[0], found[-1])


def _calendar(words: str) -> Period:
    found = [_full_year(number) for number in _numbers(words)]
    return periods.year(found[0]) if len(found) == 1 else periods.years(found[0], found[-1])


def _season(words: str) -> Period:
    return periods.season(_numbers(words)[-1], words.split(maxsplit=1)[0].strip(",").lower())


def _month_day(words: str) -> Period:
    *days, year = _numbers(words)
    found = [periods.day(year, _month_number(words), number) for number in days]
    return found[0] if len(found) == 1 else periods.between(found[0], found[-1])


def _month(words: str) -> Period:
    return periods.month(_numbers(words)[-1], _month_number(words))


def _iso(words: str) -> Period:
    return periods.day(*_numbers(words))


def _us(words: str) -> Period:
    month, day, year = _numbers(words)
    return periods.day(_full_year(year), month, day)


_READERS: dict[str, Callable[[str], Period]] = {
    "quarter": _quarter,
    "year_quarter": _quarter,
    "fiscal": _fiscal,
    "calendar": _calendar,
    "season": _season,
    "month_day": _month_day,
    "day_month": _month_day,
    "month": _month,
    "iso": _iso,
    "us": _us,
    "bare_year": _calendar,
}
