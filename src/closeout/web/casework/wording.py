"""The words of the pack on the pages: what a duty is called, its rule, and which act discharges it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.urls import reverse

from closeout.web.accounts.permissions import may
from closeout.web.casework.acts import ACT_OF_DUTY, ACTS
from closeout.web.casework.codes import plain
from closeout.web.casework.models import Case

if TYPE_CHECKING:
    from collections.abc import Iterable

    from closeout.duties.clauses import Clause, Version
    from closeout.web.accounts.models import User
    from closeout.web.casework.acts.registry import Act
    from closeout.web.casework.queries.rows import Owed

OPEN = ("overdue", "due", "upcoming")
_AT_ONCE = 200
"""Cases asked for in one query: databases bound the parts of one."""
STATE_WORDS = {
    "upcoming": "not yet due",
    "due": "due",
    "done": "done",
    "done_late": "done late",
    "overdue": "overdue",
    "excused": "excused",
    "on_hold": "on hold",
    "no_basis": "no rule in force",
}
STATE_TONES = {"overdue": "late", "done_late": "late", "due": "active", "done": "closed", "excused": "closed"}
REASON_WORDS = {
    "service_issue": "the office's own fault",
    "subject_ended": "what it was owed for ended",
    "no_rule_in_force": "no rule was in force",
    "legal_stay": "legal stay",
}


@dataclass(frozen=True, slots=True)
class Basis:
    """The rule a duty rests on, for a page."""

    rule: str
    citation: str
    is_made_up: bool


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty as a page shows it."""

    owed: Owed
    title: str
    state: str
    tone: str
    reason: str
    basis: Basis
    act_url: str
    act_label: str


@cache
def clauses() -> dict[str, Clause]:
    """Return the clauses of the site's pack by duty."""
    from closeout.duties.pack import load_pack  # noqa: PLC0415 - a second that most commands can do without

    return {clause.duty: clause for clause in load_pack().clauses}


def duty_title(duty: str) -> str:
    """Return what the pack calls a duty."""
    clause = clauses().get(duty)
    return clause.title if clause else plain(duty).capitalize()


def basis_of(duty: str, rule: str) -> Basis:
    """Return the rule of an instance: policy, clause and the day it came into force."""
    version = _version(duty, rule)
    if version is None:
        return Basis(rule or "no rule in force", "", is_made_up=False)
    return Basis(rule, version.basis.citation, is_made_up=version.basis.is_made_up)


def _version(duty: str, rule: str) -> Version | None:
    clause = clauses().get(duty)
    if clause is None:
        return None
    return next((one for one in clause.versions if rule == rule_name(one)), None)


def rule_name(version: Version) -> str:
    """Return a version as instances name it: policy/clause@day."""
    return f"{version.basis.policy}/{version.basis.clause}@{version.in_force_from.isoformat()}"


def rows(owed: Iterable[Owed], user: User) -> list[DutyRow]:
    """Return duties as pages show them to somebody, in the same order.

    An act is named where it can be done now: a check-in that has its outcome takes no other one, although
    what was to be done at it may still be owed.
    """
    listed = [(one, _act_for(one, user)) for one in owed]
    open_now = _open_rows([(one, act) for one, act in listed if act and _is_about(act, one, user)], user)
    return [_row(one, _address(act, one, user, open_now) if act else "", act) for one, act in listed]


def _act_for(owed: Owed, user: User) -> Act | None:
    """Return the act that discharges a duty, where there is one for the reader."""
    act = ACTS.get(ACT_OF_DUTY.get(owed.duty, ""))
    if act is None or not owed.case_no or owed.state not in OPEN or not may(user, act.permission):
        return None
    return act


def _row(owed: Owed, address: str, act: Act | None) -> DutyRow:
    return DutyRow(
        owed=owed,
        title=duty_title(owed.duty),
        state=STATE_WORDS.get(owed.state, owed.state),
        tone=STATE_TONES.get(owed.state, ""),
        reason=REASON_WORDS.get(owed.reason, plain(owed.reason)),
        basis=basis_of(owed.duty, owed.rule),
        act_url=address,
        act_label=act.label if act and address else "",
    )


def _is_about(act: Act, owed: Owed, user: User) -> bool:
    """Say whether an act is recorded on the very row that the duty is about."""
    if act.subjects is None:
        return False
    table: str = act.subjects(Case(pk=owed.case_no), user).model.table
    return table == owed.subject_table


def _open_rows(asked: Iterable[tuple[Owed, Act]], user: User) -> frozenset[tuple[str, str]]:
    """Return act and row of those on which the act can be recorded now, in one query for each act."""
    cases: dict[str, set[str]] = {}
    for owed, act in asked:
        cases.setdefault(act.slug, set()).add(owed.case_no or "")
    found: set[tuple[str, str]] = set()
    for slug, numbers in cases.items():
        subjects = ACTS[slug].subjects
        each = [
            subjects(Case(pk=no), user).order_by().values_list("pk") for no in sorted(numbers) if subjects
        ]
        for start in range(0, len(each), _AT_ONCE):
            some = each[start : start + _AT_ONCE]
            found.update((slug, str(key)) for (key,) in some[0].union(*some[1:]))
    return frozenset(found)


def _address(act: Act, owed: Owed, user: User, open_now: frozenset[tuple[str, str]]) -> str:
    """Return where the act is recorded: on the case, on the duty's own row, or among the case's acts."""
    address = reverse("casework:act", args=[owed.case_no, act.slug])
    if act.subjects is None:
        return address
    if _is_about(act, owed, user):
        return f"{address}?subject={owed.subject}" if (act.slug, owed.subject) in open_now else ""
    return reverse("casework:case-detail", args=[owed.case_no]) + "#acts"
