"""Find what identifies a person in text, by form: numbers, e-mail and street addresses, dates of birth.

Closeout keeps no name, address or number of anybody supervised. Forms scan what people type before it is
saved; `closeout check` scans the records an agency brings. Names cannot be told from other words by a
rule and are not looked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Identifier(StrEnum):
    """A kind of words that identify a person; the value is how a message calls it."""

    A_NUMBER = "an A-number"
    SOCIAL_SECURITY = "a Social Security number"
    EMAIL = "an e-mail address"
    PHONE = "a telephone number"
    BIRTH_DATE = "a date of birth"
    STREET_ADDRESS = "a street address"


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Words that identify a person, and where they stand: characters `[start, end)` of the text."""

    start: int
    end: int
    kind: Identifier
    words: str


_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}"
    rf"|{_MONTH}\s+\d{{1,2}},?\s+(?:19|20)\d{{2}}|\d{{1,2}}\s+{_MONTH}\s+(?:19|20)\d{{2}})"
)
_STREETS = (
    "Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Terrace|Ter"
    "|Circle|Cir|Highway|Hwy|Parkway|Pkwy|Way|Square|Sq"
)
# "In 2016 ICE Court …" tells of a year.
_NO_YEAR = r"(?:(?<!\b[Ii]n\s)(?<!\b[Bb]y\s)(?<!\bFY\s)(?<!\b[Ss]ince\s)(?<!\b[Yy]ear\s))"

# Report numbers (OIG-17-51, GAO-21-186, A-02-19-02001) and money must not be taken for numbers
# of persons, so each pattern says what may not stand beside it.
_PATTERNS: tuple[tuple[Identifier, re.Pattern[str]], ...] = (
    (Identifier.A_NUMBER, re.compile(r"(?<![\w-])A[#\s-]{0,2}\d{2,3}[\s-]?\d{3}[\s-]?\d{3}(?![\w-]|\.\d)")),
    (Identifier.A_NUMBER, re.compile(r"(?<![\w-])[Aa][#-]?\d{7,9}(?![\w-])")),
    (
        Identifier.SOCIAL_SECURITY,
        re.compile(r"(?<![\w-])(?!000|666|9\d\d)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\w-])"),
    ),
    (
        Identifier.SOCIAL_SECURITY,
        re.compile(r"\b(?:ssn|social security(?: number| no\.?)?)[:#\s]*(\d{9})(?!\d)", re.IGNORECASE),
    ),
    (Identifier.EMAIL, re.compile(r"(?<![\w.+-])[\w.+-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,}")),
    (
        Identifier.PHONE,
        re.compile(
            r"(?<![\w.-])(?:\+?1[\s.-]?)?(?:\([2-9]\d{2}\)\s?|[2-9]\d{2}[\s.-])\d{3}[\s.-]\d{4}(?![\w-])"
        ),
    ),
    (Identifier.PHONE, re.compile(r"(?<![\w.+])\+\d{1,3}(?:[\s.-]?\d){7,12}(?!\w)")),
    (
        Identifier.BIRTH_DATE,
        re.compile(
            rf"\b(?:born(?: on)?|d\.?o\.?b\.?|(?:date of birth|birth ?date|birthday)(?: is)?)[:\s]*{_DATE}",
            re.IGNORECASE,
        ),
    ),
    (
        Identifier.STREET_ADDRESS,
        re.compile(
            rf"(?<![\w$.,-]){_NO_YEAR}\d{{1,5}}\s+(?:[NSEW]\.?\s+|(?i:north|south|east|west)\s+)?"
            rf"(?:(?:[A-Z][\w'’]+|\d{{1,3}}(?:st|nd|rd|th))\s+){{1,3}}(?:{_STREETS}|{_STREETS.upper()})\b\.?",
        ),
    ),
    # Typed in small letters; one word and a plain kind of street, or "5 officers drive" would match.
    (
        Identifier.STREET_ADDRESS,
        re.compile(rf"(?<![\w$.,-]){_NO_YEAR}\d{{1,5}}\s+[a-z]{{3,}}\s+(?:street|avenue|boulevard|blvd)\b"),
    ),
)


def find_identifiers(text: str) -> list[Found]:
    """Return what identifies a person in a text, in order; of overlapping finds the first and longest."""
    kept: list[Found] = []
    for found in sorted(_scan(text), key=lambda each: (each.start, -each.end)):
        if not kept or found.start >= kept[-1].end:
            kept.append(found)
    return kept


def _scan(text: str) -> Iterator[Found]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Found(match.start(), match.end(), kind, match.group())


def place_of(text: str, found: Found) -> str:
    """Say where words stand, as a person would look for them: "line 2, after “called on”"."""
    line = text.count("\n", 0, found.start) + 1
    before = text[: found.start].rsplit("\n", 1)[-1].split()[-3:]
    where = f"line {line}" if "\n" in text else "in the text"
    return f"{where}, after “{' '.join(before)}”" if before else f"{where}, at the start"
