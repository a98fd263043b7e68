"""What `closeout analyze` shows: a headline, a table, what stands out, and what cannot be concluded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rich.table import Table as Drawn

from closeout.cli.analyze_grid import matrix_lines
from closeout.evidence.statistics.funnel import Position
from closeout.evidence.verdicts.agreements import agreements
from closeout.evidence.verdicts.deficiencies import DeficiencyAnalysis, deficiencies
from closeout.evidence.verdicts.reviews import BasisDefects, reviews
from closeout.evidence.verdicts.standards import standards
from closeout.evidence.verdicts.standards_words import WORDS
from closeout.evidence.verdicts.tables import (
    agreement_table,
    agreements_table,
    facilities_table,
    ratings_table,
    standards_table,
    training_table,
)
from closeout.evidence.verdicts.traces import Traces, traces
from closeout.evidence.verdicts.training import training
from closeout.followup.tables import Column, Table
from closeout.reading.countwords import agreeing, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    import ibis.expr.types as ir
    from rich.console import Console

    from closeout.engines import Engine

    Maker = Callable[[Engine, Mapping[str, ir.Table], date, tuple[str, ...]], "Shown"]

_MOST_ROWS = 40
_BRIEF = frozenset(
    {"facility", "area", "inspections", "components", "observed", "expected", "ratio", "position"}
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One analysis, ready to be shown or written.

    Attributes:
        headline: What it is and on which day, a sentence.
        table: Its main table, all rows.
        plain: All of it as JSON takes it, `notes` included.
        lines: What stands above the table.
        signals: What stands out, a sentence each.
        cannot: What cannot be concluded, a sentence each.
        caveats: What must stand beside every export.
        notes: What the check of the tables kept apart, and what the records do not reach.
        brief: The rows and columns that the terminal shows; `table` if None.

    """

    headline: str
    table: Table
    plain: dict[str, Any]
    lines: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    brief: Table | None = None

    def show(self, out: Console, written: Path | None) -> None:
        """Print it."""
        out.print(self.headline, soft_wrap=True)
        for line in self.lines:
            out.print(line, soft_wrap=True)
        shown = self.brief or self.table
        if shown.rows:
            out.print()
            out.print(_drawn(shown))
        if len(shown.rows) > _MOST_ROWS:
            out.print(f"... and {counted(len(shown.rows) - _MOST_ROWS, 'more row')} (--out, --json)")
        for title, lines in (
            ("What stands out", self.signals),
            ("What cannot be concluded", self.cannot),
            ("Caveats", self.caveats),
            ("Of the records", self.notes),
        ):
            _print_list(out, title, lines)
        if written:
            out.print(f"\nWritten to {written}.", soft_wrap=True)


def _drawn(table: Table) -> Drawn:
    drawn = Drawn(box=None, pad_edge=False)
    for column in table.columns:
        drawn.add_column(column.title, justify="right" if column.unit else "left")
    for row in table.rows[:_MOST_ROWS]:
        drawn.add_row(*(_words(value) for value in row))
    return drawn


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if value == round(value) else f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _print_list(out: Console, title: str, lines: tuple[str, ...]) -> None:
    if lines:
        out.print(f"\n{title}:")
    for line in lines:
        out.print(f"- {line}", soft_wrap=True)


def _standards(engine: Engine, tables: Mapping[str, ir.Table], as_of: date, notes: tuple[str, ...]) -> Shown:
    made = standards(engine, tables, as_of)
    counts = ", ".join(f"{n} {word}" for verdict, word in WORDS.items() if (n := made.counts[verdict]))
    rest = agreeing(made.not_established, "rests", "rest")
    unsure = counted(made.not_established, "verdict")
    return Shown(
        f"{counted(len(made.rows), 'standard')}, periods since {made.since}. As of {as_of}. "
        f"Newest periods: {counts}.",
        standards_table(made),
        {**made.plain(), "notes": list(notes)},
        lines=(
            *matrix_lines(made),
            f"{unsure} on record {rest} on a sample too small to settle it.",
        ),
        signals=made.disagreements,
        cannot=made.cannot,
        notes=notes,
        brief=Table(
            "newest",
            "Newest periods",
            "G4",
            as_of,
            tuple(
                Column(*one)
                for one in (
                    ("standard", "Standard"),
                    ("period", "Newest period ends"),
                    ("verdict", "Verdict"),
                    ("sampled", "Looked at", "items"),
                    ("defects", "Defects", "items"),
                    ("aql", "Level", "share"),
                    ("p", "p", "share"),
                    ("needed", "To look at", "items"),
                    ("trend", "Trend"),
                    ("verified", "Discrepancies verified"),
                )
            ),
            tuple(
                (
                    row.standard_id,
                    row.newest.period_to,
                    WORDS[row.newest.result.verdict],
                    row.newest.result.sampled,
                    row.newest.result.defects,
                    row.aql,
                    row.newest.result.p_value,
                    row.newest.result.needed,
                    row.trend.direction.value,
                    f"{row.discrepancies.verified} of {row.discrepancies.reported}",
                )
                for row in made.rows
            ),
        ),
    )


def _deficiencies(
    engine: Engine, tables: Mapping[str, ir.Table], as_of: date, notes: tuple[str, ...]
) -> Shown:
    made = deficiencies(engine, tables, as_of)
    table = facilities_table(made)
    kept = [place for place, column in enumerate(table.columns) if column.name in _BRIEF]
    compared = tuple(tuple(row[place] for place in kept) for row in table.rows if row[5] is not None)
    return Shown(
        f"{counted(made.inspections, 'inspection')} of "
        f"{counted(len(made.facilities), 'facility', 'facilities')} with "
        f"{counted(made.deficiencies, 'deficiency', 'deficiencies')}. As of {as_of}.",
        table,
        {**made.plain(), "notes": list(notes)},
        lines=_deficiency_lines(made),
        signals=made.signals,
        cannot=made.cannot,
        notes=notes,
        brief=replace(table, columns=tuple(table.columns[place] for place in kept), rows=compared)
        if compared
        else ratings_table(made),
    )


def _deficiency_lines(made: DeficiencyAnalysis) -> tuple[str, ...]:
    said = counted(made.with_exposure, "inspection says", "inspections say")
    lines = [f"{said} how many components were assessed."]
    if made.funnel is not None:
        lines.append(
            f"Across {counted(len(made.funnel.placed), 'facility', 'facilities')} since "
            f"{made.since}: {made.funnel.note}; "
            f"{made.funnel.by_chance:.0f} lie outside the 95 % limits by chance."
        )
    if made.areas is not None:
        outside = [one.unit.name for one in made.areas.placed if one.position is not Position.WITHIN]
        lines.append(
            f"Across {len(made.areas.placed)} areas: outside the limits {', '.join(outside) or 'none'}."
        )
    lines.append(
        f"Trend of all facilities over {counted(made.trend.n, 'quarter')}: {made.trend.direction.value}."
    )
    found = made.repeats
    if found.share is not None and found.interval is not None:
        ends = f"{_percent(found.interval.low)} to {_percent(found.interval.high)}"
        lines.append(
            f"Repeated from one inspection to the next: {found.matched} of {found.could_match} "
            f"({found.share:.1%}, 95 % interval {ends})."
        )
    curve = made.verified.curve
    if curve is not None:
        half = "not reached" if curve.median is None else f"{curve.median:.0f} days"
        lines.append(
            f"Time to a verified fix: half within {half}; {curve.ended} verified, {curve.censored} not yet."
        )
    lines += _next_visit(made)
    return tuple(lines)


def _next_visit(made: DeficiencyAnalysis) -> list[str]:
    seen = made.verified.next_visit
    if seen is None or seen.share is None or seen.interval is None:
        return []
    ends = f"{_percent(seen.interval.low)} to {_percent(seen.interval.high)}"
    right = f"{seen.verified} of {seen.followed} ({seen.share:.1%}, 95 % interval {ends})"
    return [f"Found put right at the next inspection: {right}; {seen.cited_again} cited again."]


def _percent(value: float | None) -> str:
    return "not known" if value is None else f"{value:.1%}"


def _training(engine: Engine, tables: Mapping[str, ir.Table], as_of: date, notes: tuple[str, ...]) -> Shown:
    made = training(engine, tables, as_of)
    table = training_table(made)
    totals = tuple(row for row in table.rows if row[1] == "ALL")
    return Shown(
        f"{counted(len(made.requirements), 'requirement')}, everybody counted. As of {as_of}.",
        table,
        {**made.plain(), "notes": list(notes)},
        cannot=made.cannot,
        notes=notes,
        brief=replace(table, rows=totals),
    )


def _traces(engine: Engine, tables: Mapping[str, ir.Table], as_of: date, notes: tuple[str, ...]) -> Shown:
    made = traces(engine, tables, as_of)
    empty = Table("firearm_traces", "Firearms by state", "H1", as_of, (Column("source_state", "State"),), ())
    plain = {**made.plain(), "notes": list(notes)}
    return Shown(
        f"Firearms recovered since {made.since}: {_words(plain['firearms'])}; untraced: "
        f"{_words(plain['untraced'])}. Extract of {made.extract_on or 'no day'}, as of {as_of}.",
        made.states or empty,
        plain,
        lines=_trace_lines(made, plain),
        cannot=tuple(plain["cannot"]),
        caveats=made.caveats,
        notes=notes,
    )


def _trace_lines(made: Traces, plain: Mapping[str, Any]) -> tuple[str, ...]:
    if not made.firearms:
        return ()
    if isinstance(plain["times"], str):
        return ("Times from purchase to recovery are not shown: a count is below 11.",)
    times = [
        f"{one.bucket}: {one.firearms:,}; up to here {one.of_traced or 0:.1%} of the traced, "
        f"{one.least:.1%} to {one.most:.1%} of all."
        for one in made.times
    ]
    half = f"Half of the traced: {made.median_of_traced or 'not known'}"
    least, most = made.median_least, made.median_most
    of_all = least if least == most else f"between {least} and {most}"
    months = counted(made.trend.n, "month")
    recoveries = f"Recoveries a month: {made.trend.direction.value}"
    return (
        *times,
        f"{half}; half of all: {of_all}.",
        f"{recoveries}; untraced share: {made.trend_untraced.direction.value} ({months}).",
    )


def _agreements(engine: Engine, tables: Mapping[str, ir.Table], as_of: date, notes: tuple[str, ...]) -> Shown:
    made = agreements(engine, tables, as_of)
    lines = [f"{counted(made.lists, 'public list')}, the newest of {made.list_on}."] if made.list_on else []
    if made.coverage is not None and made.coverage.interval is not None:
        done, active = made.coverage.inspected, made.coverage.active
        lines.append(
            f"Inspected in the last 24 months: {done} of {counted(active, 'active agreement')} "
            f"under models that are inspected ({done / active:.1%})."
        )
    return Shown(
        f"{counted(made.agreements, 'agreement')} with {counted(made.partners, 'partner')}. As of {as_of}.",
        agreements_table(made),
        {**made.plain(), "notes": list(notes)},
        lines=tuple(lines),
        cannot=made.cannot,
        notes=notes,
    )


def _reviews(engine: Engine, tables: Mapping[str, ir.Table], as_of: date, notes: tuple[str, ...]) -> Shown:
    made = reviews(engine, tables, as_of)
    lines = [
        f"{one.basis}: {counted(one.reviews, 'review')}, {counted(one.defects, 'defect')} in "
        f"{counted(one.items, 'item')}{_share(one)}."
        for one in made.bases
    ]
    return Shown(
        f"{counted(made.reviews, 'file review')}. As of {as_of}.",
        agreement_table(made),
        {**made.plain(), "notes": list(notes)},
        lines=tuple(lines),
        cannot=made.cannot,
        notes=notes,
    )


def _share(one: BasisDefects) -> str:
    if one.share is None or one.interval is None:
        return ""
    ends = f"{_percent(one.interval.low)} to {_percent(one.interval.high)}"
    return f" ({one.share:.1%}, 95 % interval {ends})"


SHOWS: Mapping[str, Maker] = {
    "standards": _standards,
    "deficiencies": _deficiencies,
    "training": _training,
    "traces": _traces,
    "agreements": _agreements,
    "reviews": _reviews,
}
