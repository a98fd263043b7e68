"""From diaries to weights: minutes per unit with interval, grade and expiry, by office and for the nation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import polars as pl
from dateutil.relativedelta import relativedelta

from closeout.workload.activities import Sort
from closeout.workload.study.ratio import ratios
from closeout.workload.weights import Grade, Weight

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

    from closeout.workload.activities import Activity

FRESH_YEARS, EXPIRES_YEARS = 3, 5
GOOD_RESPONSE, LEAST_RESPONSE = 0.8, 0.5
LEAST_OFFICERS, LEAST_TASKS = 3, 10
"""Below either, an office has no weight of its own: it takes the nation's."""
_WEEK_DAYS = 7
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of the studies besides their diaries."""

    responses: pl.DataFrame
    """A row a study and office, as `responses` gives it; no rows: nobody recorded whom the studies asked."""
    changes: Mapping[str, date] = field(default_factory=dict)
    """Of each activity, from when it was last another one, up to the as-of date."""


@dataclass(frozen=True, slots=True)
class Usable:
    """The diary rows that weights rest on, and why activities with diaries may have none."""

    diary: pl.DataFrame
    """With `place`: the office the row is used for, null for the nation."""
    reasons: Mapping[str, str]
    """Of activities whose diaries are all too old, or of another policy."""


def observed(
    diary: pa.Table, frame: Frame, activities: Sequence[Activity], as_of: date
) -> tuple[Weight, ...]:
    """Return the observed weights: of each office that has its own, and of the nation, by activity.

    A weight rests on diaries at most three years old where there are enough of the office, else on those at
    most five years old, and never on diaries from before the activity changed. Activities that are support or
    collateral have none. Where diaries are there and none may be used, the nation's weight has grade `none`
    and says why; where nobody ever recorded the activity, there is no observed weight.

    Args:
        diary: As `shapes.DIARY`.
        frame: Responses and changes.
        activities: The pack's list.
        as_of: The day to stand on.

    Returns:
        By activity and office, the nation's first.

    """
    cases = [one for one in activities if one.kind is Sort.CASE]
    rows = pl.DataFrame(diary).filter(pl.col("activity").is_in([one.code for one in cases]))
    usable = usable_of(rows, frame, as_of)
    figures = _figures(usable.diary, frame)
    made: list[Weight] = []
    for activity in cases:
        own = figures.get(activity.code, [])
        made += [_weight(activity, row, as_of) for row in own]
        if activity.code in usable.reasons:
            reason = usable.reasons[activity.code]
            made.append(Weight(activity.code, activity.unit, None, None, None, Grade.NONE, reason=reason))
    return tuple(made)


def usable_of(rows: pl.DataFrame, frame: Frame, as_of: date) -> Usable:
    """Return the diary rows that weights may rest on, once for each office and once for the nation."""
    changed = pl.DataFrame(
        {"activity": list(frame.changes), "changed_on": list(frame.changes.values())},
        schema={"activity": pl.String, "changed_on": pl.Date},
    )
    oldest = _years_from(as_of, -EXPIRES_YEARS)
    newest = _years_from(as_of, -FRESH_YEARS)
    marked = rows.join(changed, on="activity", how="left").with_columns(
        is_old=pl.col("week") < oldest,
        is_changed=(pl.col("week") < pl.col("changed_on")).fill_null(value=False),
    )
    kept = marked.filter(~pl.col("is_old") & ~pl.col("is_changed"))
    reasons = _reasons(marked, set(kept["activity"].unique()))
    nation = kept.with_columns(place=pl.lit(None, pl.String))
    both = pl.concat([nation, kept.with_columns(place="office_id")])
    is_fresh = pl.col("week") >= newest
    by = ["activity", "place"]
    officers = pl.col("officer_no").filter(is_fresh).n_unique().over(by)
    tasks = pl.col("tasks").filter(is_fresh).sum().over(by)
    enough = (officers >= LEAST_OFFICERS) & (tasks >= LEAST_TASKS)
    chosen = both.filter(is_fresh | ~enough).drop("is_old", "is_changed", "changed_on")
    return Usable(chosen, reasons)


def _reasons(marked: pl.DataFrame, kept: set[str]) -> dict[str, str]:
    """Return why activities that were recorded have no figure."""
    lost = (
        marked.filter(~pl.col("activity").is_in(list(kept)))
        .group_by("activity")
        .agg(last=pl.col("week").max(), changed_on=pl.col("changed_on").max(), is_old=pl.col("is_old").all())
    )
    made = {}
    for activity, last, changed_on, is_old in lost.sort("activity").iter_rows():
        until = last + timedelta(days=_WEEK_DAYS - 1)
        made[activity] = (
            f"expired: last recorded until {until}, more than {EXPIRES_YEARS} years ago; study it anew"
            if is_old
            else f"the activity is another since {changed_on}, and its diaries end on {until}; study it anew"
        )
    return made


def _figures(usable: pl.DataFrame, frame: Frame) -> dict[str, list[dict[str, Any]]]:
    """Return the figures of each activity, the nation's first, of those with enough officers and tasks."""
    by = ["activity", "place"]
    sums = usable.group_by(*by, "officer_no", maintain_order=True).agg(
        pl.col("minutes").sum(), pl.col("tasks").sum()
    )
    nation = ratios(sums.filter(pl.col("place").is_null()), by)
    offices = ratios(sums.filter(pl.col("place").is_not_null()), by)
    about = usable.group_by(by, maintain_order=True).agg(
        studies=pl.col("study").unique().sort(),
        entries=pl.col("entries").sum(),
        observed_from=pl.col("week").min(),
        last=pl.col("week").max(),
    )
    figures = pl.concat([nation, offices]).join(about, on=by, nulls_equal=True)
    figures = figures.join(_response_of(usable, frame), on=by, how="left", nulls_equal=True)
    enough = (pl.col("officers") >= LEAST_OFFICERS) & (pl.col("tasks") >= LEAST_TASKS)
    has_answered = pl.col("response").is_null() | (pl.col("response") >= LEAST_RESPONSE)
    has_interval = pl.col("minutes").is_not_null() & pl.col("low").is_not_null()
    kept = figures.filter(enough & has_interval & (has_answered | pl.col("place").is_null()))
    made: dict[str, list[dict[str, Any]]] = {}
    for row in kept.sort("activity", "place", nulls_last=False).iter_rows(named=True):
        made.setdefault(row["activity"], []).append(row)
    return made


def _response_of(usable: pl.DataFrame, frame: Frame) -> pl.DataFrame:
    """Return the response behind each figure: of its studies, in its office or in all of them."""
    studies = usable.select("activity", "place", "study").unique()
    here = frame.responses.select("study", "asked", "recorded", place="office_id")
    nation = frame.responses.group_by("study").agg(pl.col("asked").sum(), pl.col("recorded").sum())
    both = pl.concat(
        [
            studies.filter(pl.col("place").is_not_null()).join(here, on=["study", "place"]),
            studies.filter(pl.col("place").is_null()).join(nation, on="study"),
        ],
        how="diagonal",
    )
    counted = both.group_by("activity", "place").agg(pl.col("asked").sum(), pl.col("recorded").sum())
    response = pl.when(pl.col("asked") > 0).then(pl.col("recorded") / pl.col("asked"))
    return counted.select("activity", "place", response=response)


def _weight(activity: Activity, row: Mapping[str, Any], as_of: date) -> Weight:
    until = row["last"] + timedelta(days=_WEEK_DAYS - 1)
    grade, reason = grade_of(row["response"], until, as_of)
    return Weight(
        activity=activity.code,
        unit=activity.unit,
        minutes=row["minutes"],
        low=row["low"],
        high=row["high"],
        grade=grade,
        office_id=row["place"],
        studies=tuple(row["studies"]),
        officers=row["officers"],
        entries=row["entries"],
        tasks=row["tasks"],
        response=row["response"],
        observed_from=row["observed_from"],
        observed_to=until,
        expires_on=_years_from(until, EXPIRES_YEARS),
        reason=reason,
    )


def grade_of(response: float | None, until: date, as_of: date) -> tuple[Grade, str]:
    """Return the grade of a diary's weight, and why it is no better; empty for the best.

    Args:
        response: Officer-weeks recorded of those asked for, 0 to 1; None if nobody recorded whom it asked.
        until: The last day recorded.
        as_of: The day to stand on.

    """
    if until < _years_from(as_of, -EXPIRES_YEARS):
        return Grade.NONE, f"expired: last recorded on {until}; study it anew"
    if response is not None and response < LEAST_RESPONSE:
        return Grade.C, f"only {_percent(response)} of the officer-weeks asked for were recorded"
    is_fresh = until >= _years_from(as_of, -FRESH_YEARS)
    if response is not None and response >= GOOD_RESPONSE and is_fresh:
        return Grade.A, ""
    reasons = []
    if response is None:
        reasons.append("the response is not known")
    elif response < GOOD_RESPONSE:
        reasons.append(f"{_percent(response)} of the officer-weeks asked for were recorded")
    if not is_fresh:
        reasons.append(f"recorded until {until}")
    return Grade.B, "; ".join(reasons)


@cache
def _years_from(day: date, years: int) -> date:
    return day + relativedelta(years=years)


def _percent(share: float) -> str:
    return f"{share * _PERCENT:.0f} %"
