"""Recommendations of the store as `followup` takes them, with what the agency put on record."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from closeout.followup.clock_rules import EventKind
from closeout.followup.followed import Followed
from closeout.followup.history import state_on
from closeout.followup.ledger import ledger
from closeout.followup.plans import Plan, PlannedStep
from closeout.followup.statuses import Progress
from closeout.reading.model import Money, RecommendationKind, Span
from closeout.reading.register import RegisterEntry, RegisterReport
from closeout.web.recommendations.facts import gather, homes
from closeout.web.recommendations.models import Mention
from closeout.web.recommendations.models.rules import fuzzy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from closeout.web.recommendations.facts import Facts
    from closeout.web.recommendations.models import Recommendation, Report
    from closeout.web.recommendations.models.register import RecommendationQuerySet

_AT_ONCE = 400


def follow(recommendations: RecommendationQuerySet, *, as_of: date) -> Iterator[Followed]:
    """Yield each recommendation with all that follows from it on a day, in the queryset's order.

    They are loaded a few hundred at a time, so that memory stays bounded.
    """
    ids = list(recommendations.values_list("pk", flat=True))
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        loaded = recommendations.model.objects.filter(pk__in=some).select_related("report")
        rows = {row.pk: row for row in loaded.prefetch_related("agencies")}
        facts, money = gather(rows.values()), _money(some)
        for pk in some:
            yield followed_from(rows[pk], facts[pk], as_of, money[pk])


def followed_from(rec: Recommendation, facts: Facts, as_of: date, money: tuple[Money, ...] = ()) -> Followed:
    """Return one recommendation, from facts that are gathered already, with all that follows on a day."""
    events = facts.events
    return Followed(
        entry=_entry(rec),
        report=_report(rec.report),
        state=state_on(events, as_of),
        ledger=ledger(facts.sightings, events, as_of=as_of),
        money=money,
        decided_on=_first(facts, rec.report, EventKind.MANAGEMENT_DECISION, as_of),
        final_action_on=_first(facts, rec.report, EventKind.FINAL_ACTION, as_of),
        justification=_justification(facts, as_of),
        plan=_plan(facts, as_of),
    )


def _entry(rec: Recommendation) -> RegisterEntry:
    return RegisterEntry(
        key=rec.key,
        report_key=rec.report.key,
        number=f"{rec.number}{rec.part}" or None,
        text=rec.text or None,
        kind=RecommendationKind(rec.kind),
        agencies=tuple(agency.name for agency in rec.agencies.all()),
        is_declared_only=rec.is_declared_only,
    )


def _report(report: Report) -> RegisterReport:
    return RegisterReport(
        key=report.key,
        issuer=report.issuer,
        number=report.number,
        title=report.title,
        issued=fuzzy(report, "issued"),
        declared_count=report.declared_count,
        is_cited_only=report.is_cited_only,
        is_unidentified=report.is_unidentified,
    )


def _first(facts: Facts, report: Report, kind: EventKind, as_of: date) -> date | None:
    """Return the last day that the first event of a kind can mean, when that is not after the as-of day."""
    days = [event.on.latest for event in facts.clock_events(report) if event.kind is kind]
    return min((day for day in days if day <= as_of), default=None)


def _justification(facts: Facts, as_of: date) -> str:
    """Return the newest words in which the agency accepts the risk of not acting."""
    said = [step.note for step in facts.progress if step.state == Progress.RISK_ACCEPTED and step.on <= as_of]
    return said[-1] if said else ""


def _plan(facts: Facts, as_of: date) -> Plan | None:
    """Return the newest plan: what, and each milestone with its day."""
    plans = [plan for plan in facts.plans if plan.at.date() <= as_of]
    if not plans:
        return None
    steps = [PlannedStep(each.text, each.due_on, each.done_on) for each in plans[-1].milestones.all()]
    return Plan(plans[-1].summary, tuple(steps))


def _money(ids: Sequence[int]) -> Mapping[int, tuple[Money, ...]]:
    """Return the amounts each recommendation carries, from the reading that lists most."""
    home = homes(ids)
    found: defaultdict[int, tuple[Money, ...]] = defaultdict(tuple)
    rows = Mention.objects.filter(recommendation__in=list(home), is_current=True).order_by("pk")
    for pk, record in rows.values_list("recommendation", "record"):
        amounts = tuple(
            Money(each["kind"], each["amount"], Span(each["start"], each["end"]))
            for each in record.get("money", [])
        )
        if pk is not None and len(amounts) > len(found[home[pk]]):
            found[home[pk]] = amounts
    return found
