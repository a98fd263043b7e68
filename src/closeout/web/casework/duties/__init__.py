"""The site's table of duties: derived from the records by the pack's clauses, and kept up.

`refresh_case` after each action on a case, in the same transaction; `refresh_all` in the background. The
engine is imported when it is first needed: it takes a second that most commands can do without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.web.audit.actions import SYSTEM
from closeout.web.casework.duties.outcome import Refreshed, RefreshError, Step

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from closeout.web.accounts.models import User

__all__ = ["RefreshError", "Refreshed", "Step", "refresh_all", "refresh_case"]


def refresh_case(case_no: str, *, today: date) -> int:
    """Replace the duty rows of a case by what its records give now; see `refresh.refresh_case`."""
    from closeout.web.casework.duties import refresh  # noqa: PLC0415 - brings the engine

    return refresh.refresh_case(case_no, today=today)


def refresh_all(
    *, today: date, by: User | str = SYSTEM, told: Callable[[Step], None] = lambda _step: None
) -> Refreshed:
    """Replace the whole duty table and all findings; see `whole.refresh_all`."""
    from closeout.web.casework.duties import whole  # noqa: PLC0415 - brings the engine

    return whole.refresh_all(today=today, by=by, told=told)
