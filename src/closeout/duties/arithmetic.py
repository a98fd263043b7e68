"""The arithmetic of one instance in plain steps, each with its result, for people to follow.

Worked apart from the engine, with `periods`; the last step says so where the two should ever differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from closeout.duties.clauses import DayKind, Shape
from closeout.duties.periods import add, add_hours, in_words, is_counted, subtract
from closeout.duties.public_holidays import days_off

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from closeout.duties.clauses import Clause, Period, Version

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what was done, and the day or instant it led to."""

    what: str
    result: date | datetime | None = None


def steps(
    clause: Clause,
    version: Version | None,
    instance: Mapping[str, Any],
    *,
    start: date | datetime,
    holds: Sequence[Mapping[str, Any]],
    as_of: date,
    country: str,
) -> list[Step]:
    """Return how an instance's due date and last day come about.

    Args:
        clause: The clause.
        version: The governing version; None where none was in force.
        instance: The instance.
        start: What the period counts from.
        holds: The case's holds of the clause's kinds, begun by the as-of date, in order.
        as_of: The as-of date.
        country: Whose holidays.

    """
    opened = [Step(_opened(clause), instance["opened_on"])] if clause.is_opening_known else []
    if version is None:
        said = f"No version of the rule was in force on {instance['opened_on']}, and none took it over"
        return [*opened, Step(said)]
    made = [*opened, *_due(clause, version, instance, start, country)]
    made += _held(version, instance, made[-1].result, holds, as_of, country)
    due_on = instance["due_on"]
    off = days_off(country)
    if not version.period.hours:
        made.append(
            Step(f"plus grace of {in_words(version.grace)}: last day", add(version.grace, due_on, off))
        )
    made.append(Step(f"less lead of {in_words(version.lead)}: due from", subtract(version.lead, due_on, off)))
    if instance["done_on"]:
        made.append(Step("done", instance["done_at"] or instance["done_on"]))
    elif instance["ended_on"]:
        made.append(Step(f"ended: {instance['reason']}", instance["ended_on"]))
    made.append(Step(f"on {as_of}: {instance['state']}"))
    return made


def _opened(clause: Clause) -> str:
    if clause.shape is Shape.WITHIN:
        return "trigger"
    if clause.shape is Shape.ON:
        return "came to be"
    return "period begins" if clause.cycle else "interval begins"


def _due(
    clause: Clause, version: Version, instance: Mapping[str, Any], start: date | datetime, country: str
) -> list[Step]:
    off = days_off(country)
    is_taken_over = instance["opened_on"] < version.in_force_from
    if version.period.hours:
        began = start if isinstance(start, datetime) else datetime.combine(start, time.min)
        at = add_hours(version.period, began, off)
        made = [Step("clock set off", began), Step(f"plus {in_words(version.period)}: due", at)]
        made += _skipped(version.period, began.date(), at.date(), country)
        least = datetime.combine(version.in_force_from, time.max)
        return [*made, *_not_before(version, at, least)] if is_taken_over else made
    is_first = clause.shape is Shape.EVERY and clause.cycle is None and instance["sequence"] == 1
    period = version.first if is_first and version.first is not None else version.period
    began_on = start.date() if isinstance(start, datetime) else start
    if clause.cycle is not None:
        began_on = _last_of_period(clause, began_on)
    due_on = add(period, began_on, off)
    word = {Shape.ON: "the row's due date", Shape.WITHIN: "counted from"}.get(clause.shape, "counted from")
    made = [Step(word, began_on), *_skipped(period, began_on, due_on, country)]
    made.append(Step(f"plus {in_words(period)}{' (first time)' if is_first else ''}: due", due_on))
    return [*made, *_not_before(version, due_on, version.in_force_from)] if is_taken_over else made


def _last_of_period(clause: Clause, first: date) -> date:
    from closeout.duties.compile.cycles import last_day_of  # noqa: PLC0415 - only fixed cycles need it

    return last_day_of(clause, first)


def _not_before(version: Version, due: Any, least: Any) -> list[Step]:  # noqa: ANN401 - days or instants
    said = f"taken over by the rule in force from {version.in_force_from}; due not before that day"
    return [Step(said, max(due, least))]


def _skipped(period: Period, since: date, until: date, country: str) -> list[Step]:
    """Return the step that names the days left out of a count of weekdays or business days."""
    if period.counts is DayKind.CALENDAR or not (period.days or period.hours):
        return []
    off = days_off(country)
    span = [since + timedelta(days=number) for number in range(1, (until - since).days + 1)]
    left_out = [day for day in span if not is_counted(day, period.counts, off)]
    if not left_out:
        return []
    more = f" and {len(left_out) - _SHOWN} more" if len(left_out) > _SHOWN else ""
    shown = ", ".join(f"{day:%a} {day.isoformat()}" for day in left_out[:_SHOWN])
    return [Step(f"days that do not count: {shown}{more}")]


def _held(
    version: Version,
    instance: Mapping[str, Any],
    due: date | datetime | None,
    holds: Sequence[Mapping[str, Any]],
    as_of: date,
    country: str,
) -> list[Step]:
    """Return a step for each hold that moved the due date, and one if the sum is not the engine's."""
    closed = instance["done_on"] or instance["ended_on"]
    stop = min(closed, as_of) if closed else as_of
    if due is None:
        return []
    running = due.date() if isinstance(due, datetime) else due
    reached, made = instance["opened_on"], []
    for hold in holds:
        since = max(hold["from_on"], reached)
        until = min(hold["to_on"] or stop, stop)
        last = running if version.period.hours else add(version.grace, running, days_off(country))
        if until <= since or since > last:
            continue
        length = (until - since).days
        running, reached = running + timedelta(days=length), until
        said = f"held by {hold['kind']} (hold {hold['hold_id']}) from {since} to {until}: {length} days; due"
        made.append(Step(said, running))
    if running != instance["due_on"]:
        made.append(Step("the engine says otherwise: please report this; due", instance["due_on"]))
    return made
