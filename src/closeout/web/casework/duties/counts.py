"""The counts by office that stand beside the duty table, kept equal to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa

from closeout.duties.clauses import State
from closeout.web.casework.models import Duty, DutyCount, SubjectCount

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from closeout.engines.databases import Database

_ALIKE = pa.schema(
    [
        pa.field("office_id", pa.string()),
        pa.field("duty", pa.string()),
        pa.field("state", pa.string()),
        pa.field("is_open", pa.bool_()),
        pa.field("is_missed", pa.bool_()),
        pa.field("opens_on", pa.date32()),
        pa.field("due_on", pa.date32()),
        pa.field("last_day", pa.date32()),
        pa.field("overdue_from", pa.date32()),
        pa.field("rows", pa.int64()),
    ]
)
_SUBJECTS = pa.schema(
    [
        pa.field("office_id", pa.string()),
        pa.field("duty", pa.string()),
        pa.field("behind_from", pa.date32()),
        pa.field("rows", pa.int64()),
    ]
)
_TYPES = {pa.string(): pl.String, pa.bool_(): pl.Boolean, pa.date32(): pl.Date}
_READ = {"subject": pl.String} | {field.name: _TYPES[field.type] for field in _ALIKE if field.name != "rows"}
"""The columns of a duty that the counts rest on."""
_MOVING = pl.col("is_open") & (pl.col("state") != State.ON_HOLD.value)


class Counting:
    """Counts duties while they are written, one duty after another."""

    def __init__(self) -> None:
        self._open: list[pl.DataFrame] = []
        self._alike: list[pl.DataFrame] = []
        self._subjects: list[pl.DataFrame] = []

    def take(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Count rows of the duty at hand, and return them."""
        rows = pl.DataFrame(pl.from_arrow(batch.select(list(_READ))))
        self._alike.append(_alike(rows))
        self._open.append(rows.filter("is_open"))
        return batch

    def end_duty(self) -> None:
        """Take the duty at hand as whole: its subjects are all there."""
        if self._open:
            self._subjects.append(_subjects(pl.concat(self._open)))
        self._open.clear()

    def write(self, database: Database) -> None:
        """Replace the counts; call it in the transaction that puts the duties in place."""
        for model, parts, schema in (
            (DutyCount, self._alike, _ALIKE),
            (SubjectCount, self._subjects, _SUBJECTS),
        ):
            table = model._meta.db_table  # noqa: SLF001 - Django's public _meta
            database.execute(f'DELETE FROM "{table}"')  # noqa: S608 - our own table
            if parts:
                # An office's rows lie together, as they are read.
                rows = _summed(parts, schema).sort("office_id", "duty").to_arrow().cast(schema)
                database.copy_in(table, schema, rows.to_batches())


def change(*, before: Iterable[Duty], after: Iterable[Duty]) -> None:
    """Bring the counts up to date with what was taken out of the duty table and put in, in one transaction.

    A subject's duties must be all among the rows, or none: those of a case are.
    """
    old, new = _frame(before), _frame(after)
    less = pl.col("rows") * -1
    DutyCount.objects.bulk_create(
        DutyCount(**row) for row in _summed([_alike(new), _alike(old).with_columns(less)], _ALIKE).to_dicts()
    )
    SubjectCount.objects.bulk_create(
        SubjectCount(**row)
        for row in _summed([_subjects(new), _subjects(old).with_columns(less)], _SUBJECTS).to_dicts()
    )


def _frame(duties: Iterable[Duty]) -> pl.DataFrame:
    return pl.DataFrame([{name: getattr(duty, name) for name in _READ} for duty in duties], schema=_READ)


def _alike(duties: pl.DataFrame) -> pl.DataFrame:
    """Return how many duties of an office are alike, with the dates that their counts ask for."""
    dates = [pl.when(_MOVING).then(name).alias(name) for name in ("opens_on", "due_on", "overdue_from")]
    held = duties.filter(pl.col("office_id").is_not_null()).with_columns(dates)
    return held.group_by(_ALIKE.names[:-1]).agg(rows=pl.len().cast(pl.Int64))


def _subjects(duties: pl.DataFrame) -> pl.DataFrame:
    """Return how many subjects of an office's duty have an open instance, by when they fall behind."""
    held = duties.filter(pl.col("office_id").is_not_null(), "is_open")
    first = held.group_by("office_id", "duty", "subject").agg(
        behind_from=pl.when(_MOVING).then("overdue_from").min()
    )
    return first.group_by(_SUBJECTS.names[:-1]).agg(rows=pl.len().cast(pl.Int64))


def _summed(parts: Sequence[pl.DataFrame], schema: pa.Schema) -> pl.DataFrame:
    """Return the counts of the parts together, without those that cancel out."""
    whole = pl.concat(parts).group_by(schema.names[:-1]).agg(pl.col("rows").sum())
    return whole.filter(pl.col("rows") != 0)
