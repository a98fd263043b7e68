"""A sentence that says what good an action does."""

from __future__ import annotations

import re

_HELPS = (
    r"(?:help(?:s|ed)?|better\s+position(?:s|ed)?|enable[sd]?|allow(?:s|ed)?|ensure[sd]?|improve[sd]?|"
    r"strengthen(?:s|ed)?|"
    r"increase[sd]?|provide[sd]?|give[sn]?|reduce[sd]?|make[s]?|be\s+(?:better|more|in\s+a\s+better)|have\s+"
    r"(?:better|more|greater)|"
    r"position(?:s|ed)?)"
)
_DONE = re.compile(
    rf"(?:\A\W{{0,9}}(?:As\s+a\s+result(?:\s+of\s+(?:this|these)\s+\w+)?,\s*)?(?:(?:Doing\s+so|This|These|"
    rf"Such|The|Its|By|With|[A-Z]\w+ing)\b[^.;]{{0,400}}?)"
    rf"\b(?:will|should|can|has|have)\s+(?:\w+ly\s+|also\s+|now\s+)?{_HELPS}\b)"
    rf"|\A\W{{0,9}}As\s+a\s+result[^.;]{{0,200}}?\b(?:is|are)\s+(?:now\s+)?better\b",
    re.IGNORECASE,
)
_WOULD = re.compile(
    r"\A\W{0,9}(?:Doing\s+so|By\s+\w+ing\b)[^.;]{0,400}?\b(?:could|would|may|might)\b|"
    rf"\A\W{{0,9}}(?:Doing\s+so|By\s+\w+ing|An?\s|The\s|These\s|This\s|Such\s|[A-Z]\w+ing\s|"
    rf"With(?:out)?\s|Until\s)[^.;]{{0,400}}?\b(?:could|would|may|might)\s+"
    rf"(?:\w+ly\s+|also\s+)?{_HELPS}\b"
)
_MET = re.compile(
    r"\b(?:meets?|met|addresse[sd]|satisf(?:y|ies|ied)|fulfill(?:s|ed)?|fully\s+implement(?:s|ed))\s+the\s+"
    r"intent\s+of\s+"
    r"(?:our|the|this)\s+recommendation"
    r"|\b(?:these|this|those|its|such)\s+(?:\w+\s+){0,3}?(?:actions?|steps?|efforts?|policy|guidance|plan)\s+"
    r"(?:fully\s+)?(?:address(?:es)?|implements?|satisf(?:y|ies)|meets?)\s+(?:our|the|this)\s+recommendation",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:would|could|if|once|when|not|to\s+(?:fully\s+)?(?:meet|address)|partially|response|planned)\b",
    re.IGNORECASE,
)


def is_benefit(sentence: str) -> bool:
    """Say whether a sentence says what good an action does or would do."""
    return bool(_DONE.search(sentence) or _WOULD.search(sentence))


def is_gained(sentence: str) -> bool:
    """Say whether a sentence speaks of the benefit as coming, of an action that was taken.

    "Having the log will help the bureau …" does; "a log could help the bureau …" does not.
    """
    return bool(_DONE.search(sentence)) and not _WOULD.search(sentence)


def meets_intent(sentence: str) -> bool:
    """Say whether the auditor says that what was done meets the intent of the recommendation."""
    return bool(_MET.search(sentence)) and not _NOT_YET.search(sentence)
