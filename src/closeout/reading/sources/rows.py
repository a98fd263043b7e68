"""Which texts are tables of comma-separated values."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import islice

_SAMPLE_CHARS = 65_536
_SAMPLE_ROWS = 60
_MIN_COLUMNS = 3
_MIN_SHARE = 0.6


def looks_like_csv(text: str) -> bool:
    """Say whether most rows have the same number of columns, three or more.

    Prose has commas too, but not the same number in line after line.
    """
    sample = text[:_SAMPLE_CHARS]
    if "," not in sample:
        return False
    rows = csv.reader(sample.splitlines(keepends=True))
    widths = [len(row) for row in islice(rows, _SAMPLE_ROWS) if any(row)]
    if len(widths) > 1 and len(text) > _SAMPLE_CHARS:
        widths.pop()  # the sample may have cut it
    width, count = Counter(widths).most_common(1)[0] if widths else (0, 0)
    return width >= _MIN_COLUMNS and count > 1 and count >= _MIN_SHARE * len(widths)
