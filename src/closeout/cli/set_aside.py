"""The rows that a run left out: of officers, of hours, of diaries, and activities that no duty takes."""

from typing import TYPE_CHECKING

from rich.console import Console

from closeout.cli.staff_show import grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.duties.clauses import Pack
    from closeout.engines import Engine
    from closeout.records.snapshot import Snapshot
    from closeout.workload.parameters import Parameters


def rows_set_aside(
    engine: "Engine", snapshot: "Snapshot", pack: "Pack", parameters: "Parameters"
) -> list[str]:
    """Return what a run leaves out, each with its reason and what to do.

    Args:
        engine: Where the tables are.
        snapshot: The records.
        pack: Whose activities diaries are kept of.
        parameters: The longest day and week that can be.

    """
    from closeout.workload.activities import activities_of, misfits  # noqa: PLC0415 - only after a run
    from closeout.workload.hour_rows import hour_rows  # noqa: PLC0415 - as above
    from closeout.workload.study.check import check_studies  # noqa: PLC0415 - as above
    from closeout.workload.study.read import read_records  # noqa: PLC0415 - as above
    from closeout.workload.study.refused import refused_entries  # noqa: PLC0415 - as above
    from closeout.workload.tables import quickest, tables_in  # noqa: PLC0415 - as above

    reader, tables = quickest(engine, snapshot), tables_in(engine, snapshot)
    hours = hour_rows(reader, tables, parameters).faults
    entries = refused_entries(check_studies(read_records(reader, tables), activities_of(pack)))
    return [*misfits(pack), *map(str, hours), *entries]


def show_set_aside(out: Console, faults: "Sequence[str]") -> None:
    """Print them, those of one table and one reason in one line where there are many."""
    for fault in grouped(faults):
        out.print(f"Set aside: {fault}", soft_wrap=True, markup=False)
