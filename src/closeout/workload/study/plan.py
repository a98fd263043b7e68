"""Plan a time study: which officers, in which weeks or at which moments, drawn by chance and repeatably."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from closeout.workload.rounding import largest_remainder
from closeout.workload.streams import stream

if TYPE_CHECKING:
    from collections.abc import Sequence

WEEK_DAYS, WORKDAYS = 7, 5
SPAN_DAYS = 364
"""Rounds are spread over this many days, so that every season is asked."""
DUTY_FROM, DUTY_TO = time(8, 0), time(16, 30)
SLOT_MINUTES = 5
SAMPLE: dict[str, pl.DataType | type[pl.DataType]] = {
    "sample_id": pl.Int64,
    "study_id": pl.String,
    "officer_no": pl.String,
    "office_id": pl.String,
    "week_from": pl.Date,
    "asked_at": pl.Datetime("us"),
    "state": pl.String,
    "settled_on": pl.Date,
}
"""The columns of the table `study_samples`."""


class Design(StrEnum):
    """How time is observed."""

    DIARY = "diary"
    RANDOM_MOMENT = "random_moment"


class PlanError(ValueError):
    """A study cannot be planned as asked; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a study is to be."""

    code: str
    from_on: date
    """The first round begins on the Monday of this week."""
    officers: int
    """How many to ask, over all offices."""
    weeks: int = 2
    """Weeks each officer is asked to record, one after the other."""
    rounds: int = 4
    """Spread over a year; each officer belongs to one."""
    design: Design = Design.DIARY
    moments_a_week: int = 20
    """Of each officer, for a study of moments."""
    offices: tuple[str, ...] = ()
    """All if empty."""
    roles: tuple[str, ...] = ()
    """All if empty."""
    least: int = 2
    """Officers asked of each office and unit, where it has as many and as many are asked in all."""
    seed: int = 1


def sample_of(asked: Asked, officers: pl.DataFrame) -> pl.DataFrame:
    """Return whom a study asks for which weeks or moments.

    Officers are drawn by office and unit: `least` of each, the others by its share of all who may be asked;
    each has the same chance within it. They are dealt to the rounds so that each office and unit
    is asked in every season. The same seed and officers give the same sample; an officer more in one unit
    changes no other unit's drawing.

    Args:
        asked: What the study is to be.
        officers: `officer_no`, `office_id`, `unit_id`, `role`, `active_from`, `active_to`,
            `contracted_hours`; whoever does not serve on the first day or has no hours is left out.

    Returns:
        Rows of the table `study_samples`, in the order of office, officer, week and moment, all `asked`.

    Raises:
        PlanError: Nobody may be asked, or a number makes no sense.

    """
    _check(asked)
    monday = asked.from_on - timedelta(days=asked.from_on.weekday())
    can = _can(asked, officers, monday)
    strata = [
        (str(office), str(unit or ""), rows["officer_no"].sort().to_list())
        for (office, unit), rows in sorted(can.group_by("office_id", "unit_id"), key=lambda one: str(one[0]))
    ]
    counts = _allocated([len(numbers) for _, _, numbers in strata], asked)
    rows = []
    for (office, unit, numbers), count in zip(strata, counts, strict=True):
        generator = stream(asked.seed, "study", asked.code, office, unit)
        drawn = generator.permutation(len(numbers))[:count]
        rounds = _rounds(asked, count, generator)
        for place, turn in zip(drawn.tolist(), rounds, strict=True):
            rows += _weeks_of(asked, office, numbers[place], monday, turn)
    made = pl.DataFrame(
        rows, schema={name: SAMPLE[name] for name in SAMPLE if name != "sample_id"}, orient="row"
    )
    made = made.sort("office_id", "officer_no", "week_from", "asked_at")
    return (
        made.with_row_index("sample_id", 1).with_columns(pl.col("sample_id").cast(pl.Int64)).select(*SAMPLE)
    )


def _check(asked: Asked) -> None:
    for name in ("officers", "weeks", "rounds", "moments_a_week", "least"):
        if getattr(asked, name) < 1:
            msg = f"{name.replace('_', ' ')} must be at least 1, not {getattr(asked, name)}"
            raise PlanError(msg)
    between = SPAN_DAYS // asked.rounds
    if asked.rounds > 1 and asked.weeks * WEEK_DAYS > between:
        msg = (
            f"{asked.rounds} rounds of {asked.weeks} weeks do not fit into a year; ask fewer weeks or rounds"
        )
        raise PlanError(msg)
    if asked.design is Design.RANDOM_MOMENT and asked.moments_a_week > _slots() * WORKDAYS:
        msg = f"a week has {_slots() * WORKDAYS} moments of {SLOT_MINUTES} minutes; ask for fewer"
        raise PlanError(msg)


def _can(asked: Asked, officers: pl.DataFrame, monday: date) -> pl.DataFrame:
    for name, wanted in (("office_id", asked.offices), ("role", asked.roles)):
        if lacking := sorted(set(wanted) - set(officers[name].to_list())):
            msg = f"no officer has the {name.removesuffix('_id')} {', '.join(lacking)}"
            raise PlanError(msg)
        if wanted:
            officers = officers.filter(pl.col(name).is_in(list(wanted)))
    serves = (pl.col("active_from") <= monday) & (
        pl.col("active_to").is_null() | (pl.col("active_to") >= monday)
    )
    can = officers.filter(serves & (pl.col("contracted_hours") > 0))
    if not can.height:
        msg = "nobody may be asked: no officer with hours serves there on the first day"
        raise PlanError(msg)
    return can


def _allocated(sizes: Sequence[int], asked: Asked) -> list[int]:
    """Return how many to draw of each stratum: the least first, then by size, as many as asked in all."""
    wanted = min(asked.officers, sum(sizes))
    least = min(asked.least, wanted // len(sizes))
    first = [min(size, least) for size in sizes]
    rest = [float(size - given) for size, given in zip(sizes, first, strict=True)]
    shares = largest_remainder(rest, wanted - sum(first)) if any(rest) else [0] * len(sizes)
    return [given + share for given, share in zip(first, shares, strict=True)]


def _rounds(asked: Asked, count: int, generator: np.random.Generator) -> list[int]:
    """Return the round of each officer drawn: as even as can be, and which are fuller is chance."""
    turns = generator.permutation(asked.rounds)
    return [int(turns[place % asked.rounds]) for place in range(count)]


def _weeks_of(asked: Asked, office: str, officer: str, monday: date, turn: int) -> list[tuple[object, ...]]:
    weeks = SPAN_DAYS // asked.rounds // WEEK_DAYS
    first = monday + timedelta(weeks=turn * weeks)
    rows: list[tuple[object, ...]] = []
    for number in range(asked.weeks):
        week = first + timedelta(weeks=number)
        moments: list[datetime | None] = [None]
        if asked.design is Design.RANDOM_MOMENT:
            moments = list(_moments(asked, officer, week))
        rows += [(asked.code, officer, office, week, at, "asked", None) for at in moments]
    return rows


def _slots() -> int:
    minutes = (DUTY_TO.hour - DUTY_FROM.hour) * 60 + DUTY_TO.minute - DUTY_FROM.minute
    return minutes // SLOT_MINUTES


def _moments(asked: Asked, officer: str, week: date) -> list[datetime]:
    """Return moments within the duty hours of a week, no two alike, in their order."""
    generator = stream(asked.seed, "moments", asked.code, officer, week.isoformat())
    drawn = np.sort(generator.choice(_slots() * WORKDAYS, asked.moments_a_week, replace=False))
    starts = datetime.combine(week, DUTY_FROM)
    return [
        starts + timedelta(days=place // _slots(), minutes=place % _slots() * SLOT_MINUTES)
        for place in drawn.tolist()
    ]


def moments_template(sample: pl.DataFrame) -> pl.DataFrame:
    """Return the moments asked for, as the table `study_moments` has them, with nothing seen yet."""
    nothing = {name: pl.lit(None, pl.String) for name in ("activity", "case_no")}
    made = sample.drop_nulls("asked_at").with_row_index("moment_id", offset=1)
    return made.with_columns(observed_at="asked_at", **nothing).select(
        "moment_id", "study_id", "officer_no", "office_id", "observed_at", "activity", "case_no"
    )


def diary_template(sample: pl.DataFrame) -> pl.DataFrame:
    """Return an empty diary: one row a working day of every officer-week, to be filled in and multiplied.

    The columns are those of the table `time_entries` that an officer fills, and those that are known.
    """
    weeks = sample.select("study_id", "officer_no", "office_id", "week_from").unique(maintain_order=True)
    numbers = pl.DataFrame({"day": range(WORKDAYS)}, schema={"day": pl.Int64})
    days = weeks.join(numbers, how="cross").with_columns(
        worked_on=pl.col("week_from") + pl.duration(days="day")
    )
    empty = {name: pl.lit(None, pl.String) for name in ("activity", "minutes", "case_no", "tasks")}
    made = days.sort("office_id", "officer_no", "worked_on").with_columns(study="study_id", **empty)
    return made.with_columns(is_overtime=pl.lit(value=False)).select(
        "officer_no",
        "office_id",
        "worked_on",
        "activity",
        "minutes",
        "case_no",
        "tasks",
        "study",
        "is_overtime",
    )
