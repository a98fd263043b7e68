"""The findings of a report: its headed sections, with the level its own table of contents gives them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from closeout.reading.dates import find_dates
from closeout.reading.families.ig_dates import located
from closeout.reading.families.ig_facts import NUMBER
from closeout.reading.families.ig_headings import Heading, headings, is_title
from closeout.reading.fold import fold_key, fold_space
from closeout.reading.model import Finding, ReportMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.reading.clean import CleanText

_RESULTS = re.compile(
    r"(?:^|\n)[ \t]*(?:Results? of (?:Inspection|Audit|Review|Evaluation|Special Review)s?|(?:Audit"
    r"|Inspection|Review|Evaluation) Results"
    r"|Findings?(?: and Recommendations?)?|Results|Audit Findings|Discussion)[ \t]*(?=\n)"
)
_END = re.compile(
    r"(?:^|\n)[ \t]*(?:Conclusions?|Recommendations?|RECOMMENDATIONS?|Management Comments[^\n]*"
    r"|Appendix(?: [A-Z0-9])?[^\n]*|APPENDIX[^\n]*"
    r"|Agency Comments[^\n]*)[ \t]*(?=\n)"
)
_CONTENTS = re.compile(r"\b(?:Table of Contents|TABLE OF CONTENTS|Contents)\b")
_CONTENTS_REACH = 5_000
_NO_FINDING = re.compile(
    r"^(?:Figure|Table|Source|Chart|Exhibit|Background|Recommendations?|Management Comments|OIG Analysis"
    r"|Appendix|Note|Photo|Conclusion"
    r"|Objective|Abbreviations|Contents|[\d.,$%\s]+$)|\bResponse\b|, [A-Z]{2}$"
)
_DATE = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\s+(?:\d{1,2},\s+)?(?:19|20)\d\d"
)
_CITED = re.compile(
    r"(?:^|\n|[Ss]ee )[ \t]*(?:\d{1,2}[ \t]+)?(?P<title>[A-Z][^\n;:]{14,160}?),[ \t]+(?:"
    r"(?P<number>[A-Z]{2,5}-\d\d-\d{2,4}(?:-[A-Z])?),?[ \t]+)?"
    r"(?:dated[ \t]+)?\Z"
)
_CITED_REACH = 190
_NO_REPORT = re.compile(r"(?:Public Law|Executive Order|Title \d|Section|Chapter|Source|Note)\b")
_LABELLED = re.compile(
    r"(?:^|\n)[ \t]*(?:Finding|FINDING)[ \t]+(?:No\.[ \t]*)?(?P<number>[A-Z]|\d{1,2})[ \t]*[:.–—-][ \t]+"
    r"(?P<words>[A-Z][^\n]{8,140}(?:\n[A-Z][^\n.]{3,80}(?=\n))?)"
)
_LEADER = re.compile(r"\.{3,}|(?: \.){3,}|\s\d{1,3}$")
_FEWEST_WORDS = 3


def read_findings(clean: CleanText) -> tuple[Finding, ...]:
    """Return the headed findings between the results heading and the conclusion.

    Those that the table of contents names are level 1, those it leaves out level 2; without a
    table of contents all are level 1. A heading on one line is spanned with its line feed.
    """
    text = clean.text
    labelled = tuple(_labelled(clean))
    opening = _RESULTS.search(text)
    if labelled or opening is None:
        return labelled
    ending = _END.search(text, opening.end())
    named = _contents(text, opening.start())
    return tuple(
        Finding(
            heading.words, clean.original(heading.start, _line_end(text, heading)), _level(heading, named)
        )
        for heading in headings(text, opening.end(), ending.start() if ending else len(text))
        if not _NO_FINDING.search(heading.words) and len(heading.words.split()) >= _FEWEST_WORDS
    )


def _labelled(clean: CleanText) -> Iterator[Finding]:
    """Yield the headings that call themselves findings ("Finding A: …"), once each."""
    text, seen = clean.text, set()
    for label in _LABELLED.finditer(text):
        if _LEADER.search(label["words"]) or fold_key(label["number"]) in seen:
            continue
        seen.add(fold_key(label["number"]))
        start, end = label.start("words"), label.end("words")
        yield Finding(clean.words(start, end), clean.original(start, end))


def cited_reports(clean: CleanText, own: str) -> tuple[ReportMention, ...]:
    """Return the earlier reports that footnotes cite by title and date, or the text by number."""
    text = clean.text
    found: dict[str, ReportMention] = {}
    for dated in _DATE.finditer(text):
        left = max(0, dated.start() - _CITED_REACH)
        cited = _CITED.search(text[left : dated.start()])
        title = fold_space(cited["title"]) if cited else ""
        if cited is None or NUMBER.search(title) or not is_title(title) or _NO_REPORT.match(title):
            continue
        if cited["number"] is None and text.count(cited["title"]) < 2:  # noqa: PLR2004
            continue
        issued = next(iter(find_dates(dated[0], dated.start())), None)
        found.setdefault(
            fold_key(title),
            ReportMention(
                title,
                clean.original(left + cited.start("title"), left + cited.end("title")),
                cited["number"] or "",
                issued=located(clean, issued) if issued else None,
                is_cited_only=True,
            ),
        )
    numbers = {mention.number for mention in found.values()} | {own, ""}
    series = own.split("-", maxsplit=1)[0]
    for match in (
        re.finditer(re.escape(series) + r"-\d\d-[\w-]*\d(?:-[A-Z])?\b", text) if series.isalpha() else ()
    ):
        if match[0] not in numbers:
            numbers.add(match[0])
            span = clean.original(match.start(), match.end())
            found[match[0]] = ReportMention("", number=match[0], number_span=span, is_cited_only=True)
    return tuple(found.values())


def _contents(text: str, stop: int) -> str:
    opening = _CONTENTS.search(text, 0, stop)
    if opening is None:
        return ""
    return fold_key(
        re.sub(r"[.·\s]{3,}\d*|\n+", " ", text[opening.end() : min(stop, opening.end() + _CONTENTS_REACH)])
    )


def _level(heading: Heading, named: str) -> int:
    return 1 if not named or fold_key(heading.words) in named else 2


def _line_end(text: str, heading: Heading) -> int:
    return (
        heading.end + 1 if heading.lines == 1 and text[heading.end : heading.end + 1] == "\n" else heading.end
    )
