"""The process that reads documents: one bad document may end it, never the run."""

from __future__ import annotations

import signal
import sys
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from closeout.reading.messages import Ended, Question, Started, Task, unread_file
from closeout.reading.read import read_document
from closeout.reading.sources import open_documents
from closeout.reading.sources.archive import INSIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

    from closeout.reading.model import DocumentReading


def read_file(task: Task, is_known: Callable[[str, str], bool]) -> Iterator[DocumentReading]:
    """Yield the readings of a file: one, or one for each member of an archive.

    Args:
        task: The file.
        is_known: Called with hash and name of each member of an archive; a known one is left out.

    """
    for document in open_documents(Path(task.path), limits=task.limits, name=task.name):
        if INSIDE not in document.path or not is_known(document.sha256, document.path):
            yield read_document(document)


def serve(connection: Connection, memory_bytes: int | None) -> None:
    """Read the files asked for over the connection until it closes.

    Args:
        connection: Takes tasks and answers, gives messages.
        memory_bytes: How much address space this process may use; None sets no bound.

    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    signal.signal(signal.SIGTERM, _stop)
    _bound_memory(memory_bytes)
    with suppress(EOFError, ConnectionError):
        Server(connection).run()


class Server:
    """Takes tasks in order; while one runs, further tasks may arrive before an answer."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: deque[Task] = deque()

    def run(self) -> None:
        """Do tasks until the other side closes the connection (`EOFError`)."""
        self._connection.send(Started())
        while True:
            task = self._waiting.popleft() if self._waiting else self._connection.recv()
            try:
                for reading in read_file(task, self._ask):
                    self._connection.send(reading)
            except MemoryError:
                message = "refused: it needs more memory than one document may take; split it"
                self._connection.send(unread_file(task.name, "out-of-memory", message, sha256=task.sha256))
            self._connection.send(Ended())

    def _ask(self, sha256: str, name: str) -> bool:
        self._connection.send(Question(sha256, name))
        while not isinstance(received := self._connection.recv(), bool):
            self._waiting.append(received)
        return received


def _stop(_signal: int, _frame: object) -> NoReturn:
    """End by an exception, so that programs started for this document are ended too."""
    sys.exit(1)


def _bound_memory(memory_bytes: int | None) -> None:
    if memory_bytes is None or sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - it does not exist on Windows

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    bound = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
