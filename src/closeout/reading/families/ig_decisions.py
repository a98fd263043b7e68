"""Management decisions: the words some offices use where others say resolved or closed."""

from __future__ import annotations

import re

from closeout.reading.model import AuditorStatus

_DECISION = re.compile(
    r"(?P<unable>\b(?:unable to|cannot|do not|did not|not yet)\s+)?\b(?P<accept>accept(?:s|ed)?"
    r"|reach(?:ed)?|acknowledge[sd]?)\s+"
    r"(?:the\s+|a\s+|its\s+)?(?:\w+[’']s?\s+)?management\s+decision"
    r"|\bmanagement\s+decisions?\s+(?:has|have)\s+(?P<no>not\s+(?:yet\s+)?)?been\s+(?:reached|made)"
    r"|\b(?P<final>final\s+action)\s+(?:has\s+been\s+taken|is\s+complete|was\s+taken)",
    re.IGNORECASE,
)
_WISH = re.compile(r"\b(?:to|in order to|before we can|so that we can)\s*$", re.IGNORECASE)


def read_decision(text: str, start: int, end: int) -> tuple[AuditorStatus, int, int] | None:
    """Return the status a management decision amounts to, and where its words stand.

    An accepted decision is resolved and open until final action; one not accepted is unresolved.
    What is still needed "to reach management decision" is no decision.
    """
    for found in _DECISION.finditer(text, start, end):
        if found["final"]:
            return AuditorStatus.CLOSED_IMPLEMENTED, found.start(), found.end()
        if not found["unable"] and _WISH.search(text, max(start, found.start() - 20), found.start()):
            continue
        refused = found["unable"] or found["no"]
        status = AuditorStatus.UNRESOLVED_OPEN if refused else AuditorStatus.RESOLVED_OPEN
        return status, found.start(), found.end()
    return None
