"""What the records show: duties counted, hours and need, and every measure."""

from __future__ import annotations

from collections import Counter
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from closeout.assess.ahead import engine_for, opened
from closeout.assess.emptiness import emptiness
from closeout.assess.second import Second, SecondProcessError
from closeout.assess.steps import Steps
from closeout.duties.compile import Standing as CompiledStanding
from closeout.duties.run import not_computed, open_tables, with_past_holders
from closeout.engines import EngineError, connect
from closeout.evidence.measures.declared import OverDuties, OverTable, Statistic
from closeout.evidence.measures.measure import Direction, Measure, Shape
from closeout.evidence.measures.special import special

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

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
_ASKED_NEXT = "closeout.evidence.suppression.reaching"
_ONE_HERE_OF = 8
"""Of how many measures over tables the first process measures one, so that both are done at one time."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What is worked on, and where.

    Attributes:
        snapshot: The records.
        pack: The rules.
        as_of: The day to stand on.
        address: The engine's.

    """

    snapshot: Snapshot
    pack: Pack
    as_of: date
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
        return engine_for(self.snapshot) if self.is_embedded else connect(self.address)


@dataclass(frozen=True, slots=True)
class Beside:
    """What is worked out beside the measures.

    Attributes:
        staffing: Demand, hours, need and gap; None where it could not be worked out.
        found: What the measures that no query gives need from the records.
        notes: What could not be computed, and what is empty, a sentence each.

    """

    staffing: Staffing | None
    found: Found
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """What the second process works out.

    Attributes:
        beside: What is worked out beside the measures.
        measured: The measures that the first process does not measure.

    """

    beside: Beside
    measured: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class _Here:
    """What the first process works out meanwhile; the fields are those of `Worked`."""

    measured: tuple[Measured, ...]
    duties: tuple[dict[str, Any], ...]
    reports: Reports


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


def work_out(
    ground: Ground,
    measures: Sequence[Measure],
    steps: Steps | None = None,
    second: Second | None = None,
) -> Worked:
    """Work out duties, need and measures, with an embedded engine in two processes side by side.

    Args:
        ground: What to work on.
        measures: The measures. Those that no query gives come back as not assessed: `with_special` adds them.
        steps: Told of each step.
        second: The process for an embedded engine, where it was started before; its caller ends it.

    Raises:
        EngineError: The engine cannot be had, or ran out of memory or disk.

    """
    steps = steps or Steps()
    if not ground.is_embedded:
        with closing(ground.connect()) as engine:
            return work_out_on(engine, ground, measures, steps)
    with Second() if second is None else nullcontext(second) as runner:
        try:
            runner.ask(aside, ground, tuple(measures))
            runner.load(_ASKED_NEXT)
            with closing(ground.connect()) as engine:
                here = _here(engine, _tables(engine, ground), ground, measures, steps)
            with steps.step(_COUNTING):
                return _joined(here, runner.answer(), measures)
        except SecondProcessError as error:
            raise EngineError(str(error)) from error


def work_out_on(
    engine: Engine, ground: Ground, measures: Sequence[Measure], steps: Steps | None = None
) -> Worked:
    """Work out the same on an engine that is open, one thing after the other."""
    steps = steps or Steps()
    tables = _tables(engine, ground)
    here = _here(engine, tables, ground, measures, steps)
    with steps.step(_COUNTING):
        return _joined(here, _aside(engine, tables, ground, measures, steps), measures)


def with_special(
    worked: Worked, followed: Sequence[Followed] | None, as_of: date, site: Site | None = None
) -> Worked:
    """Return what was worked out with the measures that no query gives: checks, verdicts, staffing.

    Args:
        worked: What was worked out from the records.
        followed: Every recommendation as of the day; None where no report was read.
        as_of: The day to stand on.
        site: What a site tells of its own log; None where there is none.

    """
    measures = [each.measure for each in worked.measured]
    found, staffing = worked.beside.found, worked.beside.staffing
    made = special(measures, as_of=as_of, followed=followed, found=found, site=site, staffing=staffing)
    by_code = {each.measure.code: each for each in made}
    return replace(worked, measured=tuple(by_code.get(each.measure.code, each) for each in worked.measured))


def aside(ground: Ground, measures: Sequence[Measure]) -> Aside:
    """Return what is worked out beside the duties, from a process of its own."""
    with opened(ground.snapshot) as found:
        return _aside(found.engine, found.tables, ground, measures)


def _tables(engine: Engine, ground: Ground) -> Mapping[str, ir.Table]:
    return with_past_holders(engine, open_tables(engine, ground.snapshot))


def _counted(
    engine: Engine,
    tables: Mapping[str, ir.Table],
    ground: Ground,
    measures: Sequence[Measure],
    steps: Steps,
) -> Counts:
    from closeout.evidence.measures.run_counts import count_all  # noqa: PLC0415 - loaded while the tables open

    return count_all(engine, tables, ground.pack, measures, ground.as_of, told=steps.told)


def _measures_here(measures: Sequence[Measure]) -> list[Measure]:
    """Return the measures of the first process: those over duties, and a part of those over tables."""
    over_tables = [one for one in measures if isinstance(one.over, OverTable)]
    return [*(one for one in measures if isinstance(one.over, OverDuties)), *over_tables[::_ONE_HERE_OF]]


def _measures_aside(measures: Sequence[Measure]) -> list[Measure]:
    """Return the measures of the other process: all others."""
    here = {one.code for one in _measures_here(measures)}
    return [one for one in measures if one.code not in here]


def _here(
    engine: Engine,
    tables: Mapping[str, ir.Table],
    ground: Ground,
    measures: Sequence[Measure],
    steps: Steps,
) -> _Here:
    """Return what is worked out in the first process: duties, the measures over them, and reports."""
    from closeout.evidence.letters.reports import look_at_reports  # noqa: PLC0415 - not for the other process

    with steps.step(_MEASURING):
        ours = _measures_here(measures)
        # Each clause is counted once, for what is over it and for all of them.
        counts = _counted(engine, tables, ground, [*ours, _every_duty(ground.pack)], steps)
        measured = _measured(counts, ours, ground)
    with steps.step(_REPORTING):
        reports = look_at_reports(engine, tables, ground.as_of)
    return _Here(measured, tuple(_standings(counts)), reports)


def _joined(here: _Here, there: Aside, measures: Sequence[Measure]) -> Worked:
    """Put together what was measured here and there, in the pack's order."""
    by_code = {one.measure.code: one for one in (*here.measured, *there.measured)}
    return Worked(tuple(by_code[one.code] for one in measures), here.duties, there.beside, here.reports)


def _measured(counts: Counts, measures: Sequence[Measure], ground: Ground) -> tuple[Measured, ...]:
    from closeout.evidence.measures.run import measured_from  # noqa: PLC0415 - as above

    return measured_from(counts, measures, ground.as_of, stands_on=ground.snapshot.as_of)


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


def _aside(
    engine: Engine,
    tables: Mapping[str, ir.Table],
    ground: Ground,
    measures: Sequence[Measure],
    steps: Steps | None = None,
) -> Aside:
    others = _measures_aside(measures)
    found = _beside(engine, tables, ground, measures)
    counts = _counted(engine, tables, ground, others, steps or Steps())
    return Aside(found, _measured(counts, others, ground))


def _beside(
    engine: Engine, tables: Mapping[str, ir.Table], ground: Ground, measures: Sequence[Measure]
) -> Beside:
    from closeout.evidence.measures.special_look import look  # noqa: PLC0415 - not needed by the measures

    notes = [f"{one.clause.title}: not computed, {one.why}" for one in not_computed(ground.pack, tables)]
    found = look(engine, tables, ground.pack, measures, ground.as_of, stands_on=ground.snapshot.as_of)
    notes += emptiness(ground.snapshot, ground.pack, measures)
    staffing = _staffing(engine, ground, notes)
    return Beside(staffing, found, tuple(notes))


def _staffing(engine: Engine, ground: Ground, notes: list[str]) -> Staffing | None:
    """Return the need of the offices; a note where tables that it stands on are missing or empty.

    It takes the snapshot and not its tables: only that says how old the records are.
    """
    from closeout.workload.staffing import work_out as staffing_of  # noqa: PLC0415 - not needed by the measures

    try:
        return staffing_of(engine, ground.snapshot, ground.pack, ground.as_of)
    except (LookupError, ValueError) as error:
        notes.append(f"Hours and need: not worked out, {' '.join(str(error).split())}")
        return None
