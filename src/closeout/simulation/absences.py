"""How often and how long officers are absent, from the agency's own records of the year before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from closeout.simulation.model import Sickness
from closeout.workload.chances import SICK, sick_seen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

_YEAR = timedelta(days=365)
_WORKING_DAYS = 260.0
_SEVEN, _FIVE = 7, 5


@dataclass(frozen=True, slots=True)
class Absences:
    """What the records of a year say of absences of every kind."""

    shares: Mapping[str, float]
    """By office, the share of the working days on which officers were absent, 0 to below 1."""
    mean_days: float
    """Working days a spell, of all offices."""
    spells: int

    def of(self, office: str) -> tuple[Sickness, str]:
        """Return how absences of an office are drawn, and that in words."""
        share = self.shares.get(office, SICK.mean)
        said = "absences are drawn as in the year before, leaning on all offices' where offices are alike"
        if not self.spells:
            said = "no absence is on record in the year before; assumed are"
        # Spells are drawn on days present: fewer than the 260 of the year.
        found = Sickness(share * _WORKING_DAYS / self.mean_days / (1 - share), self.mean_days)
        days = f"{share * _WORKING_DAYS:.1f} working days an officer in spells of {self.mean_days:.1f} days"
        return found, f"{said}: {days}"


def absences_seen(officers: pl.DataFrame, absences: pl.DataFrame, as_of: date) -> Absences:
    """Return the absences of the year up to a day.

    An office's share leans on all offices' as far as offices differ less than chance would have them
    (`sick_seen`, a beta law updated by the office's own days).

    Args:
        officers: Who serves: `place`, `office_id`.
        absences: `place`, `from_on`, `to_on`, `hours_a_day`, `day_hours`; leave, sick days and all others.
        as_of: The last day.

    """
    since = as_of - _YEAR
    rows = absences.join(officers.select("place", "office_id"), on="place", how="inner")
    part = (pl.col("hours_a_day") / pl.col("day_hours")).clip(0.0, 1.0)
    first, last = pl.max_horizontal("from_on", pl.lit(since)), pl.min_horizontal("to_on", pl.lit(as_of))
    days = ((last - first).dt.total_days() + 1) * _FIVE / _SEVEN * part
    spells = rows.filter(first <= last, pl.col("hours_a_day") > 0, pl.col("day_hours") > 0)
    away = spells.select("office_id", days=days).group_by("office_id").agg(pl.col("days").sum())
    staff = officers.group_by("office_id").len("officers").join(away, on="office_id", how="left")
    staff = staff.with_columns(pl.col("days").fill_null(0.0)).sort("office_id")
    total = float(staff["days"].sum())
    found = sick_seen(staff["days"].to_list(), (staff["officers"] * _WORKING_DAYS).to_list())
    shares = {office: one.mean for office, one in zip(staff["office_id"], found, strict=True)}
    if not total:
        return Absences(shares, Sickness().mean_days, 0)
    return Absences(shares, max(1.0, total / spells.height), spells.height)
