"""A duty calendar run for one office: what opens, who does it, when; compiled.

Within a day time runs on: officers begin at minute 0 and stop when their hours are used up, and what arises
comes in over the open day. Whoever is free takes the earliest due of the own tasks, of those nobody leads
or whose officer is away, and of those the officer's role does. A task once begun is not put aside for
another. Events at one instant go in this order: officers leave, duties open, officers begin, tasks end,
tasks arise.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from closeout.simulation.chance import Source, uniform
from closeout.simulation.compiled import compiled, part, place_of
from closeout.simulation.model import Comes
from closeout.simulation.queues import (
    earliest,
    empty_line,
    event_in,
    event_instead,
    event_out,
    pop,
    push,
    wait_in_line,
)
from closeout.simulation.tasks import (
    begin,
    due_day,
    finish,
    gap,
    last_day,
    note_late,
    number_of,
    open_task,
    place,
    queue_of,
    schedule,
    slot,
    withdraw,
)
from closeout.simulation.world import NEVER, NOBODY, Count, Setting

if TYPE_CHECKING:
    from closeout.simulation.world import World

_PHASE = int(Source.PHASE)
_FIXED, _ARISES = int(Comes.FIXED), int(Comes.ARISES)
_FREE, _BUSY, _COMING, _OPEN, _IS_FULL = Count.FREE, Count.BUSY, Count.COMING, Count.OPEN, Count.IS_FULL
_WARM_UP, _OPEN_MINUTES, _OVERTIME, _DAYS, _SHARED, _HAS_RECORDS = (
    Setting.WARM_UP,
    Setting.OPEN_MINUTES,
    Setting.OVERTIME,
    Setting.DAYS,
    Setting.SHARED,
    Setting.HAS_RECORDS,
)


@compiled
def run(world: World) -> None:
    """Run the days of one replication; the tallies, the officers' minutes and the log are filled in.

    `world.counts[Count.IS_FULL]` is 1 when there were too few task slots: then the figures mean nothing.
    """
    _set_out(world)
    for day in range(int(world.settings[_DAYS])):
        _leave(world, day)
        if day == int(world.settings[_WARM_UP]):
            _begin_counting(world, day)
        _open_day(world, day)
        _wake(world, day)
        _begin_day(world, day)
        _go_through(world, day)
        world.days[day]["open"] = world.counts[_OPEN]
        if world.counts[_IS_FULL]:
            return
    _close(world)


@part
def _set_out(world: World) -> None:
    """Make every slot free, and draw when each stream first comes."""
    slots = world.tasks.shape[0]
    for task in range(slots):
        world.tasks[place_of(task)]["link"] = task + 1 if task + 1 < slots else NOBODY
        world.tasks[place_of(task)]["duty"] = NOBODY
    world.counts[_FREE] = 0
    for stream in range(world.streams.shape[0]):
        row = world.streams[place_of(stream)]
        kind = world.duties[place_of(row["duty"])]
        if kind["comes"] == _ARISES:
            row["next_at"] = gap(world, stream, number_of(world, stream))
            row["occurrence"] += 1
        else:
            phase = uniform(world.keys[_PHASE], row["uid"])
            row["next_at"] = math.floor(phase * row["pace"]) + kind["lead"]
        schedule(world, stream, 0)


@part
def _begin_counting(world: World, day: int) -> None:
    """Count what is open as the days counted begin; put what the records say is overdue in the place of it.

    A recurring duty whose overdue task is withdrawn comes again an interval later, as if it had been done.
    """
    for task in range(world.tasks.shape[0]):
        if world.tasks[place_of(task)]["duty"] >= 0:
            world.tally[place_of(world.tasks[place_of(task)]["duty"])]["started"] += 1
    if world.settings[_HAS_RECORDS]:
        _withdraw_overdue(world, day)
        _bring_backlog(world, day)


@part
def _withdraw_overdue(world: World, day: int) -> None:
    for queue in range(world.ends.shape[0]):
        task = world.officers[place_of(queue)]["task"] if queue < world.minutes.shape[0] else NOBODY
        if task >= 0 and world.tasks[place_of(task)]["due"] < day:
            world.officers[place_of(queue)]["task"] = NOBODY
            withdraw(world, day, task)
        bucket = earliest(world, queue)
        while bucket <= day:
            withdraw(world, day, pop(world, queue, bucket))
            bucket = earliest(world, queue)


@part
def _bring_backlog(world: World, day: int) -> None:
    for old in range(world.backlog.shape[0]):
        row = world.backlog[place_of(old)]
        task = slot(world, row["duty"], row["leader"], NOBODY, row["uid"])
        if task < 0:
            return
        open_task(world, day, 0.0, task, int(row["next_at"]))
        world.tally[place_of(row["duty"])]["brought"] += 1
        place(world, day, 0.0, task)


@part
def _leave(world: World, day: int) -> None:
    """Hand what falls due before an officer's return to the colleagues, on the first day away.

    Where urgent tasks are shared, those go to whoever is free as well.
    """
    everybody = world.minutes.shape[0]
    for officer in range(everybody):
        back = world.back[place_of(officer), place_of(day)]
        post = world.officers[place_of(officer)]
        post["back"], post["today"] = back, world.minutes[place_of(officer), place_of(day)]
        until = day + 1 + world.settings[_SHARED]
        if back >= 0 and (day == 0 or world.back[place_of(officer), place_of(day - 1)] < 0):
            until = max(until, back)
            task = world.officers[place_of(officer)]["task"]
            if task >= 0 and world.tasks[place_of(task)]["due"] < back:
                row = world.tasks[place_of(task)]
                push(world, queue_of(world, row["leader"]), row["due"], task)
                world.officers[place_of(officer)]["task"] = NOBODY
        bucket = earliest(world, officer)
        while bucket <= until:
            task = pop(world, officer, bucket)
            push(world, everybody, world.tasks[place_of(task)]["due"], task)
            bucket = earliest(world, officer)


@part
def _open_day(world: World, day: int) -> None:
    """Open the recurring duties of the day, and line up what will arise during it."""
    stream = world.days[place_of(day)]["first"]
    while stream >= 0:
        row = world.streams[place_of(stream)]
        following, kind = row["link"], world.duties[place_of(row["duty"])]
        if kind["comes"] == _ARISES:
            minute = (row["next_at"] - day) * world.settings[_OPEN_MINUTES]
            world.counts[_COMING] = event_in(world.coming, world.counts[_COMING], minute, stream)
        else:
            due = last_day(world, row["duty"], due_day(world, stream))
            task = slot(world, row["duty"], row["leader"], stream, number_of(world, stream))
            if task < 0:
                return
            open_task(world, day, 0.0, task, due)
            place(world, day, 0.0, task)
            if kind["comes"] == _FIXED:
                row["occurrence"] += 1
                row["next_at"] += row["pace"]
                schedule(world, stream, day + 1)
        stream = following


@part
def _wake(world: World, day: int) -> None:
    """Open what follows from tasks that ended on an earlier day."""
    task = world.days[place_of(day)]["first_asleep"]
    while task >= 0:
        row = world.tasks[place_of(task)]
        following, duty = row["link"], -2 - row["duty"]
        row["duty"] = duty
        open_task(world, day, 0.0, task, last_day(world, duty, day))
        place(world, day, 0.0, task)
        task = following


@part
def _begin_day(world: World, day: int) -> None:
    """Have everybody at work go on or begin; a different officer is the first each day."""
    everybody = world.minutes.shape[0]
    for turn in range(everybody):
        officer = (turn + day) % everybody
        post = world.officers[place_of(officer)]
        if post["today"] <= 0.0:
            continue
        if day >= world.settings[_WARM_UP]:
            post["available"] += post["today"]
        post["extra_today"] = max(0.0, min(world.settings[_OVERTIME], post["extra_left"]))
        end = _go_on(world, day, 0.0, officer)
        if end >= 0.0:
            world.counts[_BUSY] = event_in(world.busy, world.counts[_BUSY], end, officer)


@part
def _go_on(world: World, day: int, minute: float, officer: int) -> float:
    """Have a free officer take what is next; return when it ends today, or -1 if nothing does."""
    task = world.officers[place_of(officer)]["task"]
    if task < 0:
        task = _pick(world, day, minute, officer)
    if task >= 0:
        return begin(world, day, minute, officer, task)
    if minute < world.officers[place_of(officer)]["today"]:
        wait_in_line(world, officer)
    return -1.0


@part
def _pick(world: World, day: int, minute: float, officer: int) -> int:
    """Take the earliest due task an officer may begin now; NOBODY when there is none."""
    everybody = world.minutes.shape[0]
    role, queue = world.officers[place_of(officer)]["role"], everybody
    own = earliest(world, officer)
    shared = earliest(world, everybody) if world.officers[place_of(officer)]["is_covering"] else NEVER
    if role >= 0:
        of_role = earliest(world, role)
        if of_role < shared:
            shared, queue = of_role, role
    first = min(own, shared)
    if first == NEVER:
        return NOBODY
    until = world.officers[place_of(officer)]["today"]
    if minute >= until and (
        first > day + 1 or minute >= until + world.officers[place_of(officer)]["extra_today"]
    ):
        return NOBODY
    return pop(world, officer if own <= shared else queue, first)


@part
def _go_through(world: World, day: int) -> None:
    """Go from event to event until the day's last."""
    while world.counts[_BUSY] > 0 or world.counts[_COMING] > 0:
        if world.counts[_COMING] == 0 or (
            world.counts[_BUSY] > 0 and world.busy[0]["at"] <= world.coming[0]["at"]
        ):
            minute, officer = world.busy[0]["at"], world.busy[0]["who"]
            finish(world, day, minute, officer)
            end = _go_on(world, day, minute, officer)
            if end >= 0.0:
                event_instead(world.busy, world.counts[_BUSY], end, officer)
            else:
                world.counts[_BUSY] = event_out(world.busy, world.counts[_BUSY])
        else:
            _arise(world, day)
    empty_line(world)


@part
def _arise(world: World, day: int) -> None:
    """Open the next task that arises, and see when its stream's next one does."""
    minute, stream = world.coming[0]["at"], world.coming[0]["who"]
    row = world.streams[place_of(stream)]
    uid = number_of(world, stream)
    task = slot(world, row["duty"], row["leader"], NOBODY, uid)
    row["next_at"] += gap(world, stream, uid)
    row["occurrence"] += 1
    if row["next_at"] < day + 1:
        then = (row["next_at"] - day) * world.settings[_OPEN_MINUTES]
        event_instead(world.coming, world.counts[_COMING], then, stream)
    else:
        world.counts[_COMING] = event_out(world.coming, world.counts[_COMING])
        schedule(world, stream, day + 1)
    if task >= 0:
        open_task(world, day, minute, task, last_day(world, row["duty"], day))
        place(world, day, minute, task)


@part
def _close(world: World) -> None:
    """Count what is left undone on the last day."""
    end = world.settings[_DAYS]
    for task in range(world.tasks.shape[0]):
        row = world.tasks[place_of(task)]
        if row["duty"] < 0:
            # Free, or asleep until a day that never came.
            continue
        tally = world.tally[place_of(row["duty"])]
        tally["backlog"] += 1
        if row["due"] < end:
            tally["overdue"] += 1
            note_late(world, row["opened"], row["due"], int(end))
            if row["due"] >= world.settings[_WARM_UP]:
                tally["overdue_days"] += int(end) - row["due"]
