"""The ledger of promised dates: who promised what for when, what replaced it, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from closeout.reading.model import PromiseKind

if TYPE_CHECKING:
    from datetime import date

    from closeout.reading.dates import FuzzyDate
    from closeout.reading.model import Promise, Span


class Outcome(StrEnum):
    """What became of a promise, as of a day."""

    OPEN = "open"
    KEPT = "kept"
    MISSED = "missed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place where a promise was read.

    `source` names the document (a digest or a key), `said_on` is when it was promised as far as
    that document tells, `is_second_hand` marks news and the like.
    """

    promise: Promise
    source: str
    said_on: FuzzyDate | None = None
    is_second_hand: bool = False

    @property
    def span(self) -> Span:
        """Return where its words stand."""
        return self.promise.span


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """When a promised start, draft or milestone is known to have happened.

    It meets promises of its kind; with `what`, only those of the same words.
    """

    kind: PromiseKind
    on: FuzzyDate
    what: str = ""

    def __post_init__(self) -> None:
        """Refuse a completion: whether one is complete is the auditor's to say."""
        if self.kind is PromiseKind.COMPLETION:
            msg = "a completion is kept by the auditor's closing status, not by a fulfilment"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One promise, whatever number of documents repeat it.

    Attributes:
        kind, by, due, what, share: As first read; `by` in the fullest spelling.
        said_on: The earliest day it is known to have been said; None when nothing tells.
        sightings: Every place it was read, first-hand ones first.
        superseded_by: Place in the ledger of the later promise that replaced it; None while it stands.
        outcome: What became of it as of the ledger's day.
        slip_days: Calendar days from the latest day it can mean to the day it was done, or to
            the as-of day while it is missed; None where that is not known or does not apply.
        moved_days: Calendar days by which its successor's latest day is later (negative: earlier);
            None while it stands.

    """

    kind: PromiseKind
    by: str
    due: FuzzyDate
    what: str
    share: float | None
    said_on: FuzzyDate | None
    sightings: tuple[Sighting, ...]
    superseded_by: int | None = None
    outcome: Outcome = Outcome.OPEN
    slip_days: int | None = None
    moved_days: int | None = None

    @property
    def is_second_hand(self) -> bool:
        """Say whether only news and the like tell of it."""
        return all(sighting.is_second_hand for sighting in self.sightings)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The promises about one recommendation, oldest first, as of a day.

    `overdue` is the newest completion promise that stands, when its latest day has passed and
    the auditor's last word is an open status; else None.
    """

    as_of: date
    lines: tuple[LedgerLine, ...]
    overdue: LedgerLine | None = None

    @property
    def standing_completion(self) -> LedgerLine | None:
        """Return the newest first-hand completion promise that no later one replaced."""
        standing = [
            line
            for line in self.lines
            if line.kind is PromiseKind.COMPLETION and line.superseded_by is None and not line.is_second_hand
        ]
        return max(standing, key=newness, default=None)

    @property
    def total_slip_days(self) -> int:
        """Return the calendar days from the first promised completion to the one that stands."""
        newest = self.standing_completion
        first = [
            line for line in self.lines if line.kind is PromiseKind.COMPLETION and not line.is_second_hand
        ]
        return (newest.due.latest - first[0].due.latest).days if newest else 0


def newness(line: LedgerLine) -> tuple[int, int, str, str]:
    """Give the order of promises by when they were said, the undated first, then by their day."""
    said = line.said_on.latest.toordinal() if line.said_on else 0
    return (said, line.due.latest.toordinal(), line.due.edtf, line.by)
