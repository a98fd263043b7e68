"""The tables that can be taken out: the register, its promises, and those the laws ask for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.utils.timezone import localdate

from closeout.followup.clock_rules import RULES, SEMIANNUAL
from closeout.followup.clocks import periods
from closeout.followup.gao_ig_tables import gao_list, ig_list, status_report
from closeout.followup.history import state_on
from closeout.followup.semiannual_tables import (
    better_use,
    no_final_action,
    outstanding,
    questioned_costs,
    undecided,
)
from closeout.followup.tables import Column, Figure, Table
from closeout.web.recommendations.facts import gather, homes
from closeout.web.recommendations.following import follow
from closeout.web.recommendations.models import Mention, Recommendation
from closeout.web.recommendations.models.rules import fuzzy
from closeout.web.recommendations.queries.listing import Filters, Order, ordered, select
from closeout.web.recommendations.queries.promises import register_promises
from closeout.web.recommendations.queries.words import position_label, progress_label, status_label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from closeout.followup.history import State
    from closeout.followup.tables import Cell
    from closeout.web.recommendations.queries.promises import PromiseLine

_AT_ONCE = 400
_RULE_TITLES = {rule.code: rule.title for rule in RULES}
_SOURCE = "the documents named in each row, as this store read them"

REGISTER_COLUMNS = (
    Column("key", "Key"),
    Column("report", "Report"),
    Column("title", "Title"),
    Column("issued", "Issued", "date, EDTF"),
    Column("number", "Recommendation"),
    Column("text", "Text"),
    Column("agencies", "Agencies"),
    Column("auditor_status", "Auditor says"),
    Column("auditor_printed", "As printed"),
    Column("auditor_as_of", "Auditor's word as of", "date, EDTF"),
    Column("reads_as", "Reads as (nothing printed)"),
    Column("confidence_percent", "Certainty of that reading", "percent"),
    Column("progress", "Agency says"),
    Column("position", "Position"),
    Column("position_printed", "Position as printed"),
    Column("position_by", "Position of"),
    Column("promise", "Completion promised for", "date, EDTF"),
    Column("promise_latest", "Latest day that can mean", "date"),
    Column("promise_by", "Promised by"),
    Column("days_late", "Late", "days"),
    Column("promises_made", "Promises made", "promises"),
    Column("clock", "Next owed under a rule"),
    Column("clock_due_on", "Owed by", "date"),
    Column("needs", "Auditor's needs", "needs"),
    Column("needs_covered", "Of them covered", "needs"),
    Column("owner", "Owner"),
    Column("is_priority", "Priority"),
    Column("has_conflict", "Sources in conflict"),
    Column("has_incomplete_source", "Source incomplete"),
    Column("documents", "Documents"),
)

PROMISE_COLUMNS = (
    Column("key", "Key"),
    Column("report", "Report"),
    Column("number", "Recommendation"),
    Column("kind", "Promised"),
    Column("what", "What"),
    Column("share_percent", "Share", "percent"),
    Column("promised_by", "By"),
    Column("said_on", "Said on", "date, EDTF"),
    Column("due", "Due", "date, EDTF"),
    Column("due_latest", "Latest day that can mean", "date"),
    Column("outcome", "Outcome"),
    Column("slip_days", "Slip", "days"),
    Column("moved_to", "Moved to", "date, EDTF"),
    Column("moved_days", "Moved by", "days"),
    Column("places", "Where it stands"),
)


def register_table(
    filters: Filters, *, as_of: date, order: Order = Order.REPORT, is_descending: bool = False
) -> Table:
    """Return the recommendations under the filters, one a row, as they stood on a day."""
    found = ordered(select(filters, as_of=as_of), order, is_descending=is_descending)
    rows = list(_register_rows(list(found.values_list("pk", flat=True)), as_of))
    total = Recommendation.objects.listed().count()
    shown = Figure("Recommendations shown, of all in the register", len(rows), total, as_of)
    return Table(
        "register", "Recommendations", _SOURCE, as_of, REGISTER_COLUMNS, tuple(rows), figures=(shown,)
    )


def _register_rows(ids: Sequence[int], as_of: date) -> Iterator[tuple[Cell, ...]]:
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        loaded = Recommendation.objects.filter(pk__in=some).select_related("report")
        recs = {rec.pk: rec for rec in loaded.prefetch_related("agencies")}
        documents, states = _documents(some), _states(recs, as_of)
        for pk in some:
            yield _register_row(recs[pk], states.get(pk), documents[pk], as_of)


def _states(recs: Mapping[int, Recommendation], as_of: date) -> dict[int, State]:
    """Return the states on a past day; today's stand in the rows themselves."""
    if as_of >= localdate():
        return {}
    return {pk: state_on(facts.events, as_of) for pk, facts in gather(recs.values()).items()}


def _register_row(rec: Recommendation, state: State | None, documents: str, as_of: date) -> tuple[Cell, ...]:
    promise = fuzzy(rec, "promise")
    is_late = rec.is_open and rec.auditor_status and promise is not None and promise.latest < as_of
    return (
        rec.key,
        str(rec.report),
        rec.report.title or None,
        rec.report.issued_edtf or None,
        f"{rec.number}{rec.part}" or None,
        rec.text or None,
        "; ".join(agency.name for agency in rec.agencies.all()) or None,
        *(_axes_now(rec) if state is None else _axes_then(state)),
        promise.edtf if promise else None,
        promise.latest if promise else None,
        rec.promise_by or None,
        (as_of - promise.latest).days if is_late and promise else None,
        rec.promises_made,
        _RULE_TITLES.get(rec.clock_rule),
        rec.clock_due_on,
        rec.needs,
        rec.needs_covered,
        rec.owner_office or None,
        *("yes" if flag else "no" for flag in (rec.is_priority, rec.has_conflict, rec.has_incomplete_source)),
        documents or None,
    )


def _axes_now(rec: Recommendation) -> tuple[Cell, ...]:
    confidence = rec.reads_as_confidence
    return (
        status_label(rec.auditor_status) or None,
        rec.auditor_status_printed or None,
        rec.auditor_status_as_of_edtf or None,
        status_label(rec.reads_as) or None,
        None if confidence is None else round(100 * confidence),
        progress_label(rec.progress) or None,
        position_label(rec.position) or None,
        rec.position_printed or None,
        rec.position_by or None,
    )


def _axes_then(state: State) -> tuple[Cell, ...]:
    auditor, position = state.auditor, state.position
    confidence = state.reading.event.confidence if state.reads_as and state.reading else None
    return (
        status_label(auditor.value if auditor else "") or None,
        (auditor.event.printed if auditor else "") or None,
        auditor.event.on.edtf if auditor and auditor.event.on else None,
        status_label(state.reads_as or "") or None,
        None if confidence is None else round(100 * confidence),
        progress_label(state.progress.value if state.progress else "") or None,
        position_label(position.value if position else "") or None,
        (position.event.printed if position else "") or None,
        (position.event.by if position else "") or None,
    )


def _documents(ids: Sequence[int]) -> defaultdict[int, str]:
    """Return, for each recommendation, the documents that show it, with their pages."""
    home = homes(ids)
    places: defaultdict[int, dict[str, None]] = defaultdict(dict)
    rows = (
        Mention.objects.filter(recommendation__in=list(home), is_current=True, capture__is_newest=True)
        .select_related("capture__document")
        .only("page", "recommendation", "capture__report_number", "capture__document__origin")
        .order_by("pk")
    )
    for row in rows:
        name = row.capture.report_number or row.capture.document.name
        places[home[row.recommendation_id or 0]][f"{name}, page {row.page}" if row.page else name] = None
    return defaultdict(str, {pk: "; ".join(names) for pk, names in places.items()})


def promise_table(filters: Filters, *, as_of: date) -> Table:
    """Return every promise about the recommendations under the filters, and what became of it by a day."""
    found = ordered(
        select(filters, as_of=as_of).filter(promises_made__gt=0), Order.REPORT, is_descending=False
    )
    ids = list(found.values_list("pk", flat=True))
    rows: list[tuple[Cell, ...]] = []
    missed = 0
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        recs = {rec.pk: rec for rec in Recommendation.objects.filter(pk__in=some).select_related("report")}
        for each in register_promises([recs[pk] for pk in some], as_of=as_of):
            missed += each.promise.is_late
            rows.append(_promise_row(each.rec, each.promise))
    figure = Figure("Promises missed and not replaced", missed, len(rows), as_of)
    return Table(
        "promises", "Promised dates", _SOURCE, as_of, PROMISE_COLUMNS, tuple(rows), figures=(figure,)
    )


def _promise_row(rec: Recommendation, promise: PromiseLine) -> tuple[Cell, ...]:
    line, moved = promise.line, promise.moved_to
    return (
        rec.key,
        str(rec.report),
        f"{rec.number}{rec.part}" or None,
        promise.kind,
        line.what or None,
        promise.share_percent or None,
        line.by or None,
        line.said_on.edtf if line.said_on else None,
        line.due.edtf,
        line.due.latest,
        promise.outcome,
        line.slip_days,
        moved.due.edtf if moved else None,
        line.moved_days,
        "; ".join(place.label for place in promise.places) or None,
    )


def gao_ig_act_tables(filters: Filters, *, as_of: date) -> tuple[Table, ...]:
    """Return the tables the GAO-IG Act asks for with the budget justification, as of a day."""
    followed = list(
        follow(ordered(select(filters, as_of=as_of), Order.REPORT, is_descending=False), as_of=as_of)
    )
    return (
        gao_list(followed, submitted_on=as_of),
        ig_list(followed, submitted_on=as_of),
        status_report(followed, submitted_on=as_of),
    )


def semiannual_tables(filters: Filters, *, as_of: date) -> tuple[Table, ...]:
    """Return the tables of the semiannual reports, for the last half year that ended by a day."""
    followed = list(
        follow(ordered(select(filters, as_of=as_of), Order.REPORT, is_descending=False), as_of=as_of)
    )
    last = periods(SEMIANNUAL, since=as_of - relativedelta(years=1), until=as_of)[-1]
    return (
        questioned_costs(followed, last),
        better_use(followed, last),
        undecided(followed, as_of=last.last),
        no_final_action(followed, as_of=last.last),
        outstanding(followed, as_of=last.last),
    )


TABLES: Mapping[str, Callable[..., tuple[Table, ...]]] = {
    "register": lambda filters, as_of: (register_table(filters, as_of=as_of),),
    "promises": lambda filters, as_of: (promise_table(filters, as_of=as_of),),
    "gao-ig-act": gao_ig_act_tables,
    "semiannual": semiannual_tables,
}
"""Every table by the name it is asked for with."""
