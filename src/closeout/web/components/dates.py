"""Dates on pages: a day in tables, words in sentences, and never more precise than they were said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from django.utils.formats import date_format
from django.utils.timezone import localtime

if TYPE_CHECKING:
    from collections.abc import Callable


class Fuzzy(Protocol):
    """What a date with a precision has; `closeout.reading.dates.FuzzyDate` and rows alike."""

    @property
    def edtf(self) -> str:
        """Return the standard form."""

    @property
    def earliest(self) -> date:
        """Return the first day it can mean."""

    @property
    def latest(self) -> date:
        """Return the last day it can mean."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A date as a page shows it.

    Attributes:
        machine: For the `datetime` attribute.
        short: In tables.
        words: In sentences.
        range: The days it can mean, when it is not one day; else empty.

    """

    machine: str
    short: str
    words: str
    range: str = ""


_SEASONS = {"21": "spring", "22": "summer", "23": "fall", "24": "winter"}
_ORDINALS = ("first", "second", "third", "fourth")


def show_date(value: date | datetime | Fuzzy) -> Shown:
    """Return how a date is shown; instants in the office's time zone."""
    if isinstance(value, datetime):
        here = localtime(value)
        words = date_format(here, "F j, Y, g:i A")
        return Shown(here.isoformat(timespec="seconds"), f"{here:%Y-%m-%d %H:%M}", words)
    if isinstance(value, date):
        return Shown(value.isoformat(), value.isoformat(), date_format(value, "F j, Y"))
    if value.earliest == value.latest:
        day = show_date(value.earliest)
        return Shown(day.machine, *_about(value, day.short, day.words))
    short, words = _about(value, *_period(value))
    days = f"{value.earliest.isoformat()} to {value.latest.isoformat()}"
    return Shown(_machine(value), short, words, days)


def _about(value: Fuzzy, short: str, words: str) -> tuple[str, str]:
    return (f"about {short}", f"about {words}") if "~" in value.edtf else (short, words)


def _machine(value: Fuzzy) -> str:
    """Return what HTML's datetime attribute can say of a period: a month, a year, or its last day."""
    plain = value.edtf.replace("~", "")
    return plain if re.fullmatch(r"\d{4}|\d{4}-(0[1-9]|1[0-2])", plain) else value.latest.isoformat()


def _period(value: Fuzzy) -> tuple[str, str]:
    """Return the short and the long words for a period."""
    edtf = value.edtf.replace("~", "")
    for pattern, words in _PERIODS:
        if match := pattern.fullmatch(edtf):
            return words(match)
    last = value.latest
    fiscal = value.earliest == date(last.year - 1, 10, 1) and last == date(last.year, 9, 30)
    if fiscal:
        return f"FY {last.year}", f"fiscal year {last.year}"
    return (
        f"{value.earliest.isoformat()}–{last.isoformat()}",
        f"{date_format(value.earliest, 'F j, Y')} to {date_format(last, 'F j, Y')}",
    )


def _month(match: re.Match[str]) -> tuple[str, str]:
    first = date(int(match[1]), int(match[2]), 1)
    return f"{first:%Y-%m}", date_format(first, "F Y")


def _season(match: re.Match[str]) -> tuple[str, str]:
    words = f"{_SEASONS[match[2]]} {match[1]}"
    return words, words


def _quarter(match: re.Match[str]) -> tuple[str, str]:
    number = int(match[2]) - 2
    return f"{match[1]} Q{number}", f"the {_ORDINALS[number - 1]} quarter of {match[1]}"


def _half(match: re.Match[str]) -> tuple[str, str]:
    number = int(match[2]) + 1
    return f"{match[1]} H{number}", f"the {_ORDINALS[number - 1]} half of {match[1]}"


_PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, str]]], ...] = (
    (re.compile(r"(\d{4})"), lambda match: (match[1], match[1])),
    (re.compile(r"(\d{4})-(0[1-9]|1[0-2])"), _month),
    (re.compile(r"(\d{4})-(2[1-4])"), _season),
    (re.compile(r"(\d{4})-3([3-6])"), _quarter),
    (re.compile(r"(\d{4})-4([0-1])"), _half),
)
