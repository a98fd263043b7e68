"""The weights of a snapshot: observed and adjusted, each found for an office or in what it falls back to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from dateutil.relativedelta import relativedelta

from closeout.workload.activities import Sort, activities_of
from closeout.workload.shapes import DIARY
from closeout.workload.study.adjust import adjusted
from closeout.workload.study.check import check_studies
from closeout.workload.study.diary import diary_of
from closeout.workload.study.ratio import between_offices
from closeout.workload.study.read import read_records, study_tables
from closeout.workload.study.refused import refused_entries, unlisted_rows, without_cases
from closeout.workload.study.weigh import EXPIRES_YEARS, Frame, observed
from closeout.workload.tables import quickest
from closeout.workload.weights import Grade, Kind, Unit, Weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir
    import pyarrow as pa

    from closeout.duties.clauses import Pack
    from closeout.engines.files import Reader
    from closeout.records.snapshot import Snapshot
    from closeout.workload.activities import Activity

_Z90 = 1.6448536269514722


@dataclass(frozen=True, slots=True)
class WeightSet:
    """The weights of one snapshot. Observed and adjusted ones stand beside each other."""

    weights: tuple[Weight, ...]
    """As they were found: by activity, kind and office, the nation's before the offices'."""
    activities: tuple[Activity, ...]
    diary: pa.Table = field(default_factory=DIARY.empty_table, compare=False)
    """As `shapes.DIARY`, without the expired and those of an earlier policy: what draws resample."""
    by: Mapping[tuple[str, str | None, Kind], Weight] = field(default_factory=dict, compare=False)
    between: Mapping[str, float] = field(default_factory=dict, compare=False)
    """By activity, how far offices' observed minutes differ beyond chance, as a logarithm."""
    set_aside: tuple[str, ...] = field(default=(), compare=False)
    """What none rests on, a line for each reason (`refused_entries`, `unlisted_rows`)."""

    @property
    def all(self) -> tuple[Weight, ...]:
        """Return the weights as they were found, without those that only fall back to another."""
        return self.weights

    def get(self, activity: str, office_id: str | None = None, kind: Kind = Kind.OBSERVED) -> Weight:
        """Return the weight to use for an activity in an office.

        The office's own; else the nation's, pooled from other offices (grade C); else the experts' range (D);
        else one without a figure, whose reason says why. An activity that nobody adjusted has as its adjusted
        weight the observed one, and says so.

        Args:
            activity: The code.
            office_id: The office; None for the nation.
            kind: Observed or adjusted.

        """
        found = self.by.get((activity, office_id, kind))
        if found is None and office_id is not None:
            nation = self.by.get((activity, None, kind))
            found = _pooled(nation, office_id, self.between.get(activity, 0.0)) if nation else None
        if found is None:
            return Weight(
                activity, Unit.DUTY, None, None, None, Grade.NONE, kind, office_id,
                reason="the pack's list has no such activity with a weight",
            )  # fmt: skip
        return found


def weights_of(
    engine: Reader,
    given: Snapshot | Mapping[str, ir.Table],
    pack: Pack,
    as_of: date,
    activities: Sequence[Activity] | None = None,
) -> WeightSet:
    """Return the weights of a snapshot's time studies, experts and adjustments.

    Args:
        engine: Where the tables are.
        given: A snapshot, or its tables.
        pack: The rules; its list of activities is taken.
        as_of: The day to stand on: what was recorded or decided later does not count.
        activities: The list, where it is not the pack's.

    Raises:
        PackError: The pack's list of activities is faulty.

    """
    engine = quickest(engine, given)
    tables = study_tables(engine, given)
    listed = tuple(activities or activities_of(pack))
    records = read_records(engine, tables)
    checked = check_studies(records, listed)
    known = replace(checked, good=checked.good.filter(pl.col("worked_on") <= as_of))
    diary = diary_of(engine, tables, known, listed)
    changes = (
        records.changes.filter(pl.col("changed_on") <= as_of)
        .group_by("activity")
        .agg(pl.col("changed_on").max())
    )
    frame = Frame(checked.responses, dict(changes.iter_rows()))
    seen = observed(diary, frame, listed, as_of)
    decided = adjusted(records.adjustments, frame.changes, seen, listed, as_of)
    made = weight_set(seen, decided, listed, of_today(diary, frame.changes), as_of)
    said = (*refused_entries(checked), *unlisted_rows(records, listed), *without_cases(diary, listed))
    return replace(made, set_aside=said)


def of_today(diary: pa.Table, changes: Mapping[str, date]) -> pa.Table:
    """Return a diary without what was recorded before its activity became another.

    Args:
        diary: As `shapes.DIARY`.
        changes: From when each activity is another.

    """
    since = {"activity": list(changes), "changed_on": list(changes.values())}
    changed = pl.DataFrame(since, schema={"activity": pl.String, "changed_on": pl.Date})
    rows = pl.DataFrame(diary).join(changed, on="activity", how="left", maintain_order="left")
    is_other = (pl.col("week") < pl.col("changed_on")).fill_null(value=False)
    return rows.filter(~is_other).drop("changed_on").to_arrow().cast(DIARY)


def weight_set(
    seen: Iterable[Weight],
    decided: Iterable[Weight],
    activities: Sequence[Activity],
    diary: pa.Table,
    as_of: date,
) -> WeightSet:
    """Return observed and adjusted weights as a set, the activities nobody recorded with experts' ranges.

    Args:
        seen: The observed weights.
        decided: The adjusted ones.
        activities: The pack's list.
        diary: What the observed ones rest on, as `shapes.DIARY`.
        as_of: The day to stand on.

    """
    decided = tuple(decided)
    by = {(one.activity, one.office_id, one.kind): one for one in (*seen, *decided)}
    for activity in activities:
        if activity.kind is Sort.CASE:
            by.setdefault((activity.code, None, Kind.OBSERVED), expert(activity))
    for_all = {one.activity for one in decided if one.office_id is None}
    for one in tuple(by.values()):
        if one.kind is Kind.OBSERVED and one.activity not in for_all:
            reason = _joined("not adjusted: as observed", one.reason)
            unlike = replace(one, kind=Kind.ADJUSTED, reason=reason)
            by.setdefault((one.activity, one.office_id, Kind.ADJUSTED), unlike)
    order = sorted(by, key=lambda key: (key[0], key[2] is Kind.ADJUSTED, key[1] is not None, key[1] or ""))
    weights = tuple(by[key] for key in order)
    kept = pl.DataFrame(diary).filter(pl.col("week") >= as_of - relativedelta(years=EXPIRES_YEARS))
    return WeightSet(weights, tuple(activities), kept.to_arrow().cast(DIARY), by, _between(weights))


def _between(weights: Sequence[Weight]) -> dict[str, float]:
    own: dict[str, list[tuple[float, float]]] = {}
    for one in weights:
        if one.office_id and one.kind is Kind.OBSERVED and one.minutes and one.low:
            error = float(np.log(one.minutes / one.low)) / _Z90
            own.setdefault(one.activity, []).append((float(np.log(one.minutes)), error))
    return {
        activity: between_offices(
            np.array([log for log, _ in found]), np.array([error for _, error in found])
        )
        for activity, found in own.items()
    }


def expert(activity: Activity) -> Weight:
    """Return the experts' range as a weight of grade D; without a range, one of grade `none`."""
    if activity.likely is None:
        reason = "nobody recorded it, and no expert gave a range"
        return Weight(activity.code, activity.unit, None, None, None, Grade.NONE, reason=reason)
    reason = "nobody recorded it: the experts' range"
    return Weight(
        activity.code,
        activity.unit,
        activity.likely,
        activity.low,
        activity.high,
        Grade.D,
        reason=reason + (", which is made up" if activity.is_made_up else ""),
    )


def _pooled(nation: Weight, office_id: str, between: float) -> Weight:
    """Return the nation's weight for an office without its own: as unsure again as offices differ."""
    if nation.grade not in {Grade.A, Grade.B, Grade.C} or nation.minutes is None:
        return replace(nation, office_id=office_id)
    low, high = nation.low, nation.high
    if nation.low and nation.high and between:
        error = np.log(nation.high / nation.low) / 2
        half = float(np.hypot(error, _Z90 * between))
        low, high = nation.minutes * float(np.exp(-half)), nation.minutes * float(np.exp(half))
    reason = _joined("pooled from other offices: too few usable diaries here", nation.reason)
    return replace(nation, office_id=office_id, grade=Grade.C, low=low, high=high, reason=reason)


def _joined(*reasons: str) -> str:
    return "; ".join(one for one in reasons if one)
