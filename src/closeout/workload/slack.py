"""Where hours that a scenario takes away come from: hours that stood unused, or work that is no longer done.

Of hours for cases some are worked and the rest is slack. Taken hours = slack taken + work less done, in every
replication and so in the mean. Where slack is large a detail displaces nothing; that is a result, not a gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from closeout.reading.countwords import agreeing, counted

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORKED = ("own", "cover", "office")


@dataclass(frozen=True, slots=True)
class Slack:
    """Hours over the days simulated, in the mean of the replications."""

    taken: float
    """Fewer for cases than as it is; below 0 there are more."""
    unused: float
    """For cases and not worked, as it is."""
    absorbed: float
    """Of the hours taken, those that would have stood unused."""
    less_work: float
    """Of the hours taken, those in which work would have been done; below 0 more is done."""

    @property
    def sentence(self) -> str:
        """Return in a sentence where the hours come from; empty where none are taken."""
        # Whole hours that add up: what is left undone is what the other two leave.
        taken, absorbed = round(self.taken), max(0, round(self.absorbed))
        undone = taken - absorbed
        if taken < 1:
            return ""
        said = f"{counted(taken, 'hour')} for cases {agreeing(taken, 'is', 'are')} taken away: "
        left = f"{undone:,} h of work {agreeing(undone, 'is', 'are')} not done"
        if not absorbed:
            return f"{said}none of them stood unused, {left}."
        slack = f"absorbed by slack of {self.unused:,.0f} h"
        if undone < 1:
            return f"{said}{slack}, no less work is done."
        return f"{said}{absorbed:,} h {slack}, {left}."


def slack_of(base: Mapping[str, Any], changed: Mapping[str, Any]) -> Slack | None:
    """Return where the hours come from that a scenario takes.

    Args:
        base: The hours of an outcome as it is: `Outcome.plain()["hours"]`.
        changed: Those of the scenario.

    Returns:
        None where an outcome does not say its hours.

    """
    try:
        there, worked = _means(base)
        then, done = _means(changed)
    except (KeyError, TypeError):
        return None
    unused = there - worked
    return Slack(there - then, unused, unused - (then - done), worked - done)


def _means(hours: Mapping[str, Any]) -> tuple[float, float]:
    return float(hours["available"]["mean"]), sum(float(hours[name]["mean"]) for name in _WORKED)
