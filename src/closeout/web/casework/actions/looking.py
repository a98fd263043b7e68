"""Who looked at a case: reading one is an event of the audit log (NIST SP 800-53, AU-2, AU-3)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from closeout.web.audit import actions as audit
from closeout.web.audit.models import Event

if TYPE_CHECKING:
    from closeout.web.accounts.models import User
    from closeout.web.casework.models import Case

READ = "case.read"
HOUR = timedelta(hours=1)


def tell_read(case: Case, *, by: User) -> None:
    """Write that somebody looked at a case, unless the log has it of the hour before.

    Call it wherever a page shows what is kept on one case, after the check that the person may see it. Two
    requests in the same moment may both be written.
    """
    seen = Event.objects.about(case).filter(actor=by.username, action=READ, at__gt=timezone.now() - HOUR)
    if seen.exists():
        return
    with transaction.atomic():
        audit.record(by=by, action=READ, target=case)
