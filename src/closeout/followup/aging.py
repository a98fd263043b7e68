"""How old the open recommendations are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.followup.clock_rules import Unit
from closeout.followup.clocks import add
from closeout.followup.tables import Column, Figure, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from closeout.followup.followed import Followed


@dataclass(frozen=True, slots=True)
class Band:
    """An age in whole years since the report's issue: from `years`, to below `below` (None: no end)."""

    title: str
    years: int
    below: int | None

    def holds(self, age: int) -> bool:
        """Say whether an age in whole years lies within the band."""
        return self.years <= age and (self.below is None or age < self.below)


BANDS = (
    Band("Under 1 year", 0, 1),
    Band("1 to under 2 years", 1, 2),
    Band("2 to under 3 years", 2, 3),
    Band("3 to under 5 years", 3, 5),
    Band("5 years and more", 5, None),
)
UNDATED = "Issue date not known"


def age_in_years(issued: date, as_of: date) -> int:
    """Return the whole years from a day to another, 0 where the first is not yet past."""
    years = max(0, as_of.year - issued.year)
    while years and add(issued, years, Unit.YEARS) > as_of:
        years -= 1
    return years


def aging(followed: Iterable[Followed], *, as_of: date, bands: Sequence[Band] = BANDS) -> Table:
    """Return how many open recommendations are how old, from their report's issue to a day.

    The age is counted from the last day the issue date can mean, so that none is made older
    than it is. Those whose report has no date are counted apart, never as young.
    """
    still_open = [each for each in followed if each.is_open]
    counts = {band.title: 0 for band in bands} | {UNDATED: 0}
    overdue = dict.fromkeys(counts, 0)
    for each in still_open:
        title = _band(each, as_of, bands)
        counts[title] += 1
        overdue[title] += each.ledger.overdue is not None
    late = sum(overdue.values())
    return Table(
        code="aging",
        title="Age of open recommendations",
        source="Counted by Closeout from issue dates and the auditors' printed statuses",
        as_of=as_of,
        columns=(
            Column("band", "Age"),
            Column("open", "Open", "recommendations"),
            Column("overdue", "Of them past a promised date", "recommendations"),
        ),
        rows=tuple((title, counts[title], overdue[title]) for title in counts),
        figures=(Figure("Open and past a promised date, of all open", late, len(still_open), as_of),),
    )


def _band(each: Followed, as_of: date, bands: Sequence[Band]) -> str:
    if each.issued is None:
        return UNDATED
    age = age_in_years(each.issued.latest, as_of)
    return next(
        band.title for band in bands if band.years <= age and (band.below is None or age < band.below)
    )
