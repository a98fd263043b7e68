"""One instance of a duty: the columns that every compiled clause yields, in this order."""

from __future__ import annotations

import pyarrow as pa

INSTANCE = pa.schema(
    [
        pa.field("duty", pa.string(), nullable=False),
        pa.field("subject_table", pa.string(), nullable=False),
        # The key of the row that owes, as text.
        pa.field("subject", pa.string(), nullable=False),
        # Counted from 1 within the subject, by opened_on; 1 for shapes with one instance a row.
        pa.field("sequence", pa.int64(), nullable=False),
        pa.field("case_no", pa.string()),
        # Who owes it: of a closed instance the holder on the due date, of an open one today's.
        pa.field("office_id", pa.string()),
        pa.field("officer_no", pa.string()),
        # The trigger, the start of the interval, or the day the row came to be.
        pa.field("opened_on", pa.date32(), nullable=False),
        # due_on less the rule's lead.
        pa.field("opens_on", pa.date32()),
        # Moved by the days held. Null only where no rule was in force.
        pa.field("due_on", pa.date32()),
        # The instant, for clocks counted in hours; null otherwise.
        pa.field("due_at", pa.timestamp("us")),
        # due_on plus grace: overdue after this day (or, for hour clocks, after due_at).
        pa.field("last_day", pa.date32()),
        pa.field("done_on", pa.date32()),
        pa.field("done_at", pa.timestamp("us")),
        # The day the instance ended without being done: excused, or its subject ended.
        pa.field("ended_on", pa.date32()),
        pa.field("state", pa.string(), nullable=False),
        # Why: the excuse, the kind of hold, `subject_ended`, `no_rule_in_force`; empty otherwise.
        pa.field("reason", pa.string(), nullable=False),
        # policy/clause@in_force_from of the governing version; empty where none is.
        pa.field("rule", pa.string(), nullable=False),
        pa.field("days_held", pa.int64(), nullable=False),
        # Fell due and was not done by its last day, before it ended or the as-of date came. An office's
        # own fault never makes one.
        pa.field("is_missed", pa.bool_(), nullable=False),
    ]
)
