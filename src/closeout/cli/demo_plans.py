"""The demonstration's questions to the simulation: asked here, run by the site's own worker once it serves.

To run them takes longer than a demonstration should take to start.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from closeout.simulation.changes import Detail, Some
from closeout.web.staffing.actions.scenarios import ask_curve, ask_scenario, make_scenario

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User

RUNS = 10
"""Years of each: enough to look around in."""
_AHEAD, _DAYS = timedelta(days=60), 45


def ask_plans(director: User, office_id: str, *, today: date) -> None:
    """Put a scenario of an office, two officers detailed for 45 days, and its curve in the queue.

    Args:
        director: Who asks; of the office.
        office_id: The office.
        today: The day the records stand as of.

    """
    detail = Detail(officers=Some(count=2), from_on=today + _AHEAD, days=_DAYS)
    made = make_scenario(
        by=director,
        office_id=office_id,
        code="DETAIL-45",
        title="Two officers detailed for 45 days",
        changes=[detail],
    )
    ask_scenario(by=director, scenario_id=made.pk, replications=RUNS)
    ask_curve(by=director, office_id=office_id, replications=RUNS)
