"""The folder a check writes: the accepted rows as a snapshot, the others with their reasons.

    OUT/manifest.json
    OUT/<table>/part-000.parquet …
    OUT/quarantine/<table>.parquet

All is written to `OUT.unfinished` first, which becomes OUT when everything is there.
"""

from __future__ import annotations

import errno
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa

from closeout.records.checking.chunks import LINE, ROW
from closeout.records.checking.parts import write_parts
from closeout.records.checking.sources import QUARANTINE
from closeout.records.checking.tally import AT, FILE, REASON, RULES
from closeout.records.snapshot import Manifest, Part, write_manifest
from closeout.records.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

UNFINISHED = ".unfinished"
_PIECES = ".pieces"
_FULL = ("no space left", "file too large", "quota")


class CannotWriteError(OSError):
    """The folder cannot be written; nothing of it is left behind."""


class OutFolder:
    """A folder that is being written."""

    def __init__(self, out: Path) -> None:
        """Make room beside the folder that is to be.

        Raises:
            CannotWriteError: The folder is there already and not empty, or cannot be made.

        """
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            msg = f"{out} is there already and not empty; name a new folder"
            raise CannotWriteError(msg)
        self.out = out
        self._folder = out.with_name(out.name + UNFINISHED)
        self._parts: dict[str, tuple[Part, ...]] = {}
        self._pieces = 0
        with self._told():
            shutil.rmtree(self._folder, ignore_errors=True)
            (self._folder / _PIECES).mkdir(parents=True)
            (self._folder / QUARANTINE).mkdir()

    def wants(self, table: str) -> None:
        """Want all columns."""

    def accept(self, table: str, rows: pl.DataFrame) -> None:  # noqa: ARG002 - one table at a time
        """Put accepted rows by, until the table is whole."""
        self._put_by("accepted", rows)

    def refuse(self, table: str, rows: pl.DataFrame) -> None:  # noqa: ARG002 - as above
        """Put refused rows by."""
        self._put_by("refused", rows)

    def close(self, table: str, files: list[str], late: pl.DataFrame) -> None:
        """Write a table's parts, sorted, and its quarantine."""
        with self._told():
            accepted, refused = (self._scanned(what) for what in ("accepted", "refused"))
            if accepted is not None and late.height:
                withdrawn = accepted.join(late.select(AT, RULES, REASON).lazy(), on=AT)
                self.refuse(table, _as_kept(table, withdrawn.collect(), files))
                accepted = accepted.join(late.lazy(), on=AT, how="anti", maintain_order="left")
                refused = self._scanned("refused")
            self._parts[table] = write_parts(table, accepted, self._folder)
            if refused is not None:
                refused.sink_parquet(self._folder / QUARANTINE / f"{table}.parquet", compression="zstd")
            shutil.rmtree(self._folder / _PIECES)
            (self._folder / _PIECES).mkdir()

    def finish(self, *, as_of: date, source: str, notes: dict[str, Any]) -> None:
        """Write the manifest and give the folder its name."""
        with self._told():
            (self._folder / _PIECES).rmdir()
            write_manifest(self._folder, Manifest(as_of, source, self._parts, notes=notes))
            if self.out.exists():
                self.out.rmdir()
            self._folder.replace(self.out)

    def abandon(self) -> None:
        """Remove what was written."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _put_by(self, what: str, rows: pl.DataFrame) -> None:
        if rows.is_empty():
            return
        with self._told():
            rows.write_ipc(self._folder / _PIECES / f"{what}-{self._pieces:06}.arrow", compression="lz4")
        self._pieces += 1

    def _scanned(self, what: str) -> pl.LazyFrame | None:
        pieces = sorted((self._folder / _PIECES).glob(f"{what}-*.arrow"))
        return pl.scan_ipc(pieces) if pieces else None

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn a failed write into one error that says what happened and what to do."""
        try:
            yield
        except CannotWriteError:
            raise
        except (OSError, pa.ArrowException, pl.exceptions.PolarsError) as error:
            self.abandon()
            number = getattr(error, "errno", None)
            is_full = number in {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
            if is_full or any(word in str(error).lower() for word in _FULL):
                msg = f"no room to write {self.out}: nothing of it is kept. Free space, or name another disk."
            else:
                msg = f"{self.out} cannot be written, nothing of it is kept: {error}"
            raise CannotWriteError(msg) from error


def _as_kept(table: str, rows: pl.DataFrame, files: list[str]) -> pl.DataFrame:
    """Return rows that were accepted at first as the quarantine keeps them."""
    names = pl.col(FILE).replace_strict(dict(enumerate(files)), return_dtype=pl.String)
    cells = [pl.col(name).cast(pl.String) for name in TABLES[table].column_names()]
    return (
        rows.group_by(AT, maintain_order=True)
        .agg(pl.all().exclude(RULES, REASON).first(), RULES, REASON)
        .select(
            names.alias(FILE),
            ROW,
            RULES,
            pl.col(REASON).list.join("; "),
            pl.lit(None, pl.String).alias(LINE),
            *cells,
        )
    )
