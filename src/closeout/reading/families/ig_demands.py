"""Demands in running prose: what stands after "we recommend", however it is laid out.

One lead-in ("We recommend that the Director:") may carry a list (`ig_splits`) or one plain
sentence. A lead-in that speaks of another report's demands carries none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from closeout.reading.families.ig_sentences import paragraph_end, sentence_end, trim
from closeout.reading.families.ig_splits import Demand, split_list

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAD = re.compile(
    r"\b(?:we|(?:the )?(?:\w+ ){0,2}OIG|(?:the|our|this) (?:final )?(?:report|review|audit|evaluation"
    r"|memorandum)"
    r"|(?:the )?(?:inspector general|auditors?|inspectors)|\w+ & \w+(?:, LLP| LLP)?|KPMG(?: LLP)?)\s+"
    r"(?:(?:also|therefore|further|again|additionally|hereby|thus|accordingly|then|both|has|have|had"
    r"|continues? to)\s+){0,2}"
    r"(?:recommend(?:s|ed|ing)?|recommendations? (?:included?|are|were|focused on)"
    r"|reiterates?(?: (?:the|our|this) recommendations?)?)\b",
    re.IGNORECASE,
)
_SHOULD = re.compile(r"\b[A-Z][\w&. ]{1,60}? should:?\s+(?=\(1\))")
_SERIES = re.compile(r"\bmade \w+ recommendations?[^.]{0,160}\.\s+(?=First,)", re.IGNORECASE)
_PRIOR = re.compile(
    r"\b(?:prior|previous(?:ly)?|earlier|(?:that|an?|the|our) (?:19|20)\d\d (?:OIG )?(?:report|review|audit)"
    r"|in (?:\w+ )?(?:19|20)\d\d,?|in (?:report )?[A-Z]{2,5}-\d\d-\d+,?|in that (?:report|review))\b",
    re.IGNORECASE,
)
_NO_LEAD = re.compile(r"\b(?:no|not|without|any|whether|that|what|why|how|as)\s*$", re.IGNORECASE)
_AGAIN = re.compile(r"reiterate|continue", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\s*(?:At a minimum|At minimum|In particular|Specifically|In addition|Further(?:more)?|Th(?:is|at|ese"
    r"|ose)|Such|It"
    r"|The \w+(?: \w+)?)\b[^.]{0,60}?\bshould\b"
)
_DEMAND = re.compile(
    r"(?:,[^,]{0,160},\s*)?(?:that|the|an?|[A-Z][\w.&’'/-]*|(?:re)?establishing|disallowance|recovery"
    r"|adding|focusing|how|improving|developing|adopting)\b"
)
_OPENER = re.compile(
    r"(?:To|In order to|Therefore|As a result|Accordingly|Based on|For this|Because|Finally|Lastly"
    r"|Consequently|Thus|First"
    r"|Second|Third|In addition|Additionally)\b"
)
_COUNTS_THEM = re.compile(r"recommendations\s+(?:are|were)\b|made \w+ recommendations?", re.IGNORECASE)
_FEWEST_WORDS = 4
_BEFORE = 300


@lru_cache(maxsize=8)
def read_demands(text: str, start: int, end: int) -> tuple[Demand, ...]:
    """Return the demands in `text[start:end]`, in order.

    Args:
        text: The clean text.
        start: Where to begin.
        end: Where to stop.

    Returns:
        Each demand once; none where the text only speaks of recommending. The answer is kept, as
        several families ask it of the same text to tell whether it is theirs.

    """
    found: list[Demand] = []
    at = start
    for lead in _leads(text, start, end):
        if lead[0] < at:
            continue
        demands = split_list(text, lead[1], end, lead) or _plain_sentence(text, lead, end)
        found.extend(demands)
        at = max(demand.end for demand in demands) if demands else lead[1]
    return tuple(found)


def _leads(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    hits = [hit for pattern in (LEAD, _SHOULD, _SERIES) for hit in pattern.finditer(text, start, end)]
    for hit in sorted(hits, key=re.Match.start):
        before = text[_sentence_start(text, hit.start(), start) : hit.start()]
        is_prior = _PRIOR.search(before) and not _AGAIN.search(hit[0])
        if not is_prior and not _NO_LEAD.search(before):
            yield hit.start(), hit.end()


def _plain_sentence(text: str, lead: tuple[int, int], end: int) -> tuple[Demand, ...]:
    """Return the sentence of a lead-in without a list, with what it goes on to say should be done."""
    verb = text[lead[0] : lead[1]]
    stop = sentence_end(text, lead[1], end)
    said = " ".join(text[lead[1] : stop].split())
    if _COUNTS_THEM.search(verb) or len(said.split()) < _FEWEST_WORDS or not _DEMAND.match(said):
        return ()
    paragraph = paragraph_end(text, lead[1], end)
    while stop < paragraph and _GOES_ON.match(text, stop, paragraph):
        stop = sentence_end(text, stop + 1, paragraph)
    first = _opened(text, lead[0])
    first, stop = trim(text, first, stop)
    return (Demand(first, stop, "", lead, is_again=_AGAIN.search(verb) is not None),)


def _opened(text: str, at: int) -> int:
    """Return `at`, moved back over "Therefore," or "To improve …," that opens its sentence."""
    first = _sentence_start(text, at, max(0, at - _BEFORE))
    return trim(text, first, at)[0] if _OPENER.match(text[first:at].lstrip()) else at


def _sentence_start(text: str, at: int, start: int) -> int:
    left = max(start, at - _BEFORE)
    before = text[left:at]
    cut = max(
        before.rfind(mark) + len(mark) if mark in before else 0 for mark in (". ", ".\n", "\n\n", ".\t")
    )
    return left + cut
