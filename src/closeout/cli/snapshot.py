"""`closeout snapshot`: write the site's records as a snapshot."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from closeout.cli.store import FAILED, AsJson, AsOf, StoreUrl, opened, print_json, refusal
from closeout.reading.countwords import counted
from closeout.records.snapshot import SnapshotError

if TYPE_CHECKING:
    from closeout.web.casework.snapshot import Step

VERB = "snapshot"


def snapshot(
    out: Annotated[Path, typer.Option("--out", help="The folder to write; it must not exist, or be empty.")],
    as_of: AsOf = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
) -> None:
    """Write every table of the site's database as a snapshot.

    All tables are read as of one moment, whoever works meanwhile. `--as-of` is the day the manifest says the
    records stand as of; it does not bring back an earlier state.
    """
    day = opened(store, as_of)
    from closeout.web.casework.snapshot import write_snapshot  # noqa: PLC0415 - needs Django set up

    errors = Console(stderr=True)
    try:
        with errors.status("reading") as status:

            def told(step: "Step") -> None:
                status.update(f"{step.table}: {step.rows:,} rows written before it")

            written = write_snapshot(out, as_of=day, told=told)
    except SnapshotError as error:
        raise refusal(VERB, str(error), FAILED) from None
    rows = {table: written.manifest.rows(table) for table in written.manifest.tables}
    if as_json:
        print_json({"folder": str(out), "as_of": day, "rows": sum(rows.values()), "tables": rows})
    else:
        typer.echo(
            f"Wrote {counted(sum(rows.values()), 'row')} in {counted(len(rows), 'table')} to "
            f"{out}, as of {day}."
        )
