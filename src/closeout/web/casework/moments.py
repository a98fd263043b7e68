"""Instants: a snapshot writes the office's own wall clock, the database keeps the instant in UTC."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import polars as pl
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Mapping

_OFFICE = "office_id"
_HOUR = pl.duration(hours=1)


class Clocks:
    """The time zone each office's days are counted in."""

    def __init__(self, zones: Mapping[str, str], default: str) -> None:
        """Take the zones.

        Args:
            zones: tz database names by office code; a name that the tz database lacks counts as `default`.
            default: The site's own zone, for rows without an office.

        """
        self._zones = {office: zone for office, zone in zones.items() if _is_zone(zone)}
        self._default = default

    def to_utc(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the rows with wall times turned to instants in UTC, still without a zone.

        A wall time that was shown twice is taken as the first; one that the clock skipped as an hour later.
        """
        return self._turned(batch, _instant)

    def to_wall(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return the rows with instants in UTC turned to the office's wall time."""
        return self._turned(batch, _wall)

    def _turned(self, batch: pa.RecordBatch, turn: _Turn) -> pa.RecordBatch:
        moments = [field.name for field in batch.schema if pa.types.is_timestamp(field.type)]
        if not moments or not batch.num_rows:
            return batch
        frame = pl.DataFrame(pl.from_arrow(batch.select(moments + self._office(batch))))
        turned = frame.select(self._expression(name, frame, turn).alias(name) for name in moments).to_arrow()
        arrays = [
            _one(turned.column(field.name), field.type) if field.name in moments else batch.column(field.name)
            for field in batch.schema
        ]
        return pa.RecordBatch.from_arrays(arrays, schema=batch.schema)

    def _expression(self, name: str, frame: pl.DataFrame, turn: _Turn) -> pl.Expr:
        expression = turn(pl.col(name), self._default)
        if _OFFICE not in frame.columns:
            return expression
        here = {self._zones.get(office, self._default) for office in frame[_OFFICE].unique() if office}
        for zone in sorted(here - {self._default}):
            offices = [office for office, its in self._zones.items() if its == zone]
            expression = (
                pl.when(pl.col(_OFFICE).is_in(offices)).then(turn(pl.col(name), zone)).otherwise(expression)
            )
        return expression

    @staticmethod
    def _office(batch: pa.RecordBatch) -> list[str]:
        return [_OFFICE] if _OFFICE in batch.schema.names else []


def _instant(column: pl.Expr, zone: str) -> pl.Expr:
    def at(wall: pl.Expr) -> pl.Expr:
        zoned = wall.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
        return zoned.dt.convert_time_zone("UTC").dt.replace_time_zone(None)

    return pl.coalesce(at(column), at(column + _HOUR))


def _wall(column: pl.Expr, zone: str) -> pl.Expr:
    return column.dt.replace_time_zone("UTC").dt.convert_time_zone(zone).dt.replace_time_zone(None)


def _one(column: pa.ChunkedArray, kind: pa.DataType) -> pa.Array:
    return column.combine_chunks().cast(kind)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


if TYPE_CHECKING:
    from collections.abc import Callable

    _Turn = Callable[[pl.Expr, str], pl.Expr]
