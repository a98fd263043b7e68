"""Queues of tasks by due day, queues of events by time, and the line of idle officers; compiled.

A queue keeps one list for each due day and a bit for each list that is not empty, so the earliest due task
is found by its first bit: on one due day, who came first is first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from closeout.simulation.compiled import part, place_of
from closeout.simulation.world import NEVER, NOBODY, Count

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from closeout.simulation.world import World

_TURN = Count.TURN
_ONE, _SIX, _58 = np.uint64(1), np.uint64(6), np.uint64(58)
# A de Bruijn sequence: multiplied by a lone bit, its top six bits name the bit (Leiserson et al. 1998).
_SEQUENCE = np.uint64(0x03F79D71B4CB0A89)
_PLACES = np.array(
    [(0x03F79D71B4CB0A89 << bit & 0xFFFFFFFFFFFFFFFF) >> 58 for bit in range(64)], dtype=np.int64
).argsort()


@part
def _lowest_bit(word: np.uint64) -> int:
    return int(_PLACES[((word & (~word + _ONE)) * _SEQUENCE) >> _58])


@part
def push(world: World, queue: int, due: int, task: int) -> None:
    """Put a task at the end of its due day's list. Days before the first are one list."""
    bucket = min(max(due + 1, 0), world.ends.shape[1] - 1)
    world.tasks[place_of(task)]["link"] = NOBODY
    last = world.ends[place_of(queue), place_of(bucket), 1]
    if world.ends[place_of(queue), place_of(bucket), 0] < 0:
        world.ends[place_of(queue), place_of(bucket), 0] = task
        word = bucket >> 6
        world.filled[place_of(queue), place_of(word)] |= _ONE << np.uint64(bucket & 63)
        world.lowest[place_of(queue)] = min(world.lowest[place_of(queue)], word)
    else:
        world.tasks[place_of(last)]["link"] = task
    world.ends[place_of(queue), place_of(bucket), 1] = task


@part
def earliest(world: World, queue: int) -> int:
    """Return the bucket of the earliest due task of a queue (its due day and 1); NEVER when it is empty."""
    words = world.filled.shape[1]
    word = world.lowest[place_of(queue)]
    while word < words and world.filled[place_of(queue), place_of(word)] == 0:
        word += 1
    world.lowest[place_of(queue)] = word
    if word == words:
        return NEVER
    return int(word) * 64 + _lowest_bit(world.filled[place_of(queue), place_of(word)])


@part
def pop(world: World, queue: int, bucket: int) -> int:
    """Take the first task of a bucket that has one."""
    task = world.ends[place_of(queue), place_of(bucket), 0]
    following = world.tasks[place_of(task)]["link"]
    world.ends[place_of(queue), place_of(bucket), 0] = following
    if following < 0:
        world.filled[place_of(queue), place_of(bucket >> 6)] &= ~(_ONE << np.uint64(bucket & 63))
    return int(task)


@part
def _is_before(at: float, who: int, other: NDArray[np.void]) -> bool:
    return bool((at < other["at"]) | ((at == other["at"]) & (who < other["who"])))


@part
def event_in(events: NDArray[np.void], size: int, at: float, who: int) -> int:
    """Put an event into a heap ordered by time, then number; return the heap's new size."""
    place = size
    while place > 0:
        parent = (place - 1) >> 1
        if not _is_before(at, who, events[place_of(parent)]):
            break
        events[place_of(place)]["at"] = events[place_of(parent)]["at"]
        events[place_of(place)]["who"] = events[place_of(parent)]["who"]
        place = parent
    events[place_of(place)]["at"] = at
    events[place_of(place)]["who"] = who
    return size + 1


@part
def event_instead(events: NDArray[np.void], size: int, at: float, who: int) -> None:
    """Put an event in the place of a heap's first one."""
    place = 0
    while True:
        child = 2 * place + 1
        if child >= size:
            break
        right = child + 1
        if right < size and _is_before(
            events[place_of(right)]["at"], events[place_of(right)]["who"], events[place_of(child)]
        ):
            child = right
        if _is_before(at, who, events[place_of(child)]):
            break
        events[place_of(place)]["at"] = events[place_of(child)]["at"]
        events[place_of(place)]["who"] = events[place_of(child)]["who"]
        place = child
    events[place_of(place)]["at"] = at
    events[place_of(place)]["who"] = who


@part
def event_out(events: NDArray[np.void], size: int) -> int:
    """Take the first event out of a heap; return its new size."""
    size -= 1
    if size > 0:
        event_instead(events, size, events[place_of(size)]["at"], events[place_of(size)]["who"])
    return size


@part
def wait_in_line(world: World, officer: int) -> None:
    """Put an officer at the end of the own line of the idle. Anchors are the rows behind the last officer."""
    anchor = world.officers[place_of(officer)]["line"]
    world.counts[_TURN] += 1
    world.officers[place_of(officer)]["turn"] = world.counts[_TURN]
    last = world.officers[place_of(anchor)]["before"]
    world.officers[place_of(officer)]["before"] = last
    world.officers[place_of(officer)]["behind"] = anchor
    world.officers[place_of(last)]["behind"] = officer
    world.officers[place_of(anchor)]["before"] = officer


@part
def first_idle(world: World, queue: int) -> int:
    """Return who was idle first of those who do what lies in a queue; NOBODY when nobody is idle."""
    everybody, found = world.minutes.shape[0], NOBODY
    for line in range(world.serves.shape[1]):
        if world.serves[place_of(queue - everybody), place_of(line)]:
            first = int(world.officers[place_of(everybody + line)]["behind"])
            if first < everybody and (
                found < 0 or world.officers[place_of(first)]["turn"] < world.officers[place_of(found)]["turn"]
            ):
                found = first
    return found


@part
def leave_line(world: World, officer: int) -> None:
    """Take an officer out of the line of the idle."""
    before, behind = world.officers[place_of(officer)]["before"], world.officers[place_of(officer)]["behind"]
    world.officers[place_of(before)]["behind"] = behind
    world.officers[place_of(behind)]["before"] = before
    world.officers[place_of(officer)]["before"] = NOBODY
    world.officers[place_of(officer)]["behind"] = NOBODY


@part
def empty_line(world: World) -> None:
    """Send everybody out of the lines of the idle."""
    for anchor in range(world.minutes.shape[0], world.officers.shape[0]):
        officer = world.officers[place_of(anchor)]["behind"]
        while officer != anchor:
            following = world.officers[place_of(officer)]["behind"]
            world.officers[place_of(officer)]["before"] = NOBODY
            world.officers[place_of(officer)]["behind"] = NOBODY
            officer = following
        world.officers[place_of(anchor)]["before"] = anchor
        world.officers[place_of(anchor)]["behind"] = anchor
