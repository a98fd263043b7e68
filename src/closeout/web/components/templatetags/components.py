"""Template tags for the components of the gallery at /components/."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html

from closeout.web.components.dates import show_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.forms import BoundField
    from django.utils.safestring import SafeString

    from closeout.web.components.charts import Bar
    from closeout.web.components.dates import Fuzzy

register = template.Library()

SMALL_COUNT = 10
"""A share of fewer than this many is shown with a note: it says little."""


@register.simple_block_tag
def table(content: SafeString, *, caption: str, name: str = "table", wide: bool = False) -> SafeString:
    """Return a captioned table in a region that scrolls by itself on a narrow screen.

    Args:
        content: The thead and tbody.
        caption: What the table shows, with its count.
        name: Id of the table, unique on the page.
        wide: Whether the first column stays in place while the rest scrolls.

    """
    context = {"content": content, "caption": caption, "name": name, "wide": wide}
    return render_to_string("components/table.html", context)


@register.simple_block_tag
def empty(content: SafeString, *, title: str) -> SafeString:
    """Return what stands where a table would: that there is nothing, why, and what would fill it."""
    return render_to_string("components/empty.html", {"content": content, "title": title})


@register.simple_block_tag
def timeline_entry(
    content: SafeString,
    *,
    title: str,
    when: date | Fuzzy | None = None,
    tone: str = "",
    source: str = "",
    href: str = "",
) -> SafeString:
    """Return one entry of a timeline, ending in its source.

    Args:
        content: What was said or done.
        title: What it is: "Promise", "Status: open" …
        when: Its date; None when the source gives none.
        tone: "late", "closed", "struck" (superseded) or empty.
        source: Where it is written: "OIG-17-51, page 11".
        href: The source at its span.

    """
    context = {
        "content": content,
        "title": title,
        "when": when,
        "tone": tone,
        "source": source,
        "href": href,
    }
    return render_to_string("components/timeline_entry.html", context)


@register.simple_block_tag(takes_context=True)
def confirm(
    context: template.Context,
    content: SafeString,
    *,
    summary: str,
    action: str,
    button: str,
    warn: bool = False,
) -> SafeString:
    """Return a second step before a change, without script: opening it shows what will happen and the button.

    Args:
        context: The page's, for the form's token.
        content: What will happen, and further inputs if any.
        summary: The link that opens it.
        action: Where the form is sent (POST).
        button: What the button says: the verb.
        warn: Whether the change takes something away.

    """
    parts = {"content": content, "summary": summary, "action": action, "button": button, "warn": warn}
    return render_to_string("components/confirm.html", parts, request=context.get("request"))


@register.simple_tag
def tag(words: object, tone: str = "") -> SafeString:
    """Return a state as a word in a frame; tone is "active", "late", "closed", "reading" or empty."""
    return format_html('<span class="tag{}">{}</span>', f" tag--{tone}" if tone else "", words)


@register.simple_tag
def when(value: date | Fuzzy | None, missing: str = "no date") -> SafeString:
    """Return a date in short form, for tables, with the days it can mean when it is not one day."""
    return _time(value, missing, long=False)


@register.simple_tag
def when_words(value: date | Fuzzy | None, missing: str = "no date") -> SafeString:
    """Return a date in words, for sentences."""
    return _time(value, missing, long=True)


def _time(value: date | Fuzzy | None, missing: str, *, long: bool) -> SafeString:
    if value is None:
        return format_html('<span class="note">{}</span>', missing)
    shown = show_date(value)
    words = shown.words if long else shown.short
    if not shown.range:
        return format_html('<time datetime="{}">{}</time>', shown.machine, words)
    return format_html('<time datetime="{}" title="{}">{}</time>', shown.machine, shown.range, words)


@register.inclusion_tag("components/figure.html")
def figure(
    *,
    label: str,
    part: float | None,
    whole: float | None = None,
    as_of: date | None = None,
    interval: tuple[float, float] | None = None,
    unit: str = "",
    meaning: str = "",
    href: str = "",
) -> dict[str, Any]:
    """Return the parts of a figure: numerator, denominator, share, interval, as-of, meaning.

    Args:
        label: What it counts.
        part: The numerator, or the figure itself when there is no denominator; None: not assessed.
        whole: The denominator; None when the figure is no share. Zero: nothing to assess.
        as_of: The day it is true of.
        interval: Low and high of the share, in percent.
        unit: Unit of a figure without a denominator.
        meaning: Why this number, in words.
        href: The rows under it.

    """
    is_assessed = part is not None and whole != 0
    share = 100 * part / whole if is_assessed and part is not None and whole else None
    return {
        "label": label,
        "part": part,
        "whole": whole,
        "is_assessed": is_assessed,
        "share": share,
        "is_small": whole is not None and 0 < whole < SMALL_COUNT,
        "as_of": as_of,
        "interval": interval,
        "unit": unit,
        "meaning": meaning,
        "href": href,
    }


@register.inclusion_tag("components/bar_table.html")
def bar_table(
    rows: Iterable[Bar], *, caption: str, label_heading: str, value_heading: str, name: str = "bars"
) -> dict[str, Any]:
    """Return the parts of a chart that is a table (`charts.bars` makes the rows)."""
    return {
        "rows": list(rows),
        "caption": caption,
        "label_heading": label_heading,
        "value_heading": value_heading,
        "name": name,
    }


@register.inclusion_tag("components/sort_heading.html", takes_context=True)
def sort_heading(context: template.Context, label: str, key: str, css: str = "") -> dict[str, Any]:
    """Return the parts of a column's heading that sorts by it: first up, then down.

    The order is the query's `order`: a key, or a key after a minus.
    """
    request = context["request"]
    now = request.GET.get("order", "")
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    return {
        "request": request,
        "label": label,
        "css": css,
        "direction": direction,
        "next": f"-{key}" if now == key else key,
    }


@register.filter
def with_errors(fields: Iterable[tuple[BoundField, str]]) -> list[BoundField]:
    """Return the fields of a form that something is wrong with, in the form's order."""
    return [field for field, said in fields if said]
