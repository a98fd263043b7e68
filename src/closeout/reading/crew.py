"""Several reading processes at work, their results in the order of the tasks.

Each process does one task at a time and has one more waiting. When a process dies or takes too
long, its task is reported as unread, the waiting one is kept, and a new process takes its place.
Results that are early wait; when many wait, only the process whose results come next is listened
to, so memory stays bounded however many files there are.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from closeout.reading.messages import Ended, Question, Started, Task, unread_file
from closeout.reading.model import DocumentReading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    Later = Callable[[], Iterable[DocumentReading]]
    """Results that are made when their turn has come."""
    KnownMember = Callable[[str, str], DocumentReading | None]
    """Given the hash and name of an archive's member: its reading, when it was read before."""

_TASKS_AHEAD = 2
_SLOTS_OPEN = 64
_READINGS_WAITING = 32
_TRIES = 2
_END_SECONDS = 5.0
_START_SECONDS = 120.0
"""A process that has not started by then, on however busy a machine, never will."""


class WorkersFailedError(RuntimeError):
    """The reading processes cannot be started at all."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one document may cost.

    Attributes:
        seconds: Time without any result before the process at it is ended.
        memory_bytes: Address space of the process; None sets no bound.

    """

    seconds: float = 600.0
    memory_bytes: int | None = 3 * 1024**3


@dataclass(slots=True, eq=False)
class Slot:
    """A file in the order of the run and what has come of it so far.

    Attributes:
        task: What to read; None when it is not to be read.
        results: What has come of it and was not taken yet.
        is_done: Whether nothing more will come.
        tries: How often a process ended on the file, or on the member of an archive it is at.
        member: Hash and name of the archive's member that is being read.
        passed: Members that are done, for when the archive has to be opened again.

    """

    task: Task | None
    results: deque[DocumentReading | Later] = field(default_factory=deque)
    is_done: bool = False
    tries: int = 0
    member: tuple[str, str] | None = None
    passed: set[tuple[str, str]] = field(default_factory=set)


AnySlot = TypeVar("AnySlot", bound=Slot)


@dataclass(slots=True, eq=False)
class _Worker(Generic[AnySlot]):
    process: SpawnProcess
    connection: Connection[Any, Any]
    deadline: float
    slots: deque[AnySlot] = field(default_factory=deque)
    has_started: bool = False


def _serve(connection: Connection, memory_bytes: int | None) -> None:
    """Be a reading process; only it loads what reads."""
    from closeout.reading.worker import serve  # noqa: PLC0415 - as said

    serve(connection, memory_bytes)


class Crew(Generic[AnySlot]):
    """Reading processes and the slots they are at."""

    def __init__(
        self, count: int, *, bounds: Bounds, known: KnownMember, target: Callable[..., None] = _serve
    ) -> None:
        self._bounds = bounds
        self._known = known
        self._target = target
        self._context = multiprocessing.get_context("spawn")
        self._open: deque[AnySlot] = deque()
        self._workers: list[_Worker[AnySlot]] = []
        self._count = count

    def results(self, slots: Iterator[AnySlot]) -> Iterator[tuple[AnySlot, DocumentReading | None]]:
        """Yield each slot's readings, then the slot with None, in the order of the slots.

        Raises:
            WorkersFailedError: A process ended before it could take a task.

        """
        self._workers = []
        try:
            for _ in range(self._count):
                self._workers.append(self._hire())
            is_more = True
            while is_more or self._open:
                is_more = is_more and self._fill(slots)
                yield from self._in_order()
                if self._open:
                    self._listen()
        finally:
            for worker in self._workers:
                _dismiss(worker)

    def _fill(self, slots: Iterator[AnySlot]) -> bool:
        """Open slots while there is room; say whether there may be more."""
        while len(self._open) < _SLOTS_OPEN:
            worker = min(self._workers, key=lambda worker: len(worker.slots))
            if len(worker.slots) >= _TASKS_AHEAD:
                break
            slot = next(slots, None)
            if slot is None:
                return False
            self._open.append(slot)
            if slot.task is None:
                slot.is_done = True
            else:
                self._assign(worker, slot)
        return True

    def _in_order(self) -> Iterator[tuple[AnySlot, DocumentReading | None]]:
        while self._open:
            slot = self._open[0]
            while slot.results:
                result = slot.results.popleft()
                for reading in (result,) if isinstance(result, DocumentReading) else result():
                    yield slot, reading
            if not slot.is_done:
                return
            self._open.popleft()
            yield slot, None

    def _listen(self) -> None:
        """Wait until a process says something, dies or runs out of time, and act on it."""
        is_crowded = sum(len(slot.results) for slot in self._open) >= _READINGS_WAITING
        busy = [worker for worker in self._workers if worker.slots]
        heard = [worker for worker in busy if not is_crowded or worker.slots[0] is self._open[0]]
        first = min(worker.deadline for worker in heard)
        speaking = wait([worker.connection for worker in heard], timeout=max(0.0, first - time.monotonic()))
        for worker in busy:
            if worker.connection in speaking:
                self._receive(worker)
            elif worker not in heard:
                worker.deadline = max(worker.deadline, self._deadline())
            elif time.monotonic() >= worker.deadline:
                self._end_late(worker)

    def _receive(self, worker: _Worker[AnySlot]) -> None:
        try:
            message = worker.connection.recv()
        except (EOFError, OSError):
            self._end_dead(worker)
            return
        worker.deadline = self._deadline()  # also of the first task, which waited for the start
        if isinstance(message, Started):
            worker.has_started = True
        elif isinstance(message, Question):
            worker.connection.send(self._answer(worker.slots[0], message))
        elif isinstance(message, Ended):
            worker.slots.popleft().is_done = True
        else:
            worker.slots[0].results.append(message)

    def _answer(self, slot: AnySlot, question: Question) -> bool:
        """Say whether a member of an archive need not be read, and note which one is at work."""
        asked = (question.sha256, question.name)
        if asked in slot.passed:
            return True
        if slot.member != asked:
            self._pass_member(slot)
        reading = self._known(*asked)
        if reading is None:
            slot.member = asked
            return False
        slot.results.append(reading)
        slot.passed.add(asked)
        return True

    def _end_late(self, worker: _Worker[AnySlot]) -> None:
        _check_started(worker)
        reason = f"reading took longer than {self._bounds.seconds:.0f} seconds and was stopped; split it"
        self._report(worker, "timed-out", reason)
        self._replace(worker)

    def _end_dead(self, worker: _Worker[AnySlot]) -> None:
        """Try what it was at once more: it may have died of another's hunger for memory."""
        worker.process.join(_END_SECONDS)
        _check_started(worker)
        slot = worker.slots[0]
        slot.tries += 1
        if slot.tries >= _TRIES:
            reason = (
                f"the reader crashed on it ({_ending(worker.process.exitcode)}); save it in another format"
            )
            self._report(worker, "crashed", reason)
        self._replace(worker)

    def _report(self, worker: _Worker[AnySlot], code: str, message: str) -> None:
        """Report what a process was at as unread; of an archive only the member, the rest stays to do."""
        slot = worker.slots[0]
        sha256, name = slot.member or ((slot.task.sha256, slot.task.name) if slot.task else ("", ""))
        slot.results.append(unread_file(name, code, message, sha256=sha256))
        if slot.member:
            self._pass_member(slot)
        else:
            slot.is_done = True
            worker.slots.popleft()

    def _pass_member(self, slot: AnySlot) -> None:
        if slot.member:
            slot.passed.add(slot.member)
        slot.member = None
        slot.tries = 0

    def _replace(self, worker: _Worker[AnySlot]) -> None:
        _dismiss(worker)
        fresh = self._hire()
        self._workers[self._workers.index(worker)] = fresh
        for slot in worker.slots:
            self._assign(fresh, slot)

    def _assign(self, worker: _Worker[AnySlot], slot: AnySlot) -> None:
        if not worker.slots:
            worker.deadline = max(worker.deadline, self._deadline())
        worker.slots.append(slot)
        try:
            worker.connection.send(slot.task)
        except OSError:  # it died idle, which is not the file's fault; listening to it finds out
            slot.tries -= 1

    def _hire(self) -> _Worker[AnySlot]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=self._target, args=(theirs, self._bounds.memory_bytes), daemon=True
        )
        process.start()
        theirs.close()
        return _Worker(process, ours, deadline=time.monotonic() + _START_SECONDS)

    def _deadline(self) -> float:
        return time.monotonic() + self._bounds.seconds


def _check_started(worker: _Worker[Any]) -> None:
    """Raise `WorkersFailedError` for a process that died or ran late before it took a task."""
    if not worker.has_started:
        msg = "the reading processes cannot start; try --workers 0 to read in one process"
        raise WorkersFailedError(msg)


def _dismiss(worker: _Worker[Any]) -> None:
    """End a process: first so that it can end programs it started, then for certain."""
    worker.connection.close()
    worker.process.terminate()
    worker.process.join(_END_SECONDS)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()
    worker.process.close()


def _ending(exitcode: int | None) -> str:
    return f"signal {-exitcode}" if exitcode is not None and exitcode < 0 else f"exit code {exitcode}"
