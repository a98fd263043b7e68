"""The demonstration's documents: what there is, when each was captured, and reading one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import closeout
from closeout.reading.read import read_document
from closeout.reading.sources import open_documents

if TYPE_CHECKING:
    from closeout.reading.model import DocumentReading

DEMO = Path(closeout.__file__).parent / "demo"


@dataclass(frozen=True, slots=True)
class DemoCapture:
    """One fictional document as it was at an address on a day.

    `path` is its path under the demonstration's reports, `origin` the address it pretends to
    come from: two captures of one page share it.
    """

    path: str
    origin: str
    got_on: date

    @property
    def file(self) -> Path:
        """Return where the document's file lies in the package."""
        return DEMO / "reports" / self.path

    @property
    def got_at(self) -> datetime:
        """Return the moment of capture: noon, UTC, of its day."""
        return datetime.combine(self.got_on, time(12), tzinfo=UTC)

    def read(self) -> DocumentReading:
        """Return what is read from it, under its path in the demonstration."""
        (document,) = open_documents(self.file, name=self.path)
        return read_document(document)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """All captures, oldest first, and the day the demonstration's figures hold on."""

    as_of: date
    captures: tuple[DemoCapture, ...]


def demonstration() -> Demonstration:
    """Return the demonstration that comes with the package."""
    told = json.loads((DEMO / "manifest.json").read_text(encoding="utf-8"))
    captures = tuple(
        DemoCapture(each["path"], each["origin"], date.fromisoformat(each["got_on"]))
        for each in told["captures"]
    )
    return Demonstration(date.fromisoformat(told["as_of"]), captures)
