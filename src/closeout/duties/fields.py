"""The fields of one mapping of a pack: each taken once, by type, with its line; faults are noted."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from closeout.duties.clauses import DayKind, Period, Text
from closeout.duties.faults import PackError
from closeout.duties.periods import PeriodError, parse_period
from closeout.duties.predicates import check
from closeout.duties.terms import near

if TYPE_CHECKING:
    from pathlib import Path

    from closeout.duties.faults import Faults
    from closeout.duties.marked import Marked
    from closeout.records.table import Table


class Fields:
    """A mapping's fields. A getter returns an empty value where the field is absent or faulty."""

    def __init__(self, marked: Marked, path: Path, faults: Faults, *, known: str, what: str) -> None:
        self.path = path
        self.line = marked.line
        self.faults = faults
        self.what = what
        self._values: dict[str, Marked] = marked.value if isinstance(marked.value, dict) else {}
        if not isinstance(marked.value, dict):
            self.wrong("", f"{what} must be a mapping with {', '.join(known.split())}")
        for key, value in self._values.items():
            if key not in known.split():
                message = f"`{key}` is no field of {what}.{near(key, known.split())}"
                faults.add(path, value.line, f"{message} It has {', '.join(known.split())}.")

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def at(self, key: str) -> int:
        """Return the line of a field; the mapping's where there is none."""
        return self._values[key].line if key in self._values else self.line

    def wrong(self, key: str, message: str) -> None:
        """Note a fault at a field."""
        self.faults.add(self.path, self.at(key), message)

    def raw(self, key: str) -> Marked | None:
        """Return a field as it was read."""
        return self._values.get(key)

    def word(self, key: str, pattern: str = r".{1,200}", *, needed: bool = False) -> str:
        """Return a field's text, where it has the form."""
        found = self._values.get(key)
        if found is None or found.value is None:
            if needed or found is not None:
                self.wrong(key, f"{self.what} needs `{key}`")
            return ""
        if not isinstance(found.value, str) or not re.fullmatch(pattern, found.value):
            self.wrong(key, f"`{key}` must be text of the form {pattern}")
            return ""
        return found.value

    def one_of(self, key: str, known: list[str], *, needed: bool = False) -> str:
        """Return a field's word, where it is one of the known ones."""
        said = self.word(key, needed=needed)
        if said and said not in known:
            self.wrong(key, f"`{key}: {said}` is not known.{near(said, known)} Known: {', '.join(known)}.")
            return ""
        return said

    def claim(self, key: str) -> bool:
        """Return a field that says `true` or `false`; false where absent."""
        return self.one_of(key, ["true", "false"]) == "true"

    def words(self, key: str) -> list[tuple[str, int]]:
        """Return a list of words, each with its line."""
        found = self._values.get(key)
        if found is None:
            return []
        items = found.value if isinstance(found.value, list) else [found]
        if not all(isinstance(item.value, str) for item in items):
            self.wrong(key, f"`{key}` must be a list of words")
            return []
        return [(str(item.value), item.line) for item in items]

    def expression(
        self, key: str, declared: type[Table] | None, wants: str, *, needed: bool = False
    ) -> Text | None:
        """Return a field's expression, checked against a declared table."""
        said = self.word(key, r"(?s).+", needed=needed)
        if not said:
            return None
        text = Text(said, self.path, self.at(key))
        if declared is not None:
            try:
                check(text, declared, wants)
            except PackError as error:
                self.faults.extend(error)
        return text

    def period(self, key: str, *, needed: bool = False) -> Period | None:
        """Return a field's period: `P30D`, or `{period: P5D, counts: business}`."""
        found = self._values.get(key)
        if found is not None and isinstance(found.value, dict):
            inner = Fields(found, self.path, self.faults, known="period counts", what=f"`{key}`")
            counts = inner.one_of("counts", [kind.value for kind in DayKind], needed=True)
            said = inner.word("period", needed=True)
        else:
            counts, said = "", self.word(key, needed=needed)
        if not said:
            return None
        try:
            return parse_period(said, DayKind(counts or DayKind.CALENDAR))
        except PeriodError as error:
            self.wrong(key, f"`{key}`: {error}")
            return None

    def days(self, key: str) -> tuple[date, date | None] | None:
        """Return a field's days `2024-01-01/2024-12-31`, or `2024-01-01/..` without an end."""
        said = self.word(key, needed=True)
        first, slash, last = said.partition("/")
        try:
            found = date.fromisoformat(first), None if last == ".." else date.fromisoformat(last)
        except ValueError:
            found = None
        if found is None or not slash or (found[1] is not None and found[1] < found[0]):
            if said:
                self.wrong(key, f"`{key}: {said}` must be days like 2024-01-01/2024-12-31 or 2024-01-01/..")
            return None
        return found
