"""A sentence in which the auditor says it keeps watching."""

from __future__ import annotations

import re

_MONITORING = re.compile(
    r"\b(?:we|GAO|(?:the\s+)?(?:DHS\s+)?OIG)\s+(?:(?:will|plan\s+to|intend\s+to|shall)\s+(?:also\s+)?"
    r"(?:continue\s+(?:to|our|with)\s+)?|continues?\s+to\s+|are\s+continuing\s+to\s+|is\s+continuing\s+to\s+)"
    r"(?:closely\s+)?(?:monitor\w*|follow(?:ing)?[\s-]?up|track\w*|review\w*|assess\w*|evaluat\w+|update|"
    r"watch|check|"
    r"efforts\s+to\s+monitor|provide\s+(?:an\s+)?updates?)\b"
    r"|\bwill\s+be\s+monitor(?:ed|ing)\s+(?:by\s+)?(?:us|GAO)?\b",
    re.IGNORECASE,
)


def is_monitoring(sentence: str) -> bool:
    """Say whether a sentence says that the auditor will keep following what is done."""
    return bool(_MONITORING.search(sentence))
