"""All counting that a set of measures asks for, each thing once: clauses, tables, and what tables hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from closeout.duties.compile import (
    missing_tables,
    tallies,
)
from closeout.duties.compile.holders import PAST_OFFICES, past_offices
from closeout.duties.compile.scope import as_day
from closeout.evidence.measures.compile_table import columns_in, counted
from closeout.evidence.measures.compile_windows import cut_for, quarters, windows
from closeout.evidence.measures.declared import AS_OF, OverDuties, OverTable, Statistic
from closeout.evidence.measures.open_cases import counted_cases, late_cases, open_cases
from closeout.evidence.measures.run_tally import Counted, Tallies, is_doubtful, over_duties, over_table
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir
    import pyarrow as pa

    from closeout.duties.clauses import Clause, Pack
    from closeout.duties.compile import Cut
    from closeout.engines import Engine
    from closeout.evidence.measures.measure import Measure

_MEMORY = re.compile(r"ibis_\w*memtable_\w+")


@dataclass(frozen=True, slots=True)
class Presence:
    """What a table holds: its rows, how many have each column filled, and the first day of columns."""

    rows: int
    filled: Mapping[str, int]
    first: Mapping[str, date | None]

    def checked(self, over: OverTable) -> list[str]:
        """Return the columns a measure rests on that may be empty."""
        return [column for column in rests_on(over) if column in self.filled]


@dataclass(frozen=True, slots=True)
class OpenCases:
    """The cases that are open, as `open_cases.open_cases` describes them, with the statement that ran."""

    statement: str
    rows: pa.Table


@dataclass(slots=True)
class Counts:
    """What was counted, with the statements that ran.

    Attributes:
        duties: Of each duty that could be computed, its instances by office, span and standing.
        tables: Of each measure over a table, or over cases, what ran.
        presence: What the tables of doubtful measures hold.
        offices: The codes of the offices there are, in no order.
        statements: Of each duty, the statement that ran.
        tallies: Of each measure that could be counted, its counts by period and office.
        doubtful: Measures whose counts an empty table or column would give, too.
        lacking: Tables that measures read and that are not there.
        missing: Of each duty that could not be computed, the tables it lacks.
        labels: Of each table that names what measures are broken down by, what each key is called.
        late: Of each duty about cases that could be computed, the cases with an overdue instance.
        open_cases: The cases that are open, where a measure counts cases.

    """

    duties: dict[str, Counted] = field(default_factory=dict)
    tables: dict[str, str] = field(default_factory=dict)
    presence: dict[str, Presence] = field(default_factory=dict)
    offices: list[str] = field(default_factory=list)
    statements: dict[str, str] = field(default_factory=dict)
    tallies: dict[str, Tallies] = field(default_factory=dict)
    doubtful: set[str] = field(default_factory=set)
    lacking: frozenset[str] = frozenset()
    missing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    late: dict[str, pa.Array] = field(default_factory=dict, repr=False, compare=False)
    open_cases: OpenCases | None = None

    def missing_for(self, duties: Iterable[str]) -> list[str]:
        """Return the tables that some duties lack, each once."""
        return list(dict.fromkeys(name for duty in duties for name in self.missing.get(duty, ())))

    def statement(self, duties: Iterable[str]) -> str:
        """Return the statements that counted some duties, each under its duty's name."""
        said = [(duty, self.statements[duty]) for duty in duties if duty in self.statements]
        if PAST_OFFICES in self.statements and any(PAST_OFFICES in sql for _, sql in said):
            said.insert(0, (f"{PAST_OFFICES}, worked out first", self.statements[PAST_OFFICES]))
        return "\n\n".join(f"-- {name}\n{sql};" for name, sql in said)


@dataclass(frozen=True, slots=True)
class _Job:
    """One expression to run, made when its turn comes, and what to do with its rows."""

    make: Callable[[], ir.Table]
    take: Callable[[str, pa.Table], None]
    what: str


def count_all(
    engine: Engine,
    tables: Mapping[str, ir.Table],
    pack: Pack,
    measures: Sequence[Measure],
    as_of: date,
    *,
    told: Callable[[str], None] = lambda _text: None,
) -> Counts:
    """Count everything that some measures ask for.

    Args:
        engine: Where the tables are.
        tables: The tables by name, with past holders where duties are asked for.
        pack: The rules.
        measures: The measures.
        as_of: The day to stand on.
        told: Called with a line of what has been counted.

    Returns:
        The counts. What lacks a table is not among them.

    """
    lacking = {name for measure in measures for name in measure.reads if name not in tables}
    counts = Counts(lacking=frozenset(lacking))
    jobs = [
        *_duty_jobs(counts, tables, pack, measures, as_of),
        *_table_jobs(counts, tables, measures, as_of),
        *_case_jobs(counts, tables, measures, as_of),
        *_office_jobs(counts, tables),
        *_label_jobs(counts, tables, measures),
    ]
    _run(engine, jobs, told)
    if counts.duties and PAST_OFFICES in tables and "transfers" in tables:
        counts.statements[PAST_OFFICES] = plain_names(engine.sql(past_offices(tables)))
    for measure in measures:
        over = measure.over
        if not isinstance(over, OverDuties):
            continue
        found = [counts.duties[duty] for duty in over.duties if duty in counts.duties]
        if not _is_by_case(measure) and found:
            counts.tallies[measure.code] = over_duties(measure, over, found, as_of)
        elif _is_by_case(measure) and counts.open_cases is not None:
            _add_cases(counts, measure, over, counts.open_cases, as_of)
    doubtful = [measure for measure in measures if measure.code in counts.doubtful]
    _run(engine, list(_presence_jobs(counts, tables, doubtful)), told)
    return counts


def _run(engine: Engine, jobs: Sequence[_Job], told: Callable[[str], None]) -> None:
    found = engine.statements(job.make() for job in jobs)
    for number, (job, (statement, rows)) in enumerate(zip(jobs, found, strict=True), 1):
        job.take(plain_names(statement), rows)
        told(f"counted {job.what} ({number} of {len(jobs)})")


def plain_names(statement: str) -> str:
    """Return a statement with the calendars it reads numbered: Ibis gives them another name each time."""
    names = list(dict.fromkeys(_MEMORY.findall(statement)))
    for number, name in enumerate(names, 1):
        statement = statement.replace(name, f"calendar_{number}")
    return statement


def rests_on(over: OverTable) -> list[str]:
    """Return the columns without which a measure's figure would say nothing, each once."""
    named = [*columns_in(over.counts), over.on, over.begins, over.ends, over.sums, over.exposure]
    return list(dict.fromkeys(name for name in named if name and name != AS_OF))


def _duty_jobs(
    counts: Counts, tables: Mapping[str, ir.Table], pack: Pack, measures: Sequence[Measure], as_of: date
) -> Iterator[_Job]:
    over = [(measure, measure.over) for measure in measures if isinstance(measure.over, OverDuties)]
    asked = {duty for _, one in over for duty in one.duties}
    days = [window for measure, _ in over for window in windows(measure, as_of) if window.since]
    cut = cut_for([*quarters(as_of), *days])
    for clause in pack.clauses:
        if clause.duty not in asked:
            continue
        if missing := missing_tables(clause, tables):
            counts.missing[clause.duty] = missing
            continue
        yield _duty_job(counts, tables, pack, clause, cut, as_of)


def _duty_job(
    counts: Counts, tables: Mapping[str, ir.Table], pack: Pack, clause: Clause, cut: Cut, as_of: date
) -> _Job:
    def take(statement: str, rows: pa.Table) -> None:
        if clause.case:
            counts.late[clause.duty] = late_cases(rows)
            rows = rows.drop_columns("late_cases")
        counts.duties[clause.duty] = Counted(clause, rows, cut)
        counts.statements[clause.duty] = statement

    return _Job(
        lambda: tallies(clause, tables, cut, as_of=as_of, holidays=pack.holidays),
        take,
        f"duty {clause.duty}",
    )


def _presence_jobs(
    counts: Counts, tables: Mapping[str, ir.Table], measures: Sequence[Measure]
) -> Iterator[_Job]:
    asked: dict[str, dict[str, None]] = {}
    days: dict[str, dict[str, None]] = {}
    for measure in measures:
        over = measure.over
        if not isinstance(over, OverTable):
            continue
        asked.setdefault(over.table, {}).update(dict.fromkeys(rests_on(over)))
        if over.on or over.begins:
            days.setdefault(over.table, {})[over.on or over.begins] = None
    for name, columns in asked.items():
        if name in tables:
            yield _presence_job(counts, name, tables[name], list(columns), list(days.get(name, ())))


def _office_jobs(counts: Counts, tables: Mapping[str, ir.Table]) -> Iterator[_Job]:
    if "offices" in tables:
        yield _Job(
            lambda: tables["offices"].select("office_id"),
            lambda _statement, rows: counts.offices.extend(rows.column(0).to_pylist()),
            "offices",
        )


def _label_jobs(
    counts: Counts, tables: Mapping[str, ir.Table], measures: Sequence[Measure]
) -> Iterator[_Job]:
    asked = {one.labels for measure in measures for one in getattr(measure.over, "by", ()) if one.labels}
    for name in sorted(asked & set(tables)):
        yield _label_job(counts, name, tables[name])


def _label_job(counts: Counts, name: str, table: ir.Table) -> _Job:
    def take(_statement: str, rows: pa.Table) -> None:
        counts.labels[name] = dict(zip(*(rows.column(at).to_pylist() for at in range(2)), strict=True))

    return _Job(lambda: table.select(TABLES[name].key(), "label"), take, f"names of {name}")


def _presence_job(counts: Counts, name: str, table: ir.Table, columns: list[str], days: list[str]) -> _Job:
    declared = TABLES[name].columns()
    nullable = [column for column in columns if declared[column].nullable]

    def make() -> ir.Table:
        made: dict[str, Any] = {"rows": table.count()}
        made |= {f"filled_{column}": table[column].count() for column in nullable}
        made |= {f"first_{column}": as_day(table[column]).min() for column in days}
        return table.agg(**made)

    def take(_statement: str, rows: pa.Table) -> None:
        (row,) = rows.to_pylist()
        filled = {column: row[f"filled_{column}"] for column in nullable}
        counts.presence[name] = Presence(row["rows"], filled, {day: row[f"first_{day}"] for day in days})

    return _Job(make, take, f"rows of {name}")


def _table_jobs(
    counts: Counts, tables: Mapping[str, ir.Table], measures: Sequence[Measure], as_of: date
) -> Iterator[_Job]:
    for measure in measures:
        if isinstance(measure.over, OverTable) and all(name in tables for name in measure.reads):
            yield _table_job(counts, tables, measure, measure.over, as_of)


def _case_jobs(
    counts: Counts, tables: Mapping[str, ir.Table], measures: Sequence[Measure], as_of: date
) -> Iterator[_Job]:
    def take(statement: str, rows: pa.Table) -> None:
        counts.open_cases = OpenCases(statement, rows)

    if "cases" in tables and any(map(_is_by_case, measures)):
        yield _Job(lambda: open_cases(tables, as_of), take, "open cases")


def _is_by_case(measure: Measure) -> bool:
    return isinstance(measure.over, OverDuties) and measure.over.statistic is Statistic.CASES


def _add_cases(counts: Counts, measure: Measure, over: OverDuties, cases: OpenCases, as_of: date) -> None:
    """Add what was counted of open cases, by the duties whose overdue ones they are held against."""
    late = [counts.late[duty] for duty in over.duties if duty in counts.late]
    said = (counts.statement(over.duties), f"-- open cases\n{cases.statement};")
    counts.tables[measure.code] = "\n\n".join(filter(None, said))
    counts.tallies[measure.code] = over_table(measure, counted_cases(over, cases.rows, late), as_of)


def _table_job(
    counts: Counts, tables: Mapping[str, ir.Table], measure: Measure, over: OverTable, as_of: date
) -> _Job:
    def take(statement: str, rows: pa.Table) -> None:
        counts.tables[measure.code] = statement
        counts.tallies[measure.code] = found = over_table(measure, rows, as_of)
        if is_doubtful(measure, found):
            counts.doubtful.add(measure.code)

    return _Job(lambda: counted(measure, over, tables, as_of), take, f"measure {measure.code}")
