"""`closeout demo`: a store of fictional documents, read before your eyes, and a site to look around in."""

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from closeout.project import configure
from closeout.project.store import FILES, SECRET_KEY

if TYPE_CHECKING:
    from closeout.cli.demo_documents import Demonstration
    from closeout.cli.demo_people import SignIn

MARKER = ".closeout-demo"
"""A folder with this file in it was made by this command, and may be made anew by it."""
_FOREIGN = (FILES, SECRET_KEY, "CLOSEOUT_ALLOWED_HOSTS", "CLOSEOUT_DEBUG")
"""What may be set for a real store; the demonstration answers this machine only, with a key of its own."""


class NotADemoError(Exception):
    """The folder holds something that this command did not make."""


def demo(
    serve: Annotated[bool, typer.Option(help="Serve the site when the documents are read.")] = True,
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    folder: Annotated[Path, typer.Option(help="Folder for the store; made anew at each start.")] = Path(
        "demo-out"
    ),
    agency: Annotated[
        bool, typer.Option(help="Load the records of a fictional agency, with what its offices owe.")
    ] = True,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the counts as JSON and do not serve.")
    ] = False,
) -> None:
    """Read fictional reports into a fresh store, print the counts, and serve the site.

    One account per role is made, with a password that is printed. The store is no place for
    real documents: it is removed at the next start.
    """
    try:
        make_fresh(folder)
    except NotADemoError as error:
        typer.echo(f"closeout demo: {error}", err=True)
        raise typer.Exit(2) from None
    for name in _FOREIGN:
        os.environ.pop(name, None)
    configure(f"sqlite:///{(folder / 'closeout.sqlite3').absolute()}")
    from closeout.cli.demo_documents import demonstration  # noqa: PLC0415 - needs Django set up
    from closeout.cli.demo_figures import as_lines, figures  # noqa: PLC0415
    from closeout.cli.demo_people import make_people  # noqa: PLC0415
    from closeout.cli.demo_story import live  # noqa: PLC0415

    shown = demonstration()
    copy_documents(shown, folder / "documents")
    _read(shown)
    people = make_people()
    live(people)
    rows = figures(as_of=shown.as_of)
    assessed: dict[str, Any] = {}
    if agency:
        people += _agency(folder / "records", people[0].password)
        assessed = _assessment(folder)
    if as_json:
        told = {"as_of": shown.as_of.isoformat(), "counts": dict(rows), "assessment": assessed or None}
        typer.echo(json.dumps(told, indent=2))
        return
    typer.echo(f"The register as of {shown.as_of}\n")
    typer.echo("\n".join(as_lines(rows)))
    if assessed:
        _tell_assessment(folder, assessed)
    if serve:
        _serve(port, people)


def _agency(folder: Path, password: str) -> "list[SignIn]":
    """Load the fictional agency, saying on the error stream what is being done."""
    from django.utils.timezone import localdate  # noqa: PLC0415 - needs Django set up

    from closeout.cli.demo_agency import make_agency  # noqa: PLC0415 - as above

    with Console(stderr=True).status("") as status:
        return make_agency(folder, today=localdate(), password=password, told=status.update)


def _assessment(folder: Path) -> dict[str, Any]:
    """Do the main job on the demonstration's reports and records; return it in a few figures."""
    from django.utils.timezone import localdate  # noqa: PLC0415 - needs Django set up

    from closeout.cli.demo_assessment import make_assessment  # noqa: PLC0415 - as above

    with Console(stderr=True).status("") as status:
        return make_assessment(folder, today=localdate(), told=status.update)


def _tell_assessment(folder: Path, assessed: dict[str, Any]) -> None:
    from closeout.assess.summary import lines  # noqa: PLC0415 - only with an agency

    typer.echo("\nThe assessment\n")
    typer.echo("\n".join(lines(assessed)))
    typer.echo(f"\n{folder / 'assessment'} holds the report, papers, evidence and results")


def make_fresh(folder: Path) -> None:
    """Remove what an earlier demonstration left, and make its folder anew.

    Raises:
        NotADemoError: The folder has something in it and was not made by this command.

    """
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        msg = f"{folder} was not made by a demonstration; move it away, or choose another with --folder"
        raise NotADemoError(msg)
    if folder.exists() and not folder.is_dir():
        msg = f"{folder} is a file; choose another with --folder"
        raise NotADemoError(msg)
    if folder.is_dir():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / MARKER).write_text("Made by `closeout demo`, which removes this folder at its next start.\n")


def copy_documents(shown: "Demonstration", folder: Path) -> None:
    """Put the documents where a person can look at them, and read them again by hand."""
    for capture in shown.captures:
        copy = folder / capture.path
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(capture.file, copy)


def _read(shown: "Demonstration") -> None:
    """Take every document into the store, oldest first, with a bar on the error stream."""
    from closeout.web.audit.actions import SYSTEM  # noqa: PLC0415 - needs Django set up
    from closeout.web.recommendations.ingest import Arrival, ingest  # noqa: PLC0415

    bar = (BarColumn(30), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*bar, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=len(shown.captures))
        for capture in shown.captures:
            progress.update(task, description=capture.path)
            arrival = Arrival(capture.read(), capture.file.read_bytes(), capture.origin)
            ingest([arrival], by=SYSTEM, got_at=capture.got_at)
            progress.advance(task)
        progress.update(task, description="read and joined")


def _serve(port: int, people: "list[SignIn]") -> None:
    from closeout.project.serving import Address, CannotServeError  # noqa: PLC0415 - needs Django set up
    from closeout.project.serving import serve as run  # noqa: PLC0415

    address = Address("127.0.0.1", port)
    typer.echo("\nThe site is starting ...", err=True)
    try:
        code = run(address, on_ready=lambda: _tell(address.url, people))
    except CannotServeError as error:
        typer.echo(f"closeout demo: {error}", err=True)
        raise typer.Exit(2) from None
    raise typer.Exit(code)


def _tell(url: str, people: "list[SignIn]") -> None:
    typer.echo(f"\nCloseout runs at {url} (Ctrl-C stops it)\n")
    typer.echo(f"Sign in with any of these staff numbers and the password {people[0].password}\n")
    for person in people:
        typer.echo(f"  {person.username:<18} {person.does}")
