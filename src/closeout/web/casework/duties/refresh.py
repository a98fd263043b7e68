"""Work out the duties of one case anew."""

from __future__ import annotations

import atexit
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING

import pyarrow as pa
from django.conf import settings
from django.db import transaction

from closeout.web.casework.duties.case_clauses import CaseClauses
from closeout.web.casework.duties.counts import change
from closeout.web.casework.models import Case, Duty, Office
from closeout.web.casework.moments import Clocks
from closeout.web.casework.stored import columns, record_models

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_lock = Lock()
_compiled: CaseClauses | None = None


def refresh_case(case_no: str, *, today: date) -> int:
    """Replace the duty rows of a case by what the pack's clauses list from its records now.

    Call it at the end of each action on a case, inside its transaction. The first call of a process on a day
    compiles the clauses it needs, about a fifth of a second each; later calls take about a tenth in all.

    Args:
        case_no: The case.
        today: The day the states are worked out for.

    Returns:
        How many rows the case has in the duty table.

    """
    clocks = Clocks(dict(Office.objects.values_list("office_id", "time_zone")), settings.TIME_ZONE)
    with _lock:
        clauses = _clauses(today)
        tables = {name: _rows(name, case_no, clocks) for name in clauses.needs}
        listed = clauses.run(tables)
    rows = [_duty(row) for batch in listed.to_batches() for row in clocks.to_utc(batch).to_pylist()]
    with transaction.atomic():
        # Two who refresh a case at once must not both count the old rows out.
        list(Case.objects.select_for_update().filter(pk=case_no).values_list("pk"))
        held = Duty.objects.filter(case_no=case_no)
        change(before=held, after=rows)
        held.delete()
        Duty.objects.bulk_create(rows)
    return len(rows)


def refresh_cases(cases: Iterable[str], *, today: date) -> int:
    """Do so for several cases; return how many rows they have."""
    return sum(refresh_case(case_no, today=today) for case_no in cases)


def _clauses(today: date) -> CaseClauses:
    global _compiled  # noqa: PLW0603 - one a process: compiling is what takes time
    if _compiled is None:
        _compiled = CaseClauses()
        atexit.register(_compiled.close)
    _compiled.stand_on(today)
    return _compiled


def _rows(table: str, case_no: str, clocks: Clocks) -> pa.Table:
    """Return a case's rows of a table as a snapshot would hold them, uncommitted ones included."""
    schema = columns(table)
    model = record_models()[table]
    attributes = {field.column: field.attname for field in model._meta.concrete_fields}  # noqa: SLF001 - Django's public _meta
    found = model._default_manager.filter(**{attributes["case_no"]: case_no}).values_list(  # noqa: SLF001 - Django's own name
        *(attributes[name] for name in schema.names)
    )
    rows = list(found)
    if not rows:
        return schema.empty_table()
    held = zip(*rows, strict=True)
    arrays = [pa.array(values, field.type) for values, field in zip(held, schema, strict=True)]
    return pa.Table.from_batches([clocks.to_wall(pa.RecordBatch.from_arrays(arrays, schema=schema))])


def _duty(row: dict[str, object]) -> Duty:
    """Return a row to be saved; instants come in UTC without a zone."""
    moments = {name: row[name] for name in ("due_at", "done_at")}
    zoned = {name: at.replace(tzinfo=UTC) for name, at in moments.items() if isinstance(at, datetime)}
    return Duty(**(row | zoned))
