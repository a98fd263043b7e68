"""Open cases, and those of which nothing that some duties ask for is overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from closeout.duties.compile import missing_tables, overdue_cases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Clause
    from closeout.evidence.measures.declared import OverDuties


def counted_cases(
    over: OverDuties,
    clauses: Iterable[Clause],
    tables: Mapping[str, ir.Table],
    as_of: date,
    holidays: str,
    known: dict[str, ir.Table] | None = None,
) -> ir.Table:
    """Return how many cases are open, and how many of them have no overdue duty.

    Args:
        over: The duties, and whether the docket is asked for.
        clauses: All clauses of the pack; duties that lack a table take no part.
        tables: The tables by name, `cases` among them.
        as_of: The day to stand on.
        holidays: The country whose public holidays are no business days.
        known: What `tallies` put together already, by duty.

    Returns:
        `office_id` (whoever holds the case today), `by_0` (its docket) where the measure goes by it,
        `numerator` and `denominator`.

    """
    asked = set(over.duties)
    computed = [one for one in clauses if one.duty in asked and not missing_tables(one, tables)]
    late = overdue_cases(computed, tables, as_of=as_of, holidays=holidays, known=known)
    today = ibis.literal(as_of, type="date")
    cases = tables["cases"]
    is_open = cases.closed_on.isnull() | (cases.closed_on > today)
    rows = cases.filter(cases.opened_on <= today, is_open).select("case_no", "office_id", "docket")
    grouping = {"office_id": rows.office_id} | ({"by_0": rows.docket} if over.by else {})
    if late is None:
        return rows.group_by(**grouping).agg(numerator=rows.count(), denominator=rows.count())
    joined = rows.left_join(late, rows.case_no == late.late_case)
    grouping = {"office_id": joined.office_id} | ({"by_0": joined.docket} if over.by else {})
    is_clear = joined.late_case.isnull().cast("int64")
    return joined.group_by(**grouping).agg(numerator=is_clear.sum(), denominator=joined.count())
