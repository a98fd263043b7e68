"""Why an office cannot be simulated, in words that name the rows and what to do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from closeout.reading.countwords import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.simulation.model import OfficeModel, Officer

_NAMED = 5


def told_for(cases: int) -> str:
    """Return for how many cases nobody is there; empty where there are none."""
    return f" for its {counted(cases, 'case')}" if cases else ""


def told_no_hours(office_id: str, officers: Sequence[Officer]) -> str:
    """Return why an office without a single hour is not simulated, with its officers and unmet cases.

    Args:
        office_id: The office.
        officers: Its officers; one in brackets stands for cases that nobody leads.

    """
    names = [one.officer_no for one in officers if not one.officer_no.startswith("(")]
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    cases = sum(sum(one.cases.values()) for one in officers)
    who = f" ({', '.join(names[:_NAMED])}{more})" if names else ""
    left = f"nothing would ever be done on its {cases:,} case{'' if cases == 1 else 's'}"
    do = "correct contracted_hours, or give the cases to officers with hours"
    return f"office {office_id}: no officer has any hours{who}; {left}; {do}"


def wrong_names(model: OfficeModel) -> str:
    """Return which names stand twice in an office, or name nothing there; empty where all fit."""
    for named, names in (
        ("officer", [one.officer_no for one in model.officers]),
        ("duty", [one.code for one in model.duties]),
    ):
        if len(set(names)) < len(names):
            twice = sorted(name for name, count in Counter(names).items() if count > 1)
            return f"{named} {', '.join(twice)} stands there twice"
    known = {one.code for one in model.duties}
    asked = {one.after for one in model.duties if one.after} | {one.duty for one in model.backlog or ()}
    if unknown := sorted(asked - known):
        return f"there is no duty {', '.join(unknown)}"
    here = {one.role for one in model.officers}
    if nobody := sorted({role for one in model.duties for role in one.done_by} - here):
        return f"nobody has the role {', '.join(nobody)}, which does duties"
    return ""
