"""The activities that time is recorded by, as the pack lists them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from closeout.workload.activities import load_activities

if TYPE_CHECKING:
    from collections.abc import Mapping

    from closeout.workload.activities import Activity


@cache
def activities() -> Mapping[str, Activity]:
    """Return the activities of the site's pack by code, in the order of the pack."""
    return {one.code: one for one in load_activities()}


def activity_title(code: str) -> str:
    """Return what the pack calls an activity; the code where the pack does not know it."""
    found = activities().get(code)
    return found.title if found else code


def find_activity(typed: str) -> Activity | None:
    """Return the activity meant: by its code or title, letter case apart, or the beginning of one only.

    Returns:
        The activity; None where nothing fits, or several begin so.

    """
    wanted = typed.strip().casefold()
    known = activities().values()
    for one in known:
        if wanted in (one.code.casefold(), one.title.casefold()):
            return one
    begin = [
        one
        for one in known
        if wanted and (one.code.casefold().startswith(wanted) or one.title.casefold().startswith(wanted))
    ]
    return begin[0] if len(begin) == 1 else None
