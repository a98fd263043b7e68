"""`closeout check`: what is wrong with an agency's tables, row by row, before anything rests on them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import TextColumn, TimeElapsedColumn

from closeout.cli.check_report import print_report
from closeout.cli.store import FAILED, AsJson, console, print_json, refusal
from closeout.records.checking.check import Progress
from closeout.records.checking.check import check as check_records
from closeout.records.checking.folder import CannotWriteError
from closeout.records.checking.report import as_plain
from closeout.records.checking.sources import NothingToCheckError
from closeout.records.mapping import Mapping, MappingError, load_mapping

if TYPE_CHECKING:
    from closeout.records.checking.report import CheckReport

VERB = "check"


def check(
    path: Annotated[Path, typer.Argument(help="A folder of tables as CSV or Parquet, or one file.")],
    mapping: Annotated[
        Path | None,
        typer.Option(help="A mapping file, or a folder of them, for other people's columns."),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of",
            formats=["%Y-%m-%d"],
            help="The day the records stand as of; dates of what happened cannot lie after it.",
            show_default="today",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="A new folder: accepted rows as a snapshot, the others under quarantine/."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check tables against their declarations; every row read is accepted or quarantined with its reasons.

    The exit code is 0 when everything is accepted and adds up, 1 when something is not, 2 when there is
    nothing to check or the command was used wrongly. What is found is no failure: with --out, the
    accepted rows are written either way.
    """
    errors = Console(stderr=True, soft_wrap=True, markup=False, highlight=False, emoji=False)
    given = _mapping(mapping, path) if mapping else None
    day = as_of.date() if as_of else _today()
    try:
        with _bar(errors) as progress:
            report = check_records(path, as_of=day, mapping=given, out=out, progress=progress)
    except (NothingToCheckError, MappingError) as error:
        raise refusal(VERB, _one_line(error)) from error
    except CannotWriteError as error:
        raise refusal(VERB, _one_line(error), FAILED) from error
    _say(report, as_json=as_json)
    raise typer.Exit(0 if report.is_clean else FAILED)


def _say(report: "CheckReport", *, as_json: bool) -> None:
    if as_json:
        print_json(as_plain(report))
    else:
        print_report(console(), report)


def _mapping(path: Path, data: Path) -> Mapping:
    if not path.exists():
        raise refusal(VERB, f"there is no mapping file {path}")
    try:
        return load_mapping(path, beside=data if data.is_dir() else data.parent)
    except MappingError as error:
        raise refusal(VERB, _one_line(error)) from error


@contextmanager
def _bar(errors: Console) -> Iterator[Callable[[Progress], None]]:
    """Give a function that says on the error stream how far the check is; silent when nobody looks."""
    columns = (TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Bar(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def move(progress: Progress) -> None:
            at = f"{progress.table} ({progress.tables_done + 1} of {progress.tables})"
            bar.update(task, description=f"{at}, {progress.rows:,} rows read")

        yield move


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _today() -> date:
    return datetime.now().astimezone().date()
