"""The program manager's first screen: how do my measures stand, and what is due from me?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from closeout.reading.countwords import counted
from closeout.web.accounts.models import Role
from closeout.web.evidence.models import AssessedMeasure
from closeout.web.evidence.queries.results import measured_of
from closeout.web.evidence.queries.runs import shown_run
from closeout.web.home.first.measures import OFF_TARGET, not_assessed, off_target
from closeout.web.home.first.recommendations import name_of
from closeout.web.home.panels import MOST, Panel, Row, Screen, off_target_words
from closeout.web.recommendations.models import Milestone

if TYPE_CHECKING:
    from datetime import date

    from closeout.web.accounts.models import User


def manager(user: User, today: date) -> Screen:
    """Return how the measures that program managers answer for stand, and the plan's steps that are late."""
    del user
    run = shown_run(today).run
    owned = AssessedMeasure.objects.filter(run=run, owner=Role.PROGRAM_MANAGER).values_list("code", flat=True)
    found = [(each, each.total) for each in measured_of(run, *owned).values()] if run and owned else []
    off = sum(result.verdict in OFF_TARGET for _, result in found)
    answer = (
        f"{off_target_words(off, len(found), 'that program managers answer for')}, as of {run.as_of}."
        if run
        else "Nothing has been assessed yet; ask for an assessment under Evidence."
    )
    return Screen(
        "Programs",
        "How do the programs' measures stand, and what is due?",
        answer,
        (
            off_target(found, title="Off target", nothing="No measure is off target."),
            _late_steps(today),
            not_assessed(found),
        ),
    )


def _late_steps(today: date) -> Panel:
    rows = (
        Milestone.objects.filter(
            done_on=None, due_on__lt=today, plan__superseded_by=None, plan__recommendation__is_open=True
        )
        .select_related("plan__recommendation__report")
        .order_by("due_on", "pk")
    )
    return Panel(
        "steps",
        "Steps of plans that are late",
        tuple(
            Row(
                f"{row.text[:80]}: {name_of(row.plan.recommendation)}",
                reverse("recommendations:recommendation-detail", args=[row.plan.recommendation_id]),
                f"{counted((today - row.due_on).days, 'day')} late",
                is_late=True,
            )
            for row in rows[:MOST]
        ),
        rows.count(),
        "No step of a plan is late.",
    )
