"""`closeout template`: write the tables an agency keeps as files to fill in."""

from pathlib import Path
from typing import Annotated

import typer

from closeout.cli.store import FAILED, AsJson, print_json, refusal
from closeout.records.table_schema import write_schemas
from closeout.records.tables import TABLES
from closeout.records.templates import FORMATS, write_templates

VERB = "template"


def template(
    tables: Annotated[
        list[str] | None, typer.Argument(metavar="[TABLE]...", help="Which tables.", show_default="all")
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="The folder to write to.")] = Path("records"),
    form: Annotated[str, typer.Option("--format", help=f"{' or '.join(FORMATS)}.")] = "csv",
    schema: Annotated[
        bool, typer.Option("--schema", help="Write Frictionless Table Schemas and a data package instead.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write a file for each table with its columns and a fictional example row that passes the check.

    With `--schema` the files describe the tables to other tools. No file is overwritten.
    """
    if form not in FORMATS:
        raise refusal(VERB, f"there is no format {form!r}; there are {', '.join(FORMATS)}")
    wanted = list(dict.fromkeys(tables or TABLES))
    for table in wanted:
        if table not in TABLES:
            raise refusal(VERB, f"there is no table {table!r}{_near(table)}")
    try:
        files = (write_schemas if schema else write_templates)(wanted, out, form=form)
    except FileExistsError as error:
        raise refusal(VERB, str(error)) from None
    except OSError as error:
        raise refusal(VERB, f"{out} cannot be written: {error.strerror}", FAILED) from None
    if as_json:
        print_json({"folder": str(out), "tables": wanted, "files": [file.name for file in files]})
        return
    typer.echo(f"Wrote {len(files):,} {'file' if len(files) == 1 else 'files'} to {out}.")
    if not schema:
        typer.echo("Each has an example row: replace it by your own rows, then run `closeout check`.")


def _near(table: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only for a wrong name

    near = get_close_matches(table, TABLES, n=3)
    return f"; is {', '.join(near)} meant?" if near else "; without a name all are written"
