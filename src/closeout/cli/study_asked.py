"""What `closeout study` can be asked, and how each answer is found."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from closeout.duties.terms import near
from closeout.workload.activities import activities_of
from closeout.workload.study.adjust import agreed, state_of, sufficiency
from closeout.workload.study.backtest import Backtest, backtest
from closeout.workload.study.check import Checked, check_studies
from closeout.workload.study.diary import diary_of, read_diary
from closeout.workload.study.faults import WHY, Fault
from closeout.workload.study.plan import Asked, Design, PlanError, diary_template, moments_template, sample_of
from closeout.workload.study.precision import Precision, precision
from closeout.workload.study.read import read_records, study_tables
from closeout.workload.study.use import time_use
from closeout.workload.study.weigh import Frame
from closeout.workload.study.weights import weights_of
from closeout.workload.weights import Kind, Weight

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.records.snapshot import Snapshot
    from closeout.workload.activities import Activity


@dataclass(frozen=True, slots=True)
class Opened:
    """A snapshot opened in an engine, with the pack's activities."""

    engine: "Engine"
    tables: "Mapping[str, ir.Table]"
    pack: "Pack"
    activities: "tuple[Activity, ...]"
    as_of: date


@dataclass(frozen=True, slots=True)
class Planned:
    """A study as drawn, and how sure it will be by the snapshot's own diaries."""

    asked: Asked
    sample: pl.DataFrame
    precision: tuple[Precision, ...]
    aim: float

    @property
    def officers(self) -> int:
        """Return how many officers are asked."""
        return self.sample["officer_no"].n_unique()

    @property
    def from_on(self) -> date:
        """Return the first Monday asked for."""
        first: Any = self.sample["week_from"].min()
        day: date = first
        return day

    @property
    def weeks(self) -> int:
        """Return how many officer-weeks are asked for."""
        return self.sample.select("officer_no", "week_from").unique().height

    def by_office(self) -> dict[str, int]:
        """Return how many officers are asked in each office."""
        counted = self.sample.group_by("office_id").agg(pl.col("officer_no").n_unique()).sort("office_id")
        return dict(counted.iter_rows())

    def plain(self) -> dict[str, Any]:
        """Return the plan as plain values."""
        return {
            "study": self.asked.code,
            "design": self.asked.design.value,
            "seed": self.asked.seed,
            "officers": self.officers,
            "officer_weeks": self.weeks,
            "moments": self.sample["asked_at"].drop_nulls().len(),
            "from": self.from_on,
            "to": _last(self.sample),
            "offices": self.by_office(),
            "aimed_error": self.aim,
            "precision": [asdict(one) for one in self.precision],
        }


def opened(engine: "Engine", snapshot: "Snapshot", pack: "Pack", as_of: date) -> Opened:
    """Return a snapshot opened, with the activities of its pack; PackError where the list is faulty."""
    return Opened(engine, study_tables(engine, snapshot), pack, activities_of(pack), as_of)


def wanted(  # noqa: PLR0913, PLR0917 - what a study is made of
    code: str,
    from_on: date,
    officers: int,
    weeks: int,
    rounds: int,
    moments: int,
    offices: tuple[str, ...],
    roles: tuple[str, ...],
    seed: int,
) -> Asked:
    """Return what is asked for as a study."""
    design = Design.RANDOM_MOMENT if moments else Design.DIARY
    return Asked(
        code=code,
        from_on=from_on,
        officers=officers,
        weeks=weeks,
        rounds=rounds,
        design=design,
        moments_a_week=moments or 1,
        offices=offices,
        roles=roles,
        seed=seed,
    )


def planned(given: Opened, asked: Asked, aim: float, response: float) -> Planned:
    """Return the study as drawn; PlanError or ValueError where it cannot be."""
    records = read_records(given.engine, given.tables)
    if asked.code in records.studies["study_id"].to_list():
        msg = f"there is a study {asked.code} already; give another code"
        raise PlanError(msg)
    sample = sample_of(asked, records.officers)
    pilot = read_diary(given.engine, given.tables, given.activities)
    return Planned(asked, sample, precision(pilot, aim, response), aim)


def write_plan(found: Planned, out: Path, activities: "Sequence[Activity]") -> list[str]:
    """Write the sample, the study's row, what is to be filled in and the activities as CSV; return the names.

    Raises:
        PlanError: The folder has files.
        OSError: It cannot be written.

    """
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        msg = f"{out} is not empty; give a folder that does not exist yet"
        raise PlanError(msg)
    asked = found.asked
    is_moments = asked.design is Design.RANDOM_MOMENT
    study = pl.DataFrame(
        {
            "study_id": [asked.code],
            "label": [f"Time study {asked.code}"],
            "design": [asked.design.value],
            "state": ["planned"],
            "from_on": [found.from_on],
            "to_on": [_last(found.sample)],
            "weeks": [asked.weeks],
            "moments_a_week": [asked.moments_a_week if is_moments else None],
            "aimed_error": [found.aim],
            "seed": [asked.seed],
        }
    )
    known = [(one.code, one.title, one.kind.value, one.unit.value) for one in activities]
    listed = pl.DataFrame(known, schema=["activity", "title", "kind", "unit"], orient="row")
    made = {"time_studies": study, "study_samples": found.sample, "activities": listed}
    if is_moments:
        made["study_moments"] = moments_template(found.sample)
    else:
        made["diary"] = diary_template(found.sample)
    for name, rows in made.items():
        rows.write_csv(out / f"{name}.csv", datetime_format="%Y-%m-%dT%H:%M:%S")
    return [f"{name}.csv" for name in made]


def checked(given: Opened) -> Checked:
    """Return what a check of the snapshot's studies finds."""
    return check_studies(read_records(given.engine, given.tables), given.activities)


def plain_check(found: Checked) -> dict[str, Any]:
    """Return a check as plain values."""
    counted = found.refused.group_by("fault").len().sort("fault")
    flagged = found.flags.group_by("fault").len().sort("fault")
    return {
        "entries": found.good.height + found.refused.height,
        "usable": found.good.height,
        "refused": {
            fault: {"entries": rows, "why": WHY[Fault(fault)]} for fault, rows in counted.iter_rows()
        },
        "to_look_at": {
            fault: {"weeks": rows, "why": WHY[Fault(fault)]} for fault, rows in flagged.iter_rows()
        },
        "responses": found.responses.to_dicts(),
    }


def weighed(
    given: Opened, office: str, activities: Sequence[str], *, is_adjusted: bool
) -> tuple[list[Weight], dict[str, Any] | None]:
    """Return the weights that hold in an office, and what recorded time went to there.

    Raises:
        LookupError: There is no such office or activity.

    """
    made = weights_of(given.engine, given.tables, given.pack, given.as_of, given.activities)
    codes = [one.code for one in given.activities if one.kind == "case"]
    for asked in activities:
        if asked not in codes:
            msg = f"there is no activity {asked} with minutes.{near(asked, codes)}"
            raise LookupError(msg)
    if office and "offices" in given.tables:
        offices = given.engine.to_arrow(given.tables["offices"].select("office_id"))[0].to_pylist()
        if office not in offices:
            msg = f"there is no office {office}; there are {', '.join(sorted(offices))}"
            raise LookupError(msg)
    kind = Kind.ADJUSTED if is_adjusted else Kind.OBSERVED
    rows = [made.get(code, office or None, kind) for code in (activities or codes)]
    use = time_use(made.diary, given.activities).filter(pl.col("office_id").eq_missing(office or None))
    return rows, use.row(0, named=True) if use.height else None


def plain_weight(one: Weight) -> dict[str, Any]:
    """Return a weight as plain values."""
    return asdict(one)


def adjusting(given: Opened) -> dict[str, Any]:
    """Return answers, panels' ends and decisions as plain values."""
    records = read_records(given.engine, given.tables)
    on = pl.lit(given.as_of)
    decided = records.adjustments.filter(pl.col("decided_on") <= on).sort("activity", "decided_on")
    return {
        "sufficiency": [
            asdict(one) for one in sufficiency(records.answers.filter(pl.col("answered_on") <= on))
        ],
        "panels": [asdict(one) for one in agreed(records.estimates.filter(pl.col("estimated_on") <= on))],
        "adjustments": [
            row | {"state": state_of(row["approved_on"], row["expires_on"], given.as_of)}
            for row in decided.to_dicts()
        ],
    }


def tested(given: Opened, band: float) -> tuple[Backtest, ...]:
    """Return the back-test of the snapshot's diaries; a band of 0.1 allows ten percent either way."""
    records = read_records(given.engine, given.tables)
    found = check_studies(records, given.activities)
    diary = diary_of(given.engine, given.tables, found, given.activities)
    changes = records.changes.filter(pl.col("changed_on") <= pl.lit(given.as_of))
    latest = dict(changes.group_by("activity").agg(pl.col("changed_on").max()).iter_rows())
    return backtest(diary, Frame(found.responses, latest), given.activities, band=(1 - band, 1 + band))


def plain_test(one: Backtest) -> dict[str, Any]:
    """Return a month's back-test as plain values."""
    return asdict(one) | {"ratio": one.ratio}


def has_drifted(found: Sequence[Backtest]) -> bool:
    """Tell whether the last month that can be assessed drifted, all activities together."""
    whole = [one for one in found if one.activity is None and one.predicted is not None]
    return bool(whole) and whole[-1].has_drifted


def _last(sample: pl.DataFrame) -> date:
    last: Any = sample["week_from"].max()
    day: date = last + timedelta(days=4)
    return day
