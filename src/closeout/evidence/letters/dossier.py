"""A dossier: everything there is on one recommendation, in one place, ready to be put into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from closeout.evidence.letters.about import SUPPRESSION
from closeout.evidence.letters.history import Step, steps
from closeout.evidence.letters.words import figure_words
from closeout.evidence.linking import is_of_others
from closeout.evidence.wording import span, target, verdict
from closeout.followup.statuses import POSITION_LABELS, STATUS_LABELS, is_closed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from closeout.evidence.assessment import Assessed, Assessment, NeedCovered
    from closeout.evidence.measures.measure import Measured, Result
    from closeout.followup.followed import Followed
    from closeout.followup.history import Event
    from closeout.followup.promises import Ledger


@dataclass(frozen=True, slots=True)
class FrozenItem:
    """One frozen result: what a letter says of it so that anyone can verify it.

    Attributes:
        measure: The measure's code; of what is no measure, its own, such as `staffing`.
        effective_on: The day the result is true of.
        frozen_at: When it was frozen, as ISO 8601 with its zone.
        result_sha256: Digest of the result.
        snapshot_sha256: Digest of the snapshot's manifest.
        query_sha256: Digest of the query's text; empty where none is kept.
        path: The file that holds it, relative to the assessment's folder; empty where it is not a file.
        engine: What computed it, with its version.
        title: What it is called; empty for a measure, which has its own title.
        under: Measures that rest on it where it is none itself: their dossiers hold it, too.
        says: What it comes to, in a sentence or two; empty for a measure, whose figure stands in the letter.

    """

    measure: str
    effective_on: date
    frozen_at: str
    result_sha256: str
    snapshot_sha256: str = ""
    query_sha256: str = ""
    path: str = ""
    engine: str = ""
    title: str = ""
    under: tuple[str, ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One recommendation with its history, needs, measures, frozen evidence and gaps.

    Attributes:
        agency: The agency that answers.
        as_of: The day all of it stands on.
        followed: The recommendation, its state and its promises.
        history: What was said and done, oldest first, the undated first of all.
        needs: What the auditor said is needed to close, and what covers it.
        measured: The measures linked to it, with their past periods and offices.
        frozen: The frozen results of these measures.
        gaps: What is missing to close it, a sentence each.
        verdict: What the records say of it, in words.
        sources: What was read, as the assessment has it.
        notes: What could not be read or computed.
        is_by_hand: Whether a person asks for closing on evidence that they put forward, and on no measure.

    """

    agency: str
    as_of: date
    followed: Followed
    history: tuple[Step, ...] = ()
    needs: tuple[NeedCovered, ...] = ()
    measured: tuple[Measured, ...] = ()
    frozen: tuple[FrozenItem, ...] = ()
    gaps: tuple[str, ...] = ()
    verdict: str = ""
    sources: Mapping[str, Any] | None = None
    notes: tuple[str, ...] = ()
    is_by_hand: bool = False

    @property
    def key(self) -> str:
        """Return the register's key of the recommendation."""
        return self.followed.entry.key

    @property
    def report(self) -> str:
        """Return the report's number; its title where it has none."""
        report = self.followed.report
        return report.number or f"“{report.title or report.key}”"

    @property
    def name(self) -> str:
        """Return the recommendation as a sentence names it: `recommendation 2 of OIG-17-51`."""
        number = self.followed.entry.number
        return f"recommendation {number} of {self.report}" if number else f"a recommendation of {self.report}"

    @property
    def ledger(self) -> Ledger:
        """Return the promises about it."""
        return self.followed.ledger

    @property
    def is_closed(self) -> bool:
        """Say whether the auditor has closed it."""
        return is_closed(self.followed.status)

    @property
    def is_ready(self) -> bool:
        """Say whether closing can be asked for: something is measured, and nothing is known to be missing."""
        return bool(self.measured) and not self.gaps

    @property
    def asks(self) -> bool:
        """Say whether the letter asks for closing: everything is there, or a person takes it upon them."""
        return self.is_ready or self.is_by_hand

    def covering(self, need: NeedCovered) -> tuple[Measured, ...]:
        """Return the measures that cover a need, in the dossier's order."""
        return tuple(each for each in self.measured if each.measure.code in need.measures)

    def covered_by(self, need: NeedCovered) -> tuple[str, ...]:
        """Return in words what covers a need: measures, then frozen results that are none."""
        titles = [each.measure.title for each in self.covering(need)]
        titles += [item.title for item in self.frozen if item.title and item.measure in need.measures]
        return tuple(titles) or need.measures

    def plain(self) -> dict[str, Any]:
        """Return all of it as JSON values."""
        followed, report = self.followed, self.followed.report
        position = followed.state.agency_position
        return {
            "key": self.key,
            "agency": self.agency,
            "as_of": self.as_of.isoformat(),
            "report": {"number": report.number, "title": report.title, "issuer": report.issuer}
            | {"issued": report.issued.edtf if report.issued else None},
            "number": followed.entry.number,
            "text": followed.entry.text,
            "addressed_to": list(followed.entry.agencies),
            "auditor_status": STATUS_LABELS[followed.status] if followed.status else None,
            "position": POSITION_LABELS[position] if position else None,
            "verdict": self.verdict,
            "is_ready": self.is_ready,
            "history": [step.plain() for step in self.history],
            "promises": [_plain_promise(self, place) for place in range(len(self.ledger.lines))],
            "needs": [
                {"text": need.text, "place": need.place, "covered_by": list(need.measures)}
                for need in self.needs
            ],
            "measures": [_plain_measured(each) for each in self.measured],
            "frozen": [_plain_frozen(each) for each in self.frozen],
            "gaps": list(self.gaps),
            "sources": dict(self.sources or {}),
            "suppression": SUPPRESSION,
            "notes": list(self.notes),
        }


def dossiers_of(
    assessment: Assessment,
    frozen: Iterable[FrozenItem] = (),
    events: Mapping[str, Sequence[Event]] | None = None,
) -> tuple[Dossier, ...]:
    """Return a dossier for each recommendation of an assessment, in its order.

    Args:
        assessment: The outcome of one run, with small counts withheld (`outward`).
        frozen: Frozen results of its measures.
        events: All that documents tell of each recommendation, by its key. Without them the history
            holds what stands on the day alone.

    """
    by_measure: dict[str, list[FrozenItem]] = {}
    for item in frozen:
        for code in (item.measure, *item.under):
            by_measure.setdefault(code, []).append(item)
    told = events or {}
    return tuple(_dossier(assessment, each, by_measure, told.get(each.key)) for each in assessment.assessed)


def _dossier(
    assessment: Assessment,
    assessed: Assessed,
    frozen: Mapping[str, Sequence[FrozenItem]],
    events: Sequence[Event] | None,
) -> Dossier:
    measured = tuple(assessment.measure(code) for code in assessed.measures)
    beside = [code for need in assessed.needs for code in (*need.measures, need.wants)]
    items = _frozen_of(measured, beside, frozen)
    return Dossier(
        agency=assessment.agency,
        as_of=assessment.as_of,
        followed=assessed.followed,
        history=steps(assessed.followed, events),
        needs=assessed.needs,
        measured=measured,
        frozen=items,
        gaps=tuple(_gaps(assessed, measured, items)),
        verdict=assessed.verdict,
        sources=assessment.sources,
        notes=tuple(note for note in assessment.notes if not is_of_others(note)),
    )


def _frozen_of(
    measured: Sequence[Measured], beside: Sequence[str], frozen: Mapping[str, Sequence[FrozenItem]]
) -> tuple[FrozenItem, ...]:
    """Return the frozen results of some measures, and last, each once, those that are no measures.

    Args:
        measured: The measures.
        beside: Codes of what is no measure and was asked for all the same.
        frozen: Frozen results by the codes of measures that they are of or that rest on them.

    """
    codes = [*(each.measure.code for each in measured), *beside]
    found = [item for code in codes for item in frozen.get(code, ())]
    return tuple(dict.fromkeys(sorted(found, key=lambda item: bool(item.title))))


def _gaps(assessed: Assessed, measured: Sequence[Measured], frozen: Sequence[FrozenItem]) -> list[str]:
    """Return what is missing: as assessed, uncovered needs at least, and results that nobody froze."""
    found = list(assessed.missing)
    said_already = " ".join(found)
    found += [need.lacks for need in assessed.needs if need.lacks and need.text not in said_already]
    kept = {item.measure for item in frozen}
    if unfrozen := [each.measure.title for each in measured if each.measure.code not in kept]:
        found.append(f"Not frozen as evidence yet: {'; '.join(unfrozen)}")
    return found


def _plain_promise(dossier: Dossier, place: int) -> dict[str, Any]:
    line = dossier.ledger.lines[place]
    return {
        "kind": line.kind.value,
        "what": line.what,
        "by": line.by,
        "due": line.due.edtf,
        "said_on": line.said_on.edtf if line.said_on else None,
        "outcome": line.outcome.value,
        "slip_days": line.slip_days,
        "moved_days": line.moved_days,
        "superseded_by": line.superseded_by,
        "is_second_hand": line.is_second_hand,
    }


def _plain_measured(each: Measured) -> dict[str, Any]:
    measure = each.measure
    return {
        "code": measure.code,
        "title": measure.title,
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "closes_when": measure.closes_when,
        "target": target(measure),
        "query": each.query,
        "total": _plain_result(each, each.total),
        "series": [_plain_result(each, result) for result in each.series],
        "breakdowns": [
            {
                "by": one.by,
                "title": one.title,
                "parts": [
                    {"label": one.labels[part.category or ""], **_plain_result(each, part)}
                    for part in one.parts
                ],
            }
            for one in each.breakdowns
        ],
    }


def _plain_result(each: Measured, result: Result) -> dict[str, Any]:
    figure = result.figure
    return {
        "when": span(result.since, result.until),
        "said": figure_words(figure, each.measure),
        "verdict": verdict(result),
        "outcome": figure.outcome.value,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
    }


def _plain_frozen(item: FrozenItem) -> dict[str, Any]:
    return {
        "measure": item.measure,
        "title": item.title,
        "effective_on": item.effective_on.isoformat(),
        "frozen_at": item.frozen_at,
        "result_sha256": item.result_sha256,
        "snapshot_sha256": item.snapshot_sha256,
        "query_sha256": item.query_sha256,
        "path": item.path,
        "engine": item.engine,
    }
