"""Other people's spellings of a code, brought to the code: by rule, never by likeness.

A spelling is folded (case, accents, punctuation and blanks are dropped), known prefixes are taken off, and
what is left must be a code, a name or a declared alias, exactly. What is not stays unresolved and is listed.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_DIGITS_APART = re.compile(r"(?<=[0-9])[^0-9a-z]+(?=[0-9])")
_APART = re.compile(r"[^0-9a-z-]+|(?<![0-9])-+|-+(?![0-9])")
_BETWEEN = "\x1f"
ALIASES_APART = "|"


def folded(spelling: str) -> str:
    """Return a spelling without case, accents, punctuation and blanks: `F / O-transfer` is `fotransfer`.

    Digits that something stands between stay apart: `1/2` is `1-2` and never `12`.
    """
    plain = unicodedata.normalize("NFKD", spelling).encode("ascii", "ignore").decode()
    return _APART.sub("", _DIGITS_APART.sub("-", plain.casefold()))


def as_code(words: str) -> str:
    """Return words as a code may be written: no accents, no odd marks, single blanks, 64 characters."""
    plain = unicodedata.normalize("NFKD", words.replace("\u2013", "-").replace("\u2019", "'"))
    plain = plain.encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9 ./_:&+-]+", " ", plain.replace("'", ""))
    return re.sub(r"^[^A-Za-z0-9]+", "", " ".join(plain.split()))[:64].rstrip()


@dataclass(frozen=True, slots=True)
class CodeList:
    """The codes of one list and every declared spelling of each.

    Attributes:
        name: What the mapping calls it.
        by_spelling: The code by folded spelling; several columns are folded apart and joined.
        columns: How many columns a spelling has; a last one may be empty, and then stands for any.
        prefixes: Folded beginnings that say nothing, such as `ero`.
        outside: Codes that the source's own cleaning uses but the list does not have.

    """

    name: str
    by_spelling: Mapping[str, str]
    columns: int = 1
    prefixes: tuple[str, ...] = ()
    outside: frozenset[str] = field(default_factory=frozenset)

    def code(self, spelling: tuple[str, ...]) -> str | None:
        """Return the code of a spelling; None where it is not declared or not of this list."""
        found = self.known(spelling)
        return None if found in self.outside else found

    def known(self, spelling: tuple[str, ...]) -> str | None:
        """Return the code of a spelling, be it outside the list; None where it is not declared."""
        whole = [folded(part) for part in spelling]
        for given in (whole, [*whole[:-1], ""] if len(whole) > 1 else whole):
            if found := self._exact(given):
                return found
        return None

    def _exact(self, given: list[str]) -> str | None:
        key = _BETWEEN.join(given)
        if key in self.by_spelling:
            return self.by_spelling[key]
        for prefix in self.prefixes:
            if key.startswith(prefix) and key[len(prefix) :] in self.by_spelling:
                return self.by_spelling[key[len(prefix) :]]
        return None


def make_list(
    name: str,
    spellings: Iterable[tuple[str, tuple[str, ...]]],
    *,
    prefixes: Iterable[str] = (),
    outside: Iterable[str] = (),
) -> CodeList:
    """Return a code list of pairs of code and spelling.

    Args:
        name: What the mapping calls it.
        spellings: Pairs of a code and one spelling of it, a value a column.
        prefixes: Beginnings that say nothing.
        outside: Codes that are known but not of the list.

    Raises:
        ValueError: One spelling stands for two codes.

    """
    found: dict[str, str] = {}
    columns = 1
    for code, spelling in spellings:
        columns = max(columns, len(spelling))
        key = _BETWEEN.join(folded(part) for part in spelling)
        if not key.strip(_BETWEEN):
            continue
        if found.setdefault(key, code) != code:
            msg = f"{' '.join(spelling)!r} stands for {found[key]!r} and for {code!r}; keep one"
            raise ValueError(msg)
    return CodeList(name, found, columns, tuple(folded(one) for one in prefixes), frozenset(outside))


def csv_spellings(
    path: Path, *, code: str, names: tuple[str, ...], aliases: str = "", together: bool = False
) -> list[tuple[str, tuple[str, ...]]]:
    """Return the pairs of code and spelling in a CSV file.

    Args:
        path: The file; blanks after the delimiter are skipped.
        code: The column of the code.
        names: The columns of its spellings.
        aliases: A column of further spellings, `|` between them.
        together: Whether the names' columns make one spelling together rather than one each.

    Raises:
        ValueError: The file lacks a column.

    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, skipinitialspace=True)
        missing = [one for one in (code, *names, aliases) if one and one not in (rows.fieldnames or ())]
        if missing:
            msg = f"{path.name} has no column {missing[0]!r}; it has {', '.join(rows.fieldnames or ())}"
            raise ValueError(msg)
        pairs: list[tuple[str, tuple[str, ...]]] = []
        for row in rows:
            given = tuple(row[name] or "" for name in names)
            pairs += (
                [(row[code], given)] if together else [(row[code], (one,)) for one in (row[code], *given)]
            )
            pairs += [(row[code], (one,)) for one in (row.get(aliases) or "").split(ALIASES_APART)]
    return pairs
