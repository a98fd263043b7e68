"""One value of a source's column, made into the text a declared column takes.

Every rule here gives the canonical text (`2025-05-08`, `33570`, `true`) or says that it cannot: a value that
does not fit is handed on as it was written, so that the check sees it, and is listed.
"""

from __future__ import annotations

import hashlib
import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from closeout.records.mapping.codes import as_code

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from closeout.records.mapping.codes import CodeList

_NUMBER = re.compile(r"-?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?")
PLAIN_NUMBER = "-?[0-9]+"
_DASHES = re.compile(r"\s*[-\u2013\u2014]\s*")
FISCAL = "FY"
FISCAL_FIRST_MONTH = 10
KEY_PARTS = "\x1f"


class Given(NamedTuple):
    """What a rule gave: the text (None where the cell is empty), and whether the rule fitted."""

    text: str | None
    is_resolved: bool = True


if TYPE_CHECKING:
    Rule = Callable[[tuple[str | None, ...]], Given]
    Step = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class DateForm:
    """How a date is written: `strptime` formats, tried in order.

    Attributes:
        formats: Such as `%B %d, %Y`, `%m/%d/%Y`, `%Y-%m`; `FY%y` and `FY%Y` are fiscal years, which the text
            may write without the letters.
        edge: `first` or `last`: which day a month or year stands for, or which end of a range is meant.

    """

    formats: tuple[str, ...]
    edge: str = ""

    def __call__(self, text: str) -> str | None:
        """Return a date in ISO form; None where no format fits."""
        for form in self.formats:
            for one in (text, _end_of_range(text, self.edge)):
                if found := _day(one, form, self.edge):
                    return found.isoformat()
        return None


def needs_edge(form: str) -> bool:
    """Return whether a format says no day, so that the mapping must say which day stands for it."""
    return "%d" not in form and "%j" not in form


def number(text: str, *, is_whole: bool) -> str | None:
    """Return a number without thousands marks and idle decimals; None where it is none."""
    plain = text.strip().removeprefix("$")
    if not _NUMBER.fullmatch(plain):
        return None
    plain = plain.replace(",", "")
    if "." in plain and not plain.split(".")[1].strip("0"):
        return plain.split(".")[0]
    return None if is_whole and "." in plain else plain


def yes_no(words: Mapping[str, str]) -> Step:
    """Return the step that makes declared words `true` or `false`."""
    return lambda text: words.get(text.casefold())


def coded(codes: CodeList) -> Step:
    """Return the step that makes a spelling its code."""
    return lambda text: codes.code(tuple(text.split(KEY_PARTS)))


def plain_code(text: str) -> str | None:
    """Return words as a code may be written; None where nothing is left of them."""
    return as_code(text) or None


def minted_number(values: tuple[str | None, ...]) -> str:
    """Return a whole number that is always the same for the same values, and practically never for others."""
    return str(int.from_bytes(_digest(values)[:8]) >> 1 or 1)


def minted_code(values: tuple[str | None, ...], prefix: str) -> str:
    """Return a code of 12 characters that is always the same for the same values, after a prefix."""
    return prefix + _digest(values).hex()[:12].upper()


def _digest(values: tuple[str | None, ...]) -> bytes:
    told = KEY_PARTS.join(" ".join((value or "").casefold().split()) for value in values)
    return hashlib.sha256(told.encode()).digest()


def _day(text: str, form: str, edge: str) -> date | None:
    is_fiscal = form.startswith(FISCAL)
    if is_fiscal:
        text, form = text.removeprefix(FISCAL).strip(), form.removeprefix(FISCAL).strip()
    try:
        found = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, not an instant
    except ValueError:
        return None
    if not needs_edge(form):
        return found
    if is_fiscal:
        year = found.year
        first = date(year - 1, FISCAL_FIRST_MONTH, 1)
        return first if edge == "first" else date(year, FISCAL_FIRST_MONTH - 1, 30)
    if edge == "first":
        return found
    month = found.month if any(mark in form for mark in ("%m", "%b", "%B")) else 12
    return date(found.year, month, monthrange(found.year, month)[1])


def _end_of_range(text: str, edge: str) -> str:
    """Return one end of `April 29-May 1, 2025` or `April 1-3, 2025` as a date of its own."""
    parts = _DASHES.split(text)
    if len(parts) != 2 or not edge:  # noqa: PLR2004 - from and to
        return text
    first, last = parts
    end, _, year = last.partition(",")
    month = "" if end.strip()[:1].isalpha() else first.split(" ")[0] + " "
    return f"{first},{year}" if edge == "first" else f"{month}{last}"
