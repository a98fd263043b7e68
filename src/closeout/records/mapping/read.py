"""A source's file, read as text: every cell as it was written, empty cells null."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import polars as pl

from closeout.records.mapping.lines import MappingError

if TYPE_CHECKING:
    from pathlib import Path

    from closeout.records.mapping.spec import Form

_UTF8 = ("utf-8", "utf8")
"""What polars decodes itself, compressed files included."""


def read_source(path: Path, form: Form) -> pl.DataFrame:
    """Return a file's rows as text.

    Args:
        path: A `.csv`, `.csv.gz` or `.parquet` file.
        form: How it is written.

    Raises:
        MappingError: It cannot be read that way; says what to change.

    """
    try:
        if path.suffix == ".parquet":
            return pl.read_parquet(path).cast(pl.String)
        if form.skip_initial_space:
            return _with_initial_space(path, form)
        return pl.read_csv(
            path,
            separator=form.delimiter,
            encoding="utf8" if form.encoding.casefold() in _UTF8 else form.encoding,
            skip_lines=form.skip_lines,
            infer_schema=False,
        )
    except (OSError, UnicodeDecodeError, LookupError, csv.Error, pl.exceptions.PolarsError) as error:
        msg = (
            f"{path.name} cannot be read with delimiter {form.delimiter!r}, encoding {form.encoding!r} and "
            f"{form.skip_lines} lines skipped: {' '.join(str(error).split())[:200]}"
        )
        raise MappingError(msg) from error


def _with_initial_space(path: Path, form: Form) -> pl.DataFrame:
    """Read fields that are quoted after a blank, which only the standard library's reader takes."""
    with path.open(encoding=form.encoding, newline="") as file:
        rows = list(csv.reader(file, delimiter=form.delimiter, skipinitialspace=True))[form.skip_lines :]
    if not rows:
        msg = f"{path.name} has no header"
        raise MappingError(msg)
    header, *body = rows
    short = [row + [""] * (len(header) - len(row)) for row in body if row]
    return pl.DataFrame(short, schema=dict.fromkeys(header, pl.String), orient="row")
