"""One recommendation's whole story as of a day: axes, timeline, promises, clocks, needs, conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.shortcuts import get_object_or_404

from closeout.followup.clocks import Clock, clocks
from closeout.followup.history import State, state_on
from closeout.reading.identity import issuer_key
from closeout.reading.model import StatementKind
from closeout.web.recommendations.facts import gather, homes
from closeout.web.recommendations.following import followed_from
from closeout.web.recommendations.models import (
    AuditorDecision,
    Capture,
    CaptureEvent,
    ClosureRequest,
    Conflict,
    Correction,
    Evidence,
    EvidenceCover,
    EvidenceState,
    Mention,
    Plan,
    Recommendation,
    ReviewItem,
    ReviewState,
    Statement,
)
from closeout.web.recommendations.needs import Need, needs_of
from closeout.web.recommendations.queries.places import Place, distinct, load_captures, place_of
from closeout.web.recommendations.queries.promises import PromiseLine, book_of, promise_lines
from closeout.web.recommendations.queries.timeline import Entry, Material, timeline
from closeout.web.recommendations.queries.words import Axes, StateWords, axes_of, state_words

if TYPE_CHECKING:
    from datetime import date

    from closeout.followup.followed import Followed
    from closeout.web.recommendations.facts import Facts


@dataclass(frozen=True, slots=True)
class ShownNeed:
    """One thing the auditor said is needed, and the evidence put forward for it."""

    need: Need
    place: Place
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """One value of a conflict and the places that say it."""

    value: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict between sources, side by side."""

    pk: int
    field: str
    claims: tuple[Claim, ...]
    resolution: str
    resolved_by: str


@dataclass(frozen=True, slots=True)
class Source:
    """One document that shows the recommendation, newest capture of it."""

    place: Place
    family: str
    is_secondary: bool
    is_complete: bool | None
    declared_total: int | None
    shown: int


@dataclass(frozen=True, slots=True)
class Story:
    """Everything the page of one recommendation shows, as of a day."""

    rec: Recommendation
    as_of: date
    axes: Axes
    state: State
    agencies: tuple[str, ...]
    sources: tuple[Source, ...]
    timeline: tuple[Entry, ...]
    promises: tuple[PromiseLine, ...]
    overdue: PromiseLine | None
    total_slip_days: int
    clocks: tuple[Clock, ...]
    needs: tuple[ShownNeed, ...]
    disputes: tuple[Dispute, ...]
    plan: Plan | None
    evidence: tuple[Evidence, ...]
    closures: tuple[ClosureRequest, ...]
    questions: tuple[ReviewItem, ...]
    followed: Followed

    @property
    def words(self) -> StateWords:
        """Return the state on the day in words."""
        return state_words(self.state)

    @property
    def promise_caption(self) -> str:
        """Return the caption of the promise table, with its counts."""
        made, late = len(self.promises), sum(line.is_late for line in self.promises)
        return f"{made} promised date{'' if made == 1 else 's'}, {late} missed, as of {self.as_of}"

    @property
    def evidence_caption(self) -> str:
        """Return the caption of the evidence table, with its counts."""
        accepted = sum(is_accepted(each) for each in self.evidence)
        count = len(self.evidence)
        return f"{count} piece{'' if count == 1 else 's'} of evidence, {accepted} accepted"


def find(pk: int) -> Recommendation:
    """Return a recommendation with its report and agencies, following merges; 404 when there is none."""
    found = get_object_or_404(
        Recommendation.objects.select_related("report").prefetch_related("agencies"), pk=pk
    )
    return find(found.merged_into_id) if found.is_retired and found.merged_into_id else found


def story(rec: Recommendation, *, as_of: date) -> Story:
    """Return the whole story of a recommendation as it was known to stand on a day."""
    facts = gather([rec])[rec.pk]
    load_captures([facts])
    material = _material(rec, facts)
    book = book_of(facts, as_of)
    lines = promise_lines(book, facts.promises)
    overdue = next((line for line in lines if book.overdue is not None and line.line is book.overdue), None)
    return Story(
        rec=rec,
        as_of=as_of,
        axes=axes_of(rec),
        state=state_on(facts.events, as_of),
        agencies=tuple(agency.name for agency in rec.agencies.all()),
        sources=_sources(rec),
        timeline=timeline(material, lines, as_of=as_of),
        promises=lines,
        overdue=overdue,
        total_slip_days=book.total_slip_days,
        clocks=clocks(facts.clock_events(rec.report), issuer=issuer_key(rec.report.issuer), as_of=as_of),
        needs=_needs(material),
        disputes=tuple(_dispute(each) for each in material.conflicts),
        plan=facts.plans[-1] if facts.plans else None,
        evidence=tuple(material.evidence),
        closures=tuple(material.closures),
        questions=tuple(
            ReviewItem.objects.filter(recommendation=rec, is_current=True, state=ReviewState.OPEN)
        ),
        followed=followed_from(rec, facts, as_of),
    )


def _material(rec: Recommendation, facts: Facts) -> Material:
    same = list(homes([rec.pk]))
    of_it = Q(recommendation__in=same)
    prefetch_related_objects(facts.progress, "by")
    prefetch_related_objects(facts.plans, "by")
    covers = Prefetch("covers", EvidenceCover.objects.select_related("need"))
    said = Statement.objects.filter(of_it, is_current=True).exclude(kind=StatementKind.STATUS)
    closures = ClosureRequest.objects.filter(of_it).select_related("requested_by", "decided_by")
    return Material(
        rec=rec,
        facts=facts,
        statements=list(said.select_related("capture__document").defer("capture__text", "capture__reading")),
        evidence=list(
            Evidence.objects.filter(of_it)
            .select_related("by")
            .prefetch_related("revisions__submitted_by", "revisions__reviewed_by", covers)
        ),
        closures=list(closures.order_by("requested_at", "pk")),
        decisions=list(
            AuditorDecision.objects.filter(of_it).select_related("recorded_by", "capture__document")
        ),
        conflicts=list(Conflict.objects.filter(of_it, is_current=True).select_related("resolved_by")),
        corrections=list(Correction.objects.filter(mention__recommendation__in=same).select_related("by")),
        differences=list(CaptureEvent.objects.filter(of_it).select_related("newer__document", "older")),
    )


def _needs(material: Material) -> tuple[ShownNeed, ...]:
    by_pk = {evidence.pk: evidence for evidence in material.evidence}
    return tuple(
        ShownNeed(
            need=need,
            place=place_of(need.statement.capture, need.statement.start, need.statement.end),
            evidence=tuple(by_pk[pk] for pk in need.evidence_ids if pk in by_pk),
        )
        for need in needs_of([material.rec.pk])[material.rec.pk]
    )


def _dispute(conflict: Conflict) -> Dispute:
    captures = Capture.objects.select_related("document").defer("text", "reading")
    found = captures.in_bulk({source["capture"] for each in conflict.values for source in each["sources"]})
    return Dispute(
        pk=conflict.pk,
        field=conflict.field.replace("_", " ").replace("-", " "),
        claims=tuple(
            Claim(
                str(each["value"]),
                distinct(
                    place_of(found[source["capture"]], source["start"], source["end"])
                    for source in each["sources"]
                    if source["capture"] in found
                ),
            )
            for each in conflict.values
        ),
        resolution=conflict.resolution,
        resolved_by=conflict.resolved_by.username if conflict.resolved_by else "",
    )


def _sources(rec: Recommendation) -> tuple[Source, ...]:
    mentions = (
        Mention.objects.filter(recommendation=rec, is_current=True)
        .select_related("capture__document")
        .defer("capture__text", "capture__reading", "record")
        .order_by("capture__document__origin", "-capture__got_at")
    )
    newest: dict[int, Mention] = {}
    for mention in mentions:
        newest.setdefault(mention.capture.document_id, mention)
    return tuple(
        Source(
            place=place_of(mention.capture, mention.text_start, mention.text_end),
            family=mention.capture.family,
            is_secondary=mention.capture.is_secondary,
            is_complete=mention.capture.is_complete,
            declared_total=mention.capture.declared_total,
            shown=mention.capture.shown,
        )
        for mention in newest.values()
    )


def is_accepted(evidence: Evidence) -> bool:
    """Say whether a second person accepted the newest revision; its revisions must be loaded."""
    revisions = list(evidence.revisions.all())
    return bool(revisions) and revisions[-1].state == EvidenceState.ACCEPTED
