"""News and other accounts of a report by somebody else: a secondary source, which never gives a status.

Its bullets repeat the report's demands without numbers. A date it claims for all of them stands on
each, so that joining can show where the report itself says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.reading.families.ig_demands import read_demands
from closeout.reading.families.ig_positions import position_statements, read_stances
from closeout.reading.families.ig_splits import Demand, split_list
from closeout.reading.model import DocumentReading, Position, Promise, Record, Statement, StatementKind
from closeout.reading.statements.counts import COUNT, parse_count
from closeout.reading.statements.narrative import read_narrative
from closeout.reading.statements.respondent import find_respondent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.reading.clean import CleanText

_DATELINE = re.compile(
    r"(?:^|\n)[ \t]*(?:[A-Z][A-Z.,’' ]{3,40}|[A-Z][a-z]+, [A-Z][a-z.]+)\s+(?:\([\w /]+\)\s+)?[–—-]{1,2}\s"
)
_SAYS = re.compile(
    r"\b(?:according to|(?:GAO|OIG|IG|report|officials?) said|the report (?:states?|said|says|found)"
    r"|(?:report|audit) released|new report"
    r"|watchdog|told reporters|in a statement|has just issued)\b",
    re.IGNORECASE,
)
_DEBRIS = re.compile(
    r"\b(?:Newsletter|Subscribe|Share this|Related (?:Posts|Articles|Stories)|Read more|Advertisement"
    r"|Terms of Use|Posted (?:on|by)|Comments)\b"
)
_AUDITOR = re.compile(r"\b(?:inspector general|OIG|Government Accountability Office|GAO)\b", re.IGNORECASE)
_MADE = re.compile(
    rf"\b(?:[Tt]he\s+)?(?:OIG|IG|GAO|[Ii]nspector [Gg]eneral|[Rr]eport|[Ww]atchdog"
    rf"|[Aa]uditors)\s+(?:\w+\s+)?(?:made|makes|issued|offered|included|includes)"
    rf"\s+(?:the following\s+)?(?P<count>{COUNT})\s+recommendations?(?:\s+to\s+[A-Z]{{2,}}"
    rf"(?:\s+management)?)?"
)
_LEAD = re.compile(r"\b(?:recommendations?\b[^.\n]{0,80}|recommended\b[^.\n]{0,80}):\s*(?=\n)", re.IGNORECASE)
_AUDITOR_SPEAKS = re.compile(r"[Ww](?<!\w[Ww])e (?:recommend|found|made|conducted|considered|determined)\b")
_FINDINGS = re.compile(
    r"\b(?P<word>agreed|concurred|disagreed)\s+with\s+(?:all\s+)?(?:the\s+|its\s+|these\s+)?"
    r"(?P<object>findings|report|conclusions|assessment)(?:\s+of\s+the\s+\w+)?"
)
_OFFICIAL = re.compile(r"^[ \t]*(?:MEMORANDUM|SUBJECT:|Table of Contents|Report Number)", re.MULTILINE)
_SITE = re.compile(r"\s+[|–—-]\s+")
_MOST_CHARACTERS = 20_000
_POSITIONS = {"agreed": Position.AGREE, "concurred": Position.CONCUR, "disagreed": Position.NON_CONCUR}


class News:
    """An article about one report of an auditor."""

    name = "news"

    def recognize(self, clean: CleanText) -> float:
        """Return certainty from a dateline, the voice of a reporter and the debris of a news page."""
        text = clean.text
        head = text[:1_500]
        if len(text) > _MOST_CHARACTERS or not _AUDITOR.search(text) or _OFFICIAL.search(text):
            return 0.0
        if _AUDITOR_SPEAKS.search(text):
            return 0.0
        signs = (
            bool(_DATELINE.search(head)) * 2 + min(3, len(_SAYS.findall(text))) + bool(_DEBRIS.search(text))
        )
        return 0.0 if signs < 3 else 0.65 + 0.05 * signs  # noqa: PLR2004

    def read(self, clean: CleanText) -> DocumentReading:
        """Return the demands the article repeats; statuses are left out whatever it says."""
        text = clean.text
        demands = _demands(text)
        made = _MADE.search(text)
        count = parse_count(made["count"]) if made else None
        span = clean.original(made.start(), made.end()) if made else None
        first = next((line.strip() for line in text.splitlines() if line.strip()), "")
        title = _SITE.split(clean.document.title)[0].strip() or first
        after = max((demand.end for demand in demands), default=0)
        promises = _promises_for_all(clean, after) if demands else ()
        stances = read_stances(text, after, len(text))
        statements = (*_on_findings(clean), *position_statements(clean, stances))
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title=title,
            is_secondary=True,
            declared_total=count,
            declared_span=span,
            complete=None if count is None else len(demands) >= count,
            records=tuple(_record(clean, demand, promises) for demand in demands),
            statements=statements,
        )


def _demands(text: str) -> tuple[Demand, ...]:
    """Return the bullets under a sentence that ends "recommendations …:", else plain sentences."""
    for lead in _LEAD.finditer(text):
        if items := split_list(text, lead.start(), len(text), (lead.start(), lead.end())):
            return items
    found = read_demands(text, 0, len(text))
    return tuple(demand for demand in found if demand.style != "sentence" or demand.end - demand.start > 60)  # noqa: PLR2004


def _record(clean: CleanText, demand: Demand, promises: Sequence[Promise]) -> Record:
    return Record(
        text=clean.words(demand.start, demand.end),
        text_span=clean.original(demand.start, demand.end),
        promises=tuple(promises),
    )


def _promises_for_all(clean: CleanText, start: int) -> tuple[Promise, ...]:
    """Return the completion dates the article gives for the changes as a whole, spanned at the date."""
    told = read_narrative(clean, start, len(clean.text))
    return tuple(replace(promise, span=promise.due.span or promise.span) for promise in told.promises)


def _on_findings(clean: CleanText) -> tuple[Statement, ...]:
    """Return agreement with findings, as a statement on the report: no position on any demand."""
    found = _FINDINGS.search(clean.text)
    if found is None:
        return ()
    who = find_respondent(clean.text, found.start())
    start = found.start() if who.start is None else who.start
    return (
        Statement(
            StatementKind.POSITION,
            clean.original(start, found.end()),
            clean.words(start, found.end()),
            value=_POSITIONS[found["word"]].value,
            printed=found["word"],
            by=who.name,
            scope=("findings",),
        ),
    )


FAMILY = News()
