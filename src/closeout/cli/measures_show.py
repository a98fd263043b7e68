"""How people, and programs, see the answers of `closeout measures`."""

from collections import Counter
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from closeout.evidence.figures import OUTCOME_WORDS, Outcome
from closeout.evidence.measures.measure import Direction, Shape, Verdict
from closeout.evidence.measures.targets import VERDICT_WORDS
from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.evidence.figures import Figure
    from closeout.evidence.measures.measure import Breakdown, Measure, Measured, Result
    from closeout.evidence.measures.run_rows import RowPage

_PERCENT = 100
_COLUMNS = ("Value", "95 % interval", "Of", "Target", "Verdict")
_NO_OFFICE = "(no office)"


def every(out: Console, found: "Sequence[Measured]", office: str, day: date) -> None:
    """Print every measure in a line."""
    whose = f"Office {office}" if office else "All offices"
    out.print(f"{counted(len(found), 'measure')}. {whose}. As of {day}.\n", soft_wrap=True)
    table = _table("Measure", *_COLUMNS)
    verdicts: Counter[Verdict] = Counter()
    reasons = []
    for one in found:
        result = of_office(one, office)
        if result is None:
            continue
        verdicts[result.verdict] += 1
        table.add_row(one.measure.code, *_cells(one.measure, result))
        if result.figure.reason:
            reasons.append(f"{one.measure.code}: {result.figure.reason}")
    out.print(table)
    out.print()
    out.print(
        "; ".join(
            f"{VERDICT_WORDS[verdict]}: {verdicts[verdict]}" for verdict in Verdict if verdicts[verdict]
        )
    )
    for reason in reasons:
        out.print(reason, soft_wrap=True)


def one(out: Console, found: "Measured", office: str, *, is_why: bool) -> None:
    """Print one measure with its offices and periods, and with its definition if asked."""
    measure = found.measure
    out.print(f"{measure.title} ({measure.code}). As of {found.as_of}.", soft_wrap=True)
    if measure.denominator:
        out.print(f"{measure.numerator}, of: {measure.denominator}", soft_wrap=True)
    else:
        out.print(measure.numerator, soft_wrap=True)
    total = found.total.figure
    out.print(f"{said(measure, total)}. {_target_words(measure)}", soft_wrap=True)
    if total.reason:
        out.print(total.reason, soft_wrap=True)
    _print_offices(out, found, office)
    if not office:
        _print_breakdowns(out, found)
    if len(found.series) > 1:
        out.print()
        table = _table("From", "To", *_COLUMNS)
        for result in found.series:
            table.add_row(str(result.since or ""), str(result.until), *_cells(measure, result))
        out.print(table)
    if is_why:
        _print_why(out, found)


def _print_offices(out: Console, found: "Measured", office: str) -> None:
    shown = [result for result in found.offices if not office or result.office_id == office]
    if not shown:
        return
    out.print()
    table = _table("Office", *_COLUMNS)
    for result in shown:
        table.add_row(result.office_id or _NO_OFFICE, *_cells(found.measure, result))
    out.print(table)


def _print_breakdowns(out: Console, found: "Measured") -> None:
    for each in found.breakdowns:
        out.print()
        table = _table(each.title, *_COLUMNS)
        for result in each.parts:
            table.add_row(each.labels[result.category or ""], *_cells(found.measure, result))
        out.print(table)


def _print_why(out: Console, found: "Measured") -> None:
    out.print("\nDefinition")
    for key, value in found.measure.definition.items():
        out.print(f"  {key}: {value}", soft_wrap=True)
    out.print(f"\nReads {', '.join(found.measure.reads) or 'no table'}.", soft_wrap=True)
    if found.query:
        out.print("\nStatement")
        out.print(found.query, soft_wrap=True)


def rows(out: Console, measure: "Measure", page: "RowPage", day: date) -> None:
    """Print the rows behind a figure."""
    out.print(f"{measure.title} ({measure.code}). As of {day}.", soft_wrap=True)
    if not page.rows:
        out.print("No rows.")
        return
    table = _table("Day", "What", "Key", "Case", "Office", "From", "To", "State", "Counts")
    for row in page.rows:
        key = row.key if row.sequence == 1 else f"{row.key}#{row.sequence}"
        cells = (row.day, row.what, key, row.case_no, row.office_id, row.began_on, row.ended_on)
        state = row.state.replace("_", " ")
        table.add_row(*("" if cell is None else str(cell) for cell in cells), state, str(row.counts))
    out.print(table)
    if page.after:
        out.print(f"... more: --after '{page.after}'", soft_wrap=True)


def all_plain(found: "Sequence[Measured]", office: str) -> dict[str, Any]:
    """Return every measure with its figure, for JSON."""
    results = [(one, of_office(one, office)) for one in found]
    return {
        "office": office or None,
        "measures": [
            _measure_plain(one.measure) | _result_plain(result)
            for one, result in results
            if result is not None
        ],
    }


def one_plain(found: "Measured") -> dict[str, Any]:
    """Return one measure with its offices, periods, definition and statement, for JSON."""
    return {
        "measure": _measure_plain(found.measure),
        "total": _result_plain(found.total),
        "offices": [_result_plain(result) for result in found.offices],
        "series": [_result_plain(result) for result in found.series],
        "breakdowns": [_breakdown_plain(each) for each in found.breakdowns],
        "definition": dict(found.measure.definition),
        "reads": list(found.measure.reads),
        "query": found.query,
    }


def rows_plain(measure: "Measure", page: "RowPage") -> dict[str, Any]:
    """Return the rows behind a figure, for JSON."""
    return {"measure": measure.code, "rows": [asdict(row) for row in page.rows], "after": page.after}


def of_office(found: "Measured", office: str) -> "Result | None":
    """Return a measure's result for one office, or for all; None where it has none of that office."""
    if not office:
        return found.total
    return next((result for result in found.offices if result.office_id == office), None)


def said(measure: "Measure", figure: "Figure") -> str:
    """Return a figure in words: its value with the interval and what it rests on, or why there is none."""
    if figure.outcome is not Outcome.COMPUTED:
        return f"{OUTCOME_WORDS[figure.outcome]}: {figure.reason}"
    ends = f" ({interval(measure, figure)}, {figure.method})" if figure.method else ""
    of = f", of {number(figure.denominator)}" if figure.denominator is not None else ""
    return f"{value(measure, figure.value)}{ends}{of}"


def value(measure: "Measure", found: float | None) -> str:
    """Return a value with its unit; empty for none."""
    if found is None:
        return ""
    if measure.shape is Shape.SHARE:
        return f"{found * _PERCENT:.1f} %"
    if measure.shape is Shape.RATE:
        return f"{found:.3f} {measure.unit}"
    unit = "" if measure.shape is Shape.COUNT else f" {measure.unit}"
    return f"{number(found)}{unit}"


def number(found: float | None) -> str:
    """Return a number, without a fraction where it has none."""
    if found is None:
        return ""
    return f"{found:,.0f}" if found == int(found) else f"{found:,.1f}"


def interval(measure: "Measure", figure: "Figure") -> str:
    """Return the ends of an interval; an end that the data do not bound is an ellipsis."""
    if not figure.method:
        return ""
    scale = _PERCENT if measure.shape is Shape.SHARE else 1
    digits = {Shape.SHARE: 1, Shape.RATE: 3, Shape.COUNT: 1}.get(measure.shape, 0)
    ends = ("…" if end is None else f"{end * scale:,.{digits}f}" for end in (figure.low, figure.high))
    return " to ".join(ends)


def _cells(measure: "Measure", result: "Result") -> list[str]:
    figure = result.figure
    if figure.outcome is not Outcome.COMPUTED:
        of = number(figure.denominator)
        return [OUTCOME_WORDS[figure.outcome], "", of, _target(measure), VERDICT_WORDS[result.verdict]]
    return [
        value(measure, figure.value),
        interval(measure, figure),
        number(figure.denominator),
        _target(measure),
        VERDICT_WORDS[result.verdict],
    ]


def _target(measure: "Measure") -> str:
    if measure.target is None:
        return ""
    sign = "≥" if measure.direction is Direction.UP else "≤"
    return f"{sign} {value(measure, measure.target.value)}"


def _target_words(measure: "Measure") -> str:
    if measure.target is None:
        return "No target is set."
    basis = measure.target.basis or "made up"
    return f"Target {_target(measure)} ({basis})."


def _measure_plain(measure: "Measure") -> dict[str, Any]:
    target = measure.target
    return {
        "measure": measure.code,
        "group": measure.group,
        "title": measure.title,
        "section": measure.section,
        "shape": measure.shape.value,
        "unit": measure.unit,
        "owner": measure.owner,
        "direction": measure.direction.value,
        "target": None if target is None else asdict(target),
        "recommendations": [{"report": link.report, "number": link.number} for link in measure.links],
    }


def _result_plain(result: "Result") -> dict[str, Any]:
    return {
        "office": result.office_id,
        "since": result.since,
        "until": result.until,
        "verdict": result.verdict.value,
        **asdict(result.figure),
    }


def _breakdown_plain(each: "Breakdown") -> dict[str, Any]:
    parts = [
        {"category": part.category, "label": each.labels[part.category or ""], **_result_plain(part)}
        for part in each.parts
    ]
    return {"by": each.by, "title": each.title, "parts": parts}


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    right = ("Value", "95 % interval", "Of", "Counts")
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", no_wrap=True)
    return table
