"""One timeline of a recommendation, newest first: what was said, promised, done and decided, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.reading.dates import FuzzyDate
from closeout.reading.model import StatementKind
from closeout.web.recommendations.models.rules import fuzzy
from closeout.web.recommendations.queries.changes import change_of
from closeout.web.recommendations.queries.places import Place, place_of
from closeout.web.recommendations.queries.words import position_label, progress_label, status_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from closeout.web.recommendations.facts import Facts
    from closeout.web.recommendations.models import (
        AuditorDecision,
        Capture,
        CaptureEvent,
        ClosureRequest,
        Conflict,
        Correction,
        Evidence,
        Recommendation,
        Statement,
    )
    from closeout.web.recommendations.queries.promises import PromiseLine

ISSUED = "Report issued"
KIND_TITLES = {
    StatementKind.REPORTED: "The auditor reported",
    StatementKind.UPDATE: "Update",
    StatementKind.NEED: "The auditor needs",
    StatementKind.MONITORING: "The auditor keeps watching",
    StatementKind.BENEFIT: "What it brings, says the auditor",
    StatementKind.PLACEHOLDER: "No update yet",
    StatementKind.CLOSURE_REQUEST: "The agency asked to close",
}
"""Positions, promises and statuses have entries of their own."""


@dataclass(frozen=True, slots=True)
class Material:
    """The rows a story is made of, their captures and persons loaded."""

    rec: Recommendation
    facts: Facts
    statements: Sequence[Statement]
    evidence: Sequence[Evidence]
    closures: Sequence[ClosureRequest]
    decisions: Sequence[AuditorDecision]
    conflicts: Sequence[Conflict]
    corrections: Sequence[Correction]
    differences: Sequence[CaptureEvent]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the timeline.

    `axis` says whose word it is: `auditor`, `agency`, `reading` (the system's) or `source`. `tone`
    is `late`, `kept`, `moved` or empty. `when` is None where nothing tells the date.
    """

    when: FuzzyDate | None
    title: str
    body: str
    axis: str
    place: Place | None = None
    by: str = ""
    tone: str = ""


def timeline(material: Material, promises: Sequence[PromiseLine], *, as_of: date) -> tuple[Entry, ...]:
    """Return the entries known on a day, newest first; the undated last, each group in reading order."""
    entries = [
        *_reports(material),
        *_said(material),
        *_statuses(material),
        *_positions(material),
        *_promises(promises),
        *_acts(material),
        *_closings(material),
        *_observed(material),
    ]
    # The same bytes under two names, or two captures of one page, say a thing once.
    once: dict[tuple[str, str, str, str], Entry] = {}
    for entry in entries:
        edtf = entry.when.edtf if entry.when else ""
        once.setdefault((entry.title, entry.body, entry.by, edtf), entry)
    known = [entry for entry in once.values() if entry.when is None or entry.when.earliest <= as_of]
    dated = [entry for entry in known if entry.when is not None]
    undated = [entry for entry in known if entry.when is None]
    return (*sorted(dated, key=_newest_first), *undated)


def _newest_first(entry: Entry) -> tuple[int, int, bool]:
    """Order by the last day an entry can mean; of one day, the report itself comes first, so stands last."""
    when = entry.when
    return (
        (-when.latest.toordinal(), -when.earliest.toordinal(), entry.title == ISSUED)
        if when
        else (0, 0, False)
    )


def _reports(material: Material) -> Iterator[Entry]:
    report = material.rec.report
    if issued := fuzzy(report, "issued"):
        yield Entry(issued, ISSUED, f"{report} {report.title}".strip(), "auditor")


def _said(material: Material) -> Iterator[Entry]:
    seen: set[tuple[str, str]] = set()
    for said in material.statements:
        title = KIND_TITLES.get(StatementKind(said.kind))
        if title is None or (said.kind, said.text) in seen:
            continue
        seen.add((said.kind, said.text))
        when = fuzzy(said, "said_on") or _dated(said.capture)
        place = place_of(said.capture, said.start, said.end)
        is_agency = said.kind in {StatementKind.UPDATE, StatementKind.CLOSURE_REQUEST}
        yield Entry(when, title, said.text, "agency" if is_agency else "auditor", place, said.by)


def _statuses(material: Material) -> Iterator[Entry]:
    for status in material.facts.statuses:
        when = fuzzy(status, "as_of")
        place = place_of(status.capture, status.start, status.end) if status.capture else None
        label = status_label(status.value)
        if status.basis == "inferred":
            share = f"{100 * (status.confidence or 0):.0f} %"
            body = f"No status is printed; the prose reads as “{label}” (confidence {share})."
            yield Entry(when, f"Reads as: {label}", body, "reading", place)
        elif status.capture is not None:
            yield Entry(when, f"Auditor says: {label}", f"Printed: “{status.printed}”", "auditor", place)


def _positions(material: Material) -> Iterator[Entry]:
    for position in material.facts.positions:
        when = fuzzy(position, "said_on") or (_dated(position.capture) if position.capture else None)
        place = place_of(position.capture, position.start, position.end) if position.capture else None
        title = f"Position: {position_label(position.value)}"
        yield Entry(
            when, title, f"“{position.printed}”" if position.printed else "", "agency", place, position.by
        )


def _promises(lines: Sequence[PromiseLine]) -> Iterator[Entry]:
    for each in lines:
        line = each.line
        when = line.said_on
        moved = f" Moved to {each.moved_to.due.edtf}." if each.moved_to else ""
        slip = f", {line.slip_days} days late" if line.slip_days and line.slip_days > 0 else ""
        outcome = moved or f" {each.outcome}{slip}."
        body = f"“{line.sightings[0].promise.printed}”{outcome}"
        tone = "moved" if each.moved_to else {"missed": "late", "kept": "kept"}.get(line.outcome.value, "")
        title = f"Promised: {each.kind.lower()} by {line.due.edtf}"
        yield Entry(when, title, body, "agency", each.places[0] if each.places else None, line.by, tone)


def _acts(material: Material) -> Iterator[Entry]:
    for step in reversed(material.facts.progress):
        yield Entry(
            _day(step.on), f"We say: {progress_label(step.state)}", step.note, "agency", by=step.by.username
        )
    for plan in reversed(material.facts.plans):
        body = f"{plan.summary} Owner: {plan.owner_office}."
        yield Entry(_day(plan.at.date()), "Corrective action plan", body, "agency", by=plan.by.username)
    for milestone in (step for plan in material.facts.plans for step in plan.milestones.all()):
        if milestone.done_on:
            late = (milestone.done_on - milestone.due_on).days
            tone, note = ("late", f", {late} days after its day.") if late > 0 else ("kept", ", on time.")
            yield Entry(
                _day(milestone.done_on),
                "Plan step done",
                milestone.text.rstrip(".") + note,
                "agency",
                tone=tone,
            )
    for evidence in material.evidence:
        for revision in evidence.revisions.all():
            body = (
                f"{evidence.title}: {revision.filename}, SHA-256 {revision.blob_id[:12]}…, {revision.state}."
            )
            when = _day(revision.submitted_at.date())
            yield Entry(
                when,
                f"Evidence, revision {revision.number}",
                body,
                "agency",
                by=revision.submitted_by.username,
            )


def _closings(material: Material) -> Iterator[Entry]:
    for closure in material.closures:
        when = _day(closure.requested_at.date())
        yield Entry(
            when, "Closure proposed", closure.uncovered_reason, "agency", by=closure.requested_by.username
        )
        if closure.sent_on:
            body = f"An answer is due by {closure.answer_due_on}." if closure.answer_due_on else ""
            yield Entry(_day(closure.sent_on), "Closure requested from the auditor", body, "agency")
    for decision in material.decisions:
        place = place_of(decision.capture) if decision.capture else None
        body = f"“{decision.printed}” {decision.reason}".strip()
        title = f"Auditor decided: {status_label(decision.status)}"
        yield Entry(_day(decision.on), title, body, "auditor", place, decision.recorded_by.username)
    for recorded in material.facts.recorded:
        yield Entry(_day(recorded.on), recorded.get_kind_display(), recorded.note, "agency")


def _observed(material: Material) -> Iterator[Entry]:
    for correction in material.corrections:
        body = f"{correction.field}: {correction.old!r} became {correction.new!r}. {correction.reason}"
        when = _day(correction.at.date())
        yield Entry(when, "Reading corrected", body, "source", by=correction.by.username)
    for event in material.differences:
        when = _dated(event.newer) or _day(event.at.date())
        change = change_of(event)
        title = f"Changed on the page: {change.kind.lower()}"
        yield Entry(when, title, change.words, "source", change.place)


def _dated(capture: Capture) -> FuzzyDate | None:
    return fuzzy(capture, "as_of") or fuzzy(capture, "report_date")


def _day(day: date) -> FuzzyDate:
    return FuzzyDate(day.isoformat(), day, day)
