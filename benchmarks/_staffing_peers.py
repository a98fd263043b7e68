"""Seven duties' demand by office, by hand in SQL, Polars and pandas: what `benchmarks.staffing` runs beside.

Each way gives hours a month by office, officer and docket: check-ins, file reviews, verifications of contact
data, proceedings and hearings, changes of status, mismatches. They read the tables that most rows are in.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pyarrow.csv import WriteOptions

if TYPE_CHECKING:
    from datetime import date

    from closeout.records.snapshot import Snapshot

MINUTES = {
    "check-in": 15.0,
    "file-review": 45.0,
    "contact-verification": 6.0,
    "proceeding-verification": 10.0,
    "hearing-verification": 8.0,
    "status-recording": 5.0,
    "mismatch-correction": 12.0,
}
YEAR = 365.2425
HOLDER = ["office_id", "officer_no", "docket"]
Found = dict[str, tuple[float, float]]
"""By office: hours a month, and the sum over its officers and dockets of their hours squared."""
PROCEEDING = ("detained", "non_detained_pre_order", "juvenile", "family")
NOT_HELD = ("service_issue", "rescheduled_by_office", "data_error", "cancelled")
COLUMNS = {
    "cases": (
        "case_no", "office_id", "officer_no", "docket", "state", "is_detained", "opened_on", "reopened_on",
        "closed_on",
    ),
    "check_ins": ("case_no", "due_on", "outcome", "outcome_on"),
    "hearings": ("case_no", "scheduled_on", "outcome", "completed_on"),
    "status_changes": ("case_no", "effective_on", "source"),
    "verifications": ("case_no", "verified_on", "result"),
}  # fmt: skip
READS = tuple(COLUMNS)
_WITHOUT_HEADER = WriteOptions(include_header=False)

_SQL = """
with spans as (
  select case_no, office_id, officer_no, docket, is_detained, state,
    case when closed_on is null or closed_on > coalesce(reopened_on, opened_on) then
      greatest(0, least(coalesce(closed_on, {end}), {end})
        - greatest(coalesce(reopened_on, opened_on), {first}))
      else 0 end as days
  from cases),
stock as (
  select office_id, officer_no, docket, case when state <> 'intake' then days / {year} * {file_review}
    + case when not is_detained then days / {year} * {contact} else 0 end
    + case when docket in {proceeding} then days / ({year} / 2) * {proceedings} else 0 end else 0 end as mins
  from spans),
events as (
  select case_no, {check_in} as mins from check_ins where due_on >= {first} and due_on < {end}
    and not coalesce(outcome in {not_held} and coalesce(outcome_on, due_on) <= due_on, false)
  union all
  select case_no, {hearing} from hearings
    where scheduled_on - 7 >= {first} and scheduled_on - 7 < {end}
    and (outcome is null or outcome <> 'withdrawn') and not coalesce(completed_on <= scheduled_on - 7, false)
  union all
  select case_no, {status} from status_changes
    where effective_on >= {first} and effective_on < {end} and source = 'entered'
  union all
  select case_no, {mismatch} from verifications
    where verified_on >= {first} and verified_on < {end} and result = 'mismatch'),
both_ as (
  select office_id, officer_no, docket, mins from stock
  union all select office_id, officer_no, docket, mins from events join cases using (case_no)),
held as (select office_id, sum(mins) / 60 / 12 as hours from both_ group by office_id, officer_no, docket)
select office_id, sum(hours), sum(hours * hours) from held group by 1
"""


def statement(first: date, end: date) -> str:
    """Return the seven duties as one statement."""
    return _SQL.format(
        first=f"date '{first}'",
        end=f"date '{end}'",
        year=f"cast({YEAR} as double precision)",
        proceeding=PROCEEDING,
        not_held=NOT_HELD,
        check_in=MINUTES["check-in"],
        file_review=MINUTES["file-review"],
        contact=MINUTES["contact-verification"],
        proceedings=MINUTES["proceeding-verification"],
        hearing=MINUTES["hearing-verification"],
        status=MINUTES["status-recording"],
        mismatch=MINUTES["mismatch-correction"],
    )


def by_sql(snapshot: Snapshot, first: date, end: date) -> Found:
    """Return hours a month, by DuckDB and SQL written by hand."""
    import duckdb  # noqa: PLC0415 - the peer's own

    con = duckdb.connect()
    for table in READS:
        con.read_parquet([str(path) for path in snapshot.files(table)]).create_view(table)
    return {office: (hours, squares) for office, hours, squares in con.sql(statement(first, end)).fetchall()}


def by_postgresql(url: str, first: date, end: date) -> Found:
    """Return the same by PostgreSQL, over tables that `load_postgresql` filled; loading is not in it."""
    import psycopg  # noqa: PLC0415 - as above

    with psycopg.connect(url) as con:
        found = con.execute(statement(first, end)).fetchall()
    return {office: (hours, squares) for office, hours, squares in found}


def load_postgresql(url: str, snapshot: Snapshot) -> None:
    """Fill PostgreSQL with the columns that the statement reads, keys and statistics with them."""
    import psycopg  # noqa: PLC0415 - as above
    import pyarrow.csv as pc  # noqa: PLC0415 - as above
    import pyarrow.parquet as pq  # noqa: PLC0415 - as above

    with psycopg.connect(url) as con:
        for table, columns in COLUMNS.items():
            kinds = {name: _sql_kind(name) for name in columns}
            con.execute(f"create table {table} ({', '.join(f'{one} {kinds[one]}' for one in columns)})")
            with con.cursor().copy(f"copy {table} ({', '.join(columns)}) from stdin (format csv)") as copy:
                for path in snapshot.files(table):
                    text = io.BytesIO()
                    pc.write_csv(pq.read_table(path, columns=list(columns)), text, _WITHOUT_HEADER)
                    copy.write(text.getvalue())
        con.execute("alter table cases add primary key (case_no)")
        con.commit()
        con.autocommit = True
        con.execute("vacuum analyze")


def _sql_kind(name: str) -> str:
    return "date" if name.endswith("_on") else "boolean" if name.startswith("is_") else "text"


def by_polars(snapshot: Snapshot, first: date, end: date) -> Found:
    """Return the same by Polars, streaming."""
    import polars as pl  # noqa: PLC0415 - as above

    scans = {table: pl.scan_parquet(snapshot.files(table)) for table in READS}
    c = pl.col
    start = pl.coalesce("reopened_on", "opened_on")
    last = pl.min_horizontal(c("closed_on").fill_null(end), pl.lit(end))
    days = (last - pl.max_horizontal(start, pl.lit(first))).dt.total_days().clip(lower_bound=0)
    days = pl.when(c("closed_on").is_null() | (c("closed_on") > start)).then(days).otherwise(0)
    stock = (
        pl.when(c("state") != "intake").then(
            days / YEAR * MINUTES["file-review"]
            + pl.when(~c("is_detained")).then(days / YEAR * MINUTES["contact-verification"]).otherwise(0)
            + pl.when(c("docket").is_in(PROCEEDING))
            .then(days / (YEAR / 2) * MINUTES["proceeding-verification"])
            .otherwise(0)
        ).otherwise(0)
    )  # fmt: skip
    gone = c("outcome").is_in(NOT_HELD) & (c("outcome_on").fill_null(c("due_on")) <= c("due_on"))
    due = c("scheduled_on").dt.offset_by("-7d")
    inside = lambda day: (day >= first) & (day < end)  # noqa: E731 - as short as what it stands for
    events = [
        (scans["check_ins"].filter(inside(c("due_on")) & ~gone.fill_null(value=False)), "check-in"),
        (
            scans["hearings"].filter(
                inside(due)
                & (c("outcome").is_null() | (c("outcome") != "withdrawn"))
                & ~(c("completed_on") <= due).fill_null(value=False)
            ),
            "hearing-verification",
        ),
        (
            scans["status_changes"].filter(inside(c("effective_on")) & (c("source") == "entered")),
            "status-recording",
        ),
        (
            scans["verifications"].filter(inside(c("verified_on")) & (c("result") == "mismatch")),
            "mismatch-correction",
        ),
    ]
    rows = pl.concat([scan.select("case_no", minutes=pl.lit(MINUTES[duty])) for scan, duty in events])
    cases = scans["cases"]
    flow = rows.join(cases.select("case_no", *HOLDER), on="case_no").select(*HOLDER, "minutes")
    both = pl.concat([cases.select(*HOLDER, minutes=stock), flow]).group_by(HOLDER).agg(c("minutes").sum())
    hours = both.select("office_id", hours=c("minutes") / 60 / 12).group_by("office_id")
    found = hours.agg(c("hours").sum(), squares=(c("hours") ** 2).sum()).collect(engine="streaming")
    return {office: (one, squares) for office, one, squares in found.iter_rows()}


def by_pandas(snapshot: Snapshot, first: date, end: date) -> Found:
    """Return the same by pandas."""
    import pandas as pd  # noqa: PLC0415 - as above

    def read(table: str, columns: str) -> Any:  # noqa: ANN401 - a frame
        frame = pd.read_parquet([str(path) for path in snapshot.files(table)], columns=columns.split())
        for column in columns.split():
            if column.endswith("_on"):
                frame[column] = pd.to_datetime(frame[column])
        return frame

    since, until = pd.Timestamp(first), pd.Timestamp(end)
    cases = read(
        "cases", "case_no office_id officer_no docket state is_detained opened_on reopened_on closed_on"
    )
    start = cases.reopened_on.fillna(cases.opened_on)
    last = cases.closed_on.fillna(until).clip(upper=until)
    days = (last - start.clip(lower=since)).dt.days.clip(lower=0)
    days = days.where(cases.closed_on.isna() | (cases.closed_on > start), 0)
    minutes = days / YEAR * MINUTES["file-review"]
    minutes += (days / YEAR * MINUTES["contact-verification"]).where(~cases.is_detained, 0)
    minutes += (days / (YEAR / 2) * MINUTES["proceeding-verification"]).where(
        cases.docket.isin(PROCEEDING), 0
    )
    cases["place"] = cases.groupby(HOLDER, dropna=False, observed=True).ngroup()
    total = minutes.where(cases.state != "intake", 0).groupby(cases.place).sum()
    place = cases.set_index("case_no").place
    checks = read("check_ins", "case_no due_on outcome outcome_on")
    gone = checks.outcome.isin(NOT_HELD) & (checks.outcome_on.fillna(checks.due_on) <= checks.due_on)
    hearings = read("hearings", "case_no scheduled_on outcome completed_on")
    due = hearings.scheduled_on - pd.Timedelta(days=7)
    over = (hearings.outcome == "withdrawn") | (hearings.completed_on <= due)
    changes = read("status_changes", "case_no effective_on source")
    verified = read("verifications", "case_no verified_on result")
    for rows, day, keep, duty in (
        (checks, checks.due_on, ~gone, "check-in"),
        (hearings, due, ~over, "hearing-verification"),
        (changes, changes.effective_on, changes.source == "entered", "status-recording"),
        (verified, verified.verified_on, verified.result == "mismatch", "mismatch-correction"),
    ):
        few = rows.case_no[keep & (day >= since) & (day < until)].map(place)
        total = total.add(few.groupby(few).size() * MINUTES[duty], fill_value=0)
    hours = total / 60 / 12
    office = cases.drop_duplicates("place").set_index("place").office_id
    sums, squares = hours.groupby(office).sum(), (hours**2).groupby(office).sum()
    return {name: (float(sums[name]), float(squares[name])) for name in sums.index}
