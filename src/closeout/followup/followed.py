"""One recommendation with all that follows from it on a day, the row every table is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.followup.events import events_of
from closeout.followup.history import State, state_on
from closeout.followup.ledger import ledger, sightings_of
from closeout.followup.statuses import Progress, is_closed, is_open
from closeout.reading.model import AuditorStatus, Position

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from closeout.followup.plans import Plan
    from closeout.followup.promises import Ledger
    from closeout.reading.dates import FuzzyDate
    from closeout.reading.model import DocumentReading, Money
    from closeout.reading.register import Register, RegisterEntry, RegisterReport


@dataclass(frozen=True, slots=True)
class Followed:
    """A recommendation as of a day, with what the agency has put on record about it.

    Attributes:
        entry, report: What the register holds.
        state: The three axes on the day.
        ledger: Its promises on the day.
        money: What the auditor attaches to it.
        decided_on: The day of the management decision; None while there is none.
        final_action_on: The day of final action; None while there is none.
        agreed_amount: Whole US dollars that management agreed to disallow or to put to better use.
        justification: Why the agency will not do it, in its words; empty when not given.
        plan: When and how the agency will do it; None when not given.

    """

    entry: RegisterEntry
    report: RegisterReport
    state: State
    ledger: Ledger
    money: tuple[Money, ...] = ()
    decided_on: date | None = None
    final_action_on: date | None = None
    agreed_amount: int = 0
    justification: str = ""
    plan: Plan | None = None

    @property
    def issuer(self) -> str:
        """Return the issuer's key (`gao`, `dhs-oig`)."""
        return self.report.key.partition("/")[0]

    @property
    def issued(self) -> FuzzyDate | None:
        """Return when its report was issued, or None."""
        return self.report.issued

    @property
    def status(self) -> AuditorStatus | None:
        """Return what the auditor last printed, or None."""
        return self.state.auditor_status

    @property
    def is_open(self) -> bool:
        """Say whether the auditor's last word is an open status."""
        return is_open(self.status)

    @property
    def has_final_action(self) -> bool:
        """Say whether final action is recorded, or the auditor has closed it."""
        return self.final_action_on is not None or is_closed(self.status)

    @property
    def will_not_be_done(self) -> bool:
        """Say whether the agency, or the auditor's closing, says that it will not be implemented."""
        refused = self.state.agency_position is Position.NON_CONCUR
        accepted = self.state.agency_progress is Progress.RISK_ACCEPTED
        return refused or accepted or self.status is AuditorStatus.CLOSED_NOT_IMPLEMENTED

    @property
    def target(self) -> FuzzyDate | None:
        """Return the completion date that stands, or None."""
        line = self.ledger.standing_completion
        return line.due if line else None

    def amount(self, *kinds: str) -> int:
        """Return the whole US dollars of these kinds that the auditor attaches to it."""
        return sum(each.amount for each in self.money if each.kind in kinds)


def follow(register: Register, readings: Sequence[DocumentReading], *, as_of: date) -> tuple[Followed, ...]:
    """Return every recommendation of a register as of a day, from the documents alone."""
    reports = {report.key: report for report in register.reports}
    followed = []
    for entry in register.entries:
        events = events_of(entry, readings)
        records = [readings[document].records[record] for document, record in entry.records]
        followed.append(
            Followed(
                entry=entry,
                report=reports[entry.report_key],
                state=state_on(events, as_of),
                ledger=ledger(sightings_of(entry, readings), events, as_of=as_of),
                money=max((record.money for record in records), key=len, default=()),
            )
        )
    return tuple(followed)
