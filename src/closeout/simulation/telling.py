"""Why an office cannot be simulated, in words that name the rows and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.simulation.model import Officer

_NAMED = 5


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
