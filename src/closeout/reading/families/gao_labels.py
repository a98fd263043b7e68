"""The fixed words of GAO's pages: status labels, number tags, tooltips, column headings."""

from __future__ import annotations

import re

from closeout.reading.model import AuditorStatus, Position

ISSUER = "GAO"

STATUS = re.compile(
    r"(?:open|closed|in process|review pending)"
    r"(?:\s*[\u2010-\u2015-]{1,2}\s*"
    r"(?:partially addressed|partially implemented|implemented|not implemented|unimplemented"
    r"|no longer valid))?",
    re.IGNORECASE,
)
"""A status as GAO prints it: `Open`, `Closed – Not Implemented`, `Open--Partially Addressed`."""

TAG = re.compile(
    r"[(\[]\s*(?P<word>recommendations?|recs?\.?|matters?(?:\s+for\s+(?:congressional\s+)?consideration)?)"
    r"\s*(?:no\.?|numbers?|#)?\s*(?P<number>\d{1,3}[a-z]?)\s*[)\]]",
    re.IGNORECASE,
)
"""The number of a recommendation inside its own words: `(Recommendation 3)`, `[Matter 1]`."""

HEADER = re.compile(
    r"(?=.*\b(?:recommendation|matter|status)s?\b)"
    r"(?:\W*\b(?:agency affected|agency|recommendations?|matters?|status|comments|priority|sort (?:as"
    r"|des)cending)\b)+\W*",
    re.IGNORECASE,
)
"""The line of column headings, in any order, with what the sorted column gets stuck to it."""

PRIORITY = re.compile(
    r"priority rec(?:ommendation|\.)?\s*|this is a priority recommendation\.?", re.IGNORECASE
)

_TOOLTIPS = (
    "actions to satisfy the intent of the recommendation have not been taken",
    "actions to satisfy the intent of the matter have not been taken",
    "actions that satisfy the intent of the recommendation have been taken",
    "actions that satisfy the intent of the matter have been taken",
    "actions that partially satisfy the intent of the recommendation have been taken",
    "actions that partially satisfy the intent of the matter have been taken",
    "while the intent of the recommendation has not been satisfied",
    "while the intent of the matter has not been satisfied",
    "the recommendation is no longer valid because",
    "the matter is no longer valid because",
)
_LEAST_TOOLTIP = 15
_OPEN_BY_POSITION = {
    Position.CONCUR: AuditorStatus.RESOLVED_OPEN,
    Position.AGREE: AuditorStatus.RESOLVED_OPEN,
    Position.GENERALLY_AGREE: AuditorStatus.RESOLVED_OPEN,
    Position.NON_CONCUR: AuditorStatus.UNRESOLVED_OPEN,
}


def is_status(text: str) -> bool:
    """Say whether the text is a status and nothing else."""
    return STATUS.fullmatch(text) is not None


def is_tooltip(text: str) -> bool:
    """Say whether the text explains a status label; it may be cut off at its end."""
    said = text.casefold()
    return len(said) >= _LEAST_TOOLTIP and any(
        said.startswith(tip) or tip.startswith(said) for tip in _TOOLTIPS
    )


def is_priority(text: str) -> bool:
    """Say whether the text only marks a recommendation as a priority."""
    return PRIORITY.fullmatch(text) is not None


def normal_status(printed: str, position: Position | None) -> AuditorStatus | None:
    """Return the normal form of a printed status.

    GAO prints `Open` whether or not the agency accepts the recommendation, so that the
    respondent's position decides between resolved and unresolved. A partial position leaves it
    unknown, and so does a silent one.

    Args:
        printed: The words of the status.
        position: What the respondent says; None when the prose is silent.

    Returns:
        The status, or None when the words are no status of GAO's.

    """
    said = printed.casefold()
    if "partially" in said:
        return AuditorStatus.PARTIALLY_ADDRESSED
    if said.startswith("closed"):
        if "valid" in said:
            return AuditorStatus.CLOSED_NO_LONGER_VALID
        is_not_done = "not implemented" in said or "unimplemented" in said
        return AuditorStatus.CLOSED_NOT_IMPLEMENTED if is_not_done else AuditorStatus.CLOSED_IMPLEMENTED
    if said.startswith(("open", "in process", "review pending")):
        return (
            _OPEN_BY_POSITION.get(position, AuditorStatus.OPEN_UNKNOWN)
            if position
            else AuditorStatus.OPEN_UNKNOWN
        )
    return None
