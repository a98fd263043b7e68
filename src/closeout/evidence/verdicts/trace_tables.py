"""Traces by states and by months, as they may be shown: small cells withheld (H1)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from closeout.evidence.suppression import Layout, suppress_table
from closeout.followup.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from closeout.evidence.verdicts.traces import Traces

ALL = "ALL"
_KEY = "source_state"


def matrix(rows: Sequence[Mapping[str, Any]], as_of: date) -> Table:
    """Return firearms by state of purchase (rows) and of recovery (columns), with totals, as it may be shown.

    Args:
        rows: Rows of one extract.
        as_of: The extract's date.

    Returns:
        Counts from 1 to 10 are not shown, nor those from which they could be worked out.

    """
    cells: Counter[tuple[str, str]] = Counter()
    for row in rows:
        cells[row["source_state"], row["recovery_state"]] += row["firearms"]
    sources = sorted({source for source, _ in cells})
    places = sorted({place for _, place in cells})
    names = [_name(place) for place in places]
    table = Table(
        "firearm_traces",
        "Firearms by state of purchase and state of recovery",
        "H1",
        as_of,
        (
            Column(_KEY, "State of purchase"),
            *(Column(name, place, "firearms") for name, place in zip(names, places, strict=True)),
            Column("all", "All", "firearms"),
        ),
        (
            *(_row(source, [cells[source, place] for place in places]) for source in sources),
            _row(ALL, [sum(cells[source, place] for source in sources) for place in places]),
        ),
    )
    layout = Layout(
        keys=(_KEY,),
        counts=(*names, "all"),
        column_sums={"all": tuple(names)},
        row_sums={(ALL,): tuple((source,) for source in sources)},
    )
    return suppress_table(table, layout)


def month_table(made: Traces) -> Table:
    """Return firearms by month of recovery, traced and untraced, with totals, as it may be shown."""
    months = [(one.month_from.isoformat(), one.firearms - one.untraced, one.untraced) for one in made.months]
    total = (ALL, sum(one[1] for one in months), sum(one[2] for one in months))
    table = Table(
        "firearm_traces_by_month",
        "Firearms by month of recovery",
        "H1",
        made.extract_on or made.as_of,
        (
            Column("month_from", "Month"),
            Column("traced", "Traced", "firearms"),
            Column("untraced", "Untraced", "firearms"),
            Column("all", "All", "firearms"),
        ),
        tuple((name, traced, lost, traced + lost) for name, traced, lost in (*months, total)),
    )
    layout = Layout(
        keys=("month_from",),
        counts=("traced", "untraced", "all"),
        column_sums={"all": ("traced", "untraced")},
        row_sums={(ALL,): tuple((name,) for name, _, _ in months)},
    )
    return suppress_table(table, layout)


def _row(source: str, counts: Sequence[int]) -> tuple[str | int, ...]:
    return (source, *counts, sum(counts))


def _name(place: str) -> str:
    return f"recovered_in_{place}".lower().replace("-", "_")
