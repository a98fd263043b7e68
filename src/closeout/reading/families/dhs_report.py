"""Reports of inspectors general with labelled recommendations, answers and analyses.

DHS OIG's reports are the model; other offices print the same parts under other labels
("Management Response", "OIG Evaluation"). One recommendation, printed in a list and restated
before its answer, is one record.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from closeout.reading.families.ig_agency import addressee, agency, named
from closeout.reading.families.ig_dates import report_date
from closeout.reading.families.ig_decisions import read_decision
from closeout.reading.families.ig_demands import read_demands
from closeout.reading.families.ig_facts import issuer, report_number, speaks_of_inspector
from closeout.reading.families.ig_findings import cited_reports, read_findings
from closeout.reading.families.ig_items import Item, read_items
from closeout.reading.families.ig_positions import Stance, assign, position_statements
from closeout.reading.families.ig_report_level import (
    closeout_rule,
    declared_count,
    said_of_all,
    status_of,
    status_statements,
)
from closeout.reading.families.ig_rows import is_cut_off
from closeout.reading.families.ig_titles import cover_title, subject
from closeout.reading.model import DocumentReading, Problem, Record, ReportMention, StatusBasis
from closeout.reading.statements.narrative import Narrative, read_narrative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.reading.clean import CleanText
    from closeout.reading.model import Span
    from closeout.reading.statements.status import StatusClaim

_ITEM = re.compile(
    r"\b[Rr]ecommendation\s*(?:No\.|Number|#)?\s*\d{1,3}[A-Za-z]?\s*[:.\n–—-]|RECOMMENDATION\s*(?:NO\.)?\s*\d"
)
_HIGHLIGHTS = re.compile(
    r"(?:DHS )?OIG HIGHLIGHTS\s*\n+(?P<title>[^\n]+(?:\n[^\n]+){0,3}?)\n+(?=[A-Z][a-z]+ \d{1,2}, \d{4})",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?P<words>(?:\b(?:[Ww]e|OIG) recommend(?:s|ed)? (?:that )?"
    r"|(?<=\n)The [A-Z])[^\n:]{3,200}(?:\n[^\n:]{1,160})?):\s*"
    r"(?=(?:Recommendation|RECOMMENDATION)\b)"
)
_NO_DEMANDS = re.compile(r" no (?:new |formal )?recommendations\b")
_MAKES = re.compile(r"\b(?:contains?|makes?|made|are making|includes?)\Z")
_LONGEST_MAKES = 12
_NONE_CERTAINTY = 0.6


class OigReport:
    """Reports with "Recommendation 1:" labels."""

    def __init__(self, name: str, *, is_dhs: bool) -> None:
        """Make the family; `is_dhs` tells DHS OIG's own reports from other offices'."""
        self.name = name
        self._is_dhs = is_dhs

    def recognize(self, clean: CleanText) -> float:
        """Return certainty from labels that carry demands, in a text of an inspector general."""
        text, whole = clean.text, clean.document.text
        if not speaks_of_inspector(whole[:8_000]) or (issuer(whole) == "DHS OIG") is not self._is_dhs:
            return 0.0
        if _ITEM.search(text) and any(item.text for item in read_items(text)):
            return 0.86
        # A report that says it makes no recommendations is read as just that.
        is_none = _makes_none(text) and report_number(clean) and not read_demands(text, 0, len(text))
        return _NONE_CERTAINTY if is_none else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return the report's records, findings and what it says of all recommendations."""
        items = [item for item in read_items(clean.text) if item.text]
        by = issuer(clean.document.text)
        number, date = report_number(clean), report_date(clean)
        title = _title(clean)
        stances, claims = said_of_all(clean, _ranges(items))
        count, span = declared_count(clean)
        chosen = assign(stances, [item.number for item in items])
        records = tuple(
            _record(clean, item, chosen.get(index), status_of(claims, item.number))
            for index, item in enumerate(items)
        )
        rule = closeout_rule(clean, by)
        own = ReportMention(
            title,
            number=number.words if number else "",
            number_span=number.span if number else None,
            issuer=by,
            issued=date,
            declared_count=count,
            declared_span=span,
        )
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title=title,
            issuer=by,
            report_number=own.number,
            report_date=date,
            declared_total=count,
            declared_span=span,
            complete=None if count is None else len(records) >= count,
            reports=(own, *cited_reports(clean, own.number)),
            findings=read_findings(clean),
            records=tuple(
                replace(record, report_title=title, report_number=own.number) for record in records
            ),
            statements=(
                *position_statements(clean, stances),
                *status_statements(clean, claims),
                *((rule,) if rule else ()),
            ),
            problems=_problems(count, len(records), span=own),
        )


def _makes_none(text: str) -> bool:
    """Say whether a text says that it makes no recommendations."""
    lowered = text.lower()
    return any(
        _MAKES.search(lowered, max(0, found.start() - _LONGEST_MAKES), found.start())
        for found in _NO_DEMANDS.finditer(lowered)
    )


def _record(
    clean: CleanText, item: Item, stance: Stance | None, claim: tuple[StatusClaim, int] | None
) -> Record:
    start, end = item.text or (0, 0)
    who = _addressee(clean, item)
    body = agency(who) or item.respondent
    told = _narrative(clean, item, item.respondent or body)
    record = Record(
        text=clean.words(start, end),
        text_span=clean.original(start, end),
        number=item.number,
        agency=body or named(stance.by if stance else ""),
        addressee=who,
        status_printed=told.status_printed,
        status=told.status,
        status_basis=StatusBasis.PRINTED if told.status else None,
        status_span=told.status_span,
        position_printed=told.position_printed,
        position=told.position,
        position_span=told.position_span,
        position_by=told.position_by,
        narrative_span=_narrative_span(clean, item),
        response_span=clean.original(*item.response) if item.response else None,
        analysis_span=clean.original(*item.analysis) if item.analysis else None,
        statements=told.statements,
        promises=told.promises,
        restated=tuple(clean.original(*place) for place in item.restated),
        is_truncated=is_cut_off(clean, start, end),
        doubts=told.doubts,
    )
    return _with_shared(clean, record, stance, claim)


def _with_shared(
    clean: CleanText, record: Record, stance: Stance | None, claim: tuple[StatusClaim, int] | None
) -> Record:
    """Fill in from what is said of all recommendations where the item itself is silent."""
    if record.position is None and stance is not None:
        record = replace(
            record,
            position=stance.position,
            position_printed=stance.printed,
            position_span=stance.span(clean),
            position_by=stance.by,
        )
    if record.status is None and claim is not None:
        status, offset = claim
        record = replace(
            record,
            status=status.status,
            status_printed=clean.words(offset + status.start, offset + status.end),
            status_basis=StatusBasis.PRINTED,
            status_span=clean.original(offset + status.start, offset + status.end),
        )
    return record


def _narrative(clean: CleanText, item: Item, who: str) -> Narrative:
    """Return what answer and analysis say; in the answer, bare agreement counts."""
    ranges = [part for part in (item.response, item.analysis) if part]
    if not ranges:
        return Narrative()
    told = read_narrative(clean, min(ranges)[0], max(part[1] for part in ranges), agency=who)
    told = replace(told, status_printed=_words_at(clean, told.status_span) if told.status_span else None)
    if item.response:
        answered = clean.original(*item.response)
        # What an auditor says of dates is no promise; the respondent's own words are.
        told = replace(told, promises=tuple(promise for promise in told.promises if promise.span in answered))
    decision = read_decision(clean.text, *item.analysis) if item.analysis and told.status is None else None
    if decision:
        status, start, end = decision
        span, words = clean.original(start, end), clean.words(start, end)
        told = replace(told, status=status, status_span=span, status_printed=words)
    if told.position is None and item.response:
        answer = read_narrative(clean, *item.response, agency=who, is_answer=True)
        told = replace(
            told,
            position=answer.position,
            position_printed=answer.position_printed,
            position_span=answer.position_span,
            position_by=answer.position_by,
        )
    return told


def _words_at(clean: CleanText, span: Span) -> str:
    return clean.words(clean.at(span.start), clean.at(span.end - 1) + 1)


def _narrative_span(clean: CleanText, item: Item) -> Span | None:
    ranges = [part for part in (item.response, item.analysis) if part]
    return clean.original(min(ranges)[0], max(part[1] for part in ranges)) if ranges else None


def _addressee(clean: CleanText, item: Item) -> str:
    """Return whom the demand names, the list's lead-in before it, or its restated form."""
    start, end = item.text or (0, 0)
    told = addressee(clean.words(start, end))
    if told:
        return told
    for place in item.restated:
        restated = clean.words(*place)
        found = addressee(restated)
        if found:
            return found
    lead = next((lead for lead in reversed(_leads(clean.text)) if lead.end() <= start), None)
    return addressee(lead["words"]) if lead else ""


@lru_cache(maxsize=2)
def _leads(text: str) -> tuple[re.Match[str], ...]:
    """Return the words that introduce lists of labelled items."""
    return tuple(_LEAD.finditer(text))


def _ranges(items: Sequence[Item]) -> list[tuple[int, int]]:
    return [part for item in items for part in (item.response, item.analysis) if part]


def _title(clean: CleanText) -> str:
    told = subject(clean.text)
    if told:
        return told.words
    highlights = _HIGHLIGHTS.search(clean.text[:8_000])
    if highlights:
        return clean.words(highlights.start("title"), highlights.end("title"))
    cover = cover_title(clean.text)
    return cover.words if cover else clean.document.title


def _problems(count: int | None, shown: int, *, span: ReportMention) -> tuple[Problem, ...]:
    if count is None or count == shown:
        return ()
    message = f"The report says that it makes {count} recommendations; {shown} were found."
    return (Problem("count-differs", message, span.declared_span),)


FAMILIES = (OigReport("dhs-oig-report", is_dhs=True), OigReport("oig-report", is_dhs=False))
