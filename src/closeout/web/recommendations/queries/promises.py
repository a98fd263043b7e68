"""Promise ledgers as pages show them: one recommendation's, and all of the register's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.followup.ledger import ledger
from closeout.followup.promises import Fulfilment, Ledger, LedgerLine, Outcome
from closeout.reading.model import PromiseKind
from closeout.web.recommendations.facts import exact, gather, sighting
from closeout.web.recommendations.queries.places import Place, distinct, load_captures, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from closeout.web.recommendations.facts import Facts
    from closeout.web.recommendations.models import PromiseObservation, Recommendation


OUTCOME_LABELS: Mapping[Outcome, str] = {
    Outcome.OPEN: "Not due yet",
    Outcome.KEPT: "Kept",
    Outcome.MISSED: "Missed",
    Outcome.UNKNOWN: "Not known whether kept",
}
KIND_LABELS = {
    "start": "Start",
    "draft": "Draft",
    "milestone": "Milestone",
    "completion": "Completion",
}


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise of a ledger, with the places that tell of it.

    `moved_to` is the due date that replaced it, as EDTF; None while it stands.
    """

    line: LedgerLine
    kind: str
    outcome: str
    moved_to: LedgerLine | None
    places: tuple[Place, ...]

    @property
    def share_percent(self) -> int:
        """Return the promised share, 0-100; 0 when no share is named."""
        return round(100 * (self.line.share or 0))

    @property
    def is_late(self) -> bool:
        """Say whether it was missed and nothing replaced it; what only news tell of does not count."""
        return self.line.outcome is Outcome.MISSED and self.moved_to is None and not self.line.is_second_hand


@dataclass(frozen=True, slots=True)
class RegisterPromise:
    """One promise in the register's ledger and the recommendation it was made about."""

    rec: Recommendation
    promise: PromiseLine


def promise_lines(book: Ledger, rows: Iterable[PromiseObservation]) -> tuple[PromiseLine, ...]:
    """Return a ledger's promises, oldest first, with their places.

    Args:
        book: The ledger.
        rows: The observations it was made from, their captures' documents loaded.

    """
    by_source = {sighting(row).source: row for row in rows}
    return tuple(
        PromiseLine(
            line=line,
            kind=KIND_LABELS[line.kind],
            outcome="Moved" if line.superseded_by is not None else OUTCOME_LABELS[line.outcome],
            moved_to=book.lines[line.superseded_by] if line.superseded_by is not None else None,
            places=distinct(
                place_of(row.capture, row.start, row.end)
                for each in line.sightings
                if (row := by_source[each.source]).capture is not None
            ),
        )
        for line in book.lines
    )


def register_promises(recs: Sequence[Recommendation], *, as_of: date) -> list[RegisterPromise]:
    """Return every promise about the given recommendations, in their order, oldest first in each.

    Args:
        recs: The recommendations, their reports loaded; those without a promise give nothing.
        as_of: The day to judge on.

    """
    facts = gather(recs)
    load_captures(facts.values())
    result: list[RegisterPromise] = []
    for rec in recs:
        known = facts[rec.pk]
        result.extend(
            RegisterPromise(rec, line) for line in promise_lines(book_of(known, as_of), known.promises)
        )
    return result


def book_of(facts: Facts, as_of: date) -> Ledger:
    """Return the promise ledger of one recommendation as of a day.

    A plan step that a person said is done meets the promised milestone of the same words.
    """
    done = tuple(
        Fulfilment(PromiseKind.MILESTONE, exact(step.done_on), step.text)
        for plan in facts.plans
        for step in plan.milestones.all()
        if step.done_on is not None
    )
    return ledger(facts.sightings, facts.events, as_of=as_of, fulfilments=done)
