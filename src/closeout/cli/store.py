"""The store as the verbs open it: by URL, with the day everything is judged on."""

import json
import sys
from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich.console import Console

from closeout.project import configure

FAILED = 1
USAGE = 2

StoreUrl = Annotated[str | None, typer.Option("--store", help="Database URL; one SQLite file by default.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        formats=["%Y-%m-%d"],
        help="The day everything is judged on; what came later is left out.",
        show_default="today",
    ),
]


def opened(store: str | None, as_of: datetime | None) -> date:
    """Open the store and return the day to judge on: the one given, or today where the site is."""
    configure(store)
    from django.utils.timezone import localdate  # noqa: PLC0415 - needs Django set up

    return as_of.date() if as_of else localdate()


def console() -> Console:
    """Return where people's output goes: no wrapping into a terminal's width when there is none."""
    wide = None if sys.stdout.isatty() else 160
    return Console(highlight=False, markup=False, emoji=False, width=wide)


def print_json(value: Any) -> None:  # noqa: ANN401 - whatever JSON takes
    """Print a value as JSON; days as ISO text."""
    typer.echo(json.dumps(value, ensure_ascii=False, default=_iso))


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    msg = f"{type(value).__name__} has no JSON form"
    raise TypeError(msg)


def refusal(verb: str, message: str, code: int = USAGE) -> typer.Exit:
    """Say in one line on the error stream why a command ends; return what to raise."""
    typer.echo(f"closeout {verb}: {message}", err=True)
    return typer.Exit(code)
