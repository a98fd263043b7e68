"""Write the example agency as a snapshot."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta

from closeout.records.example.agency import MONTHS, Agency
from closeout.records.example.arrays import day
from closeout.records.example.bad_rows import write_bad_rows
from closeout.records.example.casework import Chunk, write_chunk
from closeout.records.example.catalog import defects
from closeout.records.example.defects import Plants, listed
from closeout.records.example.dockets import count_rows
from closeout.records.example.hiring import write_hiring
from closeout.records.example.numbers import case_numbers
from closeout.records.example.registers import write_registers
from closeout.records.example.size import SIZES
from closeout.records.example.staff import hire
from closeout.records.example.strata import strata
from closeout.records.example.writing import Sink
from closeout.records.snapshot import MANIFEST, Manifest, Snapshot, write_manifest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyarrow as pa

    from closeout.records.example.arrays import Ints

AS_OF = date(2026, 9, 30)
EARLIEST, LATEST = date(2025, 7, 1), date(2035, 12, 31)
DEFECTS_FILE = "defects.json"
_WORKERS = 2


class ExampleError(ValueError):
    """No example can be written as asked."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the writing is."""

    done: int
    steps: int
    rows: int


def write_example(
    folder: Path,
    *,
    size: str = "small",
    seed: int = 1,
    as_of: date = AS_OF,
    with_bad_rows: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> Snapshot:
    """Write the example agency's snapshot.

    Args:
        folder: Where to; made if it is not there. It must not hold a snapshot.
        size: `small`, `region` or `national`.
        seed: The same seed and size give the same bytes.
        as_of: The day the records stand as of.
        with_bad_rows: Put rows beside the tables that `closeout check` must keep apart; the notes list them.
        progress: Called after each step.

    Returns:
        The snapshot. What was planted in it is in its manifest's notes and in `defects.json`; what the
        agency assumes of its hiring is in `hiring.yaml` beside them.

    Raises:
        ExampleError: An unknown size, a day out of range, or a folder that holds a snapshot.

    """
    _check(folder, size, as_of)
    starts = day(as_of.replace(day=1) - relativedelta(months=MONTHS - 1))
    agency = hire(seed, SIZES[size], day(as_of), starts)
    sink = Sink(folder)
    numbers, chunks = _chunks(agency)
    plants = [Plants(agency.chance("registers"))]
    counted: list[Ints] = []
    steps = len(chunks) + 1

    def report() -> None:
        if progress:
            progress(Progress(len(plants), steps, sink.rows_written()))

    incidents: list[tuple[str, str]] = []
    with ThreadPoolExecutor(_WORKERS) as pool:
        for written in pool.map(lambda chunk: write_chunk(agency, sink, chunk), chunks):
            counted.append(written.tally)
            plants.append(written.plants)
            incidents += written.incidents
            report()
    months = list(count_rows(agency, sum(counted[1:], counted[0])))
    write_registers(agency, sink, plants[0], numbers, months=months, incidents=incidents)
    return _finish(agency, sink, as_of, plants, with_bad_rows=with_bad_rows)


def _check(folder: Path, size: str, as_of: date) -> None:
    if size not in SIZES:
        msg = f"there is no size {size!r}; choose one of {', '.join(SIZES)}"
        raise ExampleError(msg)
    if not EARLIEST <= as_of <= LATEST:
        msg = f"an example stands as of a day from {EARLIEST} to {LATEST}, not {as_of}"
        raise ExampleError(msg)
    if (folder / MANIFEST).exists():
        msg = f"{folder} holds a snapshot already; choose another folder or remove it"
        raise ExampleError(msg)


def _chunks(agency: Agency) -> tuple[pa.Array, list[Chunk]]:
    """Return all case numbers, and the cases in chunks."""
    ended = strata(agency.seed, agency.size)
    cases = len(ended.office)
    numbers = case_numbers(agency.seed, cases)
    starts = range(0, cases, agency.size.chunk)
    made = []
    for place, first in enumerate(starts):
        last = min(first + agency.size.chunk, cases)
        made.append(Chunk(place, len(starts), numbers.slice(first, last - first), ended.part(first, last)))
    return numbers, made


def _finish(
    agency: Agency, sink: Sink, as_of: date, plants: list[Plants], *, with_bad_rows: bool
) -> Snapshot:
    found = listed(defects(), plants)
    written = json.dumps(found, indent=1) + "\n"
    (sink.folder / DEFECTS_FILE).write_text(written, encoding="utf-8")
    write_hiring(sink.folder, agency.size.name, as_of)
    notes: dict[str, Any] = {"example": {"size": agency.size.name, "seed": agency.seed}, "defects": found}
    manifest = Manifest(as_of=as_of, source="closeout example", tables=sink.parts(), notes=notes)
    if with_bad_rows:
        notes["bad_rows"] = write_bad_rows(Snapshot(sink.folder, manifest))
    write_manifest(sink.folder, manifest)
    return Snapshot(sink.folder, manifest)
