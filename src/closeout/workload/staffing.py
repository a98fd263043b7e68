"""From a snapshot to what its offices need: volumes x weights, against the hours of their officers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import polars as pl
from dateutil.relativedelta import relativedelta

from closeout.duties.run import NotComputed
from closeout.engines.files import FilesFirst
from closeout.reading.countwords import counted
from closeout.records.snapshot import Snapshot
from closeout.workload.activities import activities_of, misfits
from closeout.workload.caseload import YARDSTICKS
from closeout.workload.chances import sick_seen
from closeout.workload.demand import Demand, Weights, demand
from closeout.workload.desk_hours import desk_hours
from closeout.workload.figures import Hidden, Need, Staffing, Week
from closeout.workload.hours import PARTS, Hours, keep_hours
from closeout.workload.office_rows import Ground, duty_hours, nation_need, office_needs, part_needs
from closeout.workload.officer_rows import officer_hours
from closeout.workload.parameters import Parameters
from closeout.workload.parts import parts
from closeout.workload.supply import days_by_office, supply
from closeout.workload.tables import quickest, tables_in
from closeout.workload.volumes import Counted, count_volumes, months_before
from closeout.workload.window import arrivals, windows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import ibis.expr.types as ir

    from closeout.duties.clauses import Pack
    from closeout.engines.files import Reader
    from closeout.workload.activities import Activity
    from closeout.workload.figures import DeskHours
    from closeout.workload.study.weights import WeightSet
    from closeout.workload.supply import Supply
    from closeout.workload.weights import Weight
    from closeout.workload.window import Arrivals

Chosen = TypeVar("Chosen", bound=Weights)
WEEKS_AHEAD = 26
__all__ = ["months_before", "weighed", "work_out"]
HIDDEN_SAYS = {
    "held": "a hold stops clocks of the case on the as-of date",
    "untyped": "the case has no status of the codebook",
    "intake": "the case is being taken in",
    "transfer_pending": "another office has been asked to take the case",
    "closure_proposed": "somebody has proposed to close the case",
}
"""What each rule that takes cases out of a load stands for."""


def work_out(  # noqa: PLR0913 - a run and what it is of
    engine: Reader,
    given: Snapshot | Mapping[str, ir.Table],
    pack: Pack,
    as_of: date,
    parameters: Parameters | None = None,
    *,
    weights: Weights | None = None,
    draws: int = 0,
    seed: int = 7,
    told: Callable[[str], None] = lambda _said: None,
) -> Staffing:
    """Work out demand, hours, need, gap and achievable caseloads.

    Args:
        engine: Where the tables are.
        given: A snapshot, or its tables.
        pack: The rules that say what is called for.
        as_of: The day to stand on; volumes and hours are those of the full months before it.
        parameters: The run's assumptions; the defaults if None.
        weights: The minutes; the snapshot's own time studies if None.
        draws: How many draws of weights, volumes and hours stand behind the intervals; none without.
        seed: Of the draws.
        told: Called with each step as it begins; what it raises ends the run.

    Returns:
        The whole run, unrounded. Where a figure cannot be given its reason stands in its place.

    """
    parameters = parameters or Parameters()

    def weigh(reader: Reader, listed: tuple[Activity, ...]) -> Weights:
        return weights or _own_weights(reader, given, pack, as_of, listed)

    return _run(engine, given, pack, as_of, parameters, weigh, draws, seed, told)[0]


def weighed(
    engine: Reader,
    snapshot: Snapshot,
    pack: Pack,
    as_of: date,
    parameters: Parameters,
    *,
    draws: int = 0,
    seed: int = 7,
    told: Callable[[str], None] = lambda _said: None,
) -> tuple[Staffing, WeightSet]:
    """Work a staffing run out as `work_out` does, and return the snapshot's own weights beside it."""

    def weigh(reader: Reader, listed: tuple[Activity, ...]) -> WeightSet:
        return _own_weights(reader, snapshot, pack, as_of, listed)

    return _run(engine, snapshot, pack, as_of, parameters, weigh, draws, seed, told)


def _run(  # noqa: PLR0913, PLR0917 - as above
    engine: Reader,
    given: Snapshot | Mapping[str, ir.Table],
    pack: Pack,
    as_of: date,
    parameters: Parameters,
    weigh: Callable[[Reader, tuple[Activity, ...]], Chosen],
    draws: int,
    seed: int,
    told: Callable[[str], None],
) -> tuple[Staffing, Chosen]:
    _check_whole(pack)
    reader = quickest(engine, given)
    tables = tables_in(reader, given)
    first, last = months_before(as_of, parameters.months)
    listed = activities_of(pack)
    with ThreadPoolExecutor(1) as beside:
        told("Counting what the rules call for")
        counting = beside.submit(
            count_volumes,
            reader,
            given,
            pack,
            first,
            last,
            as_of=as_of,
            is_whole=not draws,
            activities=listed,
        )
        # An engine is asked one thing at a time; files are read by two.
        if not isinstance(reader, FilesFirst):
            counting.result()
        told("Keeping the hours ledger")
        hours = keep_hours(reader, tables, pack, first, as_of + timedelta(weeks=WEEKS_AHEAD), parameters)
        told("Sizing the windows")
        until = last + relativedelta(months=1, days=-1)
        came = arrivals(reader, tables, first, until, is_daily=bool(draws))
        told("Taking the weights")
        weights = weigh(reader, listed)
        beside_work = _beside_work(hours, came, _offices(reader, tables, as_of), pack, as_of, parameters)
        counted = counting.result()
    told("Working out need and gap")
    stale = (as_of - given.as_of).days if isinstance(given, Snapshot) else 0
    made, ground = _worked_out(counted, weights, beside_work, parameters, pack, as_of, stale)
    # Weights given by hand rest on no diaries.
    set_aside = (*made.faults, *getattr(weights, "set_aside", ()))
    made = replace(made, faults=set_aside, not_counted={**made.not_counted, **hours.lacking})
    if draws:
        told(f"Drawing {draws:,} times")
        from closeout.workload.drawn import with_draws  # noqa: PLC0415 - heavy, and only for draws

        diary = getattr(weights, "diary", None)
        made = with_draws(made, ground, counted, diary, draws=draws, seed=seed)
    return made, weights


def _check_whole(pack: Pack) -> None:
    """Raise ValueError where the pack leaves duties out: need without them would come out too small."""
    if pack.left_out:
        duties = ", ".join(one.duty for one in pack.left_out)
        msg = f"the pack leaves out {duties}, whose hours would be missing; correct the pack"
        raise ValueError(msg)


def _own_weights(
    reader: Reader,
    given: Snapshot | Mapping[str, ir.Table],
    pack: Pack,
    as_of: date,
    listed: tuple[Activity, ...],
) -> WeightSet:
    from closeout.workload.study.weights import weights_of  # noqa: PLC0415 - not needed where given

    return weights_of(reader, given, pack, as_of, listed)


def _offices(engine: Reader, tables: Mapping[str, ir.Table], as_of: date) -> list[str]:
    if "offices" not in tables:
        return []
    offices = tables["offices"]
    rows = pl.DataFrame(engine.to_arrow(offices.select("office_id", "closed_on")))
    is_open = pl.col("closed_on").is_null() | (pl.col("closed_on") > as_of)
    return sorted(rows.filter(is_open)["office_id"].to_list())


@dataclass(frozen=True, slots=True)
class _BesideWork:
    """What a run says without its volumes: worked out while they are being counted."""

    offices: list[str]
    officers: Supply
    arrivals: Arrivals | None
    desks: Mapping[str, DeskHours]
    curve: tuple[Week, ...]
    faults: tuple[str, ...]


def _beside_work(
    hours: Hours,
    came: Arrivals | None,
    offices: list[str],
    pack: Pack,
    as_of: date,
    parameters: Parameters,
) -> _BesideWork:
    there = supply(hours, as_of, parameters)
    return _BesideWork(
        [*offices, *hours.officers["office_id"].to_list()],
        there,
        came,
        desk_hours(windows_of(came, parameters.desk) if came else (), there, pack),
        _curve(hours),
        (*misfits(pack), *map(str, hours.faults)),
    )


def _worked_out(
    counted: Counted,
    weights: Weights,
    beside_work: _BesideWork,
    parameters: Parameters,
    pack: Pack,
    as_of: date,
    stale: int,
) -> tuple[Staffing, Ground]:
    there, desks = beside_work.officers, beside_work.desks
    work = demand(counted, weights, beside_work.offices, parameters)
    laid = parts(work, there, parameters, desks)
    a_day = parameters.hours_a_week / parameters.workdays_a_week
    sick_days, days = days_by_office(there, work.offices, a_day)
    sick = sick_seen(sick_days.tolist(), days.tolist())
    ground = Ground(work, laid, parameters, there.standard_hours, stale, desks, sick, beside_work.arrivals)
    rows = office_needs(ground)
    nation = nation_need(ground, rows)
    flagged = tuple(_with_work_flags(one, work) for one in rows)
    officers = officer_hours(work, there, has_figures=nation.demand_hours is not None)
    titles = {clause.minutes: clause.title for clause in reversed(pack.clauses) if clause.minutes}
    lacking = {duty: NotComputed(pack.clause(duty), missing).why for duty, missing in counted.lacking.items()}
    made = Staffing(
        as_of=as_of,
        first_month=counted.months.first,
        last_month=counted.months.last,
        pack=f"{pack.name}@{pack.digest[:12]}",
        parameters=parameters,
        nation=_with_work_flags(nation, work),
        offices=flagged,
        parts=part_needs(ground),
        officers=officers,
        duties=duty_hours(ground, titles),
        weights=_used(work),
        curve=beside_work.curve,
        hidden=_hidden(work, parameters),
        yardsticks=YARDSTICKS,
        faults=beside_work.faults,
        sentence="",
        not_counted=lacking,
        sick_share=float(sick_days.sum() / days.sum()) if sick_days.sum() else None,
    )
    return replace(made, sentence=sentence(made)), ground


def _used(work: Demand) -> tuple[Weight, ...]:
    """Return the weights of all activities that are called for, each once."""
    called = work.owed.sum(axis=0) > 0
    kept = {
        id(one): one for row, is_called in zip(work.weights, called, strict=True) if is_called for one in row
    }
    return tuple(sorted(kept.values(), key=lambda one: (one.activity, one.office_id or "")))


def _with_work_flags(made: Need, work: Demand) -> Need:
    """Return a figure with the cases that nobody leads flagged."""
    here = work.holders.with_columns(counts=pl.Series(work.is_counted))
    if made.office_id is not None:
        here = here.filter(pl.col("office_id") == made.office_id)
    lone = int(here.filter((pl.col("officer_no") == "") & pl.col("counts"))["cases"].sum())
    return (
        replace(made, flags=(*made.flags, f"UNASSIGNED: {counted(lone, 'case')} that nobody leads"))
        if lone
        else made
    )


def _curve(hours: Hours) -> tuple[Week, ...]:
    """Return the hours of each office by week."""
    offices = hours.officers["office_id"].to_list()
    names = sorted(set(offices))
    place = np.array([names.index(name) for name in offices], dtype=np.int64)
    width = len(hours.weeks)

    def summed(rows: np.ndarray) -> np.ndarray:
        made: np.ndarray = np.zeros((len(names), width))
        np.add.at(made, place, rows)
        return made

    figures = np.stack([summed(hours.paid), *(summed(hours.parts[name]) for name in PARTS)], axis=-1)
    return tuple(
        Week(name, week, *each)
        for name, rows in zip(names, figures.tolist(), strict=True)
        for week, each in zip(hours.weeks, rows, strict=True)
    )


def _hidden(work: Demand, parameters: Parameters) -> tuple[Hidden, ...]:
    """Return what each status rule would take out of the load."""
    made = []
    for mark, says in HIDDEN_SAYS.items():
        if mark in work.marks:
            found = work.hidden_by(mark)
            cases = int(work.holders["cases"].to_numpy()[found].sum())
            hours = float(work.hours[found].sum()) if parameters.counts_hidden else None
            made.append(Hidden(mark, says, cases, hours, parameters.counts_hidden))
    return tuple(made)


def sentence(made: Staffing) -> str:
    """Return what a planner would say of the nation; counts of officers to one decimal."""
    nation = made.nation
    if nation.need_fte is None or nation.gap_fte is None or nation.demand_hours is None:
        return f"No need can be stated as of {made.as_of}: {nation.reason}."
    short = "short of" if nation.gap_fte > 0 else "above"
    said = (
        f"As of {made.as_of} the duties of {len(made.offices)} offices call for "
        f"{nation.demand_hours:,.0f} hours a month and so for {nation.need_fte:,.1f} full-time officers; "
        f"{nation.staff_fte:,.1f} are there, {abs(nation.gap_fte):,.1f} {short} the need"
    )
    if nation.utilization is not None:
        said += f" ({nation.utilization * 100:,.0f} % of the hours for cases)"
    return said + f". Weights of grade {nation.grade}."
