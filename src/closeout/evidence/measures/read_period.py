"""Read a measure's period and the past periods it is given for."""

from __future__ import annotations

from closeout.duties.clauses import DayKind, Period
from closeout.duties.fields import Fields
from closeout.evidence.measures.declared import Series

_STEP, _POINTS, _MOST_POINTS = Period(months=3), 8, 60


def read_period(fields: Fields) -> Period | None:
    """Return a measure's period; None where it is as of a day."""
    return _plain(fields, "period")


def read_series(fields: Fields, period: Period | None) -> Series | None:
    """Return a measure's past periods: eight, a quarter apart, if it says nothing; None without a period."""
    marked = fields.raw("series")
    if marked is None:
        return None if period is None else Series(_STEP, _POINTS)
    if "period" not in fields:
        fields.wrong(
            "series", "`series` needs `period`; how things stood on a past day is not in the records"
        )
    inner = Fields(marked, fields.path, fields.faults, known="step points", what="`series`")
    step = _plain(inner, "step", needed=True)
    said = inner.word("points", r"\d{1,3}", needed=True)
    if said and not 1 <= int(said) <= _MOST_POINTS:
        inner.wrong("points", f"`points: {said}` must be a whole number from 1 to {_MOST_POINTS}")
        return None
    return Series(step, int(said)) if step is not None and said and period is not None else None


def _plain(fields: Fields, key: str, *, needed: bool = False) -> Period | None:
    period = fields.period(key, needed=needed)
    if period is None:
        return None
    if period.hours or period.counts is not DayKind.CALENDAR or not (period.months or period.days):
        fields.wrong(key, f"`{key}` must be calendar days or months, such as P30D or P12M")
        return None
    return period
