"""HHS OIG's report pages: a summary that names the demands and who concurred with which.

Evaluations print sections ("WHAT WE RECOMMEND"), audits an executive summary. A page may declare
more recommendations than it words, or say that it makes none.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.reading.families.ig_agency import addressee, agency, fuller, named
from closeout.reading.families.ig_dates import report_date
from closeout.reading.families.ig_demands import read_demands
from closeout.reading.families.ig_facts import NUMBER, Found, office
from closeout.reading.families.ig_positions import Stance, assign, position_statements, read_stances
from closeout.reading.families.ig_rows import is_cut_off
from closeout.reading.families.ig_sentences import sentence_end
from closeout.reading.families.ig_splits import Demand
from closeout.reading.fold import fold_space
from closeout.reading.model import (
    DocumentReading,
    RecommendationKind,
    Record,
    ReportMention,
)
from closeout.reading.statements.counts import parse_count

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText

_RECOMMEND = re.compile(
    r"(?:^|\n)[ \t]*(?:WHAT (?:WE|OIG) RECOMMENDS?(?:ED)?|What (?:We|OIG) Recommends?(?:ed)?"
    r"|RECOMMENDATIONS?)\b[^\n]{0,60}\n"
)
_SECTION = re.compile(
    r"(?:^|\n)[ \t]*(?:WH(?:Y|AT)|HOW)\s+(?:WE|OIG)\s+[A-Z ]{3,40}[ \t]*(?=\n)|\n[ \t]*(?:Why|How"
    r"|What) OIG [A-Z][a-z]+[^\n]{0,40}(?=\n)"
)
_FOUND = re.compile(r"(?:^|\n)[ \t]*(?:WHAT (?:WE|OIG) FOUND|What (?:We|OIG) Found)[ \t]*\n")
_SUMMARY = re.compile(
    r"(?:^|\n)[ \t]*(?:EXECUTIVE SUMMARY|Executive Summary|Summary|SUMMARY)[ \t]*:?[ \t]*\n"
)
_FOOT = re.compile(
    r"\n[ \t]*(?:Copies can also be obtained|Download the\b|Search Categories|Related Content"
    r"|Share this Report|Complete Report|Notice\b)"
)
_PROSE = re.compile(r"[^\n]{160}|\n[^\n]{60,}\n[^\n]{60,}\n|\n[^\n]{40,}?\. [A-Z][^\n]{30}")
"""Running prose: one long line, two of full width, or one with two sentences."""
_NONE = re.compile(
    r"\b(?:we (?:make|made|are making|have) no|contains? no|does not (?:contain|make|include)(?: any)?"
    r"|did not (?:make|have) any"
    r"|(?:makes|offers|offered) no|no)(?: \w+)? recommendations\b",
    re.IGNORECASE,
)
_DECLARED = re.compile(
    r"\b(?:made|make|makes|our|offers?|offered|includes?) (?P<count>\w+)(?: \w+)? recommendations\b"
    r"|\b(?:all|of (?:the|our)) (?P<all>\w+)(?: of our)? recommendations\b",
    re.IGNORECASE,
)
_REMAINING = re.compile(
    r"[Ff]or the (?:remaining|other|\w+) recommendation, (?P<text>to [^.]+?), (?=[A-Z][\w ]{0,30}? (?:did"
    r"|does|neither|non|stated))"
)
_REITERATE = re.compile(r"\bwe (?:continue to recommend|reiterate)\b", re.IGNORECASE)


class HhsPage:
    """Pages with an OEI or OAS report number near the top."""

    def __init__(self, name: str, number: re.Pattern[str]) -> None:
        """Make the family of pages whose numbers have a given form."""
        self.name = name
        self._number = number

    def recognize(self, clean: CleanText) -> float:
        """Return certainty when number, date and the site's own words stand near the top."""
        head = clean.text[:2_500]
        if not self._number.search(head) or len(clean.text) > 16_000:  # noqa: PLR2004 - a page, no report
            return 0.0
        signs = sum(
            sign in clean.text
            for sign in (
                "Office of Public Affairs",
                "Reports & Publications",
                "EXECUTIVE SUMMARY",
                "Summary",
                "HHS/OIG",
                "WE FOUND",
                "complete report",
                "Complete Report",
            )
        )
        return 0.9 if signs > 1 else 0.6 if signs else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return one record per demand the summary words."""
        text = clean.text
        start, end = _region(text)
        demands = _demands(text, start, end)
        numbers = [demand.number for demand in demands]
        declared = _declared(text, start, end)
        total = declared[0] if declared and declared[0] >= len(demands) else None
        stances = read_stances(text, start, end)
        chosen = assign(stances, numbers) if total in {None, len(demands)} else {}
        number = _own_number(text, self._number)
        own = number.words if number else ""
        title, date = _title(clean, number), report_date(clean)
        records = tuple(
            _record(clean, demand, chosen.get(index) or _beside(text, demand, end))
            for index, demand in enumerate(demands)
        )
        declared_count = (
            declared[0] if declared else (0 if not demands and _NONE.search(text, start, end) else None)
        )
        span = clean.original(declared[1], declared[2]) if declared else None
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title=title,
            issuer=office(clean, "HHS OIG"),
            report_number=own,
            report_date=date,
            declared_total=declared_count,
            declared_span=span,
            complete=None if declared_count is None else len(records) >= declared_count,
            reports=(
                ReportMention(
                    title,
                    number=own,
                    issuer=office(clean, "HHS OIG"),
                    issued=date,
                    declared_count=declared_count,
                    declared_span=span,
                ),
            ),
            records=tuple(replace(record, report_title=title, report_number=own) for record in records),
            statements=position_statements(clean, stances),
        )


def _region(text: str) -> tuple[int, int]:
    """Return the part of a page that holds its demands: that section, or the summary.

    Without that section, the ones that say why and how a study was made are left out: what they
    recommend was recommended before.
    """
    section = _last(_RECOMMEND, text)
    summary = _FOUND.search(text) or _SUMMARY.search(text)
    opening = section or summary
    start = opening.end() if opening else 0
    following = _SECTION.search(text, start) if section else None
    prose = _PROSE.search(text, start)
    foot = _FOOT.search(text, prose.start() if prose else start)
    return start, min(mark.start() if mark else len(text) for mark in (following, foot))


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)


def _demands(text: str, start: int, end: int) -> tuple[Demand, ...]:
    none = _NONE.search(text, start, end)
    found = read_demands(text, start, end)
    if none:
        stop = sentence_end(text, none.start(), end)
        return tuple(demand for demand in found if none.end() <= demand.lead[0] < stop)
    rest = _REMAINING.search(text, start, end)
    if found or rest is None:
        return found
    first = rest.start("text") + len("to ")
    return (Demand(first, rest.end("text"), "", (rest.start(), rest.end())),)


def _declared(text: str, start: int, end: int) -> tuple[int, int, int] | None:
    for found in _DECLARED.finditer(text, start, end):
        count = parse_count(found["count"] or found["all"])
        if count:
            return count, found.start(), found.end()
    return None


def _record(clean: CleanText, demand: Demand, stance: Stance | None) -> Record:
    who = (
        addressee(clean.words(demand.lead[0], max(demand.start, demand.lead[1] + 200)))
        if demand.lead[1]
        else ""
    )
    text_end = demand.end
    by = stance.by if stance else ""
    return Record(
        text=clean.words(demand.start, text_end),
        text_span=clean.original(demand.start, text_end),
        number=demand.number or None,
        kind=RecommendationKind.REITERATED if demand.is_again else RecommendationKind.RECOMMENDATION,
        agency=fuller(agency(who), by) or named(by),
        addressee=who,
        position_printed=stance.printed if stance else None,
        position=stance.position if stance else None,
        position_span=clean.original(stance.start, stance.end) if stance else None,
        position_by=by,
        is_truncated=is_cut_off(clean, demand.start, demand.end) and not _is_closed(clean.text, demand.end),
    )


def _beside(text: str, demand: Demand, end: int) -> Stance | None:
    """Return the position stated in the sentence of a demand that the page words only there."""
    if demand.lead[1] < demand.end or not text[demand.lead[0] : demand.lead[1]].lower().startswith("for the"):
        return None
    stop = sentence_end(text, demand.lead[0], end)
    return next(iter(read_stances(text, demand.end, stop)), None)


def _is_closed(text: str, end: int) -> bool:
    return text[end : end + 1] in {".", ";", ","}


def _own_number(text: str, form: re.Pattern[str]) -> Found | None:
    found = form.search(text[:2_500]) or NUMBER.search(text[:2_500])
    return Found(found[0], found.start(), found.end()) if found else None


def _title(clean: CleanText, number: Found | None) -> str:
    """Return the page's title: the line after the date, or the quoted words before the number."""
    text = clean.text[:3_000]
    quoted = re.search(r"[\"“](?P<title>[^\"”]{8,300}?),?[\"”],?\s*\(", text)
    if quoted:
        return fold_space(quoted["title"]).rstrip(",")
    dated = re.search(r"\n[ \t]*\d{1,2}-\d{1,2}-\d{4}[ \t]*\n\s*(?P<title>[^\n]{8,300})\n", text)
    if dated and "Report (" not in dated["title"]:
        return fold_space(dated["title"])
    first = next((line for line in text.splitlines() if line.strip()), "")
    return (
        fold_space(re.sub(r"\s*(?:Report\s*)?\((?:OEI|A)-[^)]*\).*$", "", first))
        if number
        else fold_space(first)
    )


FAMILIES = (
    HhsPage("hhs-oig-page", re.compile(r"\bOEI-\d\d-\d\d-\d{5}\b")),
    HhsPage("hhs-oas-page", re.compile(r"\bA-\d\d-\d\d-\d{5}\b")),
)
