"""Who does what no officer leads: the roles that spend minutes on it, as the diaries say, by their hours.

A role's pace is the share of its recorded minutes that went into an activity. In an office a duty is shared
out over the roles there by their pace times their hours: two inspectors do twice what one does.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl
from dateutil.relativedelta import relativedelta

from closeout.workload.activities import activities_of
from closeout.workload.study.check import check_studies
from closeout.workload.study.read import read_records, study_tables
from closeout.workload.study.spread import LEAST_ENTRIES
from closeout.workload.study.weigh import EXPIRES_YEARS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause, Pack
    from closeout.engines.files import Reader
    from closeout.records.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Doers:
    """Which roles do what."""

    pace: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """By activity and role: its share of the minutes that the role recorded, above 0."""
    entries: Mapping[str, int] = field(default_factory=dict)
    """Entries of each activity."""
    leading: frozenset[str] = frozenset()
    """Roles that lead cases."""

    def of(self, clause: Clause, hours: Mapping[str, float]) -> dict[str, float]:
        """Return the shares of a duty by role, 1 in all; empty where its officer or whoever is free does it.

        What is about a case is its leader's, unless at least thirty entries tell of it and none is of a role
        that leads cases: then others do it, as supervisors decide on closures.

        Args:
            clause: The duty.
            hours: Of each role in the office, at work; above 0.

        """
        pace = self.pace.get(clause.minutes, {})
        if clause.officer is not None or (clause.case and not self._is_others(clause.minutes)):
            return {}
        parts = {role: share * hours[role] for role, share in pace.items() if hours.get(role, 0.0) > 0}
        whole = sum(parts.values())
        return {role: parts[role] / whole for role in sorted(parts)}

    def _is_others(self, activity: str) -> bool:
        is_told = self.entries.get(activity, 0) >= LEAST_ENTRIES
        return is_told and not self.leading & self.pace.get(activity, {}).keys()


def read_doers(
    engine: Reader,
    given: Snapshot | Mapping[str, ir.Table],
    pack: Pack,
    as_of: date,
    leading: Collection[str] = (),
) -> Doers:
    """Return which roles do what, where the time studies of a snapshot tell it.

    Args:
        engine: Where the tables are.
        given: A snapshot, or its tables.
        pack: The rules; its list of activities is taken.
        as_of: The day to stand on; entries that have expired by it, and later ones, do not count.
        leading: The roles that lead cases.

    Raises:
        PackError: The pack's list of activities is faulty.

    """
    records = read_records(engine, study_tables(engine, given))
    good = check_studies(records, tuple(activities_of(pack))).good
    since = as_of - relativedelta(years=EXPIRES_YEARS)
    rows = good.filter(pl.col("worked_on").is_between(since, as_of), pl.col("minutes") > 0)
    roles = records.officers.select("officer_no", "role").unique("officer_no", keep="last")
    return of_entries(rows.select("officer_no", "activity", "minutes").join(roles, on="officer_no"), leading)


def of_entries(rows: pl.DataFrame, leading: Collection[str] = ()) -> Doers:
    """Return which roles do what from `activity`, `role` and `minutes` an entry."""
    minutes = pl.col("minutes").cast(pl.Float64).sum()
    grouped = rows.filter(pl.col("role").is_not_null()).group_by("activity", "role")
    told = grouped.agg(pl.len().alias("entries"), minutes).sort("activity", "role")
    told = told.with_columns(pace=pl.col("minutes") / pl.col("minutes").sum().over("role"))
    pace: dict[str, dict[str, float]] = defaultdict(dict)
    entries: dict[str, int] = defaultdict(int)
    for activity, role, count, share in told.select("activity", "role", "entries", "pace").iter_rows():
        pace[activity][role] = share
        entries[activity] += count
    return Doers(dict(pace), dict(entries), frozenset(leading))
