"""Open cases, and those of which nothing that some duties ask for is overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from closeout.duties.compile.scope import open_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from closeout.evidence.measures.declared import OverDuties


def open_cases(tables: Mapping[str, ir.Table], as_of: date) -> ir.Table:
    """Return the cases that are open on a day: `case_no`, `office_id` (whoever holds it today), `docket`."""
    cases, today = tables["cases"], ibis.literal(as_of, type="date")
    return cases.filter(*open_on(cases, today)).select("case_no", "office_id", "docket")


def late_cases(rows: pa.Table) -> pa.Array:
    """Return the cases of a duty's `tallies` with an overdue instance, each once, in no order."""
    found = rows.column("late_cases").combine_chunks()
    return pc.drop_null(pc.list_flatten(found)).unique()


def counted_cases(over: OverDuties, cases: pa.Table, late: Sequence[pa.Array]) -> pa.Table:
    """Return how many cases are open, and how many of them have no overdue duty.

    Args:
        over: The duties, and whether the docket is asked for.
        cases: The rows of `open_cases`.
        late: The `late_cases` of each of the duties that could be computed.

    Returns:
        `office_id`, `by_0` (the case's docket) where the measure goes by it, `numerator` and `denominator`.

    """
    columns = {"office_id": cases.column("office_id")}
    columns |= {"by_0": cases.column("docket")} if over.by else {}
    overdue = pa.concat_arrays([pa.array([], pa.string()), *late])
    is_clear = pc.invert(pc.is_in(cases.column("case_no"), value_set=overdue))
    rows = pa.table(columns | {"numerator": is_clear.cast(pa.int64())})
    counted = rows.group_by(list(columns)).aggregate([("numerator", "sum"), ("numerator", "count")])
    return counted.rename_columns([*columns, "numerator", "denominator"])
