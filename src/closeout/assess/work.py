"""What the records show: duties counted, hours and need, and every measure."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from closeout.assess.steps import Steps
from closeout.duties.compile import counts
from closeout.duties.compile.needs import missing_tables
from closeout.duties.pack import load_pack
from closeout.duties.run import not_computed, open_tables, with_past_holders
from closeout.engines import EngineError, connect
from closeout.evidence.measures.read import load_measures
from closeout.evidence.measures.special import special

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import ibis.expr.types as ir

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.evidence.measures.measure import Measure, Measured
    from closeout.evidence.measures.special import Site
    from closeout.evidence.measures.special_look import Found
    from closeout.followup.followed import Followed
    from closeout.records.snapshot import Snapshot
    from closeout.workload.figures import Staffing

_BY = ("duty", "office_id", "state", "is_missed")
_MEASURING, _COUNTING = "Computing the measures", "Counting duties, hours and need"
MEMORY_GB = 3.0
"""Of each of the two embedded engines, so that a whole run keeps within 8 GB."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What is worked on, and where.

    Attributes:
        snapshot: The records.
        pack: The rules.
        folder: Where the rules lie; None for those that come with Closeout.
        as_of: The day to stand on.
        address: The engine's.

    """

    snapshot: Snapshot
    pack: Pack
    as_of: date
    folder: Path | None = None
    address: str = "duckdb://"

    @property
    def is_embedded(self) -> bool:
        """Say whether the engine is within this process, so that a second one may work beside it."""
        return self.scheme == "duckdb"

    @property
    def scheme(self) -> str:
        """Return the engine's name."""
        return urlsplit(self.address).scheme

    def connect(self) -> Engine:
        """Open the engine."""
        return connect(self.address, memory_gb=MEMORY_GB) if self.is_embedded else connect(self.address)


@dataclass(frozen=True, slots=True)
class Beside:
    """What is worked out beside the measures.

    Attributes:
        counts: A dict each duty, office and state: `duty`, `office_id`, `state`, `is_missed`, `instances`.
        staffing: Demand, hours, need and gap; None where it could not be worked out.
        found: What the measures that no query gives need from the records.
        notes: What could not be computed, a sentence each.

    """

    counts: tuple[dict[str, Any], ...]
    staffing: Staffing | None
    found: Found
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """Everything that was worked out from the records."""

    measured: tuple[Measured, ...]
    beside: Beside


def work_out(ground: Ground, measures: Sequence[Measure], steps: Steps | None = None) -> Worked:
    """Work out duties, need and measures, with an embedded engine in two processes side by side.

    Args:
        ground: What to work on.
        measures: The measures. Those that no query gives come back as not assessed: `with_special` adds them.
        steps: Told of each step.

    Raises:
        EngineError: The engine cannot be had, or ran out of memory or disk.

    """
    steps = steps or Steps()
    if not ground.is_embedded:
        with closing(ground.connect()) as engine:
            with steps.step(_MEASURING):
                measured = _measured(engine, ground, measures, steps)
            with steps.step(_COUNTING):
                return Worked(measured, _beside(engine, _tables(engine, ground), ground, measures))
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as runner:
        coming = runner.submit(beside, ground.snapshot, ground.folder, ground.as_of, ground.address)
        with steps.step(_MEASURING), closing(ground.connect()) as engine:
            measured = _measured(engine, ground, measures, steps)
        with steps.step(_COUNTING):
            try:
                return Worked(measured, coming.result())
            except BrokenProcessPool as error:
                message = "the process that counts duties ended; there is too little memory"
                raise EngineError(message) from error


def with_special(
    worked: Worked, followed: Sequence[Followed] | None, as_of: date, site: Site | None = None
) -> Worked:
    """Return what was worked out with the measures that no query gives: checks, recommendations, verdicts.

    Args:
        worked: What was worked out from the records.
        followed: Every recommendation as of the day; None where no report was read.
        as_of: The day to stand on.
        site: What a site tells of its own log; None where there is none.

    """
    measures = [each.measure for each in worked.measured]
    made = special(measures, as_of=as_of, followed=followed, found=worked.beside.found, site=site)
    by_code = {each.measure.code: each for each in made}
    return replace(worked, measured=tuple(by_code.get(each.measure.code, each) for each in worked.measured))


def beside(snapshot: Snapshot, folder: Path | None, as_of: date, address: str) -> Beside:
    """Return what is worked out beside the measures, from a process of its own."""
    pack = load_pack(folder)
    ground = Ground(snapshot, pack, as_of, folder, address)
    with closing(ground.connect()) as engine:
        return _beside(engine, _tables(engine, ground), ground, load_measures(folder, pack))


def _tables(engine: Engine, ground: Ground) -> Mapping[str, ir.Table]:
    return with_past_holders(engine, open_tables(engine, ground.snapshot))


def _measured(
    engine: Engine, ground: Ground, measures: Sequence[Measure], steps: Steps
) -> tuple[Measured, ...]:
    from closeout.evidence.measures.run import measure_all  # noqa: PLC0415 - not needed by the other process

    return measure_all(engine, ground.snapshot, ground.pack, measures, ground.as_of, told=steps.told)


def _beside(
    engine: Engine, tables: Mapping[str, ir.Table], ground: Ground, measures: Sequence[Measure]
) -> Beside:
    from closeout.evidence.measures.special_look import look  # noqa: PLC0415 - not needed by the measures

    notes = [f"{one.clause.title}: not computed, {one.why}" for one in not_computed(ground.pack, tables)]
    counted = tuple(_counted(engine, tables, ground))
    found = look(engine, tables, ground.pack, measures, ground.as_of)
    staffing = _staffing(engine, tables, ground, notes)
    return Beside(counted, staffing, found, tuple(notes))


def _counted(engine: Engine, tables: Mapping[str, ir.Table], ground: Ground) -> Iterator[dict[str, Any]]:
    expressions = (
        counts(clause, tables, as_of=ground.as_of, holidays=ground.pack.holidays, by=_BY)
        for clause in ground.pack.clauses
        if not missing_tables(clause, tables)
    )
    for found in engine.results(expressions):
        yield from sorted(found.to_pylist(), key=lambda row: tuple(str(row[name]) for name in _BY))


def _staffing(
    engine: Engine, tables: Mapping[str, ir.Table], ground: Ground, notes: list[str]
) -> Staffing | None:
    """Return the need of the offices; a note where tables that it stands on are missing or empty."""
    from closeout.workload.staffing import work_out as staffing_of  # noqa: PLC0415 - not needed by the measures

    try:
        return staffing_of(engine, tables, ground.pack, ground.as_of)
    except (LookupError, ValueError) as error:
        notes.append(f"Hours and need: not worked out, {' '.join(str(error).split())}")
        return None
