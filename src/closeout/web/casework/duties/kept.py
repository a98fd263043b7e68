"""Which instances the site keeps, and the three columns of its own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import ibis
import pyarrow as pa

from closeout.duties.clauses import OPEN_STATES, State
from closeout.duties.instances import INSTANCE
from closeout.web.casework.models.duty import KEPT_DAYS

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

STORED = pa.schema(
    [
        *INSTANCE,
        pa.field("is_open", pa.bool_(), nullable=False),
        pa.field("overdue_from", pa.date32()),
        pa.field("computed_on", pa.date32(), nullable=False),
    ]
)
"""The columns of the site's duty table, without its key."""


def kept(listing: ir.Table, today: date) -> ir.Table:
    """Return the instances of a listing that the site keeps, with the columns of `STORED`.

    The open ones, those without a basis, and those that closed or were due in the last `KEPT_DAYS` days.
    """
    since = ibis.literal(today - timedelta(days=KEPT_DAYS), type="date")
    is_open = listing.state.isin([state.value for state in OPEN_STATES])
    closed = ibis.coalesce(listing.done_on, listing.ended_on)
    is_recent = (closed >= since) | (listing.due_on >= since)
    rows = listing.filter(is_open | (listing.state == State.NO_BASIS.value) | is_recent.fill_null(False))
    # A clock in hours that stops during a day is overdue at the end of that day; others the day after.
    overdue_from = rows.due_at.notnull().ifelse(rows.due_on, rows.last_day + ibis.interval(days=1))
    return rows.mutate(
        is_open=rows.state.isin([state.value for state in OPEN_STATES]),
        overdue_from=overdue_from.cast("date"),
        computed_on=ibis.literal(today, type="date"),
    ).select(*STORED.names)
