"""A sentence that stands in for an update that has not come."""

from __future__ import annotations

import re

_PLACEHOLDER = re.compile(
    r"\s*(?:When|Once|After)\s+we\s+(?:confirm|determine|learn)\s+(?:what|which|the)\s+(?:actions?|steps?)\b"
    r"|\s*(?:No|There\s+(?:is|are)\s+no)\s+(?:updates?|information|status)\s+(?:\w+\s+){0,3}?(?:available|"
    r"at\s+this\s+time|to\s+report)"
    r"|\s*(?:Status|Updates?|Comments?)\s+pending\b|\s*We\s+will\s+provide\s+updated\s+information\b",
    re.IGNORECASE,
)


def is_placeholder(sentence: str) -> bool:
    """Say whether a sentence only says that there is no update yet."""
    return bool(_PLACEHOLDER.match(sentence))
