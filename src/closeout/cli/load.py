"""`closeout load`: load a checked snapshot into the site's database."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

from closeout.cli.store import FAILED, AsJson, StoreUrl, opened, print_json, refusal
from closeout.reading.countwords import counted
from closeout.records.snapshot import SnapshotError

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.casework.load import Loaded, Plan, Step

VERB = "load"


def load(
    folder: Annotated[Path, typer.Argument(help="A snapshot's folder, as `closeout check` writes it.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Remove the records that the database holds first.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")
    ] = False,
    duties: Annotated[
        bool, typer.Option("--duties", help="Work out all duties and findings afterwards.")
    ] = False,
    as_json: AsJson = False,
    store: StoreUrl = None,
) -> None:
    """Load a snapshot into the site's database, every table whole.

    The files are compared with the manifest's digests first. A load that was broken off, by a kill or a
    full disk, goes on where it was when the same command is run again: nothing is lost or doubled. It is
    not done before every foreign key and index is back and valid.
    """
    today = opened(store, None)
    from closeout.web.casework.load import LoadError, plan  # noqa: PLC0415 - needs Django set up
    from closeout.web.casework.load import load as run  # noqa: PLC0415

    try:
        if dry_run:
            _tell_plan(plan(folder, is_replacing=replace), as_json=as_json)
            return
        with _bar() as told:
            done = run(folder, is_replacing=replace, told=told)
        worked = _work_out(today) if duties else None
    except (LoadError, SnapshotError) as error:
        raise refusal(VERB, str(error), FAILED) from None
    _tell(done, worked, as_json=as_json)


def _work_out(today: "date") -> dict[str, int]:
    from closeout.cli.refresh import run_refresh  # noqa: PLC0415 - needs Django set up

    return run_refresh(VERB, today)


def _tell_plan(planned: "Plan", *, as_json: bool) -> None:
    told: dict[str, Any] = {
        "as_of": planned.snapshot.as_of,
        "rows": planned.rows,
        "chunks": len(planned.chunks),
        "is_there": planned.is_there,
        "goes_on": planned.unfinished is not None,
        "removes": list(planned.holds) if not planned.is_there else [],
    }
    if as_json:
        print_json(told)
    elif planned.is_there:
        typer.echo(f"This snapshot (as of {planned.snapshot.as_of}) is loaded already; nothing to do.")
    else:
        start = "Would go on with the load of" if planned.unfinished else "Would load"
        after = (
            f", after removing the rows of {counted(len(planned.holds), 'table')}" if planned.holds else ""
        )
        typer.echo(f"{start} {counted(planned.rows, 'row')} as of {planned.snapshot.as_of}{after}.")


def _tell(done: "Loaded", worked: dict[str, int] | None, *, as_json: bool) -> None:
    rate = round(done.rows_written / done.seconds_rows) if done.seconds_rows else None
    seconds = done.seconds_rows + done.seconds_after
    if as_json:
        print_json(
            {
                "as_of": done.plan.snapshot.as_of,
                "digest": done.plan.digest,
                "rows": done.plan.rows,
                "rows_written": done.rows_written,
                "rows_before": done.rows_before,
                "seconds_rows": round(done.seconds_rows, 1),
                "seconds_after": round(done.seconds_after, 1),
                "duties": worked,
            }
        )
        return
    if done.plan.is_there:
        typer.echo(f"This snapshot (as of {done.plan.snapshot.as_of}) is loaded already; nothing was done.")
        return
    before = f" ({done.rows_before:,} were there from a run that was broken off)" if done.rows_before else ""
    speed = f", {rate:,} rows/s without constraints and indexes" if rate else ""
    typer.echo(
        f"Loaded {counted(done.rows_written, 'row')} as of {done.plan.snapshot.as_of} in {seconds:.0f} s"
        f"{speed}{before}."
    )
    if worked:
        typer.echo(
            f"Worked out {counted(worked['duties'], 'duty', 'duties')} and "
            f"{counted(worked['findings'], 'finding')}."
        )


@contextmanager
def _bar() -> Iterator[Callable[["Step"], None]]:
    """Give a function that moves a bar on the error stream; no bar when nobody looks at it."""
    errors = Console(stderr=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(30),
        TextColumn("{task.fields[rate]}"),
    )
    with Bar(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task("", total=None, rate="")
        started, first = time.monotonic(), -1

        def move(step: "Step") -> None:
            nonlocal first
            if first < 0:
                first = step.done
            if step.what == "rows":
                speed = (step.done - first) / max(time.monotonic() - started, 0.001)
                rate = f"{step.done:,} of {step.total:,} rows, {speed:,.0f} rows/s"
            else:
                rate = f"{step.done:,} of {step.total:,} foreign keys and indexes back"
            bar.update(task, completed=step.done, total=step.total, description=step.table, rate=rate)

        yield move
