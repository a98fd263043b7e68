"""How figures of staffing read: hours and minutes, a figure with its interval, and "no figure"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html

from closeout.web.casework.codes import plain
from closeout.web.staffing.confidence import USUAL
from closeout.web.staffing.paired import Paired, signed, span
from closeout.web.staffing.wording import (
    GRADE_WORDS,
    UNIT_WORDS,
    clock,
    flag_words,
    number,
    percent,
    problem_words,
    spread,
)

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from closeout.workload.intervals import Interval

register = template.Library()
register.filter("clock", clock)
register.filter("flag_words", flag_words)
register.filter("number", number)
register.filter("percent", percent)
register.filter("problem_words", problem_words)
register.filter("spread", spread)


@register.simple_tag
def around(value: float | None, interval: Interval | str | None = None, places: int = 1) -> SafeString:
    """Return a figure with its interval: 41.0 (36.2–46.1); a note where there is no figure.

    A template gives an empty text for an interval that is not there.
    """
    if value is None:
        return format_html('<span class="note">{}</span>', number(None))
    if not interval or isinstance(interval, str):
        return format_html("{}", number(value, places))
    return format_html(
        '{} <span class="interval">({})</span>', number(value, places), spread(interval, places)
    )


@register.simple_tag
def around_percent(value: float | None, interval: Interval | str | None = None) -> SafeString:
    """Return a share with its interval, both in percent: 92 (81–104) %."""
    if value is None:
        return format_html('<span class="note">{}</span>', number(None))
    if not interval or isinstance(interval, str):
        return format_html("{} %", number(100 * value, 0))
    low, high = number(100 * interval.low, 0), number(100 * interval.high, 0)
    return format_html('{} <span class="interval">({}–{})</span> %', number(100 * value, 0), low, high)


@register.simple_tag
def difference(change: Paired | str | None, places: int = 1) -> SafeString:
    """Return a difference with its 90 and 80 % intervals: −4.2 (−5.1 to −3.2; 80 %: −4.9 to −3.5).

    A template gives an empty text for a difference that is not there.
    """
    if not isinstance(change, Paired):
        return format_html('<span class="note">{}</span>', "nothing to compare")
    said = signed(change.mean, places)
    if change.low is None or not change.is_seen(places):
        return format_html("{}", said)
    wide, narrow = span(change.low, change.high, places), span(change.low_80, change.high_80, places)
    return format_html(
        '{} <span class="interval">({})</span> <span class="note interval">80 %: {}</span>',
        said,
        wide,
        narrow,
    )


@register.filter
def confidence_query(confidence: int) -> str:
    """Return what an address asks with for a confidence in percent; empty for the usual one."""
    return "" if confidence == USUAL else f"confidence={confidence}"


@register.filter
def grade_words(grade: str) -> str:
    """Return what a grade means."""
    return GRADE_WORDS.get(str(grade), str(grade))


@register.filter
def unit_words(unit: str) -> str:
    """Return what a weight is minutes for."""
    return UNIT_WORDS.get(str(unit), str(unit))


@register.filter
def code_words(code: str) -> str:
    """Return a code in plain words."""
    return plain(code)
