"""What is overdue on the day the records stand: where a simulation begins."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from closeout.duties.clauses import State
from closeout.duties.run import run_pack
from closeout.simulation.model import Overdue

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.simulation.model import Duty


def read_overdue(
    engine: Engine, tables: Mapping[str, ir.Table], pack: Pack, as_of: date, start_on: date
) -> dict[str, list[Overdue]]:
    """Return the open instances that are overdue, as the duty engine finds them, by office.

    Args:
        engine: Where the tables are.
        tables: Of a snapshot.
        pack: The rules.
        as_of: The day to stand on.
        start_on: The day on which ages are counted, after it.

    Returns:
        By office, in the order of duty, officer and age, oldest first. Empty words for no office or officer.

    """
    found: dict[str, list[Overdue]] = defaultdict(list)
    clauses, counted = [], []
    for clause, rows in run_pack(engine, tables, pack, as_of):
        late = rows.filter((rows.state == State.OVERDUE.value) & rows.last_day.notnull())
        clauses.append(clause)
        by = ("office_id", "officer_no", "last_day")
        counted.append(late.group_by(*by).aggregate(count=late.count().cast("int64")))
    for clause, table in zip(clauses, engine.results(counted), strict=True):
        for row in table.to_pylist():
            days = max(1, (start_on - row["last_day"]).days)
            one = Overdue(clause.duty, row["officer_no"] or "", days, row["count"])
            found[row["office_id"] or ""].append(one)
    for listed in found.values():
        listed.sort(key=lambda one: (one.duty, one.officer_no, -one.days))
    return dict(found)


def of_duties(
    overdue: Collection[Overdue], duties: Collection[Duty]
) -> tuple[tuple[Overdue, ...], tuple[str, ...]]:
    """Return what is overdue of the duties simulated, and that in words."""
    codes = {duty.code for duty in duties}
    kept = tuple(one for one in overdue if one.duty in codes)
    left = sorted({one.duty for one in overdue} - codes)
    total = sum(one.count for one in kept)
    notes = [f"{total:,} tasks that are overdue in the records lie on the desks on the first day counted"]
    if left:
        number = sum(one.count for one in overdue if one.duty not in codes)
        notes.append(
            f"not simulated: {number:,} overdue tasks of duties that are left out: {', '.join(left)}"
        )
    return kept, tuple(notes)
