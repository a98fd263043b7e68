"""What the window of each office takes in a month, beside what its rota gives: part of the office's need.

The window is a collateral duty: named officers stand there so many hours a week, which the ledger takes off
their hours for cases. How many hours it needs is not what the rota says but what its queue says
(`closeout.workload.window`). Those enter the need in place of the rota's, as WISN's individual allowance.
Check-ins at the window are served in these hours too, and their minutes are the check-in duty's: where the
pack counts that duty they are taken off here, so that no minute is needed twice.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.workload.figures import DeskHours
from closeout.workload.parameters import WEEKS_A_MONTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from closeout.duties.clauses import Pack
    from closeout.workload.supply import Supply
    from closeout.workload.window import Window

_HELD_IN = "check_ins"
UNKNOWN = "no contact of people who wait is recorded, so that no queue can say what the window takes"


def desk_hours(windows: Iterable[Window], officers: Supply, pack: Pack) -> Mapping[str, DeskHours]:
    """Return what the window takes in each office that has contacts or a rota.

    Args:
        windows: By the queue.
        officers: The hours, those on the rota among them.
        pack: Whether a duty counts the check-ins.

    """
    rota: dict[str, float] = {}
    offices = officers.officers["office_id"].to_list()
    for office, hours in zip(offices, officers.window.tolist(), strict=True):
        rota[office] = rota.get(office, 0.0) + hours
    counts_check_ins = any(one.owes == _HELD_IN and one.minutes for one in pack.clauses)
    sized = {window.office_id: window for window in windows}
    there = sorted({*sized, *(office for office, hours in rota.items() if hours > 0)})
    return {
        office: _desk(sized.get(office), rota.get(office, 0.0), counts_check_ins=counts_check_ins)
        for office in there
    }


def _desk(window: Window | None, rota: float, *, counts_check_ins: bool) -> DeskHours:
    if window is None or not window.slots:
        contacts = window.contacts_a_week * WEEKS_A_MONTH if window else 0.0
        reason = (window.reason if window else "") or UNKNOWN
        if rota > 0:
            reason += f"; the rota's {rota:,.0f} hours a month stand in the need"
        return DeskHours(contacts, None, 0.0, 0.0, rota, rota, reason)
    sized, serving, check_ins = (
        hours * WEEKS_A_MONTH
        for hours in (window.hours_a_week, window.serving_hours_a_week, window.check_in_hours_a_week)
    )
    check_ins *= counts_check_ins
    contacts = window.contacts_a_week * WEEKS_A_MONTH
    return DeskHours(contacts, sized, serving, check_ins, rota, max(sized - check_ins, 0.0), window.reason)


def together(desks: Iterable[DeskHours]) -> DeskHours | None:
    """Return the sums over offices; None where there are none. Sized are those whose arrivals are known."""
    listed = list(desks)
    if not listed:
        return None
    known = [one for one in listed if one.sized_hours is not None]
    made = DeskHours(
        sum(one.contacts for one in listed),
        sum(one.sized_hours or 0.0 for one in known) if known else None,
        sum(one.serving_hours for one in listed),
        sum(one.check_in_hours for one in listed),
        sum(one.rota_hours for one in listed),
        sum(one.need_hours for one in listed),
    )
    lacking = len(listed) - len(known)
    if not lacking:
        return made
    offices = "1 office" if lacking == 1 else f"{lacking} offices"
    return replace(made, reason=f"arrivals are not known at the window of {offices}, whose rota stands")
