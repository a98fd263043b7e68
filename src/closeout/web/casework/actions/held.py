"""What every action begins with: the permission, the row under lock, its version, the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from closeout.records.machines import MoveNotAllowedError, check_move
from closeout.web.accounts.permissions import Permission, require
from closeout.web.audit.models import Event
from closeout.web.casework import policy
from closeout.web.casework.actions.errors import NotNowError, StaleError, UnfitValueError, UnknownOfficerError
from closeout.web.casework.actions.looking import READ
from closeout.web.casework.actions.writing import VERSION, Writing
from closeout.web.casework.models import Case, Office, Officer, Record

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from closeout.records.machines import Actor, Machine, Move
    from closeout.records.machines.guards import Facts
    from closeout.web.accounts.models import User

_SEARCHED_EVENTS = 5_000
RowT = TypeVar("RowT", bound=Record)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts, as which officer, on which case, as of which day, and what day it is there."""

    by: User
    officer: Officer
    case: Case
    on: date
    today: date

    @property
    def actors(self) -> frozenset[Actor]:
        """Return as what this person may make a move."""
        return policy.actors_of(self.by)

    def writing(self) -> Writing:
        """Return an empty account of what is about to be written on the case."""
        return Writing(self.case.pk)

    def tell(self, writing: Writing, action: str, target: Record, *, reason: str = "") -> Event:
        """Write the one event of the action."""
        return writing.tell(action, target, by=self.by, today=self.today, reason=reason)

    def facts(self, **more: object) -> dict[str, object]:
        """Return what every guard may look at, and more."""
        return {"by": self.officer.pk, "on": self.on, **more}


def take_case(
    case_no: str,
    *,
    by: User,
    on: date | None,
    may: Permission = Permission.CASE_WORK,
    expected_version: int | None = None,
    for_office: str | None = None,
) -> Hand:
    """Return a case under lock until the transaction ends, in the hand of somebody who may act on it.

    Args:
        case_no: Which case.
        by: Who acts.
        on: The day it happened; today where the office is when left out.
        may: The permission it takes.
        expected_version: The case's version as it was shown to the person; None not to compare.
        for_office: The office that acts where it is not the one that holds the case: a transfer's receiver.

    Raises:
        PermissionDenied: The role may not, or the case is not the office's (or there is none).
        UnknownOfficerError: The account has no officer.
        StaleError: Somebody changed the case since.
        UnfitValueError: The day is in the future.

    """
    require(by, may)
    # Without a join: PostgreSQL drops a row that waited for its lock and meanwhile refers to another office.
    case = Case.objects.select_for_update().filter(pk=case_no).first()
    if case is None:
        raise PermissionDenied(policy.NOT_YOURS)
    policy.check_at_office(by, for_office or case.office_id)
    check_version(case, expected_version)
    today = policy.today_at(case.office)
    day = past("the day", on, today=today)
    return Hand(by=by, officer=as_officer(by), case=case, on=day, today=today)


def take_row(
    model: type[RowT],
    key: int,
    *,
    by: User,
    on: date | None,
    may: Permission = Permission.CASE_WORK,
    expected_version: int | None = None,
) -> tuple[RowT, Hand]:
    """Return a row of a case under lock, and its case likewise; the case is locked first, always.

    Raises as `take_case`; a row that is not there is refused like one of another office.
    """
    require(by, may)
    case_no = model._default_manager.filter(pk=key).values_list("case_id", flat=True).first()  # noqa: SLF001 - Django's public name
    if case_no is None:
        raise PermissionDenied(policy.NOT_YOURS)
    hand = take_case(case_no, by=by, on=on, may=may)
    row = model._default_manager.select_for_update().get(pk=key)  # noqa: SLF001 - as above
    check_version(row, expected_version)
    return row, hand


@dataclass(frozen=True, slots=True)
class Desk:
    """Who acts for an office without a case, and as of which day."""

    by: User
    officer: Officer
    office: Office
    on: date
    today: date


def take_desk(*, by: User, on: date | None, office_id: str | None = None) -> Desk:
    """Return the user's own office, for what is about no case.

    Raises:
        PermissionDenied: The role may not work on cases, or this is not the user's office.
        UnknownOfficerError: The account has no officer.
        UnfitValueError: The day is in the future.

    """
    require(by, Permission.CASE_WORK)
    policy.check_at_office(by, office_id or by.office)
    office = Office.objects.filter(pk=by.office).first()
    if office is None:
        raise PermissionDenied(policy.NOT_YOURS)
    today = policy.today_at(office)
    day = past("the day", on, today=today)
    return Desk(by=by, officer=as_officer(by), office=office, on=day, today=today)


def begun_by(row: Record) -> str:
    """Return the staff number of whoever made a row here; empty where it was loaded."""
    first = Event.objects.about(row).first()
    return first.actor if first else ""


def as_officer(user: User) -> Officer:
    """Return the officer in whose name it is recorded.

    Raises:
        UnknownOfficerError: The account has none.

    """
    try:
        return policy.recording_officer(user)
    except policy.NoOfficerError as error:
        raise UnknownOfficerError(str(error)) from error


def check_version(row: Record, expected: int | None) -> None:
    """Pass when nobody changed a row since it was shown.

    Raises:
        StaleError: Somebody did; the message says who did what, and when.

    """
    if expected is None or row.row_version == expected:
        return
    last = (
        Event.objects.filter(after__has_key=f"{row.table}/{row.pk}/row_version").first()
        or Event.objects.about(row).exclude(action=READ).last()
    )
    told = "somebody changed it" if last is None else f"{last.actor} did “{last.action}” at {_clock(last)}"
    msg = f"this has changed since you opened it: {told}; look at it again before you go on"
    raise StaleError(msg)


def _last_change(row: Record) -> Event | None:
    # Looked for among the newest only: the log has no index into what an event wrote.
    newest = Event.objects.values_list("seq", flat=True).first() or 0
    recent = Event.objects.filter(seq__gt=newest - _SEARCHED_EVENTS)
    return recent.filter(after__has_key=f"{row.table}/{row.pk}/{VERSION}").first()


def _clock(event: Event) -> str:
    return timezone.localtime(event.at).strftime("%Y-%m-%d %H:%M")


def past(name: str, day: date | None, *, today: date) -> date:
    """Return a day that is not in the future; today when left out.

    Raises:
        UnfitValueError: It is in the future.

    """
    if day is not None and day > today:
        msg = f"{name} is in the future"
        raise UnfitValueError(msg)
    return day or today


def one_of(name: str, value: str, allowed: Collection[str]) -> str:
    """Return a code that is one of those allowed.

    Raises:
        UnfitValueError: It is not; the message lists them.

    """
    if value not in allowed:
        listed = ", ".join(one.replace("_", " ") for one in allowed)
        msg = f"{name} is one of: {listed}; not “{value.replace('_', ' ')}”"
        raise UnfitValueError(msg)
    return value


def moved(
    machine: Machine, now: str, verb: str, *, by: Collection[Actor], facts: Facts | None = None
) -> Move:
    """Return the move, as `check_move` does; a refusal is in words for the person who tried.

    Raises:
        NotNowError: It is not allowed.

    """
    try:
        return check_move(machine, now, verb, by=by, facts=facts)
    except MoveNotAllowedError as error:
        raise NotNowError(str(error)) from error
