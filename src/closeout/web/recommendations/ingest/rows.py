"""Bring rows to what they should be, writing only what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

Row = TypeVar("Row", bound=models.Model)
_AT_ONCE = 200


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
    """Write the fields of rows that differ from the store; return how many rows were written."""
    changed = list(rows)
    if changed:
        manager(type(changed[0])).bulk_update(changed, list(fields), batch_size=_AT_ONCE)
    return len(changed)


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
