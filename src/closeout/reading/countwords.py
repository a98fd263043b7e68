"""Counts with their nouns, the same in every sentence that the system writes."""

from __future__ import annotations


def counted(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun, in thousands: `1 need`, `0 needs`, `1,204 needs`.

    Args:
        count: How many.
        one: What follows the number where it is 1, a verb too if need be: `standard is`.
        many: What follows any other number; `one` with an `s` where it is left out.

    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def some_of(count: int, of: int, one: str, many: str = "") -> str:
    """Return a count out of a count with its noun: `1 of 5 needs`, `1 of 1 need`."""
    return f"{count:,} of {counted(of, one, many)}"


def agreeing(count: int, one: str, many: str) -> str:
    """Return the verb, or other word, that agrees with a count: `is` with 1, `are` with any other."""
    return one if count == 1 else many
