"""What the records show: duties counted, hours and need, and every measure."""

from __future__ import annotations

import gc
import multiprocessing
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from closeout.assess.steps import Steps
from closeout.duties.compile import Standing as CompiledStanding
from closeout.duties.pack import load_pack
from closeout.duties.run import not_computed, open_tables, with_past_holders
from closeout.engines import EngineError, connect
from closeout.evidence.measures.declared import OverDuties, Statistic
from closeout.evidence.measures.measure import Direction, Measure, Shape
from closeout.evidence.measures.read import load_measures
from closeout.evidence.measures.special import special

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import ibis.expr.types as ir

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.evidence.letters.reports import Reports
    from closeout.evidence.measures.measure import Measured
    from closeout.evidence.measures.run_counts import Counts
    from closeout.evidence.measures.special import Site
    from closeout.evidence.measures.special_look import Found
    from closeout.followup.followed import Followed
    from closeout.records.snapshot import Snapshot
    from closeout.workload.figures import Staffing

_MEASURING, _COUNTING = "Computing the measures", "Working out hours and need"
_REPORTING = "Looking up standards, inspections and partners"
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
        staffing: Demand, hours, need and gap; None where it could not be worked out.
        found: What the measures that no query gives need from the records.
        notes: What could not be computed, a sentence each.

    """

    staffing: Staffing | None
    found: Found
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """Everything that was worked out from the records.

    Attributes:
        measured: Every measure, in the pack's order.
        duties: A dict each duty, office and standing: `duty`, `office_id`, `standing`, `instances`.
        beside: Hours, need and what the measures that no query gives stand on.
        reports: What the memo, the analysis and the summaries of partners say.

    """

    measured: tuple[Measured, ...]
    duties: tuple[dict[str, Any], ...]
    beside: Beside
    reports: Reports


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
            return work_out_on(engine, ground, measures, steps)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as runner:
        coming = runner.submit(beside, ground.snapshot, ground.folder, ground.as_of, ground.address)
        with closing(ground.connect()) as engine:
            tables = _tables(engine, ground)
            with steps.step(_MEASURING):
                measured, duties = _measured(engine, tables, ground, measures, steps)
            with steps.step(_REPORTING):
                reports = _reports(engine, tables, ground)
        with steps.step(_COUNTING):
            try:
                return Worked(measured, duties, coming.result(), reports)
            except BrokenProcessPool as error:
                message = "the process that works out hours and need ended; there is too little memory"
                raise EngineError(message) from error


def work_out_on(
    engine: Engine, ground: Ground, measures: Sequence[Measure], steps: Steps | None = None
) -> Worked:
    """Work out the same on an engine that is open, one thing after the other."""
    steps = steps or Steps()
    tables = _tables(engine, ground)
    with steps.step(_MEASURING):
        measured, duties = _measured(engine, tables, ground, measures, steps)
    with steps.step(_REPORTING):
        reports = _reports(engine, tables, ground)
    with steps.step(_COUNTING):
        return Worked(measured, duties, _beside(engine, tables, ground, measures), reports)


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
    gc.set_threshold(100_000, 20, 50)  # as the command does
    pack = load_pack(folder)
    ground = Ground(snapshot, pack, as_of, folder, address)
    with closing(ground.connect()) as engine:
        return _beside(engine, _tables(engine, ground), ground, load_measures(folder, pack))


def _tables(engine: Engine, ground: Ground) -> Mapping[str, ir.Table]:
    return with_past_holders(engine, open_tables(engine, ground.snapshot))


def _measured(
    engine: Engine,
    tables: Mapping[str, ir.Table],
    ground: Ground,
    measures: Sequence[Measure],
    steps: Steps,
) -> tuple[tuple[Measured, ...], tuple[dict[str, Any], ...]]:
    """Return every measure, and how every duty stands: each clause is counted once for both."""
    from closeout.evidence.measures.run import measured_from  # noqa: PLC0415 - not for the other process
    from closeout.evidence.measures.run_counts import count_all  # noqa: PLC0415 - as above

    asked = [*measures, _every_duty(ground.pack)]
    counts = count_all(engine, tables, ground.pack, asked, ground.as_of, told=steps.told)
    found = measured_from(counts, measures, ground.as_of, stands_on=ground.snapshot.as_of)
    return found, tuple(_standings(counts))


def _reports(engine: Engine, tables: Mapping[str, ir.Table], ground: Ground) -> Reports:
    """Return what the papers say that are made of the records alone, while the other process works on."""
    from closeout.evidence.letters.reports import look_at_reports  # noqa: PLC0415 - not for the other process

    return look_at_reports(engine, tables, ground.as_of)


def _every_duty(pack: Pack) -> Measure:
    """Return a measure over all duties, so that all are counted whatever the pack measures."""
    duties = tuple(clause.duty for clause in pack.clauses)
    return Measure(
        code="every-duty",
        group=1,
        title="Every duty",
        section="",
        shape=Shape.COUNT,
        unit="count",
        numerator="overdue duties",
        denominator="",
        direction=Direction.DOWN,
        owner="",
        closes_when="",
        duties=duties,
        over=OverDuties(duties, Statistic.BACKLOG),
    )


def _standings(counts: Counts) -> Iterator[dict[str, Any]]:
    """Yield how many instances of each duty stand how in each office, whenever they fall due."""
    for duty, counted in counts.duties.items():
        found: Counter[tuple[str, int]] = Counter()
        columns = (counted.rows.column(name).to_pylist() for name in ("office_id", "standing", "instances"))
        for office, standing, instances in zip(*columns, strict=True):
            found[office or "", standing] += instances
        for (office, standing), instances in sorted(found.items()):
            word = CompiledStanding(standing).name.lower()
            yield {"duty": duty, "office_id": office, "standing": word, "instances": instances}


def _beside(
    engine: Engine, tables: Mapping[str, ir.Table], ground: Ground, measures: Sequence[Measure]
) -> Beside:
    from closeout.evidence.measures.special_look import look  # noqa: PLC0415 - not needed by the measures

    notes = [f"{one.clause.title}: not computed, {one.why}" for one in not_computed(ground.pack, tables)]
    found = look(engine, tables, ground.pack, measures, ground.as_of, stands_on=ground.snapshot.as_of)
    staffing = _staffing(engine, tables, ground, notes)
    return Beside(staffing, found, tuple(notes))


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
