"""The rows of officers and hours that a run left out, for the commands that stand on the hours ledger."""

from typing import TYPE_CHECKING

from rich.console import Console

from closeout.cli.staff_show import grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.engines import Engine
    from closeout.records.snapshot import Snapshot
    from closeout.workload.parameters import Parameters


def rows_set_aside(engine: "Engine", snapshot: "Snapshot", parameters: "Parameters") -> list[str]:
    """Return the rows that the hours ledger leaves out, each with its reason and what to do.

    Args:
        engine: Where the tables are.
        snapshot: The records.
        parameters: The longest day and week that can be.

    """
    from closeout.workload.hour_rows import hour_rows  # noqa: PLC0415 - only where a run was made
    from closeout.workload.tables import tables_in  # noqa: PLC0415 - as above

    return [str(fault) for fault in hour_rows(engine, tables_in(engine, snapshot), parameters).faults]


def show_set_aside(out: Console, faults: "Sequence[str]") -> None:
    """Print them, those of one table and one reason in one line where there are many."""
    for fault in grouped(faults):
        out.print(f"Set aside: {fault}", soft_wrap=True, markup=False)
