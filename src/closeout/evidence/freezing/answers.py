"""Results as they are frozen: measures, and tables of the register."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from closeout.evidence.freezing.frozen import Answer, Kind
from closeout.evidence.freezing.reads import tables_of_measure
from closeout.evidence.measures.declared import OverSource, Source
from closeout.evidence.suppression import THRESHOLD, suppress_measured
from closeout.evidence.suppression.measured import together

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
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


def measure_answers(measured: Sequence[Measured], pack: Pack, *, is_exact: bool = False) -> list[Answer]:
    """Return measures as results to freeze.

    Args:
        measured: Measures of one as-of date.
        pack: The pack they are of.
        is_exact: Keep small counts; otherwise they are withheld, with those of the measures over the same
            rows, or over each other's, that would give them away.

    """
    if is_exact:
        return [measure_answer(one, pack) for one in measured]
    found = []
    for group in together(measured):
        found += [measure_answer(one, pack, beside=group) for one in suppress_measured(group)]
    places = {one.measure.code: place for place, one in enumerate(measured)}
    return sorted(found, key=lambda answer: places[answer.code])


def measure_answer(
    one: Measured, pack: Pack, *, beside: Sequence[Measured] = (), has_parts: bool = True
) -> Answer:
    """Return a measure as a result to freeze, withheld or not as it is given.

    Args:
        one: The measure.
        pack: The pack it is of.
        beside: The measures that small counts were withheld together with, this one among them; none:
            nothing was withheld. What it shows rests on all of them.
        has_parts: Keep the parts of its breakdowns; results frozen before that was so have none.

    """
    asked = _asked(pack, one.as_of)
    names = sorted(each.measure.code for each in beside)
    asked["suppression"] = {"threshold": THRESHOLD, "with": names} if names else None
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
        reads=_reads([one, *beside]),
    )


def without_parts(measured: Iterable[Measured]) -> list[Measured]:
    """Return measures with no breakdowns, as they were when there were none to withhold counts of."""
    return [replace(one, breakdowns=()) for one in measured]


def _named(breakdown: Breakdown, part: Result) -> dict[str, Any]:
    """Return what names a part: in the words of the records, and as it is called in print."""
    category = part.category or ""
    return {"by": breakdown.by, "category": category, "label": breakdown.labels.get(category, category)}


def _reads(measured: Sequence[Measured]) -> tuple[str, ...] | None:
    """Return the tables that measures rest on; None, for all there are, where that is not known."""
    found: dict[str, None] = {}
    for one in measured:
        tables = tables_of_measure(one.measure)
        if tables is None:
            return None
        found |= dict.fromkeys((*tables, *(["offices"] if one.offices else [])))
    return tuple(found)


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
