"""How figures of measures read: a value with its interval and what it rests on, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html

from closeout.evidence import wording as words
from closeout.evidence.figures import OUTCOME_WORDS
from closeout.evidence.trends import trend_words
from closeout.web.accounts.models import Role
from closeout.web.casework.codes import plain
from closeout.web.components.templatetags.components import tag
from closeout.web.evidence import charts
from closeout.web.evidence.wording import (
    STANDING_TONES,
    STANDING_WORDS,
    VERDICT_TONES,
    counted,
    unit_heading,
)

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from closeout.evidence.measures.measure import Measure, Measured, Result
    from closeout.web.evidence.queries.measure import BreakdownView

register = template.Library()
register.filter("counted", counted)
register.filter("unit_heading", unit_heading)
register.filter("trend_words", trend_words)
register.filter("code_words", plain)


@register.simple_tag
def figure_of(result: Result, measure: Measure, *, basis: bool = True) -> SafeString:
    """Return a figure: 92.1 % (88.0–95.0) of 1,198; of one that has none, the outcome in words and why.

    Args:
        result: The figure's result.
        measure: Its measure, for the unit.
        basis: Whether what it rests on is wanted as well.

    """
    figure = result.figure
    if figure.value is None:
        return format_html(
            '<span class="note" title="{}">{}</span>', figure.reason, OUTCOME_WORDS[figure.outcome]
        )
    value = words.with_unit(figure.value, measure.unit)
    around = words.interval(figure, measure.unit)
    rests = words.rests_on(figure, measure) if basis else ""
    return format_html(
        '<span class="nowrap">{}</span>{}{}',
        value,
        format_html(' <span class="interval">{}</span>', around) if around else "",
        format_html(' <span class="note nowrap">{}</span>', rests) if rests else "",
    )


@register.simple_tag
def verdict_tag(result: Result) -> SafeString:
    """Return a verdict as a word in a frame; of what has no value, the outcome's own word."""
    return tag(words.verdict(result), VERDICT_TONES.get(result.verdict, ""))


@register.simple_tag
def standing_tag(standing: str) -> SafeString:
    """Return what the records say of a recommendation as words in a frame."""
    return tag(STANDING_WORDS[standing], STANDING_TONES.get(standing, ""))


@register.filter
def target_of(measure: Measure) -> str:
    """Return a measure's target in words."""
    return words.target(measure)


@register.filter
def period_of(result: Result) -> str:
    """Return the time a result is about."""
    return words.span(result.since, result.until)


@register.filter
def percent(share: float) -> str:
    """Return a share, 0-1, as percent with one decimal."""
    return words.number(share, "share")


@register.filter
def value_of(result: Result, measure: Measure) -> str:
    """Return a figure's value with its unit; empty where it has none."""
    value = result.figure.value
    return "" if value is None else words.with_unit(value, measure.unit)


@register.filter
def interval_of(result: Result, measure: Measure) -> str:
    """Return a figure's interval in brackets; empty where it has none."""
    return words.interval(result.figure, measure.unit)


@register.filter
def basis_of(result: Result, measure: Measure) -> str:
    """Return what a figure rests on: "of 1,198"; empty for a plain count."""
    return words.rests_on(result.figure, measure)


@register.simple_tag
def breakdown_caption(measure: Measure, breakdown: BreakdownView) -> str:
    """Return what the table of a breakdown is called."""
    return f"{measure.title}, by {breakdown.title.lower()}"


@register.filter
def owner_words(role: str) -> str:
    """Return a role's name."""
    return str(Role(role).label) if role in Role.values else plain(role)


@register.filter
def spark_points(measured: Measured) -> str:
    """Return the points of a small trend line; empty where there is none to draw."""
    return charts.spark(measured)
