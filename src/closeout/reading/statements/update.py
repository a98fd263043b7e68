"""Sentences that report: what the auditor found, and what the agency has done since."""

from __future__ import annotations

import re

_REPORTED = re.compile(
    r"\A\W{0,9}(?:In|As\s+of|On)?[^.;]{0,80}?\b(?:[Ww]e|GAO|(?:the\s+)?OIG)\s+(?:previously\s+|also\s+|"
    r"first\s+)?"
    r"(?:reported|found|determined|recommended|identified|noted|concluded|made|testified)\b"
)
_AUDITOR_SUBJECT = re.compile(
    r"\b(?:we|GAO)\s+(?:\w+ly\s+)?(?:will|reported|found|recommended|noted|believe|continue)\b", re.IGNORECASE
)
_AGENCY_VERB = re.compile(
    r"\b(?:stated|said|reported|told|noted|indicated|issued|released|published|developed|implemented|"
    r"established|completed|"
    r"created|finished|began|begun|started|provided|updated|revised|finaliz\w+|is|are|was|were|has|have|"
    r"had|hired|trained|"
    r"conducted|plans?|anticipates?|expects?|launched|signed|required|deployed|continued)\b"
)
_ONGOING = re.compile(
    r"\b(?:ongoing|under\s*way|in\s+progress|continu(?:es|ing)|"
    r"(?:is|are|was|were|been)\s+(?:\w+\s+)?(?:finalizing|undergoing|developing|drafting|reviewing|"
    r"preparing|working)|"
    r"on\s+hold|pending|not\s+yet|has\s+not|have\s+not|had\s+not|did\s+not\s+provide|no\s+changes?|"
    r"planned|plans\s+to|in\s+the\s+process)\b",
    re.IGNORECASE,
)


def is_reported(sentence: str) -> bool:
    """Say whether a sentence retells what the auditor found or recommended."""
    return bool(_REPORTED.match(sentence))


def is_update(sentence: str, *, is_dated: bool) -> bool:
    """Say whether a sentence reports what the agency has done or says.

    Args:
        sentence: One sentence.
        is_dated: Whether it opens with a date ("As of June 2022, …").

    """
    if is_reported(sentence) or _AUDITOR_SUBJECT.search(sentence):
        return False
    opens = is_dated or bool(re.match(r"\A\W{0,9}According\s+to\b", sentence))
    return opens and bool(_AGENCY_VERB.search(sentence))


def is_ongoing(sentence: str) -> bool:
    """Say whether a sentence says that something is not finished."""
    return bool(_ONGOING.search(sentence))
