"""The title of a report or memorandum."""

from __future__ import annotations

import re
from itertools import takewhile

from closeout.reading.dates import find_dates
from closeout.reading.families.ig_facts import Found
from closeout.reading.families.ig_headings import Heading, headings, is_title
from closeout.reading.fold import fold_space

_SUBJECT = re.compile(
    r"^[ \t]*(?:SUBJECT|Subject|RE|Re)[ \t]*:[ \t]*\n?\s*(?P<words>\S[^\n]*(?:\n(?![ \t]*\n)[^\n]+){0,5})",
    re.MULTILINE,
)
_SUBJECT_START = re.compile(
    r"^(?:Final (?:Audit |Evaluation |Inspection )?Report\s*[-–—:]\s*|Resolution of \S+,\s*)", re.IGNORECASE
)
_SUBJECT_END = re.compile(
    r"\s*(?:\((?:Audit|Project) #.*|(?:Final )?(?:Audit |Evaluation )?Report No\.? .*|\(?[A-Z]+-[\w-]+\d\)?)$"
)
_NO_TITLE = re.compile(
    r"^(?:UNCLASSIFIED|Finding\b.*|Append\w+\b.*|SENSITIVE.*|(?:The )?(?:U\.S\. )?(?:Department|Office"
    r"|Ministry|Agency"
    r"|Bureau"
    r"|Commission|Board|Administration)\b.*"
    r"|.*\b(?:Inspector General|INSPECTOR GENERAL|Commission|Highlights|HIGHLIGHTS)|(?:Final |Audit "
    r"|Evaluation |Inspection )*Report\b.*"
    r"|(?:TABLE OF )?CONTENTS|Table of Contents|At a Glance|AT A GLANCE|(?:Why|What|How) (?:We|OIG)\b.*"
    r"|Background|BACKGROUND|Results.*"
    r"|Reference Number.*|Recommendations?|Executive Summary|EXECUTIVE SUMMARY|Abbreviations|Memorandum"
    r"|MEMORANDUM.*|\W*)$"
)
_COVER = 2_500
_FEWEST_WORDS = 2
_CONTENTS = re.compile(
    r"TABLE OF CONTENTS|Table of Contents|MEMORANDUM|EXECUTIVE SUMMARY|Executive Summary|At a Glance"
)


def subject(text: str) -> Found | None:
    """Return the subject line of a memorandum, without report numbers before or after the title."""
    match = _SUBJECT.search(text[:8_000])
    if match is None:
        return None
    lines = match["words"].split("\n")
    more = takewhile(is_title, lines[1:])
    words = fold_space(" ".join([lines[0], *more]))
    words = _SUBJECT_END.sub("", _SUBJECT_START.sub("", words)).strip(" ,")
    return Found(words, match.start("words"), match.end("words")) if words else None


def cover_title(text: str) -> Found | None:
    """Return the first title-like lines of the cover that name no office, no number and no section."""
    stop = _CONTENTS.search(text, 0, _COVER)
    for heading in headings(text, 0, stop.start() if stop else min(len(text), _COVER)):
        found = _own_lines(text, heading)
        if found and len(_without_dates(found.words).split()) >= _FEWEST_WORDS:
            return found
    return None


def _without_dates(words: str) -> str:
    for date in find_dates(words):
        words = words.replace(date.printed, "")
    return words


def _own_lines(text: str, heading: Heading) -> Found | None:
    """Return the lines of a heading without those that name the office."""
    lines, at = [], heading.start
    for line in text[heading.start : heading.end].split("\n"):
        if not _NO_TITLE.match(line.strip()):
            lines.append((at + len(line) - len(line.lstrip()), at + len(line.rstrip())))
        at += len(line) + 1
    if not lines:
        return None
    return Found(fold_space(text[lines[0][0] : lines[-1][1]]), lines[0][0], lines[-1][1])
