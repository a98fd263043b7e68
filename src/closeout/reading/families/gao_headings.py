"""What stands at the head of a GAO product: title, number, dates."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.reading.dates import find_dates

if TYPE_CHECKING:
    from closeout.reading.clean import CleanText
    from closeout.reading.dates import FuzzyDate

NUMBER = re.compile(
    r"\b(?:GAO[-/](?:[A-Z]{2,5}[-/])?\d{2}-\d{1,6}[A-Z]{0,3}(?:-[A-Z]{1,3})?"
    r"|(?:T-)?(?:AFMD|AIMD|CED|CPD|EMD|FGMSD|FPCD|GGD|HEHS|HR|HRD|ID|IMTEC|LCD|MASAD|MWD|NSIAD|OCE|OCG|OGC|OP"
    r"|OSI|PAD|PART|PEMD|PLRD|PSAD|RCED)-\d{2}-\d{1,4}[A-Z]{0,3})\b"
)
"""Numbers of GAO products, today's (`GAO-26-107592`) and those of its old divisions (`AFMD-92-16`)."""


def first_date(clean: CleanText, start: int, end: int) -> FuzzyDate | None:
    """Return the first date in `clean.text[start:end]`, its span counting in the document."""
    for found in find_dates(clean.text[start:end], start):
        span = clean.original(found.span.start, found.span.end) if found.span else None
        return replace(found, span=span)
    return None


_PUBLISHED = re.compile(r"\bpublished:?\s*", re.IGNORECASE)
_RELEASED = re.compile(r"\bpublicly released:?\s*", re.IGNORECASE)
_DATE_REACH = 20
_LONGEST_TITLE = 260
_SHORTEST_PROSE = 80
_UI = re.compile(
    r"skip to .*|jump to:?|home|breadcrumb|main navigation|menu|share|print|download.*|\d+\.? (?:home"
    r"|reports.*)"
    r"|reports (?:&|and) testimonies|share (?:this|on|with).*|u\.s\. government accountability office.*"
    r"|gao logo|[•·▪‣*-]\s.{1,40}|home(?:\s*[|>»/].*)?",
    re.IGNORECASE,
)
_SITE = re.compile(r"\s+[|–—-]\s+")
_SHORTEST_TITLE = 16


def _is_prose(line: str) -> bool:
    return len(line) > _LONGEST_TITLE or (line.endswith(".") and len(line) > _SHORTEST_PROSE)


def head_dates(clean: CleanText, end: int) -> tuple[FuzzyDate | None, FuzzyDate | None]:
    """Return the dates labelled `Published:` and `Publicly Released:` before `end`."""
    dates = []
    for label in (_PUBLISHED, _RELEASED):
        hit = label.search(clean.text, 0, end)
        reach = min(hit.end() + _DATE_REACH, len(clean.text)) if hit else 0
        dates.append(first_date(clean, hit.end(), reach) if hit else None)
    return dates[0], dates[1]


def title_range(text: str, end: int, *, has_number: bool, known: str = "") -> tuple[int, int]:
    """Return where a page's title stands, navigation words left out.

    Args:
        text: The page's text.
        end: Where the title must have ended: at the product number where one is printed.
        has_number: Whether a number ends the title; if so the title may run over several lines.
        known: The title that the file itself states, the site's name before or behind it.

    """
    for part in _without_site(known):
        stated = re.search(r"\s+".join(map(re.escape, part.split())), text[:end])
        if stated:
            return stated.span()
    return _scanned_title(text, end, has_number=has_number)


def _without_site(known: str) -> list[str]:
    """Return what of a file's title may be the page's own, the longest first."""
    gaps = list(_SITE.finditer(known))
    starts = [0, *(gap.end() for gap in gaps)]
    ends = [*(gap.start() for gap in gaps), len(known)]
    parts = {known[start:end] for start in starts for end in ends if end - start >= _SHORTEST_TITLE}
    return sorted(parts, key=len, reverse=True)


def _scanned_title(text: str, end: int, *, has_number: bool) -> tuple[int, int]:
    at, start, stop = 0, -1, -1
    for line in text[:end].splitlines(keepends=True):
        said = line.strip(" \t\r\n#*")
        left = at + line.find(said) if said else at
        at += len(line)
        if not said or (start < 0 and _UI.fullmatch(said)):
            continue
        if (start >= 0 and _UI.fullmatch(said)) or (start < 0 and _is_prose(said)):
            break
        start = left if start < 0 else start
        stop = left + len(said)
        if not has_number and not said.endswith(":"):
            break
    return (start, stop) if start >= 0 else (0, 0)
