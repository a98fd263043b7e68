"""The federal fiscal year: it ends on 30 September and is called after the year it ends in."""

from __future__ import annotations

from datetime import date

from closeout.records.example.arrays import day, on

_FIRST_MONTH = 10


def fiscal_year(days: int) -> int:
    """Return the fiscal year a day lies in."""
    of = on(days)
    return of.year + (of.month >= _FIRST_MONTH)


def year_ends(fiscal: int) -> int:
    """Return the last day of a fiscal year."""
    return day(date(fiscal, 9, 30))


def quarter_starts(days: int, back: int) -> int:
    """Return the first day of the quarter that lies `back` quarters before the one a day lies in."""
    return period_starts(days, 3, back)


def period_starts(days: int, months: int, back: int) -> int:
    """Return the first day of the period that lies `back` periods of 1 or 3 months before a day's own."""
    of = on(days)
    first = of.year * 12 + (of.month - 1) // months * months - months * back
    return day(date(first // 12, first % 12 + 1, 1))
