"""What an auditor says is still needed before a recommendation can be closed, item by item."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_RECOMMENDATION = r"(?:this|the|our|these)\s+(?:\w{1,20}\s+)?recommendations?"
_WHEN = r"(?:when|once|upon|after|if|pending)"
# "will remain open until the bureau provides …", "unresolved and open until …"
_OPEN_UNTIL = (
    r"\b(?:remains?|kept|stays?|held)\s+(?:resolved\s+and\s+)?open\s*,?\s+(?:until|pending)\s+"
    r"|\b(?:unresolved|open)\s*(?:and\s+(?:open|unresolved))?\s*,?\s+until\s+"
)
# "can be closed when we receive …", "we will close this recommendation once …"
_CLOSED_WHEN = (
    r"\b(?:can|will|may|could|would|shall)\s+(?:\w{1,20}\s+)?(?:be\s+)?(?:consider(?:ed)?\s+(?:\w{1,20}\s+"
    r"){0,4}?)?"
    rf"(?:closed?|closing|closure\s+of)(?:\s+{_RECOMMENDATION})?\s*,?\s+{_WHEN}\s+"
    rf"|\b(?:close|closure\s+of|closing)\s+{_RECOMMENDATION}\s*,?\s+{_WHEN}\s+"
)
# "To fully address the intent of our recommendation, the bureau must …"
_TO_ADDRESS = re.compile(
    r"\W{0,9}(?:[^,.;]{0,90},\s*)?(?:In\s+order\s+)?to\s+(?:fully\s+|completely\s+)?"
    r"(?:address|meet|satisfy|implement|close|resolve|fulfill)\s+(?:the\s+(?:full\s+)?intent\s+of\s+)?"
    rf"(?:{_RECOMMENDATION}|it|this)\s*,\s*",
    re.IGNORECASE,
)
_UNTIL = re.compile(f"{_OPEN_UNTIL}|{_CLOSED_WHEN}", re.IGNORECASE)
_DUTY = re.compile(
    r"\b(?:must|should|needs?|ha(?:s|ve)\s+to|would|is\s+necessary|are\s+necessary)\b", re.IGNORECASE
)
_DEMAND = re.compile(
    r"\b(?:[A-Z][\w&/’'.-]{0,40}|agency|department|bureau|office|officials|management|it|they)\s+(?:also\s+"
    r"|still\s+)?"
    r"(?:needs?\s+to|will\s+need\s+to|must)\s+(?:also\s+)?(?=[a-z])"
)
_WOULD_MEET = re.compile(
    r"\A\W{0,9}If\s+(?P<items>[^.]{10,600}?),\s*(?:they|it|this|these\s+actions|such\s+actions|doing\s+so)\s+"
    r"(?:would|could|will|should)\s+(?:fully\s+)?(?:meet|address|satisfy|implement)\b",
    re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:we\s+(?:need|would\s+need|look\s+forward|will\s+need)\s+to\s+(?:see|receive|review|obtain)|we\s+"
    r"await|please\s+provide\s+us\s+with)\s+",
    re.IGNORECASE,
)
_ABOUT_RECOMMENDATION = re.compile(
    r"\brecommend(?:ation|ed)|\bintent\b|\bclose|\bevidence\b|\bdocumentation\b|\bprovide\b", re.IGNORECASE
)
_HINT = re.compile(r"until|pending|clos|must|need|should|would|await|provide us", re.IGNORECASE)
"""Letters without which a sentence names no need; looked for first, for speed."""
_SPLIT = re.compile(
    r"\s*;\s*(?:and\s+|or\s+)?(?:\(\d\)\s*)?|\s*,\s+and\s+(?=that\b|provides?\b|evidence\b|"
    r"documentation\b|(?:it|they)\b)|\s+and\s+(?=that\s+(?:it|they|the|such|each|all)\b)"
    r"|\s*,?\s+as\s+well\s+as\s+|\s*,?\s*(?:and\s+)?\(\d\)\s+"
)
_LEAST_ITEM_WORDS = 2


@dataclass(frozen=True, slots=True)
class NeedClaim:
    """One thing the auditor wants: where its words start and end in the sentence."""

    start: int
    end: int


def read_needs(sentence: str) -> tuple[NeedClaim, ...]:
    """Return the items a sentence says are needed to close a recommendation, in order.

    What follows "until", "when" or the comma after "To address …" is split at semicolons, numbers
    in parentheses, "as well as", and "and that". An item is never shorter than two words.
    """
    if not _HINT.search(sentence):
        return ()
    end = len(sentence.rstrip(" .;\n"))
    found = _UNTIL.search(sentence)
    if found is None and (found := _TO_ADDRESS.match(sentence)) and not _DUTY.search(sentence, found.end()):
        found = None
    if found and found.end() < end:
        return tuple(_items(sentence, found.end(), end))
    meeting = _WOULD_MEET.match(sentence)
    if meeting:
        return tuple(_items(sentence, meeting.start("items"), meeting.end("items")))
    demand = _DEMAND.search(sentence) or _WANTED.search(sentence)
    if demand and _ABOUT_RECOMMENDATION.search(sentence, demand.start()):
        return tuple(_items(sentence, demand.start(), end))
    return ()


def _items(sentence: str, start: int, end: int) -> Iterator[NeedClaim]:
    at = start
    for match in _SPLIT.finditer(sentence, start, end):
        is_opening = len(sentence[at : match.start()].split()) < _LEAST_ITEM_WORDS or "(1)" in match[0]
        if is_opening:  # "provides (1) …": these words belong to the first item
            continue
        yield NeedClaim(at, match.start())
        at = match.end()
    yield NeedClaim(at, end)
