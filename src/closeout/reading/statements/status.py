"""What status a sentence says the auditor gives a recommendation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from closeout.reading.model import AuditorStatus
from closeout.reading.statements.counts import UNNAMED, Scope, read_scope

_SUBJECT = (
    r"(?:(?P<subject>\b(?:(?:this|the|these|our|all|both|each)\s+)?"
    r"(?:(?:\w{1,20}\s+){0,2}?of\s+(?:the|our|these)\s+)?(?:\w{1,20}\s+)?recommendations?"
    r"(?:\s+(?:nos?\.\s*)?[\d(][\w(),\s–-]{0,60}?)?)\s*,?\s+)"
)
_LINK = (
    r"(?:(?:is|are|was|were|remains?|as|to\s+be|be|being|considered|deemed|now|currently|therefore|thus|"
    r"has\s+been|have\s+been)\s+){0,4}"
)
_OPEN = r"(?:(?:and|but|,\s*but|,\s*and|yet|however)\s+(?:it\s+|they\s+|also\s+)?)?"
_REMAIN = (
    r"(?:(?:will|shall|is\s+to|are\s+to)\s+)?(?:remains?|stays?|be\s+kept|be\s+considered)\s+open"
    r"(?:\s*,?\s+(?:until|pending|while))?"
)
_UNRESOLVED_OPEN = (
    rf"unresolved\s*,?\s*{_OPEN}(?:open|{_REMAIN})|open\s*,?\s+and\s+unresolved|open[-–—]\s?unresolved"
)
_RESOLVED_OPEN = rf"resolved\s*,?\s*{_OPEN}(?:open|{_REMAIN})|open\s*,?\s+and\s+resolved|open[-–—]\s?resolved"
_NOT_DONE = (
    r"closed\s*[,–—-]?\s*(?:as\s+)?(?:not|un)[\s-]?implemented"
    r"|closed\s+without\s+(?:being\s+)?implement(?:ation|ed|ing)"
)
_DONE = (
    r"resolved\s+and\s+(?:is\s+)?closed|closed\s+and\s+resolved|closed\s*[,–—-]?\s*(?:as\s+)?implemented"
    r"|(?:fully\s+)?implemented\s+and\s+closed|closed"
)
_NO_LONGER_VALID = r"closed\s*[,–—-]?\s*(?:as\s+)?no\s+longer\s+(?:valid|applicable|relevant)"

# Longer forms first: the first that matches at a place is taken.
_WORDS: tuple[tuple[AuditorStatus, str], ...] = (
    (AuditorStatus.UNRESOLVED_OPEN, _UNRESOLVED_OPEN),
    (AuditorStatus.RESOLVED_OPEN, _RESOLVED_OPEN),
    (AuditorStatus.CLOSED_NOT_IMPLEMENTED, _NOT_DONE),
    (AuditorStatus.CLOSED_NO_LONGER_VALID, _NO_LONGER_VALID),
    (AuditorStatus.CLOSED_IMPLEMENTED, _DONE),
    (AuditorStatus.UNRESOLVED_OPEN, r"unresolved"),
    (AuditorStatus.RESOLVED_OPEN, r"resolved"),
    (AuditorStatus.OPEN_UNKNOWN, rf"{_REMAIN}|open"),
)
_VALUE = "|".join(f"(?P<v{index}>{words})" for index, (_, words) in enumerate(_WORDS))
_CONSIDER = (
    r"(?:\b(?P<consider>consider(?:s|ed|ing)?|regard(?:s|ed)?|deem(?:s|ed)?|kept|keep(?:s|ing)?|"
    r"classif(?:y|ied))\s+)"
)
_STATUS = re.compile(rf"{_CONSIDER}?{_SUBJECT}(?P<link>{_LINK})(?P<value>{_VALUE})(?![\w-])", re.IGNORECASE)
_CLOSING = re.compile(
    r"\bwe\s+(?:are\s+closing|have\s+closed|closed|consider(?:ed)?)\s+"
    r"(?P<subject>(?:this|the|these|our)\s+recommendations?)\s+(?:to\s+be\s+|as\s+(?:being\s+)?)?"
    r"(?P<value>(?P<no>not\s+implemented|unimplemented)|(?P<invalid>no\s+longer\s+valid)"
    r"|(?P<done>(?:fully\s+)?(?:implemented|closed|addressed)))",
    re.IGNORECASE,
)
_IS_ASKED = re.compile(
    r"\b(?:request(?:s|ed|ing)?|ask(?:s|ed|ing)?|propos(?:e|es|ed)|believ(?:e|es|ed)|considers?\s+(?:its|"
    r"their)|"
    r"recommend(?:s|ed)?\s+that|in\s+order\s+to|so\s+that|once|if|when|before|whether|would\s+like|seeks?|"
    r"sought)\b"
    r"[^.;]{0,120}\Z",
    re.IGNORECASE,
)
_IS_OUTLOOK = re.compile(
    r"\b(?:can|could|may|might|would|will|should|to|cannot|not)\s+(?:be\s+|also\s+)*\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class StatusClaim:
    """A status a sentence states.

    Attributes:
        status: Normal form.
        printed: The words that carry it ("resolved and will remain open until"), folded.
        start: Where the claim starts in the sentence (the recommendation it is about).
        end: Where it ends.
        value_start: Where the words that carry the status start; they end at `end`.
        scope: Which recommendations it is about.

    """

    status: AuditorStatus
    printed: str
    start: int
    end: int
    value_start: int
    scope: Scope = UNNAMED


def read_status(sentence: str) -> StatusClaim | None:
    """Return the first status a sentence says the auditor gives, or None."""
    return next(iter(read_statuses(sentence)), None)


def read_statuses(sentence: str) -> tuple[StatusClaim, ...]:
    """Return every status a sentence says the auditor gives, in order.

    What the agency asks for ("requested that the recommendation be closed"), what would be
    ("can be closed when …") and definitions ("a recommendation is resolved when …") are none.
    """
    claims: list[StatusClaim] = []
    for match in _STATUS.finditer(sentence):
        if _is_said_of_one(sentence, match) or (claims and sentence[claims[-1].end :].startswith(", and")):
            status = next(status for index, (status, _) in enumerate(_WORDS) if match[f"v{index}"])
            claims.append(_claim(sentence, match, status))
    closing = _CLOSING.search(sentence)
    if not claims and closing and not _is_asked(sentence, closing.start()):
        claims.append(_claim(sentence, closing, _closed_as(closing)))
    return tuple(claims)


def _is_said_of_one(sentence: str, match: re.Match[str]) -> bool:
    """Say whether a match is the auditor's word on a recommendation at hand."""
    if _is_asked(sentence, match.start()) or match["subject"].lower().startswith("a "):
        return False
    if match["consider"]:
        return True
    if _IS_OUTLOOK.search(sentence, match.start("link"), match.start("value")):
        return False
    return bool(match["link"].strip()) or "remain" in match["value"].lower()


def _is_asked(sentence: str, at: int) -> bool:
    return bool(_IS_ASKED.search(sentence, max(0, at - 130), at))


def _claim(sentence: str, match: re.Match[str], status: AuditorStatus) -> StatusClaim:
    start = match.start("subject") + len(match["subject"]) - len(match["subject"].lstrip())
    return StatusClaim(
        status,
        " ".join(match["value"].split()),
        start,
        match.end("value"),
        match.start("value"),
        read_scope(sentence[start : match.end("subject")]),
    )


def _closed_as(match: re.Match[str]) -> AuditorStatus:
    if match["no"]:
        return AuditorStatus.CLOSED_NOT_IMPLEMENTED
    return AuditorStatus.CLOSED_NO_LONGER_VALID if match["invalid"] else AuditorStatus.CLOSED_IMPLEMENTED
