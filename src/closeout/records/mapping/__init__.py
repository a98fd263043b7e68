"""Other people's tables, brought to the declared ones by a small file: names, dates, numbers, codes, rows.

Nothing is guessed. What a rule does not fit stays as it was written, for the check to refuse, and is
listed with its count; rows and columns that are left out are counted with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from closeout.records.mapping.apply import Mapped, Rate, apply_source
from closeout.records.mapping.lines import MappingError
from closeout.records.mapping.load import read_sources
from closeout.records.mapping.read import read_source
from closeout.records.mapping.spec import Form, Source

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

__all__ = ["Form", "Mapped", "Mapping", "MappingError", "Rate", "load_mapping", "read_source"]


@dataclass(frozen=True, slots=True)
class Mapping:
    """What one mapping file, or a folder of them, says."""

    sources: tuple[Source, ...]

    def source(self, file_name: str) -> Source | None:
        """Return what is said of a file: by its path below the folder first, then by its bare name."""
        for name in (file_name, file_name.rsplit("/", 1)[-1]):
            for source in self.sources:
                if fnmatchcase(name, source.pattern):
                    return source
        return None

    def form(self, file_name: str) -> Form | None:
        """Return how a file is written; None where nothing is said of it."""
        source = self.source(file_name)
        return source.form if source else None

    def tables(self, file_name: str) -> tuple[str, ...]:
        """Return the declared tables a file feeds; none where nothing is said of it."""
        source = self.source(file_name)
        return tuple(dict.fromkeys(table.table for table in source.tables)) if source else ()

    def is_whole(self, file_name: str) -> bool:
        """Return whether a file must be mapped in one piece: it keeps one row for each key."""
        source = self.source(file_name)
        return source is not None and any(table.one_each for table in source.tables)

    def apply(self, file_name: str, frame: pl.DataFrame) -> list[Mapped]:
        """Return what a file's rows become; none where nothing is said of the file.

        Args:
            file_name: The file, by its path below the folder or its bare name.
            frame: Rows as text, all or a chunk of them, with `_row` where it is a chunk.

        Raises:
            MappingError: The file lacks a column that the mapping uses.

        """
        source = self.source(file_name)
        return apply_source(source, file_name, frame) if source else []


def load_mapping(path: Path, *, beside: Path | None = None) -> Mapping:
    """Return the mapping in a YAML file, or in all those of a folder.

    Args:
        path: The file or folder.
        beside: The folder of the data, where code lists that the mapping names may lie, too.

    Raises:
        MappingError: A file cannot be read or names what is not there; says file, line and what to do.

    """
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not files:
        msg = f"{path} holds no mapping file (*.yaml)"
        raise MappingError(msg)
    return Mapping(tuple(source for file in files for source in read_sources(file, beside)))
