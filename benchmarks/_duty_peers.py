"""Three clauses of the pack written by hand: as DuckDB SQL and in pandas, for the same totals as ours.

Each gives, by state and office, how many instances there are, the sum of their due days (from 1970), how
many were missed, and how many officers they fall to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from datetime import date

    from closeout.records.snapshot import Snapshot

DUTIES = ("check-in", "file-review", "status-recording")
READS = ("check_ins", "file_reviews", "status_changes", "cases", "assignments", "transfers")
FAULTS = ("service_issue", "rescheduled_by_office", "data_error", "cancelled")
_CHECK_IN = f"""
select case_no, due_on,
  case when due_on >= date '2024-10-01' then 3 when due_on >= date '2015-01-01' then 7 end as grace,
  14 as lead,
  case when outcome not in {FAULTS} and outcome_on <= $day then outcome_on end as done_on,
  case when outcome in {FAULTS} and outcome_on <= $day then outcome_on end as ended_on, false as by_end
from check_ins
"""
_STATUS = """
select case_no, effective_on + 7 as due_on, 0 as grace, 0 as lead,
  case when recorded_on <= $day then recorded_on end as done_on, null::date as ended_on, false as by_end
from status_changes where source = 'entered' and effective_on <= $day
"""
_REVIEW = """
select case_no, (opened + interval 12 month)::date as due_on, 60 as lead, done_on,
  case when opened between date '2018-01-01' and date '2022-09-30' then 0
    when opened >= date '2024-07-01' then 30 end as grace,
  case when done_on is null and closed_on <= $day then closed_on end as ended_on, true as by_end
from (
  select case_no, closed_on, day as opened,
    lead(day) over (partition by case_no order by day, turn) as done_on
  from (
    select case_no, closed_on, coalesce(reopened_on, opened_on) as day, 0 as turn from cases
    where state <> 'intake' and coalesce(reopened_on, opened_on) <= $day
    union all
    select distinct case_no, closed_on, completed_on, 1 from file_reviews join cases using (case_no)
    where state <> 'intake' and completed_on between coalesce(reopened_on, opened_on) and $day
      and (closed_on is null or completed_on <= closed_on)
  )
) where closed_on is null or closed_on > $day or opened < closed_on
"""
_TOTALS = """
with owed as ({owed}),
stated as (
  select *, due_on + grace::int as last_day, case
    when grace is null then 'no_basis'
    when done_on <= due_on + grace::int then 'done'
    when done_on is not null then 'done_late'
    when ended_on is not null then 'excused'
    when due_on + grace::int < $day then 'overdue'
    when due_on - lead::int <= $day then 'due' else 'upcoming' end as state
  from owed
),
placed as (
  select *, case when state in ('done', 'done_late', 'excused') then least(due_on, $day) else $day end
    as ref_on,
    state in ('overdue', 'done_late') or (state = 'excused' and by_end and last_day < ended_on) as is_missed
  from stated
),
leads as (select case_no, officer_no, from_on, to_on from assignments where role = 'lead'),
passed as (select case_no, accepted_on, from_office_id from transfers where accepted_on is not null)
select p.state, coalesce(from_office_id, c.office_id) as office, count(*) as n,
  sum(case when p.state = 'no_basis' then 0 else due_on - date '1970-01-01' end)::bigint as due_days,
  count(*) filter (is_missed) as missed,
  count(distinct case when l.to_on is null or l.to_on > ref_on then coalesce(l.officer_no, c.officer_no)
    else c.officer_no end) as officers
from placed p join cases c using (case_no)
asof left join leads l on p.case_no = l.case_no and p.ref_on >= l.from_on
asof left join passed t on p.case_no = t.case_no and p.ref_on < t.accepted_on
group by all
"""
SQL = {"check-in": _CHECK_IN, "file-review": _REVIEW, "status-recording": _STATUS}


def by_sql(con: Any, duty: str, day: date) -> list[tuple[Any, ...]]:  # noqa: ANN401 - a DuckDB connection
    """Return one clause's totals from a statement written by hand, in order."""
    statement = _TOTALS.format(owed=SQL[duty]).replace("$day", f"date '{day}'")
    return sorted(con.sql(statement).fetchall())


def by_pandas(frames: dict[str, pd.DataFrame], duty: str, day: date) -> list[tuple[Any, ...]]:
    """Return one clause's totals computed in pandas, in order."""
    today = pd.Timestamp(day)
    owed = {"check-in": _check_ins, "file-review": _reviews, "status-recording": _statuses}[duty](
        frames, today
    )
    owed["last_day"] = owed.due_on + pd.to_timedelta(owed.grace, unit="D")
    owed["state"] = "upcoming"
    for state, holds in (
        ("due", owed.due_on - pd.to_timedelta(owed.lead, unit="D") <= today),
        ("overdue", owed.last_day < today),
        ("excused", owed.ended_on.notna()),
        ("done_late", owed.done_on.notna()),
        ("done", owed.done_on <= owed.last_day),
        ("no_basis", owed.grace.isna()),
    ):
        owed.loc[holds, "state"] = state
    return _totals(_placed(owed, frames, today))


def _check_ins(frames: dict[str, pd.DataFrame], today: pd.Timestamp) -> pd.DataFrame:
    rows = frames["check_ins"]
    owed = rows[["case_no", "due_on"]].copy()
    owed["grace"] = pd.Series(float("nan"), owed.index).mask(owed.due_on >= "2015-01-01", 7.0)
    owed["grace"] = owed.grace.mask(owed.due_on >= "2024-10-01", 3.0)
    owed["lead"] = 14
    known = rows.outcome_on.where(rows.outcome_on <= today)
    is_fault = rows.outcome.isin(FAULTS)
    owed["done_on"] = known.where(~is_fault & rows.outcome.notna())
    owed["ended_on"] = known.where(is_fault)
    owed["by_end"] = False
    return owed


def _statuses(frames: dict[str, pd.DataFrame], today: pd.Timestamp) -> pd.DataFrame:
    rows = frames["status_changes"]
    rows = rows[(rows.source == "entered") & (rows.effective_on <= today)]
    owed = rows[["case_no"]].copy()
    owed["due_on"] = rows.effective_on + pd.Timedelta(days=7)
    owed["grace"], owed["lead"], owed["by_end"] = 0.0, 0, False
    owed["done_on"] = rows.recorded_on.where(rows.recorded_on <= today)
    owed["ended_on"] = pd.NaT
    return owed


def _reviews(frames: dict[str, pd.DataFrame], today: pd.Timestamp) -> pd.DataFrame:
    cases = frames["cases"][["case_no", "state", "opened_on", "reopened_on", "closed_on"]]
    cases = cases[cases.state != "intake"]
    cases = cases.assign(start=cases.reopened_on.fillna(cases.opened_on))
    cases = cases[cases.start <= today][["case_no", "closed_on", "start"]]
    events = frames["file_reviews"][["case_no", "completed_on"]].dropna().drop_duplicates()
    events = events.merge(cases, on="case_no")
    is_known = (events.completed_on >= events.start) & (events.completed_on <= today)
    is_known &= events.closed_on.isna() | (events.completed_on <= events.closed_on)
    turns = pd.concat(
        [
            cases.rename(columns={"start": "opened"}).assign(turn=0),
            events[is_known].drop(columns="start").rename(columns={"completed_on": "opened"}).assign(turn=1),
        ]
    ).sort_values(["case_no", "opened", "turn"])
    turns["done_on"] = turns.groupby("case_no").opened.shift(-1)
    is_over = turns.closed_on <= today
    turns = turns[~is_over | (turns.opened < turns.closed_on)].copy()
    turns["due_on"] = turns.opened + pd.DateOffset(months=12)
    first = turns.opened.between("2018-01-01", "2022-09-30")
    turns["grace"] = (
        pd.Series(float("nan"), turns.index).mask(first, 0.0).mask(turns.opened >= "2024-07-01", 30.0)
    )
    turns["lead"], turns["by_end"] = 60, True
    turns["ended_on"] = turns.closed_on.where(turns.done_on.isna() & (turns.closed_on <= today))
    return turns.reset_index(drop=True)


def _placed(owed: pd.DataFrame, frames: dict[str, pd.DataFrame], today: pd.Timestamp) -> pd.DataFrame:
    is_closed = owed.state.isin(["done", "done_late", "excused"])
    ref_on = owed.due_on.where(is_closed & (owed.due_on < today), today)
    owed["ref_on"] = ref_on.astype(frames["assignments"].from_on.dtype)
    owed = owed.merge(frames["cases"][["case_no", "office_id", "officer_no"]], on="case_no").sort_values(
        "ref_on"
    )
    leads = frames["assignments"]
    leads = leads[leads.role == "lead"][["case_no", "officer_no", "from_on", "to_on"]]
    leads = leads.rename(columns={"officer_no": "lead_no"}).sort_values("from_on")
    owed = pd.merge_asof(owed, leads, left_on="ref_on", right_on="from_on", by="case_no")
    passed = (
        frames["transfers"][["case_no", "accepted_on", "from_office_id"]].dropna().sort_values("accepted_on")
    )
    owed = pd.merge_asof(
        owed,
        passed,
        left_on="ref_on",
        right_on="accepted_on",
        by="case_no",
        direction="forward",
        allow_exact_matches=False,
    )
    holds = owed.lead_no.notna() & (owed.to_on.isna() | (owed.to_on > owed.ref_on))
    owed["officer"] = owed.lead_no.where(holds, owed.officer_no)
    owed["office"] = owed.from_office_id.fillna(owed.office_id)
    return owed


def _totals(owed: pd.DataFrame) -> list[tuple[Any, ...]]:
    owed["missed"] = owed.state.isin(["overdue", "done_late"]) | (
        (owed.state == "excused") & owed.by_end & (owed.last_day < owed.ended_on)
    )
    days = (owed.due_on - pd.Timestamp(0)).dt.days
    owed["due_days"] = days.where(owed.state != "no_basis", 0)
    grouped = owed.groupby(["state", "office"]).agg(
        n=("case_no", "size"),
        due_days=("due_days", "sum"),
        missed=("missed", "sum"),
        officers=("officer", "nunique"),
    )
    return sorted((*key, *map(int, values)) for key, *values in grouped.itertuples())


def frames_of(snapshot: Snapshot) -> dict[str, pd.DataFrame]:
    """Return the tables the three clauses read, as pandas reads Parquet, with days as instants."""
    frames = {}
    for table in READS:
        frame = pd.concat(
            [pd.read_parquet(path, dtype_backend="numpy_nullable") for path in snapshot.files(table)]
        )
        for name in frame.columns:
            if name.endswith("_on"):
                frame[name] = pd.to_datetime(frame[name])
        frames[table] = frame.reset_index(drop=True)
    return frames
