"""Template tags for shares of duties."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django import template
from django.conf.locale import LANG_INFO

from closeout.duties.statistics import wilson
from closeout.web.casework.views.histories import shown

if TYPE_CHECKING:
    from closeout.web.casework.models import Record
    from closeout.web.casework.queries.unit import Share

register = template.Library()


@register.simple_tag
def share_words(share: Share) -> str:
    """Return a share in percent with its 95 % interval after Wilson (1927): "41.0 % (36.2–46.1)"."""
    found = wilson(share.count, share.of)
    if found.share is None or found.low is None or found.high is None:
        return "no data"
    return f"{100 * found.share:.1f} % ({100 * found.low:.1f}–{100 * found.high:.1f})"


TOLD = {
    "check_ins": "due {due_on}, {channel}",
    "exceptions": "{kind}, arose {arose_on}",
    "hearings": "{calendar} hearing on {scheduled_on}",
    "verifications": "{kind}, {verified_on}: {result}",
    "file_reviews": "begun {started_on}, {defects} defects",
    "transfers": "to {to_office_id}, asked {requested_on}",
    "closure_proposals": "{reason}, proposed {proposed_on}",
    "holds": "{kind} since {from_on}",
    "custody_reviews": "{kind}, due {due_on}",
    "inquiries": "{category}, received {received_on}",
    "interval_deviations": "{days} days, set {set_on}",
    "travel_document_requests": "{country_id}, package {package_version}, {state}",
    "travel_follow_ups": "due {due_on}",
    "parental_inquiries": "due {due_on}",
    "parental_decisions": "{state}, {decided_on}",
    "safeguard_incidents": "{kind}, {detected_on}",
}
"""How a row is told in one line, by its table."""


@register.filter
def told(row: Record) -> str:
    """Return a row of a case in one line: "due 2026-03-04, in person"."""
    columns = {name: shown(getattr(row, name, None)) for name in _names(TOLD.get(row.table, ""))}
    return TOLD.get(row.table, "").format_map(columns)


@register.filter
def about(address: str, row: Record) -> str:
    """Return the address of an act with the row that it is about."""
    return f"{address}?{urlencode({'subject': row.pk})}"


@register.filter
def returning(address: str, page: str | None) -> str:
    """Return the address of an act with the page to go back to; one that leads into a page stays as it is."""
    if not page or "#" in address:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'next': page})}"


@register.filter
def language(code: str | None) -> str:
    """Return a language in words with its code: "Spanish (es)"; the code alone where it is not known."""
    known = LANG_INFO.get(code or "", {})
    return f"{known['name']} ({code})" if "name" in known else code or ""


@register.filter
def share_percent(share: float) -> str:
    """Return a share, 0-1, in whole percent without the sign."""
    return f"{100 * share:,.0f}"


def _names(pattern: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(pattern) if name]
