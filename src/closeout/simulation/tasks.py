"""How a task is drawn, opened, put in a queue, begun and finished; compiled."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from closeout.simulation.chance import GOLDEN, Source, mix, normal, uniform
from closeout.simulation.compiled import part, place_of
from closeout.simulation.model import Comes, Law
from closeout.simulation.queues import event_in, first_idle, leave_line, push
from closeout.simulation.world import NOBODY, Count, Setting

if TYPE_CHECKING:
    from closeout.simulation.world import World

_JITTER, _GAP, _MINUTES, _OUTCOME = map(int, (Source.JITTER, Source.GAP, Source.MINUTES, Source.OUTCOME))
_ROLE = int(Source.ROLE)
_ROLLING, _ARISES = int(Comes.ROLLING), int(Comes.ARISES)
_SAME, _EXPONENTIAL, _LOGNORMAL = int(Law.SAME), int(Law.EXPONENTIAL), int(Law.LOGNORMAL)
_FREE, _OPEN, _LOGGED, _IS_FULL, _DONE = Count.FREE, Count.OPEN, Count.LOGGED, Count.IS_FULL, Count.TASKS
_BUSY = Count.BUSY
_WARM_UP, _DAYS, _SHARED = Setting.WARM_UP, Setting.DAYS, Setting.SHARED
_DAY_MINUTES = 1440.0


@part
def gamma(shape: float, key: np.uint64, uid: np.uint64) -> float:
    """Return a gamma draw of scale 1 (Marsaglia and Tsang 2000, a method of rejection)."""
    boost = 1.0
    if shape < 1.0:
        boost = uniform(key, mix(~uid)) ** (1.0 / shape)
        shape += 1.0
    base = shape - 1.0 / 3.0
    factor = 1.0 / math.sqrt(9.0 * base)
    number = uid
    while True:
        number = mix(number + GOLDEN)
        off = normal(uniform(key, number))
        cube = (1.0 + factor * off) ** 3
        number = mix(number + GOLDEN)
        if cube > 0.0 and math.log(uniform(key, number)) < 0.5 * off * off + base * (
            1.0 - cube + math.log(cube)
        ):
            return base * cube * boost


@part
def minutes_of(world: World, duty: int, uid: np.uint64) -> float:
    """Return the minutes a task takes an officer of ordinary speed."""
    kind = world.duties[place_of(duty)]
    return drawn_minutes(kind["law"], kind["first"], kind["second"], world.keys[_MINUTES], uid)


@part
def drawn_minutes(law: int, first: float, second: float, key: np.uint64, uid: np.uint64) -> float:
    """Return the draw of a law whose parameters are those of `DUTY`."""
    if law == _SAME:
        return first
    if law == _EXPONENTIAL:
        return -first * math.log(uniform(key, uid))
    if law == _LOGNORMAL:
        return math.exp(first + second * normal(uniform(key, uid)))
    return first * gamma(second, key, uid)


@part
def last_day(world: World, duty: int, day: int) -> int:
    """Return the last day on which a task is on time whose window starts on a day."""
    window = world.duties[place_of(duty)]["window"]
    if not world.duties[place_of(duty)]["is_business"] or not 0 <= day < world.days.shape[0] or window == 0:
        return int(day + window)
    return int(
        world.nth[place_of(min(world.days[place_of(day)]["business"] + window, world.nth.shape[0] - 1))]
    )


@part
def doers_of(world: World, duty: int, uid: np.uint64) -> int:
    """Return who does a task that nobody leads: NOBODY for whoever is free, below it a role's officers."""
    roles = world.shares.shape[1]
    if roles == 0 or world.shares[place_of(duty), place_of(roles - 1)] <= 0.0:
        return NOBODY
    share, role = uniform(world.keys[_ROLE], uid), 0
    while role < roles - 1 and share >= world.shares[place_of(duty), place_of(role)]:
        role += 1
    return NOBODY - 1 - role


@part
def queue_of(world: World, leader: int) -> int:
    """Return the queue of a task that its leader does not do: of whoever is free, or of a role."""
    everybody = int(world.minutes.shape[0])
    return everybody if leader >= NOBODY else everybody + NOBODY - leader


@part
def slot(world: World, duty: int, leader: int, stream: int, uid: np.uint64) -> int:
    """Take a free slot for a task; NOBODY when there is none."""
    task = world.counts[_FREE]
    if task < 0:
        world.counts[_IS_FULL] = 1
        return NOBODY
    row = world.tasks[place_of(task)]
    world.counts[_FREE] = row["link"]
    row["uid"] = uid
    row["left"] = minutes_of(world, duty, uid)
    row["began"] = -1.0
    row["duty"] = duty
    row["leader"] = leader if leader >= 0 else doers_of(world, duty, uid)
    row["stream"] = stream
    return int(task)


@part
def open_task(world: World, day: int, minute: float, task: int, due: int) -> None:
    """Note when a task opened and by when it is due."""
    row = world.tasks[place_of(task)]
    row["opened"] = day * _DAY_MINUTES + minute
    row["due"] = due
    world.counts[_OPEN] += 1
    tally = world.tally[place_of(row["duty"])]
    if day >= world.settings[_WARM_UP]:
        tally["opened"] += 1
    if world.settings[_WARM_UP] <= due < world.settings[_DAYS]:
        tally["fell_due"] += 1
        world.days[place_of(due)]["fell_due"] += 1


@part
def begin(world: World, day: int, minute: float, officer: int, task: int) -> float:
    """Have an officer begin or go on with a task; return when it ends today, or -1 if it does not.

    An officer leaves at the day's end and goes on with the task on the next; for a task that is due or
    overdue, overtime is used first.
    """
    row, post = world.tasks[place_of(task)], world.officers[place_of(officer)]
    is_counted = day >= world.settings[_WARM_UP]
    if row["began"] < 0.0:
        row["left"] *= post["effect"]
        row["began"] = day * _DAY_MINUTES + minute
        if is_counted:
            _note_wait(world, task)
    regular = post["today"]
    until = regular + post["extra_today"] if row["due"] <= day else regular
    end = minute + row["left"]
    is_done = end <= until
    stop = end if is_done else until
    row["left"] = 0.0 if is_done else end - until
    post["task"] = task
    post["extra_left"] -= max(0.0, stop - max(regular, minute))
    if is_counted:
        _note_work(world, officer, task, stop - minute, max(0.0, stop - max(regular, minute)))
    return float(end) if is_done else -1.0


@part
def _note_wait(world: World, task: int) -> None:
    row = world.tasks[place_of(task)]
    tally, wait = world.tally[place_of(row["duty"])], row["began"] - row["opened"]
    tally["begun"] += 1
    tally["wait"] += wait
    tally["waited"] += wait > 0.0
    tally["answered"] += wait <= world.duties[place_of(row["duty"])]["answer"]


@part
def _note_work(world: World, officer: int, task: int, minutes: float, extra: float) -> None:
    row, post = world.tasks[place_of(task)], world.officers[place_of(officer)]
    tally = world.tally[place_of(row["duty"])]
    tally["minutes"] += minutes
    post["extra"] += extra
    if row["leader"] == officer:
        post["own"] += minutes
    elif row["leader"] < 0:
        post["office"] += minutes
    else:
        post["cover"] += minutes
        tally["covered_minutes"] += minutes


@part
def place(world: World, day: int, minute: float, task: int) -> None:
    """Give a task to its officer; to whoever is free if it has none, the officer is away, or it is urgent.

    What a role does is for whoever is free of it. Whoever is idle begins at once: the officer who leads the
    case, or the colleague idle for longest.
    """
    leader, due = world.tasks[place_of(task)]["leader"], world.tasks[place_of(task)]["due"]
    if leader >= 0 and due >= world.officers[place_of(leader)]["back"]:
        if (
            world.officers[place_of(leader)]["behind"] >= 0
            and minute < world.officers[place_of(leader)]["today"]
        ):
            leave_line(world, leader)
            _begin_now(world, day, minute, leader, task)
            return
        if due > day + world.settings[_SHARED]:
            push(world, leader, due, task)
            return
    queue = queue_of(world, leader)
    idle = first_idle(world, queue)
    while idle >= 0:
        leave_line(world, idle)
        if minute < world.officers[place_of(idle)]["today"]:
            _begin_now(world, day, minute, idle, task)
            return
        idle = first_idle(world, queue)
    push(world, queue, due, task)


@part
def _begin_now(world: World, day: int, minute: float, officer: int, task: int) -> None:
    end = begin(world, day, minute, officer, task)
    if end >= 0.0:
        world.counts[_BUSY] = event_in(world.busy, world.counts[_BUSY], end, officer)


@part
def finish(world: World, day: int, minute: float, officer: int) -> None:
    """Finish an officer's task: count it, set off what follows from it, and free its slot."""
    task = world.officers[place_of(officer)]["task"]
    world.officers[place_of(officer)]["task"] = NOBODY
    row = world.tasks[place_of(task)]
    duty, leader, uid = row["duty"], row["leader"], row["uid"]
    _note_done(world, day, minute, officer, task)
    _clear(world, day, task)
    child = world.duties[place_of(duty)]["child"]
    while child >= 0:
        _follow(world, day, minute, child, leader, uid)
        child = world.duties[place_of(child)]["sibling"]


@part
def _clear(world: World, day: int, task: int) -> None:
    """Free a task's slot, and see when a duty that comes an interval after it was last done comes again."""
    row = world.tasks[place_of(task)]
    duty, stream = row["duty"], row["stream"]
    row["duty"] = NOBODY
    row["link"] = world.counts[_FREE]
    world.counts[_FREE] = task
    world.counts[_OPEN] -= 1
    if world.duties[place_of(duty)]["comes"] == _ROLLING and stream >= 0:
        world.streams[place_of(stream)]["occurrence"] += 1
        world.streams[place_of(stream)]["next_at"] = day + world.streams[place_of(stream)]["pace"]
        schedule(world, stream, day + 1)


@part
def withdraw(world: World, day: int, task: int) -> None:
    """Take an overdue task away undone; it stands in no queue and is nobody's any more."""
    row = world.tasks[place_of(task)]
    world.tally[place_of(row["duty"])]["withdrawn"] += 1
    note_late(world, row["opened"], row["due"], day)
    _clear(world, day, task)


@part
def note_late(world: World, opened: float, due: int, until: int) -> None:
    """Note that a task was overdue from its last day on time, or when it came if that is later, to a day."""
    since = max(due, int(opened / _DAY_MINUTES))
    world.days[place_of(since)]["overdue"] += 1
    world.days[place_of(until)]["overdue"] -= 1


@part
def _note_done(world: World, day: int, minute: float, officer: int, task: int) -> None:
    row = world.tasks[place_of(task)]
    tally, due = world.tally[place_of(row["duty"])], row["due"]
    world.counts[_DONE] += 1
    if day >= world.settings[_WARM_UP]:
        tally["done"] += 1
        tally["covered"] += 0 <= row["leader"] != officer
    if world.settings[_WARM_UP] <= due < world.settings[_DAYS]:
        tally["on_time"] += day <= due
        tally["late_days"] += max(0, day - due)
        world.days[place_of(due)]["on_time"] += day <= due
    if day > due:
        note_late(world, row["opened"], due, day)
    logged = world.counts[_LOGGED]
    if logged < world.log.shape[0]:
        entry = world.log[logged]
        entry["start"] = row["began"]
        entry["end"] = day * _DAY_MINUTES + minute
        entry["duty"] = row["duty"]
        entry["leader"] = row["leader"]
        entry["doer"] = officer
        world.counts[_LOGGED] = logged + 1


@part
def _follow(world: World, day: int, minute: float, duty: int, leader: int, parent: np.uint64) -> None:
    kind = world.duties[place_of(duty)]
    uid = mix(parent + kind["uid"])
    opens = day + kind["delay"]
    if uniform(world.keys[_OUTCOME], uid) >= kind["probability"] or opens >= world.settings[_DAYS]:
        return
    task = slot(world, duty, NOBODY if kind["is_office"] else leader, NOBODY, uid)
    if task < 0:
        return
    if opens == day:
        open_task(world, day, minute, task, last_day(world, duty, day))
        place(world, day, minute, task)
        return
    row, then = world.tasks[place_of(task)], world.days[place_of(opens)]
    row["duty"] = -2 - duty
    row["link"] = NOBODY
    if then["first_asleep"] < 0:
        then["first_asleep"] = task
    else:
        world.tasks[place_of(then["last_asleep"])]["link"] = task
    then["last_asleep"] = task


@part
def number_of(world: World, stream: int) -> np.uint64:
    """Return the number that the draws of a stream's present occurrence belong to."""
    row = world.streams[place_of(stream)]
    return mix(row["uid"] + np.uint64(row["occurrence"]) * GOLDEN)


@part
def due_day(world: World, stream: int) -> int:
    """Return the due day of a recurring stream's present occurrence, its window not counted."""
    row = world.streams[place_of(stream)]
    at = float(row["next_at"])
    jitter = world.duties[place_of(row["duty"])]["jitter"]
    if jitter > 0.0:
        at += jitter * (2.0 * uniform(world.keys[_JITTER], number_of(world, stream)) - 1.0)
    day = math.floor(at)
    if not world.duties[place_of(row["duty"])]["is_set"] or not 0 < day < world.days.shape[0]:
        return day
    return int(
        world.nth[place_of(min(world.days[place_of(day - 1)]["business"] + 1, world.nth.shape[0] - 1))]
    )


@part
def gap(world: World, stream: int, uid: np.uint64) -> float:
    """Return the days until a stream's next task arises; the number is that of its present occurrence."""
    return float(-math.log(uniform(world.keys[_GAP], uid)) / world.streams[place_of(stream)]["pace"])


@part
def schedule(world: World, stream: int, earliest: int) -> None:
    """Put a stream on the list of the day its present occurrence opens on, no day before the earliest."""
    row = world.streams[place_of(stream)]
    if world.duties[place_of(row["duty"])]["comes"] == _ARISES:
        opens = math.floor(row["next_at"])
    else:
        opens = max(earliest, due_day(world, stream) - world.duties[place_of(row["duty"])]["lead"])
    if opens >= world.settings[_DAYS]:
        return
    day = world.days[place_of(opens)]
    row["link"] = NOBODY
    if day["first"] < 0:
        day["first"] = stream
    else:
        world.streams[place_of(day["last"])]["link"] = stream
    day["last"] = stream
