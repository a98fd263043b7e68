"""GAO reports as text: from PDF, from markdown, or from GAO's own accessible files."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.reading.families.gao_addressees import find_addressee
from closeout.reading.families.gao_answers import read_answers, with_answers
from closeout.reading.families.gao_counts import Count, answered_count, declared_count
from closeout.reading.families.gao_demands import read_demands, read_led
from closeout.reading.families.gao_frontmatter import FrontMatter, has_labels, read_front_matter
from closeout.reading.families.gao_labels import ISSUER
from closeout.reading.families.gao_pagenotes import without_notes
from closeout.reading.families.gao_passages import Passage, find_passages, headings, passage_after
from closeout.reading.model import DocumentReading, Problem, RecommendationKind, Record, ReportMention, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.reading.clean import CleanText
    from closeout.reading.families.gao_answers import Answers
    from closeout.reading.families.gao_demands import Demand

_SIGNS = ("Government Accountability Office", "General Accounting Office", "GAO")
_BODY_SIGNS = (
    "We provided a draft", "We are sending copies", "Scope, and Methodology", "Scope and Methodology",
    "GAO’s Mission", "GAO's Mission", "Why GAO Did This Study", "Highlights of GAO", "Executive Action",
)  # fmt: skip
_OWN = re.compile(r"\b[Ww]e\s+(?:(?:are|also|therefore|further)\s+){0,3}$")
_HEAD = 6_000
_LONG = 7_000


class _Report:
    """Reads full GAO reports."""

    name = "gao-report"

    def recognize(self, clean: CleanText) -> float:
        """Return 0.85 for a long text with a GAO number and a report's fixed words, 0 otherwise."""
        text = clean.text
        head = text[:_HEAD]
        if not any(sign in head for sign in _SIGNS) or not read_front_matter(clean).number:
            return 0.0
        if next(headings(text), None) is not None and len(text) > _LONG:
            return 0.85
        signs = sum(sign in text for sign in _BODY_SIGNS)
        if len(text) <= _LONG:
            return 0.0
        return 0.8 if signs > 1 else 0.6 * has_labels(clean)

    def read(self, clean: CleanText) -> DocumentReading:
        """Return the report's own recommendations with the answers the agency gave to the draft."""
        front = read_front_matter(clean)
        passage, demands = _find_demands(clean)
        count = _count(clean.text, passage, demands)
        answers = read_answers(clean, passage)
        report = _mention(clean, front, count, answers)
        records = [_record(clean, demand, report, passage) for demand in demands]
        records = with_answers(clean, _same_office(records), answers)
        shown = sum(record.kind is RecommendationKind.RECOMMENDATION for record in records)
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title=report.title,
            issuer=ISSUER,
            report_number=report.number,
            report_date=report.issued or report.publicly_released,
            declared_total=count.value if count else None,
            declared_span=report.declared_span,
            complete=None if count is None else shown >= count.value,
            reports=(report,),
            records=tuple(records),
            statements=answers.statements,
            problems=_problems(shown, count, report.declared_span),
        )


def _find_demands(clean: CleanText) -> tuple[Passage | None, list[Demand]]:
    """Return the passage with the most demands and the demands; of equals the likeliest passage."""
    text = clean.text
    best: tuple[Passage | None, list[Demand]] = (None, [])
    for passage in find_passages(text):
        stated = declared_count(text, passage.start, passage.end)
        prose = without_notes(clean, passage.start, passage.end)
        demands = read_demands(prose, passage, stated.value if stated else None)
        if len(demands) > len(best[1]) or best[0] is None:
            best = (passage, demands)
    if not best[1]:
        demands = _in_letter(text)
        return best[0] or _around(text, demands), demands
    return best


def _in_letter(text: str) -> list[Demand]:
    """Return the demands of a report without a section for them: where it says "we recommend" itself."""
    for words in ("recommending that", "recommend that", "recommend the"):
        at = text.find(words)
        while at >= 0:
            if _OWN.search(text, max(0, at - 40), at) and (found := _led_around(text, at)):
                return found
            at = text.find(words, at + 1)
    return []


def _led_around(text: str, at: int) -> list[Demand]:
    demands = read_led(text, max(0, at - 600), min(len(text), at + 4_000), 1)
    return [demand for demand in demands if demand.start <= at < demand.end][:1]


def _around(text: str, demands: Sequence[Demand]) -> Passage | None:
    """Return a passage that ends at the comments on the draft behind the demands."""
    if not demands:
        return None
    return passage_after(text, demands[0].start)


def _count(text: str, passage: Passage | None, demands: Sequence[Demand]) -> Count | None:
    """Return how many recommendations the report says it makes, its section first, then its highlights."""
    if passage:
        stated = declared_count(text, passage.start, passage.end) or declared_count(text, 0, passage.start)
    else:
        stated = declared_count(text)
    if stated is None and passage:
        stated = answered_count(text, passage.end, passage.comments_end)
    if stated is None and passage and passage.is_singular and passage.heading and len(demands) == 1:
        return Count(1, *passage.heading)
    return stated


def _mention(clean: CleanText, front: FrontMatter, count: Count | None, answers: Answers) -> ReportMention:
    return ReportMention(
        title=front.title,
        title_span=front.title_span,
        number=front.number,
        number_span=front.number_span,
        issuer=ISSUER,
        kind="report",
        issued=front.issued,
        publicly_released=front.released,
        declared_count=count.value if count else None,
        declared_span=clean.original(count.start, count.end) if count else None,
        position=answers.position,
        position_span=answers.position_span,
    )


def _record(clean: CleanText, demand: Demand, report: ReportMention, passage: Passage | None) -> Record:
    text = " ".join(clean.words(*part) for part in demand.parts)
    record = Record(
        text=text,
        text_span=clean.original(demand.start, demand.end),
        report_title=report.title,
        report_number=report.number,
        number=demand.number,
        kind=RecommendationKind.MATTER if demand.is_matter else RecommendationKind.RECOMMENDATION,
        agency="Congress" if demand.is_matter else "",
    )
    if demand.is_matter:
        return replace(record, addressee="Congress")
    return _addressed(clean, record, demand, passage)


def _addressed(clean: CleanText, record: Record, demand: Demand, passage: Passage | None) -> Record:
    said = record.text or ""
    found = find_addressee(said, clean.text) or (
        find_addressee(demand.lead, clean.text) if demand.lead else None
    )
    if found is None:
        return record
    introduced = _introduced(clean.text, passage, demand)
    is_rank = found.official.startswith(("Assistant", "Under", "Deputy", "Director for", "Chief"))
    agency = introduced if introduced and (is_rank or not found.agency) else found.agency
    return replace(record, addressee=found.official, agency=agency)


def _same_office(records: Sequence[Record]) -> list[Record]:
    """Return the records, "the Director" alone taken for the one named before."""
    named: list[Record] = []
    for record in records:
        before = next((other for other in reversed(named) if other.agency and other.addressee), None)
        is_alone = not record.agency and record.kind is RecommendationKind.RECOMMENDATION
        if is_alone and before and (not record.addressee or record.addressee in before.addressee):
            named.append(
                replace(record, agency=before.agency, addressee=record.addressee or before.addressee)
            )
        else:
            named.append(record)
    return named


_TO_WHOM = re.compile(
    r"\brecommendations?\s+to\s+(?:the\s+)?(?P<body>[A-Z][\w&’'.-]*(?:\s+(?:of|and|the|for"
    r"|[A-Z][\w&’'.-]*))*)\s*[:(,]"
)


def _introduced(text: str, passage: Passage | None, demand: Demand) -> str:
    """Return the body that the sentence over the list names, the nearest before the demand."""
    if passage is None:
        return ""
    hits = list(_TO_WHOM.finditer(text, passage.start, max(passage.start, demand.start)))
    return " ".join(hits[-1]["body"].split()) if hits else ""


def _problems(shown: int, count: Count | None, span: Span | None) -> tuple[Problem, ...]:
    if count is None or shown == count.value:
        return ()
    message = f"The report says it makes {count.value} recommendations; {shown} were found. Compare with it."
    return (Problem("count-mismatch", message, span),)


FAMILY = _Report()
