"""The one place where actions have a case's duties worked out anew, so that tests can do without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.web.casework import duties

if TYPE_CHECKING:
    from datetime import date


def refresh(case_no: str, *, today: date) -> None:
    """Bring the duties of a case up to date, inside the action's transaction."""
    duties.refresh_case(case_no, today=today)
