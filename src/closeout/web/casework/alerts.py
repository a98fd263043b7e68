"""Fire the alerts that are owed: before, on and after the date of a duty, each once (A3).

A duty that is done, excused or on hold fires nothing. A run that was missed is made up for by the next: the
stage a duty is in on the day of the run fires, an earlier one no longer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from closeout.duties.clauses import State
from closeout.web.casework.models import Alert, Duty, Stage
from closeout.web.casework.models.alert import INSTANCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from django.db.models import QuerySet

BATCH = 2_000


def fire_alerts(*, today: date, advance: Callable[[int], None] = lambda _done: None) -> dict[str, int]:
    """Store the alerts that are owed on a day and were not fired yet; return how many by stage.

    Batches are stored one by one, so that a run that is stopped has fired what it has fired and the next
    goes on from there.

    Args:
        today: The day.
        advance: Told how many alerts are stored.

    """
    fired = dict.fromkeys(Stage.values, 0)
    for stage in Stage:
        for batch in _batches(_owed(stage, today)):
            alerts = [_alert(duty, stage, today) for duty in batch]
            with transaction.atomic():
                Alert.objects.bulk_create(alerts, ignore_conflicts=True)
            fired[stage.value] += len(alerts)
            advance(sum(fired.values()))
    return fired


def _owed(stage: Stage, today: date) -> QuerySet[Duty]:
    within = {
        Stage.BEFORE: Q(opens_on__lte=today, due_on__gt=today, opens_on__lt=F("due_on")),
        Stage.ON: Q(due_on__lte=today) & (Q(overdue_from__isnull=True) | Q(overdue_from__gt=today)),
        Stage.AFTER: Q(due_on__lte=today, overdue_from__lte=today),
    }
    same = {name: OuterRef(name) for name in INSTANCE}
    open_duties = Duty.objects.open().filter(within[stage]).exclude(state=State.ON_HOLD)
    return open_duties.exclude(Exists(Alert.objects.filter(stage=stage, **same))).order_by("pk")


def _batches(duties: QuerySet[Duty]) -> Iterator[list[Duty]]:
    last = 0
    while batch := list(duties.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def _alert(duty: Duty, stage: Stage, today: date) -> Alert:
    due_on = duty.due_on or today
    return Alert(
        **{name: getattr(duty, name) for name in INSTANCE},
        stage=stage,
        fired_on=today,
        due_on=due_on,
        lead_days=(due_on - duty.opens_on).days if duty.opens_on else 0,
        rule=duty.rule,
        case_no=duty.case_no,
        office_id=duty.office_id,
        officer_no=duty.officer_no,
    )
