"""The rows one action writes, told by one audit event.

The event's `before` and `after` hold `table/key/column: value` for every column written, and
`case: number`, so that the log alone can put a row back as it was (`undo`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from closeout.web.audit import actions as audit
from closeout.web.casework.actions.refreshing import refresh
from closeout.web.casework.models import Record

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User
    from closeout.web.audit.models import Event

RowT = TypeVar("RowT", bound=Record)
VERSION = "row_version"
_BOOKKEEPING = frozenset({"row_source", "row_updated_at"})


class Writing:
    """Collects what an action writes, and writes the one event that tells of it."""

    def __init__(self, case_no: str | None) -> None:
        self.case_no = case_no
        self.before: dict[str, Any] = {}
        self.after: dict[str, Any] = {"case": case_no} if case_no else {}

    def create(self, model: type[RowT], **values: object) -> RowT:
        """Return a new, saved row."""
        row: RowT = model._default_manager.create(row_source="entered", **values)  # noqa: SLF001 - public name
        for column, value in _columns(row).items():
            if value is not None:
                self.after[_name(row, column)] = value
        return row

    def change(self, row: Record, **values: object) -> None:
        """Set columns of a row and raise its version by one."""
        old = _columns(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.row_version += 1
        new = _columns(row)
        for column in old:
            if old[column] != new[column]:
                # Kept as first seen, should one action write a column twice.
                self.before.setdefault(_name(row, column), old[column])
                self.after[_name(row, column)] = new[column]
        row.save(update_fields=[*values, VERSION, "row_updated_at"])

    def remove(self, row: Record) -> None:
        """Take out a row that was made by mistake; its columns stay in the log."""
        for column, value in _columns(row).items():
            if value is not None:
                self.before[_name(row, column)] = value
        row.delete()

    def tell(self, action: str, target: Record, *, by: User | str, today: date, reason: str = "") -> Event:
        """Write the event, bring the case's duties up to date, and return the event."""
        event = audit.record(
            by=by,
            action=action,
            target=target,
            before=self.before or None,
            after=self.after,
            reason=reason,
        )
        if self.case_no:
            refresh(self.case_no, today=today)
        return event


def _columns(row: Record) -> dict[str, Any]:
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields  # noqa: SLF001 - Django's public _meta
        if not field.primary_key and field.attname not in _BOOKKEEPING
    }


def _name(row: Record, column: str) -> str:
    return f"{row.table}/{row.pk}/{column}"
