"""Arrow rows and Parquet files in the few plain types that every engine holds alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from closeout.engines.engine import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def plain_type(found: pa.DataType) -> pa.DataType:
    """Return the plain type that holds what a type holds.

    Encodings of text (dictionaries, views, large strings) become strings, whole numbers 64 bits wide,
    dates days, instants microseconds. Other types stay what they are.
    """
    if pa.types.is_dictionary(found):
        return plain_type(found.value_type)
    for is_one, plain in _PLAIN:
        if is_one(found):
            return plain
    return found


_PLAIN = (
    (lambda kind: pa.types.is_large_string(kind) or pa.types.is_string_view(kind), pa.string()),
    (pa.types.is_integer, pa.int64()),
    (pa.types.is_floating, pa.float64()),
    (pa.types.is_date, pa.date32()),
    (lambda kind: pa.types.is_timestamp(kind) and kind.tz is None, pa.timestamp("us")),
    (pa.types.is_null, pa.string()),
)


def plain_schema(found: pa.Schema) -> pa.Schema:
    """Return a schema with plain types that may all be empty, without anybody's metadata."""
    return pa.schema([pa.field(one.name, plain_type(one.type)) for one in found])


def plain(rows: pa.Table) -> pa.Table:
    """Return rows in plain types. Columns that already have them are not copied."""
    wanted = plain_schema(rows.schema)
    return rows if rows.schema.equals(wanted, check_metadata=True) else rows.cast(wanted)


def check_files(name: str, files: Iterable[Path], schema: pa.Schema) -> pa.Schema:
    """Return the schema that a table's Parquet files share, looking at their footers only.

    Args:
        name: What the table is called, for messages.
        files: Its files; at least one.
        schema: The columns that each must have.

    Returns:
        The first file's schema.

    Raises:
        EngineError: A file is missing, is no Parquet file, is cut short, lacks a column, or holds another
            kind of values in one.

    """
    found = [(file, _footer(name, file)) for file in files]
    for file, columns in found:
        missing = [wanted for wanted in schema.names if wanted not in columns.names]
        if missing:
            msg = f"{file} lacks columns of the table {name}: {', '.join(missing)}"
            raise EngineError(msg)
        for wanted in schema:
            if not _fits(columns.field(wanted.name).type, wanted.type):
                msg = (
                    f"{file}: column {wanted.name} of the table {name} is {columns.field(wanted.name).type}, "
                    f"not {wanted.type}; `closeout check` makes a snapshot of tables as they come"
                )
                raise EngineError(msg)
    return found[0][1]


def _fits(found: pa.DataType, wanted: pa.DataType) -> bool:
    """Say whether values of one type can stand for those of another."""
    plainly = pa.types
    if plainly.is_null(found) or plain_type(found).equals(plain_type(wanted)):
        return True
    is_number = plainly.is_integer(found) and (plainly.is_floating(wanted) or plainly.is_decimal(wanted))
    # Instants of midnight stand for days in many exports.
    are_days = all(plainly.is_date(one) or plainly.is_timestamp(one) for one in (found, wanted))
    return bool(is_number or are_days)


def _footer(name: str, file: Path) -> pa.Schema:
    try:
        return pq.read_schema(file)
    except (OSError, pa.ArrowException) as error:
        msg = f"{file} (table {name}) cannot be read as Parquet: {_first_line(error)}"
        raise EngineError(msg) from error


def write_batches(path: Path, schema: pa.Schema, batches: Iterator[pa.RecordBatch]) -> int:
    """Write batches into one Parquet file that appears when it is whole; return how many rows it has.

    Raises:
        EngineError: The disk is full or may not be written to.

    """
    part = path.with_name(path.name + ".part")
    rows = 0
    try:
        with pq.ParquetWriter(part, schema, compression="zstd") as writer:
            for batch in batches:
                writer.write_batch(batch.cast(schema))
                rows += batch.num_rows
        part.replace(path)
    except OSError as error:
        msg = f"{path} cannot be written: {_first_line(error)}"
        raise EngineError(msg) from error
    finally:
        part.unlink(missing_ok=True)
    return rows


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0].rstrip(".")
