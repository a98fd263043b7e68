"""Small tables for the tests of verdicts."""

from __future__ import annotations

from datetime import date

from tests.duties.making import table

AS_OF = date(2026, 9, 30)


class Rows:
    """A table in memory, of which columns can be chosen."""

    def __init__(self, rows):
        self.rows = rows

    def select(self, *columns):
        return self.rows.select(list(columns))


class InMemory:
    """An engine for such tables: verdicts only choose columns of whole tables.

    The real engine runs in `test_snapshots.py`.
    """

    def to_arrow(self, rows):
        return rows


def judged(what, as_of=AS_OF, /, **given):
    """Return what a verdict's function says of small tables."""
    tables = {name: Rows(table(name, rows)) for name, rows in given.items()}
    return what(InMemory(), tables, as_of)
