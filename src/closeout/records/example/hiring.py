"""What the example agency assumes of its hiring: fictional figures, in the file that `--hiring` takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

HIRING_FILE = "hiring.yaml"
YEARS = 3
"""From the day the records stand as of until the staff is wanted."""
SEATS = {"small": 12, "region": 48, "national": 120}
"""In each class of the academy, by the agency's size."""
_TEXT = """\
# What the example agency assumes of its hiring. The agency does not exist, and the figures are made up:
# write your own agency's before you send a plan to anybody.
office: all                 # an office's code, or all of them together
by: {by}              # the day the staff is wanted by
probability: 0.8            # of the staff being enough on that day
classes: {{seats: {seats}, every: 3}}   # seats in each class of the academy, months from one to the next
ceiling: none               # or the most persons on the rolls, the academy's included
lead: {{5: 0.3, 6: 0.4, 8: 0.3}}       # months a class takes to arrive, each with its chance
completion: 0.92            # share of the seats whose holders finish
ramp: [0.25, 0.25, 0.25, 0.5, 0.5, 0.5, 0.75, 0.75, 0.75]   # share of full work, by month since arriving
leaving: records            # what the officers' records of three years show, or a share a year
overtime: 0                 # the most, as a share of the present staff's hours
costs: {{seat: 3, officer_month: 1, overtime_month: 1.5}}   # in months of an officer's pay
history: 12                 # months of volumes that the forecast rests on
draws: 500
basis: Fictional figures of the example agency's academy, written by the example itself.
"""


def write_hiring(folder: Path, size: str, as_of: date) -> Path:
    """Write the example agency's hiring assumptions into a folder, and return the file.

    Args:
        folder: The snapshot's.
        size: Of the agency.
        as_of: The day the records stand as of.

    """
    path = folder / HIRING_FILE
    text = _TEXT.format(by=as_of + relativedelta(years=YEARS), seats=SEATS[size])
    path.write_text(text, encoding="utf-8")
    return path
