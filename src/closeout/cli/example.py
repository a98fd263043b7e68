"""`closeout example`: a fictional agency's records, to try everything on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from closeout.cli.store import FAILED, AsJson, console, print_json, refusal
from closeout.reading.countwords import counted
from closeout.records.example import AS_OF, SIZES, ExampleError, Progress, write_example

if TYPE_CHECKING:
    from closeout.records.snapshot import Snapshot

VERB = "example"


def example(
    out: Annotated[Path, typer.Option(help="The folder the snapshot is written to.")],
    size: Annotated[str, typer.Option(help=f"One of {', '.join(SIZES)}.")] = "small",
    seed: Annotated[int, typer.Option(min=0, help="The same seed and size give the same rows.")] = 1,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            formats=["%Y-%m-%d"],
            help="The day the records stand as of.",
            show_default=AS_OF.isoformat(),
        ),
    ] = None,
    with_bad_rows: Annotated[
        bool, typer.Option("--with-bad-rows", help="Add rows that `closeout check` must keep apart.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write a fictional agency's records as a snapshot, with known defects planted in them.

    `defects.json` in the folder says what is planted, what the reports said of it, and where it must be
    found again; `hiring.yaml` says what the agency assumes of its hiring. Nothing in any of it is real.
    """
    day: date = as_of.date() if as_of else AS_OF
    errors = Console(stderr=True, soft_wrap=True, markup=False, highlight=False, emoji=False)
    try:
        with _bar(errors) as progress:
            snapshot = write_example(
                out, size=size, seed=seed, as_of=day, with_bad_rows=with_bad_rows, progress=progress
            )
    except ExampleError as error:
        raise refusal(VERB, str(error)) from error
    except OSError as error:
        raise refusal(VERB, f"{out} cannot be written: {error.strerror or error}", FAILED) from error
    _say(snapshot, as_json=as_json)


def _say(snapshot: "Snapshot", *, as_json: bool) -> None:
    manifest = snapshot.manifest
    rows = {table: manifest.rows(table) for table in manifest.tables}
    planted = sum(one["count"] for one in manifest.notes["defects"])
    if as_json:
        print_json(
            {"folder": str(snapshot.folder), "as_of": manifest.as_of, "planted": planted, "rows": rows}
        )
        return
    out = console()
    out.print(
        f"{snapshot.folder}: {counted(rows['cases'], 'case')}, "
        f"{counted(sum(rows.values()), 'row')} in {counted(len(rows), 'table')},"
    )
    kinds = len(manifest.notes["defects"])
    out.print(
        f"as of {manifest.as_of}. {counted(planted, 'row')} with one of {kinds} planted defects, "
        "listed in defects.json."
    )
    if bad := manifest.notes.get("bad_rows"):
        out.print(f"{counted(len(bad), 'row')} beside them must be kept apart by `closeout check`.")


@contextmanager
def _bar(errors: Console) -> Iterator[Callable[[Progress], None]]:
    """Give a function that says on the error stream how far the writing is; silent when nobody looks."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Bar(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task("cases", total=None)

        def move(progress: Progress) -> None:
            said = f"{progress.rows:,} rows written"
            bar.update(task, total=progress.steps, completed=progress.done, description=said)

        yield move
