"""Bring rows to what they should be, writing only what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection, models

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from django.db.models.options import Options

Row = TypeVar("Row", bound=models.Model)
_AT_ONCE = 200
_STATEMENTS_AT_ONCE = 1000


def manager(kind: type[Row]) -> models.Manager[Row]:
    """Return the plain manager of any kind of row."""
    return kind._default_manager  # noqa: SLF001 - Django's public name for it


def assign(row: models.Model, columns: Mapping[str, Any]) -> bool:
    """Set the columns of a row in memory; return whether any differed."""
    changed = False
    for name, value in columns.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    return changed


def save_changed(rows: Iterable[Row], fields: Iterable[str]) -> int:
    """Write the named fields of these rows; return how many rows were written.

    One prepared statement for all of them: Django's own bulk_update builds an expression for
    each value, which takes minutes where this takes a second.
    """
    changed = list(rows)
    if changed:
        meta = type(changed[0])._meta  # noqa: SLF001 - Django's public _meta
        columns = [meta.get_field(name) for name in fields]
        _execute(_update_of(meta, columns), [[*_values(row, columns), row.pk] for row in changed])
    return len(changed)


def insert(rows: Iterable[Row]) -> None:
    """Write new rows whose ids nobody needs, with one prepared statement."""
    fresh = list(rows)
    if fresh:
        meta = type(fresh[0])._meta  # noqa: SLF001 - Django's public _meta
        columns = [field for field in meta.concrete_fields if not field.primary_key]
        _execute(_insert_of(meta, columns), [_values(row, columns) for row in fresh])


def _update_of(meta: Options[Any], columns: Sequence[Any]) -> str:
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(field.column)} = %s" for field in columns)
    # Only names of our own tables and columns are put together here.
    return f"UPDATE {quote(meta.db_table)} SET {sets} WHERE {quote(str(meta.pk.column))} = %s"  # noqa: S608


def _insert_of(meta: Options[Any], columns: Sequence[Any]) -> str:
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in columns)
    marks = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608


def _values(row: models.Model, columns: Sequence[Any]) -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in columns]


def _execute(sql: str, values: Sequence[Sequence[Any]]) -> None:
    with connection.cursor() as cursor:
        for start in range(0, len(values), _STATEMENTS_AT_ONCE):
            cursor.executemany(sql, values[start : start + _STATEMENTS_AT_ONCE])


def sync_links(
    through: type[models.Model], owner: str, target: str, wanted: Mapping[int, AbstractSet[int]]
) -> None:
    """Make a many-to-many table hold, for each owner's id, exactly the wanted targets' ids."""
    owners = sorted(wanted)
    present: set[tuple[int, int]] = set()
    for start in range(0, len(owners), _AT_ONCE):
        some = owners[start : start + _AT_ONCE]
        rows = manager(through).filter(**{f"{owner}__in": some})
        present.update(rows.values_list(f"{owner}_id", f"{target}_id"))
    asked = {(one, other) for one, others in wanted.items() for other in others}
    for one, other in sorted(present - asked):
        manager(through).filter(**{f"{owner}_id": one, f"{target}_id": other}).delete()
    manager(through).bulk_create(
        [through(**{f"{owner}_id": one, f"{target}_id": other}) for one, other in sorted(asked - present)],
        batch_size=1000,
    )
