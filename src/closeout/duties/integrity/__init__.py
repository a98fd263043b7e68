"""Integrity checks: what must not be so in an agency's records, whoever wrote them.

Each rule is a function that returns the rows that break it, as an Ibis expression over the declared
tables. A finding names a row, never a person, and says since when it is wrong and what to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.duties.integrity import (
    check_ins,
    closing,
    dockets,
    intervals,
    leads,
    oversight,
    partners,
    policies,
    safeguards,
    travel,
    two_people,
)
from closeout.duties.integrity.rule import FINDING, Records, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date
    from types import ModuleType

    import ibis.expr.types as ir

__all__ = ["FINDING", "RULES", "Rule", "missing_tables", "run_integrity"]

ROOMS: tuple[ModuleType, ...] = (
    leads,
    dockets,
    check_ins,
    intervals,
    closing,
    travel,
    partners,
    policies,
    safeguards,
    oversight,
    two_people,
)
RULES: dict[str, Rule] = {
    one.name: one for room in ROOMS for one in vars(room).values() if isinstance(one, Rule)
}
"""Every rule by name, in the order of the systems list's parts."""


def missing_tables(rule: Rule, tables: Mapping[str, ir.Table]) -> tuple[str, ...]:
    """Return the tables that a rule reads and that are not there: then it cannot be looked at."""
    return tuple(name for name in rule.reads if name not in tables)


def run_integrity(
    tables: Mapping[str, ir.Table], as_of: date, *, rules: Iterable[str] = RULES
) -> Iterator[tuple[Rule, ir.Table]]:
    """Yield rules with their findings.

    Args:
        tables: The tables by name, as an engine has them.
        as_of: The day the records are judged on. The rows themselves are taken as they stand.
        rules: The names of the rules; all if not given.

    Yields:
        The rule, and an expression with the columns of `FINDING`, one row for each row that breaks it, in
        no order. Rules that read a table that is not there are left out: `missing_tables` says which.

    """
    records = Records(tables, as_of)
    for one in map(RULES.__getitem__, rules):
        if not missing_tables(one, tables):
            yield one, one.findings(records)
