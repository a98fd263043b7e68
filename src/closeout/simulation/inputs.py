"""From a snapshot to the offices as the simulation sees them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from closeout.duties.public_holidays import days_off
from closeout.duties.run import tables_of
from closeout.reading.countwords import agreeing
from closeout.reading.countwords import counted as in_words
from closeout.simulation.absences import Absences, absences_seen
from closeout.simulation.doers import read_doers
from closeout.simulation.duty_inputs import Staff, Varies, office_duties, yearly
from closeout.simulation.expected import evenness
from closeout.simulation.model import Away, ModelError, OfficeModel, Officer, Sickness, Taken
from closeout.simulation.overdue import of_duties, read_overdue
from closeout.simulation.telling import told_for
from closeout.workload.hour_rows import hour_rows
from closeout.workload.parameters import Parameters
from closeout.workload.staffing import months_before
from closeout.workload.study.spread import spreads
from closeout.workload.unfold import NO_OFFICE
from closeout.workload.volumes import count_volumes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    import ibis.expr.types as ir

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.records.snapshot import Snapshot
    from closeout.simulation.doers import Doers
    from closeout.simulation.duty_inputs import Volumes
    from closeout.simulation.model import Duty, Overdue
    from closeout.workload.demand import Weights
    from closeout.workload.hour_rows import HourRows

NOBODY = "(nobody)"
"""Stands for who leads cases that nobody of the office leads; has no hours, so colleagues cover them."""
_HOUR = 60.0
_QUARTER_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What to simulate."""

    start_on: date
    days: int = 365
    warm_up_days: int = 60
    has_cover: bool = True
    has_backlog: bool = True
    """Begin with what the records say is overdue, and not with what the warm-up leaves."""
    varies: Varies = field(default_factory=Varies)


def read_offices(
    engine: Engine,
    given: Snapshot | Mapping[str, ir.Table],
    pack: Pack,
    as_of: date,
    parameters: Parameters | None = None,
    weights: Weights | None = None,
    asked: Asked | None = None,
    told: Callable[[str], None] = lambda _said: None,
) -> tuple[dict[str, OfficeModel], dict[str, str]]:
    """Return every office that can be simulated, and why the others cannot.

    Args:
        engine: Where the tables are.
        given: A snapshot, or its tables.
        pack: The rules.
        as_of: The day to stand on; volumes and absences are those of the full months before it.
        parameters: Support share, ramp, months, kind of weights; the defaults if None.
        weights: The minutes; the snapshot's own time studies if None.
        asked: Days, warm-up and cover; a year from the day after the as-of date if None.
        told: Called with each step as it begins; what it raises ends the work.

    Returns:
        The models by office, in the order of their codes; the reasons by office.

    """
    parameters = parameters or Parameters()
    asked = asked or Asked(as_of + timedelta(days=1))
    tables = tables_of(engine, given)
    told("Counting what the rules call for")
    first, last = months_before(as_of, parameters.months)
    counted = count_volumes(engine, tables, pack, first, last, as_of=as_of, is_whole=True)
    told("Reading the officers' hours")
    rows = hour_rows(engine, tables, parameters)
    told("Taking the weights")
    if weights is None:
        from closeout.workload.study.weights import weights_of  # noqa: PLC0415 - not needed where given

        weights = weights_of(engine, given, pack, as_of)
    asked = replace(asked, varies=asked.varies.with_seen(spreads(engine, given, pack, as_of)))
    overdue = None
    if asked.has_backlog:
        told("Finding what is overdue")
        overdue = read_overdue(engine, tables, pack, as_of, asked.start_on)
    told("Laying out the offices")
    led = _led(counted.holders)
    posts = _Posts(rows, parameters, as_of)
    doers = read_doers(engine, given, pack, as_of, posts.roles_of(led))
    volumes = yearly(counted)
    made: dict[str, OfficeModel] = {}
    lacking: dict[str, str] = {}
    for office in sorted({*led, *posts.offices(), *volumes.owed} - {NO_OFFICE, ""}):
        try:
            made[office] = _office(office, led.get(office, {}), posts, volumes, pack, weights, doers, asked)
            if overdue is not None:
                made[office] = _begun(made[office], overdue.get(office, ()))
        except ModelError as error:
            lacking[office] = str(error)
    return made, lacking


def _begun(model: OfficeModel, overdue: Collection[Overdue]) -> OfficeModel:
    kept, said = of_duties(overdue, model.duties)
    return replace(model, backlog=kept, notes=(*model.notes, *said))


def _led(holders: pl.DataFrame) -> dict[str, dict[str, dict[str, int]]]:
    """Return open cases by office, officer (empty for none) and docket."""
    led: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    by = ["office_id", "officer_no", "docket"]
    summed = holders.group_by(by).agg(pl.col("cases").sum()).filter(pl.col("cases") > 0).sort(by)
    for office, officer, docket, cases in summed.iter_rows():
        led[office][officer][docket] = int(cases)
    return led


def _office(
    office: str,
    led: Mapping[str, Mapping[str, int]],
    posts: _Posts,
    volumes: Volumes,
    pack: Pack,
    weights: Weights,
    doers: Doers,
    asked: Asked,
) -> OfficeModel:
    parameters = posts.parameters
    here = posts.of(office, frozenset(led))
    officers = [posts.officer(place, led.get(number, {})) for number, place in here.items()]
    if not officers:
        in_all = sum(sum(one.values()) for one in led.values())
        msg = (
            f"office {office} has no officers who count{told_for(in_all)}; add officers, or correct the rows "
            "that were set aside"
        )
        raise ModelError(msg)
    done_by = _done_by(office, volumes, pack, doers, posts)
    others = posts.others(office, here, {role for shares in done_by.values() for role in shares})
    numbers = [one.officer_no for one in (*officers, *others) if one.minutes_a_day]
    unled: dict[str, int] = defaultdict(int)
    for number, cases in led.items():
        if number not in here:
            for docket, count in cases.items():
                unled[docket] += count
    notes = []
    if unled:
        officers.append(Officer(NOBODY, 0.0, dict(unled)))
        many = sum(unled.values())
        said = f"{in_words(many, 'case')} that no officer of the office leads"
        notes.append(f"{said} {agreeing(many, 'is', 'are')} covered by all")
    duties = office_duties(
        office, volumes, pack, weights, parameters.kind, asked.start_on, asked.varies, Staff(numbers, done_by)
    )
    notes += _of_roles(duties.duties, others)
    sickness, how = posts.absences.of(office)
    made = OfficeModel(
        office,
        tuple(sorted((*officers, *others), key=lambda one: (one.officer_no == NOBODY, one.officer_no))),
        duties.duties,
        asked.start_on,
        days=asked.days,
        warm_up_days=asked.warm_up_days,
        support_share=parameters.support_of(parameters.default_role),
        stock=duties.stock,
        has_cover=asked.has_cover,
        holidays=days_off(pack.holidays),
        sickness=sickness,
        officer_spread=asked.varies.officer_spread,
    )
    return replace(made, notes=(*_uneven(made), *notes, *duties.notes, how))


def _done_by(
    office: str, volumes: Volumes, pack: Pack, doers: Doers, posts: _Posts
) -> dict[str, dict[str, float]]:
    """Return the shares by role of each duty called for in an office that roles of it do."""
    hours = posts.hours(office)
    owed = volumes.owed.get(office, {})
    found = {clause.duty: doers.of(clause, hours) for clause in pack.clauses if clause.duty in owed}
    return {duty: shares for duty, shares in found.items() if shares}


def _of_roles(duties: Sequence[Duty], others: Sequence[Officer]) -> list[str]:
    """Return a note that says which duties are done by roles and not by who leads the case."""
    count = sum(1 for duty in duties if duty.done_by)
    if not count:
        return []
    there = Counter(one.role.replace("_", " ") for one in others)
    who = ", ".join(in_words(number, role) for role, number in sorted(there.items()))
    besides = f"; beside those who lead cases there are {who}" if who else ""
    what = in_words(count, "duty is", "duties are")
    return [f"{what} done by the roles that do them in the diaries{besides}"]


def _uneven(model: OfficeModel) -> list[str]:
    """Return a note where some lead more than their hours hold while others have half of theirs free."""
    over, under = evenness(model)
    if not over or not under:
        return []
    said = f"cases are led unevenly: {over} officers lead more than their hours hold, {under} less than half"
    return [f"{said}; colleagues help only who is away unless a scenario shares urgent tasks"]


class _Posts:
    """The officers and their hours, looked up by office."""

    def __init__(self, rows: HourRows, parameters: Parameters, as_of: date) -> None:
        self.parameters, self.as_of = parameters, as_of
        serving = pl.col("active_to").is_null() | (pl.col("active_to") > as_of)
        there = (
            rows.officers.filter(serving & (pl.col("active_from") <= as_of)) if rows.officers.height else None
        )
        self.by_place = {} if there is None else {row["place"]: row for row in there.iter_rows(named=True)}
        self.details = _by_place(rows.details)
        self.collateral = _by_place(rows.collateral)
        self.absences = _absences(there, rows, as_of)

    def offices(self) -> set[str]:
        """Return the offices with officers of the role that leads cases."""
        role = self.parameters.default_role
        return {row["office_id"] for row in self.by_place.values() if row["role"] == role}

    def of(self, office: str, leading: frozenset[str]) -> dict[str, int]:
        """Return an office's officers who lead cases or whose role it is, by number in its order.

        An office in which nobody does, as headquarters, has all its officers.
        """
        role = self.parameters.default_role
        here = {
            row["officer_no"]: place for place, row in self.by_place.items() if row["office_id"] == office
        }
        found = {
            number: place
            for number, place in here.items()
            if self.by_place[place]["role"] == role or number in leading
        }
        return dict(sorted((found or ({} if leading else here)).items()))

    def others(self, office: str, crew: Collection[str], roles: Collection[str]) -> list[Officer]:
        """Return an office's officers of some roles who are not among those who lead and cover cases."""
        there = {
            row["officer_no"]: place
            for place, row in self.by_place.items()
            if row["office_id"] == office and row["role"] in roles and row["officer_no"] not in crew
        }
        return [replace(self.officer(there[number], {}), is_covering=False) for number in sorted(there)]

    def hours(self, office: str) -> dict[str, float]:
        """Return the hours a day of each role in an office."""
        found: dict[str, float] = defaultdict(float)
        for row in self.by_place.values():
            if row["office_id"] == office:
                found[row["role"]] += float(row["day_hours"])
        return found

    def roles_of(self, led: Mapping[str, Mapping[str, Mapping[str, int]]]) -> set[str]:
        """Return the roles that lead cases anywhere, the default one among them."""
        leading = {number for office in led.values() for number in office}
        rows = self.by_place.values()
        return {self.parameters.default_role, *(row["role"] for row in rows if row["officer_no"] in leading)}

    def officer(self, place: int, cases: Mapping[str, int]) -> Officer:
        """Return a post with its hours, known details and named duties."""
        row = self.by_place[place]
        away = [Away(one["from_on"], one["to_on"], "detailed") for one in self.details.get(place, ())]
        if row["active_to"] is not None:
            away.append(Away(row["active_to"] + timedelta(days=1), date.max - timedelta(days=1), "vacant"))
        taken = tuple(
            Taken(one["hours_a_week"] / self.parameters.workdays_a_week * _HOUR, one["from_on"], one["to_on"])
            for one in self.collateral.get(place, ())
        )
        ramp = tuple(share for share in self.parameters.ramp for _ in range(_QUARTER_MONTHS))
        minutes = float(row["day_hours"]) * _HOUR
        made = Officer(row["officer_no"], minutes, dict(cases), tuple(away), taken, ramp, row["entered_on"])
        share = self.parameters.support_of(row["role"])
        is_other = share != self.parameters.support_of(self.parameters.default_role)
        return replace(made, role=row["role"], support_share=share if is_other else None)


def _absences(there: pl.DataFrame | None, rows: HourRows, as_of: date) -> Absences:
    if there is None or not rows.absences.height:
        return Absences({}, Sickness().mean_days, 0)
    return absences_seen(there, rows.absences, as_of)


def _by_place(rows: pl.DataFrame) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    if rows.height:
        for row in rows.iter_rows(named=True):
            found[row["place"]].append(row)
    return found
