"""Dates as documents print them, with the precision they were said with.

A date keeps its standard form (EDTF, ISO 8601-2:2019) and the earliest and latest day it can
mean, so that "by December 2017" is overdue only when December 2017 has wholly passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from closeout.reading.model import Span


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A date with the precision it was printed with.

    Attributes:
        edtf: Standard form: `2018-01-31`, `2017-12`, `2026`, `2023-34` (second quarter),
            `2025-10/2026-09` (fiscal year 2026), `2024-12~` (around the end of 2024).
        earliest: The first day it can mean.
        latest: The last day it can mean.
        printed: The words it was read from.
        span: Where they stand; None when computed.

    """

    edtf: str
    earliest: date
    latest: date
    printed: str = ""
    span: Span | None = None
