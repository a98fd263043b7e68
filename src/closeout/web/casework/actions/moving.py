"""The days on a docket and with an officer, kept in step with the case: exactly one of each at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.web.casework.models import Assignment, DocketMembership

if TYPE_CHECKING:
    from closeout.web.casework.actions.held import Hand
    from closeout.web.casework.actions.writing import Writing


def end_assignments(hand: Hand, writing: Writing, *, role: str | None = None) -> None:
    """End the open assignments of a case; of one role only, if given."""
    rows = Assignment.objects.select_for_update().filter(case=hand.case, to_on__isnull=True)
    for row in rows.filter(role=role) if role else rows:
        writing.change(row, to_on=max(hand.on, row.from_on))


def end_docket(hand: Hand, writing: Writing) -> None:
    """End the open days of a case on its docket."""
    for row in DocketMembership.objects.select_for_update().filter(case=hand.case, to_on__isnull=True):
        writing.change(row, to_on=max(hand.on, row.from_on))


def move_docket(hand: Hand, writing: Writing, *, reason: str) -> DocketMembership:
    """End the open days on a docket and begin new ones, by what the case says of itself now."""
    end_docket(hand, writing)
    return writing.create(
        DocketMembership,
        case=hand.case,
        office=hand.case.office,
        docket=hand.case.docket,
        is_detained=hand.case.is_detained,
        from_on=hand.on,
        reason=reason,
    )
