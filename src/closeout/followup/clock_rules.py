"""The rules that set clocks running, as data: who owes what, from which event, within what time.

A rule is marked `SEEN` when its text was read in a public source and `RECALLED` when it was
not: a recalled one is shown with that mark, and a person checks it before relying on it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase


class EventKind(StrEnum):
    """What starts a clock or stops it."""

    REPORT_ISSUED = "report-issued"
    RESPONSE_SENT = "response-sent"
    MANAGEMENT_DECISION = "management-decision"
    STATEMENT_TO_CONGRESS = "statement-to-congress"
    IMPLEMENTED = "implemented"
    CLOSEOUT_LETTER_SENT = "closeout-letter-sent"
    FINAL_ACTION = "final-action"
    IG_REPORT_TRANSMITTED = "ig-report-transmitted"
    MANAGEMENT_REPORT_SENT = "management-report-sent"


class Party(StrEnum):
    """Who owes what a clock asks for."""

    AGENCY = "agency"
    AGENCY_HEAD = "agency-head"
    INSPECTOR_GENERAL = "inspector-general"


class Mark(StrEnum):
    """How sure we are of a rule's words."""

    SEEN = "seen"
    RECALLED = "recalled"


class Unit(StrEnum):
    """What a rule counts in. Months and years are the calendar's; days are calendar days."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One rule that gives somebody so long from an event to do something.

    Attributes:
        code: Stable short name.
        title: What is owed, in words for people.
        citation: Where the rule stands.
        mark: Whether its text was read or is recalled.
        starts: The event that starts the clock.
        amount, unit: How long after that day the thing is due; it is on time on the due day.
        met_by: The events that discharge it.
        owed_by: Who owes it.
        issuers: Keys of the issuers whose reports it holds for; `*` stands for any letters.
        since, until: The first and the last day of the start event that it holds for.

    """

    code: str
    title: str
    citation: str
    mark: Mark
    starts: EventKind
    amount: int
    unit: Unit
    met_by: frozenset[EventKind]
    owed_by: Party = Party.AGENCY
    issuers: tuple[str, ...] = ("*",)
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        """Refuse a rule that gives no time."""
        if self.amount <= 0:
            msg = f"{self.code} must give at least one of its {self.unit.value}"
            raise ValueError(msg)

    def holds_for(self, issuer: str) -> bool:
        """Say whether the rule holds for the reports of an issuer, given by key."""
        return any(fnmatchcase(issuer, pattern) for pattern in self.issuers)

    def lasting(self, amount: int) -> ClockRule:
        """Return the rule with another amount, as where one report shortens its response time."""
        return replace(self, amount=amount)


GAO_STATEMENT_CHANGE = date(2019, 1, 3)

RULES: tuple[ClockRule, ...] = (
    ClockRule(
        code="a50-resolution",
        title="Resolve: decide on the corrective action",
        citation="OMB Circular A-50 (1982)",
        mark=Mark.SEEN,
        starts=EventKind.REPORT_ISSUED,
        amount=6,
        unit=Unit.MONTHS,
        met_by=frozenset({EventKind.MANAGEMENT_DECISION, EventKind.FINAL_ACTION}),
    ),
    ClockRule(
        code="dhs-response",
        title="Answer the inspector general in writing",
        citation="DHS Directive 077-01",
        mark=Mark.SEEN,
        starts=EventKind.REPORT_ISSUED,
        amount=90,
        unit=Unit.DAYS,
        met_by=frozenset({EventKind.RESPONSE_SENT, EventKind.MANAGEMENT_DECISION, EventKind.FINAL_ACTION}),
        issuers=("dhs-oig",),
    ),
    ClockRule(
        code="gao-statement",
        title="Send Congress the written statement on GAO's recommendations",
        citation="31 USC 720(b)",
        mark=Mark.SEEN,
        starts=EventKind.REPORT_ISSUED,
        amount=180,
        unit=Unit.DAYS,
        met_by=frozenset({EventKind.STATEMENT_TO_CONGRESS}),
        owed_by=Party.AGENCY_HEAD,
        issuers=("gao",),
        since=GAO_STATEMENT_CHANGE,
    ),
    ClockRule(
        code="gao-statement-before-2019",
        title="Send Congress the written statement on GAO's recommendations",
        citation="31 USC 720(b) before its change in 2019",
        mark=Mark.RECALLED,
        starts=EventKind.REPORT_ISSUED,
        amount=60,
        unit=Unit.DAYS,
        met_by=frozenset({EventKind.STATEMENT_TO_CONGRESS}),
        owed_by=Party.AGENCY_HEAD,
        issuers=("gao",),
        until=date(2019, 1, 2),
    ),
    ClockRule(
        code="closeout-letter",
        title="Send the closeout letter with evidence of completion",
        citation="DHS OIG closure practice",
        mark=Mark.SEEN,
        starts=EventKind.IMPLEMENTED,
        amount=30,
        unit=Unit.DAYS,
        met_by=frozenset({EventKind.CLOSEOUT_LETTER_SENT, EventKind.FINAL_ACTION}),
        issuers=("dhs-oig",),
    ),
    ClockRule(
        code="gao-ig-act",
        title="Finish, or list it with the budget justification",
        citation="GAO-IG Act, Public Law 115-414, section 2(b)",
        mark=Mark.SEEN,
        starts=EventKind.REPORT_ISSUED,
        amount=1,
        unit=Unit.YEARS,
        met_by=frozenset({EventKind.FINAL_ACTION}),
        owed_by=Party.AGENCY_HEAD,
        issuers=("gao", "*-oig"),
    ),
    ClockRule(
        code="ig-management-report",
        title="Send Congress management's own report",
        citation="5 USC 405(c)",
        mark=Mark.RECALLED,
        starts=EventKind.IG_REPORT_TRANSMITTED,
        amount=30,
        unit=Unit.DAYS,
        met_by=frozenset({EventKind.MANAGEMENT_REPORT_SENT}),
        owed_by=Party.AGENCY_HEAD,
        issuers=("*-oig",),
    ),
    ClockRule(
        code="denali-response",
        title="Answer the inspector general in writing",
        citation="Denali Commission OIG practice",
        mark=Mark.SEEN,
        starts=EventKind.REPORT_ISSUED,
        amount=30,
        unit=Unit.DAYS,
        met_by=frozenset({EventKind.RESPONSE_SENT, EventKind.MANAGEMENT_DECISION, EventKind.FINAL_ACTION}),
        issuers=("denali-oig",),
    ),
)


@dataclass(frozen=True, slots=True)
class CalendarRule:
    """A rule with fixed days in the year: a report on a period that ends on a given day.

    `periods` lists `(month, day)` of a period's end and of the day its report is due.
    """

    code: str
    title: str
    citation: str
    mark: Mark
    owed_by: Party
    periods: tuple[tuple[tuple[int, int], tuple[int, int]], ...]


SEMIANNUAL = CalendarRule(
    code="ig-semiannual",
    title="Inspector general's semiannual report",
    citation="5 USC 405(b)",
    mark=Mark.SEEN,
    owed_by=Party.INSPECTOR_GENERAL,
    periods=(((3, 31), (4, 30)), ((9, 30), (10, 31))),
)
