"""Who may open the addresses of the site's ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from closeout.web.accounts.models import Role, User
from closeout.web.accounts.permissions import Permission
from closeout.web.jobs.kinds import job_kind
from closeout.web.jobs.models import Job, JobState
from tests.web.matrix import Rule, opened, signed_in

if TYPE_CHECKING:
    from collections.abc import Mapping


@job_kind("test.nothing", permission=Permission.JOB_RUN)
def do_nothing(_progress: object, _params: object) -> None:
    """Do nothing, well."""


def _somebody(name: str) -> User:
    return User.objects.create_user(name, role=Role.READER)


def a_person(_visitor: User | None) -> Mapping[str, object]:
    """Make somebody else's account."""
    return {"pk": _somebody("somebody").pk}


def a_finished_job(_visitor: User | None) -> Mapping[str, object]:
    """Make a job that somebody else asked for."""
    job = Job.objects.create(
        kind="test.nothing",
        title="Do nothing",
        requested_by=_somebody("somebody"),
        state=JobState.FAILED,
        finished_at=timezone.now(),
    )
    return {"pk": job.pk}


MANAGE = Permission.ACCOUNT_MANAGE
REDIRECT = frozenset({302})

RULES: dict[str, Rule | tuple[Rule, ...]] = {
    "home:index": signed_in(200, 302),
    "home:about": opened(),
    # Roles without a first screen of this app are led to theirs.
    "home:first-screen": signed_in(200, 302),
    "components:gallery": signed_in(),
    "people:person-list": signed_in(),
    "people:person-create": Rule(MANAGE),
    "people:person-detail": Rule(MANAGE, make=a_person),
    "people:person-access": Rule(
        MANAGE, method="post", make=a_person, allowed=REDIRECT, data={"access-reason": "Left."}
    ),
    "people:person-password": Rule(MANAGE, method="post", make=a_person),
    "audit:event-list": Rule(Permission.AUDIT_READ),
    "jobs:job-list": Rule(Permission.JOB_READ),
    "jobs:job-detail": Rule(Permission.JOB_READ, make=a_finished_job),
    "jobs:job-cancel": Rule(Permission.JOB_RUN, method="post", make=a_finished_job, allowed=REDIRECT),
    "jobs:job-rerun": Rule(Permission.JOB_RUN, method="post", make=a_finished_job, allowed=REDIRECT),
    # Sign-in pages send away those who have nothing to do there.
    "account_login": opened(200, 302),
    "account_logout": opened(200, 302),
    "account_inactive": opened(),
    "account_reauthenticate": signed_in(),
    "account_change_password": signed_in(),
    "mfa_index": signed_in(),
    "mfa_authenticate": opened(302),
    "mfa_reauthenticate": signed_in(302),
    "mfa_activate_totp": signed_in(302),
    "mfa_deactivate_totp": signed_in(404),
    "mfa_view_recovery_codes": signed_in(404),
    "mfa_generate_recovery_codes": signed_in(302),
    "mfa_download_recovery_codes": signed_in(404),
}
