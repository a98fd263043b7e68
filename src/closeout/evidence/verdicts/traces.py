"""Traced firearms: time from purchase to recovery, with what is still untraced (H1). Aggregates only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta

from closeout.evidence.statistics.trend import Trend, trend
from closeout.evidence.suppression import NOT_SHOWN, THRESHOLD
from closeout.evidence.verdicts.plain import as_plain
from closeout.evidence.verdicts.reading import need, rows_of
from closeout.evidence.verdicts.trace_tables import matrix, month_table
from closeout.reading.countwords import agreeing, counted, some_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.engines import Engine
    from closeout.followup.tables import Table

BUCKETS = ("under_1_year", "1_to_3_years", "over_3_years")
UNTRACED = "untraced"
WORDS = {
    "under_1_year": "under 1 year",
    "1_to_3_years": "1 to 3 years",
    "over_3_years": "over 3 years",
    UNTRACED: "untraced",
}
MONTHS = 36
UNFINISHED_MONTHS = 6
"""Traces of the newest months are often not finished when an extract is made."""
CAVEATS = (
    (
        "Recovered firearms that are traced are not a random sample of those recovered, and those recovered "
        "are not one of all firearms: the counts must not be used to draw conclusions about either (ATF's "
        "own notice)."
    ),
    (
        "Only some authorities of the recovering country submit traces, so that coverage is partial and "
        "changes with who submits (GAO-21-322)."
    ),
    (
        "Short times from purchase to recovery are over-represented among recent purchases: a firearm bought "
        "last year can only have been recovered early (right truncation). A share under three years is no "
        "rate."
    ),
    (
        "Aggregates only: no purchaser, possessor or firearm can be told apart, and trace data may be "
        "disclosed only as the law allows."
    ),
)
_COLUMNS = (
    "trace_id",
    "as_of_on",
    "month_from",
    "recovery_state",
    "source_state",
    "days_bucket",
    "firearms",
    "incomplete",
    "suppression_rule",
)
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class UpTo:
    """How many had been recovered by a length of time after purchase.

    Attributes:
        bucket: The length, in words.
        firearms: In this bucket alone.
        up_to: In this and the shorter ones.
        of_traced: up_to / traced, 0-1; None where none is traced.
        least: up_to / all, 0-1: the share if no untraced one was recovered so early.
        most: (up_to + untraced) / all, 0-1: the share if all untraced ones were.

    """

    bucket: str
    firearms: int
    up_to: int
    of_traced: float | None
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Month:
    """The firearms recovered in one month."""

    month_from: date
    firearms: int
    untraced: int
    is_finished: bool
    """False for months so near the extract that traces may still come."""


@dataclass(frozen=True, slots=True)
class Traces:
    """The analysis of one extract.

    Attributes:
        as_of: The day it stands on.
        extract_on: The newest extract's date by then; None where there is none.
        since: The first month of recovery that counts.
        firearms: How many were recovered.
        untraced: How many of them have no known purchase.
        untraced_share: untraced / firearms, 0-1, without an interval: no sample was drawn. None without any.
        incomplete: How many are not traced to a purchaser, untraced ones included.
        times: Time from purchase to recovery, shortest first.
        median_of_traced: The bucket in which half of the traced are reached; empty where none is traced.
        median_least, median_most: The same of all, if the untraced were all early, or never; `not reached`
            where half of all are not.
        months: By month of recovery, oldest first.
        trend: Of the recoveries a month, unfinished months left out.
        trend_untraced: Of the untraced share a month, unfinished months left out.
        states: Source state by recovery state, small cells and what would give them away not shown.
        suppression_rules: How the source itself treated small cells.
        caveats: What must stand beside every export.
        cannot: What cannot be concluded, a sentence each.

    """

    as_of: date
    extract_on: date | None
    since: date
    firearms: int
    untraced: int
    untraced_share: float | None
    incomplete: int
    times: tuple[UpTo, ...]
    median_of_traced: str
    median_least: str
    median_most: str
    months: tuple[Month, ...]
    trend: Trend
    trend_untraced: Trend
    states: Table | None
    suppression_rules: tuple[str, ...]
    caveats: tuple[str, ...]
    cannot: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """Return it as JSON takes it and as it may leave the house: small counts are not shown."""
        made: dict[str, Any] = as_plain(self)
        counts = [one.firearms for one in self.times] + [self.untraced, self.incomplete, self.firearms]
        if any(0 < count < THRESHOLD for count in counts):
            made |= dict.fromkeys(("times", "untraced", "untraced_share", "incomplete"), NOT_SHOWN)
            made["cannot"] = [one for one in made["cannot"] if "are untraced" not in one]
        if 0 < self.firearms < THRESHOLD:
            made["firearms"] = NOT_SHOWN
        made["months"] = as_plain(month_table(self)) if self.months and self.extract_on else []
        return made


def traces(engine: Engine, tables: Mapping[str, ir.Table], as_of: date, *, months: int = MONTHS) -> Traces:
    """Return what the newest extract of traces shows on a day.

    Time from purchase to recovery is known in buckets only, and not at all of untraced firearms. These are
    not left out: every share is given among the traced, and as the least and the most it can be among all
    (Manski 2003, worst-case bounds).

    Args:
        engine: Where the tables are.
        tables: The tables by name; `trace_counts` is needed.
        as_of: The day to stand on; of several extracts only the newest by then counts.
        months: How many months of recovery count, back from the extract.

    Raises:
        LacksTablesError: There is no `trace_counts`.

    """
    need(tables, ["trace_counts"])
    everything = [
        row for row in rows_of(engine, tables, "trace_counts", _COLUMNS) if row["as_of_on"] <= as_of
    ]
    extract = max((row["as_of_on"] for row in everything), default=None)
    since = (extract or as_of).replace(day=1) - relativedelta(months=months)
    rows = [row for row in everything if row["as_of_on"] == extract and row["month_from"] >= since]
    buckets: Counter[str] = Counter()
    for row in rows:
        buckets[row["days_bucket"]] += row["firearms"]
    total, untraced = sum(buckets.values()), buckets[UNTRACED]
    by_month = _months(rows, extract)
    finished = [one for one in by_month if one.is_finished and one.firearms]
    return Traces(
        as_of,
        extract,
        since,
        total,
        untraced,
        untraced / total if total else None,
        sum(row["incomplete"] for row in rows),
        _times(buckets) if total else (),
        *_medians(buckets),
        by_month,
        trend([one.firearms for one in finished]),
        trend([one.untraced / one.firearms for one in finished]),
        matrix(rows, extract) if rows and extract else None,
        tuple(sorted({row["suppression_rule"] for row in rows})),
        CAVEATS,
        _cannot(total, untraced, by_month, everything),
    )


def _times(buckets: Mapping[str, int]) -> tuple[UpTo, ...]:
    total = sum(buckets.values())
    untraced = buckets.get(UNTRACED, 0)
    traced, reached, made = total - untraced, 0, []
    for bucket in BUCKETS:
        reached += buckets.get(bucket, 0)
        made.append(
            UpTo(
                WORDS[bucket],
                buckets.get(bucket, 0),
                reached,
                reached / traced if traced else None,
                reached / total,
                (reached + untraced) / total,
            )
        )
    return tuple(made)


def _medians(buckets: Mapping[str, int]) -> tuple[str, str, str]:
    """Return the bucket of the median of the traced, and of all at the earliest and at the latest."""
    if not sum(buckets.values()):
        return "", "", ""
    times = _times(buckets)
    return (
        next((one.bucket for one in times if one.of_traced is not None and one.of_traced >= _HALF), ""),
        next((one.bucket for one in times if one.most >= _HALF), "not reached"),
        next((one.bucket for one in times if one.least >= _HALF), "not reached"),
    )


def _months(rows: Sequence[Mapping[str, Any]], extract: date | None) -> tuple[Month, ...]:
    if extract is None:
        return ()
    firearms: Counter[date] = Counter()
    untraced: Counter[date] = Counter()
    for row in rows:
        firearms[row["month_from"]] += row["firearms"]
        untraced[row["month_from"]] += row["firearms"] if row["days_bucket"] == UNTRACED else 0
    edge = extract.replace(day=1) - relativedelta(months=UNFINISHED_MONTHS)
    return tuple(Month(month, firearms[month], untraced[month], month < edge) for month in sorted(firearms))


def _cannot(
    total: int, untraced: int, by_month: Sequence[Month], everything: Sequence[Mapping[str, Any]]
) -> tuple[str, ...]:
    if not total:
        return ("The records hold no trace that was known on this day: nothing can be said.",)
    said = []
    if untraced:
        said.append(
            f"{some_of(untraced, total, 'firearm')} {agreeing(untraced, 'is', 'are')} untraced: the place "
            "and the day of purchase are not known, and may differ from those of the traced. So shares are "
            "also given as the least and the most they can be."
        )
    unfinished = sum(not one.is_finished for one in by_month)
    if unfinished:
        said.append(
            f"{counted(unfinished, 'newest month lies', 'newest months lie')} so near the extract that "
            "traces may still come: the trends leave that time out."
        )
    if len({row["as_of_on"] for row in everything}) > 1:
        said.append("Older extracts are left out: they count the same recoveries again.")
    said.append("Times are known in three buckets only: a median is a bucket, not a number of days.")
    return tuple(said)
