"""A second process beside a run, started at once so that it has loaded what it needs when there is work.

Little may be imported here: a command starts the process before it loads anything else.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from types import FrameType, TracebackType
    from typing import Self

_LOADED_FIRST = (
    "closeout.assess.ahead",
    "closeout.assess.work",
    "closeout.evidence.measures.run",
    "closeout.evidence.measures.special_look",
    "closeout.workload.staffing",
)
_END_SECONDS = 5.0
"""A process that has not ended by then is killed."""


class SecondProcessError(RuntimeError):
    """The second process ended before it had an answer."""


class Second:
    """A process that works out what it is asked for; leaving it ends it, whatever it is at."""

    def __init__(self) -> None:
        """Start it."""
        context = multiprocessing.get_context("spawn")
        self._connection, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there,), name="beside", daemon=True)
        self._process.start()
        there.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self._connection.close()
        self._process.terminate()
        self._process.join(_END_SECONDS)
        self._process.kill()
        self._process.join()

    def ask(self, work: Callable[..., Any], *given: Any) -> None:  # noqa: ANN401 - whatever the work takes
        """Have it work something out; the function and what it is given must go through pickle.

        Raises:
            SecondProcessError: The process has ended.

        """
        self._send(work, given, is_awaited=True)

    def begin(self, work: Callable[..., Any], *given: Any) -> None:  # noqa: ANN401 - as above
        """Have it do something that has no answer; whatever it raises is lost.

        Where the process has ended nothing is done: who asks next is told.
        """
        with suppress(SecondProcessError):
            self._send(work, given, is_awaited=False)

    def load(self, module: str) -> None:
        """Have it load what it will be asked for next, while it would wait."""
        self.begin(import_module, module)

    def _send(self, work: Callable[..., Any], given: tuple[Any, ...], *, is_awaited: bool) -> None:
        try:
            self._connection.send((work, given, is_awaited))
        except OSError as error:
            raise _ended() from error

    def answer(self) -> Any:  # noqa: ANN401 - whatever the work returns
        """Wait for what was asked for first, and return it; what it raised is raised here.

        Raises:
            SecondProcessError: The process has ended.

        """
        try:
            is_done, found = self._connection.recv()
        except (EOFError, OSError) as error:
            raise _ended() from error
        if is_done:
            return found
        raise found


def collect_seldom() -> None:
    """Look for garbage seldom: a run makes millions of small objects, few in circles, and ends soon."""
    gc.set_threshold(200_000, 50, 100)


def leave_pandas_out() -> None:
    """Let Arrow look for pandas in vain, once: nobody needs it, and loading it takes a fifth of a second.

    pyarrow looks for it with its first value, and again when it is asked for a frame: then it finds it.
    """
    hidden = _Hidden("pandas")
    sys.meta_path.insert(0, hidden)
    try:
        import_module("pyarrow").scalar(0)
    finally:
        sys.meta_path.remove(hidden)


class _Hidden:
    """Keeps a module from being found."""

    def __init__(self, name: str) -> None:
        self._name = name

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        if name == self._name:
            raise ModuleNotFoundError(name, name=name)


def _ended() -> SecondProcessError:
    return SecondProcessError(
        "the process that works out hours and need ended; most often there is too little memory"
    )


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """End as a program does, so that the engine takes what it put on the disk away."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is ending
    raise SystemExit


def _serve(connection: Connection) -> None:
    """Answer what is asked until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    signal.signal(signal.SIGTERM, _leave)
    collect_seldom()
    leave_pandas_out()
    for name in _LOADED_FIRST:
        import_module(name)
    gc.freeze()  # what was loaded stays
    with suppress(EOFError, ConnectionError):  # nobody asks or waits any more
        while True:
            work, given, is_awaited = connection.recv()
            found = _found(work, given)
            if is_awaited:
                connection.send(found)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it is ending, and must not be struck while it clears up


def _found(work: Callable[..., Any], given: tuple[Any, ...]) -> tuple[bool, Any]:
    """Return whether work was done, and what came of it or what it raised."""
    try:
        return True, work(*given)
    except Exception as error:  # noqa: BLE001 - raised where the answer is waited for
        return False, error
