"""Independent replications of an office or of the nation, side by side on all processors."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from closeout.simulation.model import ModelError
from closeout.simulation.outcome import DAY_FIELDS, FIELDS, POST_FIELDS, Named, Outcome
from closeout.simulation.prepare import prepare, run_once
from closeout.simulation.world import Count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from closeout.simulation.model import OfficeModel
    from closeout.simulation.prepare import Prepared
    from closeout.simulation.world import World

Told: TypeAlias = Callable[[int, int], None]
"""Is told how many runs are done, of how many; may raise to end the work."""
REPLICATIONS = 30
SEED = 1
_MOST = 10_000
_LEAST_FOR_PRECISION = 10
_Part: TypeAlias = "tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], int]"


def simulate(
    model: OfficeModel,
    replications: int = REPLICATIONS,
    seed: int = SEED,
    *,
    precision: float | None = None,
    most: int = 200,
    told: Told | None = None,
) -> Outcome:
    """Run an office's calendar in independent replications.

    Args:
        model: The office.
        replications: How many, 1 to 10,000.
        seed: The same seed gives the same outcome, on any number of processors.
        precision: Go on, doubling the replications, until the share on time of all duties is known to
            plus or minus this (a share), or there are `most`. At least ten are run: few may agree by chance.
        most: Replications at most when a precision is asked for.
        told: Is told of each replication done.

    Returns:
        The outcome.

    Raises:
        ModelError: The replications asked for are out of range.

    """
    _check(replications, precision)
    prepared = prepare(model)
    parts: list[_Part] = []
    wanted = replications if precision is None else max(replications, _LEAST_FOR_PRECISION)
    while True:
        parts += _run([(prepared, number) for number in range(len(parts), wanted)], seed, told)
        made = _outcome(model, parts, seed)
        share = made.on_time()
        if precision is None or share is None or share.half_width <= precision or wanted >= most:
            return made
        wanted = min(2 * wanted, most)


def simulate_nation(
    models: Sequence[OfficeModel],
    replications: int = REPLICATIONS,
    seed: int = SEED,
    *,
    told: Told | None = None,
) -> Outcome:
    """Run every office's calendar, and add the offices up to the nation.

    Args:
        models: The offices; all with the same first day and days.
        replications: How many of each office.
        seed: As for one office: an office's part is what `simulate` gives for it alone.
        told: Is told of each replication of each office done.

    Raises:
        ModelError: There are no offices, one stands twice, or their days differ.

    """
    _check(replications, None)
    ordered = sorted(models, key=lambda one: one.office_id)
    _check_offices(ordered)
    prepared = [prepare(model) for model in ordered]
    runs = [(one, number) for one in prepared for number in range(replications)]
    parts = _run(runs, seed, told)
    made = [
        _outcome(model, parts[place * replications : (place + 1) * replications], seed)
        for place, model in enumerate(ordered)
    ]
    return add_up(made)


def add_up(offices: Sequence[Outcome]) -> Outcome:
    """Return the nation's outcome: replication by replication the sum of the offices' figures."""
    first = offices[0]
    named = {duty.code: duty for office in offices for duty in office.duties}
    place = {code: number for number, code in enumerate(named)}
    counted = np.zeros((first.replications, len(named), len(FIELDS)))
    for office in offices:
        counted[:, [place[duty.code] for duty in office.duties]] += office.counted
    return Outcome(
        office_id="",
        start_on=first.start_on,
        days=first.days,
        seed=first.seed,
        cases=sum(office.cases for office in offices),
        duties=tuple(named.values()),
        officers=(),
        counted=counted,
        posts=np.stack([office.posts.sum(axis=1) for office in offices], axis=1),
        daily=np.sum([office.daily for office in offices], axis=0),
        tasks=sum(office.tasks for office in offices),
        notes=_all_notes(offices),
        offices=tuple(offices),
        of_roles=np.sum([office.of_roles for office in offices if office.of_roles is not None], axis=0),
    )


def _all_notes(offices: Iterable[Outcome]) -> tuple[str, ...]:
    """Return each note once, with the offices it is about unless it is about all."""
    found: dict[str, list[str]] = {}
    total = 0
    for office in offices:
        total += 1
        for note in office.notes:
            found.setdefault(note, []).append(office.office_id)
    return tuple(
        note if len(names) == total else f"{note} ({', '.join(names)})" for note, names in found.items()
    )


def _check(replications: int, precision: float | None) -> None:
    if not 1 <= replications <= _MOST:
        msg = f"{replications} replications; give 1 to {_MOST:,}"
        raise ModelError(msg)
    if precision is not None and not 0 < precision < 1:
        msg = f"a precision of {precision:g}; give a share between 0 and 1, such as 0.005"
        raise ModelError(msg)


def _check_offices(models: Sequence[OfficeModel]) -> None:
    if not models:
        msg = "there are no offices to simulate"
        raise ModelError(msg)
    names = [one.office_id for one in models]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        msg = f"office {', '.join(twice)} is given twice"
        raise ModelError(msg)
    if len({(one.start_on, one.days) for one in models}) > 1:
        msg = "the offices' first days or days differ; simulate the same days of each"
        raise ModelError(msg)


def _run(runs: Sequence[tuple[Prepared, int]], seed: int, told: Told | None) -> list[_Part]:
    """Run replications on all processors; what each one gives hangs on its number alone."""
    parts: list[_Part] = []
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        waiting = [pool.submit(_part_of, prepared, seed, number) for prepared, number in runs]
        try:
            for done, one in enumerate(waiting, 1):
                parts.append(one.result())
                if told:
                    told(done, len(runs))
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return parts


def _part_of(prepared: Prepared, seed: int, replication: int) -> _Part:
    world = run_once(prepared, seed, replication)
    return (
        np.stack([world.tally[name].astype(np.float64) for name in FIELDS], axis=1),
        np.stack([world.officers[name][: len(world.minutes)] for name in POST_FIELDS], axis=1),
        _daily(prepared.model, world),
        int(world.counts[Count.TASKS]),
    )


def _daily(model: OfficeModel, world: World) -> NDArray[np.float64]:
    """Return the figures of each day counted, as DAY_FIELDS names them."""
    days = world.days
    figures = {name: days[name] for name in DAY_FIELDS} | {"overdue": np.cumsum(days["overdue"])}
    counted = slice(model.warm_up_days, model.horizon)
    return np.stack([figures[name][counted].astype(np.float64) for name in DAY_FIELDS], axis=1)


def _outcome(model: OfficeModel, parts: Sequence[_Part], seed: int) -> Outcome:
    counted, posts, daily, tasks = zip(*parts, strict=True)
    by_post = np.stack(posts)
    is_other = np.array([not one.is_covering for one in model.officers])
    return Outcome(
        office_id=model.office_id,
        start_on=model.start_on,
        days=model.days,
        seed=seed,
        cases=model.cases,
        duties=tuple(Named(duty.code, duty.title or duty.code, duty.activity) for duty in model.duties),
        officers=tuple(one.officer_no for one in model.officers),
        counted=np.stack(counted),
        posts=by_post,
        daily=np.stack(daily),
        tasks=sum(tasks),
        notes=model.notes,
        of_roles=by_post[:, is_other].sum(axis=1),
    )
