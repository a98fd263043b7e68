"""A reading process that does what a document tells it to: crash, hang, eat memory, or interrupt the run."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

from closeout.reading import worker

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from closeout.reading.model import Document, DocumentReading


def serve(connection: Connection, memory_bytes: int | None) -> None:
    """Read as the real process does, but obey the documents."""
    honest = worker.read_document

    def obey(document: Document) -> DocumentReading:
        if "CRASH" in document.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "STUMBLE" in document.text:
            _stumble(Path(document.text.split("STUMBLE ")[1].strip()))
        if "HANG" in document.text:
            time.sleep(60)
        if "INTERRUPT" in document.text:
            os.kill(os.getppid(), signal.SIGINT)
            time.sleep(60)
        if "STUBBORN" in document.text:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(60)
        if "HUNGER" in document.text:
            raise MemoryError
        return honest(document)

    worker.read_document = obey
    worker.serve(connection, memory_bytes)


def stillborn(connection: Connection, memory_bytes: int | None) -> None:
    """End before taking any task."""
    raise SystemExit(3)


def hungry(connection: Connection, memory_bytes: int | None) -> None:
    """Try to take more memory than allowed, for real."""
    worker.read_document = lambda document: len(bytearray(8 * 1024**3)) and document
    worker.serve(connection, memory_bytes)


def _stumble(mark: Path) -> None:
    """Crash the first time only."""
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
