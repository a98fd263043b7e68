"""Results as they are frozen: measures, and tables of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from closeout.evidence.freezing.frozen import Answer, Kind
from closeout.evidence.freezing.reads import tables_of_measure
from closeout.evidence.measures.declared import OverSource, Source
from closeout.evidence.suppression import THRESHOLD
from closeout.evidence.suppression.measured import REASON, hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from closeout.duties.clauses import Pack
    from closeout.evidence.measures.measure import Breakdown, Measured, Result
    from closeout.followup.tables import Table

MEASURE_KEYS = ("office_id", "since", "until")
PART_KEYS = (*MEASURE_KEYS, "by", "category")
"""What names a row of a measure that is broken down: `by` and `category` are None but for parts."""
_NO_PART = {"by": None, "category": None, "label": None}
_NO_RECORDS = (Source.RECOMMENDATIONS, Source.SITE)


def lies_elsewhere(source: object) -> bool:
    """Say whether a measure's source is no table of a snapshot, so that nothing there can work it out."""
    return isinstance(source, OverSource) and source.source in _NO_RECORDS


def measure_answer(one: Measured, pack: Pack, *, is_withheld: bool = False, has_parts: bool = True) -> Answer:
    """Return a measure as a result to freeze, as it is given.

    Args:
        one: The measure.
        pack: The pack it is of.
        is_withheld: Whether small counts, and what would give them away, were withheld.
        has_parts: Keep the parts of its breakdowns; results frozen before that was so have none.

    """
    asked = _asked(pack, one.as_of) | {"suppression": {"threshold": THRESHOLD} if is_withheld else None}
    rows = {(each.office_id, each.since, each.until): each for each in (*one.series, *one.offices, one.total)}
    made = [_row(each) for each in rows.values()]
    parts = [_row(part) | _named(each, part) for each in one.breakdowns for part in each.parts]
    if has_parts and parts:
        made = [row | _NO_PART for row in made] + parts
    return Answer(
        kind=Kind.MEASURE,
        code=one.measure.code,
        title=one.measure.title,
        definition=dict(one.measure.definition),
        query=one.query,
        parameters=asked,
        keys=PART_KEYS if has_parts and parts else MEASURE_KEYS,
        rows=tuple(made),
        reads=_reads(one),
    )


def withheld_as(one: Measured, rows: Iterable[Mapping[str, Any]]) -> Measured:
    """Return a measure without the figures that rows of it do not show.

    What was withheld is in what was frozen: nobody needs to know what else was exported that day.

    Args:
        one: The measure, worked out again.
        rows: As they were frozen.

    """
    gone = {tuple(row.get(name) for name in PART_KEYS) for row in rows if row.get("reason") == REASON}

    def is_gone(result: Result, whose: str | None) -> bool:
        part: tuple[str | None, str | None] = (None, None)
        if whose and whose.startswith("by "):
            part = (whose.removeprefix("by ").partition(": ")[0], result.category or "")
        since = result.since.isoformat() if result.since else None
        return (result.office_id, since, result.until.isoformat(), *part) in gone

    return hidden(one, is_gone) if gone else one


def _named(breakdown: Breakdown, part: Result) -> dict[str, Any]:
    """Return what names a part: in the words of the records, and as it is called in print."""
    category = part.category or ""
    return {"by": breakdown.by, "category": category, "label": breakdown.labels.get(category, category)}


def _reads(one: Measured) -> tuple[str, ...] | None:
    """Return the tables that a measure rests on; None, for all there are, where that is not known."""
    tables = tables_of_measure(one.measure)
    if tables is None:
        return None
    return tuple(dict.fromkeys((*tables, *(["offices"] if one.offices else []))))


def _row(result: Result) -> dict[str, Any]:
    figure = result.figure
    return {
        "office_id": result.office_id,
        "since": result.since,
        "until": result.until,
        "outcome": figure.outcome,
        "value": _float(figure.value),
        "low": _float(figure.low),
        "high": _float(figure.high),
        "numerator": figure.numerator,
        "denominator": _float(figure.denominator),
        "level": figure.level,
        "method": figure.method,
        "reason": figure.reason,
        "verdict": result.verdict,
    }


def _float(value: float | None) -> float | None:
    return None if value is None else float(value)


def table_answer(table: Table, parameters: Mapping[str, Any]) -> Answer:
    """Return a table of the register as a result to freeze; it rests on no snapshot."""
    rows = tuple({"row": number, **row} for number, row in enumerate(table.records(), 1))
    return Answer(
        kind=Kind.TABLE,
        code=table.code,
        title=table.title,
        definition={"source": table.source, "columns": [column.name for column in table.columns]},
        query="",
        parameters={"as_of": table.as_of, **parameters},
        keys=("row",),
        rows=rows,
        reads=(),
    )


def _asked(pack: Pack, as_of: date) -> dict[str, Any]:
    return {"as_of": as_of, "pack": pack.name, "pack_digest": pack.digest}
