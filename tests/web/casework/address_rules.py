"""Who may open the addresses of the cases."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from closeout.web.accounts.models import User
from closeout.web.accounts.permissions import Permission
from closeout.web.casework import models
from tests.web.casework.actions.world import HERE, make_case
from tests.web.matrix import Rule

if TYPE_CHECKING:
    from collections.abc import Mapping

OFFICER = "S-ADDRESS"


def an_office(visitor: User | None) -> Mapping[str, object]:
    """Make an office and let the visitor belong to it, with a row among its officers."""
    models.Office.objects.get_or_create(
        office_id=HERE, defaults={"label": "Boston office", "time_zone": "America/New_York"}
    )
    for number in filter(None, (OFFICER, visitor and visitor.username.upper())):
        models.Officer.objects.get_or_create(
            officer_no=number,
            defaults={
                "office_id": HERE,
                "role": "deportation_officer",
                "entered_on": "2020-01-01",
                "active_from": "2020-01-01",
                "contracted_hours": 40,
                "is_converted": False,
            },
        )
    if visitor is not None:
        User.objects.filter(pk=visitor.pk).update(office=HERE)
    return {}


def a_case(visitor: User | None) -> Mapping[str, object]:
    """Make a case of the visitor's office, with a check-in due today."""
    an_office(visitor)
    today = timezone.localdate()
    case = make_case(OFFICER, today - timedelta(days=400))
    models.CheckIn.objects.create(
        case=case,
        office_id=HERE,
        due_on=today,
        window_days=2,
        channel="in_person",
        created_by_job=True,
        state="scheduled",
        is_service_issue=False,
        records_check_due=False,
    )
    return {"case_no": case.pk}


def an_act(visitor: User | None) -> Mapping[str, object]:
    """Make a case on which a check-in can be recorded."""
    return {**a_case(visitor), "slug": "check-in-outcome"}


def the_office(visitor: User | None) -> Mapping[str, object]:
    """Return the visitor's office."""
    an_office(visitor)
    return {"office_id": HERE}


RULES: dict[str, Rule | tuple[Rule, ...]] = {
    "casework:case-list": Rule(Permission.CASE_READ, make=an_office),
    "casework:my-day": Rule(Permission.DAY_READ, make=an_office),
    "casework:unit": Rule(Permission.UNIT_READ, make=an_office),
    "casework:desk": Rule(Permission.CASE_WORK, make=an_office),
    "casework:intake": (
        Rule(Permission.CASE_WORK, make=an_office),
        Rule(
            Permission.CASE_WORK,
            make=an_office,
            method="post",
            allowed=frozenset({302}),
            data={"docket": "family", "on": timezone.localdate().isoformat()},
        ),
    ),
    "casework:duty-list": Rule(Permission.CASE_READ, make=an_office),
    # Those who lead an office go straight to its page.
    "casework:office-list": Rule(Permission.OFFICE_READ, make=an_office, allowed=frozenset({200, 302})),
    "casework:office-detail": Rule(Permission.OFFICE_READ, make=the_office),
    "casework:integrity": Rule(Permission.INTEGRITY_READ, make=an_office),
    "casework:integrity-rule": Rule(
        Permission.INTEGRITY_READ, make=lambda _visitor: {"rule": "open-case-without-lead"}
    ),
    "casework:records": Rule(Permission.RECORDS_MANAGE),
    "casework:records-work": Rule(
        Permission.RECORDS_MANAGE,
        method="post",
        make=lambda _visitor: {"kind": "casework.alerts"},
        allowed=frozenset({302}),
    ),
    "casework:undo": Rule(
        Permission.CASE_WORK, method="post", make=lambda _visitor: {"seq": 1}, allowed=frozenset({302})
    ),
    "casework:case-detail": Rule(Permission.CASE_READ, make=a_case),
    "casework:act": (
        Rule(Permission.CASE_WORK, make=an_act),
        Rule(
            Permission.CASE_WORK,
            make=an_act,
            method="post",
            allowed=frozenset({302}),
            data={"outcome": "attended", "on": timezone.localdate().isoformat()},
        ),
    ),
}
