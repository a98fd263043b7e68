"""Which measures count people, or what is about one: only their small counts have to be withheld."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from closeout.evidence.measures.declared import OverSource, OverTable, Source
from closeout.evidence.measures.special_staffing import counts_officers_or_cases
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from closeout.evidence.measures.measure import Measure

_KEYS = frozenset({"case_no", "officer_no", "holder_no", "participation_id", "respondent"})
"""A table with one of these columns has a row a person, or a row about one."""
_BESIDE = frozenset({"complaints", "outreach_batches", "recruitment_stages", "trace_counts"})
"""Tables without such a column that count people all the same, or that a law protects."""
_SUMS = frozenset({"docket_counts", "program_counts"})
"""Tables whose rows are counts of people: a sum over them is one, how many rows there are is not."""
_WITHOUT_PEOPLE = frozenset({Source.VERDICTS, Source.RECOMMENDATIONS})


@cache
def tables_about_people() -> frozenset[str]:
    """Return the names of the tables whose counts may be of people."""
    keyed = {name for name, table in TABLES.items() if _KEYS & set(table.column_names())}
    return frozenset(keyed) | _BESIDE


def counts_people(measure: Measure) -> bool:
    """Say whether a measure's small counts must be withheld.

    Policies, agreements, contract standards, facilities and recommendations are no people: that 3 of 17
    standards are met gives nobody away. Whatever reads a table about cases, officers or partners' staff
    does, and so does a measure of which it is not known what it reads. Of staffing, offices are none.
    """
    if sums_people(measure):
        return True
    over = measure.over
    if isinstance(over, OverSource) and over.source is Source.STAFFING:
        return counts_officers_or_cases(measure.code)
    if measure.reads:
        return not tables_about_people().isdisjoint(measure.reads)
    return not (isinstance(over, OverSource) and over.source in _WITHOUT_PEOPLE)


def sums_people(measure: Measure) -> bool:
    """Say whether a measure adds up printed counts of people, so that what it is over is a count, too."""
    over = measure.over
    return isinstance(over, OverTable) and bool(over.sums) and over.table in _SUMS
