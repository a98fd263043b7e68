"""Two small offices with one case, and people in every role, to try actions on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from closeout.web.accounts.models import Role
from closeout.web.audit.models import Event
from closeout.web.casework import models
from closeout.web.registers.models import Policy, PolicyVersion

if TYPE_CHECKING:
    from collections.abc import Callable

    from closeout.web.accounts.models import User

HERE, THERE = "BOS", "DAL"
DIGEST = "ab" * 32
_numbers = count(1)
OFFICER_ROLE = {Role.SUPERVISOR: "supervisor", Role.DIRECTOR: "director"}


@dataclass(slots=True)
class World:
    """The rows an action can be tried on, and whoever may try."""

    make_user: Callable[..., User]
    today: date
    case: models.Case
    officer: User
    supervisor: User
    receiver: User

    def day(self, days: int) -> date:
        """Return the day so many days from today."""
        return self.today + timedelta(days=days)

    def person(self, role: str, office: str = HERE, **fields: Any) -> User:
        """Return somebody in a role at an office, with a row among the officers."""
        return make_person(self.make_user, role, office, **fields)

    def fresh(self, row: models.Record | None = None) -> Any:
        """Return a row as it stands in the store; the case if none is named."""
        row = row or self.case
        return type(row).objects.get(pk=row.pk)

    def make_case(self, **fields: Any) -> models.Case:
        """Return another open case with a lead and its days on the docket."""
        return make_case(self.officer.username, self.day(-400), **fields)

    def check_in(self, due: int = 0, **fields: Any) -> models.CheckIn:
        """Return a scheduled check-in due so many days from today."""
        given = {
            "case": self.case,
            "office_id": HERE,
            "due_on": self.day(due),
            "window_days": 2,
            "channel": "in_person",
            "created_by_job": True,
            "state": "scheduled",
            "is_service_issue": False,
            "records_check_due": True,
        }
        return models.CheckIn.objects.create(**{**given, **fields})

    def interval(self, days: int = 30, **fields: Any) -> models.ReportingInterval:
        """Return a policy's interval for the case's docket, in force."""
        given = {
            "interval_id": f"INT-{next(_numbers)}",
            "docket": self.case.docket,
            "standard_days": days,
            "least_days": 7,
            "most_days": 90,
            "effective_from": self.day(-300),
        }
        return models.ReportingInterval.objects.create(**{**given, **fields})

    def missed(self) -> models.CheckIn:
        """Return a check-in of 25 days ago that the job found missed 20 days ago."""
        return self.check_in(
            -25,
            state="missed",
            outcome="missed",
            outcome_on=self.day(-20),
            recorded_at=timezone.now() - timedelta(days=20),
            reminded_on=self.day(-30),
            records_check_due=False,
        )

    def exception(self, **fields: Any) -> models.ExceptionItem:
        """Return an open exception of a missed check-in that arose 20 days ago."""
        check_in = fields.pop("check_in", None) or self.missed()
        given = {
            "case": self.case,
            "office_id": HERE,
            "kind": "missed_check_in",
            "check_in": check_in,
            "arose_on": self.day(-20),
            "attempts": 0,
            "state": "open",
        }
        return models.ExceptionItem.objects.create(**{**given, **fields})

    def referable(self, **fields: Any) -> models.ExceptionItem:
        """Return an exception whose notice was served and whose response period is over."""
        check_in = self.check_in(-25, state="awaiting_explanation", outcome="missed")
        return self.exception(
            check_in=check_in,
            state="awaiting_explanation",
            notice_served_on=self.day(-15),
            response_due_on=self.day(-5),
            **fields,
        )

    def policy(self, **fields: Any) -> str:
        """Return the code of a policy version in force."""
        number = next(_numbers)
        policy = Policy.objects.create(
            policy_id=f"POL-{number}",
            label="Missed check-ins",
            kind="directive",
            office_id=HERE,
            issued_on=self.day(-300),
        )
        given = {
            "policy_version_id": f"POL-{number}-1",
            "policy": policy,
            "version": 1,
            "state": "published",
            "effective_from": self.day(-300),
            "needs_acknowledgement": False,
        }
        return PolicyVersion.objects.create(**{**given, **fields}).pk

    def verified(self, days: int = -3, **fields: Any) -> models.Verification:
        """Return a verification of contact some days ago."""
        given = {
            "case": self.case,
            "office_id": HERE,
            "kind": "contact",
            "verified_on": self.day(days),
            "method": "phone",
            "result": "confirmed",
        }
        return models.Verification.objects.create(**{**given, **fields})

    def parent(self, answer: str | None = "yes", **fields: Any) -> models.ParentalInquiry:
        """Return the parental question with its answer."""
        given = {
            "case": self.case,
            "office_id": HERE,
            "asked_on": self.day(-50) if answer else None,
            "answer": answer,
        }
        return models.ParentalInquiry.objects.create(**{**given, **fields})

    def country_rule(self, *items: str, **fields: Any) -> models.CountryRule:
        """Return a rule of the country NEV that asks for these items, in force."""
        models.Country.objects.get_or_create(country="NEV", defaults={"label": "Neverland"})
        given = {
            "rule_id": f"NEV-{next(_numbers)}",
            "country_id": "NEV",
            "version": 1,
            "effective_from": self.day(-300),
            "interview_needed": False,
            "follow_up_days": 14,
        }
        rule = models.CountryRule.objects.create(**{**given, **fields})
        for item in items:
            models.CountryRuleItem.objects.create(rule=rule, item=item, originals=1, copies=0)
        return rule

    def travel_request(self, **fields: Any) -> models.TravelDocumentRequest:
        """Return a request being drafted; with a country, and a rule only if there is one."""
        models.Country.objects.get_or_create(country="NEV", defaults={"label": "Neverland"})
        given = {
            "case": self.case,
            "office_id": HERE,
            "country_id": "NEV",
            "package_version": 1,
            "state": "drafting",
            "drafted_on": self.day(-60),
        }
        return models.TravelDocumentRequest.objects.create(**{**given, **fields})

    def sent(self, **fields: Any) -> models.TravelDocumentRequest:
        """Return a request that was sent 40 days ago by a rule in force."""
        rule = models.CountryRule.objects.first() or self.country_rule("fee")
        given = {"state": "sent", "completed_on": self.day(-41), "sent_on": self.day(-40), "rule": rule}
        return self.travel_request(**{**given, **fields})

    def decision(self, **fields: Any) -> models.ParentalDecision:
        """Return a valid decision made 40 days ago; what is named replaces its parts."""
        given = {
            "case": self.case,
            "information_version": "INF-1",
            "information_on": self.day(-42),
            "language": "es",
            "interpreter_used": True,
            "offered_reunification": True,
            "offered_child_remains": True,
            "offered_consultation": True,
            "decided_on": self.day(-40),
            "decision": "together",
            "form_version": "F-1",
            "signed_kind": "wet",
            "state": "valid",
        }
        return models.ParentalDecision.objects.create(**{**given, **fields})


def make_world(make_user: Callable[..., User]) -> World:
    """Return two offices, one case led by an officer, a supervisor, and a supervisor of the other office."""
    today = timezone.localdate()
    for code in (HERE, THERE):
        models.Office.objects.create(office_id=code, label=f"{code} office", time_zone="America/New_York")
    officer = make_person(make_user, Role.OFFICER)
    case = make_case(officer.username, today - timedelta(days=400))
    return World(
        make_user=make_user,
        today=today,
        case=case,
        officer=officer,
        supervisor=make_person(make_user, Role.SUPERVISOR),
        receiver=make_person(make_user, Role.SUPERVISOR, THERE),
    )


def make_person(make_user: Callable[..., User], role: str, office: str = HERE, **fields: Any) -> User:
    """Return a user with a row among the officers."""
    number = f"S-{next(_numbers):05}"
    models.Officer.objects.create(
        officer_no=number,
        office_id=office or HERE,
        role=OFFICER_ROLE.get(Role(role), "deportation_officer"),
        entered_on=date(2020, 1, 1),
        active_from=date(2020, 1, 1),
        contracted_hours=40,
        is_converted=False,
    )
    return make_user(role, username=number, office=office, **fields)


def make_case(officer_no: str, opened_on: date, **fields: Any) -> models.Case:
    """Return an open case with a lead and its days on the docket."""
    given = {
        "case_no": f"C-{next(_numbers):06}",
        "office_id": HERE,
        "officer_id": officer_no,
        "docket": "non_detained_post_order",
        "is_detained": False,
        "state": "open",
        "opened_on": opened_on,
        "has_representation": False,
        "is_child": False,
    }
    case = models.Case.objects.create(**{**given, **fields})
    models.Assignment.objects.create(
        case=case, officer_id=officer_no, role="lead", from_on=opened_on, reason="new"
    )
    models.DocketMembership.objects.create(
        case=case,
        office_id=case.office_id,
        docket=case.docket,
        is_detained=case.is_detained,
        from_on=opened_on,
        reason="opened",
    )
    return case


def last_event() -> Event:
    """Return the newest line of the log."""
    return Event.objects.order_by("-seq")[0]
