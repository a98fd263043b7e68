"""An agency's request that the auditor close a recommendation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from closeout.reading.statements.respondent import find_respondent

_REQUEST = re.compile(
    r"\b(?P<verb>request(?:s|ed|ing)?|ask(?:s|ed|ing)?(?:\s+for)?|propos(?:es|ed)|believ(?:es|ed)|"
    r"consider(?:s|ed)?|seeks?|sought)\s+"
    r"(?P<rest>[^.;]{0,160}?\b(?:clos(?:e|ed|ure|ing)|resolved\s+and\s+closed)\b)",
    re.IGNORECASE,
)
_OF_RECOMMENDATION = re.compile(r"\brecommendations?\b|\bit\b|\bclosure\b", re.IGNORECASE)
_ON_CONDITION = re.compile(r"\b(?:if|once|when|whether|until)\b", re.IGNORECASE)
_MILD = re.compile(r"(?:believ|consider)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ClosureClaim:
    """A request to close: who asks (as printed), and where the words start and end."""

    by: str
    start: int
    end: int


def read_closure_request(sentence: str) -> ClosureClaim | None:
    """Return the request to close that a sentence reports, or None.

    An auditor that says when *it* will close, or asks for a letter, requests nothing of the kind.
    """
    for match in _REQUEST.finditer(sentence):
        respondent = find_respondent(sentence, match.start())
        if respondent.is_auditor or not _OF_RECOMMENDATION.search(
            sentence, match.start("rest"), match.end() + 30
        ):
            continue
        # "We consider … closed" is the auditor's; "the bureau considers … closed" is the agency's view.
        if _MILD.match(match["verb"]) and respondent.start is None:
            continue
        if _ON_CONDITION.search(sentence, match.start("rest"), match.end() + 60):
            continue
        start = match.start() if respondent.start is None else respondent.start
        return ClosureClaim(respondent.name, start, match.end())
    return None
