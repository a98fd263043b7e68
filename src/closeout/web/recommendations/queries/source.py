"""A document's text around a span, and what else of the register stands in the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from closeout.web.recommendations.models import Capture, Mention
from closeout.web.recommendations.queries.places import place_of

if TYPE_CHECKING:
    from closeout.web.recommendations.models import Recommendation
    from closeout.web.recommendations.queries.places import Place

AROUND = 1_500
MOST_WHOLE = 20_000


@dataclass(frozen=True, slots=True)
class Passage:
    """The text before, at and after a span. `is_cut_before` and `is_cut_after` say that more stands there."""

    before: str
    words: str
    after: str
    is_cut_before: bool
    is_cut_after: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A recommendation that stands in the document, and where."""

    rec: Recommendation
    place: Place


@dataclass(frozen=True, slots=True)
class SourceView:
    """A capture opened at a span. `previous` and `following` are the mentions around it, if any."""

    capture: Capture
    passage: Passage
    start: int
    end: int
    page: int | None
    last_page: int | None
    standing: tuple[Standing, ...]
    previous: Standing | None
    following: Standing | None
    other_captures: tuple[Capture, ...]


def source_view(pk: int, *, start: int | None, end: int | None) -> SourceView:
    """Return a capture's text opened at a span; 404 when there is no such capture.

    A span that does not lie in the text is moved to where it does: the page then shows the
    nearest words rather than an error.
    """
    capture = get_object_or_404(Capture.objects.select_related("document"), pk=pk)
    size = len(capture.text)
    start = max(0, min(start or 0, size))
    end = max(start, min(end or start, size))
    standing = _standing(capture)
    before = [each for each in standing if (each.place.start or 0) < start]
    after = [each for each in standing if (each.place.start or 0) > start]
    others = Capture.objects.filter(document=capture.document_id).exclude(pk=pk).defer("text", "reading")
    return SourceView(
        capture=capture,
        passage=_passage(capture.text, start, end),
        start=start,
        end=end,
        page=capture.page_of(start) if capture.pages else None,
        last_page=int(capture.pages[-1][0]) if capture.pages else None,
        standing=standing,
        previous=before[-1] if before else None,
        following=after[0] if after else None,
        other_captures=tuple(others.order_by("got_at")),
    )


def _passage(text: str, start: int, end: int) -> Passage:
    around = len(text) if len(text) <= MOST_WHOLE else AROUND
    first, last = max(0, start - around), min(len(text), end + around)
    if first > 0 and (line := text.find("\n", first, start)) >= 0:
        first = line + 1
    if last < len(text) and (line := text.rfind("\n", end, last)) >= 0:
        last = line
    return Passage(text[first:start], text[start:end], text[end:last], first > 0, last < len(text))


def _standing(capture: Capture) -> tuple[Standing, ...]:
    mentions = (
        Mention.objects.filter(capture=capture, is_current=True, recommendation__isnull=False)
        .exclude(text_start=None)
        .select_related("recommendation__report")
        .order_by("text_start")
    )
    return tuple(
        Standing(mention.recommendation, place_of(capture, mention.text_start, mention.text_end))
        for mention in mentions
        if mention.recommendation is not None
    )
