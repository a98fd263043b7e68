"""Yearly lists of audit or evaluation reports: one block per report with its demand and the answer.

A block has a title, report numbers with dates, an amount, a labelled "Recommendation(s):" paragraph
(or a sentence or bullets in its place) and "Management Response:".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from closeout.reading.dates import FuzzyDate, find_dates
from closeout.reading.families.ig_dates import located
from closeout.reading.families.ig_demands import read_demands
from closeout.reading.families.ig_facts import issuer
from closeout.reading.families.ig_rows import is_cut_off
from closeout.reading.families.ig_sentences import trim
from closeout.reading.families.ig_splits import Demand
from closeout.reading.model import DocumentReading, Money, Problem, Record, ReportMention
from closeout.reading.statements.counts import parse_count
from closeout.reading.statements.narrative import Narrative, read_narrative

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText

_HEAD = re.compile(
    r"(?:^|\n)[ \t]*(?:Audit "
    r"|Evaluation )?Report(?: Number)?(?: Report)?[ \t]+#?(?P<number>[A-Z]?-?\d{2,4}-\d{2,4}),[ \t]+"
    r"(?P<date>\d{1,2}/\d{1,2}/\d{4}|[A-Z][a-z]+ \d{1,2}, \d{4})(?P<rest>[^\n]*)"
)
_AMOUNT = re.compile(r"(?:^|\n)[ \t]*Identified Costs[^:\n]*:[ \t]*(?P<amount>\$[\d,]+|N/A)")
_DEMAND = re.compile(r"(?:^|\n)[^\S\n]*(?:[^\w\s][^\S\n]+)?Recommendations?:[ \t]*")
_ANSWER = re.compile(
    r"(?:^|\n)[^\S\n]*(?:[^\w\s][^\S\n]+)?(?P<label>Management Response|OIG Comment|Agency Response)s?:[ \t]*"
)
_COUNTED = re.compile(r"\bmade (?P<count>\w+) recommendations\b")
_FEWEST = 2


class _Block(NamedTuple):
    """A report's part of the list, in the clean text."""

    heads: tuple[re.Match[str], ...]
    title: tuple[int, int]
    start: int
    end: int


class OigSummaryList:
    """Blocks that open with report numbers and dates."""

    name = "oig-summary-list"

    def recognize(self, clean: CleanText) -> float:
        """Return certainty when several numbered, dated blocks have management's response."""
        text = clean.text
        return 0.9 if "Management Response:" in text and len(list(_HEAD.finditer(text))) >= _FEWEST else 0.0

    def read(self, clean: CleanText) -> DocumentReading:
        """Return the records of each block, with its amount and the answer to it."""
        text = clean.text
        blocks = _blocks(text)
        title = next((line.strip() for line in text.splitlines() if line.strip()), "")
        fiscal = next(iter(find_dates(title)), None)
        return DocumentReading(
            document=clean.document,
            family=self.name,
            title=title,
            issuer=issuer(clean.document.text),
            report_date=located(clean, fiscal, text.index(title)) if fiscal else None,
            reports=tuple(mention for block in blocks for mention in _mentions(clean, block)),
            records=tuple(record for block in blocks for record in _records(clean, block)),
        )


def _blocks(text: str) -> list[_Block]:
    """Return the blocks; heads on lines next to each other share one."""
    groups: list[list[re.Match[str]]] = []
    for head in _HEAD.finditer(text):
        if groups and not text[groups[-1][-1].end() : head.start()].strip():
            groups[-1].append(head)
        else:
            groups.append([head])
    if not groups:
        return []
    opening = trim(text, 0, len(text))[0]
    first_line = text.find("\n", opening) if "\n" in text[opening:] else opening
    titles = [_title(text, group[0].start(), first_line) for group in groups]
    ends = [*(first for first, _ in titles[1:]), len(text)]
    return [
        _Block(tuple(group), title, group[-1].end(), end)
        for group, title, end in zip(groups, titles, ends, strict=True)
    ]


def _title(text: str, at: int, first_line: int) -> tuple[int, int]:
    """Return the lines that stand together above a block's first head, the list's own title left out."""
    last = trim(text, 0, at)[1]
    blank = max(text.rfind("\n\n", 0, last), text.rfind("\n \n", 0, last), text.rfind(".\n", 0, last))
    return trim(text, max(blank + 1, first_line), last)


def _mentions(clean: CleanText, block: _Block) -> tuple[ReportMention, ...]:
    counted = _COUNTED.search(clean.text, block.start, block.end)
    return tuple(
        ReportMention(
            clean.words(*block.title),
            clean.original(*block.title),
            head["number"],
            clean.original(head.start("number"), head.end("number")),
            issued=_date(clean, head),
            declared_count=parse_count(counted["count"]) if counted else None,
            declared_span=clean.original(counted.start(), counted.end()) if counted else None,
        )
        for head in block.heads
    )


def _date(clean: CleanText, head: re.Match[str]) -> FuzzyDate | None:
    found = find_dates(head["date"])
    return located(clean, found[0], head.start("date")) if found else None


def _records(clean: CleanText, block: _Block) -> list[Record]:
    text = clean.text
    answer = _ANSWER.search(text, block.start, block.end)
    stop = answer.start() if answer else block.end
    told = Narrative()
    if answer:
        told = read_narrative(
            clean,
            answer.start("label"),
            trim(text, answer.end(), block.end)[1],
            agency="Management",
            is_answer=True,
        )
    return [_record(clean, block, demand, told, answer) for demand in _block_demands(text, block, stop)]


def _block_demands(text: str, block: _Block, stop: int) -> tuple[Demand, ...]:
    """Return the labelled paragraph, else what the prose says the office recommends."""
    label = _DEMAND.search(text, block.start, stop)
    if label is None:
        return read_demands(text, block.start, stop)
    start, end = trim(text, label.end(), stop)
    return (Demand(start, end),) if start < end else ()


def _record(
    clean: CleanText, block: _Block, demand: Demand, told: Narrative, answer: re.Match[str] | None
) -> Record:
    start, end = demand.start, demand.end
    last = trim(clean.text, answer.end(), block.end)[1] if answer else 0
    span = clean.original(answer.start("label"), last) if answer else None
    return Record(
        text=clean.words(start, end),
        text_span=clean.original(start, end),
        report_title=clean.words(*block.title),
        report_number=" and ".join(head["number"] for head in block.heads),
        number=demand.number or None,
        position_printed=told.position_printed,
        position=told.position,
        position_span=told.position_span,
        position_by=told.position_by,
        narrative_span=span,
        response_span=span,
        statements=told.statements,
        promises=told.promises,
        money=_money(clean, block),
        is_truncated=is_cut_off(clean, start, end),
        doubts=(*told.doubts, *_doubts(clean, block)),
    )


def _money(clean: CleanText, block: _Block) -> tuple[Money, ...]:
    found = _AMOUNT.search(clean.text, block.start, block.end)
    if found is None or not found["amount"].startswith("$"):
        return ()
    span = clean.original(found.start("amount"), found.end("amount"))
    return (Money("identified", int(re.sub(r"\D", "", found["amount"])), span),)


def _doubts(clean: CleanText, block: _Block) -> tuple[Problem, ...]:
    """Flag report numbers that are not formed as the others are ("211-205")."""
    text = clean.text
    return tuple(
        Problem(
            "irregular-number",
            f"The report number {head['number']} is not formed like the others.",
            clean.original(head.start("number"), head.end("number")),
        )
        for head in block.heads
        if not re.fullmatch(r"\d{3}-\d{4}|[A-Z]-\d\d-\d\d", head["number"])
        or "#" in text[head.start() : head.start("number")]
    )


FAMILY = OigSummaryList()
