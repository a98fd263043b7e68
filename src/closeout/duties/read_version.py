"""Read the versions of a clause: what each rests on, when it was in force, and its periods."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from closeout.duties.clauses import Basis, DayKind, Period, Shape, Version
from closeout.duties.fields import Fields

if TYPE_CHECKING:
    from closeout.duties.clauses import Cycle
    from closeout.duties.marked import Marked

_KNOWN = "basis in_force period first grace lead response takes_over_open"
_CODE = r"[A-Z0-9][A-Z0-9.-]{1,60}"
_SLUG = r"[a-z0-9][a-z0-9.-]{0,60}"


def read_versions(
    clause: Fields, shape: Shape, cycle: Cycle | None, *, is_instant: bool
) -> tuple[Version, ...]:
    """Return a clause's versions, earliest first; faults are noted.

    Args:
        clause: The clause's fields.
        shape: Its shape.
        cycle: The calendar of a fixed `every`.
        is_instant: Whether its trigger is an instant, from which hours can be counted.

    """
    marked = clause.raw("versions")
    items = marked.value if marked is not None else None
    if not isinstance(items, list) or not items:
        clause.wrong("versions", "a clause needs `versions`: a list with at least one")
        return ()
    read = [_version(item, clause, shape, cycle, is_instant=is_instant) for item in items]
    found = sorted((one for one in read if one is not None), key=lambda one: one[0].in_force_from)
    for (earlier, _), (later, line) in pairwise(found):
        if earlier.in_force_to is None or earlier.in_force_to >= later.in_force_from:
            until = later.in_force_from - timedelta(days=1)
            message = f"overlaps the version in force from {earlier.in_force_from}; end that one by {until}"
            clause.faults.add(clause.path, line, message)
    return tuple(version for version, _ in found)


def _version(
    item: Marked, clause: Fields, shape: Shape, cycle: Cycle | None, *, is_instant: bool
) -> tuple[Version, int] | None:
    fields = Fields(item, clause.path, clause.faults, known=_KNOWN, what="a version")
    basis = _basis(fields)
    days = fields.days("in_force")
    needs = shape is Shape.WITHIN or (shape is Shape.EVERY and cycle is None)
    period = fields.period("period", needed=needs) or Period()
    if needs and "period" in fields and period == replace(Period(), counts=period.counts):
        fields.wrong("period", "`period` must be longer than nothing")
    _check_hours(fields, period, shape, is_instant=is_instant)
    first = _first(fields, shape, cycle)
    grace, lead, response = (_plain(fields, key) for key in ("grace", "lead", "response"))
    if period.hours and grace != Period():
        fields.wrong("grace", "`grace` cannot be added to a clock of hours; lengthen the period")
    if shape is Shape.EVERY and cycle is None and _days(lead) >= _days(period) > 0:
        fields.wrong("lead", "`lead` must be shorter than the interval")
    if basis is None or days is None:
        return None
    takes_over = fields.claim("takes_over_open")
    return Version(basis, *days, period, first, grace, lead, response, takes_over), fields.line


def _basis(version: Fields) -> Basis | None:
    marked = version.raw("basis")
    if marked is None:
        version.wrong("basis", "a version needs `basis: {policy, clause, citation or made_up: true}`")
        return None
    known = "policy clause citation made_up"
    fields = Fields(marked, version.path, version.faults, known=known, what="`basis`")
    policy = fields.word("policy", _CODE, needed=True)
    clause = fields.word("clause", _SLUG, needed=True)
    citation, is_made_up = fields.word("citation"), fields.claim("made_up")
    if bool(citation) == is_made_up:
        problem = "both a citation and made_up: true" if citation else "neither a citation nor made_up: true"
        fields.wrong("made_up", f"`basis` gives {problem}; say where the rule is public, or that it is not")
    return Basis(policy, clause, citation, is_made_up)


def _check_hours(fields: Fields, period: Period, shape: Shape, *, is_instant: bool) -> None:
    if period.hours and shape is not Shape.WITHIN:
        fields.wrong("period", "hours count only from a trigger; use `within`, or write days")
    elif period.hours and not is_instant:
        fields.wrong("period", "hours need a trigger that is an instant; this one is a date: write days")


def _first(fields: Fields, shape: Shape, cycle: Cycle | None) -> Period | None:
    first = fields.period("first")
    if first is not None and (shape is not Shape.EVERY or cycle is not None):
        fields.wrong("first", "`first` is for `every: rolling` only")
    if first is not None and first.hours:
        fields.wrong("first", "`first` cannot hold hours")
    return first


def _plain(fields: Fields, key: str) -> Period:
    period = fields.period(key) or Period()
    if period.hours or period.counts is not DayKind.CALENDAR:
        fields.wrong(key, f"`{key}` counts calendar days or months only")
    return period


def _days(period: Period) -> int:
    return period.months * 30 + period.days
