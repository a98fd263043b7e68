"""The store that `closeout read` puts readings into; opened only when it is wanted."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from closeout.project import configure
from closeout.project.store import store_url
from closeout.reading.sources import open_raw
from closeout.reading.sources.archive import INSIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from closeout.reading.model import DocumentReading
    from closeout.web.recommendations.ingest import Arrival

_PASSWORD = re.compile(r"(?<=:)[^:@/]+(?=@)")


class StoreFailedError(Exception):
    """The store cannot be opened, or refused the readings; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of the documents: new in the store, read anew by newer readers, already there."""

    new: int
    reread: int
    unchanged: int


class Store:
    """The store of readings, by the URL it was opened with."""

    def __init__(self, url: str | None) -> None:
        """Open the store and bring its tables up to date.

        Args:
            url: A database URL; None for the one of the environment, or one SQLite file.

        Raises:
            StoreFailedError: It cannot be opened.

        """
        try:
            configure(url)
        except Exception as error:  # whatever keeps it shut, reading goes on without it
            raise StoreFailedError(_advice(error)) from error
        self.name = _PASSWORD.sub("…", store_url())
        self._known: set[str] = set()
        self._unchanged = 0

    def known(self, digest: str) -> DocumentReading | None:
        """Return what the present readers read from the bytes with this hash before, without its text."""
        from closeout.web.recommendations.ingest import known  # noqa: PLC0415 - needs Django set up

        reading = known(digest)
        if reading is not None:
            self._known.add(digest)
        return reading

    def take(self, readings: Iterable[DocumentReading]) -> Stored:
        """Put readings and the bytes they were made of into the store.

        Args:
            readings: Consumed lazily, so that a folder of any size fits.

        Raises:
            StoreFailedError: The store refused them; those stored before stay.

        """
        from django.db import Error  # noqa: PLC0415 - needs Django set up

        from closeout.web.audit.actions import SYSTEM  # noqa: PLC0415
        from closeout.web.recommendations.ingest import ingest  # noqa: PLC0415

        try:
            done = ingest(self._arrivals(readings), by=SYSTEM)
        except Error as error:
            raise StoreFailedError(_advice(error)) from error
        return Stored(done.new, done.reread, done.unchanged + self._unchanged)

    def _arrivals(self, readings: Iterable[DocumentReading]) -> Iterator[Arrival]:
        """Yield what the store does not have; a known document under a new path gets its text back."""
        from closeout.web.recommendations.ingest import Arrival  # noqa: PLC0415 - needs Django set up

        files = _Files()
        for reading in readings:
            document = reading.document
            arrival = Arrival(reading, b"", os.path.abspath(document.path))  # noqa: PTH100 - keeps `archive!/a`
            if document.sha256 in self._known:
                text = _kept_text(arrival)
                if text is None:
                    self._unchanged += 1
                    continue
                arrival = replace(arrival, reading=replace(reading, document=replace(document, text=text)))
            yield replace(arrival, data=files.bytes_of(document.path, document.sha256))


class _Files:
    """The bytes of documents asked for in the order of reading; an archive is opened once."""

    def __init__(self) -> None:
        self._file = ""
        self._members: Iterator[tuple[str, bytes]] = iter(())

    def bytes_of(self, path: str, digest: str) -> bytes:
        """Return a document's bytes; none when it was refused, or is not what it was when read."""
        file = path.partition(INSIDE)[0]
        if file != self._file or path == file:
            self._file, self._members = file, _raw(file)
        data = next((data for name, data in self._members if name == path), b"")
        return data if sha256(data).hexdigest() == digest else b""


def _raw(file: str) -> Iterator[tuple[str, bytes]]:
    try:
        data = Path(file).read_bytes()
    except OSError:
        return
    yield from open_raw(file, data)


def _kept_text(arrival: Arrival) -> str | None:
    """Return the text of known bytes that are new under this path; None when they are stored under it."""
    from closeout.web.recommendations.models import Capture  # noqa: PLC0415 - needs Django set up

    captures = Capture.objects.filter(blob=arrival.reading.document.sha256)
    if captures.filter(document__origin=arrival.home).exists():
        return None
    return captures.values_list("text", flat=True).first() or ""


def _advice(error: Exception) -> str:
    said = " ".join(str(error).split()).partition(". ")[0] or type(error).__name__
    return f"{said}; check --store, or use --no-store to read without one"
