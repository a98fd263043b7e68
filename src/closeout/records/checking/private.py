"""Cells that look as if they identified a person, found over whole columns."""

from __future__ import annotations

import polars as pl

from closeout.records.privacy import find_identifiers

_BEFORE, _AFTER = r"(?:^|[^0-9A-Za-z_-])", r"(?:$|[^0-9A-Za-z_-])"
"""What is part of a word is not the same in Polars and in Python (marks, new letters): only ASCII is here."""
_BLANK = r"[\s\x1c-\x1f]"
"""What Python takes for a blank; Polars leaves out the four separators."""
_APART = r"[\s\x1c-\x1f.-]"
MAY_IDENTIFY = "|".join(
    # Polars has no look-around: each form takes in at least what one of records/privacy.py does, and
    # what it takes in is looked at again with the exact patterns.
    (
        rf"{_BEFORE}A(?:[#-]|{_BLANK}){{0,2}}\d{{2,3}}{_APART}?\d{{3}}{_APART}?\d{{3}}{_AFTER}",
        rf"{_BEFORE}[Aa][#-]?\d{{7,9}}{_AFTER}",
        rf"{_BEFORE}\d{{3}}[- ]\d\d[- ]\d{{4}}{_AFTER}",
        r"(?i:ssn|social security)",
        r"@",
        rf"\d{{3}}\)?{_APART}?\d{{3}}{_APART}\d{{4}}{_AFTER}",
        r"\+\d",
        r"(?i:born|birth|d\.?o\.?b)",
        rf"\d{_BLANK}+\S+{_BLANK}+\S",
    )
)
"""A form that every text with an identifier has; some that have it hold none."""


def may_identify(cell: pl.Expr) -> pl.Expr:
    """Return whether a text may hold an identifier: to be looked at again."""
    return cell.str.contains(MAY_IDENTIFY).fill_null(value=False)


def identifies(cells: pl.Series) -> pl.Series:
    """Return for each text whether it looks as if it identified a person; False where it is empty."""
    asked = cells.unique().to_frame("text").filter(may_identify(pl.col("text")))
    found = [text for text in asked["text"].to_list() if find_identifiers(text)]
    return cells.is_in(found).fill_null(value=False)
