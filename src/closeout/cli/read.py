"""`closeout read`: read files and folders, join what they say, and keep it in the store."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
from rich.progress import Progress as Bar

from closeout.cli.read_store import Store, StoreFailedError
from closeout.cli.read_summary import print_summary, problem_lines
from closeout.cli.store import AsJson, StoreUrl
from closeout.cli.store import console as plain_console
from closeout.reading.contract import contract
from closeout.reading.folder import read_paths
from closeout.reading.joining import join
from closeout.reading.losses import is_loss, problems_of

if TYPE_CHECKING:
    from closeout.reading.folder import Progress
    from closeout.reading.model import DocumentReading

_LOSS = 1
_USAGE = 2


def read(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders: text, HTML, PDF, CSV, archives.")],
    as_json: AsJson = False,
    workers: Annotated[
        int | None,
        typer.Option(
            min=0, help="Reading processes; 0 reads in this one.", show_default="1 a core, 2 at most"
        ),
    ] = None,
    store: StoreUrl = None,
    no_store: Annotated[bool, typer.Option("--no-store", help="Keep nothing.")] = False,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day to judge overdue by.", show_default="today"),
    ] = None,
) -> None:
    """Read reports, join what they say of each recommendation, and keep it in the store.

    Each problem is one line on the error stream. The exit code is 0 when everything was read,
    1 when something could not be (the rest is), 2 when there is nothing to read.
    """
    errors = Console(stderr=True, soft_wrap=True, markup=False, highlight=False, emoji=False)
    if not any(path.exists() for path in paths):
        errors.print(f"closeout read: nothing to read: {', '.join(map(str, paths))} does not exist")
        raise typer.Exit(_USAGE)
    run = _Run(errors)
    opened = None if no_store else run.open_store(store)
    with _bar(errors) as progress:
        known = opened.known if opened else None
        readings = read_paths(paths, workers=workers, known=known, progress=progress)
        with closing(readings):
            run.read(readings, opened)
    register = join(run.readings)
    if as_json:
        typer.echo(json.dumps(contract(run.readings, register), ensure_ascii=False))
    else:
        console = plain_console()
        print_summary(console, run.readings, register, as_of=as_of.date() if as_of else _today())
        if run.stored:
            console.print(run.stored, soft_wrap=True)
    raise typer.Exit(_LOSS if run.has_losses else 0)


@dataclass(slots=True)
class _Run:
    """What one run has read, and whether anything was lost."""

    errors: Console
    readings: list["DocumentReading"] = field(default_factory=list)
    has_losses: bool = False
    stored: str = ""

    def open_store(self, url: str | None) -> Store | None:
        """Return the store; None, with a line on the error stream, when it cannot be opened."""
        try:
            return Store(url)
        except StoreFailedError as error:
            self._lose(f"closeout read: the store cannot be opened: {error}")
            return None

    def read(self, readings: Iterator["DocumentReading"], store: Store | None) -> None:
        """Take all readings into the store, if there is one, and keep them without their texts."""
        noted = self._noted(readings)
        if store is not None:
            try:
                done = store.take(noted)
                counts = f"{done.new:,} new, {done.reread:,} read anew, {done.unchanged:,} already there"
                self.stored = f"\nKept in {store.name}: {counts}"
            except StoreFailedError as error:
                self._lose(f"closeout read: the store failed: {error}")
        for _ in self._noted(readings):
            pass

    def _noted(self, readings: Iterable["DocumentReading"]) -> Iterator["DocumentReading"]:
        for reading in readings:
            for line in problem_lines(reading):
                self.errors.print(line)
            self.has_losses |= any(is_loss(problem) for problem in problems_of(reading))
            self.readings.append(replace(reading, document=replace(reading.document, text="")))
            yield reading

    def _lose(self, line: str) -> None:
        self.errors.print(line)
        self.has_losses = True


@contextmanager
def _bar(errors: Console) -> Iterator[Callable[["Progress"], None]]:
    """Give a function that moves a bar on the error stream; no bar when nobody looks at it."""
    columns = (BarColumn(30), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Bar(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def move(progress: "Progress") -> None:
            name = progress.name[-60:]
            bar.update(task, completed=progress.done, total=progress.total, description=name)

        yield move


def _today() -> date:
    return datetime.now().astimezone().date()
