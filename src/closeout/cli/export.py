"""`closeout export`: take tables out of the register as a file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from closeout.cli import narrowing
from closeout.cli.store import FAILED, AsJson, AsOf, StoreUrl, opened, print_json, refusal
from closeout.reading.countwords import counted

VERB = "export"
TABLES = ("register", "promises", "gao-ig-act", "semiannual")
FORMATS = ("csv", "json", "xlsx")


def export(  # noqa: PLR0913, PLR0917 - the options of a command
    words: narrowing.Words = None,
    table: Annotated[str, typer.Option(help=f"Which: {', '.join(TABLES)}.")] = "register",
    kind: Annotated[
        str, typer.Option("--format", help=f"{', '.join(FORMATS)}.", show_default="as the file's name says")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", help="The file to write.", show_default="print")
    ] = None,
    report: narrowing.ReportOption = "",
    agency: narrowing.AgencyOption = "",
    status: narrowing.StatusOption = "",
    progress: narrowing.ProgressOption = "",
    group: narrowing.GroupOption = "",
    overdue: narrowing.Overdue = False,
    incomplete: narrowing.Incomplete = False,
    priority: narrowing.Priority = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
) -> None:
    """Write what is under the filters as CSV, JSON, or a spreadsheet.

    No cell can act as a formula. The tables of the GAO-IG Act and of the semiannual reports
    say what each column rests on. With `--json` the counts of what was written are JSON.
    """
    wanted = _format(kind, out)
    if table not in TABLES:
        raise refusal(VERB, f"there is no table {table!r}; there are {', '.join(TABLES)}")
    day = opened(store, as_of)
    from closeout.web.recommendations.export import TABLES as MAKERS  # noqa: PLC0415 - needs Django set up
    from closeout.web.recommendations.export import write  # noqa: PLC0415

    filters = narrowing.narrowed(
        VERB,
        words=words,
        report=report,
        agency=agency,
        status=status,
        progress=progress,
        group=group,
        overdue=overdue,
        incomplete=incomplete,
        priority=priority,
    )
    made = MAKERS[table](filters, as_of=day)
    data = write(made, wanted)
    if out is None:
        sys.stdout.buffer.write(data)
        return
    try:
        out.write_bytes(data)
    except OSError as error:
        raise refusal(VERB, f"{out} cannot be written: {error.strerror}", FAILED) from None
    counts = {each.code: len(each.rows) for each in made}
    if as_json:
        print_json({"file": str(out), "format": wanted, "as_of": day, "rows": counts})
    else:
        told = ", ".join(f"{counted(count, 'row')} of {code}" for code, count in counts.items())
        typer.echo(f"Wrote {told} to {out}, as of {day}.")


def _format(kind: str, out: Path | None) -> str:
    wanted = kind or (out.suffix.lower().lstrip(".") if out else "csv")
    if wanted not in FORMATS:
        raise refusal(VERB, f"there is no format {wanted!r}; there are {', '.join(FORMATS)}")
    return wanted
