"""Check a time study's entries: what cannot be used is set apart with its reason, the rest goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from closeout.workload.study.faults import FLAGS, Fault
from closeout.workload.study.moments import KIND, moment_minutes
from closeout.workload.study.response import responses

if TYPE_CHECKING:
    from collections.abc import Iterable

    from closeout.workload.activities import Activity
    from closeout.workload.study.read import Records

DAY_MINUTES = 24 * 60
OVER_CONTRACT = 1.25
"""A recorded week of more than this share of the contracted hours gives a flag."""
WORKDAYS = 5
_DAY = ("officer_no", "worked_on")
_WEEK = ("officer_no", "week")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of all time studies found."""

    good: pl.DataFrame
    """Entries that go on, with `week` (its Monday)."""
    refused: pl.DataFrame
    """Entries that do not, each once, with `fault`: the first that applies."""
    flags: pl.DataFrame
    """Officer-weeks to look at, whose entries go on: `study`, `officer_no`, `week`, `fault`, `sample_id`."""
    responses: pl.DataFrame
    """A row a study and office: officer-weeks `asked`, `recorded`, `absent`, and the `response`, 0 to 1."""

    moments: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=KIND))
    """The minutes that random moments stand for, by officer, week and activity."""

    def found(self) -> dict[str, list[int]]:
        """Return the keys of what was found by fault: of entries, and of samples for whole weeks."""
        by_fault: dict[str, list[int]] = {}
        for fault, key in self.refused.select("fault", "entry_id").iter_rows():
            by_fault.setdefault(fault, []).append(key)
        for fault, key in self.flags.drop_nulls("sample_id").select("fault", "sample_id").iter_rows():
            by_fault.setdefault(fault, []).append(key)
        return {fault: sorted(keys) for fault, keys in sorted(by_fault.items())}


def check_studies(records: Records, activities: Iterable[Activity]) -> Checked:
    """Return which entries can be used, which cannot and why, and the response by study and office.

    Where the records say nothing of whom a study asked, no entry is refused for it, and the response is
    not known.

    Args:
        records: The time studies as read.
        activities: The pack's list.

    """
    codes = [one.code for one in activities]
    entries = records.entries.with_columns(week=pl.col("worked_on").dt.truncate("1w"))
    refused: list[pl.DataFrame] = []
    # A day's hours are those of entries that are sound by themselves.
    day_over = pl.col("minutes").sum().over(_DAY) > DAY_MINUTES
    entries = _kept(entries, _by_entry(records, codes), refused)
    entries = _kept(entries, [(Fault.DAY_OVER_24_HOURS, day_over)], refused)
    entries = _kept(entries, _by_study(records), refused)
    good = _at_own_office(records, entries, refused)
    made = pl.concat(refused).sort("entry_id")
    flags = _flags(records, good)
    return Checked(good, made, flags, responses(records, good), moment_minutes(records, codes))


def _kept(
    entries: pl.DataFrame, tests: list[tuple[Fault, pl.Expr]], refused: list[pl.DataFrame]
) -> pl.DataFrame:
    """Return the entries in which no fault is found; the others are refused for the first that is."""
    if not tests:
        return entries
    found = [pl.when(is_faulty).then(pl.lit(fault.value)) for fault, is_faulty in tests]
    marked = entries.with_columns(fault=pl.coalesce(*found))
    if marked["fault"].null_count() == marked.height:
        refused.append(marked.clear())
        return entries
    is_good = pl.col("fault").is_null()
    refused.append(marked.filter(~is_good))
    return marked.filter(is_good).drop("fault")


def _by_entry(records: Records, codes: list[str]) -> list[tuple[Fault, pl.Expr]]:
    """Return what an entry is refused for by itself, in this order."""
    return [
        (Fault.UNKNOWN_OFFICER, ~pl.col("officer_no").is_in(records.officers["officer_no"].implode())),
        (Fault.UNKNOWN_ACTIVITY, ~pl.col("activity").is_in(codes)),
        (Fault.NEGATIVE_MINUTES, pl.col("minutes") < 0),
        (Fault.NO_MINUTES, pl.col("minutes") == 0),
        (Fault.ENTRY_TWICE, ~pl.col("entry_id").is_first_distinct()),
        (Fault.ENTRY_TWICE, pl.col("entry_id").is_in(_again(records.entries).implode())),
    ]


def _by_study(records: Records) -> list[tuple[Fault, pl.Expr]]:
    """Return what an entry is refused for by its study, in this order."""
    if not records.studies.height:
        return []
    days = {
        study: (first, last)
        for study, first, last in records.studies.select("study_id", "from_on", "to_on").iter_rows()
    }
    outside = [
        (pl.col("study") == study) & ~pl.col("worked_on").is_between(first, last)
        for study, (first, last) in days.items()
    ]
    return [
        (Fault.STUDY_UNKNOWN, ~pl.col("study").is_in(list(days))),
        (Fault.OUTSIDE_STUDY, pl.any_horizontal(outside)),
    ]


def _again(entries: pl.DataFrame) -> pl.Series:
    """Return the keys of entries that repeat one of the same case; without a case, two may be alike."""
    same = ["officer_no", "worked_on", "activity", "minutes", "tasks", "case_no"]
    of_cases = entries.unique("entry_id", keep="first", maintain_order=True).filter(
        pl.col("case_no").is_not_null()
    )
    first = of_cases.unique(same, keep="first", maintain_order=True)["entry_id"]
    return of_cases.filter(~pl.col("entry_id").is_in(first.implode()))["entry_id"]


def _at_own_office(records: Records, entries: pl.DataFrame, refused: list[pl.DataFrame]) -> pl.DataFrame:
    """Return the entries of weeks that were asked for, at the office where they were asked for."""
    if not records.samples.height:
        offices = pl.col("office_id").n_unique().over(_WEEK)
        homes = dict(records.officers.select("officer_no", "office_id").iter_rows())
        is_away = (offices > 1) & (
            pl.col("office_id") != pl.col("officer_no").replace_strict(homes, default=None)
        )
        refused.append(entries.filter(is_away).with_columns(fault=pl.lit(Fault.TWO_OFFICES.value)))
        return entries.filter(~is_away)
    asked = records.samples.select(
        pl.col("study_id").alias("study"),
        "officer_no",
        pl.col("week_from").alias("week"),
        sampled_at="office_id",
    ).unique(["study", "officer_no", "week"])
    joined = entries.join(asked, on=["study", "officer_no", "week"], how="left", maintain_order="left")
    never = pl.col("sampled_at").is_null()
    away = ~never & (pl.col("sampled_at") != pl.col("office_id"))
    bad = joined.filter(never | away)
    for fault, is_bad in ((Fault.NEVER_ASKED, never), (Fault.TWO_OFFICES, away)):
        refused.append(bad.filter(is_bad).drop("sampled_at").with_columns(fault=pl.lit(fault.value)))
    return (joined.filter(~never & ~away) if bad.height else joined).drop("sampled_at")


def _flags(records: Records, good: pl.DataFrame) -> pl.DataFrame:
    """Return the weeks to look at: nothing recorded, days missing, far more than the contract."""
    weeks = good.group_by("study", *_WEEK).agg(
        days=pl.col("worked_on").filter(pl.col("worked_on").dt.weekday() <= WORKDAYS).n_unique(),
        minutes=pl.col("minutes").sum(),
    )
    asked = records.samples.filter(pl.col("asked_at").is_null()).select(
        "sample_id", "officer_no", "state", study="study_id", week="week_from"
    )
    hours = records.officers.select("officer_no", "contracted_hours")
    both = weeks.join(asked, on=["study", *_WEEK], how="full", coalesce=True)
    both = both.join(hours, on="officer_no", how="left")
    is_recorded = pl.col("state") == "recorded"
    found = {
        Fault.WEEK_MISSING: is_recorded & pl.col("days").is_null(),
        Fault.DAYS_MISSING: is_recorded & (pl.col("days") < WORKDAYS),
        Fault.OVER_CONTRACT: pl.col("minutes") > pl.col("contracted_hours") * 60 * OVER_CONTRACT,
    }
    pieces = [
        both.filter(is_found).select("study", *_WEEK, "sample_id", fault=pl.lit(fault.value))
        for fault, is_found in found.items()
        if fault in FLAGS
    ]
    return pl.concat(pieces).sort("study", "officer_no", "week", "fault")
