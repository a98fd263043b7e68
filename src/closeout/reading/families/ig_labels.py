"""The labels that structure an inspector general's report: items, answers, analyses, headings."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from closeout.reading.families.ig_headings import headings


class Kind(Enum):
    """What begins at a label."""

    ITEM = "item"
    RESPONSE = "response"
    ANALYSIS = "analysis"
    HEADING = "heading"


class Label(NamedTuple):
    """A label, where it starts, where the words it introduces start, and the number it names."""

    kind: Kind
    start: int
    end: int
    number: str
    words: str


_OPENS = r"(?:^|(?<=\n)|(?<=[.?!”\"):] )|(?<=\f))[ \t]*(?:[•●▪]\s*)?"
_ITEM = re.compile(
    r"(?:Recommendation|RECOMMENDATION)[ \t]*(?:No\.|Number|NO\.|#"
    r"|No)?[ \t]*(?P<number>\d{1,3}(?:[.-]\d{1,2})?[A-Za-z]?)"
    r"(?P<close>[ \t]*(?:[:.)]|[–—-](?=[ \t]))|[ \t]*(?=\n)|(?=[ \t]+(?:We |That |OIG )))[ \t]*"
)
_BEFORE_ITEM = re.compile(r"(?:\A|[\n\f]|[.?!”\"):] )[ \t]*(?:[•●▪]\s*)?\Z")
_ANSWER = (
    r"(?:Responses?|RESPONSE|Comments?|COMMENTS?|Corrective Actions?(?: Planned)?|Management Decision"
    r"|Planned Actions?"
    r"|Actions? Taken|Views|Reply|Analysis|ANALYSIS|Evaluation|EVALUATION|Position|Assessment|Conclusion)"
)
_ABOUT = (
    r"(?:[ \t]+(?:to|on|of|regarding)[ \t]+(?:(?:the|OIG|our|this|[A-Z][\w.&’'/-]*)[ \t]+){0,5}"
    r"(?:[Rr]ecommendations?|[Rr]eport|[Cc]omments?|[Rr]esponse)(?:[ \t]*(?:No\."
    r"|#)?[ \t]*(?P<number>\d{1,3}[A-Za-z]?))?)?"
)
_REPLY = re.compile(
    _OPENS + r"(?P<words>(?P<who>(?:Summary of )?(?:[A-Z][\w.&/-]*[’']?s?[’']?[ \t]+(?:(?:and|of|the"
    r"|for)[ \t]+)?){0,6})(?P<kind>"
    + _ANSWER
    + r")(?: Summary)?"
    + _ABOUT
    + r")[ \t]*(?::|\.(?=[ \t]+[A-Z])|[–—](?=[ \t])|(?=\n))[ \t]*"
)
_AUDITOR = re.compile(
    r"\b(?:OIG|Auditors?|Our|Inspector General|Office of Audits?|Evaluation of|Evaluation|Analysis"
    r"|Assessment|TIGTA)\b",
    re.IGNORECASE,
)
_ANSWERS_OIG = re.compile(r"\bto (?:the )?(?:OIG|Office of Inspector General)\b")
_FLAT_HEAD = re.compile(
    r"(?<=[.?!”\"] )(?=(?:Management|Agency|Department(?:al)?) Comments and (?:OIG|Our) (?:Analysis"
    r"|Evaluation|Response)"
    r"|Appendix [A-Z0-9]|APPENDIX [A-Z0-9]|Objectives?, Scope,? and Methodology)"
)

_NEAR = 12
_LONG_LINE = 300
"""Characters a line has on average, at least, in a text that lost its line ends."""


def labels(text: str, start: int = 0, end: int | None = None) -> tuple[Label, ...]:
    """Return the labels of a report in order, headings only from the first item on.

    A reply's label that names neither side but judges ("Analysis") is the auditor's.
    """
    stop = len(text) if end is None else end
    items = [
        Label(
            Kind.ITEM, match.start(), match.end(), match["number"], text[match.start() : match.start("close")]
        )
        for match in _ITEM.finditer(text, start, stop)
        if _BEFORE_ITEM.search(text[max(0, match.start() - _NEAR) : match.start()])
    ]
    if not items:
        return ()
    first = items[0].start
    replies = [_reply(match) for match in _REPLY.finditer(text, first, stop)]
    heads = [
        Label(Kind.HEADING, head.start, head.end, "", head.words) for head in headings(text, first, stop)
    ]
    flat = [
        Label(Kind.HEADING, match.start(), match.start(), "", "")
        for match in (_FLAT_HEAD.finditer(text, first, stop) if _is_flat(text) else ())
    ]
    taken = {label.start for label in (*items, *replies)}
    heads = [head for head in heads if head.start not in taken]
    return tuple(sorted((*items, *replies, *heads, *flat), key=lambda label: label.start))


def _is_flat(text: str) -> bool:
    """Say whether the extractor ran the lines together."""
    return text.count("\n") * _LONG_LINE < len(text)


def _reply(match: re.Match[str]) -> Label:
    words = match["words"]
    judges = _AUDITOR.search(words) is not None and not _ANSWERS_OIG.search(words)
    is_head = "and OIG" in words or "and Our" in words or "Management Comments and" in words
    kind = Kind.HEADING if is_head else Kind.ANALYSIS if judges else Kind.RESPONSE
    return Label(
        kind, match.start("words"), match.end(), match["number"] or "", " ".join(match["who"].split())
    )
