"""From an office's model to the arrays of one replication."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from closeout.simulation import world as rows
from closeout.simulation.calendars import escort, fall_ill, open_days, planned, returns, staff, stock_minutes
from closeout.simulation.chance import GOLDEN, Source, identity, keys, mixed, normal, uniform, uniforms
from closeout.simulation.kernel import run
from closeout.simulation.model import Comes, Law
from closeout.simulation.roles import Roles, roles_of
from closeout.simulation.world import Count, World

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from closeout.simulation.model import Duty, OfficeModel, Officer

_YEAR = 365.0
_LEAST_SLOTS = 4_096
_WORD = 64


@dataclass(frozen=True, slots=True)
class Prepared:
    """What all replications of one model share."""

    model: OfficeModel
    duties: NDArray[np.void]
    streams: NDArray[np.void]
    backlog: NDArray[np.void]
    is_open: NDArray[np.bool_]
    minutes: NDArray[np.float64]
    officers: NDArray[np.uint64]
    stock: NDArray[np.float64]
    """Minutes a working day that each officer's open cases take beside their duties."""
    roles: Roles
    margin: int
    """Days beyond the last that a due date may lie on."""


def prepare(model: OfficeModel) -> Prepared:
    """Return the arrays of a model that do not hang on a replication."""
    margin = max(one.lead_days + 2 * one.window_days for one in model.duties) + 14
    is_open = open_days(model, model.horizon + margin)
    places = {duty.code: place for place, duty in enumerate(model.duties)}
    officers = np.array([identity("officer", one.officer_no) for one in model.officers], dtype=np.uint64)
    return Prepared(
        model=model,
        duties=_duties(model, places),
        streams=_streams(model, officers),
        backlog=_backlog(model, places, officers),
        is_open=is_open,
        minutes=planned(model, is_open),
        officers=officers,
        stock=np.array([stock_minutes(model, one) for one in model.officers], dtype=np.float64),
        roles=roles_of(model),
        margin=margin,
    )


def run_once(prepared: Prepared, seed: int, replication: int, *, logged: int = 0) -> World:
    """Run one replication and return its arrays as they stand at the end.

    Args:
        prepared: The office.
        seed: Of the whole study.
        replication: Which one, from 0.
        logged: How many of the first tasks to log; the log is for tests and for looking closely.

    """
    slots = _LEAST_SLOTS + len(prepared.backlog) + len(prepared.streams) // 4
    while True:
        world = _world(prepared, seed, replication, slots, logged)
        run(world)
        if not world.counts[Count.IS_FULL]:
            return world
        slots *= 4


def _world(prepared: Prepared, seed: int, replication: int, slots: int, logged: int) -> World:
    model = prepared.model
    of_sources = keys(seed, replication, model.office_id)
    present = _present(prepared, of_sources)
    # Whom open cases leave no time is not away: nobody covers what is then not done.
    minutes = np.where(present > 0, np.maximum(0.0, present - prepared.stock[:, None]), 0.0)
    everybody, buckets = len(model.officers), model.horizon + prepared.margin + 2
    queues = everybody + len(prepared.roles.serves)
    words = -(-buckets // _WORD)
    business = np.cumsum(prepared.is_open, dtype=np.int32)
    days = np.zeros(len(business), dtype=rows.DAY)
    shared = -rows.NEVER if model.shared_days is None else model.shared_days
    for name in ("first", "first_asleep"):
        days[name] = rows.NOBODY
    days["business"] = business
    return World(
        duties=prepared.duties,
        streams=_in_phase(prepared, of_sources[Source.PHASE]),
        tasks=np.zeros(slots, dtype=rows.TASK),
        officers=_officers(prepared, of_sources),
        days=days,
        busy=np.zeros(everybody + 1, dtype=rows.EVENT),
        coming=np.zeros(len(prepared.streams) + 1, dtype=rows.EVENT),
        tally=np.zeros(len(model.duties), dtype=rows.TALLY),
        log=np.zeros(logged, dtype=rows.LOG),
        ends=np.full((queues, buckets, 2), rows.NOBODY, dtype=np.int32),
        filled=np.zeros((queues, words), dtype=np.uint64),
        lowest=np.full(queues, words, dtype=np.int64),
        minutes=minutes,
        present=present,
        back=returns(present, prepared.is_open)
        if model.has_cover
        else np.full(minutes.shape, rows.PRESENT, dtype=np.int32),
        nth=np.concatenate(([0], np.flatnonzero(prepared.is_open))).astype(np.int32),
        backlog=prepared.backlog,
        keys=of_sources,
        counts=np.zeros(8, dtype=np.int64),
        settings=np.array(
            [
                model.warm_up_days,
                model.open_minutes,
                model.overtime.minutes_a_day,
                model.horizon,
                shared,
                model.backlog is not None,
            ],
            dtype=np.float64,
        ),
        shares=prepared.roles.shares,
        serves=prepared.roles.serves,
    )


def _in_phase(prepared: Prepared, key: np.uint64) -> NDArray[np.void]:
    """Return the streams in the order in which they first open.

    What opens on one day then lies side by side in memory, which makes a run a sixth faster.
    """
    streams = prepared.streams
    is_recurring = prepared.duties["comes"][streams["duty"]] != int(Comes.ARISES)
    opens = np.where(is_recurring, uniforms(key, streams["uid"]) * streams["pace"], -1.0)
    return streams[np.argsort(opens.astype(np.int16), kind="stable")]


def _present(prepared: Prepared, of_sources: NDArray[np.uint64]) -> NDArray[np.float64]:
    model, minutes = prepared.model, prepared.minutes.copy()
    first = model.first_day.toordinal()
    if model.attrition_a_year or any(one.lead_days is not None for one in model.officers):
        staff(model, minutes, of_sources[Source.STAFF], prepared.officers)
    if model.sickness.spells_a_year:
        ill = model.sickness
        fall_ill(
            minutes, prepared.officers, of_sources, first, float(ill.spells_a_year), float(ill.mean_days)
        )
    if model.escorts.trips_a_year:
        trips, crew = model.escorts, [one.is_covering for one in model.officers]
        there = minutes[crew]
        escort(there, of_sources, first, float(trips.trips_a_year), trips.officers, trips.days)
        minutes[crew] = there
    return minutes


def _officers(prepared: Prepared, of_sources: NDArray[np.uint64]) -> NDArray[np.void]:
    model = prepared.model
    lines = prepared.roles.serves.shape[1]
    officers = np.zeros(len(model.officers) + lines, dtype=rows.OFFICER)
    for name in ("task", "before", "behind"):
        officers[name] = rows.NOBODY
    anchor = len(model.officers)
    officers["before"][anchor:] = officers["behind"][anchor:] = np.arange(anchor, anchor + lines)
    officers["is_covering"][:anchor] = [one.is_covering for one in model.officers]
    officers["role"], officers["line"] = rows.NOBODY, rows.NOBODY
    officers["role"][:anchor], officers["line"][:anchor] = prepared.roles.queue, prepared.roles.line
    officers["effect"] = 1.0
    spread = model.officer_spread
    if spread:
        key = of_sources[Source.OFFICER]
        drawn = [normal(uniform(key, number)) for number in prepared.officers]
        officers["effect"][:anchor] = np.exp(spread * np.array(drawn) - spread * spread / 2)
    officers["extra_left"] = model.overtime.minutes_a_year * model.horizon / _YEAR
    return officers


def _duties(model: OfficeModel, places: dict[str, int]) -> NDArray[np.void]:
    duties = np.zeros(len(model.duties), dtype=rows.DUTY)
    duties["child"] = duties["sibling"] = rows.NOBODY
    for place, duty in enumerate(model.duties):
        law, first, second = law_of(duty)
        for name, value in {
            "comes": duty.comes, "law": law, "first": first, "second": second,
            "jitter": duty.jitter_days, "lead": duty.lead_days, "window": duty.window_days,
            "is_business": duty.is_business, "is_office": duty.is_office, "is_set": duty.is_set,
            "delay": duty.delay_days,
            "answer": duty.answer_minutes, "probability": duty.probability,
            "uid": identity("duty", duty.code),
        }.items():  # fmt: skip
            duties[name][place] = value
    for place in reversed(range(len(model.duties))):
        if after := model.duties[place].after:
            duties["sibling"][place] = duties["child"][places[after]]
            duties["child"][places[after]] = place
    return duties


def law_of(duty: Duty) -> tuple[int, float, float]:
    """Return the law of a duty's minutes with its two parameters, as `DUTY` has them."""
    if duty.cv == 0 or duty.law is Law.SAME:
        return int(Law.SAME), duty.minutes, 0.0
    squared = duty.cv**2
    if duty.law is Law.LOGNORMAL:
        spread = math.log1p(squared)
        return int(duty.law), math.log(duty.minutes) - spread / 2, math.sqrt(spread)
    if duty.law is Law.GAMMA:
        return int(duty.law), duty.minutes * squared, 1 / squared
    return int(duty.law), duty.minutes, 0.0


@dataclass(frozen=True, slots=True)
class _Cases:
    """The cases of an office: one entry each."""

    uid: NDArray[np.uint64]
    docket: NDArray[np.int32]
    leader: NDArray[np.int32]
    dockets: tuple[str, ...]


def _cases(model: OfficeModel, officers: NDArray[np.uint64]) -> _Cases:
    dockets = tuple(sorted({name for one in model.officers for name in one.cases}))
    uids, of_docket, leaders = [], [], []
    for leader, officer in enumerate(model.officers):
        for place, name in enumerate(dockets):
            count = officer.cases.get(name, 0)
            start = officers[leader] ^ identity("docket", name)
            uids.append(mixed(start + np.arange(count, dtype=np.uint64) * GOLDEN))
            of_docket.append(np.full(count, place, dtype=np.int32))
            leaders.append(np.full(count, leader, dtype=np.int32))
    if not uids:
        empty = np.zeros(0, dtype=np.int32)
        return _Cases(np.zeros(0, dtype=np.uint64), empty, empty, dockets)
    return _Cases(np.concatenate(uids), np.concatenate(of_docket), np.concatenate(leaders), dockets)


def _streams(model: OfficeModel, officers: NDArray[np.uint64]) -> NDArray[np.void]:
    cases, parts = _cases(model, officers), []
    for place, duty in enumerate(model.duties):
        if duty.comes is Comes.FOLLOWS:
            continue
        if duty.a_year:
            parts.append(_of_office(duty, place))
        elif duty.comes is Comes.ARISES:
            parts.append(_arising(model.officers, officers, duty, place))
        else:
            parts.append(_recurring(cases, duty, place))
    return np.concatenate(parts) if parts else np.zeros(0, dtype=rows.STREAM)


def _rows(uids: NDArray[np.uint64], duty: int, leaders: NDArray[np.int32] | int) -> NDArray[np.void]:
    made = np.zeros(len(uids), dtype=rows.STREAM)
    made["uid"], made["duty"], made["leader"], made["link"] = uids, duty, leaders, rows.NOBODY
    return made


def _of_office(duty: Duty, place: int) -> NDArray[np.void]:
    start = identity("office", duty.code)
    count = 1 if duty.comes is Comes.ARISES else round(duty.a_year)
    made = _rows(mixed(start + np.arange(count, dtype=np.uint64) * GOLDEN), place, rows.NOBODY)
    made["pace"] = duty.a_year / _YEAR if duty.comes is Comes.ARISES else duty.interval_days
    return made


def _arising(
    officers: tuple[Officer, ...], numbers: NDArray[np.uint64], duty: Duty, place: int
) -> NDArray[np.void]:
    a_year = np.array(
        [sum(count * duty.rate(docket) for docket, count in one.cases.items()) for one in officers],
        dtype=np.float64,
    )
    leaders = np.arange(len(officers), dtype=np.int32)
    if duty.is_office:
        leaders[:] = rows.NOBODY
    a_year += [duty.per_officer if one.minutes_a_day else 0.0 for one in officers]
    made = _rows(mixed(numbers ^ identity("duty", duty.code)), place, leaders)
    made["pace"] = a_year / _YEAR
    return made[a_year > 0]


def _recurring(cases: _Cases, duty: Duty, place: int) -> NDArray[np.void]:
    name = identity("duty", duty.code)
    shares = np.array([duty.rate(docket) for docket in cases.dockets], dtype=np.float64)
    in_scope = uniforms(name, cases.uid) < shares[cases.docket] if len(shares) else np.zeros(0, dtype=bool)
    leaders = cases.leader[in_scope]
    if duty.is_office:
        leaders = np.full(len(leaders), rows.NOBODY, dtype=np.int32)
    made = _rows(mixed(cases.uid[in_scope] ^ name), place, leaders)
    days = np.array([duty.interval_of(docket) for docket in cases.dockets] or [duty.interval_days])
    made["pace"] = days[cases.docket[in_scope]]
    return made


def _backlog(model: OfficeModel, places: dict[str, int], officers: NDArray[np.uint64]) -> NDArray[np.void]:
    """Return the tasks overdue at the start, each officer's own numbered by themselves."""
    staff = {one.officer_no: place for place, one in enumerate(model.officers)}
    parts: list[NDArray[np.void]] = []
    before: dict[tuple[str, int], int] = {}
    for one in model.backlog or ():
        leader = staff.get(one.officer_no, rows.NOBODY)
        if model.duties[places[one.duty]].is_office:
            leader = rows.NOBODY
        first = before.get((one.duty, leader), 0)
        before[one.duty, leader] = first + one.count
        start = identity("backlog", one.duty) ^ (officers[leader] if leader >= 0 else np.uint64(0))
        numbers = np.arange(first, first + one.count, dtype=np.uint64)
        made = _rows(mixed(start + numbers * GOLDEN), places[one.duty], leader)
        made["next_at"] = model.warm_up_days - one.days
        parts.append(made)
    return np.concatenate(parts) if parts else np.zeros(0, dtype=rows.STREAM)
