"""The present state of recommendations: the one place where it is computed from the facts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from closeout.followup.clocks import ClockState, clocks
from closeout.followup.history import state_on
from closeout.followup.ledger import ledger
from closeout.followup.statuses import is_closed
from closeout.reading.identity import issuer_key
from closeout.web.recommendations.facts import Facts, gather, homes
from closeout.web.recommendations.models import (
    Conflict,
    Mention,
    Recommendation,
    ReviewItem,
    ReviewState,
)
from closeout.web.recommendations.models.rules import fuzzy_columns
from closeout.web.recommendations.needs import needs_of
from closeout.web.recommendations.rows import assign, save_changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from closeout.followup.history import State
    from closeout.web.recommendations.models import Report

_AT_ONCE = 400
_EVER = date.max
"""The present state takes in everything known; what is late is asked with a day, in queries."""
_ALWAYS_RUNNING = "gao-ig-act"
"""This clock runs for every recommendation until final action; it is no answer somebody owes."""
_UNMET = frozenset({ClockState.RUNNING, ClockState.MAYBE_OVERDUE, ClockState.OVERDUE})

FIELDS = (
    "auditor_status",
    "auditor_status_printed",
    "auditor_status_basis",
    "auditor_status_as_of_edtf",
    "auditor_status_as_of_earliest",
    "auditor_status_as_of_latest",
    "reads_as",
    "reads_as_confidence",
    "position",
    "position_printed",
    "position_by",
    "progress",
    "promise_edtf",
    "promise_earliest",
    "promise_latest",
    "promise_kind",
    "promise_by",
    "promises_made",
    "clock_rule",
    "clock_due_on",
    "needs",
    "needs_covered",
    "closure_state",
    "owner_office",
    "is_open",
    "has_conflict",
    "has_incomplete_source",
    "in_review",
)


def refresh(recommendation_ids: Iterable[int]) -> set[int]:
    """Bring the present state of these recommendations up to date; return those that changed.

    Facts alone decide: who calls it, and how often, makes no difference.
    """
    ids = sorted(set(recommendation_ids))
    changed: set[int] = set()
    for start in range(0, len(ids), _AT_ONCE):
        changed |= _refresh_some(ids[start : start + _AT_ONCE])
    return changed


def _refresh_some(ids: Sequence[int]) -> set[int]:
    rows = list(
        Recommendation.objects.filter(pk__in=ids).select_related("report").defer("text", "report__aliases")
    )
    facts = gather(rows)
    flags = _flags([row.pk for row in rows])
    needs = needs_of([row.pk for row in rows])
    changed = []
    for row in rows:
        columns = {
            **_state_columns(facts[row.pk]),
            **_promise_columns(facts[row.pk]),
            **_clock_columns(facts[row.pk], row.report),
            **_work_columns(facts[row.pk]),
            **flags[row.pk],
            "needs": len(needs[row.pk]),
            "needs_covered": sum(need.is_covered for need in needs[row.pk]),
        }
        if assign(row, columns):
            changed.append(row)
    save_changed(changed, FIELDS)
    return {row.pk for row in changed}


def _state_columns(facts: Facts) -> dict[str, Any]:
    state = state_on(facts.events, _EVER)
    auditor, position = state.auditor, state.position
    return {
        "auditor_status": auditor.value if auditor else "",
        "auditor_status_printed": auditor.event.printed[:200] if auditor else "",
        "auditor_status_basis": _basis(facts, auditor.event.key) if auditor else "",
        **fuzzy_columns("auditor_status_as_of", auditor.event.on if auditor else None),
        **_reading_columns(state),
        "position": position.value if position else "",
        "position_printed": position.event.printed[:200] if position else "",
        "position_by": position.event.by[:200] if position else "",
        "progress": state.progress.value if state.progress else "",
        "is_open": not is_closed(state.auditor_status),
    }


def _basis(facts: Facts, key: str) -> str:
    pk = int(key.rpartition("/")[2])
    return next(row.basis for row in facts.statuses if row.pk == pk)


def _reading_columns(state: State) -> dict[str, Any]:
    if state.reads_as is None or state.reading is None:
        return {"reads_as": "", "reads_as_confidence": None}
    return {"reads_as": state.reads_as.value, "reads_as_confidence": state.reading.event.confidence or 0.0}


def _promise_columns(facts: Facts) -> dict[str, Any]:
    found = ledger(facts.sightings, facts.events, as_of=_EVER)
    standing = found.standing_completion
    return {
        **fuzzy_columns("promise", standing.due if standing else None),
        "promise_kind": standing.kind.value if standing else "",
        "promise_by": standing.by[:200] if standing else "",
        "promises_made": sum(not line.is_second_hand for line in found.lines),
    }


def _clock_columns(facts: Facts, report: Report) -> dict[str, Any]:
    issuer = issuer_key(report.issuer)
    running = [
        clock
        for clock in clocks(facts.clock_events(report), issuer=issuer, as_of=_EVER)
        if clock.state in _UNMET and clock.rule.code != _ALWAYS_RUNNING
    ]
    first = min(running, key=lambda clock: clock.due[1], default=None)
    return {
        "clock_rule": first.rule.code if first else "",
        "clock_due_on": first.due[1] if first else None,
    }


def _work_columns(facts: Facts) -> dict[str, Any]:
    return {
        "closure_state": facts.requests[-1].state if facts.requests else "",
        "owner_office": facts.plans[-1].owner_office if facts.plans else "",
    }


def _flags(ids: Sequence[int]) -> dict[int, dict[str, bool]]:
    home = homes(ids)
    every = list(home)
    conflicting = Conflict.objects.filter(
        recommendation__in=every, is_current=True, resolved_by__isnull=True
    ).values_list("recommendation", flat=True)
    incomplete = Mention.objects.filter(
        recommendation__in=every, is_current=True, capture__is_newest=True, capture__is_complete=False
    ).values_list("recommendation", flat=True)
    questions = ReviewItem.objects.filter(is_current=True, state=ReviewState.OPEN).filter(
        Q(recommendation__in=every) | Q(mention__recommendation__in=every)
    )
    asked = {
        home[pk]
        for pair in questions.values_list("recommendation", "mention__recommendation")
        for pk in pair
        if pk in home
    }
    conflicts, sources = {home[pk] for pk in conflicting if pk}, {home[pk] for pk in incomplete if pk}
    return {
        pk: {
            "has_conflict": pk in conflicts,
            "has_incomplete_source": pk in sources,
            "in_review": pk in asked,
        }
        for pk in ids
    }
