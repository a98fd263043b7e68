"""The demonstration's agency: fictional records as of today, loaded, with all that is owed worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count

from closeout.cli.demo_hiring import ask_hiring
from closeout.cli.demo_people import SignIn
from closeout.cli.demo_plans import ask_plans
from closeout.records.example import write_example
from closeout.records.example.hiring import HIRING_FILE
from closeout.web.accounts.models import Role
from closeout.web.casework.duties import refresh_all
from closeout.web.casework.load import load
from closeout.web.casework.models import Case, Officer
from closeout.web.people.actions import Access, create_account
from closeout.web.staffing.work import work_out_and_keep

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

SEED = 7
DRAWS = 200
"""Enough for intervals to look around in; a run that somebody relies on takes more."""


def make_agency(folder: Path, *, today: date, password: str, told: Callable[[str], None]) -> list[SignIn]:
    """Write, load and work out the records of a small fictional agency; return accounts in one office.

    Args:
        folder: Where its snapshot is written.
        today: The day the records stand as of.
        password: The password of the accounts.
        told: Is told what is being done.

    """
    told("writing the records of a fictional agency")
    write_example(folder, size="small", seed=SEED, as_of=today)
    told("loading them")
    load(folder)
    told("working out what its offices owe")
    refresh_all(today=today)
    told("working out the hours that takes, and how many officers")
    work_out_and_keep(today=today, draws=DRAWS, seed=SEED)
    people = _people(password)
    director = next(one.user for one in people if one.user.role == Role.DIRECTOR)
    ask_plans(director, Officer.objects.get(pk=director.username).office_id, today=today)
    ask_hiring(next(one.user for one in people if one.user.role == Role.PLANNER), folder / HIRING_FILE)
    return people


def _people(password: str) -> list[SignIn]:
    """Return an officer with the most cases to lead, the supervisor and director there, and two planners."""
    busiest = (
        Case.objects.exclude(state="closed")
        .filter(officer__role="deportation_officer", officer__active_to=None)
        .values("officer_id", "office_id")
        .annotate(cases=Count("pk"))
        .order_by("-cases", "officer_id")[0]
    )
    office = busiest["office_id"]
    serving = Officer.objects.filter(office_id=office, active_to=None).order_by("pk")
    lead = serving.exclude(pk=busiest["officer_id"])
    supervisor = lead.filter(role="supervisor").first() or lead[0]
    others = lead.exclude(pk=supervisor.pk)
    director = others.filter(role="director").first() or others[0]
    planners = Officer.objects.filter(role="planner", active_to=None).order_by("pk")[:2]
    return [
        _sign_in(busiest["officer_id"], Role.OFFICER, office, password, f"an officer of {office}: My day"),
        _sign_in(supervisor.pk, Role.SUPERVISOR, office, password, f"leads a unit of {office}: approvals"),
        _sign_in(director.pk, Role.DIRECTOR, office, password, f"directs {office}: hours and need"),
        *(
            _sign_in(one.pk, Role.PLANNER, one.office_id, password, "plans time studies, settles minutes")
            for one in planners
        ),
    ]


def _sign_in(number: str, role: Role, office: str, password: str, does: str) -> SignIn:
    user = create_account(by=None, username=number, access=Access(role.value, office), password=password)
    return SignIn(user, password, does)
