"""`closeout selftest`: published staffing figures, worked out by the functions that a run uses."""

from typing import Annotated

import typer
from rich.table import Table

from closeout.assignment.levelling import level, target
from closeout.cli.store import FAILED, AsJson, console, print_json
from closeout.workload.reference import Check, checks, left_out, page
from closeout.workload.reference.page import said

VERB = "selftest"


def selftest(
    *,
    is_markdown: Annotated[
        bool, typer.Option("--markdown", help="Print the page of the documentation instead.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Work out every published figure and say how far off each is; exit code 1 if one is.

    Each is given with its source, what is expected, what our function got, and the residual; the source's own
    rounding is allowed for.
    """
    found = checks(level, target)
    off = [check for check in found if not check.is_ok]
    if is_markdown:
        typer.echo(page(found), nl=False)
    elif as_json:
        print_json(
            {"ok": not off, "checks": [check.plain() for check in found], "left_out": list(left_out())}
        )
    else:
        _print(found, off)
    raise typer.Exit(FAILED if off else 0)


def _print(found: tuple[Check, ...], off: list[Check]) -> None:
    table = Table("figure", "what", "source", box=None)
    for number in ("expected", "got", "residual"):
        table.add_column(number, justify="right")
    table.add_column("")
    for check in found:
        table.add_row(
            check.figure,
            check.about,
            check.source,
            said(check.expected),
            said(check.got),
            f"{check.residual:.2g}",
            "ok" if check.is_ok else "OFF",
        )
    shown = console()
    shown.print(table)
    for reason in left_out():
        shown.print(f"Left out: {reason}")
    shown.print(
        f"{len(found) - len(off)} of {len(found)} figures are reproduced within their source's rounding."
    )
