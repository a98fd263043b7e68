"""`closeout assess`: reports and records in; recommendations, measures, evidence and papers out."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from closeout.cli.store import FAILED, USAGE, AsJson, console, print_json, refusal

if TYPE_CHECKING:
    from closeout.assess import Asked, Done, Steps
    from closeout.assess.second import Second

VERB = "assess"


def assess(  # noqa: PLR0913, PLR0917 - the options of a command
    reports: Annotated[Path, typer.Option(help="A folder of reports: text, HTML, PDF, CSV, archives.")],
    records: Annotated[Path, typer.Option(help="A snapshot, or a folder of tables as CSV or Parquet.")],
    as_of: Annotated[
        datetime, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day everything is judged on.")
    ],
    out: Annotated[Path, typer.Option(help="The folder of the assessment, made new.")],
    pack: Annotated[
        Path | None, typer.Option(help="The rules; those that come with Closeout if left out.")
    ] = None,
    engine: Annotated[
        str, typer.Option(help="Where to compute: duckdb:// or spark://host:port.")
    ] = "duckdb://",
    links: Annotated[
        Path | None, typer.Option(help="A file that links measures to further recommendations.")
    ] = None,
    hiring: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="The agency's hiring assumptions: the hiring plan they give is frozen as evidence.",
        ),
    ] = None,
    auditors_lists: Annotated[
        list[Path] | None,
        typer.Option(
            "--auditors-list",
            help="An auditor's own list to check against: CSV with report, recommendation, status. "
            "May be given several times.",
        ),
    ] = None,
    is_without_letters: Annotated[
        bool, typer.Option("--no-letters", help="Write no papers but the assessment itself.")
    ] = False,
    is_forced: Annotated[bool, typer.Option("--force", help="Replace a finished assessment.")] = False,
    as_json: AsJson = False,
) -> None:
    """Assess what an agency's records show of each recommendation, and write what an auditor would get.

    The exit code is 0 when everything could be read and computed, 1 when something was lost, left out or
    quarantined (the rest is done), 2 when there is nothing to work on.
    """
    from closeout.assess.second import (  # noqa: PLC0415 - not to list the verbs
        Second,
        collect_seldom,
        leave_pandas_out,
    )

    began = time.perf_counter()
    collect_seldom()
    with Second() if engine.startswith("duckdb:") else nullcontext() as second:
        if second:
            leave_pandas_out()
        from closeout.assess import Asked  # noqa: PLC0415 - takes a second to load, as it does there

        asked = Asked(
            reports=reports,
            records=records,
            as_of=as_of.date(),
            out=out,
            pack=pack,
            engine=engine,
            links=links,
            hiring=hiring,
            auditors_lists=tuple(auditors_lists or ()),
            has_letters=not is_without_letters,
            is_forced=is_forced,
        )
        done = _done(asked, second)
    errors = Console(stderr=True, soft_wrap=True, markup=False, highlight=False, emoji=False)
    for note in done.assessment.notes:
        errors.print(f"closeout {VERB}: {note}")
    if as_json:
        print_json(done.summary)
    else:
        _show(done, out, time.perf_counter() - began)
    gc.freeze()  # it ends here: what it made need not be looked through once more, which takes a second
    raise typer.Exit(0 if done.is_whole else FAILED)


def _done(asked: "Asked", second: "Second | None") -> "Done":
    from closeout.assess import AssessError, CannotKeepError  # noqa: PLC0415 - as above
    from closeout.assess import assess as run  # noqa: PLC0415
    from closeout.duties.faults import PackError  # noqa: PLC0415
    from closeout.engines import EngineError  # noqa: PLC0415

    try:
        with _progress() as steps:
            return run(asked, steps, second)
    except PackError as error:
        for fault in error.faults[:-1]:
            typer.echo(f"closeout {VERB}: {fault}", err=True)
        raise refusal(VERB, str(error.faults[-1])) from error
    except AssessError as error:
        code = FAILED if isinstance(error, CannotKeepError) else USAGE
        raise refusal(VERB, " ".join(str(error).split()), code) from error
    except EngineError as error:
        raise refusal(VERB, str(error), FAILED) from error


@contextmanager
def _progress() -> Iterator["Steps"]:
    """Give the steps of a run, each said on the error stream while it lasts."""
    from closeout.assess import Steps  # noqa: PLC0415 - as above

    with Console(stderr=True).status("Opening") as status:
        yield Steps(told=status.update)


def _show(done: "Done", out: Path, seconds: float) -> None:
    from closeout.assess.summary import lines, paper_lines  # noqa: PLC0415 - as above

    shown = console()
    for line in lines(done.summary):
        shown.print(line, soft_wrap=True)
    shown.print(f"\n{out}, in {seconds:.1f} s: assessment, papers, results and evidence")
    for line in paper_lines(done.summary["papers"]):
        shown.print(line, soft_wrap=True)
