"""The tables that pass between the parts of the workload: what each row says, in which unit."""

from __future__ import annotations

import pyarrow as pa

DIARY = pa.schema(
    [
        # One row an officer, week (its Monday), study and activity: what was recorded.
        pa.field("study", pa.string(), nullable=False),
        pa.field("office_id", pa.string(), nullable=False),
        pa.field("officer_no", pa.string(), nullable=False),
        pa.field("week", pa.date32(), nullable=False),
        pa.field("activity", pa.string(), nullable=False),
        pa.field("minutes", pa.float64(), nullable=False),
        # Duties the minutes cover; for stock activities, case-months open in the week, untouched included.
        pa.field("tasks", pa.float64(), nullable=False),
        pa.field("entries", pa.int64(), nullable=False),
    ]
)

VOLUMES = pa.schema(
    [
        # One row an office, officer, docket, activity and month: how often the work is called for.
        pa.field("office_id", pa.string(), nullable=False),
        # Null where nobody leads the case, or the duty is the office's.
        pa.field("officer_no", pa.string()),
        # Null for duties that are not about a case.
        pa.field("docket", pa.string()),
        pa.field("activity", pa.string(), nullable=False),
        # The month's first day.
        pa.field("month", pa.date32(), nullable=False),
        # Duties the rules call for in the month, were each done on time; case-months for stock activities.
        pa.field("owed", pa.float64(), nullable=False),
        # Duties discharged in the month.
        pa.field("done", pa.float64(), nullable=False),
    ]
)

LEDGER = pa.schema(
    [
        # One row an officer and week (its Monday): absent + detailed + collateral + support + case = paid.
        pa.field("officer_no", pa.string(), nullable=False),
        pa.field("office_id", pa.string(), nullable=False),
        pa.field("role", pa.string(), nullable=False),
        pa.field("week", pa.date32(), nullable=False),
        # All in hours.
        pa.field("paid", pa.float64(), nullable=False),
        pa.field("absent", pa.float64(), nullable=False),
        pa.field("detailed", pa.float64(), nullable=False),
        pa.field("collateral", pa.float64(), nullable=False),
        pa.field("support", pa.float64(), nullable=False),
        pa.field("case", pa.float64(), nullable=False),
    ]
)
