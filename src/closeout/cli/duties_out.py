"""Every instance into one file, Parquet or CSV, without holding them all in memory."""

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from closeout.duties.instances import INSTANCE
from closeout.duties.listing import batches

if TYPE_CHECKING:
    from closeout.duties.listing import Asked
    from closeout.engines import Engine


def write_out(engine: "Engine", asked: "Asked", path: Path) -> int:
    """Write every instance asked for, and return how many there were.

    The file appears when it is whole.

    Raises:
        OSError: It cannot be written.

    """
    part = path.with_name(path.name + ".part")
    rows = 0
    try:
        with _writer(part, is_csv=path.suffix == ".csv") as writer:
            for batch in batches(engine, asked):
                writer.write_batch(batch)
                rows += batch.num_rows
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return rows


def _writer(path: Path, *, is_csv: bool) -> "arrow_csv.CSVWriter | pq.ParquetWriter":
    return (
        arrow_csv.CSVWriter(path, INSTANCE)
        if is_csv
        else pq.ParquetWriter(path, INSTANCE, compression="zstd")
    )
