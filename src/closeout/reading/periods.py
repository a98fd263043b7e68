"""Days, months, quarters, seasons and years as stretches of days with a standard form.

The standard form is EDTF (ISO 8601-2:2019): `2018-01-31`, `2017-12`, `2023-36` (fourth quarter),
`2025-22` (summer), `2024-41` (second half), `2026`, `2025-10/2026-09` (fiscal year 2026).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

_MONTHS_IN_YEAR = 12
_SEASON_STARTS = {"spring": (21, 3), "summer": (22, 6), "autumn": (23, 9)}
_WINTER_CODE = 24
_FIRST_QUARTER_CODE = 33
_FIRST_HALF_CODE = 40
_THIRDS = {"early": 0, "mid": 1, "late": 2}
_HALVES = {"first half": 0, "second half": 1}
_THIRD_OF_MONTH_DAYS = 10
_HALF_OF_MONTH_DAYS = 15


class Period(NamedTuple):
    """A stretch of days: EDTF form, first day, last day."""

    edtf: str
    earliest: date
    latest: date


def day(year: int, month_number: int, day_number: int) -> Period:
    """Return one day. Raises ValueError when the calendar has no such day."""
    at = date(year, month_number, day_number)
    return Period(at.isoformat(), at, at)


def month(year: int, number: int) -> Period:
    """Return a month of a year. Raises ValueError when there is no such month."""
    first = date(year, number, 1)
    return Period(f"{year:04}-{number:02}", first, _month_end(first))


def months(first: date, count: int) -> Period:
    """Return `count` whole months from the month of `first` on, as an interval."""
    last = _month_end(_later(first, count - 1))
    return Period(f"{first:%Y-%m}/{last:%Y-%m}", first.replace(day=1), last)


def quarter(year: int, number: int) -> Period:
    """Return a quarter (1-4) of a calendar year."""
    _, first, last = months(date(year, 3 * number - 2, 1), 3)
    return Period(f"{year:04}-{_FIRST_QUARTER_CODE + number - 1}", first, last)


def fiscal_quarter(fiscal: int, number: int) -> Period:
    """Return a quarter (1-4) of a federal fiscal year: the first begins on October 1 before it."""
    return quarter(fiscal - 1, 4) if number == 1 else quarter(fiscal, number - 1)


def fiscal_year(fiscal: int, until: int | None = None) -> Period:
    """Return a federal fiscal year (October 1 to September 30), or several up to `until`."""
    years = (until or fiscal) - fiscal + 1
    return months(date(fiscal - 1, 10, 1), _MONTHS_IN_YEAR * max(1, years))


def year(number: int) -> Period:
    """Return a calendar year."""
    return Period(f"{number:04}", date(number, 1, 1), date(number, 12, 31))


def years(number: int, until: int) -> Period:
    """Return several calendar years as an interval."""
    return Period(f"{number:04}/{until:04}", date(number, 1, 1), date(until, 12, 31))


def season(number: int, name: str) -> Period:
    """Return a season of a year, in whole months of the northern hemisphere.

    Winter of a year can mean the one it begins with or the one it ends with, so it runs from
    January of that year to February of the next.
    """
    name = "autumn" if name == "fall" else name
    if name == "winter":
        last = months(date(number, 12, 1), 3).latest
        return Period(f"{number:04}-{_WINTER_CODE}", date(number, 1, 1), last)
    code, first_month = _SEASON_STARTS[name]
    _, first, last = months(date(number, first_month, 1), 3)
    return Period(f"{number:04}-{code}", first, last)


def between(first: Period, last: Period) -> Period:
    """Return the interval from the first day of one period to the last day of another."""
    return Period(f"{first.edtf}/{last.edtf}", first.earliest, last.latest)


def part(name: str, whole: Period) -> Period:
    """Return the part of a period that a word such as `end` or `early` names.

    - `start` and `end` are the first and last month; of a month or less, the whole.
    - `early`, `mid` and `late` are thirds: four months of a year, ten days of a month.
    - `first half` and `second half` are halves: six months of a year, 15 days of a month.

    `latest` is therefore never before the last day a reader would still call in time.
    """
    count = _months_in(whole)
    if count <= 1:
        return _part_of_month(name, whole) if count == 1 else whole
    if name in {"start", "end"}:
        at = whole.earliest if name == "start" else whole.latest
        return month(at.year, at.month)
    pieces, index = (3, _THIRDS[name]) if name in _THIRDS else (2, _HALVES[name])
    if count % pieces:
        return whole
    found = months(_later(whole.earliest, index * count // pieces), count // pieces)
    if pieces == len(_HALVES) and whole.edtf.isdigit():
        return Period(f"{whole.edtf}-{_FIRST_HALF_CODE + index}", found.earliest, found.latest)
    return found if count > pieces else month(found.latest.year, found.latest.month)


def about(period: Period) -> Period:
    """Return the period marked as approximate (EDTF `~`); its days stay the same."""
    edtf = "/".join(f"{side}~" for side in period.edtf.split("/"))
    return Period(edtf, period.earliest, period.latest)


def _part_of_month(name: str, whole: Period) -> Period:
    if name in {"start", "end"}:
        return whole
    days, at = (
        (_THIRD_OF_MONTH_DAYS, _THIRDS[name]) if name in _THIRDS else (_HALF_OF_MONTH_DAYS, _HALVES[name])
    )
    first = whole.earliest + timedelta(days=days * at)
    is_last = at == (len(_THIRDS) if name in _THIRDS else len(_HALVES)) - 1
    last = whole.latest if is_last else first + timedelta(days=days - 1)
    return Period(f"{first.isoformat()}/{last.isoformat()}", first, last)


def _months_in(period: Period) -> int:
    """Count the whole months of a period; 0 when it is no run of whole months."""
    first, last = period.earliest, period.latest
    if first.day != 1 or last != _month_end(last):
        return 0
    return _MONTHS_IN_YEAR * (last.year - first.year) + last.month - first.month + 1


def _later(first: date, count: int) -> date:
    index = _MONTHS_IN_YEAR * first.year + first.month - 1 + count
    return date(index // _MONTHS_IN_YEAR, index % _MONTHS_IN_YEAR + 1, 1)


def _month_end(at: date) -> date:
    return at.replace(day=monthrange(at.year, at.month)[1])
