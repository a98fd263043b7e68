"""From the rules and what they call for in a year to an office's duties.

Each duty keeps the volume the rules call for (`closeout.workload.volumes`), so the simulation and the need
rest on one count. How it comes is taken from the clause: an interval recurs, a due date that somebody sets
recurs at the rate it was set, a trigger arises at random or follows the duty whose end triggers it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from closeout.duties.clauses import Shape
from closeout.duties.compile.rate_reads import How, Side
from closeout.reading.countwords import counted as counted_as
from closeout.simulation.model import ALL, Comes, Duty, Law
from closeout.simulation.office_work import days_in, of_each, of_office, with_window

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from closeout.duties.clauses import Clause, Pack, Version
    from closeout.workload.demand import Weights
    from closeout.workload.study.spread import Spread
    from closeout.workload.volumes import Counted
    from closeout.workload.weights import Kind, Weight

_YEAR = 365.0
_BARE = re.compile(r"[a-z_]+")
_SET_BESIDES = {"exceptions": "check_ins"}
"""Tables whose rows come about by what becomes of another table's."""
_ONCE = 1.05
"""Up to so many of a duty for each of another's may follow from it."""
_LONGEST = 3_650.0
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Varies:
    """How minutes vary: as the diaries say, else as assumed. Shown with every outcome."""

    cv: float = 0.8
    law: Law = Law.LOGNORMAL
    officer_spread: float = 0.2
    seen: Mapping[str, Spread] = field(default_factory=dict, hash=False)
    """By activity, where there are entries enough of one task."""

    def cv_of(self, activity: str) -> float:
        """Return the coefficient of variation of an activity's minutes from task to task."""
        return self.seen[activity].cv if activity in self.seen else self.cv

    def with_seen(self, seen: Mapping[str, Spread]) -> Varies:
        """Return the same with what diaries say; officers differ as they do on average over the entries."""
        entries = sum(one.entries for one in seen.values())
        if not entries:
            return self
        spread = sum(one.officer_spread * one.entries for one in seen.values()) / entries
        return replace(self, officer_spread=spread, seen=seen)


@dataclass(frozen=True, slots=True)
class OfficeDuties:
    """An office's duties and what was left out."""

    duties: tuple[Duty, ...]
    stock: Mapping[str, float]
    """Minutes a month an open case takes beside its duties, by docket."""
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Volumes:
    """What the rules call for in a year, by duty, office and docket, and the cases open."""

    owed: Mapping[str, Mapping[str, Mapping[str, float]]]
    """By office, duty and docket."""
    cases: Mapping[str, Mapping[str, float]]
    """By office and docket."""
    stock: Mapping[str, str]
    """Work on open cases that no duty names: its activity, by what it is counted as."""
    own: Mapping[str, Mapping[str, Mapping[str, float]]] = field(default_factory=dict)
    """What is not about a case and names an officer, by office, duty and officer."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Who does the work of an office."""

    officers: Collection[str] = ()
    """Who has hours in the office simulated, by staff number."""
    done_by: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Shares by role of the duties that roles do, and nobody leads."""


def yearly(counted: Counted) -> Volumes:
    """Return counted volumes as a year's, by office, duty and docket."""
    offices = counted.holders["office_id"].to_list()
    dockets = counted.holders["docket"].to_list()
    owed: dict[str, dict[str, dict[str, float]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(float))
    )
    own: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(float)))
    officers = counted.holders["officer_no"].to_list()
    scale = 12 / counted.months.length
    for block in counted.blocks:
        if block.count.side is Side.OWED:
            for place, value in zip(block.holders.tolist(), block.values.tolist(), strict=True):
                owed[offices[place]][block.count.duty][dockets[place]] += value * scale
                if officers[place] and not dockets[place]:
                    own[offices[place]][block.count.duty][officers[place]] += value * scale
    cases: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for office, docket, number in zip(offices, dockets, counted.holders["cases"].to_list(), strict=True):
        cases[office][docket] += number
    names = {block.count.duty for block in counted.blocks if block.count.how is How.STOCK}
    stock = {name: counted.activities.get(name, name) for name in sorted(names)}
    return Volumes(owed, cases, stock, own)


def office_duties(
    office: str,
    volumes: Volumes,
    pack: Pack,
    weights: Weights,
    kind: Kind,
    on: date,
    varies: Varies,
    staff: Staff | None = None,
) -> OfficeDuties:
    """Return the duties of one office: those of its cases, its own, and those of its officers.

    Args:
        office: Its code.
        volumes: Of all offices.
        pack: The rules; the version in force on the day governs.
        weights: Minutes by activity and office.
        kind: Observed or adjusted minutes.
        on: The first day simulated.
        varies: How minutes vary.
        staff: Who does the work; nobody's own, and whoever is free, if None.

    """
    staff = staff or Staff()
    owed = volumes.owed.get(office, {})
    made: list[Duty] = []
    without: dict[str, str] = {}
    own = volumes.own.get(office, {})
    for clause in pack.clauses:
        a_year = owed.get(clause.duty, {})
        version = _in_force(clause, on)
        if version is None or not clause.minutes or sum(a_year.values()) < _LEAST:
            continue
        weight = weights.get(clause.minutes, office, kind)
        if not weight.minutes:
            without[clause.minutes] = weight.reason or "no figure"
            continue
        base = _base(clause, weight.minutes, varies)
        if doers := staff.done_by.get(clause.duty):
            base = replace(base, is_office=True, done_by=doers)
        if clause.case:
            made.append(_of_cases(base, clause, version, a_year, volumes.cases.get(office, {})))
        elif clause.officer is None:
            made.append(of_office(base, clause, version, sum(a_year.values())))
        elif each := sum(own.get(clause.duty, {}).get(number, 0.0) for number in staff.officers):
            made.append(of_each(base, clause, version, each / len(staff.officers)))
    linked = tuple(_linked(made, pack, owed))
    stock = _stock(office, volumes, weights, kind)
    return OfficeDuties(linked, stock, tuple(_notes(without, linked, varies)))


def _notes(without: Mapping[str, str], duties: Sequence[Duty], varies: Varies) -> Iterable[str]:
    for activity, why in sorted(without.items()):
        yield f"not simulated, for there are no minutes: {activity} ({why})"
    if count := sum(1 for duty in duties if duty.is_office and not duty.done_by):
        what = counted_as(count, "duty of the office is", "duties of the office are")
        yield f"{what} done by whoever is free: no diary tells of a role here that does them"
    seen = {duty.activity for duty in duties} & set(varies.seen)
    of = f"as in the diaries for {len(seen)} activities, " if seen else ""
    yield (
        f"minutes vary from task to task {of}with an assumed coefficient of variation of {varies.cv:g} "
        f"{'for others ' if seen else ''}({varies.law.name.lower()}), "
        f"and between officers with a log deviation of {varies.officer_spread:.2g}"
    )


def _in_force(clause: Clause, on: date) -> Version | None:
    found = [
        one
        for one in clause.versions
        if one.in_force_from <= on and (one.in_force_to is None or on <= one.in_force_to)
    ]
    return found[-1] if found else None


def _base(clause: Clause, minutes: float, varies: Varies) -> Duty:
    return Duty(
        clause.duty,
        minutes,
        Comes.ARISES,
        title=clause.title,
        activity=clause.minutes,
        cv=varies.cv_of(clause.minutes),
        law=varies.law,
    )


def _of_cases(
    base: Duty, clause: Clause, version: Version, a_year: Mapping[str, float], cases: Mapping[str, float]
) -> Duty:
    rates = {docket: number / cases[docket] for docket, number in a_year.items() if cases.get(docket)}
    base = replace(base, per_case=rates)
    if clause.shape is Shape.EVERY:
        return _recurring(base, version, a_year, cases)
    if clause.shape is Shape.ON and clause.owes == "check_ins":
        return _appointment(base, clause, version)
    return with_window(base, clause, version)


def _recurring(base: Duty, version: Version, a_year: Mapping[str, float], cases: Mapping[str, float]) -> Duty:
    """Return a rolling duty: its interval for the share of cases that gives the volume called for."""
    interval = min(max(days_in(version.period), 1.0), _LONGEST)
    shares, intervals = {}, {}
    for docket, number in a_year.items():
        if not cases.get(docket) or number < _LEAST:
            continue
        share = number * interval / _YEAR / cases[docket]
        shares[docket] = min(1.0, share)
        if share > 1:
            intervals[docket] = interval / share
    return replace(
        base,
        comes=Comes.ROLLING,
        interval_days=interval,
        intervals=intervals,
        per_case={**shares, ALL: 0.0},
        lead_days=round(days_in(version.lead)),
        window_days=round(days_in(version.grace)),
    )


def _appointment(base: Duty, clause: Clause, version: Version) -> Duty:
    """Return a duty that recurs by dates somebody sets, at the rate they were set.

    What is done when the person comes cannot be done before; what is due on another day, as a reminder is,
    has its lead.
    """
    is_before = clause.due is not None and _BARE.fullmatch(clause.due.sql.strip()) is None
    often = {docket: rate for docket, rate in base.per_case.items() if rate > _YEAR / _LONGEST}
    return replace(
        base,
        comes=Comes.FIXED,
        is_set=True,
        moves_with="" if clause.duty == "check-in" else "check-in",
        interval_days=_LONGEST,
        intervals={docket: max(1.0, _YEAR / rate) for docket, rate in often.items()},
        per_case={**dict.fromkeys(often, 1.0), ALL: 0.0},
        lead_days=round(days_in(version.lead)) if is_before else 0,
        window_days=round(days_in(version.grace)),
    )


def _linked(duties: Sequence[Duty], pack: Pack, owed: Mapping[str, Mapping[str, float]]) -> Iterable[Duty]:
    """Turn what arises from another duty's end into duties that follow it."""
    there = {duty.code: duty for duty in duties}
    total = {code: sum(a_year.values()) for code, a_year in owed.items()}
    after: dict[str, str] = {}
    for duty in duties:
        if duty.comes is Comes.ARISES and (parent := _parent(pack.clause(duty.code), pack, there, after)):
            ratio = total[duty.code] / total[parent]
            if ratio <= _ONCE:
                after[duty.code] = parent
    for duty in duties:
        if parent := after.get(duty.code, ""):
            yield replace(
                duty,
                comes=Comes.FOLLOWS,
                after=parent,
                probability=min(1.0, total[duty.code] / total[parent]),
                per_case={},
                a_year=0.0,
                per_officer=0.0,
            )
        else:
            yield duty


def _parent(clause: Clause, pack: Pack, there: Mapping[str, Duty], after: Mapping[str, str]) -> str:
    """Return the duty whose end is what starts a clause; empty where there is none."""
    starts = clause.starts.sql.strip() if clause.starts else ""
    if clause.shape is not Shape.WITHIN or _BARE.fullmatch(starts) is None:
        return ""
    besides = _SET_BESIDES.get(clause.owes, "")
    for other in pack.clauses:
        if other.duty == clause.duty or other.duty not in there or _leads_to(other.duty, clause.duty, after):
            continue
        if other.done.table == clause.owes and other.done.column == starts:
            return other.duty
        if besides and starts == "arose_on" and other.duty == "check-in" and other.owes == besides:
            return other.duty
    return ""


def _leads_to(code: str, target: str, after: Mapping[str, str]) -> bool:
    """Tell whether a duty follows another, at whatever remove."""
    while code := after.get(code, ""):
        if code == target:
            return True
    return False


def _stock(office: str, volumes: Volumes, weights: Weights, kind: Kind) -> dict[str, float]:
    """Return the minutes a month that an open case of each docket takes beside its duties."""
    minutes: dict[str, float] = defaultdict(float)
    cases = volumes.cases.get(office, {})
    for duty, a_year in volumes.owed.get(office, {}).items():
        if duty not in volumes.stock:
            continue
        weight: Weight = weights.get(volumes.stock[duty], office, kind)
        for docket, case_months in a_year.items():
            if weight.minutes and cases.get(docket):
                minutes[docket] += weight.minutes * case_months / 12 / cases[docket]
    return dict(minutes)
